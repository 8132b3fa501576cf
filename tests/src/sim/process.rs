//! A process with one client in it: an engine that is driven by hand, and its connections.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};
use std::time::Duration;

use kafka_client::client::Client;
use kafka_client::config::ConnectionConfig;
use kafka_client::engine::{Action, Engine, LinkId};
use kafka_client::io::ManualEngine;
use kafka_client::time::Moment;

use super::cluster::at;
use super::executor::Signal;
use super::net::ConnId;

/// A process.
pub(crate) struct Process {
    engine: ManualEngine,
    /// The number of its role.
    pub(crate) role: usize,
    /// Given when it is to end in order.
    pub(crate) stop: Signal,
    /// Its connections, and names that are being looked up.
    pub(crate) links: BTreeMap<LinkId, Option<ConnId>>,
    /// How often a timer of its engine went off.
    pub(crate) fired: usize,
    /// What [`next_deadline`](Self::next_deadline) said since the engine was last touched: asking it is expensive.
    deadline: Cell<Option<Option<Duration>>>,
    /// What its engine calls the beginning.
    started: Duration,
    alarm: Arc<Alarm>,
    waker: Waker,
}

#[derive(Default)]
struct Alarm(AtomicBool);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Process {
    /// Starts one, and gives the client for its tasks.
    pub(crate) fn start(
        now: Duration,
        role: usize,
        config: &Arc<ConnectionConfig>,
        seed: u64,
    ) -> Result<(Self, Client), String> {
        let mut engine_seed = [0; 32];
        engine_seed[..8].copy_from_slice(&seed.to_le_bytes());
        let (handle, engine) =
            ManualEngine::start(config, engine_seed, at(now).timestamp).map_err(|error| error.to_string())?;
        let alarm = Arc::new(Alarm(AtomicBool::new(true)));
        let process = Self {
            engine,
            role,
            stop: Signal::default(),
            links: BTreeMap::new(),
            fired: 0,
            deadline: Cell::new(None),
            started: now,
            waker: Waker::from(alarm.clone()),
            alarm,
        };
        Ok((process, Client::over(handle, config.clone())))
    }

    /// The time as its engine counts it.
    pub(crate) fn moment(&self, now: Duration) -> Moment {
        Moment::after_start(now.saturating_sub(self.started))
    }

    /// Sets the clock of its handles.
    pub(crate) fn tick(&self, now: Duration) {
        self.engine.tick(self.moment(now), at(now).timestamp);
    }

    /// Whether it has something to do now.
    pub(crate) fn is_due(&self, now: Duration) -> bool {
        self.alarm.0.load(Ordering::Relaxed) || self.next_deadline().is_some_and(|due| due <= now)
    }

    /// Lets the engine do what there is to do, once. Returns whether there was anything.
    pub(crate) fn work(&mut self, now: Duration) -> bool {
        let moment = self.moment(now);
        let is_due = self.next_deadline().is_some_and(|due| due <= now);
        if !is_due && !self.alarm.0.swap(false, Ordering::Relaxed) {
            return false;
        }
        self.fired += usize::from(is_due);
        self.deadline.set(None);
        let any = self.engine.work(moment, &self.waker);
        if any {
            // Only a look that finds nothing leaves the waker behind.
            self.alarm.0.store(true, Ordering::Relaxed);
        }
        any
    }

    /// The engine, to hand it something; none after it ended.
    pub(crate) fn engine(&mut self) -> Option<&mut Engine> {
        self.deadline.set(None);
        self.engine.engine()
    }

    /// Whether the engine ended.
    pub(crate) fn is_over(&mut self) -> bool {
        self.engine.engine().is_none()
    }

    /// The next thing that the engine wants done.
    pub(crate) fn poll_action(&mut self) -> Option<Action> {
        self.engine.engine()?.poll_action()
    }

    /// Shows the handles what the engine knows.
    pub(crate) fn show(&mut self) {
        self.engine.show();
    }

    /// When its engine has something to do although nothing happens.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        if let Some(known) = self.deadline.get() {
            return known;
        }
        let next = self.engine.next_deadline();
        let next = next.map(|next| self.started + next.since_start());
        self.deadline.set(Some(next));
        next
    }
}
