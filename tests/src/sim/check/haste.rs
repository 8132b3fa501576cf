use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;

use super::Check;
use crate::sim::event::{Event, RecordId};

/// Nobody repeats a batch over and over without a pause: some repetitions need none, because the leader has moved.
pub(super) struct Haste {
    shortest: Duration,
    /// When each batch was sent last, and how often too soon after the time before.
    sent: BTreeMap<Batch, (Duration, u32)>,
}

/// A process, a partition, and the producer, epoch and number of a batch with its first record.
type Batch = (usize, TopicPartition, (i64, i16, i32), Option<RecordId>);

/// Repetitions of one batch that need no pause.
const SPARE: u32 = 20;

impl Haste {
    pub(super) fn new(retry_backoff: Duration) -> Self {
        Self {
            // Back-offs vary by a fifth.
            shortest: retry_backoff / 2,
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
        let batch = (
            *process,
            partition.clone(),
            (*producer_id, *epoch, *sequence),
            *first,
        );
        let Some((last, hasty)) = self.sent.get_mut(&batch) else {
            self.sent.insert(batch, (now, 0));
            return Ok(());
        };
        if now - *last < self.shortest {
            *hasty += 1;
        }
        *last = now;
        match *hasty > SPARE {
            true => Err(format!(
                "process {process} repeated the batch of {first:?} to {partition} {hasty} times within {:?}",
                self.shortest
            )),
            false => Ok(()),
        }
    }
}
