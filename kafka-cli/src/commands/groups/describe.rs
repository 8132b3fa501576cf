use std::collections::BTreeMap;

use kafka_client::admin::{GroupFilter, GroupLag, PartitionLag};
use kafka_client::cluster::TopicPartition;
use serde::Serialize;

use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::CliError;
use crate::output::{Column, Item, Section, Style, Table, or_dash};

/// Show groups with their lag by partition and their members
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl groups describe billing
  kafkactl groups describe --all --sort-by LAG:desc
  kafkactl groups describe billing -o json | jq '.items[].totalLag'

The lag is the number of records between what the group committed and the end of the partition.")]
pub struct Args {
    /// Names of the groups
    #[arg(required_unless_present = "all")]
    groups: Vec<String>,

    /// All groups
    #[arg(long, conflicts_with = "groups")]
    all: bool,
}

/// A group.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    group: String,
    r#type: String,
    state: String,
    assignor: String,
    epoch: Option<i32>,
    total_lag: Option<i64>,
    partitions: Vec<Partition>,
    members: Vec<Member>,
}

/// How far the group is behind in a partition.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Partition {
    topic: String,
    partition: i32,
    committed_offset: Option<i64>,
    end_offset: Option<i64>,
    lag: Option<i64>,
    member_id: Option<String>,
    client_id: Option<String>,
    host: Option<String>,
    leader_epoch: Option<i32>,
    metadata: Option<String>,
    error: Option<String>,
}

/// A member.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    member_id: String,
    instance_id: Option<String>,
    client_id: String,
    host: String,
    epoch: Option<i32>,
    partitions: Option<BTreeMap<String, Vec<i32>>>,
}

impl Item for Described {
    const KIND: &'static str = "GroupDescriptionList";

    fn name(&self) -> String {
        self.group.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("GROUP"),
            Column::text("TOPIC"),
            Column::number("PARTITION"),
            Column::number("COMMITTED"),
            Column::number("END"),
            Column::number("LAG"),
            Column::text("CLIENT-ID"),
            Column::text("HOST"),
            Column::text("MEMBER-ID").wide(),
            Column::number("LEADER-EPOCH").wide(),
            Column::text("METADATA").wide(),
        ]);
        for item in items {
            for partition in &item.partitions {
                table.row(vec![
                    item.group.clone(),
                    partition.topic.clone(),
                    partition.partition.to_string(),
                    or_dash(partition.committed_offset),
                    or_dash(partition.end_offset),
                    or_dash(partition.lag),
                    or_dash(partition.client_id.as_deref()),
                    or_dash(partition.host.as_deref()),
                    or_dash(partition.member_id.as_deref()),
                    or_dash(partition.leader_epoch),
                    or_dash(partition.metadata.as_deref().filter(|text| !text.is_empty())),
                ]);
            }
        }
        table
    }

    fn sections(items: &[Self], style: &Style) -> Vec<Section> {
        items.iter().flat_map(|item| item.parts(style)).collect()
    }
}

