//! DeleteGroups: groups that nobody is in, with their offsets.

use protocol::ErrorCode;
use protocol::messages::delete_groups::{DeletableGroupResult, DeleteGroupsRequest, DeleteGroupsResponse};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;

impl Handle for DeleteGroupsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DeleteGroupsResponse> {
        let results = self.groups_names.into_iter().map(|id| {
            let code = delete(call, &id).err().unwrap_or_default();
            result(id, code)
        });
        let mut results: Vec<_> = results.collect();
        // As in Kafka, what is denied is told first.
        results.sort_by_key(|result| result.error_code != ErrorCode::GROUP_AUTHORIZATION_FAILED.0);
        Reply::Now(DeleteGroupsResponse {
            results,
            ..DeleteGroupsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DeleteGroupsResponse {
        let results = self.groups_names.into_iter().map(|id| result(id, code));
        DeleteGroupsResponse {
            results: results.collect(),
            ..DeleteGroupsResponse::default()
        }
    }
}

fn delete(call: &mut Call<'_>, id: &str) -> Result<(), ErrorCode> {
    let partition = call.coordinate_group(Operation::Delete, id)?;
    let state = &mut *call.state;
    let records = state.groups.delete(call.now, &mut state.rng, id)?;
    state.keep_deletions(call.now, partition, &records)
}

fn result(group_id: String, code: ErrorCode) -> DeletableGroupResult {
    DeletableGroupResult {
        group_id,
        error_code: code.0,
        error_message: None,
    }
}
