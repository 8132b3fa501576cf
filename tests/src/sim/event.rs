//! What can happen, as the checkers are told.

use std::fmt;

use kafka_client::client::Fate;
use kafka_client::cluster::TopicPartition;
use protocol::ApiKey;

/// Those who read together: a group, or a consumer of its own.
pub(crate) type Audience = usize;

/// A record, told apart from all others by who sent it and how many it had sent before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordId {
    pub(crate) producer: u16,
    pub(crate) number: u32,
}

impl RecordId {
    /// How the value of the record begins.
    pub(crate) fn to_bytes(self) -> [u8; 6] {
        let ([a, b], [c, d, e, f]) = (self.producer.to_be_bytes(), self.number.to_be_bytes());
        [a, b, c, d, e, f]
    }

    /// The record whose value this is.
    pub(crate) fn of(value: Option<&[u8]>) -> Option<Self> {
        let &[a, b, c, d, e, f] = value?.first_chunk()?;
        Some(Self {
            producer: u16::from_be_bytes([a, b]),
            number: u32::from_be_bytes([c, d, e, f]),
        })
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}#{}", self.producer, self.number)
    }
}

/// A record as it was handed out or lies in a log: its offset, and which it is.
pub(crate) type Placed = (i64, RecordId);

/// Something that happened. `process` is the client it happened in.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "some fields are there for the reader of the story")]
pub(crate) enum Event {
    /// A record is confirmed.
    Acked {
        record: RecordId,
        partition: i32,
        offset: i64,
        /// Whether all replicas in sync have it: the leader alone may lose it.
        by_all: bool,
    },
    /// Partitions came to a consumer.
    Assigned {
        process: usize,
        partitions: Vec<TopicPartition>,
    },
    /// The caller asks for the next records: it is done with those before.
    Asked { process: usize },
    /// No more faults from here on.
    Calm,
    /// An answer to a commit has arrived: the offsets, each with its error code.
    CommitAnswered {
        process: usize,
        offsets: Vec<(TopicPartition, i64, i16)>,
    },
    /// The caller learned what became of its commit.
    CommitEnded {
        process: usize,
        offsets: Vec<(TopicPartition, i64)>,
        is_ok: bool,
    },
    /// A commit leaves.
    CommitSent {
        process: usize,
        generation: i32,
        offsets: Vec<(TopicPartition, i64)>,
    },
    /// A consumer starts.
    ConsumerStarted {
        process: usize,
        audience: Audience,
        /// Whether it is handed what is committed only.
        committed_only: bool,
        auto_commits: bool,
        /// Whether it is a member of a group.
        is_member: bool,
    },
    /// The cluster lost something of a partition: what is read of it may go back, or leave something out, once.
    Disturbed { partition: TopicPartition },
    /// A record was not confirmed.
    Failed {
        record: RecordId,
        fate: Fate,
        error: String,
    },
    /// Records were handed to the caller, and where it would go on.
    Handed {
        process: usize,
        partition: TopicPartition,
        records: Vec<Placed>,
        next: i64,
    },
    /// Something is wrong in the program's own terms: a bound is broken, a call failed that must not.
    Improper { process: usize, what: String },
    /// A member left, or its process ended.
    Left { process: usize },
    /// Partitions are another member's already.
    Lost {
        process: usize,
        partitions: Vec<TopicPartition>,
    },
    /// What the world did.
    Note(String),
    /// A producer starts.
    ProducerStarted {
        process: usize,
        producer: u16,
        is_idempotent: bool,
        /// Records without a key may go elsewhere while they wait for a leader.
        has_keys: bool,
    },
    /// A batch leaves for a broker.
    ProduceSent {
        process: usize,
        partition: TopicPartition,
        producer_id: i64,
        epoch: i16,
        sequence: i32,
        first: Option<RecordId>,
    },
    /// A request leaves.
    Request {
        process: usize,
        broker: i32,
        api: ApiKey,
        version: i16,
        correlation: i32,
        bytes: usize,
    },
    /// An answer has arrived.
    Response {
        process: usize,
        broker: i32,
        api: ApiKey,
        correlation: i32,
        bytes: usize,
    },
    /// Partitions go to other members at the caller's next call.
    Revoked {
        process: usize,
        partitions: Vec<TopicPartition>,
    },
    /// A record was taken in.
    Sent { record: RecordId },
    /// The caller goes elsewhere.
    Sought {
        process: usize,
        partition: TopicPartition,
        to: i64,
    },
    /// A member learned its part of a generation.
    Synced {
        process: usize,
        member: String,
        /// The name that outlives its process.
        instance: Option<String>,
        generation: i32,
        partitions: Vec<TopicPartition>,
    },
    /// A transaction ended, as far as its writer knows.
    TransactionEnded { records: Vec<RecordId>, committed: bool },
}
