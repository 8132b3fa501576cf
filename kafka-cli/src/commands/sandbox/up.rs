use std::io;
use std::path::PathBuf;

use kafka_sandbox::profile::Profile;
use kafka_sandbox::{ClientAuth, Sandbox, StartError};
use serde::Serialize;

use super::faults;
use super::files::{self, ClientFiles};
use super::users::{self, Login, User, login, sasl};
use crate::app::App;
use crate::error::{CliError, Kind};
use crate::output::{Column, Item, Listing, Style, Table, or_dash};
use crate::signals::Signals;

/// Start brokers, and keep them up until Ctrl-C
///
/// They speak Kafka's protocol, so that any client works with them, and need no JVM. The first line on stdout names the
/// bootstrap servers; -o json says all there is to know. Records are kept in memory, unless --data names a directory.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl sandbox up
  kafkactl sandbox up --brokers 1 --port 0 --topic orders:6
  kafkactl sandbox up --data ./kafka --tls
  kafkactl sandbox up --sasl scram:admin:secret --sasl scram:alice:wonder --acls
  kafkactl sandbox up --as 2.8 -X auto.create.topics.enable=false
  kafkactl sandbox up --host 0.0.0.0 --advertise kafka.local

-X sets a broker config here, by its name in server.properties. With --tls and --sasl what clients need, a
client.properties for -F and ca.pem, is written to DIR/client, or to a folder that goes when the sandbox does. The
certificates are made anew at each start.")]
pub struct Args {
    /// Number of brokers
    // A text, since elsewhere the flag of this name is one.
    #[arg(long, value_name = "N", default_value = "3", value_parser = brokers)]
    brokers: String,

    /// Port of the first broker, the others take those that follow; 0 takes any free ones
    #[arg(long, value_name = "PORT", default_value_t = 9092)]
    port: u16,

    /// Address to listen at
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Host that clients are told to connect to [default: that of --host, or localhost]
    #[arg(long, value_name = "HOST")]
    advertise: Option<String>,

    /// A topic to create, with its number of partitions (repeatable) [default: 1 partition]
    #[arg(long = "topic", value_name = "NAME[:PARTITIONS]", value_parser = topic)]
    topics: Vec<(String, i32)>,

    /// Directory to keep records in, and all else that lasts [default: in memory]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Encrypt connections, and write what clients need for that
    #[arg(long)]
    tls: bool,

    /// Have clients log in, by plain, scram-256, scram-512, or scram for both (repeatable)
    #[arg(long = "sasl", value_name = "MECHANISM:USER:PASSWORD", value_parser = login)]
    logins: Vec<Login>,

    /// Enforce access control: needs --sasl, whose first user may do everything, or --tls, then the client of the certificate
    /// that is written
    #[arg(long)]
    acls: bool,

    /// File of faults to begin with, a line each: see `kafkactl sandbox faults add --help`
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,

    /// Release of Apache Kafka to behave like: 2.1, 2.8, 3.9, 4.0 or 4.4
    #[arg(long = "as", value_name = "RELEASE", default_value = "4.4")]
    release: String,
}

/// A sandbox that is up.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Up {
    bootstrap_servers: String,
    cluster_id: String,
    release: String,
    brokers: Vec<Broker>,
    topics: Vec<String>,
    /// The directory with what lasts; none when it is kept in memory.
    data: Option<PathBuf>,
    security_protocol: String,
    /// Names of those who can log in.
    users: Vec<String>,
    acls: bool,
    /// The certificate to trust.
    ca: Option<PathBuf>,
    /// Settings for clients, for `-F`.
    client_properties: Option<PathBuf>,
}

/// One of its brokers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Broker {
    id: i32,
    host: String,
    port: u16,
    rack: Option<String>,
}

impl Item for Up {
    const KIND: &'static str = "Sandbox";

