use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kafka_client::config::{self, properties};

use super::file::{ConfigFile, Context, Files};
use crate::error::CliError;
use crate::global::GlobalArgs;

/// Everything that decides which cluster is used and how, merged.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The context's name, when one is used.
    pub context: Option<String>,
    /// The id the cluster must have.
    pub cluster_id: Option<String>,
    /// Whether commands that change something are refused.
    pub read_only: bool,
    /// Whether destructive commands need the name of the context typed.
    pub protected: bool,
    /// Client settings, each with where it came from.
    pub properties: BTreeMap<String, (String, SettingsSource)>,
}

/// Where a setting came from, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsSource {
    /// A context.
    Context(String),
    /// A properties file.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
    /// A flag.
    Flag(&'static str),
    /// The command itself.
    Command,
}

impl std::fmt::Display for SettingsSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Context(name) => write!(f, "context {name}"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => write!(f, "${name}"),
            Self::Flag(flag) => f.write_str(flag),
            Self::Command => f.write_str("the command"),
        }
    }
}

impl Settings {
    /// Merges flags, variables, files and contexts.
    pub fn resolve(args: &GlobalArgs) -> Result<Self, CliError> {
        let files = Files::find(args.config_file.as_deref())?;
        let read = files.read()?;
        if let (Some(chosen), true) = (&args.config_file, read.is_empty()) {
            return Err(CliError::usage(format!("there is no file {}", chosen.display())));
        }
        let name = files.in_force(args.context.as_deref(), &read);
        let mut settings = Self::default();
        if let Some(name) = name {
            let (path, context) = find(&read, &name)?;
            settings.take_context(&name, context, path.parent().unwrap_or_else(|| Path::new("")))?;
        }
        if let Some(file) = &args.command_config {
            settings.take_file(file)?;
        }
        settings.take_variables(std::env::vars());
        for (key, value) in &args.properties {
            settings.put(key, value, SettingsSource::Flag("-X"));
        }
        if let Some(servers) = args.brokers.as_ref().or(args.bootstrap_server.as_ref()) {
            settings.put(
                "bootstrap.servers",
                servers,
                SettingsSource::Flag("--bootstrap-server"),
            );
        }
        if let Some(id) = &args.client_id {
            settings.put("client.id", id, SettingsSource::Flag("--client-id"));
        }
        if let Some(timeout) = args.timeout {
            let millis = timeout.as_millis().to_string();
            for key in ["default.api.timeout.ms", "connect.timeout.ms"] {
                settings.put(key, &millis, SettingsSource::Flag("--timeout"));
            }
        }
        settings.put_default("bootstrap.servers", "localhost:9092");
        settings.put_default("client.id", "kafkactl");
        // Somebody waits for the answer, and a wrong address is the likelier reason.
        settings.put_default("connect.timeout.ms", "5000");
        settings.put_default("socket.connection.setup.timeout.ms", &settings.setup_timeout());
        settings.read_only |= args.read_only;
        Ok(settings)
    }

    /// Has the client call itself this, whatever was set.
    pub fn identify(&mut self, client_id: &str) {
        self.put("client.id", client_id, SettingsSource::Command);
    }

    /// The client's settings, checked.
    pub fn client(&self) -> Result<config::Settings, CliError> {
        let pairs = self
            .properties
            .iter()
            .map(|(key, (value, _))| (key.clone(), value.clone()));
        let settings = config::Settings::builder().set_all(pairs)?.build()?;
        Ok(settings)
    }

    /// Puts a setting under its own name, so that an alias in a stronger place replaces it.
    fn put(&mut self, key: &str, value: &str, source: SettingsSource) {
        let name = config::setting(key).map_or(key, |setting| setting.name);
        self.properties
            .insert(name.to_owned(), (value.to_owned(), source));
    }

    /// Half of what connecting may take in all, so that a peer that never answers is told as such.
    fn setup_timeout(&self) -> String {
        let whole = self.properties.get("connect.timeout.ms");
        let whole: Option<u64> = whole.and_then(|(millis, _)| millis.parse().ok());
        (whole.unwrap_or(5000) / 2).clamp(1, 10_000).to_string()
    }

