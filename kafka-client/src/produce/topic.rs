use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Waker;

use fastrand::Rng;
use parking_lot::Mutex;
use protocol::Uuid;

use super::bench::Bench;
use super::error::ProduceError;
use super::partition::Partition;
use super::partitioner;
use super::table::Table;
use crate::cluster::TopicPartition;
use crate::error::BrokerError;

/// A topic that records are produced to.
#[derive(Debug)]
pub(crate) struct Topic {
    /// Its number in the accumulator.
    pub(super) number: u32,
    pub(super) name: Arc<str>,
    /// How many partitions it has; 0 while it is not known. [`Topic::partitions`] may have more, of a topic that was
    /// deleted and made again with fewer.
    count: AtomicU32,
    pub(super) partitions: Table<Arc<Partition>>,
    /// Made when the first handle sticks: of many topics no more is ever known than that they are not there.
    sticky: OnceLock<Box<[Stick]>>,
    pub(super) state: Mutex<TopicState>,
    /// Whether the sender asks for its metadata.
    pub(super) is_followed: AtomicBool,
    /// Whether somebody has asked the sender for it since the sender last looked.
    pub(super) is_wanted: AtomicBool,
    /// Whether a batch was opened since the sender last looked.
    pub(super) is_used: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct TopicState {
    /// Its id; zero while it is not known and from brokers before 2.8.
    pub(super) id: Uuid,
    /// Callers that wait for it to be known.
    pub(super) bench: Bench<TopicVerdict>,
    /// Why it cannot be used.
    pub(super) refusal: Option<Arc<BrokerError>>,
    /// The last error that may pass.
    pub(super) obstacle: Option<Arc<BrokerError>>,
}

/// What those learn who wait for a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TopicVerdict {
    Closed,
    /// It is known, or known to be unusable.
    Settled,
    TooLate,
}

/// The partition that a handle sticks to; on a cache line of its own, since each handle writes its own.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Stick {
    /// The partition plus one; 0 for none.
    partition: AtomicU32,
    /// How many bytes that partition had been given when it was chosen.
    since: AtomicU64,
}

/// The most characters that a topic's name may have.
const NAME_MAX: usize = 249;

/// Refuses what brokers would refuse as the name of a topic: one name that cannot even be encoded would spoil the
/// metadata requests for all others.
pub(super) fn check_name(name: &str) -> Result<(), ProduceError> {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let reason = match name {
        "" => "the name is empty",
        "." | ".." => "`.` and `..` are no names",
        name if name.len() > NAME_MAX => "it is longer than 249 characters",
        name if !name.bytes().all(is_legal) => "only ASCII letters, digits, `.`, `_` and `-` are allowed",
        _ => return Ok(()),
    };
    Err(ProduceError::InvalidTopic {
        topic: name.chars().take(NAME_MAX).collect::<String>().into(),
        reason,
    })
}

/// Handles that stick to partitions of their own; further ones share.
pub(super) const STICKS: usize = 32;

impl Topic {
    pub(super) fn new(number: u32, name: Arc<str>) -> Self {
        Self {
            number,
            name,
            count: AtomicU32::new(0),
            partitions: Table::default(),
            sticky: OnceLock::new(),
            state: Mutex::default(),
            is_followed: AtomicBool::new(false),
            is_wanted: AtomicBool::new(false),
            is_used: AtomicBool::new(false),
        }
    }

    /// Its number in the accumulator.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// How many partitions it has; none while it is not known.
    #[inline]
    pub(super) fn count(&self) -> Option<NonZeroU32> {
        NonZeroU32::new(self.count.load(Ordering::Acquire))
    }

    /// Sets how many partitions it has; 0 makes it unknown.
    pub(super) fn set_count(&self, count: u32) {
        self.partitions.grow(count, |index| {
            let name = TopicPartition::new(self.name.clone(), index.cast_signed());
            Arc::new(Partition::new(name, self.number))
        });
        self.count
            .store(count.min(self.partitions.len()), Ordering::Release);
    }

    /// Tells those who wait for the topic.
    pub(super) fn settle(&self, verdict: TopicVerdict) {
        let mut wakers = Vec::new();
        {
            let mut state = self.state.lock();
            while !state.bench.is_empty() {
                wakers.extend(state.bench.decide(verdict));
            }
        }
        wakers.into_iter().for_each(Waker::wake);
    }

    fn stick_of(&self, handle: usize) -> Option<&Stick> {
        let sticks = self
            .sticky
            .get_or_init(|| (0..STICKS).map(|_| Stick::default()).collect());
        sticks.get(handle % STICKS)
    }

    /// The partition that `handle` sticks to, of `count`.
    #[inline]
    pub(super) fn stuck_to(&self, handle: usize, count: NonZeroU32) -> Option<u32> {
        let stick = self.sticky.get()?.get(handle % STICKS)?;
        stick
            .partition
            .load(Ordering::Relaxed)
            .checked_sub(1)
            .filter(|partition| *partition < count.get())
    }

    /// Whether `handle` has given its partition, which was given `bytes` in all, enough.
    pub(super) fn has_given(&self, handle: usize, bytes: u64, enough: usize) -> bool {
        self.stick_of(handle).is_some_and(|stick| {
            let given = bytes.saturating_sub(stick.since.load(Ordering::Relaxed));
            given >= u64::try_from(enough).unwrap_or(u64::MAX)
        })
    }

    /// Sticks `handle` to another partition.
    pub(super) fn stick(&self, handle: usize, count: NonZeroU32, adaptive: bool, rng: &mut Rng) -> u32 {
        let partition = self.draw(count, adaptive, rng);
        let bytes = self
            .partitions
            .get(partition)
            .map_or(0, |partition| partition.lot.lock().bytes());
        if let Some(stick) = self.stick_of(handle) {
            stick.since.store(bytes, Ordering::Relaxed);
            stick.partition.store(partition + 1, Ordering::Relaxed);
        }
        partition
    }

    /// The partition after the last one that `handle` was given, without those that are not available.
    pub(super) fn next_in_turn(&self, handle: usize, count: NonZeroU32) -> u32 {
        let Some(stick) = self.stick_of(handle) else {
            return 0;
        };
        for _ in 0..count.get() {
            let partition = stick.partition.fetch_add(1, Ordering::Relaxed) % count;
            if self
                .partitions
                .get(partition)
                .is_some_and(|p| p.is_available.load(Ordering::Relaxed))
            {
                return partition;
            }
        }
        stick.partition.load(Ordering::Relaxed) % count
    }

    /// Draws a partition by chance, rarely one that falls behind.
    pub(super) fn draw(&self, count: NonZeroU32, adaptive: bool, rng: &mut Rng) -> u32 {
        let queues = (0..count.get()).map(|index| {
            let partition = self.partitions.get(index)?;
            let is_available = partition.is_available.load(Ordering::Relaxed);
            is_available.then(|| {
                if adaptive {
                    partition.queued.load(Ordering::Relaxed)
                } else {
                    0
                }
            })
        });
        partitioner::draw(queues, rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_that_nothing_is_sent_to_has_no_sticks() {
        let topic = Topic::new(0, "t".into());
        topic.set_count(3);
        let three = NonZeroU32::new(3).expect("not zero");
        assert_eq!(topic.stuck_to(0, three), None);
        assert!(topic.sticky.get().is_none(), "two kilobytes for each name");
        let partition = topic.stick(0, three, true, &mut Rng::with_seed(1));
        assert_eq!(topic.stuck_to(0, three), Some(partition));
    }
}