    fn name(&self) -> String {
        self.bootstrap_servers.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::number("ID"),
            Column::text("HOST"),
            Column::number("PORT"),
            Column::text("RACK"),
        ]);
        for broker in items.iter().flat_map(|up| &up.brokers) {
            table.row(vec![
                broker.id.to_string(),
                broker.host.clone(),
                broker.port.to_string(),
                or_dash(broker.rack.as_deref()),
            ]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, mut args: Args) -> Result<(), CliError> {
    let mut signals = Signals::listen()?;
    raise_open_files();
    let brokers = args.brokers.parse();
    let brokers = brokers.map_err(|_| CliError::usage("--brokers is the number of brokers here"))?;
    let users = users::users(std::mem::take(&mut args.logins))
        .map_err(|reason| CliError::usage(format!("--sasl: {reason}")))?;
    let identity = identity(app, &args, &users);
    let super_user = super_user(app, &args, &users, identity)?;
    let profile: Profile = args.release.parse().map_err(StartError::from)?;
    let mut builder = Sandbox::builder()
        .brokers(brokers)
        .port(args.port)
        .host(&args.host)
        .profile(&args.release);
    if let Some(host) = &args.advertise {
        builder = builder.advertise(host);
    }
    if let Some(data) = &args.data {
        builder = builder.data_dir(data);
    }
    if args.tls {
        builder = builder.tls(match identity {
            Some(_) => ClientAuth::Requested,
            None => ClientAuth::None,
        });
    }
    if !users.is_empty() {
        builder = builder.sasl(sasl(&users));
    }
    if args.acls {
        builder = builder.acls(super_user);
    }
    for (name, partitions) in &args.topics {
        builder = builder.topic(name, *partitions);
    }
    for (name, value) in app.properties() {
        builder = builder.property(name, value);
    }
    let faults = args.faults.as_deref().map(faults::read).transpose()?;
    let sandbox = builder.start().await?;
    for fault in faults.into_iter().flatten() {
        let what = format!("--faults: {fault} cannot be");
        sandbox
            .take_fault(fault)
            .map_err(|error| CliError::new(Kind::Failed, what).caused_by(error))?;
    }
    let files = match args.tls || !users.is_empty() {
        false => {
            args.data.as_deref().map(files::remove);
            None
        }
        true => Some(ClientFiles::write(&sandbox, args.data.as_deref(), identity)?),
    };
    announce(app, Up::new(&sandbox, profile, args, users, files.as_ref()))?;
    signals.next().await;
    sandbox.shutdown().await;
    Ok(())
}

/// The name in the certificate that is written for a client, where clients may show one.
fn identity(app: &App, args: &Args, users: &[User]) -> Option<&'static str> {
    let client_auth = app
        .properties()
        .iter()
        .find(|(name, _)| name == "ssl.client.auth");
    let asks = match client_auth {
        Some((_, value)) => value != "none",
        // Else nobody could be told from others.
        None => args.acls && users.is_empty(),
    };
    (args.tls && asks).then_some("client")
}

/// Who may do everything where access control is enforced.
fn super_user(
    app: &App,
    args: &Args,
    users: &[User],
    identity: Option<&str>,
) -> Result<Option<String>, CliError> {
    let first = users.first().map(|user| format!("User:{}", user.name));
    let super_user = first.or_else(|| identity.map(|name| format!("User:CN={name}")));
    let is_named = app.properties().iter().any(|(name, _)| name == "super.users");
    if args.acls && super_user.is_none() && !is_named {
        return Err(
            CliError::usage("--acls allows nothing to clients that it cannot tell from others")
                .hint("--sasl scram:admin:secret has them log in, and --tls shows their certificates")
                .hint("-X super.users=User:ANONYMOUS allows everything to everybody"),
        );
    }
    Ok(super_user)
}

