use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Check;
use crate::sim::event::Event;
use crate::sim::log::Log;

/// An idempotent producer's records with keys are in each partition in the order in which they were sent; save for
/// partitions that the cluster lost something of, and with it what it knew of their producers.
#[derive(Default)]
pub(super) struct Order {
    ordered: BTreeSet<u16>,
}

impl Check for Order {
    fn name(&self) -> &'static str {
        "order"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        if let Event::ProducerStarted {
            producer,
            is_idempotent: true,
            has_keys: true,
            ..
        } = event
        {
            self.ordered.insert(*producer);
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        let whole = log
            .partitions
            .iter()
            .filter(|(partition, _)| !log.is_disturbed(partition));
        for (partition, entries) in whole {
            let mut last = BTreeMap::new();
            for entry in entries {
                let record = entry.record;
                if !self.ordered.contains(&record.producer) {
                    continue;
                }
                let before = last.insert(record.producer, record);
                if let Some(before) = before.filter(|before| before.number > record.number) {
                    let offset = entry.offset;
                    return Err(format!(
                        "{partition}: {record:?} at {offset} is behind {before:?}"
                    ));
                }
            }
        }
        Ok(())
    }
}
