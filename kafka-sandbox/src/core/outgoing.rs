//! Answers on their way out: at once, or as faults have it.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use protocol::wire::Frame;

use super::gate::AnswerFaults;
use crate::answers::LinkId;
use crate::fault::{Released, RuleId};

/// What is sent later.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    pieces: BTreeMap<(Duration, u64), (Option<RuleId>, Piece)>,
    next: u64,
}

/// A part of an answer, or all of it.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) link: LinkId,
    pub(super) frame: Frame,
    /// Whether it is to be sent apart from what was before it and comes behind it.
    pub(super) apart: bool,
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
        let apart = faults.split.is_some();
        let piece = |frame, then| Piece {
            link,
            frame,
            apart,
            then,
        };
        let every = faults.split.map_or(Duration::ZERO, |(_, every)| every);
        for frame in pieces {
            self.add(at, faults.rule, piece(frame, Then::More));
            at = at.saturating_add(every);
        }
        self.add(at, faults.rule, piece(last, end));
    }

    /// Takes an answer that is sent at a time, and after which the link is closed.
    pub(super) fn push_last(&mut self, at: Duration, link: LinkId, frame: Frame) {
        let piece = Piece {
            link,
            frame,
            apart: false,
            then: Then::Close,
        };
        self.add(at, None, piece);
    }

    /// Takes the next piece whose time has come.
    pub(super) fn pop(&mut self, now: Duration) -> Option<Piece> {
        let first = self.pieces.first_entry()?;
        (first.key().0 <= now).then(|| first.remove().1)
    }

    /// When the next piece is to be sent.
    pub(super) fn next_deadline(&self) -> Option<Duration> {
        self.pieces.first_key_value().map(|(&(at, _), _)| at)
    }

    /// Sends what these rules keep back as soon as possible.
    pub(super) fn release(&mut self, now: Duration, released: &Released) {
        let is_kept = |rule: Option<RuleId>| rule.is_some_and(|rule| released.has(rule));
        let pieces = std::mem::take(&mut self.pieces).into_iter();
        // Those that go now stay in the order they were given in.
        let pieces = pieces.map(|((at, order), (rule, piece))| {
            let at = if is_kept(rule) { at.min(now) } else { at };
            ((at, order), (rule, piece))
        });
        self.pieces = pieces.collect();
    }

    fn add(&mut self, at: Duration, rule: Option<RuleId>, piece: Piece) {
        self.pieces.insert((at, self.next), (rule, piece));
        self.next += 1;
    }
}

fn pieces(frame: Frame, faults: &AnswerFaults) -> Vec<Frame> {
    if faults.truncate.is_none() && faults.corrupt.is_none() && faults.split.is_none() {
        return vec![frame];
    }
    let mut bytes = frame.to_bytes().to_vec();
    if let Some(byte) = faults.corrupt {
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
