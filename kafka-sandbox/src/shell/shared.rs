//! What the tasks of the shell and the callers of the sandbox share, behind one lock.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use parking_lot::Mutex;
use protocol::wire::Frame;
use rustc_hash::FxHashMap;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::time::Instant;

use super::clock::Clock;
use super::limits::Limits;
use super::listener::Listener;
use crate::answers::LinkId;
use crate::core::{Action, Core, Peer};
use crate::time::{Now, earliest};

/// How long it takes until the connections are looked through again, at least.
const SWEEP_PAUSE: Duration = Duration::from_secs(1);
/// How long it takes until a port that somebody else took is tried again.
const LISTEN_PAUSE: Duration = Duration::from_millis(100);

/// The core, and what is on its way between it and the sockets.
#[derive(Debug)]
pub(crate) struct Shared {
    clock: Clock,
    world: Mutex<World>,
}

struct World {
    core: Core,
    limits: Limits,
    runtime: Handle,
    listeners: BTreeMap<i32, Listener>,
    outboxes: FxHashMap<LinkId, Outbox>,
    /// Links that are not read from until something has changed.
    stopped: Vec<LinkId>,
    /// Bytes that arrived and wait, over all links.
    received: usize,
    /// Bytes of answers that have not left, over all links.
    unsent: usize,
    /// When the connections are looked through for those that have been idle too long.
    sweeps_at: Option<Duration>,
    /// When a port that was lost is tried again.
    listens_at: Option<Duration>,
    driver: Option<Waker>,
    /// Until when the driver sleeps.
    wakes_at: Option<Duration>,
    ended: bool,
}

/// The shell's side of a link.
#[derive(Debug)]
struct Outbox {
    broker: i32,
    frames: Vec<Frame>,
    /// The connection's task, while it waits.
    sleeper: Option<Waker>,
    end: Option<End>,
    /// Bytes that arrived and wait.
    received: usize,
    /// Bytes that have not left.
    unsent: usize,
    opened: Duration,
    /// When it was last read from or written to.
    active: Duration,
    /// Whether a whole request has come.
    spoke: bool,
    stopped: bool,
}

/// A connection that came in.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) broker: i32,
    /// None when there are too many.
    pub(super) stream: Option<TcpStream>,
    pub(super) from: SocketAddr,
}

/// How a connection is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// When what was given to it is written.
    Flushed,
    /// At once.
    Now,
}

/// What a connection is to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Write the frames that it was given, or read.
    Go,
    /// Write the frames that it was given, or wait.
    Wait,
    /// End.
    End(End),
}

