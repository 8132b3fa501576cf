//! What comes out of the network and off the clock, to engines and core.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use bytes::Bytes;
use kafka_client::connection::Fault;
use kafka_client::engine::{Engine, LinkId};
use kafka_client::error::TransportPhase;
use kafka_client::time::Moment;

use super::World;
use crate::sim::cluster::{at, broker_at};
use crate::sim::garble;
use crate::sim::lines::Lines;
use crate::sim::net::{Arrival, Closing, ConnId, End};
use crate::sim::wire::Received;

impl World {
    /// Takes in what has come by now.
    pub(super) fn arrive(&mut self) {
        let now = self.now();
        if self.cluster.core.next_deadline().is_some_and(|due| due <= now) {
            self.cluster.core.handle_deadline(at(now));
        }
        while let Some(place) = self.lookups.iter().position(|(due, ..)| *due <= now) {
            if let Some((_, process, link, port)) = self.lookups.remove(place) {
                self.resolved(process, link, port);
            }
        }
        while let Some(arrival) = self.net.poll(now) {
            self.handle(arrival);
        }
    }

    fn resolved(&mut self, id: usize, link: LinkId, port: u16) {
        let now = self.now();
        let Some(process) = self.processes.get_mut(&id) else {
            return;
        };
        if process.links.remove(&link).is_some() {
            let moment = process.moment(now);
            let addresses = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))];
            let unknown = || Fault::lost(TransportPhase::Resolve, "nobody knows the name");
            let is_known = self.net.weather().is_known(now, broker_at(port));
            let found = is_known.then_some(addresses).ok_or_else(unknown);
            if let Some(engine) = process.engine() {
                engine.handle_resolved(moment, link, found);
            }
        }
        self.act(id);
    }

    fn handle(&mut self, arrival: Arrival) {
        let now = self.now();
        match arrival {
            Arrival::Dialed(conn, broker) => {
                let link = self.cluster.open_link(now, broker);
                self.conns.extend(link.map(|link| (link, conn)));
                self.net.answer(now, conn, link);
            }
            Arrival::Bytes(conn, End::Broker, bytes) => {
                if let Some(link) = self.net.conn(conn).and_then(|conn| conn.link) {
                    self.cluster.core.handle_bytes(at(now), link, &bytes);
                    self.serve();
                    if self.cluster.core.is_full(at(now), link) {
                        self.full.insert(conn);
                        self.net.set_full(now, conn, End::Broker, true);
                    }
                }
            }
            Arrival::Closed(conn, End::Broker, _) => {
                self.drop_at_broker(conn);
                self.net.sweep(conn);
            }
            Arrival::Connected(conn, is_accepted) => {
                if let Some(lines) = self.lines_of(conn) {
                    lines.connected(conn, is_accepted);
                }
                self.at_client(conn, |engine, moment, link| {
                    let refusal = || Fault::lost(TransportPhase::Connect, "nobody listens there");
                    engine.handle_connected(moment, link, is_accepted.then_some(()).ok_or_else(refusal));
                });
            }
            Arrival::Drained(conn) => {
                self.at_client(conn, |engine, moment, link| engine.handle_written(moment, link));
            }
            Arrival::Bytes(conn, End::Client, bytes) => self.receive(conn, &bytes),
            Arrival::Closed(conn, End::Client, how) => {
                if let Some(lines) = self.lines_of(conn) {
                    lines.closed(conn);
                }
                self.at_client(conn, |engine, moment, link| {
                    let broken = (how == Closing::Reset).then(|| io::ErrorKind::ConnectionReset.into());
                    engine.handle_closed(moment, link, broken);
                });
                self.net.sweep(conn);
            }
        }
    }

    /// Takes in bytes at the client's end of a connection.
    fn receive(&mut self, conn: ConnId, bytes: &Bytes) {
        if let Some(lines) = self.lines_of(conn) {
            return lines.receive(conn, bytes);
        }
        let frames = self.wiretap.receive(conn, bytes).map(|answers| {
            let frames = answers.into_iter().map(|answer| self.damaged(answer));
            frames.collect::<Vec<Bytes>>()
        });
        self.at_client(conn, |engine, moment, link| match frames {
            Ok(frames) => {
                for frame in frames {
                    engine.handle_frame(moment, link, frame);
                }
            }
            Err(error) => engine.handle_bad_frame(moment, link, &error),
        });
    }

    /// An answer as it arrives: damaged, if it is its turn.
    fn damaged(&mut self, answer: Received) -> Bytes {
        let Some((damage, left)) = &mut self.damage else {
            return answer.frame;
        };
        let Some(damaged) = garble::damage(&mut self.rng, *damage, &answer) else {
            return answer.frame;
        };
        self.trace.note(format_args!(
            "an answer to {:?} arrives with damage: {damage:?}",
            answer.api
        ));
        *left -= 1;
        if *left == 0 {
            self.damage = None;
        }
        damaged
    }

    /// The lines of the process at the client's end of a connection, if it has no engine.
    fn lines_of(&self, conn: ConnId) -> Option<Lines> {
        let process = self.net.conn(conn)?.process;
        self.writers.get(&process).map(|writer| writer.lines.clone())
    }

    /// Hands the engine at the client's end of a connection something.
    fn at_client(&mut self, conn: ConnId, hand: impl FnOnce(&mut Engine, Moment, LinkId)) {
        let now = self.now();
        let client = self.net.conn(conn).map(|conn| (conn.process, conn.client));
        let Some((id, Some(link))) = client else {
            return;
        };
        if let Some(process) = self.processes.get_mut(&id) {
            let moment = process.moment(now);
            if let Some(engine) = process.engine() {
                hand(engine, moment, link);
            }
        }
        self.act(id);
    }

    /// The broker's end of a connection is gone, for the broker.
    pub(crate) fn drop_at_broker(&mut self, conn: ConnId) {
        if let Some(link) = self.net.conn(conn).and_then(|conn| conn.link) {
            self.conns.remove(&link);
            self.cluster.core.handle_closed(at(self.now()), link);
        }
    }
}
