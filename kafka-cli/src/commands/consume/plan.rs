//! What is to be read, before reading begins: which partitions, from where, up to where.

use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::client::{Consumer, Topics};
use kafka_client::cluster::{Metadata, OffsetSpec, TopicPartition};
use kafka_client::config::IsolationLevel;
use kafka_client::consume::StartAt;
use tokio::time::Instant;

use super::args::Args;
use crate::app::Session;
use crate::commands::{known, topics::whole};
use crate::error::{CliError, Kind};
use crate::records::{OffsetPoint, OffsetRange};

/// What is to be read.
pub struct Plan {
    /// The partitions and where each begins; empty with a group, which decides by itself.
    pub starts: Vec<(TopicPartition, StartAt)>,
    /// Where reading ends, if it does.
    pub ends: Option<Ends>,
    /// How many offsets lie between starts and ends, when both are known.
    records: Option<u64>,
    /// Partitions whose leaders were not asked for anything yet.
    pub not_asked: Vec<TopicPartition>,
}

/// Where each partition ends. What is written behind is not read.
pub struct Ends {
    by_partition: BTreeMap<TopicPartition, i64>,
    /// With a group, how it is joined.
    joining: Option<Joining>,
}

/// How far a member has come in its group.
struct Joining {
    /// When the group has last assigned partitions, if it has.
    assigned: Option<Instant>,
    /// How long nothing assigned may mean that other members have yet to give partitions up.
    patience: Duration,
}

impl Ends {
    /// Where this partition ends.
    pub fn of(&self, partition: &TopicPartition) -> Option<i64> {
        self.by_partition.get(partition).copied()
    }

    /// When the group has assigned partitions.
    pub fn assigned(&mut self) {
        if let Some(joining) = &mut self.joining {
            joining.assigned = Some(Instant::now());
        }
    }

    /// Whether every partition of the consumer is read up to its end. Positions count what is never shown, too: control
    /// records, aborted ones, gaps.
    pub fn are_reached(&self, consumer: &Consumer) -> bool {
        let assignment = consumer.assignment();
        let joined = self.joining.as_ref().is_none_or(|joining| {
            joining
                .assigned
                .is_some_and(|since| !assignment.is_empty() || since.elapsed() >= joining.patience)
        });
        joined
            && assignment.iter().all(|partition| match self.of(partition) {
                Some(end) => consumer
                    .position(partition)
                    .is_some_and(|position| position >= end),
                // Created after the command began: nothing of it is asked for.
                None => true,
            })
    }
}

impl Plan {
    /// Finds out what the flags mean on this cluster.
    pub async fn make(session: &Session, args: &Args) -> Result<Self, CliError> {
        let range = range(args);
        let metadata = describe(session, args).await?;
        let all = chosen(&metadata, args)?;
        let to = if args.exit {
            Some(range.to.unwrap_or(OffsetPoint::End))
        } else {
            range.to
        };
        let relative = matches!(
            range.from,
            OffsetPoint::BeforeEnd(_) | OffsetPoint::AfterStart(_) | OffsetPoint::At(_)
        );
        let bounds = if to.is_some() || relative {
            Some(Bounds::find(session, args, &all).await?)
        } else {
            None
        };
        let ends = match (&bounds, to) {
            (Some(bounds), Some(to)) => Some(bounds.resolve(session, args, &all, to).await?),
            _ => None,
        };
        if args.group.is_some() {
            let ends = ends.map(|by_partition| Ends {
                by_partition,
                joining: Some(Joining {
                    assigned: None,
                    // The other members learn of it by a heartbeat, and this one by its own.
                    patience: 2 * session.config.consumer.heartbeat_interval,
                }),
            });
            return Ok(Self {
                starts: Vec::new(),
                ends,
                records: None,
                not_asked: if bounds.is_none() { all } else { Vec::new() },
            });
        }
        let Some(bounds) = bounds else {
            let start = match range.from {
                OffsetPoint::Start => StartAt::Spec(OffsetSpec::Earliest),
                OffsetPoint::Time(time) => StartAt::Spec(OffsetSpec::Timestamp(time)),
                _ => StartAt::Spec(OffsetSpec::Latest),
            };
            return Ok(Self {
                starts: all.iter().map(|partition| (partition.clone(), start)).collect(),
                ends: None,
                records: None,
                not_asked: all,
            });
        };
        let from = bounds.resolve(session, args, &all, range.from).await?;
        let mut plan = Self {
            starts: Vec::new(),
            ends: None,
            records: None,
            not_asked: Vec::new(),
        };
        for (partition, start) in &from {
            let end = ends.as_ref().and_then(|ends| ends.get(partition)).copied();
            // A partition without anything to read is not read at all.
            if end.is_none_or(|end| *start < end) {
                plan.starts.push((partition.clone(), StartAt::Offset(*start)));
                let count = end.and_then(|end| u64::try_from(end - start).ok());
                plan.records = count.map(|count| plan.records.unwrap_or(0) + count);
            }
        }
        plan.ends = ends.map(|by_partition| Ends {
            by_partition,
            joining: None,
        });
        Ok(plan)
    }

