use std::io;

use kafka_sandbox::{Sandbox, StartError};
use serde::Serialize;

use crate::app::App;
use crate::error::{CliError, Kind};
use crate::output::{Column, Item, Listing, Style, Table, or_dash};
use crate::signals::Signals;

/// Start brokers, and keep them up until Ctrl-C
///
/// They speak Kafka's protocol, so that any client works with them, and need no JVM. The first line on stdout names the
/// bootstrap servers; -o json says all there is to know. Records are kept in memory.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl sandbox up
  kafkactl sandbox up --brokers 1 --port 0 --topic orders:6
  kafkactl sandbox up --as 2.8 -X auto.create.topics.enable=false
  kafkactl sandbox up --host 0.0.0.0 --advertise kafka.local

-X sets a broker config here, by its name in server.properties.")]
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
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let mut signals = Signals::listen()?;
    let brokers = args.brokers.parse();
    let brokers = brokers.map_err(|_| CliError::usage("--brokers is the number of brokers here"))?;
    let mut builder = Sandbox::builder()
        .brokers(brokers)
        .port(args.port)
        .host(&args.host)
        .profile(&args.release);
    if let Some(host) = args.advertise {
        builder = builder.advertise(host);
    }
    for (name, partitions) in &args.topics {
        builder = builder.topic(name, *partitions);
    }
    for (name, value) in app.properties() {
        builder = builder.property(name, value);
    }
    let sandbox = builder.start().await?;
    let up = Up {
        bootstrap_servers: sandbox.bootstrap_servers(),
        cluster_id: sandbox.cluster_id(),
        release: args.release,
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
    };
    if app.output().is_for_people() {
        app.output()
            .data(format!("{}\n", up.bootstrap_servers).as_bytes())?;
        app.output()
            .status(&format!("{} is up. Ctrl-C ends it.", described(&up)));
    } else {
        let cluster_id = Some(up.cluster_id.clone());
        app.output().print(&Listing::of(cluster_id, vec![up]))?;
    }
    signals.next().await;
    sandbox.shutdown().await;
    Ok(())
}

fn described(up: &Up) -> String {
    match up.brokers.len() {
        1 => format!("A broker like Kafka {}", up.release),
        many => format!("A cluster of {many} brokers like Kafka {}", up.release),
    }
}

/// Checks a number of brokers.
fn brokers(text: &str) -> Result<String, String> {
    match text.parse() {
        Ok(1..=1000) => Ok(text.to_owned()),
        _ => Err("expected a number from 1 to 1000".to_owned()),
    }
}

fn topic(text: &str) -> Result<(String, i32), String> {
    let (name, partitions) = match text.rsplit_once(':') {
        None => (text, Some(1)),
        Some((name, count)) => (name, count.parse().ok().filter(|count| *count > 0)),
    };
    match partitions {
        Some(partitions) if !name.is_empty() => Ok((name.to_owned(), partitions)),
        _ => Err("expected a topic such as orders or orders:6".to_owned()),
    }
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        let failure = |kind| Self::new(kind, "the sandbox does not start");
        match &error {
            StartError::Setting { .. } | StartError::Profile(_) | StartError::Host { .. } => {
                failure(Kind::Usage).caused_by(error)
            }
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
        for wrong in ["", ":3", "orders:", "orders:0", "orders:-1", "orders:x"] {
            assert!(topic(wrong).is_err(), "{wrong}");
        }
    }
}
