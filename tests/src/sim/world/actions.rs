//! What engines and core want done.

use std::time::Duration;

use kafka_client::engine::Action;
use kafka_sandbox::core::Action as BrokerAction;

use super::World;
use crate::sim::cluster::{at, broker_at};
use crate::sim::lines::Wish;
use crate::sim::net::{Closing, End};

impl World {
    /// Lets one engine work, and does what it wants.
    pub(super) fn work(&mut self, id: usize) -> bool {
        let now = self.now();
        let process = self.processes.get_mut(&id).filter(|process| process.is_due(now));
        let Some(process) = process else {
            return false;
        };
        let any = process.work(now);
        self.act(id) || any
    }

    /// Does what an engine wants.
    pub(super) fn act(&mut self, id: usize) -> bool {
        let now = self.now();
        let mut any = false;
        let Some(process) = self.processes.get_mut(&id) else {
            return false;
        };
        if process.is_over() {
            let links = std::mem::take(&mut process.links);
            for conn in links.into_values().flatten() {
                self.wiretap.close(conn);
                self.net.close(now, conn, End::Client, Closing::Finished);
            }
            return false;
        }
        while let Some(action) = process.poll_action() {
            any = true;
            match action {
                Action::Close(link) => {
                    if let Some(Some(conn)) = process.links.remove(&link) {
                        self.wiretap.close(conn);
                        self.net.close(now, conn, End::Client, Closing::Finished);
                    }
                }
                Action::Connect { link, address, .. } => {
                    let broker = broker_at(address.port());
                    let conn = self.net.dial(now, id, Some(link), broker);
                    self.wiretap.open(conn, id, broker);
                    process.links.insert(link, Some(conn));
                }
                Action::Resolve { link, endpoint } => {
                    process.links.insert(link, None);
                    let took = Duration::from_micros(self.rng.u64(50..5_000));
                    self.lookups.push_back((now + took, id, link, endpoint.port));
                }
                Action::Token => self.trace.violate("world", "an engine wants a token".to_owned()),
                Action::Write { link, frame, report } => {
                    if let Some(Some(conn)) = process.links.get(&link) {
                        let bytes = frame.to_bytes();
                        self.wiretap.request(*conn, &bytes);
                        self.net.send(now, *conn, End::Broker, bytes);
                        if report {
                            self.net.report(*conn);
                        }
                    }
                }
            }
        }
        process.show();
        any
    }

    /// Does what those want who have no engine.
    pub(super) fn dial(&mut self) -> bool {
        let now = self.now();
        let mut any = false;
        for (id, writer) in &self.writers {
            while let Some(wish) = writer.lines.poll_wish() {
                any = true;
                match wish {
                    Wish::Close(conn) => self.net.close(now, conn, End::Client, Closing::Finished),
                    Wish::Dial(broker) => {
                        let conn = self.net.dial(now, *id, None, broker);
                        if !writer.lines.dialed(broker, conn) {
                            self.net.close(now, conn, End::Client, Closing::Finished);
                        }
                    }
                    Wish::Send(conn, bytes) => self.net.send(now, conn, End::Broker, bytes),
                }
            }
        }
        any
    }

    /// Does what the cluster wants.
    pub(crate) fn serve(&mut self) -> bool {
        let now = self.now();
        let mut any = false;
        while let Some(action) = self.cluster.poll_action() {
            any = true;
            match action {
                BrokerAction::Write { link, frame, .. } => {
                    if let Some(&conn) = self.conns.get(&link) {
                        self.net.send(now, conn, End::Client, frame.to_bytes());
                    }
                }
                BrokerAction::Close(link) => {
                    if let Some(conn) = self.conns.remove(&link) {
                        let how = [Closing::Finished, Closing::Reset][self.rng.usize(..2)];
                        self.net.close(now, conn, End::Broker, how);
                    }
                }
                BrokerAction::Listen { .. } => {}
            }
        }
        let full = std::mem::take(&mut self.full);
        for conn in full {
            let link = self.net.conn(conn).and_then(|conn| conn.link);
            match link.is_some_and(|link| self.cluster.core.is_full(at(now), link)) {
                true => {
                    self.full.insert(conn);
                }
                false => self.net.set_full(now, conn, End::Broker, false),
            }
        }
        any
    }
}
