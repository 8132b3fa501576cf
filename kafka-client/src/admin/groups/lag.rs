use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;

use super::describe::GroupDescription;
use super::offsets::{CommittedOffset, GroupOffsets};
use crate::admin::drive::Admin;
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::join::join_all;
use crate::admin::offsets::ListedOffset;
use crate::cluster::{OffsetSpec, TopicPartition};
use crate::config::IsolationLevel;

/// A group, and how far it is behind.
#[derive(Clone, Debug)]
pub struct GroupLag {
    /// The group.
    pub group: GroupDescription,
    /// What it committed or is assigned, by partition.
    pub partitions: Vec<PartitionLag>,
}

/// How far a group is behind in a partition.
#[derive(Clone, Debug)]
pub struct PartitionLag {
    /// The partition.
    pub partition: TopicPartition,
    /// How far the group got; none when it committed nothing.
    pub committed: Result<Option<CommittedOffset>, AdminError>,
    /// The high watermark: the offset that the next record to be replicated gets.
    pub end: Result<i64, AdminError>,
    /// The last stable offset, which consumers that read committed records get up to: before
    /// [`end`](Self::end) while a transaction is open.
    pub stable_end: Result<i64, AdminError>,
    /// Which member reads it, by its place in [`GroupDescription::members`].
    pub member: Option<usize>,
}

impl PartitionLag {
    /// Records between what the group committed and the high watermark, those of open transactions included; none
    /// when one of the two is not known. Negative when the group committed more than there is.
    pub fn lag(&self) -> Option<i64> {
        difference(&self.committed, &self.end)
    }

    /// The same up to the last stable offset: what a consumer that reads committed records can read at once.
    pub fn stable_lag(&self) -> Option<i64> {
        difference(&self.committed, &self.stable_end)
    }
}

fn difference(
    committed: &Result<Option<CommittedOffset>, AdminError>,
    end: &Result<i64, AdminError>,
) -> Option<i64> {
    let committed = committed.as_ref().ok()?.as_ref()?;
    Some(end.as_ref().ok()?.saturating_sub(committed.offset))
}

impl Admin {
    /// Returns how far groups are behind, with their members: for each partition that a group committed or that one
    /// of its members has. Asks each broker once for all groups.
    pub async fn group_lags<S: Into<String>>(
        &self,
        groups: impl IntoIterator<Item = S>,
    ) -> Results<String, GroupLag> {
        let groups: Vec<String> = groups.into_iter().map(Into::into).collect();
        let mut offsets = Vec::new();
        let mut described = Vec::new();
        // Two questions of different kinds, side by side.
        let asked: [Pin<Box<dyn Future<Output = ()> + Send + '_>>; 2] = [
            Box::pin(async { described = self.describe_groups(groups.clone()).await }),
            Box::pin(async { offsets = self.group_offsets(groups.clone(), false).await }),
        ];
        join_all(asked).await;
        let mut offsets: BTreeMap<_, _> = offsets.into_iter().collect();
        let groups: Vec<_> = described
            .into_iter()
            .map(|(id, group)| {
                let offsets = offsets.remove(&id).unwrap_or_else(|| Ok(GroupOffsets::new()));
                (id, group.and_then(|group| Ok((group, offsets?))))
            })
            .collect();
        let known = groups.iter().filter_map(|(_, group)| group.as_ref().ok());
        let wanted: BTreeSet<_> = known
            .flat_map(|(group, offsets)| partitions_in(group, offsets))
            .collect();
        let levels = [IsolationLevel::ReadUncommitted, IsolationLevel::ReadCommitted];
        let mut ends = join_all(levels.map(|isolation| self.ends(wanted.clone(), isolation)))
            .await
            .into_iter();
        let (ends, stable_ends) = (ends.next().unwrap_or_default(), ends.next().unwrap_or_default());
        let lag = |group, offsets| put_together(group, offsets, &ends, &stable_ends);
        groups
            .into_iter()
            .map(|(id, group)| (id, group.map(|(group, offsets)| lag(group, offsets))))
            .collect()
    }

    async fn ends(&self, partitions: BTreeSet<TopicPartition>, isolation: IsolationLevel) -> Ends {
        let wanted = partitions
            .into_iter()
            .map(|partition| (partition, OffsetSpec::Latest));
        self.list_offsets(wanted, isolation).await.into_iter().collect()
    }
}

type Ends = BTreeMap<TopicPartition, Result<ListedOffset, AdminError>>;