    fn put_default(&mut self, key: &str, value: &str) {
        let source = SettingsSource::Flag("default");
        self.properties
            .entry(key.to_owned())
            .or_insert_with(|| (value.to_owned(), source));
    }

    fn take_file(&mut self, path: &Path) -> Result<(), CliError> {
        let bytes = std::fs::read(path)
            .map_err(|error| CliError::usage(format!("cannot read {}", path.display())).caused_by(error))?;
        let pairs = properties::parse_bytes(&bytes).map_err(|error| {
            CliError::usage(format!("{} is no properties file", path.display())).caused_by(error)
        })?;
        for pair in pairs {
            self.put(&pair.key, &pair.value, SettingsSource::File(path.to_owned()));
        }
        Ok(())
    }

    /// `KAFKACTL_SASL_USERNAME` is `sasl.username`, where that is a setting; other variables are not ours.
    fn take_variables(&mut self, variables: impl Iterator<Item = (String, String)>) {
        for (name, value) in variables {
            let Some(rest) = name.strip_prefix("KAFKACTL_") else {
                continue;
            };
            let key = rest.to_ascii_lowercase().replace('_', ".");
            if config::setting(&key).is_some() {
                self.put(&key, &value, SettingsSource::Variable(name));
            }
        }
    }

    fn take_context(&mut self, name: &str, context: &Context, folder: &Path) -> Result<(), CliError> {
        self.context = Some(name.to_owned());
        self.cluster_id.clone_from(&context.cluster_id);
        self.read_only = context.read_only;
        self.protected = context.protected;
        if let Some(file) = &context.command_config {
            self.take_file(&folder.join(file))?;
        }
        let source = SettingsSource::Context(name.to_owned());
        if !context.bootstrap.is_empty() {
            self.put("bootstrap.servers", &context.bootstrap.join(","), source.clone());
        }
        let path = |path: &PathBuf| folder.join(path).to_string_lossy().into_owned();
        if let Some(tls) = &context.tls {
            for (file, key) in [
                (&tls.ca, "ssl.truststore.location"),
                (&tls.cert, "ssl.certificate.location"),
                (&tls.key, "ssl.key.location"),
            ] {
                if let Some(file) = file {
                    self.put(key, &path(file), source.clone());
                }
            }
            if tls.verify_host_name == Some(false) {
                self.put("ssl.endpoint.identification.algorithm", "", source.clone());
            }
        }
        if let Some(sasl) = &context.sasl {
            self.put("sasl.mechanism", &sasl.mechanism, source.clone());
            self.put("sasl.username", &sasl.username, source.clone());
            self.put("sasl.password", &sasl.password.fetch(folder)?, source.clone());
        }
        let protocol = match (context.tls.is_some(), context.sasl.is_some()) {
            (false, false) => None,
            (true, false) => Some("SSL"),
            (false, true) => Some("SASL_PLAINTEXT"),
            (true, true) => Some("SASL_SSL"),
        };
        if let Some(protocol) = protocol {
            self.put("security.protocol", protocol, source.clone());
        }
        for (key, value) in &context.properties {
            self.put(key, value, source.clone());
        }
        Ok(())
    }
}

fn find<'a>(read: &'a [(PathBuf, ConfigFile)], name: &str) -> Result<(&'a Path, &'a Context), CliError> {
    let found = read
        .iter()
        .find_map(|(path, file)| Some((path.as_path(), file.contexts.get(name)?)));
    found.ok_or_else(|| {
        let known: Vec<&str> = read
            .iter()
            .flat_map(|(_, file)| file.contexts.keys().map(String::as_str))
            .collect();
        let error = CliError::usage(format!("there is no context `{name}`"));
        match known.as_slice() {
            [] => error.hint(
                "no configuration file has contexts; add one with `kafkactl contexts add NAME --servers HOST:PORT`",
            ),
            known => error.hint(format!("the contexts are {}", known.join(", "))),
        }
    })
}
