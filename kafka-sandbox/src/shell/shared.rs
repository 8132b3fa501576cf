//! What the tasks of the shell and the callers of the sandbox share, behind one lock.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::clock::Clock;
use super::limits::Limits;
use super::listener::Listener;
use super::outbox::{Due, End, Outbox, Turn};
use super::world::{Accepted, World};
use crate::answers::LinkId;
use crate::core::{Core, Peer};
use crate::time::{Now, earliest};

/// The core, and what is on its way between it and the sockets.
#[derive(Debug)]
pub(crate) struct Shared {
    clock: Clock,
    /// Told when requests have arrived.
    arrivals: Arc<Notify>,
    world: Mutex<World>,
}

impl Shared {
    pub(super) fn new(
        mut core: Core,
        clock: Clock,
        limits: Limits,
        listeners: BTreeMap<i32, Listener>,
    ) -> Self {
        core.limit_answers(limits.answer, limits.unsent);
        let arrivals = Arc::new(Notify::new());
        Self {
            clock,
            arrivals: arrivals.clone(),
            world: Mutex::new(World {
                core,
                limits,
                runtime: Handle::current(),
                listeners,
                accepted_last: i32::MIN,
                outboxes: FxHashMap::default(),
                stopped: Vec::new(),
                received: 0,
                unsent: 0,
                sweeps_at: None,
                listens_at: None,
                driver: None,
                wakes_at: None,
                arrivals,
                told: 0,
                ended: false,
            }),
        }
    }

    /// Works on the core, and has done what follows from it: ports are open or closed when this returns.
    pub(crate) fn with_core<R>(&self, work: impl FnOnce(&mut Core, Now) -> R) -> R {
        let mut wake = Vec::new();
        let result = {
            let mut world = self.world.lock();
            let now = self.clock.now();
            let result = work(&mut world.core, now);
            world.settle(now, &mut wake);
            result
        };
        wake.into_iter().for_each(Waker::wake);
        result
    }

    /// Told when requests have arrived.
    pub(crate) fn arrivals(&self) -> &Notify {
        &self.arrivals
    }

