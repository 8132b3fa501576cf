//! Fetches records ahead of the caller.
//!
//! A broker answers one request of a connection at a time, so a fetch that waits for data holds up what is behind it.
//! Therefore partitions are fetched in two ways:
//!
//! - those that are known to have data, or of which nothing is known yet: by fetches that do not wait, without a
//!   session, up to two under way per broker over disjoint partitions;
//! - those that are drained: by one fetch per broker that waits, on a connection of its own and within a session
//!   (KIP-227), so that thousands of idle partitions cost a few bytes per fetch.
//!
//! What is under way and what lies in the buffer share one budget.

mod answer;
mod plan;
mod session;

use std::collections::BTreeMap;

use protocol::{Uuid, VersionRange};
use rustc_hash::FxHashMap;

use self::session::Session;
use super::buffer::SlotId;
use super::partitions::Partitions;
use crate::cluster::{Metadata, NodeId};
use crate::connection::Answer;
use crate::machine::Wish;
use crate::time::{Moment, earliest};

/// How many fetches that do not wait are under way per broker.
const SWIFT_MAX: usize = 2;

/// Fetches for the partitions of one consumer.
#[derive(Debug)]
pub(crate) struct Fetcher {
    tag_base: u64,
    next_tag: u64,
    flights: BTreeMap<u64, Flight>,
    sessions: BTreeMap<NodeId, Session>,
    /// Until when a broker is left alone after a fetch failed as a whole.
    resting: BTreeMap<NodeId, Rest>,
    /// Bytes that the fetches under way may bring.
    reserved: usize,
    /// The broker for which there was no room: it comes first when there is some.
    hungry: Option<NodeId>,
    stopped: bool,
}

#[derive(Debug)]
struct Rest {
    until: Moment,
    backoff: crate::time::Backoff,
}

/// A fetch under way.
#[derive(Debug)]
struct Flight {
    node: NodeId,
    way: Way,
    /// When it comes back at the latest, if the broker is well.
    back_by: Moment,
    partitions: Vec<SlotId>,
    names: FxHashMap<Uuid, std::sync::Arc<str>>,
    reserved: usize,
}

/// How a fetch goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Within the session of the broker, waiting for data.
    Session {
        /// It sent all partitions, to open a session.
        full: bool,
    },
    /// Without a session, not waiting.
    Swift,
    /// Without a session, waiting while the session's fetch is under way.
    Waiting,
}

impl Fetcher {
    /// The marks of its asks have the bits of `tag_base` set.
    pub(crate) fn new(tag_base: u64) -> Self {
        Self {
            tag_base,
            next_tag: 0,
            flights: BTreeMap::new(),
            sessions: BTreeMap::new(),
            resting: BTreeMap::new(),
            reserved: 0,
            hungry: None,
            stopped: false,
        }
    }

    /// Fetches nothing more.
    pub(crate) fn stop(&mut self) {
        self.stopped = true;
    }

    /// The fetches that are worth sending.
    pub(crate) fn plan(&mut self, now: Moment, partitions: &mut Partitions) -> Vec<Wish> {
        if self.stopped {
            return Vec::new();
        }
        plan::Plan::new(now, self, partitions).run()
    }

    /// When one of its asks was answered. Gives what the metadata needs.
    pub(crate) fn handle_answer(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        partitions: &mut Partitions,
        answer: Answer,
    ) -> Vec<Wish> {
        let Some(flight) = self.flights.remove(&answer.tag) else {
            return Vec::new();
        };
        self.reserved = self.reserved.saturating_sub(flight.reserved);
        answer::Landing {
            now,
            metadata,
            partitions,
            tag: answer.tag,
            flight,
            wishes: Vec::new(),
        }
        .run(self, answer.outcome)
    }

    /// When it wants to plan again although nothing happened.
    pub(crate) fn next_deadline(&self, now: Moment) -> Option<Moment> {
        self.resting
            .values()
            .map(|rest| rest.until)
            .filter(|until| *until > now)
            .fold(None, |a, b| earliest(a, Some(b)))
    }

    fn is_resting(&self, node: NodeId, now: Moment) -> bool {
        self.resting.get(&node).is_some_and(|rest| rest.until > now)
    }
}

/// The versions in which topics may be named by id, or must be by name.
fn versions(all_have_ids: bool) -> VersionRange {
    let all = <protocol::messages::fetch::FetchRequest as protocol::Message>::VERSIONS;
    match all_have_ids {
        true => all,
        false => VersionRange {
            first: all.first,
            last: 12,
        },
    }
}
