use std::collections::{BTreeSet, VecDeque};
use std::task::{Poll, Waker};

use rustc_hash::FxHashMap;

use crate::time::Moment;

/// Where callers wait, first come first served. Who has waited for something else before gives up the earlier, and
/// so not always the first one first.
#[derive(Debug)]
pub(crate) struct Bench<V> {
    seats: VecDeque<Seat>,
    deadlines: BTreeSet<(Moment, u64)>,
    verdicts: FxHashMap<u64, V>,
    next: u64,
}

/// One who waits.
#[derive(Debug)]
struct Seat {
    id: u64,
    need: usize,
    deadline: Moment,
    waker: Waker,
}

impl<V> Default for Bench<V> {
    fn default() -> Self {
        Self {
            seats: VecDeque::new(),
            deadlines: BTreeSet::new(),
            verdicts: FxHashMap::default(),
            next: 0,
        }
    }
}

impl<V> Bench<V> {
    /// Sits down; the number is for [`Bench::poll`] and [`Bench::leave`].
    pub(crate) fn sit(&mut self, need: usize, deadline: Moment, waker: Waker) -> u64 {
        let id = self.next;
        self.next += 1;
        self.deadlines.insert((deadline, id));
        self.seats.push_back(Seat {
            id,
            need,
            deadline,
            waker,
        });
        id
    }

    /// The verdict on `id`, who leaves with it, or else waits on with `waker`.
    pub(crate) fn poll(&mut self, id: u64, waker: &Waker) -> Poll<V> {
        if let Some(verdict) = self.verdicts.remove(&id) {
            return Poll::Ready(verdict);
        }
        if let Ok(at) = self.seats.binary_search_by_key(&id, |seat| seat.id)
            && let Some(seat) = self.seats.get_mut(at)
        {
            seat.waker.clone_from(waker);
        }
        Poll::Pending
    }

    /// Gives up the seat of `id`; returns a verdict that nobody has fetched.
    pub(crate) fn leave(&mut self, id: u64) -> Option<V> {
        self.vacate(id);
        self.verdicts.remove(&id)
    }

    fn vacate(&mut self, id: u64) -> Option<Seat> {
        let at = self.seats.binary_search_by_key(&id, |seat| seat.id).ok()?;
        let seat = self.seats.remove(at)?;
        self.deadlines.remove(&(seat.deadline, id));
        Some(seat)
    }

    /// What the first one needs.
    pub(crate) fn need(&self) -> Option<usize> {
        self.seats.front().map(|seat| seat.need)
    }

    /// When somebody gives up next.
    pub(crate) fn deadline(&self) -> Option<Moment> {
        self.deadlines.first().map(|(deadline, _)| *deadline)
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Tells the first one; the waker is to be woken outside of any lock.
    pub(crate) fn decide(&mut self, verdict: V) -> Option<Waker> {
        let id = self.seats.front()?.id;
        self.tell(id, verdict)
    }

    /// Tells one whose time is over by `now`; the waker is to be woken outside of any lock.
    pub(crate) fn expire(&mut self, now: Moment, verdict: V) -> Option<Waker> {
        let (_, id) = *self.deadlines.first().filter(|(deadline, _)| *deadline <= now)?;
        self.tell(id, verdict)
    }

    fn tell(&mut self, id: u64, verdict: V) -> Option<Waker> {
        let seat = self.vacate(id)?;
        self.verdicts.insert(id, verdict);
        Some(seat.waker)
    }
}
