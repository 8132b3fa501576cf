use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use serde::{Deserialize, Serialize};

use crate::error::{CliError, Kind};

/// A configuration file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// The context that is used when none is chosen.
    pub current: Option<String>,
    /// The contexts by name.
    #[serde(default, rename = "context")]
    pub contexts: BTreeMap<String, Context>,
}

/// A cluster and how to reach it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// Brokers to start from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bootstrap: Vec<String>,
    /// A Java properties file; relative to the file that names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command_config: Option<PathBuf>,
    /// The id the cluster must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_id: Option<String>,
    /// Whether commands that change something are refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Whether destructive commands need the name of the context typed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// Encryption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsSection>,
    /// Authentication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sasl: Option<SaslSection>,
    /// Any client setting by its Java name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, String>,
}

/// Encryption by TLS. Present but empty, it trusts whom the system trusts.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSection {
    /// PEM file of the authorities to trust; relative to the file that names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// PEM file of the client's certificate chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert: Option<PathBuf>,
    /// PEM file of the client's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
    /// False gives up the check that the certificate is the host's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify_host_name: Option<bool>,
}

/// Authentication by SASL.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SaslSection {
    /// `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512`.
    pub mechanism: String,
    /// The user.
    pub username: String,
    /// The password, or where it is.
    pub password: Password,
}

/// A password, or where it is. Its `Debug` and serialized forms never show one that stands in the file.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum Password {
    /// In the file itself.
    Plain(String),
    /// In an environment variable.
    Env {
        /// The variable.
        env: String,
    },
    /// In a file, its last line end left out.
    File {
        /// The file; relative to the file that names it.
        file: PathBuf,
    },
    /// Printed by a command.
    Command {
        /// The program and its arguments.
        command: Vec<String>,
    },
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("Plain(…)"),
            Self::Env { env } => write!(f, "Env({env})"),
            Self::File { file } => write!(f, "File({})", file.display()),
            Self::Command { command } => write!(f, "Command({command:?})"),
        }
    }
}

impl Serialize for Password {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(_) => serializer.serialize_str("********"),
            Self::Env { env } => BTreeMap::from([("env", env)]).serialize(serializer),
            Self::File { file } => BTreeMap::from([("file", file)]).serialize(serializer),
            Self::Command { command } => BTreeMap::from([("command", command)]).serialize(serializer),
        }
    }
}

impl Password {
    /// Fetches the password. `folder` is where relative files start.
    pub fn fetch(&self, folder: &Path) -> Result<String, CliError> {
        match self {
            Self::Plain(password) => Ok(password.clone()),
            Self::Env { env } => std::env::var(env)
                .map_err(|_| CliError::usage(format!("the password is to be in ${env}, which is not set"))),
            Self::File { file } => {
                let path = folder.join(file);
                let text = fs::read_to_string(&path).map_err(|error| {
                    CliError::usage(format!("cannot read the password from {}", path.display()))
                        .caused_by(error)
                })?;
                Ok(text
                    .strip_suffix('\n')
                    .map_or(text.as_str(), |text| text.trim_end_matches('\r'))
                    .to_owned())
            }
            Self::Command { command } => Self::run(command),
        }
    }

    fn run(command: &[String]) -> Result<String, CliError> {
        let [program, arguments @ ..] = command else {
            return Err(CliError::usage("the password's command is empty"));
        };
        let run = std::process::Command::new(program)
            .args(arguments)
            .stderr(std::process::Stdio::inherit())
            .output();
        let failed = || CliError::usage(format!("the password's command `{program}` failed"));
        let output = run.map_err(|error| failed().caused_by(error))?;
        if !output.status.success() {
            return Err(failed().hint(format!("it ended with {}", output.status)));
        }
        let text = String::from_utf8(output.stdout).map_err(|error| failed().caused_by(error))?;
        Ok(text.trim_end_matches(['\n', '\r']).to_owned())
    }
}

/// Where the configuration files are.
#[derive(Debug, Clone)]
pub struct Files {
    /// The files that may hold contexts, the stronger first. Not all of them exist.
    pub config: Vec<PathBuf>,
    /// The file that `contexts add` and `delete` change.
    pub user: PathBuf,
    /// The file that remembers the context that was chosen by `contexts use`.
    pub state: PathBuf,
}

impl Files {
    /// The places for this user and this folder; `chosen` replaces all of them but the state's.
    pub fn find(chosen: Option<&Path>) -> Result<Self, CliError> {
        let strategy = choose_app_strategy(AppStrategyArgs {
            top_level_domain: "org".to_owned(),
            author: "kafkactl".to_owned(),
            app_name: "kafkactl".to_owned(),
        })
        .map_err(|error| CliError::new(Kind::Failed, "cannot find the home folder").caused_by(error))?;
        let state = strategy
            .state_dir()
            .unwrap_or_else(|| strategy.data_dir())
            .join("context");
        if let Some(chosen) = chosen {
            return Ok(Self {
                config: vec![chosen.to_owned()],
                user: chosen.to_owned(),
                state,
            });
        }
        let user = strategy.config_dir().join("config.toml");
        let mut config = Vec::new();
        let here = std::env::current_dir().unwrap_or_default();
        for folder in here.ancestors() {
            let candidate = folder.join(".kafkactl.toml");
            if candidate.is_file() {
                config.push(candidate);
                break;
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        config.push(user.clone());
        config.push(PathBuf::from("/etc/kafkactl/config.toml"));
        Ok(Self { config, user, state })
    }

    /// Reads the files that exist, the stronger first.
    pub fn read(&self) -> Result<Vec<(PathBuf, ConfigFile)>, CliError> {
        let mut read = Vec::new();
        for path in &self.config {
            let text = match fs::read_to_string(path) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => {
                    return Err(CliError::usage(format!("cannot read {}", path.display())).caused_by(error));
                }
            };
            let file = toml_edit::de::from_str(&text).map_err(|error| {
                // The parser quotes the line that is wrong, which may hold a password.
                CliError::usage(format!("{}: {}", path.display(), error.message()))
                    .hint("`kafkactl contexts --help` shows what such a file holds")
            })?;
            read.push((path.clone(), file));
        }
        Ok(read)
    }

    /// The name of the context in force: the one that is asked for, else the one that `contexts use` chose, else the
    /// current one of the strongest of the files that were read.
    pub fn in_force(&self, asked: Option<&str>, read: &[(PathBuf, ConfigFile)]) -> Option<String> {
        let chosen = asked.map(str::to_owned).or_else(|| self.chosen());
        chosen.or_else(|| read.iter().find_map(|(_, file)| file.current.clone()))
    }

    /// The context that `contexts use` chose, if any.
    fn chosen(&self) -> Option<String> {
        fs::read_to_string(&self.state)
            .ok()
            .map(|text| text.trim().to_owned())
            .filter(|name| !name.is_empty())
    }
}
