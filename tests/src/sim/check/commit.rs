use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::event::Event;
use crate::sim::log::{Entry, Log};

/// A group never commits beyond what its members were handed, or with automatic commits: are done with; and a commit
/// that the caller believes done is one that the coordinator has taken.
#[derive(Default)]
pub(super) struct Commit {
    readers: BTreeMap<usize, Reader>,
    /// Where each reader goes on.
    stands: BTreeMap<(usize, TopicPartition), i64>,
    steps: BTreeMap<TopicPartition, Vec<Step>>,
}

#[derive(Default)]
struct Reader {
    is_member: bool,
    auto_commits: bool,
    committed_only: bool,
    /// Handed out, and the caller has not asked for more since.
    with_caller: Vec<(TopicPartition, Vec<i64>)>,
    /// What the coordinator has taken.
    taken: BTreeSet<(TopicPartition, i64)>,
    /// Partitions whose last commit it has taken, whatever the offset: after a seek back one that was called for later
    /// may lie before.
    in_force: BTreeSet<TopicPartition>,
}

enum Step {
    Done(Vec<i64>),
    Commit {
        process: usize,
        offset: i64,
        at: Duration,
    },
}

impl Commit {
    fn done(&mut self, partition: TopicPartition, offsets: Vec<i64>) {
        self.steps.entry(partition).or_default().push(Step::Done(offsets));
    }
}

impl Check for Commit {
    fn name(&self) -> &'static str {
        "commit"
    }

    fn see(&mut self, now: Duration, event: &Event) -> Result<(), String> {
        match event {
            Event::ConsumerStarted {
                process,
                is_member,
                auto_commits,
                committed_only,
                ..
            } => {
                let reader = Reader {
                    is_member: *is_member,
                    auto_commits: *auto_commits,
                    committed_only: *committed_only,
                    ..Reader::default()
                };
                self.readers.insert(*process, reader);
            }
            Event::Handed {
                process,
                partition,
                records,
                next,
            } => {
                self.stands.insert((*process, partition.clone()), *next);
                let offsets: Vec<i64> = records.iter().map(|(offset, _)| *offset).collect();
                let Some(reader) = self.readers.get_mut(process).filter(|reader| reader.is_member) else {
                    return Ok(());
                };
                match reader.auto_commits {
                    true => reader.with_caller.push((partition.clone(), offsets)),
                    false => self.done(partition.clone(), offsets),
                }
            }
            Event::Asked { process } => {
                let reader = self.readers.get_mut(process);
                let done = reader.map(|reader| std::mem::take(&mut reader.with_caller));
                for (partition, offsets) in done.unwrap_or_default() {
                    self.done(partition, offsets);
                }
            }
            // What lies between is not wanted.
            Event::Sought {
                process,
                partition,
                to,
            } if self.readers.get(process).is_some_and(|reader| reader.is_member) => {
                let from = self.stands.insert((*process, partition.clone()), *to);
                if let Some(from) = from.filter(|from| from < to) {
                    self.done(partition.clone(), (from..*to).collect());
                }
            }
            Event::CommitSent { process, offsets, .. } => {
                for (partition, offset) in offsets {
                    let step = Step::Commit {
                        process: *process,
                        offset: *offset,
                        at: now,
                    };
                    self.steps.entry(partition.clone()).or_default().push(step);
                }
            }
            Event::CommitAnswered { process, offsets } => {
                let Some(reader) = self.readers.get_mut(process) else {
                    return Ok(());
                };
                for (partition, offset, code) in offsets {
                    if *code == 0 {
                        reader.taken.insert((partition.clone(), *offset));
                        reader.in_force.insert(partition.clone());
                    } else {
                        reader.in_force.remove(partition);
                    }
                }
            }
            Event::CommitEnded {
                process,
                offsets,
                is_ok: true,
            } => {
                let reader = self.readers.get(process);
                for (partition, offset) in offsets {
                    // One that was called for later covers it.
                    let is_taken = reader.is_some_and(|reader| {
                        let later = reader.taken.range((partition.clone(), *offset)..).next();
                        let covers = later.is_some_and(|(other, _)| other == partition);
                        covers || reader.in_force.contains(partition)
                    });
                    if !is_taken {
                        return Err(format!(
                            "process {process} was told that {partition} is committed at {offset}; the coordinator did not take it"
                        ));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        for (partition, steps) in &self.steps {
            let mut done = BTreeSet::new();
            let mut safe = 0;
            for step in steps {
                let (process, offset, at) = match step {
                    Step::Done(offsets) => {
                        done.extend(offsets.iter().copied());
                        continue;
                    }
                    Step::Commit { process, offset, at } => (process, *offset, *at),
                };
                let committed_only = self
                    .readers
                    .get(process)
                    .is_some_and(|reader| reader.committed_only);
                let is_left = |entry: &&Entry| !(committed_only && entry.is_aborted);
                let is_open = |entry: &&Entry| !done.contains(&entry.offset);
                // A partition of which something was taken away is judged as it was when the commit left, or earlier.
                let from = if log.is_disturbed(partition) { 0 } else { safe };
                let skipped = log.versions_until(partition, at).map(|entries| {
                    let before = entries
                        .iter()
                        .filter(|entry| (from..offset).contains(&entry.offset));
                    before.filter(is_left).find(is_open)
                });
                // The latest that speaks against it, unless one speaks for it.
                let skipped = skipped.reduce(|one, other| one.and(other).and(one)).flatten();
                if let Some(entry) = skipped {
                    return Err(format!(
                        "process {process} commits {partition} at {offset} at {:.6}, nobody is done with {:?} at {}",
                        at.as_secs_f64(),
                        entry.record,
                        entry.offset
                    ));
                }
                safe = safe.max(offset);
            }
        }
        Ok(())
    }
}
