use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::client::Client;
use crate::config::{ConfigError, ConnectionConfig, ProducerConfig};
use crate::machine::Machine;
use crate::produce::{
    Accumulator, Clock, Deliveries, Delivery, FlushError, Obstacle, ProduceError, Record, Sender, Timing,
    Topic,
};
use crate::time::Moment;

/// Sends records.
///
/// Cloning is cheap and gives another handle of the same producer: memory, batches, order and sequence numbers are
/// shared. Each handle sticks to partitions of its own for records without a key, so give each task its own clone.
/// When the last handle is dropped, what was sent is still written, as long as the client lives.
///
/// Records of one partition are written in the order in which `send` took them; those without a key that wait for a
/// partition without a leader may go to another one, behind what was sent there.
///
/// A producer keeps what it knows of every topic that it was ever asked to send to, some kilobytes each.
pub struct Producer {
    shared: Arc<Accumulator>,
    handle: usize,
    /// The number of the topic that was last sent to.
    last_topic: AtomicU32,
    /// The client whose engine sends for it; none when somebody else runs the machine.
    client: Option<Client>,
}

impl Producer {
    fn new(shared: Arc<Accumulator>) -> Self {
        Self {
            handle: shared.add_handle(),
            shared,
            last_topic: AtomicU32::new(0),
            client: None,
        }
    }

    /// The same, keeping the engine of `client` going.
    pub(super) fn keeping(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    /// Makes a producer of its parts, for whoever runs machines without an engine of sockets: the handle, and the
    /// machine that sends for it. `engine` is woken when the machine is to look; `seed` varies what is left to
    /// chance.
    ///
    /// # Errors
    ///
    /// The settings are out of bounds or exclude each other.
    pub fn assemble(
        config: ProducerConfig,
        connection: &ConnectionConfig,
        clock: Arc<dyn Clock>,
        engine: Waker,
        seed: u64,
    ) -> Result<(Self, Box<dyn Machine>), ConfigError> {
        config.validate(connection.request_timeout)?;
        let timing = Timing {
            request_timeout: connection.request_timeout,
            retry_backoff: connection.retry_backoff,
            retry_backoff_max: connection.retry_backoff_max,
        };
        let shared = Arc::new(Accumulator::new(config, clock, engine, seed));
        let sender = Sender::new(shared.clone(), timing, seed);
        Ok((Self::new(shared), Box::new(sender)))
    }

    /// Puts a record into its batch, and returns a future of what becomes of it.
    ///
    /// Waits only when there is something to wait for: at the memory bound (`buffer.memory`), where callers are
    /// served in order, and for a topic that this producer has not sent to lately; at most `max.block.ms` in all.
    /// Dropped while it waits, it has sent nothing.
    ///
    /// # Errors
    ///
    /// The record was not taken, and is in no log; see [`ProduceError`], which `?` takes out of its box. What the
    /// brokers say comes from the [`Delivery`].
    #[inline(always)]
    pub fn send<'a>(&'a self, record: Record<'a>) -> SendRecord<'a> {
        SendRecord {
            producer: Some(self),
            record,
            waiting: None,
        }
    }

    /// As [`Producer::send`], but never waits.
    ///
    /// # Errors
    ///
    /// [`ProduceError::WouldWait`] where `send` would wait. A topic's first record always would: ask for its
    /// [`partitions`](Producer::partitions) before.
    #[inline(always)]
    pub fn try_send(&self, record: Record<'_>) -> Result<Delivery, Box<ProduceError>> {
        let topic = self.topic(&record)?;
        self.shared
            .append(topic, &record, self.handle)
            .map_err(|obstacle| self.shared.refuse(topic, obstacle))
    }

    /// Sends many records, cheaper than one by one: their deliveries are kept as runs.
    ///
    /// Waits as [`Producer::send`] does, and gives up after `max.block.ms` in which no record was taken: those that
    /// would have to wait are then refused at once. A record that is not taken does not stop those behind it; its
    /// place among the deliveries has the error. Dropped while it waits, it has sent the records before the one that waits, and
    /// what becomes of them is told by [`Producer::flush`] alone.
    pub async fn send_all<'a>(&self, records: impl IntoIterator<Item = Record<'a>>) -> Deliveries {
        let mut records = records.into_iter();
        let mut deliveries = Deliveries::default();
        let mut deadline = None;
        let mut chunk = [Record::to(""); CHUNK];
        loop {
            let mut len = 0;
            for (place, record) in chunk.iter_mut().zip(&mut records) {
                *place = record;
                len += 1;
            }
            let mut rest = chunk.get(..len).unwrap_or_default();
            if rest.is_empty() {
                return deliveries;
            }
            loop {
                let taken = self.append_run(rest, &mut deliveries);
                let Some((record, behind)) = rest.get(taken..).and_then(<[_]>::split_first) else {
                    break;
                };
                match self.send_before(record, &mut deadline).await {
                    Ok(delivery) => deliveries.push(delivery),
                    Err(error) => deliveries.refuse(*error),
                }
                rest = behind;
            }
        }
    }

    /// Sends a record. Waits until `deadline`, which is set by the first record that has to wait and holds for those
    /// behind it until one that waited was taken.
    async fn send_before(
        &self,
        record: &Record<'_>,
        deadline: &mut Option<Moment>,
    ) -> Result<Delivery, Box<ProduceError>> {
        let topic = self.topic(record)?;
        let obstacle = match self.shared.append(topic, record, self.handle) {
            Ok(delivery) => return Ok(delivery),
            Err(obstacle) => obstacle,
        };
        let until = *deadline.get_or_insert_with(|| self.shared.wait_deadline());
        let waiting = self
            .shared
            .append_waiting(topic, record, self.handle, obstacle, until);
        let delivery = waiting.await.map_err(Box::new)?;
        *deadline = None;
        Ok(delivery)
    }

