use super::{Assignments, Assignor, GroupMember, PartitionCounts, nothing_for, ranked};
use crate::cluster::TopicPartition;
use crate::config::AssignorKind;

/// Deals out the partitions of all topics in one round over the members, skipping who did not subscribe.
#[derive(Debug)]
pub struct RoundRobin;

impl Assignor for RoundRobin {
    fn kind(&self) -> AssignorKind {
        AssignorKind::RoundRobin
    }

    fn assign(&self, members: &[GroupMember], counts: &PartitionCounts) -> Assignments {
        let mut assignments = nothing_for(members);
        let ranked = ranked(members);
        let mut turn = 0;
        for (topic, &count) in counts {
            if !ranked.iter().any(|member| member.topics.contains(topic)) {
                continue;
            }
            for partition in 0..count {
                let mut order = (turn..ranked.len()).chain(0..turn);
                let Some(at) = order.find(|&at| ranked[at].topics.contains(topic)) else {
                    break;
                };
                if let Some(list) = assignments.get_mut(&ranked[at].id) {
                    list.push(TopicPartition::new(topic.clone(), partition));
                }
                turn = (at + 1) % ranked.len();
            }
        }
        assignments
    }
}
