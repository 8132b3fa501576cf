//! ListGroups: the groups that the broker coordinates.

use protocol::ErrorCode;
use protocol::messages::list_groups::{ListGroupsRequest, ListGroupsResponse, ListedGroup};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;

impl Handle for ListGroupsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ListGroupsResponse> {
        let is_asked = |wanted: &[String], value: &str| {
            wanted.is_empty() || wanted.iter().any(|one| one.eq_ignore_ascii_case(value))
        };
        // Whoever may describe the cluster sees all groups.
        let sees_all = call.authorize_cluster(Operation::Describe);
        let state = &*call.state;
        let groups = state
            .groups
            .list(|partition| state.coordinates(call.broker, partition));
        let groups = groups
            .filter(|group| sees_all || call.require_group(Operation::Describe, &group.id).is_ok())
            .filter(|group| {
                is_asked(&self.states_filter, group.state) && is_asked(&self.types_filter, group.kind)
            })
            .map(|group| ListedGroup {
                group_id: group.id.to_string(),
                protocol_type: group.protocol_type,
                group_state: group.state.to_owned(),
                group_type: group.kind.to_owned(),
            });
        Reply::Now(ListGroupsResponse {
            groups: groups.collect(),
            ..ListGroupsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ListGroupsResponse {
        ListGroupsResponse {
            error_code: code.0,
            ..ListGroupsResponse::default()
        }
    }
}