    /// Runs a task of the shell.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        // The lock is not held while the task is handed over.
        let runtime = self.world.lock().runtime.clone();
        runtime.spawn(task);
    }

    /// Ends the driver, and with it all else.
    pub(crate) fn end(&self) {
        let driver = {
            let mut world = self.world.lock();
            world.ended = true;
            world.driver.take()
        };
        driver.into_iter().for_each(Waker::wake);
    }

    /// Lets go of the ports. The runtime must still be there.
    pub(super) fn close(&self) {
        let mut world = self.world.lock();
        world.ended = true;
        world.listeners.clear();
        world.outboxes.clear();
        world.core.flush();
    }

    /// Does what is due, and says until when the driver may sleep. Ready when all is to end.
    pub(super) fn poll_due(&self, cx: &Context<'_>, sleeps_until: &mut Option<Instant>) -> Poll<()> {
        let mut wake = Vec::new();
        let until = {
            let mut world = self.world.lock();
            if world.ended {
                return Poll::Ready(());
            }
            // It is awake: nobody needs to wake it.
            world.driver = None;
            let now = self.clock.now();
            if world.core.next_deadline().is_some_and(|due| due <= now.elapsed) {
                world.core.handle_deadline(now);
            }
            if world.sweeps_at.is_some_and(|due| due <= now.elapsed) {
                world.sweep(now, &mut wake);
            }
            if world.listens_at.is_some_and(|due| due <= now.elapsed) {
                world.listens_at = None;
                world.reopen(now, &mut wake);
            }
            world.settle(now, &mut wake);
            world.wakes_at = world.next_deadline();
            world.driver = Some(cx.waker().clone());
            world.wakes_at
        };
        wake.into_iter().for_each(Waker::wake);
        *sleeps_until = until.map(|elapsed| self.clock.instant(elapsed).into());
        Poll::Pending
    }

    /// Takes a connection that a broker's listener has, and counts it. An error is the listener's, and will pass.
    pub(super) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<Accepted>> {
        let mut wake = Vec::new();
        let accepted = self.world.lock().poll_accept(cx, &mut wake);
        wake.into_iter().for_each(Waker::wake);
        accepted
    }

    /// Forgets a connection that was counted.
    pub(super) fn uncount(&self, broker: i32) {
        if let Some(listener) = self.world.lock().listeners.get_mut(&broker) {
            listener.open = listener.open.saturating_sub(1);
        }
    }

    /// Gives a connection to the core; none when the broker is down.
    pub(super) fn open_link(&self, broker: i32, peer: Peer) -> Option<LinkId> {
        let mut world = self.world.lock();
        let now = self.clock.now();
        let link = world.core.open_link(now, broker, peer)?;
        world.core.pace_link(link);
        let outbox = Outbox {
            broker,
            frames: Vec::new(),
            sleeper: None,
            end: None,
            received: 0,
            unsent: 0,
            opened: now.elapsed,
            active: now.elapsed,
            spoke: false,
            stopped: false,
        };
        world.outboxes.insert(link, outbox);
        let due = now
            .elapsed
            .saturating_add(world.limits.setup.min(world.limits.idle));
        world.sweeps_at = earliest(world.sweeps_at, Some(due));
        let driver = world.rouse_driver();
        drop(world);
        driver.into_iter().for_each(Waker::wake);
        Some(link)
    }

    /// A connection's turn: it hands in what it has read, and whether all it had to write has left, and gets what is to be
    /// written.
    pub(super) fn turn(
        &self,
        link: LinkId,
        input: &[u8],
        sent: bool,
        waker: &Waker,
        frames: &mut Vec<Due>,
    ) -> Turn {
        let mut wake = Vec::new();
        let turn = {
            let mut world = self.world.lock();
            world.turn(self.clock.now(), link, input, sent, waker, frames, &mut wake)
        };
        wake.into_iter().for_each(Waker::wake);
        turn
    }

    /// A connection's word that its client has taken something, but not all yet. Returns how it is to end, if it is.
    pub(super) fn stuck(&self, link: LinkId, moved: bool, waker: &Waker) -> Option<End> {
        let mut world = self.world.lock();
        let Some(outbox) = world.outboxes.get_mut(&link) else {
            return Some(End::Now);
        };
        if moved {
            outbox.active = self.clock.now().elapsed;
        }
        outbox.sleep(waker);
        outbox.end
    }

    /// Forgets a connection.
    pub(super) fn closed(&self, link: LinkId) {
        let mut wake = Vec::new();
        {
            let mut world = self.world.lock();
            if world.ended {
                return;
            }
            let now = self.clock.now();
            if let Some(outbox) = world.outboxes.remove(&link) {
                world.received -= outbox.received;
                world.unsent -= outbox.unsent;
                world.core.handle_closed(now, link);
                world.core.handle_sent(now, link, outbox.unsent);
            }
            world.settle(now, &mut wake);
        }
        wake.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::net::TcpStream;

    use super::*;
    use crate::profile::Profile;
    use crate::security::SecuritySettings;
    use crate::state::Settings;
    use crate::storage::MemoryStorage;

    #[tokio::test(flavor = "current_thread")]
    async fn brokers_take_turns_with_their_connections() {
        let clock = Clock::start();
        let settings = Settings {
            cluster_id: None,
            brokers: Vec::new(),
            profile: Profile::default(),
            properties: BTreeMap::new(),
            security: SecuritySettings::default(),
            seed: 7,
        };
        let core = Core::new(clock.now(), settings, Box::new(MemoryStorage::default())).unwrap();
        let mut listeners = BTreeMap::new();
        let mut clients = Vec::new();
        for broker in 1..=3 {
            let mut listener = Listener::reserve(([127, 0, 0, 1], 0).into()).unwrap();
            listener.accept(true);
            listener.open().unwrap();
            for _ in 0..3 {
                clients.push(TcpStream::connect(listener.address()).await.unwrap());
            }
            listeners.insert(broker, listener);
        }
        let shared = Shared::new(core, clock, Limits::default(), listeners);
        let mut served = Vec::new();
        while served.len() < clients.len() {
            let accepted = poll_fn(|cx| shared.poll_accept(cx)).await.unwrap();
            served.push(accepted.broker);
        }
        assert_eq!(served, [1, 2, 3, 1, 2, 3, 1, 2, 3]);
    }
}
