//! Writes with acks=all that wait for replicas in sync which stand still.

use std::sync::Arc;
use std::time::Duration;

use protocol::Uuid;
use protocol::messages::produce::ProduceResponse;

use crate::answers::{LinkId, Ticket};
use crate::time::earliest;

/// A write that was appended, and waits until it counts.
#[derive(Debug)]
pub(crate) struct WaitingProduce {
    pub(crate) ticket: Ticket,
    /// When its time is up.
    pub(crate) deadline: Duration,
    /// The broker that was asked.
    pub(crate) broker: i32,
    /// The answer if all goes well.
    pub(crate) response: ProduceResponse,
    pub(crate) awaited: Vec<Awaited>,
}

/// A partition whose high watermark is waited for.
#[derive(Debug)]
pub(crate) struct Awaited {
    pub(crate) topic: Arc<str>,
    pub(crate) partition: i32,
    /// The high watermark at which all is well.
    pub(crate) end: i64,
    /// As the client called the topic; zero where it did so by name.
    pub(crate) topic_id: Uuid,
}

/// All of them. Each is of another connection.
#[derive(Debug, Default)]
pub(crate) struct Produces {
    waiting: Vec<WaitingProduce>,
    /// Whether a high watermark or leader may have changed.
    may_differ: bool,
}

impl Produces {
    pub(crate) fn park(&mut self, waiting: WaitingProduce) {
        self.waiting.push(waiting);
    }

    /// Takes note of that a high watermark or a leader may have changed otherwise than by a write.
    pub(crate) fn note(&mut self) {
        self.may_differ = true;
    }

    /// Takes all, if there may be something to say to one of them.
    pub(crate) fn take_ready(&mut self, now: Duration) -> Vec<WaitingProduce> {
        let may_differ = std::mem::take(&mut self.may_differ);
        if may_differ || self.next_deadline().is_some_and(|at| at <= now) {
            std::mem::take(&mut self.waiting)
        } else {
            Vec::new()
        }
    }

    /// Forgets the write of a connection that is gone, and returns its ticket.
    pub(crate) fn take_of(&mut self, link: LinkId) -> Option<Ticket> {
        let at = self
            .waiting
            .iter()
            .position(|waiting| waiting.ticket.link == link)?;
        Some(self.waiting.remove(at).ticket)
    }

    /// When the first one's time is up.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        let deadlines = self.waiting.iter().map(|waiting| Some(waiting.deadline));
        deadlines.fold(None, earliest)
    }
}
