use bytes::Bytes;
use protocol_derive::{Data, DataPart};

/// Names a group of the classic protocol.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct GroupMetadataKey {
    pub group: String,
}

/// A generation of a classic group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=4, flexible = 4..)]
pub struct GroupMetadataValue {
    pub protocol_type: String,
    pub generation: i32,
    pub protocol: Option<String>,
    pub leader: Option<String>,
    #[kafka(versions = 2.., default = -1, ignorable)]
    pub current_state_timestamp: i64,
    pub members: Vec<MemberMetadata>,
}

/// A member of the generation. For consumers the two texts of bytes are those of
/// [`consumer_protocol`](crate::consumer_protocol).
#[derive(Clone, PartialEq, DataPart)]
pub struct MemberMetadata {
    pub member_id: String,
    #[kafka(versions = 3.., default = None, ignorable)]
    pub group_instance_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub rebalance_timeout: i32,
    pub session_timeout: i32,
    pub subscription: Bytes,
    pub assignment: Bytes,
}
