//! Heartbeat: a member of a classic group is alive.

use protocol::ErrorCode;
use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;

impl Handle for HeartbeatRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<HeartbeatResponse> {
        if let Err(code) = call.require_group(Operation::Read, &self.group_id) {
            return Reply::Now(self.refuse(call, code));
        }
        if self.group_id.is_empty() {
            return Reply::Now(self.refuse(call, ErrorCode::INVALID_GROUP_ID));
        }
        let coordinated = call.state.coordinate(call.now, call.broker, &self.group_id);
        let state = &mut *call.state;
        let outcome = coordinated.and_then(|_| state.groups.heartbeat(call.now, &mut state.rng, &self));
        Reply::Now(self.refuse(call, outcome.err().unwrap_or_default()))
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> HeartbeatResponse {
        HeartbeatResponse {
            error_code: code.0,
            ..HeartbeatResponse::default()
        }
    }
}
