//! What happened, in order: for the checkers, and for whoever reads the story of a seed.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use kafka_client::client::Fate;
use kafka_client::cluster::TopicPartition;
use protocol::ApiKey;

use super::check::{Audience, Check, Violation};
use super::executor::Clock;

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

/// Keeps what happened and shows it to the checkers. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Trace(Rc<Story>);

struct Story {
    clock: Clock,
    events: RefCell<Vec<(Duration, Event)>>,
    checks: RefCell<Vec<Box<dyn Check>>>,
    violation: RefCell<Option<Violation>>,
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trace({} events)", self.len())
    }
}

impl Trace {
    pub(crate) fn new(clock: Clock, checks: Vec<Box<dyn Check>>) -> Self {
        Self(Rc::new(Story {
            clock,
            events: RefCell::default(),
            checks: RefCell::new(checks),
            violation: RefCell::default(),
        }))
    }

    /// Takes note of something that happened now.
    pub(crate) fn tell(&self, event: Event) {
        let now = self.0.clock.now();
        if self.0.violation.borrow().is_none() {
            for check in self.0.checks.borrow_mut().iter_mut() {
                if let Err(what) = check.see(now, &event) {
                    self.violate(check.name(), what);
                    break;
                }
            }
        }
        self.0.events.borrow_mut().push((now, event));
    }

    /// Takes note of what the world did.
    pub(crate) fn note(&self, what: fmt::Arguments<'_>) {
        self.tell(Event::Note(what.to_string()));
    }

    /// Takes note that something is wrong; only the first counts.
    pub(crate) fn violate(&self, check: &'static str, what: String) {
        let at = self.0.clock.now();
        let violation = Violation { check, at, what };
        self.0.violation.borrow_mut().get_or_insert(violation);
    }

    /// Asks the checkers, at the end, with what is in the logs.
    pub(crate) fn finish(&self, log: &super::log::Log) {
        for check in self.0.checks.borrow_mut().iter_mut() {
            if let Err(what) = check.finish(log) {
                self.violate(check.name(), what);
            }
        }
    }

    pub(crate) fn violation(&self) -> Option<Violation> {
        self.0.violation.borrow().clone()
    }

    /// How much has happened.
    pub(crate) fn len(&self) -> usize {
        self.0.events.borrow().len()
    }

    /// The story as text, a line for each event: all of it, or its last `count` lines.
    pub(crate) fn lines(&self, count: Option<usize>) -> String {
        let events = self.0.events.borrow();
        let from = count.map_or(0, |count| events.len().saturating_sub(count));
        let lines = events.iter().skip(from);
        lines
            .map(|(at, event)| format!("{:>12.6} {event:?}\n", at.as_secs_f64()))
            .collect()
    }
}
