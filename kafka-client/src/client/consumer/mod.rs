//! The consumer as users hold it.

mod builder;
mod commit;
mod event;
#[cfg(feature = "simulation")]
mod gauge;

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::Client;
use crate::cluster::TopicPartition;
use crate::consume::{
    Batch, Buffer, CommitError, CommitOffsets, CommittedOffset, ConsumeError, ConsumerRecord, Fault, Notice,
    PartitionState, Reader, SeekError, StartAt, SubscribeError, Subscription, TopicPattern,
};
use crate::engine::consumer::Command;
use crate::oneshot::promise;
use crate::port::CallerPort;

pub use builder::{ConsumerBuilder, StartConsumerError};
pub use commit::Commit;
pub use event::{CloseOptions, ConsumerEvent};
#[cfg(feature = "simulation")]
pub use gauge::Gauge;

/// Reads records, alone or as a member of a group.
///
/// The consumer fetches ahead and sends heartbeats on its own; it has to be asked for records at least every
/// [`max_poll_interval`](crate::config::ConsumerConfig::max_poll_interval) to stay in its group. [`close`](Self::close) it
/// to commit and leave; a consumer that is dropped leaves without telling the outcome, and the batch that was
/// delivered last is not committed.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use kafka_client::client::Client;
///
/// let client = Client::connect("localhost:9092").await?;
/// let mut consumer = client.consumer("billing").topics(["orders"]).start().await?;
/// while let Some(batch) = consumer.next().await? {
///     for record in &batch {
///         println!("{}: {:?}", record.offset(), record.value());
///     }
///     consumer.commit(&batch).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Consumer {
    /// Keeps the engine running.
    client: Client,
    buffer: Arc<Buffer>,
    port: CallerPort<Command, ()>,
    reader: Reader,
    /// The revocation that the caller was told of and has not answered yet.
    owes: Option<u64>,
    group: Option<Arc<str>>,
}

impl Consumer {
    fn new(
        client: Client,
        buffer: Arc<Buffer>,
        port: CallerPort<Command, ()>,
        reader: Reader,
        group: Option<Arc<str>>,
    ) -> Self {
        Self {
            client,
            buffer,
            port,
            reader,
            owes: None,
            group,
        }
    }

    /// Waits for the next batch of records, which is never empty; none when the consumer or its client was closed.
    ///
    /// Asking for a batch says that the ones before are processed: automatic commits go by that, and partitions
    /// that are to go to other members of the group are let go.
    ///
    /// Dropping the future loses no record.
    ///
    /// # Errors
    ///
    /// What keeps one partition from being read. It is said once per occurrence and tried again after a back-off; the
    /// other partitions go on. Only [`ConsumeError::Group`] ends the consumer.
    pub async fn next(&mut self) -> Result<Option<Batch>, ConsumeError> {
        loop {
            match self.next_event().await? {
                Some(ConsumerEvent::Batch(batch)) => return Ok(Some(batch)),
                Some(ConsumerEvent::Assigned(_) | ConsumerEvent::Lost(_) | ConsumerEvent::Revoked(_)) => {}
                None => return Ok(None),
            }
        }
    }

