use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};

use bytes::Bytes;
use parking_lot::Mutex;
use protocol::wire::DecodeError;

use super::clock::CoarseClock;
use crate::cluster::Metadata;
use crate::connection::Fault;
use crate::engine::{Engine, LinkId, Status, TokenResult};
use crate::machine::Machine;

/// What happened outside, for the engine.
#[derive(Debug)]
pub(super) enum Event {
    BadFrame(LinkId, DecodeError),
    Closed(LinkId, Option<io::Error>),
    Connected(LinkId, Result<(), Fault>),
    Fault(LinkId, Fault),
    Frame(LinkId, Bytes),
    Install(Box<dyn Machine>),
    Resolved(LinkId, Result<Vec<SocketAddr>, Fault>),
    Token(TokenResult),
    Written(LinkId),
}

/// What handles, tasks and the engine task share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) clock: CoarseClock,
    inbox: Mutex<Inbox>,
    /// Whether a machine's waker was woken since the engine last looked.
    woken: AtomicBool,
    status: Mutex<StatusBoard>,
}

#[derive(Debug, Default)]
struct Inbox {
    events: Vec<Event>,
    /// The engine task, while it sleeps.
    sleeper: Option<Waker>,
    stop: bool,
    /// Whether the engine task has ended, and then nothing is taken in.
    ended: bool,
}

#[derive(Debug, Default)]
struct StatusBoard {
    status: Status,
    metadata: Arc<Metadata>,
    ended: bool,
    /// What the engine task died of, if it did not end in peace.
    panic: Option<String>,
    watchers: Vec<Waker>,
}

/// What the engine task finds when it looks.
pub(super) struct Work {
    pub(super) woken: bool,
    pub(super) stop: bool,
}

/// The metadata and status that were shown last.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown(u64, bool, bool, bool);

impl Shown {
    /// Shows a change to those who watch, if there is one.
    pub(super) fn update(&mut self, engine: &Engine, shared: &Shared) {
        let status = engine.status();
        let revision = engine.metadata().revision;
        let now = Self(revision, status.connected, status.hopeless, status.overdue);
        if now != *self {
            *self = now;
            shared.publish(status, engine.metadata());
        }
    }
}

impl Shared {
    pub(super) fn new(clock: CoarseClock) -> Self {
        Self {
            clock,
            inbox: Mutex::default(),
            woken: AtomicBool::new(false),
            status: Mutex::default(),
        }
    }

    /// Leaves an event for the engine; it is dropped when the engine has ended.
    pub(super) fn post(&self, event: Event) {
        let sleeper = {
            let mut inbox = self.inbox.lock();
            if inbox.ended {
                return;
            }
            inbox.events.push(event);
            inbox.sleeper.take()
        };
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }

    /// Asks the engine task to end.
    pub(super) fn stop(&self) {
        let sleeper = {
            let mut inbox = self.inbox.lock();
            inbox.stop = true;
            inbox.sleeper.take()
        };
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }

    /// Moves what happened into `events`, which must be empty. When nothing did, `sleeper` is woken when something
    /// does.
    pub(super) fn look(&self, events: &mut Vec<Event>, sleeper: &Waker) -> Work {
        let mut inbox = self.inbox.lock();
        std::mem::swap(&mut inbox.events, events);
        let work = Work {
            woken: self.woken.swap(false, Ordering::AcqRel),
            stop: inbox.stop,
        };
        if events.is_empty() && !work.woken && !work.stop {
            match &mut inbox.sleeper {
                Some(known) if known.will_wake(sleeper) => {}
                other => *other = Some(sleeper.clone()),
            }
        }
        work
    }

    /// Takes nothing in any more, and tells everybody.
    pub(super) fn end(&self, panic: Option<String>) {
        let dropped = {
            let mut inbox = self.inbox.lock();
            inbox.ended = true;
            inbox.sleeper = None;
            std::mem::take(&mut inbox.events)
        };
        // Machines that were to be installed tell their callers.
        drop(dropped);
        let watchers = {
            let mut board = self.status.lock();
            board.ended = true;
            board.panic = panic;
            std::mem::take(&mut board.watchers)
        };
        watchers.into_iter().for_each(Waker::wake);
    }

    /// Shows how the client is doing.
    pub(super) fn publish(&self, status: &Status, metadata: &Arc<Metadata>) {
        let watchers = {
            let mut board = self.status.lock();
            board.status.clone_from(status);
            board.metadata = metadata.clone();
            std::mem::take(&mut board.watchers)
        };
        watchers.into_iter().for_each(Waker::wake);
    }

    pub(super) fn metadata(&self) -> Arc<Metadata> {
        self.status.lock().metadata.clone()
    }

    /// Asks `look` with the status and whether the engine has ended; if it finds nothing, `watcher` is woken at the
    /// next change.
    pub(super) fn watch<T>(
        &self,
        watcher: &Waker,
        look: impl FnOnce(&Status, bool, Option<&str>) -> Option<T>,
    ) -> Option<T> {
        let mut board = self.status.lock();
        let found = look(&board.status, board.ended, board.panic.as_deref());
        if found.is_none() && !board.watchers.iter().any(|known| known.will_wake(watcher)) {
            board.watchers.push(watcher.clone());
        }
        found
    }
}

/// The waker of the machines.
impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.woken.swap(true, Ordering::AcqRel) {
            return;
        }
        let sleeper = self.inbox.lock().sleeper.take();
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }
}
