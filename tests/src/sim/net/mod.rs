//! The network between clients and brokers: streams of bytes that are late, cut anywhere, held up and broken.
//!
//! It is asked what arrives next and knows nothing of what the bytes mean.

mod end;
mod pipe;
mod transport;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use kafka_client::engine::LinkId as ClientLink;
use kafka_sandbox::answers::LinkId as BrokerLink;

use crate::sim::weather::{Route, Weather, between};

pub(crate) use end::{Closing, End};
use pipe::{Conn, Item, Pipe};

/// A connection, or the attempt to make one.
pub(crate) type ConnId = u64;

/// What comes out of the network.
#[derive(Debug)]
pub(crate) enum Arrival {
    /// Bytes for one end.
    Bytes(ConnId, End, Bytes),
    /// The other end closed, or the connection broke.
    Closed(ConnId, End, Closing),
    /// The answer to an attempt to connect.
    Connected(ConnId, bool),
    /// An attempt to connect has reached the broker: answer with [`Network::answer`].
    Dialed(ConnId, i32),
    /// Everything that was sent has left the client's socket.
    Drained(ConnId),
}

/// All connections.
pub(crate) struct Network {
    rng: fastrand::Rng,
    weather: Weather,
    conns: BTreeMap<ConnId, Conn>,
    next_conn: ConnId,
    queue: BinaryHeap<Reverse<(Duration, u64, ConnId, End)>>,
    next_entry: u64,
    drained: VecDeque<ConnId>,
}

/// Bytes that the system takes of a client whose connection is slow.
const SEND_BUFFER: usize = 64 * 1024;

impl Network {
    pub(crate) fn new(rng: fastrand::Rng, weather: Weather) -> Self {
        Self {
            rng,
            weather,
            conns: BTreeMap::new(),
            next_conn: 0,
            queue: BinaryHeap::new(),
            next_entry: 0,
            drained: VecDeque::new(),
        }
    }

    /// The weather, to change it.
    pub(crate) fn weather(&mut self) -> &mut Weather {
        &mut self.weather
    }

    pub(crate) fn conn(&self, id: ConnId) -> Option<&Conn> {
        self.conns.get(&id)
    }

    /// The connections whose two ends are there.
    pub(crate) fn established(&self) -> Vec<ConnId> {
        let both = |conn: &Conn| conn.client_open && conn.broker_open;
        let ids = self.conns.iter().filter(|(_, conn)| both(conn));
        ids.map(|(&id, _)| id).collect()
    }

    /// Begins to connect.
    pub(crate) fn dial(
        &mut self,
        now: Duration,
        process: usize,
        client: Option<ClientLink>,
        broker: i32,
    ) -> ConnId {
        let id = self.next_conn;
        self.next_conn += 1;
        let pipe = |rng: &mut fastrand::Rng, weather: &Weather| Pipe {
            latency: between(rng, &weather.latency),
            ..Pipe::default()
        };
        let (up, down) = (
            pipe(&mut self.rng, &self.weather),
            pipe(&mut self.rng, &self.weather),
        );
        let conn = Conn {
            process,
            client,
            broker,
            link: None,
            client_open: true,
            broker_open: false,
            up,
            down,
        };
        self.conns.insert(id, conn);
        match self.weather.route(now, process, broker) {
            Route::Lost => {}
            Route::Refused => self.put(now, id, End::Client, Item::Connected(false)),
            Route::Open => self.put(now, id, End::Broker, Item::Dial),
        }
        id
    }

    /// Answers an attempt to connect, for the broker: no link is a refusal.
    pub(crate) fn answer(&mut self, now: Duration, id: ConnId, link: Option<BrokerLink>) {
        if let Some(conn) = self.conns.get_mut(&id) {
            conn.link = link;
            conn.broker_open = link.is_some();
            self.put(now, id, End::Client, Item::Connected(link.is_some()));
        }
    }

