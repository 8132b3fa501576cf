//! What comes out of the network and off the clock, to engines and core.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use kafka_client::connection::Fault;
use kafka_client::engine::{Engine, LinkId};
use kafka_client::error::TransportPhase;
use kafka_client::time::Moment;

use super::{WRITER_PAUSE, World};
use crate::sim::cluster::at;
use crate::sim::net::{Arrival, Closing, ConnId, End};
use crate::sim::wire::Wiretap;

impl World {
    /// Takes in what has come by now.
    pub(super) fn arrive(&mut self) {
        let now = self.now();
        if self.cluster.core.next_deadline().is_some_and(|due| due <= now) {
            self.cluster.core.handle_deadline(at(now));
        }
        for (due, writer) in self.writers.iter_mut().filter(|(due, _)| *due <= now) {
            *due = now + WRITER_PAUSE.mul_f64(0.1 + 2.0 * self.rng.f64());
            writer.step(now, &mut self.cluster, &self.trace, &mut self.rng);
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
            if let Some(engine) = process.engine.engine() {
                engine.handle_resolved(moment, link, Ok(addresses));
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
            Arrival::Connected(conn, is_accepted) => self.at_client(conn, |engine, moment, link, _| {
                let refusal = || Fault::lost(TransportPhase::Connect, "nobody listens there");
                engine.handle_connected(moment, link, is_accepted.then_some(()).ok_or_else(refusal));
            }),
            Arrival::Drained(conn) => {
                self.at_client(conn, |engine, moment, link, _| {
                    engine.handle_written(moment, link)
                });
            }
            Arrival::Bytes(conn, End::Client, bytes) => {
                self.at_client(conn, |engine, moment, link, wiretap| {
                    match wiretap.receive(conn, &bytes) {
                        Ok(frames) => {
                            for frame in frames {
                                engine.handle_frame(moment, link, frame);
                            }
                        }
                        Err(error) => engine.handle_bad_frame(moment, link, &error),
                    }
                });
            }
            Arrival::Closed(conn, End::Client, how) => {
                self.at_client(conn, |engine, moment, link, _| {
                    let broken = (how == Closing::Reset).then(|| io::ErrorKind::ConnectionReset.into());
                    engine.handle_closed(moment, link, broken);
                });
                self.net.sweep(conn);
            }
        }
    }

    /// Hands the engine at the client's end of a connection something.
    fn at_client(&mut self, conn: ConnId, hand: impl FnOnce(&mut Engine, Moment, LinkId, &mut Wiretap)) {
        let now = self.now();
        let Some((id, link)) = self.net.conn(conn).map(|conn| (conn.process, conn.client)) else {
            return;
        };
        if let Some(process) = self.processes.get_mut(&id) {
            let moment = process.moment(now);
            if let Some(engine) = process.engine.engine() {
                hand(engine, moment, link, &mut self.wiretap);
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
