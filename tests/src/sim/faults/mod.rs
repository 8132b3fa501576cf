//! What goes wrong, drawn as time passes.

mod cluster;
mod requests;

use std::time::Duration;

use super::garble::Damage;
use super::net::End;
use super::weather::{Route, between};
use super::world::World;

impl World {
    /// Lets something go wrong.
    pub(crate) fn strike(&mut self) -> Result<(), String> {
        match self.rng.u8(..20) {
            0..=1 => self.reset_one(),
            2 => self.half_open_one(),
            3..=4 => self.clog_one(),
            5 => self.part(),
            6 => self.close_a_broker(),
            7 => self.end_one_process()?,
            8..=9 => self.strike_a_broker(),
            10 => self.move_a_leader(),
            11 => self.move_a_coordinator(),
            12 => self.strike_a_topic(),
            13 => self.hide_a_broker(),
            14 => self.expire_a_member(),
            15 => self.garble_some(),
            16 => self.change_a_version(),
            _ => self.strike_a_request(),
        }
        Ok(())
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
        let processes = self.processes.keys().chain(self.writers.keys());
        let processes: Vec<usize> = processes.copied().collect();
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

    /// Ends a process, in order or not, and starts another in its role.
    fn end_one_process(&mut self) -> Result<(), String> {
        let processes = self.processes.keys().chain(self.writers.keys());
        let processes: Vec<usize> = processes.copied().collect();
        let Some(id) = self.rng.choice(processes) else {
            return Ok(());
        };
        let writer = self.writers.get(&id).filter(|writer| !writer.stop.is_given());
        if let Some((number, stop)) = writer.map(|writer| (writer.number, writer.stop.clone())) {
            match self.rng.bool() {
                true => self.kill(id),
                false => stop.give(),
            }
            self.start_writer(number);
            return Ok(());
        }
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

    /// Lets nothing through to a process, from any broker.
    fn seclude_one(&mut self) {
        let processes: Vec<usize> = self.processes.keys().copied().collect();
        let Some(process) = self.rng.choice(processes) else {
            return;
        };
        let until = self.now() + self.some_time();
        self.trace.note(format_args!(
            "nothing gets through to process {process} until {until:?}"
        ));
        for broker in 1..=self.scenario.brokers {
            self.net.weather().clog(process, broker, End::Client, until);
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

    /// Lets the name of a broker be unknown.
    fn hide_a_broker(&mut self) {
        let broker = self.some_broker();
        let until = self.now() + self.some_time();
        self.trace.note(format_args!(
            "nobody knows the name of broker {broker} until {until:?}"
        ));
        self.net.weather().hide(broker, until);
    }

    /// Lets some answers arrive damaged.
    fn garble_some(&mut self) {
        if !self.scenario.perils.garbles {
            return;
        }
        let damage = match self.rng.u8(..4) {
            0 => Damage::Correlation,
            _ => Damage::Records,
        };
        let count = self.rng.u32(1..4);
        self.trace
            .note(format_args!("damage to the {damage:?} of {count} answers"));
        self.damage = Some((damage, count));
    }

    fn some_end(&mut self) -> End {
        [End::Broker, End::Client][self.rng.usize(..2)]
    }

    pub(super) fn some_broker(&mut self) -> i32 {
        self.rng.i32(1..=self.scenario.brokers)
    }

    /// How long something is wrong: mostly short, sometimes longer than anybody's patience.
    pub(super) fn some_time(&mut self) -> Duration {
        let longest = [200, 2_000, 12_000][self.rng.usize(..3)];
        between(&mut self.rng, &(Duration::ZERO..=Duration::from_millis(longest)))
    }
}
