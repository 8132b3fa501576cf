use std::collections::BTreeMap;
use std::sync::Arc;

use super::sticky::{Claims, sticky};
use super::{Assignments, Assignor, GroupMember, PartitionCounts};
use crate::cluster::TopicPartition;
use crate::config::AssignorKind;

/// Sticky, in two steps (KIP-429): a partition that moves is first taken from its owner, and only given to the next
/// one in the rebalance that the owner starts when it has let go. So no partition has two owners at any instant.
#[derive(Debug)]
pub struct CooperativeSticky;

impl Assignor for CooperativeSticky {
    fn kind(&self) -> AssignorKind {
        AssignorKind::CooperativeSticky
    }

    fn is_cooperative(&self) -> bool {
        true
    }

    fn assign(&self, members: &[GroupMember], counts: &PartitionCounts) -> Assignments {
        let claims = Claims::of(members);
        let mut assignments = sticky(members, counts, &claims);
        // Every word of a member counts here, stale ones too: it may still be reading what it says it owns.
        let mut speakers: BTreeMap<&TopicPartition, Vec<&Arc<str>>> = BTreeMap::new();
        for member in members {
            for partition in &member.owned {
                speakers.entry(partition).or_default().push(&member.id);
            }
        }
        for (id, list) in &mut assignments {
            list.retain(|partition| {
                claims.owner(partition) == Some(id)
                    || speakers
                        .get(partition)
                        .is_none_or(|speakers| speakers.iter().all(|speaker| *speaker == id))
            });
        }
        assignments
    }
}
