//! Requests on their way to a broker.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::cluster::{CoordinatorKind, Lane, Target};
use crate::connection::{Body, Ticket};
use crate::time::Moment;

/// A request that is not on the wire yet.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) ticket: Ticket,
    pub(super) target: Target,
    pub(super) lane: Lane,
    pub(super) body: Box<dyn Body>,
    pub(super) deadline: Moment,
    pub(super) timeout: Duration,
    pub(super) answered: bool,
}

/// Requests that wait for something to be found out before they have a broker.
#[derive(Debug, Default)]
pub(super) struct Parked {
    pub(super) metadata: Vec<Pending>,
    pub(super) coordinators: BTreeMap<(CoordinatorKind, Arc<str>), Vec<Pending>>,
    /// No deadline is earlier.
    pub(super) until: Option<Moment>,
}
