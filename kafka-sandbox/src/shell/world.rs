//! The core, and what is on its way between it and the sockets: what is done while the lock is held.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::ops::Bound;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use rustc_hash::FxHashMap;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::limits::Limits;
use super::listener::Listener;
use super::outbox::{Due, End, Outbox, Turn, make_room};
use crate::answers::LinkId;
use crate::core::{Action, Core};
use crate::time::{Now, earliest};

/// How long it takes until the connections are looked through again, at least.
const SWEEP_PAUSE: Duration = Duration::from_secs(1);
/// How long it takes until a port that somebody else took is tried again.
const LISTEN_PAUSE: Duration = Duration::from_millis(100);

/// What the lock is around.
pub(super) struct World {
    pub(super) core: Core,
    pub(super) limits: Limits,
    pub(super) runtime: Handle,
    pub(super) listeners: BTreeMap<i32, Listener>,
    /// The broker whose listener a connection was taken from last.
    pub(super) accepted_last: i32,
    pub(super) outboxes: FxHashMap<LinkId, Outbox>,
    /// Links that are not read from until something has changed.
    pub(super) stopped: Vec<LinkId>,
    /// Bytes that arrived and wait, over all links.
    pub(super) received: usize,
    /// Bytes of answers that have not left, over all links.
    pub(super) unsent: usize,
    /// When the connections are looked through for those that have been idle too long.
    pub(super) sweeps_at: Option<Duration>,
    /// When a port that was lost is tried again.
    pub(super) listens_at: Option<Duration>,
    pub(super) driver: Option<Waker>,
    /// Until when the driver sleeps.
    pub(super) wakes_at: Option<Duration>,
    pub(super) arrivals: Arc<Notify>,
    /// How many requests had arrived when that was last told.
    pub(super) told: u64,
    pub(super) ended: bool,
}

/// A connection that came in.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) broker: i32,
    /// None when there are too many.
    pub(super) stream: Option<TcpStream>,
    pub(super) from: SocketAddr,
}

impl World {
    pub(super) fn poll_accept(
        &mut self,
        cx: &mut Context<'_>,
        wake: &mut Vec<Waker>,
    ) -> Poll<io::Result<Accepted>> {
        // Behind the one that was served last, lest a flood at one broker keeps others from theirs.
        let last = self.accepted_last;
        let behind = (Bound::Excluded(last), Bound::Unbounded);
        let before = (Bound::Unbounded, Bound::Included(last));
        for range in [behind, before] {
            for (&broker, listener) in self.listeners.range_mut(range) {
                let Poll::Ready(accepted) = listener.poll_accept(cx) else {
                    continue;
                };
                self.accepted_last = broker;
                let (stream, from) = accepted?;
                let fits =
                    listener.open < self.limits.connections || make_room(&mut self.outboxes, broker, wake);
                listener.open += usize::from(fits);
                let stream = fits.then_some(stream);
                return Poll::Ready(Ok(Accepted { broker, stream, from }));
            }
        }
        Poll::Pending
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the inside of a function that takes the lock"
    )]
    pub(super) fn turn(
        &mut self,
        now: Now,
        link: LinkId,
        input: &[u8],
        sent: bool,
        waker: &Waker,
        frames: &mut Vec<Due>,
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
            let left = outbox.note_sent();
            self.unsent -= left;
            self.core.handle_sent(now, link, left);
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
    pub(super) fn settle(&mut self, now: Now, wake: &mut Vec<Waker>) {
        while self.received > self.limits.received && self.close_largest(now, wake) {}
        while let Some(action) = self.core.poll_action() {
            match action {
                Action::Write { link, frame, apart } => {
                    if let Some(outbox) = self.outboxes.get_mut(&link) {
                        let bytes = frame.len();
                        self.unsent += bytes;
                        if outbox.unsent == 0 {
                            outbox.active = now.elapsed;
                        }
                        outbox.unsent += bytes;
                        outbox.spoke = true;
                        outbox.frames.push(Due { frame, apart });
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
        let total = self.core.requests_total();
        if std::mem::replace(&mut self.told, total) != total {
            self.arrivals.notify_waiters();
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
    pub(super) fn sweep(&mut self, now: Now, wake: &mut Vec<Waker>) {
        let too_much = self.unsent > self.limits.unsent;
        let mut next = None;
        for (&link, outbox) in &mut self.outboxes {
            if outbox.end.is_some() {
                continue;
            }
            let due = match outbox {
                // Whoever asks a broker that is paused waits for it.
                _ if self.core.is_held_up(link) => now.elapsed.saturating_add(self.limits.setup),
                Outbox { spoke: false, .. } => outbox.opened.saturating_add(self.limits.setup),
                Outbox { unsent: 1.., .. } if too_much => outbox.active.saturating_add(self.limits.stall),
                _ => outbox.active.saturating_add(self.limits.idle),
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
    pub(super) fn reopen(&mut self, now: Now, wake: &mut Vec<Waker>) {
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

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        let own = earliest(self.sweeps_at, self.listens_at);
        earliest(self.core.next_deadline(), own)
    }

    /// The driver, if it has to be woken before its time.
    pub(super) fn rouse_driver(&mut self) -> Option<Waker> {
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
