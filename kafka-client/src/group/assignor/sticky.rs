use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::{Assignments, Assignor, GroupMember, PartitionCounts};
use crate::cluster::TopicPartition;
use crate::config::AssignorKind;

/// Balances as well as the subscriptions allow and moves as little as that needs. Members give everything up first.
#[derive(Debug)]
pub struct Sticky;

impl Assignor for Sticky {
    fn kind(&self) -> AssignorKind {
        AssignorKind::Sticky
    }

    fn assign(&self, members: &[GroupMember], counts: &PartitionCounts) -> Assignments {
        sticky(members, counts, &Claims::of(members))
    }
}

/// Who owned what in the newest generation that any member speaks of.
#[derive(Debug)]
pub(super) struct Claims {
    owners: BTreeMap<TopicPartition, Arc<str>>,
}

impl Claims {
    /// Sorts the members' claims out: one of an older generation is not believed (KIP-792), nor is any of two that
    /// contradict each other.
    pub(super) fn of(members: &[GroupMember]) -> Self {
        let newest = members
            .iter()
            .filter(|m| !m.owned.is_empty())
            .map(|m| m.generation)
            .max();
        let mut owners: BTreeMap<TopicPartition, Arc<str>> = BTreeMap::new();
        let mut contested = BTreeSet::new();
        for member in members.iter().filter(|member| Some(member.generation) == newest) {
            for partition in &member.owned {
                if owners.insert(partition.clone(), member.id.clone()).is_some() {
                    contested.insert(partition.clone());
                }
            }
        }
        owners.retain(|partition, _| !contested.contains(partition));
        Self { owners }
    }

    /// The member whose claim is believed.
    pub(super) fn owner(&self, partition: &TopicPartition) -> Option<&Arc<str>> {
        self.owners.get(partition)
    }
}

/// Keeps what is claimed, deals out the rest to whoever has least, then moves partitions, along chains of members
/// where it must, until none could be moved to a member that has at least two less. Each move lowers the sum of the
/// squared loads, so it ends.
pub(super) fn sticky(members: &[GroupMember], counts: &PartitionCounts, claims: &Claims) -> Assignments {
    let mut board = Board::new(members, counts);
    board.keep(claims);
    board.deal();
    board.balance();
    board.into_assignments()
}

struct Topic {
    name: Arc<str>,
    /// The members that subscribe to it, ascending.
    subscribers: Vec<usize>,
    /// Who has each partition, and who is believed to have had it before.
    owners: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
}

struct Board {
    ids: Vec<Arc<str>>,
    loads: Vec<usize>,
    topics: Vec<Topic>,
    /// How many partitions of each topic each member has: `held[member][topic]`.
    held: Vec<Vec<usize>>,
}

impl Board {
    fn new(members: &[GroupMember], counts: &PartitionCounts) -> Self {
        let mut sorted: Vec<_> = members.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let topics: Vec<_> = counts
            .iter()
            .map(|(name, &count)| {
                let count = usize::try_from(count).unwrap_or(0);
                Topic {
                    name: name.clone(),
                    subscribers: (0..sorted.len())
                        .filter(|&at| sorted[at].topics.contains(name))
                        .collect(),
                    owners: vec![None; count],
                    before: vec![None; count],
                }
            })
            .filter(|topic| !topic.subscribers.is_empty())
            .collect();
        Self {
            ids: sorted.iter().map(|member| member.id.clone()).collect(),
            loads: vec![0; sorted.len()],
            held: vec![vec![0; topics.len()]; sorted.len()],
            topics,
        }
    }

    fn keep(&mut self, claims: &Claims) {
        let Self {
            ids,
            loads,
            topics,
            held,
        } = self;
        for (at, topic) in topics.iter_mut().enumerate() {
            for (number, owner) in topic.owners.iter_mut().enumerate() {
                let Ok(partition) = i32::try_from(number) else {
                    break;
                };
                let claimed = claims.owner(&TopicPartition::new(topic.name.clone(), partition));
                let Some(member) = claimed.and_then(|id| ids.binary_search(id).ok()) else {
                    continue;
                };
                topic.before[number] = Some(member);
                if topic.subscribers.binary_search(&member).is_ok() {
                    *owner = Some(member);
                    loads[member] += 1;
                    held[member][at] += 1;
                }
            }
        }
    }

