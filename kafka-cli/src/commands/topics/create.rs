use kafka_client::admin::{CreateTopicsOptions, NewTopic};
use kafka_client::cluster::NodeId;
use serde::Serialize;

use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::CliError;
use crate::global::key_value;
use crate::output::{Column, Item, Style, Table, or_dash};

/// Create topics
///
/// Without -p and -r the brokers' defaults count.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl topics create orders -p 6 -r 3 -c retention.ms=86400000
  kafkactl topics create a b c --if-not-exists
  kafkactl topics create placed --replica-assignment 1:2,2:3")]
pub struct Args {
    /// Names of the topics
    #[arg(required = true)]
    names: Vec<String>,

    /// Number of partitions
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..))]
    partitions: Option<i32>,

    /// Replicas of each partition
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(i16).range(1..))]
    replication_factor: Option<i16>,

    /// A setting of the topics (repeatable)
    #[arg(short, long = "config", value_name = "KEY=VALUE", value_parser = key_value)]
    configs: Vec<(String, String)>,

    /// Brokers of each partition: those of one partition joined by `:`, partitions by `,`; the first leads
    #[arg(long, value_name = "1:2,2:3", conflicts_with_all = ["partitions", "replication_factor"], value_parser = assignment)]
    replica_assignment: Option<Assignment>,

    /// Take a topic that exists for created
    #[arg(long)]
    if_not_exists: bool,

    /// Let the brokers check, but create nothing
    #[arg(long)]
    dry_run: bool,
}

/// The brokers of each partition.
type Assignment = Vec<Vec<NodeId>>;

/// A topic that was created.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    name: String,
    id: Option<String>,
    partitions: Option<i32>,
    replication_factor: Option<i16>,
    existed: bool,
}

impl Item for Created {
    const KIND: &'static str = "TopicCreationList";

    fn name(&self) -> String {
        self.name.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("NAME"),
            Column::number("PARTITIONS"),
            Column::number("REPLICAS"),
            Column::text("ID"),
        ]);
        for item in items {
            table.row(vec![
                item.name.clone(),
                or_dash(item.partitions),
                or_dash(item.replication_factor),
                or_dash(item.id.as_deref()),
            ]);
        }
        table
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app.connect(Class::Admin).await?;
    let topics = args.names.iter().map(|name| {
        let mut topic = NewTopic::new(name);
        if let Some(partitions) = args.partitions {
            topic = topic.partitions(partitions);
        }
        if let Some(factor) = args.replication_factor {
            topic = topic.replication_factor(factor);
        }
        if let Some(assignment) = &args.replica_assignment {
            topic = topic.assignments(assignment.clone());
        }
        args.configs
            .iter()
            .fold(topic, |topic, (key, value)| topic.config(key, value))
    });
    let options = CreateTopicsOptions {
        validate_only: args.dry_run,
        ..CreateTopicsOptions::default()
    };
    let results = session.client.admin().create_topics(topics, options).await;
    let results = results.into_iter().map(|(name, result)| {
        let existed = result
            .as_ref()
            .is_err_and(|error| error.code() == Some(protocol::ErrorCode::TOPIC_ALREADY_EXISTS));
        match result {
            Ok(created) => (
                name.clone(),
                Ok(Created {
                    name,
                    id: created.id.map(|id| id.to_string()),
                    partitions: created.partitions,
                    replication_factor: created.replication_factor,
                    existed: false,
                }),
            ),
            Err(_) if existed && args.if_not_exists => (
                name.clone(),
                Ok(Created {
                    name,
                    id: None,
                    partitions: None,
                    replication_factor: None,
                    existed,
                }),
            ),
            Err(error) => (name, Err(error.into())),
        }
    });
    let done = if args.dry_run { "Would create" } else { "Created" };
    let told = |created: &Created| match created.existed {
        true => format!("Topic {} exists already.", created.name),
        false => match (created.partitions, created.replication_factor) {
            (Some(partitions), Some(replicas)) => {
                let partitions = match partitions {
                    1 => "1 partition".to_owned(),
                    many => format!("{many} partitions"),
                };
                format!(
                    "{done} topic {} with {partitions} and replication factor {replicas}.",
                    created.name
                )
            }
            _ => format!("{done} topic {}.", created.name),
        },
    };
    outcome::report(app, &session, "topic", results, told)
}

fn assignment(text: &str) -> Result<Assignment, String> {
    let broker = |text: &str| text.trim().parse().ok().filter(|id| *id >= 0).map(NodeId);
    text.split(',')
        .map(|partition| partition.split(':').map(broker).collect::<Option<Vec<_>>>())
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| "expected ids of brokers such as 1:2,2:3".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brokers_of_each_partition() {
        let ids = |ids: &[i32]| ids.iter().copied().map(NodeId).collect::<Vec<_>>();
        assert_eq!(assignment("1:2,2"), Ok(vec![ids(&[1, 2]), ids(&[2])]));
        assert!(assignment("1:,2").is_err());
        assert!(assignment("1:-2").is_err());
    }
}
