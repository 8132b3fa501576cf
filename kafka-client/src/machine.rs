//! What the engine asks of every machine it composes.
//!
//! A machine is pure: it learns of the world by `handle_*`, is asked for what it wants by [`Machine::poll_wish`],
//! and says by [`Machine::next_deadline`] when it wants to be asked again. Time is an argument. What passes between a
//! machine and the caller's task goes through a [`port`](crate::port) or other shared data of the machine's own; the
//! waker of that data makes the engine call [`Machine::handle_wakeup`].

use std::fmt;
use std::sync::Arc;

use crate::cluster::{Broker, CoordinatorKind, Metadata, NodeId};
use crate::connection::{Answer, Ask};
use crate::time::Moment;

/// A state machine that the engine runs.
pub trait Machine: Send + fmt::Debug {
    /// When a caller may have left something: a command, a sealed batch, room in a buffer.
    fn handle_wakeup(&mut self, now: Moment, metadata: &Metadata);

    /// When a new metadata snapshot is in force, and when a refresh has ended without anything new.
    fn handle_metadata(&mut self, now: Moment, metadata: &Metadata);

    /// When an ask of this machine was answered.
    fn handle_answer(&mut self, now: Moment, metadata: &Metadata, answer: Answer);

    /// When the moment of [`Machine::next_deadline`] has come.
    fn handle_deadline(&mut self, now: Moment, metadata: &Metadata);

    /// The next thing the machine wants. The engine asks until there is none, after each `handle_*`.
    fn poll_wish(&mut self, now: Moment, metadata: &Metadata) -> Option<Wish>;

    /// When the machine wants [`Machine::handle_deadline`] to be called.
    fn next_deadline(&self) -> Option<Moment>;

    /// The topics whose metadata the machine needs. Asked after a [`Wish::Refresh`] and at each refresh.
    fn topics(&self) -> TopicInterest;

    /// Whether the machine has ended and can be dropped. Once true it has no ask in flight that matters.
    fn is_done(&self) -> bool;
}

/// What a machine wants.
#[derive(Debug)]
pub enum Wish {
    /// A request sent.
    Send(Ask),
    /// Metadata refreshed soon: something is stale or new topics are of interest. The engine merges such wishes
    /// and spaces the refreshes by the retry back-off.
    Refresh,
    /// The coordinator of this key looked up anew: the one that was asked says it is not.
    ForgetCoordinator(CoordinatorKind, Arc<str>),
    /// A newer leader put into the metadata at once (KIP-951). The engine ignores it when it knows a newer epoch.
    Leader(LeaderHint),
}

/// The leader that a broker named in an error reply (KIP-951).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderHint {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub partition: i32,
    /// Its new leader.
    pub leader: NodeId,
    /// The new leader's epoch.
    pub epoch: i32,
    /// Where that leader is, when the reply said so.
    pub endpoint: Option<Broker>,
}

/// Topics that a machine needs the metadata of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TopicInterest {
    /// Every topic of the cluster, e.g. for a subscription by pattern.
    All,
    /// No topic; brokers and controller only.
    #[default]
    None,
    /// These. `create` asks the broker to create those that do not exist, where it is set to do so.
    These {
        /// Their names.
        names: Vec<Arc<str>>,
        /// Whether the broker may create them.
        create: bool,
    },
}