    /// Waits for the next batch or rebalance; none when the consumer or its client was closed.
    ///
    /// Partitions that are revoked stay this consumer's until the next call: commit what was processed of them before.
    /// Apart from that it is like [`next`](Self::next).
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next).
    pub async fn next_event(&mut self) -> Result<Option<ConsumerEvent>, ConsumeError> {
        self.ask();
        let _present = Present(self.buffer.clone());
        poll_fn(|cx| self.poll_event(cx)).await
    }

    /// The next batch, if one lies ready. Says, as [`next`](Self::next) does, that the ones before are processed.
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next).
    pub fn try_next(&mut self) -> Result<Option<Batch>, ConsumeError> {
        self.ask();
        let cx = Context::from_waker(std::task::Waker::noop());
        let _present = Present(self.buffer.clone());
        loop {
            match self.poll_event(&cx) {
                Poll::Ready(Ok(Some(ConsumerEvent::Batch(batch)))) => return Ok(Some(batch)),
                Poll::Ready(Ok(Some(_))) => self.ask(),
                Poll::Ready(Ok(None)) | Poll::Pending => return Ok(None),
                Poll::Ready(Err(error)) => return Err(error),
            }
        }
    }

    fn ask(&mut self) {
        self.reader.mark_processed();
        self.buffer.ask();
        if let Some(number) = self.owes.take() {
            let _ = self.port.send(Command::HandedOver(number));
        }
    }

    fn poll_event(&mut self, cx: &Context<'_>) -> Poll<Result<Option<ConsumerEvent>, ConsumeError>> {
        loop {
            let notice = self.buffer.lock().take_notice();
            match notice {
                Some(Notice::Assigned(list)) => return Poll::Ready(Ok(Some(ConsumerEvent::Assigned(list)))),
                Some(Notice::Error(error) | Notice::Failed(error)) => return Poll::Ready(Err(error)),
                Some(Notice::Lost(list)) => return Poll::Ready(Ok(Some(ConsumerEvent::Lost(list)))),
                Some(Notice::Revoke(number, list)) => {
                    self.owes = Some(number);
                    return Poll::Ready(Ok(Some(ConsumerEvent::Revoked(list))));
                }
                Some(Notice::Closed) => {}
                None => break,
            }
        }
        if let Some(next) = self.reader.next() {
            return Poll::Ready(match next {
                Ok(batch) => Ok(Some(ConsumerEvent::Batch(batch))),
                Err(Fault {
                    slot,
                    version,
                    position,
                    error,
                }) => {
                    let _ = self.port.send(Command::Faulty {
                        slot,
                        version,
                        position,
                    });
                    Err(error)
                }
            });
        }
        let mut shared = self.buffer.lock();
        if shared.is_quiet() {
            return match shared.ended() {
                Some(ConsumeError::Closed) => Poll::Ready(Ok(None)),
                Some(error) => Poll::Ready(Err(error.clone())),
                None => {
                    shared.wait(cx.waker());
                    Poll::Pending
                }
            };
        }
        // Something came in between the look and the wait.
        drop(shared);
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Commits a batch: the group goes on behind it. Committing a later batch covers the earlier ones of the partition.
    ///
    /// The commit is on its way when this returns. Await it for the outcome; dropping it changes nothing.
    pub fn commit(&self, batch: &Batch) -> Commit {
        let next = CommittedOffset::from(batch.next_position());
        self.commit_offsets(CommitOffsets::from([(batch.topic_partition().clone(), next)]))
    }

    /// Commits up to and with a record, like [`commit`](Self::commit). Commits that are called while another one is on its
    /// way go together in one request.
    pub fn commit_record(&self, record: &ConsumerRecord<'_>) -> Commit {
        let next = CommittedOffset::from(record.offset().saturating_add(1));
        self.commit_offsets(CommitOffsets::from([(record.topic_partition().clone(), next)]))
    }

    /// Commits these offsets, like [`commit`](Self::commit).
    pub fn commit_offsets(&self, offsets: CommitOffsets) -> Commit {
        let (reply, promised) = promise();
        // When the machine is gone the command is dropped, and the promise with it.
        let _ = self.port.send(Command::Commit { offsets, reply });
        Commit::new(promised)
    }

    /// Commits all that was delivered until now, like [`commit`](Self::commit).
    pub fn commit_all(&self) -> Commit {
        // Looked up here and now: by the time the command is read, more may be delivered.
        let offsets = self.buffer.lock().delivered();
        self.commit_offsets(offsets)
    }

    /// Looks up what the group has committed. Partitions without a committed offset are left out.
    ///
    /// # Errors
    ///
    /// When there is no group, or its coordinator does not answer in time.
    pub async fn committed(
        &self,
        partitions: impl IntoIterator<Item = TopicPartition>,
    ) -> Result<CommitOffsets, CommitError> {
        let (reply, promised) = promise();
        let partitions: BTreeSet<_> = partitions.into_iter().collect();
        if partitions.is_empty() {
            return Ok(CommitOffsets::new());
        }
        let _ = self.port.send(Command::Committed { partitions, reply });
        promised.await.unwrap_or(Err(CommitError::Closed))
    }

    /// Goes to another place in a partition. What was fetched of it is thrown away; a batch that was delivered is not
    /// affected.
    ///
    /// # Errors
    ///
    /// When the partition is not assigned to this consumer, or the offset is negative.
    pub async fn seek(&self, partition: &TopicPartition, to: impl Into<StartAt>) -> Result<(), SeekError> {
        let (reply, promised) = promise();
        let _ = self.port.send(Command::Seek {
            partition: partition.clone(),
            to: to.into(),
            reply,
        });
        promised.await.unwrap_or(Err(SeekError::Closed))
    }

    /// Delivers nothing more of a partition until it is [resumed](Self::resume). What was fetched of it is kept, unless the
    /// other partitions need the room.
    ///
    /// # Errors
    ///
    /// When the partition is not assigned to this consumer.
    pub fn pause(&self, partition: &TopicPartition) -> Result<(), SeekError> {
        self.set_paused(partition, true)
    }

    /// Delivers records of a partition again after [`pause`](Self::pause).
    ///
    /// # Errors
    ///
    /// When the partition is not assigned to this consumer.
    pub fn resume(&self, partition: &TopicPartition) -> Result<(), SeekError> {
        self.set_paused(partition, false)
    }

    fn set_paused(&self, partition: &TopicPartition, paused: bool) -> Result<(), SeekError> {
        if !self.buffer.lock().set_paused(partition, paused) {
            return Err(SeekError::NotAssigned(partition.clone()));
        }
        self.buffer.kick();
        Ok(())
    }

    /// The partitions that are assigned to this consumer, ascending.
    pub fn assignment(&self) -> Vec<TopicPartition> {
        self.buffer.lock().assignment()
    }

    /// The offset of the next record to be delivered; none while it is not known, or for a partition that is not
    /// assigned.
    pub fn position(&self, partition: &TopicPartition) -> Option<i64> {
        self.state(partition)?.position.map(|position| position.offset)
    }

    /// How many records lie between the position and the end of the partition, as far as the last fetch told: the last
    /// stable offset with read_committed, the high watermark else. None before the first fetch.
    pub fn lag(&self, partition: &TopicPartition) -> Option<i64> {
        let state = self.state(partition)?;
        let end = match self.reader.reads_committed() {
            true => state.last_stable_offset?,
            false => state.high_watermark?,
        };
        Some((end - state.position?.offset).max(0))
    }

    /// How a partition stands: position, end, whether it is paused.
    pub fn state(&self, partition: &TopicPartition) -> Option<PartitionState> {
        self.buffer.lock().state(partition)
    }

    /// Reads these partitions and no others, without the group's help; with a group, offsets can still be committed.
    /// Those that are read already go on where they are.
    pub async fn assign<S: Into<StartAt>>(&self, partitions: impl IntoIterator<Item = (TopicPartition, S)>) {
        let (reply, promised) = promise();
        let partitions = partitions
            .into_iter()
            .map(|(partition, start)| (partition, start.into()))
            .collect();
        let _ = self.port.send(Command::Assign { partitions, reply });
        promised.await;
    }

    /// Subscribes to other topics. The group rebalances.
    ///
    /// # Errors
    ///
    /// When the consumer has no group.
    pub async fn subscribe<T: Into<Arc<str>>>(
        &self,
        topics: impl IntoIterator<Item = T>,
    ) -> Result<(), SubscribeError> {
        let topics = topics.into_iter().map(Into::into).collect();
        self.send_subscription(Subscription::Topics(topics)).await
    }

    /// Subscribes to the topics whose whole names match a regular expression, also to those that are created later.
    ///
    /// # Errors
    ///
    /// When it is not a regular expression, or the consumer has no group.
    pub async fn subscribe_pattern(&self, pattern: &str) -> Result<(), SubscribeError> {
        self.send_subscription(Subscription::Pattern(TopicPattern::new(pattern)?))
            .await
    }

    async fn send_subscription(&self, subscription: Subscription) -> Result<(), SubscribeError> {
        if self.group.is_none() {
            return Err(SubscribeError::NoGroup);
        }
        let (reply, promised) = promise();
        let _ = self.port.send(Command::Subscribe { subscription, reply });
        promised.await;
        Ok(())
    }

    /// Shows what it holds in memory, also when it is closed.
    #[cfg(feature = "simulation")]
    pub fn gauge(&self) -> Gauge {
        Gauge(Arc::downgrade(&self.buffer))
    }

    /// The group, if there is one.
    pub fn group(&self) -> Option<&Arc<str>> {
        self.group.as_ref()
    }

    /// The client that it was made of.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Commits what was processed, if that is automatic, and leaves the group; takes 30 s at most. The batch that was
    /// delivered last counts as processed.
    pub async fn close(self) {
        self.close_with(CloseOptions::default()).await;
    }

    /// Closes as `options` say.
    pub async fn close_with(mut self, options: CloseOptions) {
        self.reader.mark_processed();
        if let Some(number) = self.owes.take() {
            let _ = self.port.send(Command::HandedOver(number));
        }
        let (reply, promised) = promise();
        let CloseOptions { timeout, leaving } = options;
        let _ = self.port.send(Command::Close {
            timeout,
            leaving,
            reply: Some(reply),
        });
        promised.await;
    }
}

/// Marks that the caller waits for records.
struct Present(Arc<Buffer>);

impl Drop for Present {
    fn drop(&mut self) {
        self.0.lock().waiting = false;
    }
}

/// How long a close takes at most unless it is said otherwise.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(30);
