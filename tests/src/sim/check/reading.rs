use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;
use protocol::ApiKey;

use super::Check;
use crate::sim::event::Event;
use crate::sim::event::Placed;
use crate::sim::log::{Entry, Log};
use crate::sim::scenario::Scenario;

/// What is handed out of a partition is what the log has there, each record once and none left out, from where the
/// reader stands on. After the cluster lost something of the partition a reader may go back or leave something out
/// for each time that happened; even then, what it is handed at once lay side by side in some log.
pub(super) struct Reading {
    /// How often a loss may make a reader go elsewhere.
    jumps: u32,
    committed_only: BTreeMap<usize, bool>,
    /// Where each reader stands, where that is known.
    stands: BTreeMap<(usize, TopicPartition), i64>,
    /// How often something of a partition was lost.
    losses: BTreeMap<TopicPartition, u32>,
    runs: Vec<Run>,
}

/// Records that were handed out together.
struct Run {
    at: Duration,
    process: usize,
    partition: TopicPartition,
    from: Option<i64>,
    records: Vec<Placed>,
    /// How often something of the partition had been lost.
    losses: u32,
}

impl Reading {
    pub(super) fn new(scenario: &Scenario) -> Self {
        // Who does not fetch by the topic's id may learn of a new topic twice: by a position that is out of the log, and
        // later by the id in the metadata.
        let learns_at_once = scenario.speaks(ApiKey::FETCH, 13);
        Self {
            jumps: if learns_at_once { 1 } else { 2 },
            committed_only: BTreeMap::new(),
            stands: BTreeMap::new(),
            losses: BTreeMap::new(),
            runs: Vec::new(),
        }
    }
}

impl Check for Reading {
    fn name(&self) -> &'static str {
        "reading"
    }

    fn see(&mut self, now: Duration, event: &Event) -> Result<(), String> {
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
            Event::Disturbed { partition } => {
                *self.losses.entry(partition.clone()).or_default() += 1;
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
                let losses = self.losses.get(partition).copied().unwrap_or(0);
                let (first, last) = (records.first(), records.last());
                if let (Some((first, _)), Some((last, _))) = (first, last)
                    && (losses == 0 && from.is_some_and(|from| *first < from) || last >= next)
                {
                    return Err(format!(
                        "process {process} was handed {partition} {first} to {last}, standing at {from:?}, going on at {next}"
                    ));
                }
                self.runs.push(Run {
                    at: now,
                    process: *process,
                    partition: partition.clone(),
                    from,
                    records: records.clone(),
                    losses,
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        let mut pardoned: BTreeMap<(usize, &TopicPartition), u32> = BTreeMap::new();
        for run in &self.runs {
            let committed_only = self.committed_only.get(&run.process).copied().unwrap_or(false);
            if run.fits(log, run.from, committed_only) {
                continue;
            }
            let pardons = pardoned.entry((run.process, &run.partition)).or_default();
            if *pardons < run.losses * self.jumps && run.fits(log, None, committed_only) {
                *pardons += 1;
                continue;
            }
            let (process, partition) = (run.process, &run.partition);
            let (from, handed) = (run.from, &run.records);
            let expected: Vec<Vec<Placed>> = log
                .versions_until(partition, run.at)
                .map(|entries| run.expected(entries, from, committed_only).collect())
                .collect();
            return Err(format!(
                "process {process}, standing at {from:?} of {partition}, was handed {handed:?}; the log had, latest first, {expected:?}"
            ));
        }
        Ok(())
    }
}

impl Run {
    /// Whether it is what a log had at the time or before, beginning at `from`.
    fn fits(&self, log: &Log, from: Option<i64>, committed_only: bool) -> bool {
        let mut versions = log.versions_until(&self.partition, self.at);
        versions.any(|entries| {
            let expected = self.expected(entries, from, committed_only);
            expected.eq(self.records.iter().copied())
        })
    }

    /// What such a log gives, from `from` or the first record that was handed out to the last.
    fn expected<'a>(
        &self,
        entries: &'a [Entry],
        from: Option<i64>,
        committed_only: bool,
    ) -> impl Iterator<Item = Placed> + use<'a> {
        let first = self.records.first().map_or(0, |(offset, _)| *offset);
        let last = self.records.last().map_or(-1, |(offset, _)| *offset);
        let from = from.unwrap_or(first);
        entries
            .iter()
            .filter(move |entry| (from..=last).contains(&entry.offset))
            .filter(move |entry| !(committed_only && entry.is_aborted))
            .map(|entry| (entry.offset, entry.record))
    }
}