impl Up {
    fn new(
        sandbox: &Sandbox,
        profile: Profile,
        args: Args,
        users: Vec<User>,
        files: Option<&ClientFiles>,
    ) -> Self {
        Self {
            bootstrap_servers: sandbox.bootstrap_servers(),
            cluster_id: sandbox.cluster_id(),
            release: profile.release().to_owned(),
            brokers: sandbox
                .brokers()
                .map(|broker| Broker {
                    id: broker.id(),
                    host: broker.host().to_owned(),
                    port: broker.port(),
                    rack: broker.rack().map(str::to_owned),
                })
                .collect(),
            topics: args.topics.into_iter().map(|(name, _)| name).collect(),
            data: args.data,
            users: users.into_iter().map(|user| user.name).collect(),
            acls: args.acls,
            security_protocol: sandbox.security_protocol().to_owned(),
            ca: files.and_then(|files| files.ca.clone()),
            client_properties: files.map(|files| files.properties.clone()),
        }
    }
}

/// Says where the sandbox is.
fn announce(app: &App, up: Up) -> Result<(), CliError> {
    let output = app.output();
    if !output.is_for_people() {
        let cluster_id = Some(up.cluster_id.clone());
        return output.print(&Listing::of(cluster_id, vec![up]));
    }
    output.data(format!("{}\n", up.bootstrap_servers).as_bytes())?;
    output.status(&described(&up));
    if let Some(properties) = &up.client_properties {
        let path = properties.display();
        output.status(&format!(
            "Clients connect with these settings: kafkactl -F {path} cluster info"
        ));
    }
    output.status("Ctrl-C ends it.");
    Ok(())
}

fn described(up: &Up) -> String {
    let brokers = match up.brokers.len() {
        1 => "A broker".to_owned(),
        many => format!("A cluster of {many} brokers"),
    };
    let place = match &up.data {
        None => "in memory".to_owned(),
        Some(data) => format!("in {}", data.display()),
    };
    format!(
        "{brokers} like Kafka {} is up, with its records {place}.",
        up.release
    )
}

/// Allows as many open files as the system lets this process have: a connection is one, and what is allowed without asking
/// is often too little for a cluster. What cannot be had is done without.
fn raise_open_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::debug!("the limit of open files stays: {error}");
        }
    }
}

/// Checks a number of brokers.
fn brokers(text: &str) -> Result<String, String> {
    match text.parse() {
        Ok(1..=1000) => Ok(text.to_owned()),
        _ => Err("expected a number from 1 to 1000".to_owned()),
    }
}

/// The most partitions that Kafka creates at once.
const PARTITIONS_MAX: i32 = 10_000;

fn topic(text: &str) -> Result<(String, i32), String> {
    let (name, partitions) = match text.rsplit_once(':') {
        None => (text, Some(1)),
        Some((name, count)) => (name, count.parse().ok().filter(|count| *count > 0)),
    };
    match partitions {
        Some(partitions) if partitions > PARTITIONS_MAX => {
            Err(format!("a topic begins with at most {PARTITIONS_MAX} partitions"))
        }
        Some(partitions) if !name.is_empty() => Ok((name.to_owned(), partitions)),
        _ => Err("expected a topic such as orders or orders:6".to_owned()),
    }
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        let failure = |kind| Self::new(kind, "the sandbox does not start");
        match &error {
            StartError::Setting { .. }
            | StartError::Property { .. }
            | StartError::Profile(_)
            | StartError::Host { .. } => failure(Kind::Usage).caused_by(error),
            StartError::Listen { address, source } => {
                let taken = source.kind() == io::ErrorKind::AddrInUse;
                let port = address.port();
                let failure = if taken {
                    failure(Kind::Failed)
                        .hint(format!(
                            "another program listens at port {port}, perhaps another sandbox"
                        ))
                        .hint("--port N takes other ports, --port 0 any that are free")
                } else {
                    failure(Kind::Failed)
                };
                failure.caused_by(error)
            }
            _ => failure(Kind::Failed).caused_by(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_with_their_partitions() {
        assert_eq!(topic("orders:6"), Ok(("orders".to_owned(), 6)));
        assert_eq!(topic("orders"), Ok(("orders".to_owned(), 1)));
        for wrong in [
            "",
            ":3",
            "orders:",
            "orders:0",
            "orders:-1",
            "orders:x",
            "orders:10001",
        ] {
            assert!(topic(wrong).is_err(), "{wrong}");
        }
    }
}