impl Described {
    fn parts(&self, style: &Style) -> Vec<Section> {
        let mut facts = vec![("State", self.state.clone()), ("Type", self.r#type.clone())];
        if !self.assignor.is_empty() {
            facts.push(("Assignor", self.assignor.clone()));
        }
        if let Some(epoch) = self.epoch {
            facts.push(("Epoch", epoch.to_string()));
        }
        facts.push(("Members", self.members.len().to_string()));
        facts.push(("Lag", or_dash(self.total_lag)));
        let lags = (!self.partitions.is_empty()).then(|| Self::table(std::slice::from_ref(self), style));
        let mut parts = vec![Section {
            title: Some(self.group.clone()),
            facts,
            table: lags,
        }];
        if !self.members.is_empty() {
            parts.push(Section {
                title: None,
                facts: Vec::new(),
                table: Some(self.member_table()),
            });
        }
        parts
    }

    fn member_table(&self) -> Table {
        let mut table = Table::new(&[
            Column::text("MEMBER-ID"),
            Column::text("CLIENT-ID"),
            Column::text("HOST"),
            Column::text("PARTITIONS"),
            Column::text("INSTANCE-ID").wide(),
            Column::number("EPOCH").wide(),
        ]);
        for member in &self.members {
            let partitions = member.partitions.as_ref().map(|topics| match topics.is_empty() {
                true => "none".to_owned(),
                false => topics
                    .iter()
                    .map(|(topic, numbers)| format!("{topic}:{}", joined(numbers)))
                    .collect::<Vec<_>>()
                    .join(";"),
            });
            table.row(vec![
                member.member_id.clone(),
                member.client_id.clone(),
                member.host.clone(),
                or_dash(partitions),
                or_dash(member.instance_id.as_deref()),
                or_dash(member.epoch),
            ]);
        }
        table
    }
}

fn joined(numbers: &[i32]) -> String {
    numbers
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let session = app.connect(Class::Read).await?;
    let admin = session.client.admin();
    let groups = if args.all {
        let list = admin.list_groups(&GroupFilter::default()).await?;
        for (node, error) in &list.failed {
            app.output()
                .warn(&format!("broker {node} did not list its groups: {error}"));
        }
        list.groups.into_iter().map(|group| group.id).collect()
    } else {
        args.groups
    };
    let lags = admin.group_lags(groups).await;
    let results = lags
        .into_iter()
        .map(|(group, lag)| (group, lag.map(described).map_err(CliError::from)));
    outcome::list(app, &session, "group", results)
}

fn described(lag: GroupLag) -> Described {
    let group = lag.group;
    let mut partitions: Vec<Partition> = lag
        .partitions
        .iter()
        .map(|partition| {
            let member = partition.member.and_then(|place| group.members.get(place));
            let committed = partition.committed.as_ref().ok().and_then(Option::as_ref);
            Partition {
                topic: partition.partition.topic.to_string(),
                partition: partition.partition.partition,
                committed_offset: committed.map(|committed| committed.offset),
                end_offset: partition.end.as_ref().ok().copied(),
                lag: partition.lag(),
                member_id: member.map(|member| member.id.clone()),
                client_id: member.map(|member| member.client_id.clone()),
                host: member.map(|member| member.host.clone()),
                leader_epoch: committed.and_then(|committed| committed.leader_epoch),
                metadata: committed.map(|committed| committed.metadata.clone()),
                error: trouble(partition),
            }
        })
        .collect();
    partitions.sort_by(|a, b| (&a.topic, a.partition).cmp(&(&b.topic, b.partition)));
    let lags: Vec<i64> = partitions.iter().filter_map(|partition| partition.lag).collect();
    Described {
        group: group.id,
        r#type: group.kind.name().to_owned(),
        state: group.state.name().to_owned(),
        assignor: group.assignor,
        epoch: group.epoch,
        total_lag: if lags.is_empty() {
            None
        } else {
            Some(lags.iter().sum())
        },
        partitions,
        members: group
            .members
            .into_iter()
            .map(|member| Member {
                member_id: member.id,
                instance_id: member.instance_id,
                client_id: member.client_id,
                host: member.host,
                epoch: member.epoch,
                partitions: member.assignment.map(by_topic),
            })
            .collect(),
    }
}

fn trouble(partition: &PartitionLag) -> Option<String> {
    let committed = partition.committed.as_ref().err();
    committed
        .or_else(|| partition.end.as_ref().err())
        .map(ToString::to_string)
}

fn by_topic(partitions: Vec<TopicPartition>) -> BTreeMap<String, Vec<i32>> {
    let mut topics: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for partition in partitions {
        topics
            .entry(partition.topic.to_string())
            .or_default()
            .push(partition.partition);
    }
    for numbers in topics.values_mut() {
        numbers.sort_unstable();
    }
    topics
}