    /// Sends bytes to one end, cut as it happens.
    pub(crate) fn send(&mut self, now: Duration, id: ConnId, to: End, mut bytes: Bytes) {
        while self.rng.f64() < self.weather.split && bytes.len() > 1 {
            let at = match self.rng.u8(..4) {
                // Where lengths and headers are.
                0 => self.rng.usize(1..bytes.len().min(16)),
                _ => self.rng.usize(1..bytes.len()),
            };
            self.put(now, id, to, Item::Bytes(bytes.split_to(at)));
        }
        self.put(now, id, to, Item::Bytes(bytes));
    }

    /// Asks for [`Arrival::Drained`] once what the client sent has left its socket.
    pub(crate) fn report(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        if conn.up.bytes > SEND_BUFFER {
            conn.up.reports += 1;
        } else {
            self.drained.push_back(id);
        }
    }

    /// One end closes: it takes no further part, the other one learns it.
    pub(crate) fn close(&mut self, now: Duration, id: ConnId, end: End, how: Closing) {
        self.forget_end(id, end);
        self.put(now, id, end.other(), Item::Closing(how));
        self.sweep(id);
    }

    /// One end is gone without a word.
    pub(crate) fn vanish(&mut self, id: ConnId, end: End) {
        self.forget_end(id, end);
        if let Some(conn) = self.conns.get_mut(&id) {
            conn.pipe(end.other()).is_dead = true;
        }
        self.sweep(id);
    }

    /// The connection breaks: both ends learn it, and what is under way is lost.
    pub(crate) fn reset(&mut self, now: Duration, id: ConnId) {
        for end in [End::Broker, End::Client] {
            if let Some(conn) = self.conns.get_mut(&id) {
                conn.pipe(end).items.clear();
                conn.pipe(end).is_dead = false;
            }
            self.put(now, id, end, Item::Closing(Closing::Reset));
        }
    }

    /// Holds one direction of a connection up.
    pub(crate) fn clog(&mut self, id: ConnId, to: End, until: Duration) {
        if let Some(conn) = self.conns.get_mut(&id) {
            conn.pipe(to).clogged_until = until;
        }
    }

    /// Lets everything through again; ends that wait for one that is gone learn it.
    pub(crate) fn heal(&mut self, now: Duration) {
        self.weather.clear();
        let ids: Vec<ConnId> = self.conns.keys().copied().collect();
        for id in ids {
            let Some(conn) = self.conns.get_mut(&id) else {
                continue;
            };
            let (client_open, broker_open) = (conn.client_open, conn.broker_open);
            for end in [End::Broker, End::Client] {
                conn.pipe(end).clogged_until = Duration::ZERO;
                conn.pipe(end).is_dead = false;
            }
            let is_made = conn.link.is_some();
            self.wake(now, id, End::Broker);
            self.wake(now, id, End::Client);
            if broker_open && !client_open {
                self.put(now, id, End::Broker, Item::Closing(Closing::Reset));
            } else if client_open && !broker_open && is_made {
                self.put(now, id, End::Client, Item::Closing(Closing::Reset));
            }
        }
    }

    /// Takes note that an end takes bytes again.
    pub(crate) fn set_full(&mut self, now: Duration, id: ConnId, to: End, is_full: bool) {
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        let pipe = conn.pipe(to);
        if std::mem::replace(&mut pipe.is_full, is_full) && !is_full {
            self.wake(now, id, to);
        }
    }

    /// When the next thing arrives.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        if !self.drained.is_empty() {
            return Some(Duration::ZERO);
        }
        self.queue.peek().map(|Reverse((at, ..))| *at)
    }

    /// The next thing that has arrived by now.
    pub(crate) fn poll(&mut self, now: Duration) -> Option<Arrival> {
        if let Some(id) = self.drained.pop_front() {
            return Some(Arrival::Drained(id));
        }
        while let Some(&Reverse((at, _, id, to))) = self.queue.peek()
            && at <= now
        {
            self.queue.pop();
            let arrival = self.take(now, id, to);
            if arrival.is_some() {
                return arrival;
            }
        }
        None
    }

    /// Forgets a connection that has no end left.
    pub(crate) fn sweep(&mut self, id: ConnId) {
        if self
            .conns
            .get(&id)
            .is_some_and(|conn| !conn.client_open && !conn.broker_open)
        {
            self.conns.remove(&id);
        }
    }
}
