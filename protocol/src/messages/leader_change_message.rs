use protocol_derive::{Data, DataPart};

use crate::Uuid;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=1, flexible = 0..)]
pub struct LeaderChangeMessage {
    pub version: i16,
    pub leader_id: i32,
    pub voters: Vec<Voter>,
    pub granting_voters: Vec<Voter>,
}

#[derive(Clone, PartialEq, DataPart)]
pub struct Voter {
    pub voter_id: i32,
    #[kafka(versions = 1..)]
    pub voter_directory_id: Uuid,
}
