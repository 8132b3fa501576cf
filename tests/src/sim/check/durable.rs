use std::collections::BTreeMap;
use std::time::Duration;

use super::Check;
use crate::sim::event::{Event, RecordId};
use crate::sim::log::Log;

/// Every record that all replicas in sync have confirmed is in the log where it was said to be, or was there before the
/// cluster itself lost it.
#[derive(Default)]
pub(super) struct Durable {
    acked: BTreeMap<RecordId, (i32, i64, bool)>,
}

impl Check for Durable {
    fn name(&self) -> &'static str {
        "durable"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        let Event::Acked {
            record,
            partition,
            offset,
            by_all,
        } = event
        else {
            return Ok(());
        };
        match self.acked.insert(*record, (*partition, *offset, *by_all)) {
            None => Ok(()),
            Some(_) => Err(format!("{record:?} is confirmed twice")),
        }
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        let places = log.places_ever();
        let lasting = self.acked.iter().filter(|(_, (_, _, by_all))| *by_all);
        for (record, (partition, offset, _)) in lasting {
            let there = places.get(record).map_or(&[][..], Vec::as_slice);
            // A retry that finds its record written does not learn where.
            let fits = |(place, at): &(&_, i64)| -> bool {
                let place: &kafka_client::cluster::TopicPartition = place;
                place.partition == *partition && (*offset < 0 || at == offset)
            };
            if !there.iter().any(fits) {
                return Err(format!(
                    "{record:?} is confirmed at {offset} of partition {partition}; it is at {there:?}"
                ));
            }
        }
        Ok(())
    }
}