    fn deal(&mut self) {
        let mut order: Vec<usize> = (0..self.topics.len()).collect();
        // Who has little choice is served first.
        order.sort_by_key(|&at| (self.topics[at].subscribers.len(), at));
        for at in order {
            for number in 0..self.topics[at].owners.len() {
                if self.topics[at].owners[number].is_some() {
                    continue;
                }
                let least = self.topics[at]
                    .subscribers
                    .iter()
                    .copied()
                    .min_by_key(|&m| (self.loads[m], m));
                if let Some(member) = least {
                    self.topics[at].owners[number] = Some(member);
                    self.loads[member] += 1;
                    self.held[member][at] += 1;
                }
            }
        }
    }

    fn balance(&mut self) {
        loop {
            let mut heaviest: Vec<usize> = (0..self.ids.len()).collect();
            heaviest.sort_by_key(|&m| (usize::MAX - self.loads[m], m));
            let Some(path) = heaviest.into_iter().find_map(|from| self.relief(from)) else {
                return;
            };
            for (from, topic, to) in path {
                self.shift(from, topic, to);
            }
        }
    }

    /// The shortest chain of moves that takes one partition from `from` and ends at a member with at least two less.
    fn relief(&self, from: usize) -> Option<Vec<(usize, usize, usize)>> {
        let limit = self.loads[from].checked_sub(2)?;
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; self.ids.len()];
        let mut seen_topics = vec![false; self.topics.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(member) = queue.pop_front() {
            let mut best: Option<usize> = None;
            for (at, topic) in self.topics.iter().enumerate() {
                // Whoever subscribes to a topic was reached by the first member that holds some of it.
                if self.held[member][at] == 0 || std::mem::replace(&mut seen_topics[at], true) {
                    continue;
                }
                for &next in &topic.subscribers {
                    if next == from || reached[next].is_some() {
                        continue;
                    }
                    reached[next] = Some((member, at));
                    queue.push_back(next);
                    let lighter = best.is_none_or(|best| self.loads[next] < self.loads[best]);
                    if self.loads[next] <= limit && lighter {
                        best = Some(next);
                    }
                }
            }
            if let Some(mut to) = best {
                let mut path = Vec::new();
                while to != from {
                    let (member, topic) = reached[to]?;
                    path.push((member, topic, to));
                    to = member;
                }
                return Some(path);
            }
        }
        None
    }

    /// Moves one partition: rather one that `to` had before, then one that `from` did not have before.
    fn shift(&mut self, from: usize, at: usize, to: usize) {
        let topic = &mut self.topics[at];
        let movable = (0..topic.owners.len()).filter(|&number| topic.owners[number] == Some(from));
        let chosen = movable.min_by_key(|&number| {
            let worth = match topic.before[number] {
                Some(before) if before == to => 0,
                Some(before) if before == from => 2,
                _ => 1,
            };
            (worth, usize::MAX - number)
        });
        if let Some(number) = chosen {
            topic.owners[number] = Some(to);
            self.loads[from] -= 1;
            self.loads[to] += 1;
            self.held[from][at] -= 1;
            self.held[to][at] += 1;
        }
    }

    fn into_assignments(self) -> Assignments {
        let mut assignments: Assignments = self.ids.iter().map(|id| (id.clone(), Vec::new())).collect();
        for topic in &self.topics {
            for (number, owner) in topic.owners.iter().enumerate() {
                let (Some(owner), Ok(partition)) = (*owner, i32::try_from(number)) else {
                    continue;
                };
                if let Some(list) = assignments.get_mut(&self.ids[owner]) {
                    list.push(TopicPartition::new(topic.name.clone(), partition));
                }
            }
        }
        assignments
    }
}
