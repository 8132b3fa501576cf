//! `LeaderChangeMessage`: not a call, but data.

use protocol_derive::{Data, DataPart};

use crate::Uuid;

/// The control record that says who leads the metadata quorum (KIP-595).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=1, flexible = 0..)]
pub struct LeaderChangeMessage {
    /// The version of the format.
    pub version: i16,
    /// The id of the leader.
    pub leader_id: i32,
    /// The voters.
    pub voters: Vec<Voter>,
    /// The voters that elected the leader.
    pub granting_voters: Vec<Voter>,
}

/// A voter.
#[derive(Clone, PartialEq, DataPart)]
pub struct Voter {
    /// The id of the voter.
    pub voter_id: i32,
    /// The id of the voter's metadata directory (KIP-853).
    #[kafka(versions = 1..)]
    pub voter_directory_id: Uuid,
}
