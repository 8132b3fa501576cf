//! One connection: bytes that wait, and the request that is worked on.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::frame::{FRAME_MAX, FrameDecoder};
use protocol::wire::DecodeError;

use super::Peer;
use crate::handlers::Client;

/// A connection of a client to a broker. Like Kafka's, it takes a request only when the one before is answered.
#[derive(Debug)]
pub(super) struct Link {
    broker: i32,
    client: Client,
    /// None while no bytes wait: an idle connection holds no buffer.
    input: Option<FrameDecoder>,
    busy: bool,
    /// Quiet until then (KIP-219).
    rests_until: Duration,
}

/// Bytes that may wait behind the request that is worked on.
const BEHIND_MAX: usize = 256 * 1024;

impl Link {
    pub(super) fn new(broker: i32, peer: Peer) -> Self {
        Self {
            broker,
            client: Client {
                id: Arc::from(""),
                host: peer.host,
                principal: peer.principal.unwrap_or_else(|| Arc::from("User:ANONYMOUS")),
                listener: peer.listener,
            },
            input: None,
            busy: false,
            rests_until: Duration::ZERO,
        }
    }

    pub(super) fn broker(&self) -> i32 {
        self.broker
    }

    /// Who asks, by the name in the header of the request.
    pub(super) fn client(&mut self, id: Option<&str>) -> Client {
        let id = id.unwrap_or_default();
        if *self.client.id != *id {
            self.client.id = id.into();
        }
        self.client.clone()
    }

    pub(super) fn receive(&mut self, bytes: &[u8]) {
        let input = self.input.get_or_insert_with(|| FrameDecoder::new(FRAME_MAX));
        input.space().extend_from_slice(bytes);
    }

    pub(super) fn is_full(&self) -> bool {
        let waiting = self.input.as_ref().map_or(0, FrameDecoder::buffered);
        self.busy && waiting > BEHIND_MAX
    }

    /// Whether it may take its next request.
    pub(super) fn is_idle(&self, now: Duration) -> bool {
        !self.busy && self.rests_until <= now
    }

    /// The next request that has arrived whole.
    pub(super) fn next_request(&mut self) -> Result<Option<Bytes>, DecodeError> {
        let Some(input) = &mut self.input else {
            return Ok(None);
        };
        let frame = input.next_frame()?;
        if frame.is_none() && input.buffered() == 0 {
            self.input = None;
        }
        Ok(frame)
    }

    pub(super) fn begin(&mut self) {
        self.busy = true;
    }

    pub(super) fn end(&mut self, rests_until: Duration) {
        self.busy = false;
        self.rests_until = rests_until;
    }
}
