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
use super::event::Event;
use super::executor::{Executor, Job, Signal};
use super::garble::Damage;
use super::lines::Lines;
use super::net::{Closing, ConnId, End, Network};
use super::process::Process;
use super::scenario::{Role, Scenario, TRANSFERS};
use super::trace::Trace;
use super::transactions::{Books, Writer};
use super::wire::Wiretap;
use super::workload::{self, Life, Rest};

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
    /// Processes that write transactions.
    pub(crate) writers: BTreeMap<usize, WriterProcess>,
    /// Damage to the next answers that can have it, and to how many.
    pub(crate) damage: Option<(Damage, u32)>,
    executor: Executor,
    pub(crate) wiretap: Wiretap,
    next_process: usize,
    spawned: Rc<RefCell<Vec<(usize, Job)>>>,
    idle: Rc<RefCell<Vec<(usize, Rest)>>>,
    /// Names that are being looked up, and when that is done.
    lookups: VecDeque<(Duration, usize, LinkId, u16)>,
    conns: BTreeMap<BrokerLink, ConnId>,
    /// Connections whose broker takes no bytes at present.
    full: BTreeSet<ConnId>,
    rounds: usize,
}

/// A process that writes transactions.
pub(crate) struct WriterProcess {
    pub(crate) number: u16,
    /// Given when it is to end.
    pub(crate) stop: Signal,
    lines: Lines,
}

/// Timers that may go off in a client that has nothing to do, in the time that it is watched.
const FIRED_MAX: usize = 60;
/// More rounds without time passing than any honest work takes.
const ROUNDS_MAX: usize = 20_000;

impl World {
    pub(crate) fn new(scenario: Scenario, executor: Executor, trace: Trace) -> Result<Self, String> {
        let mut rng = fastrand::Rng::with_seed(scenario.seed ^ 0x005E_EDED);
        let cluster = Cluster::start(&scenario)?;
        let wiretap = Wiretap::new(trace.clone());
        Ok(Self {
            net: Network::new(rng.fork(), scenario.weather.clone()),
            scenario,
            cluster,
            trace,
            rng,
            processes: BTreeMap::new(),
            calm: Signal::default(),
            done: Signal::default(),
            writers: BTreeMap::new(),
            damage: None,
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

    /// Whether no producer or writer is left.
    pub(crate) fn have_producers_ended(&self) -> bool {
        let is_producer = |role: usize| matches!(self.scenario.roles.get(role), Some(Role::Producer(_)));
        let producers = self
            .processes
            .iter()
            .filter(|(_, process)| is_producer(process.role));
        let mut ids = producers.map(|(id, _)| id).chain(self.writers.keys());
        !ids.any(|id| self.executor.has(*id))
    }

    /// Tasks that have not ended.
    pub(crate) fn tasks(&self) -> usize {
        self.executor.len() + self.spawned.borrow().len()
    }

    /// Starts a process that writes transactions.
    pub(crate) fn start_writer(&mut self, number: u16) {
        let id = self.next_process;
        self.next_process += 1;
        let topics = self.scenario.topics.iter();
        let partitions = topics
            .filter(|(name, _)| name == TRANSFERS)
            .map(|(_, partitions)| *partitions);
        let clock = self.executor.clock().clone();
        let lines = Lines::new(clock.clone(), "writer");
        let stop = Signal::default();
        let writer = Writer {
            number,
            topic: TRANSFERS,
            partitions: partitions.max().unwrap_or(1),
            producer: u16::try_from(id).unwrap_or(u16::MAX),
            brokers: self.scenario.brokers,
            lines: lines.clone(),
            clock,
            trace: self.trace.clone(),
            rng: Rc::new(RefCell::new(self.rng.fork())),
            calm: self.calm.clone(),
            stop: stop.clone(),
            books: Books::default(),
        };
        self.trace
            .note(format_args!("process {id} starts as writer {number}"));
        let process = WriterProcess { number, stop, lines };
        self.writers.insert(id, process);
        self.executor.spawn(id, Box::pin(writer.run()));
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
        let links = self.processes.remove(&id).map(|process| process.links);
        let lines = self.writers.remove(&id).map(|process| process.lines.conns());
        let links = links.unwrap_or_default().into_values().flatten();
        let how = [Some(Closing::Finished), Some(Closing::Reset), None][self.rng.usize(..3)];
        self.trace
            .note(format_args!("process {id} is killed, connections: {how:?}"));
        self.executor.kill(id);
        self.spawned.borrow_mut().retain(|(process, _)| *process != id);
        for conn in links.chain(lines.unwrap_or_default()) {
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
            any |= self.dial();
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
        for (id, rest) in idle {
            let Some(process) = self.processes.get_mut(&id) else {
                continue;
            };
            if rest == Rest::Begun {
                process.fired = 0;
                continue;
            }
            let (machines, requests) = process.engine().map_or((0, 0), |engine| engine.load());
            // Calls; and perhaps a refresh of the metadata that waits for a connection being set up.
            if machines > 1 || requests > 2 {
                let what = format!("process {id} has {machines} machines and {requests} requests at rest");
                self.trace.violate("residue", what);
            }
            // Metadata is refreshed, and connections that are idle are closed.
            if process.fired > FIRED_MAX {
                let what = format!("timers of process {id} went off {} times at rest", process.fired);
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
        ];
        others.into_iter().flatten().chain(processes).min()
    }
}
