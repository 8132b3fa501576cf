//! What members tell each other through the coordinator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};
use protocol::consumer_protocol::{Assignment, Subscription, TopicPartitions};
use protocol::messages::join_group::JoinGroupResponseMember;
use protocol::wire::{DecodeError, EncodeError, Reader};

use super::assignor::GroupMember;
use crate::cluster::TopicPartition;
use crate::config::AssignorKind;

/// What a member says of itself when it joins.
#[derive(Debug)]
pub(super) struct Introduction<'a> {
    pub(super) topics: &'a BTreeSet<Arc<str>>,
    /// What it holds on to while it joins.
    pub(super) owned: &'a BTreeSet<TopicPartition>,
    /// What it had before it gave everything up: sticky goes by that.
    pub(super) had: &'a BTreeSet<TopicPartition>,
    pub(super) generation: i32,
    pub(super) rack: Option<&'a str>,
}

impl Introduction<'_> {
    /// Encodes it for one of the assignors that the member knows.
    pub(super) fn encode(&self, kind: AssignorKind) -> Result<Bytes, EncodeError> {
        let user_data = match kind {
            AssignorKind::CooperativeSticky => Some(Bytes::copy_from_slice(&self.generation.to_be_bytes())),
            AssignorKind::Range | AssignorKind::RoundRobin => None,
            AssignorKind::Sticky => sticky_user_data(self.had, self.generation),
        };
        let subscription = Subscription {
            topics: self.topics.iter().map(|topic| topic.to_string()).collect(),
            user_data,
            owned_partitions: grouped(self.owned),
            generation: Some(self.generation).filter(|generation| *generation >= 0),
            rack: self.rack.map(str::to_owned),
        };
        subscription.encode(Subscription::VERSION_MAX)
    }
}

/// Reads what a member said of itself.
pub(super) fn read_member(
    member: &JoinGroupResponseMember,
    kind: AssignorKind,
) -> Result<GroupMember, DecodeError> {
    let subscription = Subscription::decode(&member.metadata)?;
    let user_data = subscription.user_data.as_ref();
    let mut owned = ungrouped(&subscription.owned_partitions);
    let mut generation = subscription.generation;
    match kind {
        // Members before KIP-792 say their generation there.
        AssignorKind::CooperativeSticky => {
            generation = generation.or_else(|| Reader::new(user_data?).i32().ok());
        }
        AssignorKind::Sticky => {
            if let Some((had, of)) = user_data.and_then(|data| read_sticky_user_data(data).ok()) {
                owned = had;
                generation = Some(of);
            }
        }
        AssignorKind::Range | AssignorKind::RoundRobin => {}
    }
    Ok(GroupMember {
        id: Arc::from(member.member_id.as_str()),
        instance_id: member.group_instance_id.as_deref().map(Arc::from),
        topics: subscription
            .topics
            .iter()
            .map(|topic| Arc::from(topic.as_str()))
            .collect(),
        owned,
        generation: generation.unwrap_or(-1),
        rack: subscription.rack,
    })
}

/// Writes what a member gets.
pub(super) fn write_assignment(partitions: &[TopicPartition]) -> Result<Bytes, EncodeError> {
    let partitions = grouped(partitions);
    Assignment {
        partitions,
        user_data: None,
    }
    .encode(Assignment::VERSION_MAX)
}

/// Reads what this member gets. No bytes at all mean that it gets nothing.
pub(super) fn read_assignment(bytes: &Bytes) -> Result<BTreeSet<TopicPartition>, DecodeError> {
    if bytes.is_empty() {
        return Ok(BTreeSet::new());
    }
    Ok(ungrouped(&Assignment::decode(bytes)?.partitions))
}

fn grouped<'a>(partitions: impl IntoIterator<Item = &'a TopicPartition>) -> Vec<TopicPartitions> {
    let mut topics: BTreeMap<&str, Vec<i32>> = BTreeMap::new();
    for partition in partitions {
        topics
            .entry(&partition.topic)
            .or_default()
            .push(partition.partition);
    }
    topics
        .into_iter()
        .map(|(topic, partitions)| TopicPartitions {
            topic: topic.to_owned(),
            partitions,
        })
        .collect()
}

fn ungrouped(topics: &[TopicPartitions]) -> BTreeSet<TopicPartition> {
    let mut partitions = BTreeSet::new();
    for topic in topics {
        let name: Arc<str> = Arc::from(topic.topic.as_str());
        partitions.extend(
            topic
                .partitions
                .iter()
                .map(|&number| TopicPartition::new(name.clone(), number)),
        );
    }
    partitions
}

/// The sticky assignor's memory: topics with their partitions, then the generation.
fn sticky_user_data(had: &BTreeSet<TopicPartition>, generation: i32) -> Option<Bytes> {
    let topics = grouped(had);
    let mut out = BytesMut::new();
    out.put_i32(i32::try_from(topics.len()).ok()?);
    for topic in topics {
        out.put_i16(i16::try_from(topic.topic.len()).ok()?);
        out.put_slice(topic.topic.as_bytes());
        out.put_i32(i32::try_from(topic.partitions.len()).ok()?);
        for partition in topic.partitions {
            out.put_i32(partition);
        }
    }
    out.put_i32(generation);
    Some(out.freeze())
}

fn read_sticky_user_data(data: &Bytes) -> Result<(BTreeSet<TopicPartition>, i32), DecodeError> {
    let mut reader = Reader::new(data);
    let mut had = BTreeSet::new();
    for _ in 0..reader.array_length(false, 6)?.unwrap_or(0) {
        let topic: Arc<str> = Arc::from(reader.string(false)?);
        for _ in 0..reader.array_length(false, 4)?.unwrap_or(0) {
            had.insert(TopicPartition::new(topic.clone(), reader.i32()?));
        }
    }
    // The first version of the format ends here.
    let generation = if reader.remaining() >= 4 {
        reader.i32()?
    } else {
        -1
    };
    Ok((had, generation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sticky_remembers_what_it_had() {
        let had = BTreeSet::from([
            TopicPartition::new("a", 0),
            TopicPartition::new("a", 2),
            TopicPartition::new("b", 1),
        ]);
        let data = sticky_user_data(&had, 7).unwrap();
        assert_eq!(read_sticky_user_data(&data).unwrap(), (had, 7));
        assert!(read_sticky_user_data(&data.slice(..data.len() - 6)).is_err());
    }

    #[test]
    fn an_empty_assignment_is_nothing() {
        assert_eq!(read_assignment(&Bytes::new()).unwrap(), BTreeSet::new());
        let list = [TopicPartition::new("a", 3), TopicPartition::new("b", 0)];
        let bytes = write_assignment(&list).unwrap();
        assert_eq!(read_assignment(&bytes).unwrap(), BTreeSet::from(list));
    }
}
