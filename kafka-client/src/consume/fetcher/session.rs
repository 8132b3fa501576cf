use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::Uuid;

use super::super::buffer::SlotId;
use crate::cluster::TopicPartition;

/// What a broker remembers of a consumer's fetches (KIP-227), so that only changes are sent.
#[derive(Debug, Default)]
pub(super) struct Session {
    id: i32,
    /// Counts the fetches; 0 opens a session.
    epoch: i32,
    known: BTreeMap<SlotId, Entry>,
}

/// How the broker knows a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) partition: TopicPartition,
    pub(super) topic_id: Uuid,
    pub(super) offset: i64,
    pub(super) leader_epoch: i32,
    pub(super) bytes_max: i32,
}

/// The part of a fetch that concerns the session.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) id: i32,
    pub(super) epoch: i32,
    /// All partitions are to be sent.
    pub(super) full: bool,
    pub(super) changed: Vec<SlotId>,
    pub(super) forgotten: Vec<(Arc<str>, Uuid, i32)>,
}

impl Session {
    /// Works out what a fetch of `wanted` has to say.
    pub(super) fn step(&mut self, wanted: BTreeMap<SlotId, Entry>) -> Step {
        // Ids and names do not mix in one session: topics that got ids since open a new one.
        let same_naming = self.known.values().all(|entry| entry.topic_id != Uuid::ZERO)
            == wanted.values().all(|entry| entry.topic_id != Uuid::ZERO);
        let mut step = Step {
            id: self.id,
            epoch: self.epoch,
            full: self.epoch == 0,
            ..Step::default()
        };
        if !same_naming && self.epoch != 0 {
            step.full = true;
            step.epoch = 0;
        }
        if step.full {
            step.changed = wanted.keys().copied().collect();
        } else {
            for (id, entry) in &wanted {
                if self.known.get(id) != Some(entry) {
                    step.changed.push(*id);
                }
            }
            for (id, entry) in &self.known {
                let is_same =
                    |now: &Entry| now.partition == entry.partition && now.topic_id == entry.topic_id;
                // It may have got another place: what a request both names and forgets is gone from the session.
                let stays = wanted.get(id).is_some_and(is_same) || wanted.values().any(is_same);
                if !stays {
                    let TopicPartition { topic, partition } = entry.partition.clone();
                    step.forgotten.push((topic, entry.topic_id, partition));
                }
            }
        }
        self.known = wanted;
        step
    }

    /// When a fetch was answered without an error.
    pub(super) fn handle_answer(&mut self, full: bool, id: i32, complete: bool) {
        if full {
            // An answer that lacks partitions, as one that was throttled, has not opened anything worth keeping.
            match id > 0 && complete {
                true => (self.id, self.epoch) = (id, 1),
                false => *self = Self::default(),
            }
        } else {
            self.epoch = next_epoch(self.epoch);
        }
    }

    /// When the broker does not know the session.
    pub(super) fn handle_unknown(&mut self) {
        *self = Self::default();
    }

    /// When a fetch got no answer: the broker may or may not have moved on. The next fetch closes this session and opens
    /// another.
    pub(super) fn handle_lost(&mut self) {
        self.epoch = 0;
        self.known.clear();
    }
}

/// Epochs count to the highest number, then from 1: 0 means a new session, -1 the end of one.
fn next_epoch(epoch: i32) -> i32 {
    if epoch == i32::MAX { 1 } else { epoch + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(topic: &str, offset: i64) -> Entry {
        Entry {
            partition: TopicPartition::new(topic, 0),
            topic_id: Uuid::ZERO,
            offset,
            leader_epoch: 0,
            bytes_max: 100,
        }
    }

    fn wanted(entries: &[(usize, &str, i64)]) -> BTreeMap<SlotId, Entry> {
        entries
            .iter()
            .map(|(id, topic, offset)| (SlotId(*id), entry(topic, *offset)))
            .collect()
    }

    #[test]
    fn f9_what_is_no_longer_wanted_is_forgotten() {
        let mut session = Session::default();
        let first = session.step(wanted(&[(0, "a", 0), (1, "b", 0)]));
        assert!(first.full);
        assert_eq!((first.id, first.epoch, first.changed.len()), (0, 0, 2));
        session.handle_answer(true, 77, true);

        let second = session.step(wanted(&[(0, "a", 5), (2, "c", 0)]));
        assert!(!second.full);
        assert_eq!((second.id, second.epoch), (77, 1));
        assert_eq!(second.changed, [SlotId(0), SlotId(2)]);
        assert_eq!(second.forgotten, [(Arc::from("b"), Uuid::ZERO, 0)]);
        session.handle_answer(false, 77, true);

        let third = session.step(wanted(&[(0, "a", 5), (2, "c", 0)]));
        assert_eq!(
            (third.epoch, third.changed.len(), third.forgotten.len()),
            (2, 0, 0)
        );
    }

    #[test]
    fn f9_what_only_changes_its_place_is_not_forgotten() {
        let mut session = Session::default();
        session.step(wanted(&[(0, "a", 0), (1, "b", 0)]));
        session.handle_answer(true, 1, true);
        let step = session.step(wanted(&[(0, "c", 0), (1, "a", 0)]));
        assert_eq!(step.changed, [SlotId(0), SlotId(1)]);
        assert_eq!(step.forgotten, [(Arc::from("b"), Uuid::ZERO, 0)]);
    }

    #[test]
    fn f9_a_place_that_is_used_again_does_not_hide_what_was_there() {
        let mut session = Session::default();
        session.step(wanted(&[(0, "a", 0)]));
        session.handle_answer(true, 1, true);
        let step = session.step(wanted(&[(0, "b", 0)]));
        assert_eq!(step.changed, [SlotId(0)]);
        assert_eq!(step.forgotten, [(Arc::from("a"), Uuid::ZERO, 0)]);
    }

    #[test]
    fn f11_session_epochs_go_on_from_one() {
        assert_eq!(next_epoch(1), 2);
        assert_eq!(next_epoch(i32::MAX), 1);
    }

    #[test]
    fn f12_a_full_answer_that_lacks_partitions_opens_no_session() {
        let mut session = Session::default();
        session.step(wanted(&[(0, "a", 0)]));
        session.handle_answer(true, 9, false);
        assert!(session.step(wanted(&[(0, "a", 0)])).full);
    }

    #[test]
    fn f8_an_unknown_session_starts_anew_and_a_lost_answer_closes_the_old_one() {
        let mut session = Session::default();
        session.step(wanted(&[(0, "a", 0)]));
        session.handle_answer(true, 9, true);
        session.handle_lost();
        let step = session.step(wanted(&[(0, "a", 0)]));
        assert_eq!((step.id, step.epoch, step.full), (9, 0, true));
        session.handle_unknown();
        let step = session.step(wanted(&[(0, "a", 0)]));
        assert_eq!((step.id, step.epoch, step.full), (0, 0, true));
    }
}
