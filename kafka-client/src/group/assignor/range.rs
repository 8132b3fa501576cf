use super::{Assignments, Assignor, GroupMember, PartitionCounts, nothing_for, ranked};
use crate::cluster::TopicPartition;
use crate::config::AssignorKind;

/// Deals out each topic on its own: neighbouring partitions to each member, the first members get one more when the
/// number does not divide. With equally partitioned topics the same numbers meet in the same member.
#[derive(Debug)]
pub struct Range;

impl Assignor for Range {
    fn kind(&self) -> AssignorKind {
        AssignorKind::Range
    }

    fn assign(&self, members: &[GroupMember], counts: &PartitionCounts) -> Assignments {
        let mut assignments = nothing_for(members);
        let ranked = ranked(members);
        for (topic, &count) in counts {
            let subscribers: Vec<_> = ranked
                .iter()
                .filter(|member| member.topics.contains(topic))
                .collect();
            let Ok(sharers) = i32::try_from(subscribers.len()) else {
                continue;
            };
            if sharers == 0 {
                continue;
            }
            let (each, mut extra) = (count / sharers, count % sharers);
            let mut next = 0;
            for member in subscribers {
                let end = next + each + i32::from(extra > 0);
                extra = (extra - 1).max(0);
                if let Some(list) = assignments.get_mut(&member.id) {
                    list.extend((next..end).map(|partition| TopicPartition::new(topic.clone(), partition)));
                }
                next = end;
            }
        }
        assignments
    }
}
