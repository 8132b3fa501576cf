//! What others see of a consumer group.

use std::collections::{BTreeMap, BTreeSet};

use protocol::Uuid;
use protocol::messages::consumer_group_describe::{Assignment, DescribedGroup, Member, TopicPartitions};

use super::{ConsumerGroup, TopicView};
use crate::group::settings::GroupSettings;

/// The number of a member of the classic protocol in answers.
const CLASSIC_MEMBER: i8 = 0;
/// And of one of the consumer protocol.
const CONSUMER_MEMBER: i8 = 1;

impl ConsumerGroup {
    /// The state's name in answers.
    pub(crate) fn state(&self) -> &'static str {
        if self.members.is_empty() {
            "Empty"
        } else if self.epoch > self.target_epoch {
            "Assigning"
        } else if self
            .members
            .values()
            .all(|member| member.is_reconciled_to(self.target_epoch))
        {
            "Stable"
        } else {
            "Reconciling"
        }
    }

    /// The answer of ConsumerGroupDescribe. Topics that are gone are left out.
    pub(crate) fn describe(&self, settings: &GroupSettings, topics: &dyn TopicView) -> DescribedGroup {
        let assignor = self.assignor().or_else(|| settings.assignors.first().copied());
        let members = self.members.iter().map(|(id, member)| {
            let wishes = &member.wishes;
            // What it is to give up it has until it says that it has not.
            let mut assigned: BTreeMap<Uuid, BTreeSet<i32>> = BTreeMap::new();
            for (topic, partitions) in member.assigned.iter().chain(&member.revoking) {
                assigned.entry(*topic).or_default().extend(partitions.keys());
            }
            let assigned = assigned.into_iter();
            let assigned = assigned.map(|(topic, partitions)| (topic, partitions.into_iter().collect()));
            let target = self.target.get(id).into_iter().flatten();
            let target = target.map(|(topic, partitions)| (*topic, partitions.iter().copied().collect()));
            Member {
                member_id: id.to_string(),
                instance_id: wishes.instance_id.clone(),
                rack_id: wishes.rack_id.clone(),
                member_epoch: member.epoch,
                client_id: wishes.client_id.clone(),
                client_host: wishes.client_host.clone(),
                subscribed_topic_names: wishes.topics.iter().cloned().collect(),
                // Kafka has an empty one where there is none.
                subscribed_topic_regex: Some(wishes.regex.clone().unwrap_or_default()),
                assignment: shown(topics, assigned),
                target_assignment: shown(topics, target),
                member_type: if wishes.classic.is_some() {
                    CLASSIC_MEMBER
                } else {
                    CONSUMER_MEMBER
                },
            }
        });
        DescribedGroup {
            group_id: self.id.to_string(),
            group_state: self.state().to_owned(),
            group_epoch: self.epoch,
            assignment_epoch: self.target_epoch,
            assignor_name: assignor
                .map(|assignor| assignor.name())
                .unwrap_or_default()
                .to_owned(),
            members: members.collect(),
            ..DescribedGroup::default()
        }
    }
}

fn shown(topics: &dyn TopicView, assigned: impl Iterator<Item = (Uuid, Vec<i32>)>) -> Assignment {
    let named = assigned.filter_map(|(topic_id, partitions)| {
        Some(TopicPartitions {
            topic_id,
            topic_name: topics.name_of(topic_id)?.to_string(),
            partitions,
        })
    });
    Assignment {
        topic_partitions: named.collect(),
    }
}
