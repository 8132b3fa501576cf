use protocol::frame::encode_request;
use protocol::messages::leave_group::{LeaveGroupRequest, MemberIdentity};
use protocol::wire::{EncodeError, Frame};
use protocol::{ApiKey, Message, Request, VersionRange};

use crate::connection::Body;

/// A LeaveGroup of one member, which is said differently up to version 2.
#[derive(Debug)]
pub(super) struct Leave {
    pub(super) group_id: String,
    pub(super) member: MemberIdentity,
}

impl Body for Leave {
    fn key(&self) -> ApiKey {
        LeaveGroupRequest::KEY
    }

    fn versions(&self) -> VersionRange {
        LeaveGroupRequest::VERSIONS
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        let mut request = LeaveGroupRequest {
            group_id: self.group_id.clone(),
            ..LeaveGroupRequest::default()
        };
        if version < 3 {
            request.member_id = self.member.member_id.clone();
        } else {
            request.members = vec![self.member.clone()];
        }
        encode_request(correlation_id, Some(client_id), version, &request)
    }
}
