//! What goes wrong, drawn as time passes.

use std::sync::Arc;
use std::time::Duration;

use kafka_sandbox::fault::{Command, Rule};
use kafka_sandbox::state::BrokerStatus;
use protocol::{ApiKey, ErrorCode};

use super::cluster::at;
use super::net::End;
use super::weather::{Route, between};
use super::world::World;

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
    /// Lets something go wrong.
    pub(crate) fn strike(&mut self) -> Result<(), String> {
        match self.rng.u8(..16) {
            0..=1 => self.reset_one(),
            2 => self.half_open_one(),
            3..=4 => self.clog_one(),
            5 => self.part(),
            6 => self.close_a_broker(),
            7 => self.end_one_process()?,
            8..=9 => self.strike_a_broker(),
            10..=11 => self.move_a_leader(),
            _ => self.strike_a_request(),
        }
        Ok(())
    }

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

    /// Ends everything that is wrong.
    pub(crate) fn heal(&mut self) {
        let now = self.now();
        self.cluster.core.clear_rules(at(now));
        let brokers: Vec<_> = self.cluster.core.brokers().collect();
        for (id, status) in brokers {
            match status {
                BrokerStatus::Up => {}
                BrokerStatus::Paused { .. } => self.command(&Command::Resume(id)),
                BrokerStatus::Down => self.command(&Command::Restart(id)),
            }
        }
        self.net.heal(now);
    }

    fn reset_one(&mut self) {
        let now = self.now();
        let conns = self.net.established();
        if let Some(conn) = self.rng.choice(conns) {
            self.trace.note(format_args!("connection {conn} is reset"));
            self.net.reset(now, conn);
        }
    }

    /// One side of a connection is gone, and the other one is not told.
    fn half_open_one(&mut self) {
        let conns = self.net.established();
        let Some(conn) = self.rng.choice(conns) else {
            return;
        };
        self.trace
            .note(format_args!("connection {conn} is gone for its broker"));
        self.drop_at_broker(conn);
        self.net.vanish(conn, End::Broker);
    }

    fn clog_one(&mut self) {
        let conns = self.net.established();
        let Some(conn) = self.rng.choice(conns) else {
            return;
        };
        let (to, until) = (self.some_end(), self.now() + self.some_time());
        self.trace.note(format_args!(
            "connection {conn} is clogged toward the {to:?} until {until:?}"
        ));
        self.net.clog(conn, to, until);
    }

    /// Parts a process from a broker, in one direction or both.
    fn part(&mut self) {
        let processes: Vec<usize> = self.processes.keys().copied().collect();
        let Some(process) = self.rng.choice(processes) else {
            return;
        };
        let broker = self.some_broker();
        let until = self.now() + self.some_time();
        let ends = match self.rng.bool() {
            true => vec![End::Broker, End::Client],
            false => vec![self.some_end()],
        };
        self.trace.note(format_args!(
            "nothing gets through between process {process} and broker {broker} toward {ends:?} until {until:?}"
        ));
        for end in ends {
            self.net.weather().clog(process, broker, end, until);
        }
    }

    fn close_a_broker(&mut self) {
        let broker = self.some_broker();
        let route = [Route::Lost, Route::Refused][self.rng.usize(..2)];
        let until = self.now() + self.some_time();
        self.trace.note(format_args!(
            "connecting to broker {broker}: {route:?} until {until:?}"
        ));
        self.net.weather().close(broker, route, until);
    }

    /// Ends a process, in order or not, and starts another in its role.
    fn end_one_process(&mut self) -> Result<(), String> {
        let processes: Vec<usize> = self.processes.keys().copied().collect();
        let Some(id) = self.rng.choice(processes) else {
            return Ok(());
        };
        let Some(process) = self.processes.get(&id).filter(|process| !process.stop.is_given()) else {
            return Ok(());
        };
        let role = process.role;
        if self.rng.bool() {
            self.kill(id);
        } else {
            self.trace.note(format_args!("process {id} is to end"));
            process.stop.give();
        }
        self.start(role).map(drop)
    }

    /// Kills or stops a broker, or brings one back.
    fn strike_a_broker(&mut self) {
        let id = self.some_broker();
        let status = self.cluster.core.brokers().find(|(broker, _)| *broker == id);
        let command = match status.map(|(_, status)| status) {
            Some(BrokerStatus::Down) => Command::Restart(id),
            Some(BrokerStatus::Paused { .. }) => Command::Resume(id),
            _ => match self.rng.u8(..3) {
                0 => Command::Kill(id),
                1 => Command::Pause(id),
                _ => Command::Restart(id),
            },
        };
        self.command(&command);
    }

    fn move_a_leader(&mut self) {
        let topics = self.cluster.topics.clone();
        let Some((topic, _, partitions)) = self.rng.choice(topics) else {
            return;
        };
        let command = Command::MoveLeader {
            topic: Arc::from(topic),
            partition: self.rng.i32(0..partitions),
            to: self.some_broker(),
        };
        self.command(&command);
    }

    /// Has some requests of a kind refused, delayed, or their connections closed.
    fn strike_a_request(&mut self) {
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
        if self.rng.bool() {
            on = on.after_apply();
        }
        let rule = match self.rng.u8(..6) {
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

    /// Does something to the cluster; what it cannot do at present is left.
    fn command(&mut self, command: &Command) {
        match self.cluster.core.perform(at(self.now()), command) {
            Ok(()) => self.trace.note(format_args!("{command:?}")),
            Err(error) => self.trace.note(format_args!("{command:?}: {error}")),
        }
    }

    fn some_end(&mut self) -> End {
        [End::Broker, End::Client][self.rng.usize(..2)]
    }

    fn some_broker(&mut self) -> i32 {
        self.rng.i32(1..=self.scenario.brokers)
    }

    /// How long something is wrong: mostly short, sometimes longer than anybody's patience.
    fn some_time(&mut self) -> Duration {
        let longest = [200, 2_000, 12_000][self.rng.usize(..3)];
        between(&mut self.rng, &(Duration::ZERO..=Duration::from_millis(longest)))
    }
}
