use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::trace::Event;

/// Nobody asks over and over without a pause: a batch is repeated no more often than the back-off allows, with some to
/// spare for leaders that move.
pub(super) struct Haste {
    per_second: u32,
    sent: BTreeMap<Attempt, (u64, u32)>,
}

/// A process, a partition, and the producer, epoch and number of a batch with its first record.
type Attempt = (
    usize,
    TopicPartition,
    (i64, i16, i32),
    Option<crate::sim::trace::RecordId>,
);

/// Repetitions that need no pause, in a second.
const SPARE: u32 = 20;

impl Haste {
    pub(super) fn new(retry_backoff: Duration) -> Self {
        // Back-offs vary by a fifth.
        let shortest = retry_backoff.mul_f64(0.8).as_millis().max(1);
        Self {
            per_second: SPARE + u32::try_from(1_000 / shortest).unwrap_or(u32::MAX / 2),
            sent: BTreeMap::new(),
        }
    }
}

impl Check for Haste {
    fn name(&self) -> &'static str {
        "haste"
    }

    fn see(&mut self, now: Duration, event: &Event) -> Result<(), String> {
        let Event::ProduceSent {
            process,
            partition,
            producer_id,
            epoch,
            sequence,
            first,
        } = event
        else {
            return Ok(());
        };
        let attempt = (
            *process,
            partition.clone(),
            (*producer_id, *epoch, *sequence),
            *first,
        );
        let (second, count) = self.sent.entry(attempt).or_default();
        if *second != now.as_secs() {
            (*second, *count) = (now.as_secs(), 0);
        }
        *count += 1;
        match *count > self.per_second {
            true => Err(format!(
                "process {process} sent the batch of {first:?} to {partition} {count} times in a second"
            )),
            false => Ok(()),
        }
    }
}
