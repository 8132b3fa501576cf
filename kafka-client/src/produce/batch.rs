use std::sync::Arc;

use protocol::Uuid;
use protocol::records::{OpenBatch, ProducerStamp, SealedBatch};

use super::cell::{Cell, Share};
use super::error::{Fate, ProduceError};
use super::memory::Charge;
use crate::time::Moment;

/// A batch that was taken from its partition to be sealed.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) records: OpenBatch,
    pub(super) share: Share,
    pub(super) opened: Opened,
    /// Its place among the batches of its partition.
    pub(super) ticket: u64,
    pub(super) place: Place,
}

/// What an open batch needs beside its records.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) cell: &'static Cell,
    pub(super) charge: Charge,
    pub(super) at: Moment,
    /// The topic's id at that time; zero when it is not known.
    pub(super) topic_id: Uuid,
    /// Whether none of its records has a key or was given a partition.
    pub(super) movable: bool,
}

/// Where in its partition a batch stands, for its sequence number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// What it was sealed with.
    pub(super) stamp: ProducerStamp,
    /// Records sealed before it; wraps.
    pub(super) records_before: u32,
    /// Which correction of the partition's stamps it knew.
    pub(super) series: u32,
}

/// A sealed batch on its way to the broker.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) sealed: SealedBatch,
    pub(super) share: Share,
    pub(super) charge: Charge,
    pub(super) opened_at: Moment,
    pub(super) topic_id: Uuid,
    pub(super) movable: bool,
    pub(super) place: Place,
    /// Ascending within its partition; the second number is that of a part, for one that was split.
    pub(super) order: (u64, u32),
    /// How often it was sent.
    pub(super) attempts: u32,
    /// The request that carries it, while one does.
    pub(super) request: u64,
    /// Whether its sequence number is fixed: it was sent with it and not refused for good.
    pub(super) is_numbered: bool,
    /// Whether a request that carried it may have been carried out without our knowing.
    pub(super) maybe_written: bool,
    /// Whether a batch before it was refused for good, so that the broker cannot have accepted this one.
    pub(super) behind_gap: bool,
    /// Why it was not taken so far.
    pub(super) last_error: Option<Arc<ProduceError>>,
}

impl Batch {
    pub(super) fn new(sealed: SealedBatch, share: Share, opened: Opened, place: Place) -> Self {
        Self {
            sealed,
            share,
            charge: opened.charge,
            opened_at: opened.at,
            topic_id: opened.topic_id,
            movable: opened.movable,
            place,
            order: (0, 0),
            attempts: 0,
            request: 0,
            is_numbered: false,
            maybe_written: false,
            behind_gap: false,
            last_error: None,
        }
    }

    /// What becomes of its records when it is given up.
    pub(super) fn fate(&self) -> Fate {
        if self.maybe_written {
            Fate::MaybeWritten
        } else {
            Fate::NotWritten
        }
    }

    /// Takes its number back: the broker has certainly not written it.
    pub(super) fn unnumber(&mut self) {
        self.is_numbered = false;
        self.maybe_written = false;
        self.behind_gap = false;
    }
}