/// The partitions that a group is about.
fn partitions_in(group: &GroupDescription, offsets: &GroupOffsets) -> BTreeSet<TopicPartition> {
    let assigned = group
        .members
        .iter()
        .flat_map(|member| member.assignment.iter().flatten());
    assigned
        .chain(offsets.iter().map(|(partition, _)| partition))
        .cloned()
        .collect()
}

/// Computes the lag of a group from what brokers said of it.
fn put_together(group: GroupDescription, offsets: GroupOffsets, ends: &Ends, stable_ends: &Ends) -> GroupLag {
    let wanted = partitions_in(&group, &offsets);
    let mut owners = BTreeMap::new();
    for (place, member) in group.members.iter().enumerate() {
        for partition in member.assignment.iter().flatten() {
            owners.entry(partition.clone()).or_insert(place);
        }
    }
    let mut committed: BTreeMap<_, _> = offsets.into_iter().collect();
    let partitions = wanted.into_iter().map(|partition| PartitionLag {
        committed: committed.remove(&partition).transpose(),
        end: end(ends, &partition),
        stable_end: end(stable_ends, &partition),
        member: owners.get(&partition).copied(),
        partition,
    });
    GroupLag {
        partitions: partitions.collect(),
        group,
    }
}

fn end(ends: &Ends, partition: &TopicPartition) -> Result<i64, AdminError> {
    let unsaid = || AdminError::Reply(format!("no end offset of {partition} was told"));
    match ends.get(partition) {
        Some(Ok(listed)) => listed.offset.ok_or_else(unsaid),
        Some(Err(error)) => Err(error.clone()),
        None => Err(unsaid()),
    }
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;

    use super::*;
    use crate::admin::groups::{GroupKind, GroupState, MemberDescription};

    fn group(assignments: &[&[i32]]) -> GroupDescription {
        let member = |(place, partitions): (usize, &&[i32])| MemberDescription {
            id: place.to_string(),
            instance_id: None,
            client_id: String::new(),
            host: String::new(),
            rack: None,
            epoch: None,
            topics: None,
            pattern: None,
            assignment: Some(
                partitions
                    .iter()
                    .map(|&partition| TopicPartition::new("t", partition))
                    .collect(),
            ),
            target_assignment: None,
            classic: None,
        };
        GroupDescription {
            id: "g".to_owned(),
            kind: GroupKind::Classic,
            state: GroupState::Stable,
            protocol_type: "consumer".to_owned(),
            assignor: "range".to_owned(),
            epoch: None,
            target_epoch: None,
            members: assignments.iter().enumerate().map(member).collect(),
            authorized_operations: None,
        }
    }

    fn ends(list: &[(i32, i64)]) -> Ends {
        let listed = |offset| ListedOffset {
            offset: Some(offset),
            timestamp: None,
            leader_epoch: None,
        };
        list.iter()
            .map(|&(partition, offset)| (TopicPartition::new("t", partition), Ok(listed(offset))))
            .collect()
    }

    #[test]
    fn lag_counts_to_both_ends_and_names_the_member() {
        let committed = |offset| {
            Ok(CommittedOffset {
                offset,
                leader_epoch: None,
                metadata: String::new(),
            })
        };
        let offsets = vec![
            (TopicPartition::new("t", 0), committed(10)),
            (TopicPartition::new("t", 2), committed(7)),
            (
                TopicPartition::new("t", 3),
                Err(ErrorCode::TOPIC_AUTHORIZATION_FAILED.into()),
            ),
            (TopicPartition::new("t", 4), committed(1)),
        ];
        let high = ends(&[(0, 15), (1, 3), (2, 5), (3, 1)]);
        let stable = ends(&[(0, 12), (1, 3), (2, 5), (3, 1)]);
        let lag = put_together(group(&[&[0], &[1, 2]]), offsets, &high, &stable);
        let seen: Vec<_> = lag
            .partitions
            .iter()
            .map(|at| (at.partition.partition, at.lag(), at.stable_lag(), at.member))
            .collect();
        let expected = [
            (0, Some(5), Some(2), Some(0)),
            // Nothing is committed, so nothing is known to be behind.
            (1, None, None, Some(1)),
            (2, Some(-2), Some(-2), Some(1)),
            (3, None, None, None),
            (4, None, None, None),
        ];
        assert_eq!(seen, expected);
        assert!(lag.partitions[3].committed.is_err() && lag.partitions[4].end.is_err());
        assert!(matches!(lag.partitions[1].committed, Ok(None)));
    }
}
