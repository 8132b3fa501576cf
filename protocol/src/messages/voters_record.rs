//! `VotersRecord`: not a call, but data.

use protocol_derive::{Data, DataPart};

use crate::Uuid;

/// The control record with the voters of the metadata quorum (KIP-853).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct VotersRecord {
    /// The version of the format.
    pub version: i16,
    /// The voters.
    pub voters: Vec<Voter>,
}

/// A voter.
#[derive(Clone, PartialEq, DataPart)]
pub struct Voter {
    /// The id of the voter.
    pub voter_id: i32,
    /// The id of the voter's metadata directory (KIP-853).
    pub voter_directory_id: Uuid,
    /// The endpoints.
    pub endpoints: Vec<Endpoint>,
    /// The versions of `kraft.version` that the voter supports.
    pub kraft_version_feature: KRaftVersionFeature,
}

/// Where to reach the voter, on one listener.
#[derive(Clone, PartialEq, DataPart)]
pub struct Endpoint {
    /// The name of the listener.
    pub name: String,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}

/// The versions of `kraft.version` that a voter supports.
#[derive(Clone, PartialEq, DataPart)]
pub struct KRaftVersionFeature {
    /// The lowest version that is supported.
    pub min_supported_version: i16,
    /// The highest version that is supported.
    pub max_supported_version: i16,
}
