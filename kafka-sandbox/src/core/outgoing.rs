//! Answers on their way out: at once, or as faults have it.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use protocol::wire::Frame;

use super::gate::AnswerFaults;
use crate::answers::LinkId;

/// What is sent later.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    pieces: BTreeMap<(Duration, u64), Piece>,
    next: u64,
}

/// A part of an answer, or all of it.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) link: LinkId,
    pub(super) frame: Frame,
    pub(super) then: Then,
}

/// What follows a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// More of the same answer.
    More,
    /// The next request of the link.
    Next,
    /// Nothing: the link is closed.
    Close,
}

impl Outgoing {
    /// Takes an answer that faults were put on.
    pub(super) fn push(&mut self, now: Duration, link: LinkId, frame: Frame, faults: &AnswerFaults) {
        let end = match faults.truncate {
            Some(_) => Then::Close,
            None => Then::Next,
        };
        let mut at = now.saturating_add(faults.delay);
        let mut pieces = pieces(frame, faults);
        let last = pieces.pop().unwrap_or_default();
        let every = faults.split.map_or(Duration::ZERO, |(_, every)| every);
        for frame in pieces {
            self.add(at, link, frame, Then::More);
            at = at.saturating_add(every);
        }
        self.add(at, link, last, end);
    }

    /// Takes an answer that is sent at a time, and after which the link is closed.
    pub(super) fn push_last(&mut self, at: Duration, link: LinkId, frame: Frame) {
        self.add(at, link, frame, Then::Close);
    }

    /// Takes the next piece whose time has come.
    pub(super) fn pop(&mut self, now: Duration) -> Option<Piece> {
        let first = self.pieces.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }

    /// When the next piece is to be sent.
    pub(super) fn next_deadline(&self) -> Option<Duration> {
        self.pieces.first_key_value().map(|(&(at, _), _)| at)
    }

    fn add(&mut self, at: Duration, link: LinkId, frame: Frame, then: Then) {
        self.pieces.insert((at, self.next), Piece { link, frame, then });
        self.next += 1;
    }
}

fn pieces(frame: Frame, faults: &AnswerFaults) -> Vec<Frame> {
    if faults.truncate.is_none() && faults.corrupt.is_empty() && faults.split.is_none() {
        return vec![frame];
    }
    let mut bytes = frame.to_bytes().to_vec();
    for &byte in &faults.corrupt {
        let at = BEFORE_BODY
            .saturating_add(byte)
            .min(bytes.len().saturating_sub(1));
        if let Some(byte) = bytes.get_mut(at) {
            *byte = !*byte;
        }
    }
    if let Some(length) = faults.truncate {
        bytes.truncate(length);
    }
    let size = faults.split.map_or(usize::MAX, |(size, _)| size);
    let mut rest = Bytes::from(bytes);
    let mut frames = Vec::new();
    while !rest.is_empty() {
        let piece = rest.split_to(size.min(rest.len()));
        frames.push(Frame { chunks: vec![piece] });
    }
    frames
}

/// Bytes of the length and the correlation id.
const BEFORE_BODY: usize = 8;
