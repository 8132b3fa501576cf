//! What callers wait for: memory, a topic to be known, the end of a flush, the end of it all.

use std::sync::Arc;
use std::time::Duration;

use super::accumulator::{Accumulator, Obstacle};
use super::delivery::Delivery;
use super::error::{Fate, FlushError, ProduceError};
use super::memory::Refusal;
use super::record::Record;
use super::topic::{Topic, TopicVerdict};
use super::topic_wait::WaitForTopic;
use crate::time::Moment;

impl Accumulator {
    /// Until when a call may wait that begins to wait now (`max.block.ms`).
    pub(crate) fn wait_deadline(&self) -> Moment {
        self.clock.now() + self.config.max_block
    }

    /// Appends a record that could not be appended at once: waits until it can be, at most until `deadline`.
    pub(crate) async fn append_waiting(
        self: &Arc<Self>,
        topic: &Arc<Topic>,
        record: &Record<'_>,
        handle: usize,
        mut obstacle: Obstacle,
        deadline: Moment,
    ) -> Result<Delivery, ProduceError> {
        loop {
            let grant = match obstacle {
                Obstacle::Never(error) => return Err(*error),
                Obstacle::Topic => {
                    self.wait_for_topic(topic, deadline).await?;
                    None
                }
                Obstacle::Memory(bytes) => {
                    let granted = if self.clock.now() < deadline {
                        self.memory.wait(bytes, deadline, self.engine().clone()).await
                    } else {
                        Err(Refusal::TooLate)
                    };
                    Some(granted.map_err(|refusal| match refusal {
                        Refusal::TooLate => ProduceError::BufferFull {
                            waited: self.config.max_block,
                        },
                        Refusal::Closed => ProduceError::Closed {
                            fate: Fate::NotWritten,
                        },
                    })?)
                }
            };
            match self.append_slowly(topic, record, handle, grant) {
                Ok(delivery) => return Ok(delivery),
                Err(other) => obstacle = other,
            }
        }
    }

    /// Waits until a topic is known, and returns how many partitions it has.
    pub(crate) async fn partitions_of(self: &Arc<Self>, topic: &Arc<Topic>) -> Result<u32, ProduceError> {
        let deadline = self.wait_deadline();
        loop {
            if let Some(count) = topic.count() {
                return Ok(count.get());
            }
            self.wait_for_topic(topic, deadline).await?;
        }
    }

    async fn wait_for_topic(
        self: &Arc<Self>,
        topic: &Arc<Topic>,
        deadline: Moment,
    ) -> Result<(), ProduceError> {
        let verdict = WaitForTopic::new(self.clone(), topic.clone(), deadline).await;
        let state = topic.state.lock();
        let source = match verdict {
            TopicVerdict::Closed => {
                return Err(ProduceError::Closed {
                    fate: Fate::NotWritten,
                });
            }
            TopicVerdict::TooLate => state.obstacle.clone(),
            TopicVerdict::Settled => match state.refusal.clone() {
                Some(refusal) => Some(refusal),
                None => return Ok(()),
            },
        };
        Err(ProduceError::TopicUnavailable {
            topic: topic.name.clone(),
            source,
        })
    }

    /// Seals what is open, and waits until all that was sent before is written or has failed.
    pub(crate) async fn flush(self: &Arc<Self>) -> Result<(), FlushError> {
        let flush = self.memory.flush();
        self.seal_open();
        let is_complete = flush.await;
        let report = self.tally.lock().report();
        if is_complete || report.is_err() {
            report
        } else {
            Err(FlushError::Closed)
        }
    }

    /// Lets no more records in, gives those that are there `timeout` to be written, and waits for the end.
    pub(crate) async fn close(&self, timeout: Duration) -> Result<(), FlushError> {
        self.closing.request(Some(self.clock.now() + timeout));
        self.signal();
        self.closing.finished().await;
        self.tally.lock().report()
    }
}
