use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::log::{Entry, Log};
use crate::sim::trace::{Event, Placed};

/// What is handed out of a partition is what the log has there, each record once and none left out, from where the
/// reader stands on.
#[derive(Default)]
pub(super) struct Reading {
    committed_only: BTreeMap<usize, bool>,
    /// Where each reader stands, where that is known.
    stands: BTreeMap<(usize, TopicPartition), i64>,
    runs: Vec<Run>,
}

/// Records that were handed out together.
struct Run {
    process: usize,
    partition: TopicPartition,
    from: Option<i64>,
    records: Vec<Placed>,
}

impl Check for Reading {
    fn name(&self) -> &'static str {
        "reading"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        match event {
            Event::ConsumerStarted {
                process,
                committed_only,
                ..
            } => {
                self.committed_only.insert(*process, *committed_only);
                self.stands.retain(|(reader, _), _| reader != process);
            }
            Event::Assigned { process, partitions }
            | Event::Lost { process, partitions }
            | Event::Revoked { process, partitions } => {
                for partition in partitions {
                    self.stands.remove(&(*process, partition.clone()));
                }
            }
            Event::Sought {
                process,
                partition,
                to,
            } => {
                self.stands.insert((*process, partition.clone()), *to);
            }
            Event::Handed {
                process,
                partition,
                records,
                next,
            } => {
                let from = self.stands.insert((*process, partition.clone()), *next);
                let (first, last) = (records.first(), records.last());
                if let (Some((first, _)), Some((last, _))) = (first, last)
                    && (from.is_some_and(|from| *first < from) || last >= next)
                {
                    return Err(format!(
                        "process {process} was handed {partition} {first} to {last}, standing at {from:?}, going on at {next}"
                    ));
                }
                self.runs.push(Run {
                    process: *process,
                    partition: partition.clone(),
                    from,
                    records: records.clone(),
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        for run in &self.runs {
            let (Some(&(first, _)), Some(&(last, _))) = (run.records.first(), run.records.last()) else {
                continue;
            };
            let committed_only = self.committed_only.get(&run.process).copied().unwrap_or(false);
            let from = run.from.unwrap_or(first);
            let visible = log.visible(&run.partition, committed_only);
            let expected: Vec<Placed> = visible
                .filter(|entry| (from..=last).contains(&entry.offset))
                .map(|entry: &Entry| (entry.offset, entry.record))
                .collect();
            if expected != run.records {
                let (process, partition) = (run.process, &run.partition);
                let handed = &run.records;
                return Err(format!(
                    "process {process}, standing at {:?} of {partition}, was handed {handed:?}; the log has {expected:?}",
                    run.from
                ));
            }
        }
        Ok(())
    }
}
