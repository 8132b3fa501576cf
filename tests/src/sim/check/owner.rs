use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::event::Event;

/// A partition has one owner in each generation, and nobody else is handed its records.
#[derive(Default)]
pub(super) struct Owner {
    members: BTreeSet<usize>,
    /// Who was given a partition in a generation.
    given: BTreeMap<(i32, TopicPartition), String>,
    /// What the caller of each process was told to own.
    owned: BTreeMap<usize, BTreeSet<TopicPartition>>,
}

impl Check for Owner {
    fn name(&self) -> &'static str {
        "owner"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        match event {
            Event::ConsumerStarted {
                process, is_member, ..
            } => {
                self.owned.remove(process);
                if *is_member {
                    self.members.insert(*process);
                }
            }
            Event::Synced {
                member,
                instance,
                generation,
                partitions,
                ..
            } => {
                // A static member that comes back goes on in its generation under another id (KIP-345).
                let member = instance.as_ref().unwrap_or(member);
                for partition in partitions {
                    let place = (*generation, partition.clone());
                    if let Some(before) = self.given.insert(place, member.clone())
                        && before != *member
                    {
                        return Err(format!(
                            "{partition} is {before}'s and {member}'s in generation {generation}"
                        ));
                    }
                }
            }
            Event::Assigned { process, partitions } => {
                self.owned
                    .entry(*process)
                    .or_default()
                    .extend(partitions.iter().cloned());
            }
            Event::Lost { process, partitions } | Event::Revoked { process, partitions } => {
                let owned = self.owned.entry(*process).or_default();
                for partition in partitions {
                    owned.remove(partition);
                }
            }
            Event::Handed {
                process, partition, ..
            } if self.members.contains(process) => {
                let owned = self.owned.get(process);
                if !owned.is_some_and(|owned| owned.contains(partition)) {
                    return Err(format!(
                        "process {process} is handed {partition}, which it does not own"
                    ));
                }
            }
            _ => {}
        }
        Ok(())
    }
}
