use kafka_client::admin::{ConfigEntry, ConfigResource, DescribeConfigsOptions, TopicDescription, TopicKey};
use kafka_client::cluster::NodeId;
use protocol::Uuid;
use serde::Serialize;

use super::names;
use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::CliError;
use crate::output::{Column, Item, Section, Style, Table, or_dash};

/// Show topics with their partitions, replicas and settings
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl topics describe orders
  kafkactl topics describe orders --all-configs
  kafkactl topics describe --regex '.*' --under-replicated -o json")]
pub struct Args {
    /// Names of the topics
    #[arg(required_unless_present_any = ["regex", "id"])]
    names: Vec<String>,

    /// Topics whose whole names match
    #[arg(long, value_name = "REGEX", conflicts_with = "names")]
    regex: Option<String>,

    /// The topic with this id (repeatable)
    #[arg(long, value_name = "ID", conflicts_with_all = ["names", "regex"])]
    id: Vec<Uuid>,

    /// Settings that have their default value, too
    #[arg(long)]
    all_configs: bool,

    /// Only partitions with a replica that is not in sync
    #[arg(long)]
    under_replicated: bool,

    /// Only partitions without a leader
    #[arg(long)]
    unavailable: bool,
}

/// A topic.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    name: String,
    id: Option<String>,
    internal: bool,
    partition_count: usize,
    replication_factor: usize,
    configs: Vec<Config>,
    partitions: Vec<Partition>,
}

/// A setting.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    name: String,
    value: Option<String>,
    source: &'static str,
    sensitive: bool,
}

/// A partition.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Partition {
    partition: i32,
    leader: Option<i32>,
    leader_epoch: Option<i32>,
    replicas: Vec<i32>,
    isr: Vec<i32>,
    offline_replicas: Vec<i32>,
    eligible_leaders: Option<Vec<i32>>,
    last_known_eligible_leaders: Option<Vec<i32>>,
}

impl Item for Described {
    const KIND: &'static str = "TopicDescriptionList";

    fn name(&self) -> String {
        self.name.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("TOPIC"),
            Column::number("PARTITION"),
            Column::number("LEADER"),
            Column::text("REPLICAS"),
            Column::text("ISR"),
            Column::text("OFFLINE"),
            Column::number("LEADER-EPOCH").wide(),
            Column::text("ELR").wide(),
            Column::text("LAST-KNOWN-ELR").wide(),
        ]);
        for item in items {
            for partition in &item.partitions {
                table.row(vec![
                    item.name.clone(),
                    partition.partition.to_string(),
                    or_dash(partition.leader),
                    ids(&partition.replicas),
                    ids(&partition.isr),
                    ids(&partition.offline_replicas),
                    or_dash(partition.leader_epoch),
                    or_dash(partition.eligible_leaders.as_deref().map(ids)),
                    or_dash(partition.last_known_eligible_leaders.as_deref().map(ids)),
                ]);
            }
        }
        table
    }

    fn sections(items: &[Self], style: &Style) -> Vec<Section> {
        let section = |item: &Self| {
            let mut facts = vec![
                ("Id", or_dash(item.id.as_deref())),
                ("Partitions", item.partition_count.to_string()),
                ("Replicas", item.replication_factor.to_string()),
            ];
            if item.internal {
                facts.push(("Internal", "yes".to_owned()));
            }
            let configs = item.configs.iter().map(|config| {
                let value = if config.sensitive {
                    "********"
                } else {
                    config.value.as_deref().unwrap_or("-")
                };
                ("Config", format!("{}={value}", config.name))
            });
            facts.extend(configs);
            let table = Self::table(std::slice::from_ref(item), style);
            Section {
                title: Some(item.name.clone()),
                facts,
                table: Some(table),
            }
        };
        items.iter().map(section).collect()
    }
}

fn ids(nodes: &[i32]) -> String {
    match nodes {
        [] => "-".to_owned(),
        nodes => nodes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(","),
    }
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app.connect(Class::Read).await?;
    let admin = session.client.admin();
    let names = names::given_or_matching(&admin, &args.names, args.regex.as_deref()).await?;
    let keys = names
        .into_iter()
        .map(TopicKey::Name)
        .chain(args.id.iter().copied().map(TopicKey::Id));
    let topics = admin.describe_topics(keys).await;
    let resources = topics
        .iter()
        .filter_map(|(_, topic)| Some(ConfigResource::topic(&topic.as_ref().ok()?.name)));
    let mut configs: Vec<_> = admin
        .describe_configs(resources, DescribeConfigsOptions::default())
        .await;
    let results = topics.into_iter().map(|(key, topic)| {
        let described = topic.map_err(CliError::from).map(|topic| {
            let own = configs
                .iter()
                .position(|(resource, _)| resource.name == topic.name);
            let own = own.map(|place| configs.swap_remove(place).1);
            // Who may describe a topic may not always see its settings; the rest is worth showing all the same.
            let entries = own.and_then(Result::ok).unwrap_or_default();
            described(topic, entries, &args)
        });
        (key.to_string(), described)
    });
    let results: Vec<_> = results
        .filter(|(_, described)| {
            !args.filters()
                || described
                    .as_ref()
                    .map_or(true, |topic| !topic.partitions.is_empty())
        })
        .collect();
    outcome::list(app, &session, "topic", results.into_iter())
}

impl Args {
    /// Whether only some partitions are wanted.
    fn filters(&self) -> bool {
        self.under_replicated || self.unavailable
    }
}

fn described(topic: TopicDescription, entries: Vec<ConfigEntry>, args: &Args) -> Described {
    let numbers = |nodes: &[NodeId]| nodes.iter().map(|node| node.0).collect::<Vec<_>>();
    let wanted = |partition: &kafka_client::admin::PartitionDescription| {
        !args.filters()
            || args.under_replicated && partition.in_sync.len() < partition.replicas.len()
            || args.unavailable && partition.leader.is_none()
    };
    let mut configs: Vec<Config> = entries
        .into_iter()
        .filter(|entry| args.all_configs || entry.source == kafka_client::admin::ConfigSource::Topic)
        .map(|entry| Config {
            name: entry.name,
            value: entry.value,
            source: entry.source.name(),
            sensitive: entry.sensitive,
        })
        .collect();
    configs.sort_by(|a, b| a.name.cmp(&b.name));
    Described {
        partition_count: topic.partitions.len(),
        replication_factor: topic
            .partitions
            .first()
            .map_or(0, |partition| partition.replicas.len()),
        name: topic.name,
        id: topic.id.map(|id| id.to_string()),
        internal: topic.internal,
        configs,
        partitions: topic
            .partitions
            .iter()
            .filter(|partition| wanted(partition))
            .map(|partition| Partition {
                partition: partition.partition,
                leader: partition.leader.map(|node| node.0),
                leader_epoch: partition.leader_epoch,
                replicas: numbers(&partition.replicas),
                isr: numbers(&partition.in_sync),
                offline_replicas: numbers(&partition.offline),
                eligible_leaders: partition.eligible_leaders.as_deref().map(numbers),
                last_known_eligible_leaders: partition.last_known_eligible_leaders.as_deref().map(numbers),
            })
            .collect(),
    }
}