    /// How many partitions a topic has. Waits until that is known, at most `max.block.ms`.
    ///
    /// # Errors
    ///
    /// [`ProduceError::TopicUnavailable`], with what the brokers said.
    pub async fn partitions(&self, topic: &str) -> Result<u32, ProduceError> {
        let topic = self.other_topic(topic)?;
        self.shared.partitions_of(topic).await
    }

    /// Sends half-filled batches at once, and waits until all records sent before are written or have failed. Records
    /// sent meanwhile are not waited for.
    ///
    /// # Errors
    ///
    /// How many records have failed since the last flush, and why the first one did, whether their deliveries were
    /// awaited or not.
    pub async fn flush(&self) -> Result<(), FlushError> {
        self.shared.flush().await
    }

    /// Ends the producer, for all its handles: takes no more records, sends what is there, and gives up what is not
    /// written within `timeout`. When it returns, every delivery is ready.
    ///
    /// # Errors
    ///
    /// As [`Producer::flush`], with the records that were given up.
    pub async fn close(self, timeout: Duration) -> Result<(), FlushError> {
        self.shared.close(timeout).await
    }

    /// The settings.
    pub fn config(&self) -> &ProducerConfig {
        self.shared.config()
    }

    /// Bytes of `buffer.memory` that no batch holds.
    pub fn free_memory(&self) -> usize {
        self.shared.free_memory()
    }

    /// Appends what goes into one open batch, and returns how many records that were.
    fn append_run(&self, records: &[Record<'_>], deliveries: &mut Deliveries) -> usize {
        match records.first().map(|first| self.topic(first)) {
            Some(Ok(topic)) => self.shared.append_run(topic, records, self.handle, deliveries),
            Some(Err(_)) | None => 0,
        }
    }

    /// The topic of a record: most often that of the last one.
    #[inline(always)]
    fn topic(&self, record: &Record<'_>) -> Result<&Arc<Topic>, Box<ProduceError>> {
        let last = self.last_topic.load(Ordering::Relaxed);
        self.shared
            .topic_if(last, record.topic)
            .map_or_else(|| self.other_topic(record.topic), Ok)
    }

    #[cold]
    fn other_topic(&self, name: &str) -> Result<&Arc<Topic>, Box<ProduceError>> {
        let topic = self.shared.topic(name).map_err(Box::new)?;
        self.last_topic.store(topic.number(), Ordering::Relaxed);
        Ok(topic)
    }
}

/// The future of [`Producer::send`].
///
/// Written by hand because it is what every record goes through: the record is read where it lies and never moved, and
/// what waits is boxed, so that the future of a record that need not wait stays small. So is the error: a delivery
/// then comes back in two registers.
#[must_use = "nothing is sent before the future is awaited"]
pub struct SendRecord<'a> {
    /// None once it was polled: the record is taken, is refused, or waits.
    producer: Option<&'a Producer>,
    record: Record<'a>,
    waiting: Option<Waiting<'a>>,
}

type Waiting<'a> = Pin<Box<dyn Future<Output = Result<Delivery, Box<ProduceError>>> + Send + 'a>>;

impl<'a> SendRecord<'a> {
    /// What happens when the record has to wait, and when it is refused.
    #[cold]
    fn wait(
        &mut self,
        producer: &'a Producer,
        topic: &'a Arc<Topic>,
        obstacle: Obstacle,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Delivery, Box<ProduceError>>> {
        let record = self.record;
        let waiting = async move {
            let shared = &producer.shared;
            let deadline = shared.wait_deadline();
            shared
                .append_waiting(topic, &record, producer.handle, obstacle, deadline)
                .await
                .map_err(Box::new)
        };
        self.waiting.insert(Box::pin(waiting)).as_mut().poll(cx)
    }
}

impl Future for SendRecord<'_> {
    type Output = Result<Delivery, Box<ProduceError>>;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(waiting) = &mut this.waiting {
            return waiting.as_mut().poll(cx);
        }
        let Some(producer) = this.producer.take() else {
            polled_again()
        };
        let topic = match producer.topic(&this.record) {
            Ok(topic) => topic,
            Err(error) => return Poll::Ready(Err(error)),
        };
        match producer.shared.append(topic, &this.record, producer.handle) {
            Ok(delivery) => Poll::Ready(Ok(delivery)),
            Err(obstacle) => this.wait(producer, topic, obstacle, cx),
        }
    }
}

/// What becomes of a future of an `async fn`, too: the record must not be sent again.
#[cold]
fn polled_again() -> ! {
    panic!("`SendRecord` polled after completion")
}

impl fmt::Debug for SendRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendRecord")
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

/// How many records [`Producer::send_all`] takes from its caller before it locks a partition: the caller's iterator may
/// itself send, and must not do so under the lock.
const CHUNK: usize = 16;

impl Clone for Producer {
    fn clone(&self) -> Self {
        let mut handle = Self::new(self.shared.clone());
        handle.client.clone_from(&self.client);
        handle
    }
}

impl Drop for Producer {
    fn drop(&mut self) {
        self.shared.drop_handle();
    }
}

impl fmt::Debug for Producer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Producer")
            .field("handle", &self.handle)
            .finish_non_exhaustive()
    }
}
