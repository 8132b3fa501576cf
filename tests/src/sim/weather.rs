//! What the network does to whoever uses it at present.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::net::End;

/// The state of the network as a whole; connections have troubles of their own beside.
#[derive(Clone, Debug)]
pub(crate) struct Weather {
    /// What a connection's latency is drawn from when it is made.
    pub(crate) latency: RangeInclusive<Duration>,
    /// What is added to each piece.
    pub(crate) jitter: Duration,
    /// How often something is much later, and by how much at most.
    pub(crate) spike: (f64, Duration),
    /// How often a piece is cut in two.
    pub(crate) split: f64,
    /// Between a process and a broker, toward an end, nothing arrives until then.
    clogs: BTreeMap<(usize, i32, End), Duration>,
    /// Attempts to connect to a broker that fail until then.
    closed: BTreeMap<i32, (Route, Duration)>,
    /// Names of brokers that cannot be looked up until then.
    nameless: BTreeMap<i32, Duration>,
}

/// What becomes of an attempt to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Nothing comes back.
    Lost,
    /// It reaches the broker.
    Open,
    /// It is refused.
    Refused,
}

impl Weather {
    /// Draws one.
    pub(crate) fn draw(rng: &mut fastrand::Rng) -> Self {
        let fastest = micros(rng.u64(20..2_000));
        let spread = [2_000, 60_000][rng.usize(..2)];
        let slowest = fastest + micros(rng.u64(0..spread));
        Self {
            latency: fastest..=slowest,
            jitter: micros(rng.u64(0..3_000)),
            spike: (
                [0.0, 0.001, 0.01][rng.usize(..3)],
                Duration::from_millis(rng.u64(10..3_000)),
            ),
            split: [0.0, 0.1, 0.5][rng.usize(..3)],
            clogs: BTreeMap::new(),
            closed: BTreeMap::new(),
            nameless: BTreeMap::new(),
        }
    }

    /// Lets nothing through from and to, until then.
    pub(crate) fn clog(&mut self, process: usize, broker: i32, to: End, until: Duration) {
        self.clogs.insert((process, broker, to), until);
    }

    /// Lets no new connection to a broker through, until then.
    pub(crate) fn close(&mut self, broker: i32, route: Route, until: Duration) {
        self.closed.insert(broker, (route, until));
    }

    /// Lets the name of a broker be unknown, until then.
    pub(crate) fn hide(&mut self, broker: i32, until: Duration) {
        self.nameless.insert(broker, until);
    }

    /// Whether the name of a broker can be looked up.
    pub(crate) fn is_known(&self, now: Duration, broker: i32) -> bool {
        self.nameless.get(&broker).is_none_or(|until| *until <= now)
    }

    /// Ends all that is wrong.
    pub(crate) fn clear(&mut self) {
        self.clogs.clear();
        self.closed.clear();
        self.nameless.clear();
        self.spike.0 = 0.0;
    }

    pub(crate) fn clogged_until(&self, process: usize, broker: i32, to: End) -> Duration {
        let until = self.clogs.get(&(process, broker, to));
        until.copied().unwrap_or_default()
    }

    pub(crate) fn route(&self, now: Duration, process: usize, broker: i32) -> Route {
        match self.closed.get(&broker) {
            Some((route, until)) if *until > now => *route,
            _ if self.clogged_until(process, broker, End::Broker) > now => Route::Lost,
            _ => Route::Open,
        }
    }

    /// What a piece is late by.
    pub(crate) fn delay(&self, rng: &mut fastrand::Rng) -> Duration {
        let jitter = between(rng, &(Duration::ZERO..=self.jitter));
        match rng.f64() < self.spike.0 {
            true => jitter + between(rng, &(Duration::ZERO..=self.spike.1)),
            false => jitter,
        }
    }
}

/// A duration from a range.
pub(crate) fn between(rng: &mut fastrand::Rng, range: &RangeInclusive<Duration>) -> Duration {
    let micros = |duration: &Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(rng.u64(micros(range.start())..=micros(range.end())))
}

fn micros(micros: u64) -> Duration {
    Duration::from_micros(micros)
}
