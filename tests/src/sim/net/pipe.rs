//! One connection, and its two directions.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use kafka_client::engine::LinkId as ClientLink;
use kafka_sandbox::answers::LinkId as BrokerLink;

use super::end::{Closing, End};

/// A connection as both sides see it.
#[derive(Debug)]
pub(crate) struct Conn {
    pub(crate) process: usize,
    /// What the client's engine calls it, where the client has one.
    pub(crate) client: Option<ClientLink>,
    pub(crate) broker: i32,
    /// The broker's name for it, once it took it in.
    pub(crate) link: Option<BrokerLink>,
    /// Whether each end still takes part.
    pub(super) client_open: bool,
    pub(super) broker_open: bool,
    pub(super) up: Pipe,
    pub(super) down: Pipe,
}

/// One direction.
#[derive(Debug, Default)]
pub(super) struct Pipe {
    pub(super) items: VecDeque<(Duration, Item)>,
    pub(super) latency: Duration,
    /// Nothing arrives earlier than what was sent before.
    pub(super) last: Duration,
    pub(super) bytes: usize,
    pub(super) clogged_until: Duration,
    /// What is sent vanishes.
    pub(super) is_dead: bool,
    /// The receiver takes nothing at present.
    pub(super) is_full: bool,
    /// Reports that are due once it has drained.
    pub(super) reports: usize,
}

#[derive(Debug)]
pub(super) enum Item {
    Bytes(Bytes),
    Closing(Closing),
    Connected(bool),
    Dial,
}

impl Conn {
    pub(super) fn pipe(&mut self, to: End) -> &mut Pipe {
        match to {
            End::Broker => &mut self.up,
            End::Client => &mut self.down,
        }
    }
}

impl Pipe {
    /// Puts together what has arrived one behind the other.
    pub(super) fn merge(&mut self, now: Duration, first: Bytes) -> Bytes {
        let mut merged = BytesMut::new();
        while let Some((due, Item::Bytes(next))) = self.items.front()
            && *due <= now
        {
            if merged.is_empty() {
                merged.extend_from_slice(&first);
            }
            self.bytes -= next.len();
            merged.extend_from_slice(next);
            self.items.pop_front();
        }
        if merged.is_empty() { first } else { merged.freeze() }
    }
}
