use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Check;
use crate::sim::event::{Event, RecordId};
use crate::sim::log::Log;

/// Nothing aborted is handed to those who read what is committed, and transactions end as their writer was told.
#[derive(Default)]
pub(super) struct Isolation {
    committed_only: BTreeSet<usize>,
    handed: BTreeMap<RecordId, usize>,
    ended: BTreeMap<RecordId, bool>,
}

impl Check for Isolation {
    fn name(&self) -> &'static str {
        "isolation"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        match event {
            Event::ConsumerStarted {
                process,
                committed_only: true,
                ..
            } => {
                self.committed_only.insert(*process);
            }
            Event::Handed { process, records, .. } if self.committed_only.contains(process) => {
                let records = records.iter().map(|(_, record)| (*record, *process));
                self.handed.extend(records);
            }
            Event::TransactionEnded { records, committed } => {
                self.ended
                    .extend(records.iter().map(|record| (*record, *committed)));
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        for (partition, entries) in &log.partitions {
            for entry in entries {
                let (record, offset) = (entry.record, entry.offset);
                if let Some(process) = self.handed.get(&record).filter(|_| entry.is_aborted) {
                    return Err(format!(
                        "process {process} was handed {record:?}, which is aborted, at {partition} {offset}"
                    ));
                }
                if self
                    .ended
                    .get(&record)
                    .is_some_and(|committed| *committed == entry.is_aborted)
                {
                    return Err(format!(
                        "{record:?} at {partition} {offset}: aborted is {}, its writer was told otherwise",
                        entry.is_aborted
                    ));
                }
            }
        }
        Ok(())
    }
}
