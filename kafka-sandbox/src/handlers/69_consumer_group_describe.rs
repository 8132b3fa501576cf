//! ConsumerGroupDescribe: the members of consumer groups (KIP-848).

use protocol::ErrorCode;
use protocol::messages::consumer_group_describe::{
    ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse, DescribedGroup, Member,
};

use super::{Call, Handle, Reply, operations};
use crate::security::acl::Operation;

impl Handle for ConsumerGroupDescribeRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ConsumerGroupDescribeResponse> {
        if !call.state.has_consumer_protocol() {
            return Reply::Now(self.refuse(call, ErrorCode::UNSUPPORTED_VERSION));
        }
        let with_operations = self.include_authorized_operations;
        let groups = self.group_ids.into_iter().map(|id| {
            let mut group = describe(call, id);
            if with_operations && group.error_code == 0 {
                group.authorized_operations = operations::on_group(call, &group.group_id);
            }
            group
        });
        let mut groups: Vec<_> = groups.collect();
        // As in Kafka, what is denied is told first.
        groups.sort_by_key(|group| group.error_code != ErrorCode::GROUP_AUTHORIZATION_FAILED.0);
        Reply::Now(ConsumerGroupDescribeResponse {
            groups,
            ..ConsumerGroupDescribeResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ConsumerGroupDescribeResponse {
        let groups = self.group_ids.into_iter().map(|id| refusal(id, code));
        ConsumerGroupDescribeResponse {
            groups: groups.collect(),
            ..ConsumerGroupDescribeResponse::default()
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
    let state = &*call.state;
    match state.groups.describe_consumer(&id, &state.topics) {
        Ok(group) => match call.spend(group.members.iter().map(length).sum()) {
            Ok(()) => group,
            Err(code) => refusal(id, code),
        },
        Err(error) => DescribedGroup {
            error_message: Some(error.message),
            ..refusal(id, error.code)
        },
    }
}

/// About how many bytes a member takes in an answer.
fn length(member: &Member) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let assigned = [&member.assignment, &member.target_assignment].into_iter();
    let assigned = assigned.flat_map(|assignment| &assignment.topic_partitions);
    let assigned = assigned.map(|topic| 16 + topic.topic_name.len() + 4 * topic.partitions.len());
    let subscribed = member.subscribed_topic_names.iter().map(|name| name.len() + 2);
    member.member_id.len()
        + text(&member.instance_id)
        + text(&member.rack_id)
        + member.client_id.len()
        + member.client_host.len()
        + text(&member.subscribed_topic_regex)
        + subscribed.sum::<usize>()
        + assigned.sum::<usize>()
        + 16
}

fn refusal(group_id: String, code: ErrorCode) -> DescribedGroup {
    DescribedGroup {
        error_code: code.0,
        group_id,
        ..DescribedGroup::default()
    }
}