    /// Whether there is nothing to read.
    pub fn is_over(&self) -> bool {
        self.starts.is_empty() && self.ends.as_ref().is_some_and(|ends| ends.joining.is_none())
    }

    /// How many records there are at most, when that is known.
    pub fn records(&self) -> Option<u64> {
        self.records
    }
}

/// From where to where, by whichever flag says it.
fn range(args: &Args) -> OffsetRange {
    let from = |from| OffsetRange { from, to: None };
    match (args.offset, args.tail) {
        (Some(range), _) => range,
        (None, Some(count)) => from(OffsetPoint::BeforeEnd(count)),
        (None, None) if args.from_beginning => from(OffsetPoint::Start),
        (None, None) => from(OffsetPoint::End),
    }
}

async fn describe(session: &Session, args: &Args) -> Result<Metadata, CliError> {
    match &args.regex {
        Some(_) => Ok(session.client.metadata(Topics::All).await?),
        None => known::topics(session, &args.topics).await,
    }
}

/// The partitions that the flags choose.
fn chosen(metadata: &Metadata, args: &Args) -> Result<Vec<TopicPartition>, CliError> {
    let pattern = match &args.regex {
        Some(pattern) => Some(whole(pattern)?),
        None => None,
    };
    let mut all = Vec::new();
    for topic in metadata.topics.values() {
        if pattern
            .as_ref()
            .is_some_and(|pattern| topic.internal || !pattern.is_match(&topic.name))
        {
            continue;
        }
        for number in 0..i32::try_from(topic.partitions.len()).unwrap_or(i32::MAX) {
            if args
                .partitions
                .as_ref()
                .is_none_or(|wanted| wanted.iter().any(|range| range.contains(&number)))
            {
                all.push(TopicPartition::new(topic.name.clone(), number));
            }
        }
    }
    if all.is_empty() && args.group.is_none() {
        let none = match &args.regex {
            Some(pattern) => format!("no topic matches `{pattern}`"),
            None => "there is no such partition".to_owned(),
        };
        return Err(CliError::new(Kind::NotFound, none));
    }
    Ok(all)
}

/// The first and the last offset of each partition.
struct Bounds {
    start: BTreeMap<TopicPartition, i64>,
    end: BTreeMap<TopicPartition, i64>,
}

impl Bounds {
    async fn find(session: &Session, args: &Args, all: &[TopicPartition]) -> Result<Self, CliError> {
        let start = offsets(session, args, all, OffsetSpec::Earliest).await?;
        let end = offsets(session, args, all, OffsetSpec::Latest).await?;
        Ok(Self { start, end })
    }

    /// The offset that `point` means in each partition, within its bounds.
    async fn resolve(
        &self,
        session: &Session,
        args: &Args,
        all: &[TopicPartition],
        point: OffsetPoint,
    ) -> Result<BTreeMap<TopicPartition, i64>, CliError> {
        let times = match point {
            OffsetPoint::Time(time) => Some(offsets(session, args, all, OffsetSpec::Timestamp(time)).await?),
            _ => None,
        };
        let resolve = |partition: &TopicPartition| {
            let (start, end) = (*self.start.get(partition)?, *self.end.get(partition)?);
            let offset = match point {
                OffsetPoint::Start => start,
                OffsetPoint::End => end,
                OffsetPoint::At(offset) => offset,
                OffsetPoint::AfterStart(count) => start.saturating_add(count),
                OffsetPoint::BeforeEnd(count) => end.saturating_sub(count),
                // A time behind the last record is the end.
                OffsetPoint::Time(_) => *times
                    .as_ref()?
                    .get(partition)
                    .filter(|offset| **offset >= 0)
                    .unwrap_or(&end),
            };
            Some((partition.clone(), offset.clamp(start, end)))
        };
        Ok(all.iter().filter_map(resolve).collect())
    }
}

async fn offsets(
    session: &Session,
    args: &Args,
    all: &[TopicPartition],
    spec: OffsetSpec,
) -> Result<BTreeMap<TopicPartition, i64>, CliError> {
    let isolation = if args.read_committed {
        IsolationLevel::ReadCommitted
    } else {
        IsolationLevel::ReadUncommitted
    };
    let asked = all.iter().map(|partition| (partition.clone(), spec));
    let results = session.client.admin().list_offsets(asked, isolation).await;
    results
        .into_iter()
        .map(|(partition, result)| match result {
            // No offset is the answer where no record is as young as the time that was asked for.
            Ok(listed) => Ok((partition, listed.offset.unwrap_or(-1))),
            Err(error) => {
                let mut failure = CliError::from(error);
                failure.message = format!("{partition}: {}", failure.message);
                Err(failure)
            }
        })
        .collect()
}
