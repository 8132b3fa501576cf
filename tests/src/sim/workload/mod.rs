//! What processes do with their clients.

mod consumer;
mod producer;

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use kafka_client::client::Client;

use super::event::Event;
use super::executor::{Clock, Job, Signal};
use super::scenario::Role;
use super::trace::Trace;

/// What a task has to live by.
#[derive(Clone)]
pub(crate) struct Life {
    pub(crate) process: usize,
    pub(crate) client: Client,
    pub(crate) clock: Clock,
    pub(crate) trace: Trace,
    /// Given when the faults are over.
    pub(crate) calm: Signal,
    /// Given when everybody has been handed everything.
    pub(crate) done: Signal,
    /// Given when the process is to end in order.
    pub(crate) stop: Signal,
    pub(crate) rng: Rc<RefCell<fastrand::Rng>>,
    pub(crate) spawned: Rc<RefCell<Vec<(usize, Job)>>>,
    /// Processes that have closed all handles: now, or a while ago.
    pub(crate) idle: Rc<RefCell<Vec<(usize, Rest)>>>,
}

/// Where a process stands that has nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    Begun,
    Had,
}

/// Longer than any request takes.
const REST: Duration = Duration::from_secs(10);

impl Life {
    /// Starts another task of the same process.
    pub(crate) fn spawn(&self, job: impl Future<Output = ()> + 'static) {
        self.spawned.borrow_mut().push((self.process, Box::pin(job)));
    }

    /// Draws something.
    pub(crate) fn draw<T>(&self, from: impl FnOnce(&mut fastrand::Rng) -> T) -> T {
        from(&mut self.rng.borrow_mut())
    }

    /// Waits for about as long.
    pub(crate) async fn pause(&self, mean: Duration) {
        let time = self.draw(|rng| mean.mul_f64(2.0 * rng.f64()));
        if !time.is_zero() {
            self.clock.sleep(time).await;
        }
    }

    /// Waits for about as long, unless the faults are over: then everybody hurries.
    pub(crate) async fn think(&self, mean: Duration) {
        if !self.calm.is_given() {
            self.pause(mean).await;
        }
    }

    /// Takes note that something is wrong.
    pub(crate) fn improper(&self, what: String) {
        let process = self.process;
        self.trace.tell(Event::Improper { process, what });
    }
}

/// The first task of a process.
pub(crate) fn run(role: Role, life: Life) -> Job {
    Box::pin(async move {
        match role {
            Role::Consumer(role) => consumer::run(role, &life).await,
            Role::Producer(role) => producer::run(role, &life).await,
        }
        // Whatever was still under way when the last handle was closed has ended some time later.
        life.calm.given().await;
        life.idle.borrow_mut().push((life.process, Rest::Begun));
        life.clock.sleep(REST).await;
        life.idle.borrow_mut().push((life.process, Rest::Had));
        life.clock.sleep(Duration::from_millis(1)).await;
        life.client.close().await;
        let process = life.process;
        life.trace.tell(Event::Left { process });
    })
}
