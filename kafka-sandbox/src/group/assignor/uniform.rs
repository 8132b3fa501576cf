use std::collections::{BTreeMap, BTreeSet};

use protocol::Uuid;

use super::{Assignment, Subscriber, share};

/// Gives everybody as many partitions as the others, as far as what they want allows, and leaves partitions where they
/// are as far as that allows.
pub(super) fn assign(members: &[Subscriber<'_>], partitions: &BTreeMap<Uuid, i32>) -> Vec<Assignment> {
    let mut table = Table::of_what_stays(members, partitions);
    let all_alike = members.windows(2).all(|pair| pair[0].topics == pair[1].topics);
    if all_alike {
        table.cut_to_shares(partitions);
        table.fill_shares(members, partitions);
    } else {
        table.give_to_the_poorest(members, partitions);
        table.even_out(members, partitions);
    }
    table.shares
}

/// Who has what, by places of members.
struct Table {
    shares: Vec<Assignment>,
    counts: Vec<usize>,
    owners: BTreeMap<(Uuid, i32), usize>,
}

/// How often partitions are looked through for one that is better elsewhere.
const ROUNDS_MAX: usize = 100;

impl Table {
    fn of_what_stays(members: &[Subscriber<'_>], partitions: &BTreeMap<Uuid, i32>) -> Self {
        let mut table = Self {
            shares: vec![Assignment::new(); members.len()],
            counts: vec![0; members.len()],
            owners: BTreeMap::new(),
        };
        for (place, member) in members.iter().enumerate() {
            let current = member.current.into_iter().flatten();
            for (topic, indexes) in current.filter(|(topic, _)| member.topics.contains(topic)) {
                let count = partitions.get(topic).copied().unwrap_or(0);
                for &index in indexes.range(..count) {
                    if !table.owners.contains_key(&(*topic, index)) {
                        table.give(place, *topic, index);
                    }
                }
            }
        }
        table
    }

    fn give(&mut self, place: usize, topic: Uuid, index: i32) {
        self.shares[place].entry(topic).or_default().insert(index);
        self.counts[place] += 1;
        self.owners.insert((topic, index), place);
    }

    fn take(&mut self, place: usize, topic: Uuid, index: i32) {
        if let Some(indexes) = self.shares[place].get_mut(&topic)
            && indexes.remove(&index)
        {
            if indexes.is_empty() {
                self.shares[place].remove(&topic);
            }
            self.counts[place] -= 1;
            self.owners.remove(&(topic, index));
        }
    }

    /// Takes from everybody what is above the fair share. Those who have most may keep what does not come out even.
    fn cut_to_shares(&mut self, partitions: &BTreeMap<Uuid, i32>) {
        for (place, most) in self.fair_shares(partitions).into_iter().enumerate() {
            let all = self.shares[place].iter();
            let all = all.flat_map(|(topic, indexes)| indexes.iter().map(|&index| (*topic, index)));
            let surplus: Vec<(Uuid, i32)> = all.skip(most).collect();
            for (topic, index) in surplus {
                self.take(place, topic, index);
            }
        }
    }

    /// How many each is to have, by place.
    fn fair_shares(&self, partitions: &BTreeMap<Uuid, i32>) -> Vec<usize> {
        let total = partitions
            .values()
            .map(|&count| usize::try_from(count).unwrap_or(0))
            .sum();
        let mut richest_first: Vec<usize> = (0..self.counts.len()).collect();
        richest_first.sort_by_key(|&place| std::cmp::Reverse(self.counts[place]));
        let mut shares = vec![0; self.counts.len()];
        for (rank, place) in richest_first.into_iter().enumerate() {
            shares[place] = share(total, self.counts.len(), rank);
        }
        shares
    }

    /// Gives what nobody has to those who have less than their share.
    fn fill_shares(&mut self, members: &[Subscriber<'_>], partitions: &BTreeMap<Uuid, i32>) {
        let shares = self.fair_shares(partitions);
        let Some(topics) = members.first().map(|member| member.topics.clone()) else {
            return;
        };
        let mut place = 0;
        for topic in topics.iter() {
            for index in 0..partitions.get(topic).copied().unwrap_or(0) {
                if self.owners.contains_key(&(*topic, index)) {
                    continue;
                }
                while place < shares.len() && self.counts[place] >= shares[place] {
                    place += 1;
                }
                if place == shares.len() {
                    return;
                }
                self.give(place, *topic, index);
            }
        }
    }

    /// Gives what nobody has to whoever wants it and has least; topics with few readers come first, whose readers have
    /// the least choice.
    fn give_to_the_poorest(&mut self, members: &[Subscriber<'_>], partitions: &BTreeMap<Uuid, i32>) {
        let mut topics: Vec<(Vec<usize>, Uuid, i32)> = partitions
            .iter()
            .map(|(topic, &count)| (readers(members, topic), *topic, count))
            .collect();
        topics.sort_by_key(|(readers, ..)| readers.len());
        for (readers, topic, count) in topics {
            let mut poorest_first = self.by_count(&readers);
            for index in 0..count {
                if self.owners.contains_key(&(topic, index)) {
                    continue;
                }
                let Some((count, poorest)) = poorest_first.pop_first() else {
                    break;
                };
                self.give(poorest, topic, index);
                poorest_first.insert((count + 1, poorest));
            }
        }
    }

    /// Moves partitions from those who have more to those who have less by two or more.
    fn even_out(&mut self, members: &[Subscriber<'_>], partitions: &BTreeMap<Uuid, i32>) {
        let readers: BTreeMap<Uuid, Vec<usize>> = partitions
            .keys()
            .map(|topic| (*topic, readers(members, topic)))
            .collect();
        for _ in 0..ROUNDS_MAX {
            let mut moved = false;
            for (topic, readers) in &readers {
                moved |= self.even_out_topic(*topic, readers);
            }
            if !moved {
                break;
            }
        }
    }

    /// Does so with the partitions of a topic. Returns whether one was moved.
    fn even_out_topic(&mut self, topic: Uuid, readers: &[usize]) -> bool {
        let owned = self.owners.range((topic, i32::MIN)..=(topic, i32::MAX));
        let owned: Vec<(i32, usize)> = owned.map(|(&(_, index), &place)| (index, place)).collect();
        let mut poorest_first = self.by_count(readers);
        let mut moved = false;
        for (index, owner) in owned {
            let Some(&(least, poorest)) = poorest_first.first() else {
                break;
            };
            let most = self.counts[owner];
            if least + 1 < most {
                self.take(owner, topic, index);
                self.give(poorest, topic, index);
                poorest_first.remove(&(least, poorest));
                poorest_first.insert((least + 1, poorest));
                if poorest_first.remove(&(most, owner)) {
                    poorest_first.insert((most - 1, owner));
                }
                moved = true;
            }
        }
        moved
    }

    /// These places with what they have, those who have least first.
    fn by_count(&self, places: &[usize]) -> BTreeSet<(usize, usize)> {
        places.iter().map(|&place| (self.counts[place], place)).collect()
    }
}

/// The places of those who want a topic.
fn readers(members: &[Subscriber<'_>], topic: &Uuid) -> Vec<usize> {
    let places = members.iter().enumerate();
    places
        .filter(|(_, member)| member.topics.contains(topic))
        .map(|(place, _)| place)
        .collect()
}
