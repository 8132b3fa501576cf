//! An engine without a runtime, for simulations: somebody else is its network and its clocks.

use std::sync::Arc;
use std::task::Waker;

use super::clock::CoarseClock;
use super::handle::EngineHandle;
use super::shared::{Event, Shared, Shown};
use crate::cluster::EndpointError;
use crate::config::ConnectionConfig;
use crate::engine::Engine;
use crate::time::Moment;

/// An engine that works when it is told to, in the thread that tells it.
///
/// Whoever holds it does what the engine task does otherwise: calls [`work`](Self::work) when the waker was woken or
/// a deadline has come, hands the engine what arrives, and does its actions. When it is dropped the engine has ended,
/// for its handles too.
#[derive(Debug)]
pub struct ManualEngine {
    /// None after it ended.
    engine: Option<Engine>,
    shared: Arc<Shared>,
    events: Vec<Event>,
    shown: Shown,
}

impl ManualEngine {
    /// Starts an engine at [`Moment::START`], which is `unix_ms` milliseconds since 1970, and gives the handle that
    /// producers, consumers and admin clients are made of.
    ///
    /// # Errors
    ///
    /// When a bootstrap server is not `host:port`, or there is none.
    pub fn start(
        config: &Arc<ConnectionConfig>,
        seed: [u8; 32],
        unix_ms: i64,
    ) -> Result<(EngineHandle, Self), EndpointError> {
        let mut engine = Engine::new(config.clone(), seed)?;
        let shared = Arc::new(Shared::new(CoarseClock::manual(unix_ms)));
        engine.handle_start(Moment::START);
        let handle = EngineHandle::over(shared.clone(), None);
        let manual = Self {
            engine: Some(engine),
            shared,
            events: Vec::new(),
            shown: Shown::default(),
        };
        Ok((handle, manual))
    }

    /// Sets the clock that handles read.
    pub fn tick(&self, now: Moment, unix_ms: i64) {
        self.shared.clock.set_to(now, unix_ms);
    }

    /// Takes in what handles left and does what is due, once. Returns whether there was anything; if not, `sleeper` is
    /// woken when a handle leaves something. Ends the engine when the handles want it to.
    pub fn work(&mut self, now: Moment, sleeper: &Waker) -> bool {
        let work = self.shared.look(&mut self.events, sleeper);
        let Some(engine) = &mut self.engine else {
            return false;
        };
        if work.stop {
            self.end();
            return true;
        }
        let due = engine.next_deadline().is_some_and(|at| at <= now);
        let any = due || work.woken || !self.events.is_empty();
        for event in self.events.drain(..) {
            // Everything else comes by the engine's own methods.
            if let Event::Install(machine) = event {
                engine.install(now, machine);
            }
        }
        if work.woken {
            engine.handle_wakeup(now);
        }
        if due {
            engine.handle_deadline(now);
        }
        any
    }

    /// The engine, to hand it what arrives and to take its actions; none after it ended. Call [`show`](Self::show)
    /// afterwards.
    pub fn engine(&mut self) -> Option<&mut Engine> {
        self.engine.as_mut()
    }

    /// When [`work`](Self::work) has something to do although nothing happened.
    pub fn next_deadline(&self) -> Option<Moment> {
        self.engine.as_ref().and_then(Engine::next_deadline)
    }

    /// Shows the engine's status and metadata to the handles, if they changed.
    pub fn show(&mut self) {
        if let Some(engine) = &self.engine {
            self.shown.update(engine, &self.shared);
        }
    }

    fn end(&mut self) {
        // Machines tell their callers when they are dropped.
        self.engine = None;
        self.shared.end(None);
    }
}

impl Drop for ManualEngine {
    fn drop(&mut self) {
        self.end();
    }
}
