//! The world: processes, network and cluster, and the loop that lets time pass.

mod actions;
mod arrivals;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use kafka_client::engine::LinkId;
use kafka_sandbox::answers::LinkId as BrokerLink;

use super::cluster::Cluster;
use super::executor::{Executor, Job, Signal};
use super::net::{Closing, ConnId, End, Network};
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
    idle: Rc<RefCell<Vec<usize>>>,
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
            idle: Rc::default(),
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
        let mut ids = self
            .processes
            .iter()
            .filter(|(_, process)| is_producer(process.role));
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
            idle: self.idle.clone(),
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
            self.look_for_residue();
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

    /// Looks whether clients whose handles are all closed have come to rest.
    fn look_for_residue(&mut self) {
        let idle = std::mem::take(&mut *self.idle.borrow_mut());
        for id in idle {
            let engine = self
                .processes
                .get_mut(&id)
                .and_then(|process| process.engine.engine());
            let (machines, requests) = engine.map_or((0, 0), |engine| engine.load());
            // Calls; and perhaps a refresh of the metadata that waits for a connection being set up.
            if machines > 1 || requests > 2 {
                let what = format!("process {id} has {machines} machines and {requests} requests at rest");
                self.trace.violate("residue", what);
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
}
