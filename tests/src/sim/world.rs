//! The world: processes, network and cluster, and the loop that lets time pass.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use kafka_client::connection::Fault;
use kafka_client::engine::{Action, LinkId};
use kafka_client::error::TransportPhase;
use kafka_sandbox::answers::LinkId as BrokerLink;
use kafka_sandbox::core::Action as BrokerAction;

use super::cluster::{Cluster, at, broker_at};
use super::executor::{Executor, Job, Signal};
use super::net::{Arrival, Closing, ConnId, End, Network};
use super::process::Process;
use super::scenario::{Role, Scenario, TRANSFERS};
use super::trace::{Event, Trace};
use super::transactions::Writer;
use super::wire::Wiretap;
use super::workload::{self, Life};

/// Everything there is.
pub(crate) struct World {
    pub(crate) scenario: Scenario,
    pub(crate) cluster: Cluster,
    pub(crate) net: Network,
    pub(crate) trace: Trace,
    pub(crate) rng: fastrand::Rng,
    pub(crate) processes: BTreeMap<usize, Process>,
    /// Given when the faults are over.
    pub(crate) calm: Signal,
    /// Given when everybody has been handed everything.
    pub(crate) done: Signal,
    /// Transactional writers, and when each takes its next step.
    pub(crate) writers: Vec<(Duration, Writer)>,
    executor: Executor,
    wiretap: Wiretap,
    next_process: usize,
    spawned: Rc<RefCell<Vec<(usize, Job)>>>,
    /// Names that are being looked up, and when that is done.
    lookups: VecDeque<(Duration, usize, LinkId, u16)>,
    conns: BTreeMap<BrokerLink, ConnId>,
    /// Connections whose broker takes no bytes at present.
    full: BTreeSet<ConnId>,
    rounds: usize,
}

/// The numbers of transactional writers begin here; those of producers are their processes'.
const WRITERS: u16 = 60_000;
/// The mean pause between the steps of a writer.
const WRITER_PAUSE: Duration = Duration::from_millis(60);
/// More rounds without time passing than any honest work takes.
const ROUNDS_MAX: usize = 20_000;

impl World {
    pub(crate) fn new(scenario: Scenario, executor: Executor, trace: Trace) -> Result<Self, String> {
        let mut rng = fastrand::Rng::with_seed(scenario.seed ^ 0x005E_EDED);
        let cluster = Cluster::start(&scenario)?;
        let mut wiretap = Wiretap::new(trace.clone());
        for (name, id, _) in cluster.topics.iter().filter(|(_, id, _)| !id.is_zero()) {
            wiretap.name(*id, name);
        }
        let partitions = scenario.topics.iter().find(|(name, _)| name == TRANSFERS);
        let partitions = partitions.map_or(1, |(_, partitions)| *partitions);
        let writers = (0..scenario.writers).map(|number| {
            let writer = Writer::new(TRANSFERS, partitions, WRITERS + number, scenario.brokers);
            (Duration::ZERO, writer)
        });
        let writers = writers.collect();
        Ok(Self {
            net: Network::new(rng.fork(), scenario.weather.clone()),
            scenario,
            cluster,
            trace,
            rng,
            processes: BTreeMap::new(),
            calm: Signal::default(),
            done: Signal::default(),
            writers,
            executor,
            wiretap,
            next_process: 0,
            spawned: Rc::default(),
            lookups: VecDeque::new(),
            conns: BTreeMap::new(),
            full: BTreeSet::new(),
            rounds: 0,
        })
    }

    pub(crate) fn now(&self) -> Duration {
        self.executor.clock().now()
    }

    /// Whether no producer is left.
    pub(crate) fn have_producers_ended(&self) -> bool {
        let is_producer = |role: usize| matches!(self.scenario.roles.get(role), Some(Role::Producer(_)));
        let mut ids = self.processes.iter().filter(|(_, process)| is_producer(process.role));
        !ids.any(|(id, _)| self.executor.has(*id))
    }

    /// Tasks that have not ended.
    pub(crate) fn tasks(&self) -> usize {
        self.executor.len() + self.spawned.borrow().len()
    }

    /// Lets the writers end what they have open, and no more.
    pub(crate) fn end_writers(&mut self) {
        let mut writers = std::mem::take(&mut self.writers);
        for _ in 0..10 {
            for (_, writer) in writers.iter_mut().filter(|(_, writer)| !writer.is_idle()) {
                writer.finish(self.now(), &mut self.cluster, &self.trace);
            }
        }
        if let Some((_, writer)) = writers.iter().find(|(_, writer)| !writer.is_idle()) {
            let what = format!("{writer:?} cannot end its transaction though nothing is wrong");
            self.trace.violate("progress", what);
        }
    }

