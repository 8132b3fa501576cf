//! DescribeGroups: the members of classic groups.

use protocol::ErrorCode;
use protocol::messages::describe_groups::{
    DescribeGroupsRequest, DescribeGroupsResponse, DescribedGroup, DescribedGroupMember,
};

use super::{Call, Handle, Reply, operations};
use crate::security::acl::Operation;

impl Handle for DescribeGroupsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeGroupsResponse> {
        let with_operations = self.include_authorized_operations;
        let groups = self.groups.into_iter().map(|id| {
            let mut group = describe(call, id);
            if with_operations && group.error_code == 0 {
                group.authorized_operations = operations::on_group(call, &group.group_id);
            }
            group
        });
        let mut groups: Vec<_> = groups.collect();
        // As in Kafka, what is denied is told first.
        groups.sort_by_key(|group| group.error_code != ErrorCode::GROUP_AUTHORIZATION_FAILED.0);
        Reply::Now(DescribeGroupsResponse {
            groups,
            ..DescribeGroupsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeGroupsResponse {
        let groups = self.groups.into_iter().map(|id| refusal(id, code));
        DescribeGroupsResponse {
            groups: groups.collect(),
            ..DescribeGroupsResponse::default()
        }
    }
}

fn describe(call: &mut Call<'_>, id: String) -> DescribedGroup {
    if id.is_empty() {
        return refusal(id, ErrorCode::INVALID_GROUP_ID);
    }
    if let Err(code) = call.spend(id.len()) {
        return refusal(id, code);
    }
    if let Err(code) = call.coordinate_group(Operation::Describe, &id) {
        return refusal(id, code);
    }
    match call.state.groups.describe_classic(&id) {
        Ok(group) => match call.spend(group.members.iter().map(length).sum()) {
            Ok(()) => group,
            Err(code) => refusal(id, code),
        },
        // Before version 6 a group that is not there is dead (KIP-1043).
        Err(_) if call.version < 6 => DescribedGroup {
            group_state: "Dead".to_owned(),
            ..refusal(id, ErrorCode::NONE)
        },
        Err(error) => DescribedGroup {
            group_state: "Dead".to_owned(),
            error_message: Some(error.message),
            ..refusal(id, error.code)
        },
    }
}

/// About how many bytes a member takes in an answer.
fn length(member: &DescribedGroupMember) -> usize {
    member.member_id.len()
        + member.group_instance_id.as_ref().map_or(0, String::len)
        + member.client_id.len()
        + member.client_host.len()
        + member.member_metadata.len()
        + member.member_assignment.len()
        + 16
}

fn refusal(group_id: String, code: ErrorCode) -> DescribedGroup {
    DescribedGroup {
        error_code: code.0,
        group_id,
        ..DescribedGroup::default()
    }
}
