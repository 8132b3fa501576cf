//! SyncGroup: the leader of a classic group says who gets what, and everybody learns it.

use protocol::ErrorCode;
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};

use super::{Call, Handle, Reply};
use crate::group::classic::Syncing;
use crate::group::sync_refusal;
use crate::security::acl::Operation;

impl Handle for SyncGroupRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<SyncGroupResponse> {
        if let Err(code) = call.require_group(Operation::Read, &self.group_id) {
            return Reply::Now(self.refuse(call, code));
        }
        if self.group_id.is_empty() {
            return Reply::Now(sync_refusal(ErrorCode::INVALID_GROUP_ID));
        }
        // From version 5 on a client says which protocol it was told (KIP-559).
        if call.version >= 5 && (self.protocol_type.is_none() || self.protocol_name.is_none()) {
            return Reply::Now(sync_refusal(ErrorCode::INCONSISTENT_GROUP_PROTOCOL));
        }
        let partition = match call.state.coordinate(call.now, call.broker, &self.group_id) {
            Ok(partition) => partition,
            Err(code) => return Reply::Now(sync_refusal(code)),
        };
        let Some(ticket) = call.take_ticket() else {
            return Reply::Later;
        };
        let syncing = Syncing {
            request: self,
            ticket,
        };
        let state = &mut *call.state;
        let effects = state
            .groups
            .sync(call.now, &mut state.rng, &state.topics, syncing);
        if let Err(code) = state.settle_group(call.now, partition, effects) {
            tracing::debug!("an assignment could not be kept: {code}");
        }
        Reply::Later
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> SyncGroupResponse {
        sync_refusal(code)
    }
}
