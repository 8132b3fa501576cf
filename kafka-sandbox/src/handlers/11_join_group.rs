//! JoinGroup: a member of a classic group wants to be in its next generation.

use protocol::ErrorCode;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupResponse};

use super::{Call, Handle, Reply};
use crate::group::classic::Joining;
use crate::group::join_refusal;
use crate::security::acl::Operation;

impl Handle for JoinGroupRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<JoinGroupResponse> {
        if let Err(code) = call.require_group(Operation::Read, &self.group_id) {
            return Reply::Now(self.refuse(call, code));
        }
        let partition = match check(&self, call) {
            Ok(partition) => partition,
            Err(code) => return Reply::Now(self.refuse(call, code)),
        };
        let Some(ticket) = call.take_ticket() else {
            return Reply::Later;
        };
        let joining = Joining {
            client_id: call.client.id.clone(),
            client_host: format!("/{}", call.client.host),
            request: self,
            ticket,
        };
        let config = call.state.group_config(&joining.request.group_id);
        let state = &mut *call.state;
        let effects = state.groups.join(
            call.now,
            &mut state.rng,
            partition,
            config,
            &state.topics,
            joining,
        );
        if let Err(code) = state.settle_group(call.now, partition, effects) {
            tracing::debug!("a join could not be kept: {code}");
        }
        Reply::Later
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> JoinGroupResponse {
        let mut response = join_refusal(&self.member_id, code);
        if call.version < 7 {
            response.protocol_name = Some(String::new());
        }
        response
    }
}

fn check(request: &JoinGroupRequest, call: &mut Call<'_>) -> Result<i32, ErrorCode> {
    if request.group_id.is_empty() {
        return Err(ErrorCode::INVALID_GROUP_ID);
    }
    let settings = call.state.groups.settings();
    let allowed = settings.session_timeout_min_ms..=settings.session_timeout_max_ms;
    if !allowed.contains(&request.session_timeout_ms) {
        return Err(ErrorCode::INVALID_SESSION_TIMEOUT);
    }
    call.state.coordinate(call.now, call.broker, &request.group_id)
}
