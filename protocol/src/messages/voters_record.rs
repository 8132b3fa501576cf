use protocol_derive::{Data, DataPart};

use crate::Uuid;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct VotersRecord {
    pub version: i16,
    pub voters: Vec<Voter>,
}

#[derive(Clone, PartialEq, DataPart)]
pub struct Voter {
    pub voter_id: i32,
    pub voter_directory_id: Uuid,
    pub endpoints: Vec<Endpoint>,
    pub kraft_version_feature: KRaftVersionFeature,
}

#[derive(Clone, PartialEq, DataPart)]
pub struct Endpoint {
    pub name: String,
    pub host: String,
    pub port: u16,
}

#[derive(Clone, PartialEq, DataPart)]
pub struct KRaftVersionFeature {
    pub min_supported_version: i16,
    pub max_supported_version: i16,
}
