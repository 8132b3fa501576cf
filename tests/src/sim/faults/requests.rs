//! What goes wrong with single requests.

use std::time::Duration;

use kafka_sandbox::fault::Rule;
use protocol::{ApiKey, ErrorCode};

use crate::sim::world::World;

/// Requests that meet rules, each with errors that such a request may be answered with in hard times.
const TARGETS: [(ApiKey, &[ErrorCode]); 10] = [
    (ApiKey::PRODUCE, PRODUCE_ERRORS),
    (ApiKey::PRODUCE, PRODUCE_ERRORS),
    (ApiKey::FETCH, FETCH_ERRORS),
    (ApiKey::METADATA, &[]),
    (ApiKey::INIT_PRODUCER_ID, COORDINATOR_ERRORS),
    (ApiKey::FIND_COORDINATOR, &[ErrorCode::COORDINATOR_NOT_AVAILABLE]),
    (ApiKey::OFFSET_COMMIT, MEMBER_ERRORS),
    (ApiKey::OFFSET_FETCH, COORDINATOR_ERRORS),
    (ApiKey::HEARTBEAT, MEMBER_ERRORS),
    (ApiKey::SYNC_GROUP, MEMBER_ERRORS),
];

const PRODUCE_ERRORS: &[ErrorCode] = &[
    ErrorCode::KAFKA_STORAGE_ERROR,
    ErrorCode::LEADER_NOT_AVAILABLE,
    ErrorCode::NOT_ENOUGH_REPLICAS,
    ErrorCode::NOT_LEADER_OR_FOLLOWER,
    ErrorCode::REQUEST_TIMED_OUT,
    ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
];
const FETCH_ERRORS: &[ErrorCode] = &[
    ErrorCode::KAFKA_STORAGE_ERROR,
    ErrorCode::NOT_LEADER_OR_FOLLOWER,
    ErrorCode::OFFSET_NOT_AVAILABLE,
    ErrorCode::REPLICA_NOT_AVAILABLE,
    ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
];
const COORDINATOR_ERRORS: &[ErrorCode] = &[
    ErrorCode::COORDINATOR_LOAD_IN_PROGRESS,
    ErrorCode::COORDINATOR_NOT_AVAILABLE,
    ErrorCode::NOT_COORDINATOR,
];
const MEMBER_ERRORS: &[ErrorCode] = &[
    ErrorCode::COORDINATOR_NOT_AVAILABLE,
    ErrorCode::ILLEGAL_GENERATION,
    ErrorCode::NOT_COORDINATOR,
    ErrorCode::REBALANCE_IN_PROGRESS,
    ErrorCode::UNKNOWN_MEMBER_ID,
];

impl World {
    /// Lets some things be wrong from the beginning: single batches among the first are refused.
    pub(crate) fn begin_badly(&mut self) {
        for _ in 0..self.rng.usize(..6) {
            let error = PRODUCE_ERRORS[self.rng.usize(..PRODUCE_ERRORS.len())];
            let on = Rule::on(ApiKey::PRODUCE).skip(self.rng.u32(..12)).once();
            let rule = on.reply(error);
            self.trace.note(format_args!("rule: {rule}"));
            self.add_rule(rule);
        }
    }

    /// Has some requests of a kind refused, delayed, or their connections closed.
    pub(super) fn strike_a_request(&mut self) {
        let (api, errors) = TARGETS[self.rng.usize(..TARGETS.len())];
        // Sometimes for so long that whoever does not pause is noticed.
        let times = match self.rng.u8(..4) {
            0 => self.rng.u32(30..400),
            _ => self.rng.u32(1..6),
        };
        let mut on = Rule::on(api).times(times);
        if self.rng.bool() {
            on = on.broker(self.some_broker());
        }
        // What is answered with an error is not applied: Kafka says another word for most of what is.
        let kind = self.rng.u8(..7);
        if self.rng.bool() && matches!(kind, 0..=3 | 6) {
            on = on.after_apply();
        }
        let rule = match kind {
            6 => on.truncate(self.rng.usize(..200)),
            0..=1 => on.drop_connection(),
            2 => on.delay(self.some_time()),
            3 => on.throttle(Duration::from_millis(self.rng.u64(1..800))),
            _ if errors.is_empty() => on.drop_connection(),
            _ => on.reply(errors[self.rng.usize(..errors.len())]),
        };
        self.trace.note(format_args!("rule: {rule}"));
        self.add_rule(rule);
    }

    fn add_rule(&mut self, rule: Rule) {
        if let Err(error) = self.cluster.core.add_rule(rule) {
            self.trace.note(format_args!("no rule: {error}"));
        }
    }
}
