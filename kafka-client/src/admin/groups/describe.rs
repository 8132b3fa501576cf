use std::collections::BTreeMap;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::Message;
use protocol::consumer_protocol::{Assignment as ClassicAssignment, Subscription};
use protocol::messages::consumer_group_describe::{
    self as modern, ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse,
};
use protocol::messages::describe_groups::{
    self as classic, DescribeGroupsRequest, DescribeGroupsResponse, DescribedGroupMember,
};

use super::kinds::{GroupKind, GroupState};
use crate::admin::by_version::ByVersion;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::leaders::partitions_of;
use crate::admin::operation::Operation;
use crate::cluster::TopicPartition;
use crate::error::{BrokerError, RequestError};

#[cfg(test)]
mod tests;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDescription {
    /// Its id.
    pub id: String,
    /// Which protocol its members speak.
    pub kind: GroupKind,
    /// What it is doing.
    pub state: GroupState,
    /// What its members use it for: `consumer`, `connect`, …; empty for a group that only has offsets.
    pub protocol_type: String,
    /// How partitions are assigned, e.g. `range`; empty while nothing is assigned.
    pub assignor: String,
    /// Counts the changes of its members and topics (KIP-848); none for a classic group.
    pub epoch: Option<i32>,
    /// The [`epoch`](Self::epoch) that the assignment was computed for (KIP-848); none for a classic group.
    pub target_epoch: Option<i32>,
    /// Its members, by client id and then by member id.
    pub members: Vec<MemberDescription>,
    /// What the caller may do with it; none when the broker did not say.
    pub authorized_operations: Option<Vec<Operation>>,
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberDescription {
    /// Its id.
    pub id: String,
    /// The name that outlives its process, if it is a static member (KIP-345).
    pub instance_id: Option<String>,
    /// Its client id.
    pub client_id: String,
    /// Where it connects from.
    pub host: String,
    /// Its rack, if it said so.
    pub rack: Option<String>,
    /// How far it followed the group (KIP-848); none for a classic group.
    pub epoch: Option<i32>,
    /// The topics that it subscribed to; none when it does not say so in a way that this client understands.
    pub topics: Option<Vec<String>>,
    /// The pattern that it subscribed to, if it did (KIP-848).
    pub pattern: Option<String>,
    /// The partitions that it has; none when they are told in a way that this client does not understand, as by
    /// Kafka Connect.
    pub assignment: Option<Vec<TopicPartition>>,
    /// The partitions that it will have (KIP-848); none for a classic group.
    pub target_assignment: Option<Vec<TopicPartition>>,
    /// Whether it still speaks the classic protocol in a group that moved on (KIP-848); none when not said.
    pub classic: Option<bool>,
}

impl Admin {
    /// Describes groups, of either protocol. A group that does not exist is an error of its own,
    /// `GROUP_ID_NOT_FOUND`.
    pub async fn describe_groups<S: Into<String>>(
        &self,
        groups: impl IntoIterator<Item = S>,
    ) -> Results<String, GroupDescription> {
        let groups: Vec<String> = groups.into_iter().map(Into::into).collect();
        let mut described = self.run_on_coordinators(&DescribeModern, groups).await;
        let classic: Vec<String> = described
            .iter()
            .filter(|(_, result)| may_be_classic(result))
            .map(|(group, _)| group.clone())
            .collect();
        if !classic.is_empty() {
            let classic = self.run_on_coordinators(&DescribeClassic, classic).await;
            let mut classic: BTreeMap<_, _> = classic.into_iter().collect();
            for (group, result) in &mut described {
                if let Some(other) = classic.remove(group) {
                    *result = other;
                }
            }
        }
        described
    }
}

/// Whether the answer leaves open that the group speaks the classic protocol.
fn may_be_classic(result: &Result<GroupDescription, AdminError>) -> bool {
    match result {
        Ok(_) => false,
        Err(AdminError::Request(RequestError::Version(_))) => true,
        Err(error) => {
            let open = [ErrorCode::GROUP_ID_NOT_FOUND, ErrorCode::UNSUPPORTED_VERSION];
            error.code().is_some_and(|code| open.contains(&code))
        }
    }
}

/// Describes groups of KIP-848.
struct DescribeModern;

impl Task for DescribeModern {
    type Key = String;
    type Value = GroupDescription;
    type Body = ConsumerGroupDescribeRequest;
    type Reply = ConsumerGroupDescribeResponse;

    fn body(&self, keys: &[String]) -> ConsumerGroupDescribeRequest {
        ConsumerGroupDescribeRequest {
            group_ids: keys.to_vec(),
            include_authorized_operations: true,
        }
    }

