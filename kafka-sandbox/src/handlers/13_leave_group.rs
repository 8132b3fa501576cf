//! LeaveGroup: members go, or are made to.

use protocol::ErrorCode;
use protocol::messages::leave_group::{LeaveGroupRequest, LeaveGroupResponse, MemberIdentity};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;

impl Handle for LeaveGroupRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<LeaveGroupResponse> {
        if let Err(code) = call.require_group(Operation::Read, &self.group_id) {
            return Reply::Now(self.refuse(call, code));
        }
        if self.group_id.is_empty() {
            return Reply::Now(self.refuse(call, ErrorCode::INVALID_GROUP_ID));
        }
        Reply::Now(match leave(call, self) {
            Ok(response) => response,
            Err(code) => refusal(code),
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> LeaveGroupResponse {
        refusal(code)
    }
}

fn leave(call: &mut Call<'_>, request: LeaveGroupRequest) -> Result<LeaveGroupResponse, ErrorCode> {
    let partition = call.state.coordinate(call.now, call.broker, &request.group_id)?;
    // Before version 3 one member leaves, and it is the one who asks (KIP-345).
    let leaving = if call.version >= 3 {
        request.members
    } else {
        vec![MemberIdentity {
            member_id: request.member_id,
            ..MemberIdentity::default()
        }]
    };
    let state = &mut *call.state;
    let (members, effects) = state.groups.leave(
        call.now,
        &mut state.rng,
        &state.topics,
        &request.group_id,
        leaving,
    );
    state.settle_group(call.now, partition, effects)?;
    let alone = members.first().map_or(0, |member| member.error_code);
    Ok(if call.version >= 3 {
        LeaveGroupResponse {
            members,
            ..LeaveGroupResponse::default()
        }
    } else {
        refusal(ErrorCode(alone))
    })
}

fn refusal(code: ErrorCode) -> LeaveGroupResponse {
    LeaveGroupResponse {
        error_code: code.0,
        ..LeaveGroupResponse::default()
    }
}
