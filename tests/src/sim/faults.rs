//! What goes wrong, drawn as time passes.

use std::time::Duration;

use super::net::End;
use super::weather::{Route, between};
use super::world::World;

impl World {
    /// Lets something go wrong.
    pub(crate) fn strike(&mut self) -> Result<(), String> {
        match self.rng.u8(..10) {
            0..=1 => self.reset_one(),
            2 => self.half_open_one(),
            3..=4 => self.clog_one(),
            5 => self.part(),
            6 => self.close_a_broker(),
            7 => self.end_one_process()?,
            _ => self.strike_a_broker(),
        }
        Ok(())
    }

    /// Ends everything that is wrong.
    pub(crate) fn heal(&mut self) {
        let now = self.now();
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
        let (to, until) = (self.some_end(), self.now() + self.while_());
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
        let until = self.now() + self.while_();
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
        let until = self.now() + self.while_();
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
        let Some(role) = self.processes.get(&id).map(|process| process.role) else {
            return Ok(());
        };
        if self.rng.bool() {
            self.kill(id);
        } else if let Some(process) = self.processes.get(&id).filter(|process| !process.stop.is_given()) {
            self.trace.note(format_args!("process {id} is to end"));
            process.stop.give();
        } else {
            return Ok(());
        }
        self.start(role).map(drop)
    }

    fn strike_a_broker(&mut self) {
        self.reset_one();
    }

    fn some_end(&mut self) -> End {
        [End::Broker, End::Client][self.rng.usize(..2)]
    }

    fn some_broker(&mut self) -> i32 {
        self.rng.i32(1..=self.scenario.brokers)
    }

    /// How long something is wrong: mostly short, sometimes longer than anybody's patience.
    fn while_(&mut self) -> Duration {
        let longest = [200, 2_000, 12_000][self.rng.usize(..3)];
        between(&mut self.rng, &(Duration::ZERO..=Duration::from_millis(longest)))
    }
}