    fn read(&self, _: &[String], reply: ConsumerGroupDescribeResponse) -> Results<String, GroupDescription> {
        let read = |group: modern::DescribedGroup| {
            let id = group.group_id.clone();
            let checked = BrokerError::check(group.error_code, group.error_message.as_deref());
            (id, checked.map(|()| read_modern(group)).map_err(AdminError::from))
        };
        reply.groups.into_iter().map(read).collect()
    }
}

fn read_modern(group: modern::DescribedGroup) -> GroupDescription {
    let partitions = |assignment: modern::Assignment| {
        let topics = assignment.topic_partitions.into_iter();
        sorted(topics.flat_map(|topic| partitions_of(&topic.topic_name, topic.partitions)))
    };
    let member = |member: modern::Member| MemberDescription {
        id: member.member_id,
        instance_id: member.instance_id,
        client_id: member.client_id,
        host: member.client_host,
        rack: member.rack_id,
        epoch: Some(member.member_epoch),
        topics: Some(member.subscribed_topic_names),
        pattern: member
            .subscribed_topic_regex
            .filter(|pattern| !pattern.is_empty()),
        assignment: Some(partitions(member.assignment)),
        target_assignment: Some(partitions(member.target_assignment)),
        classic: match member.member_type {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        },
    };
    GroupDescription {
        id: group.group_id,
        kind: GroupKind::Consumer,
        state: GroupState::from(group.group_state.as_str()),
        protocol_type: CONSUMER.to_owned(),
        assignor: group.assignor_name,
        epoch: Some(group.group_epoch),
        target_epoch: Some(group.assignment_epoch),
        members: by_client(group.members.into_iter().map(member).collect()),
        authorized_operations: Operation::set(group.authorized_operations),
    }
}

/// Describes groups of the classic protocol.
struct DescribeClassic;

/// From this version on brokers say what may be done with a group.
const WITH_OPERATIONS: i16 = 3;
/// What consumers call what they use a group for.
const CONSUMER: &str = "consumer";

impl Task for DescribeClassic {
    type Key = String;
    type Value = GroupDescription;
    type Body = ByVersion<DescribeGroupsRequest>;
    type Reply = DescribeGroupsResponse;

    fn body(&self, keys: &[String]) -> Self::Body {
        let older = DescribeGroupsRequest {
            groups: keys.to_vec(),
            include_authorized_operations: false,
        };
        let newer = DescribeGroupsRequest {
            include_authorized_operations: true,
            ..older.clone()
        };
        ByVersion {
            versions: DescribeGroupsRequest::VERSIONS,
            since: WITH_OPERATIONS,
            newer,
            older,
        }
    }

    fn read(&self, _: &[String], reply: DescribeGroupsResponse) -> Results<String, GroupDescription> {
        let read = |group: classic::DescribedGroup| {
            let id = group.group_id.clone();
            let checked = BrokerError::check(group.error_code, group.error_message.as_deref());
            let described = checked.map(|()| read_classic(group)).and_then(|group| {
                // Brokers before 4.1 call a group dead that does not exist (KIP-1043).
                if group.state == GroupState::Dead {
                    Err(ErrorCode::GROUP_ID_NOT_FOUND.into())
                } else {
                    Ok(group)
                }
            });
            (id, described.map_err(AdminError::from))
        };
        reply.groups.into_iter().map(read).collect()
    }
}

fn read_classic(group: classic::DescribedGroup) -> GroupDescription {
    let is_consumer = group.protocol_type == CONSUMER;
    let member = |member: DescribedGroupMember| {
        let subscription = is_consumer
            .then(|| subscription(&member.member_metadata))
            .flatten();
        MemberDescription {
            id: member.member_id,
            instance_id: member.group_instance_id,
            client_id: member.client_id,
            host: member.client_host,
            rack: subscription
                .as_ref()
                .and_then(|subscription| subscription.rack.clone()),
            epoch: None,
            topics: subscription.map(|subscription| subscription.topics),
            pattern: None,
            assignment: is_consumer
                .then(|| assignment(&member.member_assignment))
                .flatten(),
            target_assignment: None,
            classic: None,
        }
    };
    GroupDescription {
        id: group.group_id,
        kind: GroupKind::Classic,
        state: GroupState::from(group.group_state.as_str()),
        protocol_type: group.protocol_type,
        assignor: group.protocol_data,
        epoch: None,
        target_epoch: None,
        members: by_client(group.members.into_iter().map(member).collect()),
        authorized_operations: Operation::set(group.authorized_operations),
    }
}

/// What a member said when it joined; none when that makes no sense (G23).
fn subscription(bytes: &Bytes) -> Option<Subscription> {
    if bytes.is_empty() {
        None
    } else {
        Subscription::decode(bytes).ok()
    }
}

/// What a member was given; nothing as long as it was given nothing, none when that makes no sense (G23).
fn assignment(bytes: &Bytes) -> Option<Vec<TopicPartition>> {
    if bytes.is_empty() {
        return Some(Vec::new());
    }
    let assignment = ClassicAssignment::decode(bytes).ok()?;
    let topics = assignment.partitions.into_iter();
    Some(sorted(
        topics.flat_map(|topic| partitions_of(&topic.topic, topic.partitions)),
    ))
}

fn sorted(partitions: impl Iterator<Item = TopicPartition>) -> Vec<TopicPartition> {
    let mut partitions: Vec<_> = partitions.collect();
    partitions.sort();
    partitions
}

fn by_client(mut members: Vec<MemberDescription>) -> Vec<MemberDescription> {
    members.sort_by(|a, b| (&a.client_id, &a.id).cmp(&(&b.client_id, &b.id)));
    members
}
