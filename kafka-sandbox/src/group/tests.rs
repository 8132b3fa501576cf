//! The groups as they are driven: without logs and connections, at times that a test chooses.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use protocol::internal::consumer_offsets::Record;
use protocol::{ApiKey, Uuid};

use super::consumer::TopicView;
use super::*;
use crate::answers::LinkId;

mod churn;
mod classic;
mod consumer;
mod kept;
mod migration;

/// The time of day at the start.
const STARTED: i64 = 1_767_225_600_000;

/// The partition of `__consumer_offsets` that keeps all groups.
const PARTITION: i32 = 3;

/// Groups, a clock, topics, and what was kept so far.
struct Bench {
    groups: Groups,
    rng: fastrand::Rng,
    elapsed: Duration,
    topics: TestTopics,
    kept: Vec<GroupRecord>,
    answers: Vec<GroupAnswer>,
    tickets: u64,
}

#[derive(Default)]
struct TestTopics {
    version: u64,
    by_name: BTreeMap<Arc<str>, (Uuid, i32)>,
    /// How many topics were looked up by name.
    looked_up: Cell<usize>,
}

impl TestTopics {
    fn set(&mut self, name: &str, partitions: i32) {
        self.version += 1;
        let number = u8::try_from(self.by_name.len() + 1).unwrap();
        let entry = self.by_name.entry(name.into());
        entry.or_insert_with(|| (Uuid::from_bytes([number; 16]), 0)).1 = partitions;
    }
}

impl TopicView for TestTopics {
    fn version(&self) -> u64 {
        self.version
    }

    fn by_name(&self, name: &str) -> Option<(Uuid, i32)> {
        self.looked_up.set(self.looked_up.get() + 1);
        self.by_name.get(name).copied()
    }

    fn name_of(&self, id: Uuid) -> Option<Arc<str>> {
        let mut topics = self.by_name.iter();
        topics
            .find(|(_, topic)| topic.0 == id)
            .map(|(name, _)| name.clone())
    }

    fn names(&self) -> Vec<Arc<str>> {
        self.by_name.keys().cloned().collect()
    }
}

impl Bench {
    fn new(settings: GroupSettings) -> Self {
        let mut topics = TestTopics::default();
        topics.set("orders", 4);
        Self {
            groups: Groups::new(settings),
            rng: fastrand::Rng::with_seed(7),
            elapsed: Duration::ZERO,
            topics,
            kept: Vec::new(),
            answers: Vec::new(),
            tickets: 0,
        }
    }

    /// What a group follows that has no settings of its own.
    fn config(&self) -> GroupConfig {
        let settings = self.groups.settings();
        GroupConfig {
            session_timeout_ms: settings.consumer_session_timeout_ms,
            heartbeat_interval_ms: settings.consumer_heartbeat_interval_ms,
            assignment_interval_ms: settings.consumer_assignment_interval_ms,
        }
    }

    fn now(&self) -> Now {
        Now::at(self.elapsed, STARTED)
    }

    fn ticket(&mut self, key: ApiKey, version: i16) -> Ticket {
        self.tickets += 1;
        Ticket {
            link: LinkId(self.tickets),
            key,
            version,
            correlation_id: 0,
            account: None,
            size: 0,
            throttle: Duration::ZERO,
        }
    }

    fn take(&mut self, effects: Effects) {
        self.kept.extend(effects.records);
        self.answers.extend(effects.answers);
    }

    /// Lets time pass, and happen what is due on the way.
    fn advance(&mut self, by: Duration) {
        let until = self.elapsed + by;
        while let Some(at) = self.groups.next_deadline()
            && at <= until
        {
            self.elapsed = self.elapsed.max(at);
            while let Some((partition, effects)) =
                self.groups
                    .handle_deadline(self.now(), &mut self.rng, &self.topics)
            {
                assert_eq!(partition, PARTITION);
                self.take(effects);
            }
            for (partition, records) in self.groups.clean_up(self.now(), &mut self.rng) {
                assert_eq!(partition, PARTITION);
                self.kept.extend(records);
            }
        }
        self.elapsed = until;
    }

    /// Other groups that were read from what these have kept, as bytes.
    fn reloaded(&self) -> Groups {
        let mut groups = Groups::new(self.groups.settings().clone());
        for (record, offset) in self.kept.iter().zip(0..) {
            let key = record.key.encode().unwrap();
            let value = record.value.as_ref();
            let value = value.map(|(version, value)| value.encode(*version).unwrap());
            let read = Record::decode(&key, value.as_ref()).unwrap();
            groups.replay(self.now(), PARTITION, read, offset, None);
        }
        groups.resume(self.now(), &mut self.rng.clone(), PARTITION, 0);
        groups
    }
}
