use std::collections::VecDeque;
use std::task::{Poll, Waker};

use rustc_hash::FxHashMap;

use crate::time::Moment;

/// Where callers wait, first come first served.
///
/// All wait equally long, so that the first is also the first to give up.
#[derive(Debug)]
pub(crate) struct Bench<V> {
    seats: VecDeque<Seat>,
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
        if let Ok(at) = self.seats.binary_search_by_key(&id, |seat| seat.id) {
            self.seats.remove(at);
        }
        self.verdicts.remove(&id)
    }

    /// What the first one needs.
    pub(crate) fn need(&self) -> Option<usize> {
        self.seats.front().map(|seat| seat.need)
    }

    /// When the first one gives up.
    pub(crate) fn deadline(&self) -> Option<Moment> {
        self.seats.front().map(|seat| seat.deadline)
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Tells the first one; the waker is to be woken outside of any lock.
    pub(crate) fn decide(&mut self, verdict: V) -> Option<Waker> {
        let seat = self.seats.pop_front()?;
        self.verdicts.insert(seat.id, verdict);
        Some(seat.waker)
    }
}
