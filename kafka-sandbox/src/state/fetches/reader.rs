//! The partitions that a client reads, and which of them are worth a look.

use std::collections::VecDeque;
use std::sync::Arc;

use protocol::Uuid;
use rustc_hash::FxHashMap;

/// A reader in [`Fetches`](super::Fetches). Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ReaderId(pub(super) u64);

/// A set of partitions with what the client wants of each.
///
/// A partition is *marked* when there may be something to tell of it. One that is not had nothing when it was looked at
/// last, and nothing has happened to it since: it need not be looked at, however many there are.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    slots: Vec<Option<Slot>>,
    free: Vec<usize>,
    places: FxHashMap<(TopicKey, i32), usize>,
    marked: VecDeque<usize>,
    /// Whether all are marked, whatever the queue says.
    all_marked: bool,
}

/// A partition of a reader.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// None as long as no topic has the id.
    pub(crate) name: Option<Arc<str>>,
    /// Zero where clients name topics.
    pub(crate) id: Uuid,
    pub(crate) partition: i32,
    pub(crate) wanted: Wanted,
    /// What the client was told last; -1 for nothing.
    pub(crate) told_high_watermark: i64,
    pub(crate) told_log_start: i64,
    /// Whether it was there when it was looked at last.
    pub(crate) was_there: bool,
    marked: bool,
}

/// What a client wants of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) leader_epoch: i32,
    pub(crate) fetch_offset: i64,
    pub(crate) last_fetched_epoch: i32,
    pub(crate) max_bytes: i32,
}

/// What a topic is called in requests.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum TopicKey {
    Id(Uuid),
    Name(Arc<str>),
}

impl Slot {
    /// A partition of which nothing was told yet.
    pub(crate) fn new(name: Option<Arc<str>>, id: Uuid, partition: i32, wanted: Wanted) -> Self {
        Self {
            name,
            id,
            partition,
            wanted,
            told_high_watermark: -1,
            told_log_start: -1,
            was_there: false,
            marked: false,
        }
    }

    fn key(&self) -> (TopicKey, i32) {
        key(self.name.as_ref(), self.id, self.partition)
    }
}

fn key(name: Option<&Arc<str>>, id: Uuid, partition: i32) -> (TopicKey, i32) {
    let topic = match name {
        Some(name) if id.is_zero() => TopicKey::Name(name.clone()),
        _ => TopicKey::Id(id),
    };
    (topic, partition)
}

impl Reader {
    /// How many partitions there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub(crate) fn slot(&self, place: usize) -> Option<&Slot> {
        self.slots.get(place)?.as_ref()
    }

    pub(crate) fn slot_mut(&mut self, place: usize) -> Option<&mut Slot> {
        self.slots.get_mut(place)?.as_mut()
    }

    /// All, by their places.
    pub(crate) fn slots(&self) -> impl Iterator<Item = (usize, &Slot)> {
        let places = self.slots.iter().enumerate();
        places.filter_map(|(place, slot)| Some((place, slot.as_ref()?)))
    }

    /// Adds a partition, marked; or changes what is wanted of it when it is there. Returns its place if it is new.
    pub(crate) fn put(&mut self, slot: Slot) -> Option<usize> {
        let key = slot.key();
        if let Some(&place) = self.places.get(&key) {
            if let Some(there) = self.slot_mut(place) {
                there.wanted = slot.wanted;
            }
            self.mark(place);
            return None;
        }
        let place = match self.free.pop() {
            Some(place) => {
                self.slots[place] = Some(slot);
                place
            }
            None => {
                self.slots.push(Some(slot));
                self.slots.len() - 1
            }
        };
        self.places.insert(key, place);
        self.mark(place);
        Some(place)
    }

    /// Takes a partition out.
    pub(crate) fn remove(&mut self, name: &Arc<str>, id: Uuid, partition: i32) -> Option<(usize, Slot)> {
        let place = self.places.remove(&key(Some(name), id, partition))?;
        let slot = self.slots.get_mut(place)?.take()?;
        self.free.push(place);
        Some((place, slot))
    }

    /// Notes that there may be something to tell of a partition.
    pub(crate) fn mark(&mut self, place: usize) {
        if let Some(slot) = self.slots.get_mut(place).and_then(Option::as_mut)
            && !slot.marked
        {
            slot.marked = true;
            self.marked.push_back(place);
        }
    }

    /// Notes that there may be something to tell of any partition.
    pub(crate) fn mark_all(&mut self) {
        self.all_marked = true;
    }

    /// Takes the marked partitions, longest marked first. None of them is marked then.
    pub(crate) fn take_marked(&mut self) -> Vec<usize> {
        let mut taken = Vec::with_capacity(self.marked.len());
        for place in std::mem::take(&mut self.marked) {
            // A place may have been given away since.
            if let Some(slot) = self.slots.get_mut(place).and_then(Option::as_mut)
                && std::mem::take(&mut slot.marked)
            {
                taken.push(place);
            }
        }
        if std::mem::take(&mut self.all_marked) {
            let mut others: Vec<bool> = self.slots.iter().map(Option::is_some).collect();
            for &place in &taken {
                others[place] = false;
            }
            let others = others.into_iter().enumerate();
            taken.extend(others.filter_map(|(place, other)| other.then_some(place)));
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(name: &str, partition: i32) -> Slot {
        let wanted = Wanted {
            leader_epoch: -1,
            fetch_offset: 0,
            last_fetched_epoch: -1,
            max_bytes: 1,
        };
        Slot::new(Some(name.into()), Uuid::ZERO, partition, wanted)
    }

    #[test]
    fn marks_are_taken_once_in_order() {
        let mut reader = Reader::default();
        let places: Vec<usize> = (0..4)
            .map(|index| reader.put(slot("a", index)).unwrap())
            .collect();
        assert_eq!(reader.take_marked(), places);
        assert_eq!(reader.take_marked(), [0; 0]);
        for place in [2, 0, 2] {
            reader.mark(place);
        }
        reader.mark(99);
        assert_eq!(reader.take_marked(), [2, 0]);
        reader.mark(3);
        reader.mark_all();
        assert_eq!(reader.take_marked(), [3, 0, 1, 2]);
        assert_eq!(reader.take_marked(), [0; 0]);
    }

    #[test]
    fn a_partition_is_there_once() {
        let mut reader = Reader::default();
        assert_eq!(reader.put(slot("a", 0)), Some(0));
        let mut again = slot("a", 0);
        again.wanted.fetch_offset = 7;
        assert_eq!(reader.put(again), None);
        assert_eq!(
            (reader.len(), reader.slot(0).unwrap().wanted.fetch_offset),
            (1, 7)
        );
        let name: Arc<str> = "a".into();
        assert!(reader.remove(&name, Uuid::ZERO, 1).is_none());
        assert_eq!(reader.remove(&name, Uuid::ZERO, 0).unwrap().0, 0);
        assert!(reader.is_empty() && reader.take_marked().is_empty());
        // Its place is another's, once.
        assert_eq!(reader.put(slot("b", 3)), Some(0));
        assert_eq!(reader.take_marked(), [0]);
    }
}
