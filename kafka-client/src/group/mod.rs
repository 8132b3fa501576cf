//! Membership in a group: the classic protocol, where members join and one of them, the leader, assigns.
//!
//! | file | holds |
//! |---|---|
//! | [`assignor`] | range, round robin, sticky, cooperative-sticky |
//! | [`Member`] | join, sync, heartbeat, leave: one state machine |
//!
//! The protocol of KIP-848, where the coordinator assigns, gets a machine of its own beside [`Member`] that gives out the
//! same [`MemberEvent`]s.

pub mod assignor;
mod error;
mod member;
mod requests;
mod wire;

pub use error::GroupError;
pub use member::{Identity, Leaving, Member, MemberConfig, MemberEvent};
