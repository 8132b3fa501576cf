//! The records that keep a consumer group.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::internal::consumer_offsets::{
    ClassicMemberMetadata, ClassicProtocol, ConsumerGroupCurrentMemberAssignmentKey,
    ConsumerGroupCurrentMemberAssignmentValue, ConsumerGroupMemberMetadataKey,
    ConsumerGroupMemberMetadataValue, ConsumerGroupMetadataKey, ConsumerGroupMetadataValue,
    ConsumerGroupOwnedPartitions, ConsumerGroupRegularExpressionKey, ConsumerGroupRegularExpressionValue,
    ConsumerGroupTargetAssignmentMemberKey, ConsumerGroupTargetAssignmentMemberValue,
    ConsumerGroupTargetAssignmentMetadataKey, ConsumerGroupTargetAssignmentMetadataValue,
    ConsumerGroupTopicPartition, Key, Value,
};
use protocol::messages::join_group::JoinGroupRequestProtocol;

use super::member::{ClassicTerms, ConsumerMember, Owned, Progress, Wishes};
use super::{ConsumerGroup, Timer};
use crate::group::effects::Context;
use crate::group::settings::GroupSettings;
use crate::time::{Now, millis};

/// The version of all values.
const VERSION: i16 = 0;

impl ConsumerGroup {
    fn group_key(&self) -> Key {
        Key::ConsumerGroupMetadata(ConsumerGroupMetadataKey {
            group_id: self.id.to_string(),
        })
    }

    fn target_epoch_key(&self) -> Key {
        Key::ConsumerGroupTargetAssignmentMetadata(ConsumerGroupTargetAssignmentMetadataKey {
            group_id: self.id.to_string(),
        })
    }

    fn member_key(&self, id: &str) -> Key {
        Key::ConsumerGroupMemberMetadata(ConsumerGroupMemberMetadataKey {
            group_id: self.id.to_string(),
            member_id: id.to_owned(),
        })
    }

    fn target_key(&self, id: &str) -> Key {
        Key::ConsumerGroupTargetAssignmentMember(ConsumerGroupTargetAssignmentMemberKey {
            group_id: self.id.to_string(),
            member_id: id.to_owned(),
        })
    }

    fn progress_key(&self, id: &str) -> Key {
        Key::ConsumerGroupCurrentMemberAssignment(ConsumerGroupCurrentMemberAssignmentKey {
            group_id: self.id.to_string(),
            member_id: id.to_owned(),
        })
    }

    fn regex_key(&self, text: &str) -> Key {
        Key::ConsumerGroupRegularExpression(ConsumerGroupRegularExpressionKey {
            group_id: self.id.to_string(),
            regular_expression: text.to_owned(),
        })
    }

    pub(super) fn keep_group(&self, cx: &mut Context<'_>) {
        let value = ConsumerGroupMetadataValue {
            epoch: self.epoch,
            metadata_hash: self.topics_hash,
        };
        cx.keep(self.group_key(), VERSION, Value::ConsumerGroupMetadata(value));
    }

    pub(super) fn keep_member(&self, cx: &mut Context<'_>, id: &str) {
        let Some(member) = self.members.get(id) else {
            return;
        };
        let wishes = &member.wishes;
        let value = ConsumerGroupMemberMetadataValue {
            instance_id: wishes.instance_id.clone(),
            rack_id: wishes.rack_id.clone(),
            client_id: wishes.client_id.clone(),
            client_host: wishes.client_host.clone(),
            subscribed_topic_names: wishes.topics.iter().cloned().collect(),
            // Kafka has an empty one where there is none.
            subscribed_topic_regex: Some(wishes.regex.clone().unwrap_or_default()),
            rebalance_timeout_ms: wishes.rebalance_timeout_ms,
            server_assignor: wishes.assignor.clone(),
            classic_member_metadata: wishes.classic.as_ref().map(|classic| ClassicMemberMetadata {
                session_timeout_ms: classic.session_timeout_ms,
                supported_protocols: classic.protocols.iter().map(stored_protocol).collect(),
            }),
        };
        cx.keep(
            self.member_key(id),
            VERSION,
            Value::ConsumerGroupMemberMetadata(value),
        );
    }

