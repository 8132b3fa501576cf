//! The shell's side of a link: what waits to be written, and when something last happened.

use std::task::Waker;
use std::time::Duration;

use protocol::wire::Frame;
use rustc_hash::FxHashMap;

use crate::answers::LinkId;

/// The shell's side of a link.
#[derive(Debug)]
pub(super) struct Outbox {
    pub(super) broker: i32,
    pub(super) frames: Vec<Due>,
    /// The connection's task, while it waits.
    pub(super) sleeper: Option<Waker>,
    pub(super) end: Option<End>,
    /// Bytes that arrived and wait.
    pub(super) received: usize,
    /// Bytes that have not left.
    pub(super) unsent: usize,
    pub(super) opened: Duration,
    /// When it was last read from or written to.
    pub(super) active: Duration,
    /// Whether a whole request has come.
    pub(super) spoke: bool,
    pub(super) stopped: bool,
}

/// What is to be written.
#[derive(Debug)]
pub(super) struct Due {
    pub(super) frame: Frame,
    /// Whether it is to be written and flushed apart from the rest.
    pub(super) apart: bool,
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

impl Outbox {
    /// Notes who is to be woken.
    pub(super) fn sleep(&mut self, waker: &Waker) {
        match &mut self.sleeper {
            Some(known) => known.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    /// Notes that all that was taken has left, and returns how many bytes that was. What came since still waits.
    pub(super) fn note_sent(&mut self) -> usize {
        let waiting: usize = self.frames.iter().map(|due| due.frame.len()).sum();
        let before = std::mem::replace(&mut self.unsent, waiting);
        before.saturating_sub(waiting)
    }

    /// Ends the connection at once.
    pub(super) fn finish(&mut self, wake: &mut Vec<Waker>) {
        self.end = Some(End::Now);
        wake.extend(self.sleeper.take());
    }
}

/// Closes the oldest connection to a broker that never sent a whole request. Returns whether there is one.
pub(super) fn make_room(
    outboxes: &mut FxHashMap<LinkId, Outbox>,
    broker: i32,
    wake: &mut Vec<Waker>,
) -> bool {
    let silent = outboxes
        .values_mut()
        .filter(|outbox| outbox.broker == broker && !outbox.spoke && outbox.end.is_none());
    let oldest = silent.min_by_key(|outbox| outbox.opened);
    oldest.map(|outbox| outbox.finish(wake)).is_some()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn what_waits_is_unsent_still() {
        let frame = |len| Due {
            frame: Frame {
                chunks: vec![Bytes::from(vec![0; len])],
            },
            apart: false,
        };
        let mut outbox = Outbox {
            broker: 1,
            frames: vec![frame(30), frame(5)],
            sleeper: None,
            end: None,
            received: 0,
            unsent: 135,
            opened: Duration::ZERO,
            active: Duration::ZERO,
            spoke: true,
            stopped: false,
        };
        assert_eq!((outbox.note_sent(), outbox.unsent), (100, 35));
        outbox.frames.clear();
        assert_eq!((outbox.note_sent(), outbox.unsent), (35, 0));
    }
}
