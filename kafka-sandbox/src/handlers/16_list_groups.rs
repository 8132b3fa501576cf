//! ListGroups: the groups that the broker coordinates.

use protocol::ErrorCode;
use protocol::messages::list_groups::{ListGroupsRequest, ListGroupsResponse, ListedGroup};
use rustc_hash::FxHashSet;

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;

impl Handle for ListGroupsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ListGroupsResponse> {
        let states = lower_case(&self.states_filter);
        let types = lower_case(&self.types_filter);
        let is_asked = |wanted: &FxHashSet<String>, value: &str| {
            wanted.is_empty() || wanted.contains(&value.to_ascii_lowercase())
        };
        // Whoever may describe the cluster sees all groups.
        let sees_all = call.authorize_cluster(Operation::Describe);
        let state = &*call.state;
        let groups = state
            .groups
            .list(|partition| state.coordinates(call.broker, partition));
        let groups = groups
            .filter(|group| sees_all || call.require_group(Operation::Describe, &group.id).is_ok())
            .filter(|group| is_asked(&states, group.state) && is_asked(&types, group.kind))
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

/// Names of a filter, each once: filters may be long.
fn lower_case(names: &[String]) -> FxHashSet<String> {
    names.iter().map(|name| name.to_ascii_lowercase()).collect()
}