    pub(super) fn keep_target_epoch(&self, cx: &mut Context<'_>) {
        let value = ConsumerGroupTargetAssignmentMetadataValue {
            assignment_epoch: self.target_epoch,
            assignment_timestamp: self.target_timestamp,
        };
        let value = Value::ConsumerGroupTargetAssignmentMetadata(value);
        cx.keep(self.target_epoch_key(), VERSION, value);
    }

    pub(super) fn keep_target(&self, cx: &mut Context<'_>, id: &str) {
        let target = self.target.get(id).into_iter().flatten();
        let value = ConsumerGroupTargetAssignmentMemberValue {
            topic_partitions: target
                .map(|(topic, partitions)| ConsumerGroupTopicPartition {
                    topic_id: *topic,
                    partitions: partitions.iter().copied().collect(),
                })
                .collect(),
        };
        let value = Value::ConsumerGroupTargetAssignmentMember(value);
        cx.keep(self.target_key(id), VERSION, value);
    }

    pub(super) fn keep_progress(&self, cx: &mut Context<'_>, id: &str) {
        let Some(member) = self.members.get(id) else {
            return;
        };
        let value = ConsumerGroupCurrentMemberAssignmentValue {
            member_epoch: member.epoch,
            previous_member_epoch: member.previous_epoch,
            state: member.progress as i8,
            assigned_partitions: stored(&member.assigned),
            partitions_pending_revocation: stored(&member.revoking),
        };
        let value = Value::ConsumerGroupCurrentMemberAssignment(value);
        cx.keep(self.progress_key(id), VERSION, value);
    }

    pub(super) fn keep_regex(&self, cx: &mut Context<'_>, text: &str, topics_version: u64) {
        let matches = self.matches.get(text).into_iter().flatten();
        let value = ConsumerGroupRegularExpressionValue {
            topics: matches.cloned().collect(),
            version: i64::try_from(topics_version).unwrap_or(i64::MAX),
            timestamp: cx.now.timestamp,
        };
        let value = Value::ConsumerGroupRegularExpression(value);
        cx.keep(self.regex_key(text), VERSION, value);
    }

    pub(super) fn take_back_member(&self, cx: &mut Context<'_>, id: &str) {
        cx.take_back(self.progress_key(id));
        cx.take_back(self.target_key(id));
        cx.take_back(self.member_key(id));
    }

    pub(super) fn take_back_regex(&self, cx: &mut Context<'_>, text: &str) {
        cx.take_back(self.regex_key(text));
    }

    /// Keeps all of a group that was another kind of group before.
    pub(super) fn keep_all(&self, cx: &mut Context<'_>) {
        self.members.keys().for_each(|id| self.keep_member(cx, id));
        self.keep_group(cx);
        self.members.keys().for_each(|id| self.keep_target(cx, id));
        self.keep_target_epoch(cx);
        self.members.keys().for_each(|id| self.keep_progress(cx, id));
    }

    /// Takes all records of the group back.
    pub(crate) fn take_back(&self, cx: &mut Context<'_>) {
        self.members.keys().for_each(|id| self.take_back_member(cx, id));
        for text in self.matches.keys() {
            self.take_back_regex(cx, text);
        }
        cx.take_back(self.target_epoch_key());
        cx.take_back(self.group_key());
    }