impl Shared {
    pub(super) fn new(core: Core, clock: Clock, limits: Limits, listeners: BTreeMap<i32, Listener>) -> Self {
        Self {
            clock,
            world: Mutex::new(World {
                core,
                limits,
                runtime: Handle::current(),
                listeners,
                outboxes: FxHashMap::default(),
                stopped: Vec::new(),
                received: 0,
                unsent: 0,
                sweeps_at: None,
                listens_at: None,
                driver: None,
                wakes_at: None,
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
        let link = world.core.open_link(broker, peer)?;
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
        let due = now.elapsed + world.limits.setup;
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
        frames: &mut Vec<Frame>,
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
            }
            world.core.handle_closed(now, link);
            world.settle(now, &mut wake);
        }
        wake.into_iter().for_each(Waker::wake);
    }
}

impl Outbox {
    /// Notes who is to be woken.
    fn sleep(&mut self, waker: &Waker) {
        match &mut self.sleeper {
            Some(known) => known.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    /// Ends the connection at once.
    fn finish(&mut self, wake: &mut Vec<Waker>) {
        self.end = Some(End::Now);
        wake.extend(self.sleeper.take());
    }
}

impl World {
    fn poll_accept(&mut self, cx: &mut Context<'_>, wake: &mut Vec<Waker>) -> Poll<io::Result<Accepted>> {
        for (&broker, listener) in &mut self.listeners {
            let Poll::Ready(accepted) = listener.poll_accept(cx) else {
                continue;
            };
            let (stream, from) = accepted?;
            let fits = listener.open < self.limits.connections || make_room(&mut self.outboxes, broker, wake);
            listener.open += usize::from(fits);
            let stream = fits.then_some(stream);
            return Poll::Ready(Ok(Accepted { broker, stream, from }));
        }
        Poll::Pending
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the inside of a function that takes the lock"
    )]
    fn turn(
        &mut self,
        now: Now,
        link: LinkId,
        input: &[u8],
        sent: bool,
        waker: &Waker,
        frames: &mut Vec<Frame>,
        wake: &mut Vec<Waker>,
    ) -> Turn {
        let Some(outbox) = self.outboxes.get_mut(&link) else {
            return Turn::End(End::Now);
        };
        // It is awake: nobody needs to wake it.
        outbox.sleeper = None;
        if sent || !input.is_empty() {
            outbox.active = now.elapsed;
        }
        if sent {
            self.unsent -= std::mem::take(&mut outbox.unsent);
            self.core.handle_sent(now, link);
        }
        if !input.is_empty() {
            self.core.handle_bytes(now, link, input);
        }
        if sent || !input.is_empty() {
            self.weigh(link);
            self.settle(now, wake);
        }
        let too_much = self.unsent > self.limits.unsent;
        let full = too_much || self.core.is_full(now, link);
        let Some(outbox) = self.outboxes.get_mut(&link) else {
            return Turn::End(End::Now);
        };
        std::mem::swap(frames, &mut outbox.frames);
        match outbox.end {
            Some(end) if end == End::Now || frames.is_empty() => return Turn::End(end),
            _ => {}
        }
        outbox.sleep(waker);
        if !full {
            return Turn::Go;
        }
        if !std::mem::replace(&mut outbox.stopped, true) {
            self.stopped.push(link);
        }
        Turn::Wait
    }

    /// Counts what a link holds of what has arrived, and closes the one that holds most when all hold too much.
    fn weigh(&mut self, link: LinkId) {
        let holds = self.core.buffered(link);
        if let Some(outbox) = self.outboxes.get_mut(&link) {
            self.received = self.received - outbox.received + holds;
            outbox.received = holds;
            outbox.spoke |= holds == 0;
        }
    }

    /// Hands out what the core wants done.
    fn settle(&mut self, now: Now, wake: &mut Vec<Waker>) {
        while self.received > self.limits.received && self.close_largest(now, wake) {}
        while let Some(action) = self.core.poll_action() {
            match action {
                Action::Write { link, frame } => {
                    if let Some(outbox) = self.outboxes.get_mut(&link) {
                        let bytes = frame.len();
                        self.unsent += bytes;
                        if outbox.unsent == 0 {
                            outbox.active = now.elapsed;
                        }
                        outbox.unsent += bytes;
                        outbox.spoke = true;
                        outbox.frames.push(frame);
                        wake.extend(outbox.sleeper.take());
                    }
                }
                Action::Close(link) => {
                    if let Some(outbox) = self.outboxes.get_mut(&link) {
                        outbox.end = outbox.end.max(Some(End::Flushed));
                        wake.extend(outbox.sleeper.take());
                    }
                }
                Action::Listen { broker, accept } => self.listen(now, broker, accept, wake),
            }
        }
        if !self.stopped.is_empty() && self.unsent <= self.limits.unsent {
            self.restart(now, wake);
        }
        if self.unsent > self.limits.unsent {
            self.sweeps_at = earliest(self.sweeps_at, Some(now.elapsed + SWEEP_PAUSE));
        }
        wake.extend(self.rouse_driver());
    }

    /// Lets links be read from again that can take more.
    fn restart(&mut self, now: Now, wake: &mut Vec<Waker>) {
        let Self {
            core,
            outboxes,
            stopped,
            ..
        } = self;
        stopped.retain(|&link| {
            let Some(outbox) = outboxes.get_mut(&link) else {
                return false;
            };
            outbox.stopped = core.is_full(now, link);
            if !outbox.stopped {
                wake.extend(outbox.sleeper.take());
            }
            outbox.stopped
        });
    }

    /// Closes the connection that holds most of what has arrived. Returns whether there is one.
    fn close_largest(&mut self, now: Now, wake: &mut Vec<Waker>) -> bool {
        let held = self.outboxes.iter_mut();
        let Some((&link, outbox)) = held.max_by_key(|(_, outbox)| outbox.received) else {
            return false;
        };
        tracing::warn!(
            "a connection to broker {} is closed that holds {} bytes: too much has arrived that waits",
            outbox.broker,
            outbox.received
        );
        let held = std::mem::take(&mut outbox.received);
        self.received -= held;
        outbox.finish(wake);
        self.core.handle_closed(now, link);
        held > 0
    }

    /// Ends connections that never spoke, were idle too long, or take nothing while too much is unsent.
    fn sweep(&mut self, now: Now, wake: &mut Vec<Waker>) {
        let too_much = self.unsent > self.limits.unsent;
        let mut next = None;
        for (&link, outbox) in &mut self.outboxes {
            if outbox.end.is_some() {
                continue;
            }
            let due = match outbox {
                // Whoever asks a broker that is paused waits for it.
                _ if self.core.is_held_up(link) => now.elapsed + self.limits.setup,
                Outbox { spoke: false, .. } => outbox.opened + self.limits.setup,
                Outbox { unsent: 1.., .. } if too_much => outbox.active + self.limits.stall,
                _ => outbox.active + self.limits.idle,
            };
            if due <= now.elapsed {
                outbox.finish(wake);
            } else {
                next = earliest(next, Some(due));
            }
        }
        self.sweeps_at = next.map(|due| due.max(now.elapsed + SWEEP_PAUSE));
    }

    fn listen(&mut self, now: Now, broker: i32, accept: bool, wake: &mut Vec<Waker>) {
        let Some(listener) = self.listeners.get_mut(&broker) else {
            return;
        };
        listener.accept(accept);
        if accept {
            self.reopen(now, wake);
        } else {
            let _runtime = self.runtime.enter();
            listener.close();
        }
    }

    /// Opens the listeners that should be open and are not.
    fn reopen(&mut self, now: Now, wake: &mut Vec<Waker>) {
        let _runtime = self.runtime.enter();
        for (broker, listener) in &mut self.listeners {
            if let Err(error) = listener.open() {
                tracing::warn!("broker {broker} cannot listen at {}: {error}", listener.address());
                self.listens_at = Some(now.elapsed + LISTEN_PAUSE);
            }
        }
        // It has to wait for connections there, too.
        wake.extend(self.driver.take());
    }

    fn next_deadline(&self) -> Option<Duration> {
        let own = earliest(self.sweeps_at, self.listens_at);
        earliest(self.core.next_deadline(), own)
    }

    /// The driver, if it has to be woken before its time.
    fn rouse_driver(&mut self) -> Option<Waker> {
        let due = self.next_deadline()?;
        if self.wakes_at.is_some_and(|wakes_at| wakes_at <= due) {
            return None;
        }
        self.wakes_at = Some(due);
        self.driver.take()
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("core", &self.core)
            .field("listeners", &self.listeners)
            .field("connections", &self.outboxes.len())
            .finish_non_exhaustive()
    }
}

/// Closes the oldest connection to a broker that never sent a whole request. Returns whether there is one.
fn make_room(outboxes: &mut FxHashMap<LinkId, Outbox>, broker: i32, wake: &mut Vec<Waker>) -> bool {
    let silent = outboxes
        .values_mut()
        .filter(|outbox| outbox.broker == broker && !outbox.spoke && outbox.end.is_none());
    let oldest = silent.min_by_key(|outbox| outbox.opened);
    oldest.map(|outbox| outbox.finish(wake)).is_some()
}