    /// Starts a process for a role.
    pub(crate) fn start(&mut self, role: usize) -> Result<usize, String> {
        let id = self.next_process;
        self.next_process += 1;
        let config = self.scenario.connection.clone();
        let (process, client) = Process::start(self.now(), role, &config, self.rng.u64(..))?;
        let life = Life {
            process: id,
            client,
            clock: self.executor.clock().clone(),
            trace: self.trace.clone(),
            calm: self.calm.clone(),
            done: self.done.clone(),
            stop: process.stop.clone(),
            rng: Rc::new(RefCell::new(self.rng.fork())),
            spawned: self.spawned.clone(),
        };
        self.trace
            .note(format_args!("process {id} starts as role {role}"));
        self.processes.insert(id, process);
        self.executor
            .spawn(id, workload::run(self.scenario.roles[role].clone(), life));
        Ok(id)
    }

    /// Ends a process at once. Its connections end in order, break, or are simply gone.
    pub(crate) fn kill(&mut self, id: usize) {
        let Some(process) = self.processes.remove(&id) else {
            return;
        };
        let how = [Some(Closing::Finished), Some(Closing::Reset), None][self.rng.usize(..3)];
        self.trace
            .note(format_args!("process {id} is killed, connections: {how:?}"));
        self.executor.kill(id);
        self.spawned.borrow_mut().retain(|(process, _)| *process != id);
        for conn in process.links.into_values().flatten() {
            self.wiretap.close(conn);
            match how {
                Some(how) => self
                    .net
                    .close(self.executor.clock().now(), conn, End::Client, how),
                None => self.net.vanish(conn, End::Client),
            }
        }
        self.trace.tell(Event::Left { process: id });
    }

    /// Lets time pass until `until`, or until `done` says that it is enough. Says whether it did.
    pub(crate) fn run(&mut self, until: Duration, mut done: impl FnMut(&mut Self) -> bool) -> bool {
        loop {
            self.settle();
            if self.trace.violation().is_some() {
                return false;
            }
            if done(self) {
                return true;
            }
            let now = self.now();
            let next = self.next_event().map_or(until, |next| next.max(now));
            if next > until || next == until && now >= until {
                self.executor.clock().set(until.max(now));
                return false;
            }
            if next > now {
                self.rounds = 0;
            }
            self.executor.clock().set(next);
            self.arrive();
        }
    }

    /// Does everything that can be done without time passing.
    fn settle(&mut self) {
        let now = self.now();
        for process in self.processes.values() {
            process.tick(now);
        }
        loop {
            let mut any = false;
            while self.executor.step(&mut self.rng) {
                any = true;
                let spawned = std::mem::take(&mut *self.spawned.borrow_mut());
                for (process, job) in spawned {
                    self.executor.spawn(process, job);
                }
            }
            let ids: Vec<usize> = self.processes.keys().copied().collect();
            for id in ids {
                any |= self.work(id);
            }
            any |= self.serve();
            self.rounds += 1;
            if self.rounds > ROUNDS_MAX {
                self.trace.violate(
                    "livelock",
                    "the work never ends although no time passes".to_owned(),
                );
            }
            if !any || self.trace.violation().is_some() {
                return;
            }
        }
    }

    /// When something happens next.
    fn next_event(&self) -> Option<Duration> {
        let processes = self.processes.values().filter_map(Process::next_deadline).min();
        let others = [
            self.executor.clock().next_deadline(),
            self.net.next_deadline(),
            self.cluster.core.next_deadline(),
            self.lookups.iter().map(|(due, ..)| *due).min(),
            self.writers.iter().map(|(due, _)| *due).min(),
        ];
        others.into_iter().flatten().chain(processes).min()
    }

    /// Takes in what has come by now.
    fn arrive(&mut self) {
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
                let link = self.cluster.open_link(broker);
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
    fn at_client(
        &mut self,
        conn: ConnId,
        hand: impl FnOnce(&mut kafka_client::engine::Engine, kafka_client::time::Moment, LinkId, &mut Wiretap),
    ) {
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

    /// Lets one engine work, and does what it wants.
    fn work(&mut self, id: usize) -> bool {
        let now = self.now();
        let any = self
            .processes
            .get_mut(&id)
            .is_some_and(|process| process.work(now));
        self.act(id) || any
    }

    /// Does what an engine wants.
    fn act(&mut self, id: usize) -> bool {
        let now = self.now();
        let mut any = false;
        let Some(process) = self.processes.get_mut(&id) else {
            return false;
        };
        if process.engine.engine().is_none() {
            let links = std::mem::take(&mut process.links);
            for conn in links.into_values().flatten() {
                self.wiretap.close(conn);
                self.net.close(now, conn, End::Client, Closing::Finished);
            }
            return false;
        }
        while let Some(action) = process.engine.engine().and_then(|engine| engine.poll_action()) {
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
                    let conn = self.net.dial(now, id, link, broker);
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
        process.engine.show();
        any
    }

    /// Does what the cluster wants.
    pub(crate) fn serve(&mut self) -> bool {
        let now = self.now();
        let mut any = false;
        while let Some(action) = self.cluster.poll_action() {
            any = true;
            match action {
                BrokerAction::Write { link, frame } => {
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