    /// Takes in a record of the group.
    pub(crate) fn replay(&mut self, key: Key, value: Option<Value>) {
        match (key, value) {
            (_, Some(Value::ConsumerGroupMetadata(value))) => {
                self.epoch = value.epoch;
                self.topics_hash = value.metadata_hash;
            }
            (_, Some(Value::ConsumerGroupTargetAssignmentMetadata(value))) => {
                self.target_epoch = value.assignment_epoch;
                self.target_timestamp = value.assignment_timestamp;
            }
            (Key::ConsumerGroupMemberMetadata(key), value) => {
                let id: Arc<str> = key.member_id.into();
                match value {
                    Some(Value::ConsumerGroupMemberMetadata(value)) => {
                        self.members.entry(id).or_default().wishes = restored(value);
                    }
                    _ => {
                        self.members.remove(&id);
                    }
                }
            }
            (Key::ConsumerGroupTargetAssignmentMember(key), value) => {
                let id: Arc<str> = key.member_id.into();
                match value {
                    Some(Value::ConsumerGroupTargetAssignmentMember(value)) => {
                        let topics = value.topic_partitions.into_iter();
                        let target =
                            topics.map(|topic| (topic.topic_id, topic.partitions.into_iter().collect()));
                        self.target.insert(id, target.collect());
                    }
                    _ => {
                        self.target.remove(&id);
                    }
                }
            }
            // Compaction may have left this record of a member before its first one.
            (
                Key::ConsumerGroupCurrentMemberAssignment(key),
                Some(Value::ConsumerGroupCurrentMemberAssignment(value)),
            ) => {
                let member = self.members.entry(key.member_id.into()).or_default();
                member.epoch = value.member_epoch;
                member.previous_epoch = value.previous_member_epoch;
                member.progress = Progress::of_number(value.state);
                member.assigned = owned(value.assigned_partitions);
                member.revoking = owned(value.partitions_pending_revocation);
            }
            (Key::ConsumerGroupRegularExpression(key), value) => match value {
                Some(Value::ConsumerGroupRegularExpression(value)) => {
                    let topics = value.topics.into_iter().collect();
                    self.matches.insert(key.regular_expression, topics);
                }
                _ => {
                    self.matches.remove(&key.regular_expression);
                }
            },
            _ => {}
        }
    }

    /// Gets to work with what was replayed. Members have their sessions before them.
    pub(crate) fn resume(&mut self, now: Now, settings: &GroupSettings) {
        let members: BTreeMap<Arc<str>, ConsumerMember> = std::mem::take(&mut self.members);
        for (id, member) in members {
            let session = Self::session_timeout(&member, settings);
            self.timers.set(Timer::Session(id.clone()), now.elapsed + session);
            if member.progress == Progress::Unrevoked && member.wishes.classic.is_none() {
                let timeout = millis(member.wishes.rebalance_timeout_ms.into()).unwrap_or_default();
                self.timers
                    .set(Timer::Rebalance(id.clone()), now.elapsed + timeout);
            }
            if let Some(instance) = &member.wishes.instance_id {
                self.instances.insert(instance.clone(), id.clone());
            }
            self.set_member(&id, member);
        }
    }
}

fn stored(all: &Owned) -> Vec<ConsumerGroupOwnedPartitions> {
    let topics = all.iter().filter(|(_, partitions)| !partitions.is_empty());
    topics
        .map(|(topic, partitions)| ConsumerGroupOwnedPartitions {
            topic_id: *topic,
            partitions: partitions.keys().copied().collect(),
            assignment_epochs: Some(partitions.values().copied().collect()),
        })
        .collect()
}

fn owned(stored: Vec<ConsumerGroupOwnedPartitions>) -> Owned {
    let topics = stored.into_iter().map(|topic| {
        let mut epochs = topic.assignment_epochs.unwrap_or_default().into_iter();
        let partitions = topic.partitions.into_iter();
        // Records of older brokers do not say since when.
        let partitions = partitions.map(|index| (index, epochs.next().unwrap_or(0)));
        (topic.topic_id, partitions.collect())
    });
    topics.collect()
}

fn restored(value: ConsumerGroupMemberMetadataValue) -> Wishes {
    Wishes {
        instance_id: value.instance_id,
        rack_id: value.rack_id,
        client_id: value.client_id,
        client_host: value.client_host,
        topics: value.subscribed_topic_names.into_iter().collect(),
        regex: value.subscribed_topic_regex.filter(|regex| !regex.is_empty()),
        rebalance_timeout_ms: value.rebalance_timeout_ms,
        assignor: value.server_assignor,
        classic: value
            .classic_member_metadata
            .map(|classic| ClassicTerms {
                session_timeout_ms: classic.session_timeout_ms,
                protocols: classic
                    .supported_protocols
                    .into_iter()
                    .map(restored_protocol)
                    .collect(),
            })
            .filter(|classic| !classic.protocols.is_empty()),
    }
}

fn stored_protocol(protocol: &JoinGroupRequestProtocol) -> ClassicProtocol {
    ClassicProtocol {
        name: protocol.name.clone(),
        metadata: protocol.metadata.clone(),
    }
}

fn restored_protocol(stored: ClassicProtocol) -> JoinGroupRequestProtocol {
    JoinGroupRequestProtocol {
        name: stored.name,
        metadata: stored.metadata,
    }
}
