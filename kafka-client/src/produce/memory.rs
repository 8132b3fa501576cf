//! The bound on what batches hold, and who waits for it or for batches to be over.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;

use super::bench::Bench;
use crate::mutant::{self, Mutant};
use crate::time::Moment;

/// Counts the bytes of batches against `buffer.memory`, and batches by the flush that has to wait for them.
///
/// Everything happens once a batch, never once a record.
#[derive(Debug)]
pub(crate) struct Memory {
    total: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    bench: Bench<Verdict>,
    /// Rises with each flush; a batch belongs to the generation in which it was opened.
    generation: u64,
    /// Batches that are not over, by generation.
    unresolved: BTreeMap<u64, u32>,
    flushes: Vec<Flush>,
    next_flush: u64,
    closed: bool,
}

#[derive(Debug)]
struct Flush {
    id: u64,
    /// The last generation it waits for.
    generation: u64,
    waker: Option<Waker>,
}

#[derive(Debug)]
enum Verdict {
    Granted,
    TooLate,
    Closed,
}

/// Why memory was not granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The waiting time is over.
    TooLate,
    /// The producer is closed.
    Closed,
}

/// Memory for one batch; given back when it is dropped, unless a batch took it.
pub(crate) struct Grant {
    memory: Arc<Memory>,
    bytes: usize,
}

/// What an open or sealed batch holds of the memory; given back when it is dropped.
pub(crate) struct Charge {
    memory: Arc<Memory>,
    bytes: usize,
    generation: u64,
}

impl Memory {
    /// A memory of `total` bytes.
    pub(crate) fn new(total: usize) -> Arc<Self> {
        Arc::new(Self {
            total,
            state: Mutex::new(State {
                free: total,
                bench: Bench::default(),
                generation: 0,
                unresolved: BTreeMap::new(),
                flushes: Vec::new(),
                next_flush: 0,
                closed: false,
            }),
        })
    }

    /// Takes `bytes`, unless they are not there or others wait for theirs. A batch larger than all the memory is
    /// granted when nothing else is there.
    pub(crate) fn try_take(self: &Arc<Self>, bytes: usize) -> Option<Grant> {
        let mut state = self.state.lock();
        let bytes = bytes.min(self.total);
        if !state.bench.is_empty() || state.free < bytes {
            return None;
        }
        state.free -= bytes;
        Some(Grant {
            memory: self.clone(),
            bytes,
        })
    }

    /// Waits for `bytes`, first come first served, until `deadline`. `hungry` is woken when the caller has sat down:
    /// half-filled batches must go for it.
    pub(crate) fn wait(self: &Arc<Self>, bytes: usize, deadline: Moment, hungry: Waker) -> WaitForMemory {
        WaitForMemory {
            memory: self.clone(),
            bytes: bytes.min(self.total),
            deadline,
            seat: None,
            hungry: Some(hungry),
        }
    }

    /// Whether somebody waits.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.state.lock().bench.is_empty()
    }

    /// When somebody gives up waiting next.
    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        self.state.lock().bench.deadline()
    }

    /// Sends those away whose time is over.
    pub(crate) fn handle_deadline(&self, now: Moment) {
        let mut wakers = Vec::new();
        {
            let mut state = self.state.lock();
            while let Some(waker) = state.bench.expire(now, Verdict::TooLate) {
                wakers.push(waker);
            }
            state.grant(&mut wakers);
        }
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Sends everybody away who waits for memory, now and later, and ends all flushes.
    pub(crate) fn close(&self) {
        let mut wakers = Vec::new();
        {
            let mut state = self.state.lock();
            state.closed = true;
            while !state.bench.is_empty() {
                wakers.extend(state.bench.decide(Verdict::Closed));
            }
            wakers.extend(state.flushes.iter_mut().filter_map(|flush| flush.waker.take()));
        }
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Begins a flush: a future of the moment when all batches that are open or under way by now are over.
    pub(crate) fn flush(self: &Arc<Self>) -> WaitForFlush {
        let mut state = self.state.lock();
        let generation = state.generation;
        state.generation += 1;
        let id = state.next_flush;
        state.next_flush += 1;
        state.flushes.push(Flush {
            id,
            generation,
            waker: None,
        });
        WaitForFlush {
            memory: self.clone(),
            id,
        }
    }

    /// Rises with each flush.
    pub(crate) fn generation(&self) -> u64 {
        self.state.lock().generation
    }

    /// Whether no batch is open, being sealed or under way.
    pub(crate) fn is_unused(&self) -> bool {
        self.state.lock().unresolved.is_empty()
    }

    /// Bytes that no batch holds.
    pub(crate) fn free(&self) -> usize {
        self.state.lock().free
    }

    fn give_back(&self, bytes: usize, resolved: Option<u64>) {
        let mut wakers = Vec::new();
        {
            let mut state = self.state.lock();
            state.free += bytes;
            debug_assert!(state.free <= self.total);
            if let Some(generation) = resolved {
                state.resolve(generation, &mut wakers);
            }
            state.grant(&mut wakers);
        }
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl State {
    /// Serves those who wait, strictly in order: a large batch is not starved by small ones.
    fn grant(&mut self, wakers: &mut Vec<Waker>) {
        while let Some(need) = self.bench.need()
            && need <= self.free
        {
            self.free -= need;
            wakers.extend(self.bench.decide(Verdict::Granted));
        }
    }

    fn resolve(&mut self, generation: u64, wakers: &mut Vec<Waker>) {
        if let Some(count) = self.unresolved.get_mut(&generation) {
            *count -= 1;
            if *count == 0 {
                self.unresolved.remove(&generation);
            }
        }
        let oldest = self
            .unresolved
            .first_key_value()
            .map(|(generation, _)| *generation);
        for flush in &mut self.flushes {
            let is_over = oldest.is_none_or(|oldest| oldest > flush.generation);
            if is_over && !mutant::is(Mutant::ForgetFlush) {
                wakers.extend(flush.waker.take());
            }
        }
    }
}

impl Grant {
    /// Opens a batch with this memory.
    pub(crate) fn open(mut self) -> Charge {
        let bytes = std::mem::take(&mut self.bytes);
        let mut state = self.memory.state.lock();
        let generation = state.generation;
        *state.unresolved.entry(generation).or_insert(0) += 1;
        drop(state);
        Charge {
            memory: self.memory.clone(),
            bytes,
            generation,
        }
    }
}

impl Drop for Grant {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.memory.give_back(self.bytes, None);
        }
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grant({} bytes)", self.bytes)
    }
}

impl Charge {
    /// The generation of flushes in which the batch was opened.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// Gives back what the sealed batch does not need.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        if bytes < self.bytes {
            let surplus = self.bytes - bytes;
            self.bytes = bytes;
            self.memory.give_back(surplus, None);
        }
    }

    /// Splits off a part for a batch of `bytes` that came of this one; less when there is not that much. A flush
    /// waits for both.
    pub(crate) fn split_off(&mut self, bytes: usize) -> Self {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        *self
            .memory
            .state
            .lock()
            .unresolved
            .entry(self.generation)
            .or_insert(0) += 1;
        Self {
            memory: self.memory.clone(),
            bytes,
            generation: self.generation,
        }
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        let bytes = match mutant::is(Mutant::KeepMemory) {
            true => 0,
            false => self.bytes,
        };
        self.memory.give_back(bytes, Some(self.generation));
    }
}

impl fmt::Debug for Charge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Charge({} bytes, generation {})", self.bytes, self.generation)
    }
}

/// A future of memory. Dropped before it is ready, it leaves the queue and gives back what it may have been granted.
#[derive(Debug)]
pub(crate) struct WaitForMemory {
    memory: Arc<Memory>,
    bytes: usize,
    deadline: Moment,
    seat: Option<u64>,
    hungry: Option<Waker>,
}

impl Future for WaitForMemory {
    type Output = Result<Grant, Refusal>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut state = this.memory.state.lock();
        let Some(seat) = this.seat else {
            if state.closed {
                return Poll::Ready(Err(Refusal::Closed));
            }
            if state.bench.is_empty() && state.free >= this.bytes {
                state.free -= this.bytes;
                return Poll::Ready(Ok(Grant {
                    memory: this.memory.clone(),
                    bytes: this.bytes,
                }));
            }
            this.seat = Some(state.bench.sit(this.bytes, this.deadline, cx.waker().clone()));
            drop(state);
            if let Some(hungry) = this.hungry.take() {
                hungry.wake();
            }
            return Poll::Pending;
        };
        let Poll::Ready(verdict) = state.bench.poll(seat, cx.waker()) else {
            return Poll::Pending;
        };
        this.seat = None;
        Poll::Ready(match verdict {
            Verdict::Granted => Ok(Grant {
                memory: this.memory.clone(),
                bytes: this.bytes,
            }),
            Verdict::TooLate => Err(Refusal::TooLate),
            Verdict::Closed => Err(Refusal::Closed),
        })
    }
}

impl Drop for WaitForMemory {
    fn drop(&mut self) {
        let Some(seat) = self.seat else { return };
        let verdict = self.memory.state.lock().bench.leave(seat);
        let refund = match verdict {
            Some(Verdict::Granted) => self.bytes,
            Some(Verdict::TooLate | Verdict::Closed) | None => 0,
        };
        // Also without a refund: whoever was behind this one may be served.
        self.memory.give_back(refund, None);
    }
}

/// A future of the end of all batches of a flush: true when they are over, false when the producer was closed first.
#[derive(Debug)]
pub(crate) struct WaitForFlush {
    memory: Arc<Memory>,
    id: u64,
}

impl Future for WaitForFlush {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        let mut state = self.memory.state.lock();
        let State {
            flushes,
            unresolved,
            closed,
            ..
        } = &mut *state;
        let oldest = unresolved.first_key_value().map(|(generation, _)| *generation);
        let Some(flush) = flushes.iter_mut().find(|flush| flush.id == self.id) else {
            return Poll::Ready(true);
        };
        if oldest.is_none_or(|oldest| oldest > flush.generation) {
            return Poll::Ready(true);
        }
        if *closed {
            return Poll::Ready(false);
        }
        flush.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for WaitForFlush {
    fn drop(&mut self) {
        self.memory
            .state
            .lock()
            .flushes
            .retain(|flush| flush.id != self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;

    fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    fn wait(memory: &Arc<Memory>, bytes: usize) -> WaitForMemory {
        memory.wait(bytes, Moment::START, Waker::noop().clone())
    }

    #[test]
    fn p27_memory_is_granted_first_come_first_served() {
        let memory = Memory::new(100);
        let all = memory.try_take(100).expect("all is free");
        let mut large = pin!(wait(&memory, 80));
        let mut small = pin!(wait(&memory, 10));
        assert!(poll(large.as_mut()).is_pending() && poll(small.as_mut()).is_pending());
        let mut charge = all.open();
        charge.shrink_to(50);
        assert!(
            poll(small.as_mut()).is_pending(),
            "the small one does not overtake"
        );
        assert!(memory.try_take(1).is_none(), "nor does one who just came");
        drop(charge);
        let Poll::Ready(Ok(_large)) = poll(large.as_mut()) else {
            panic!("80 of 100 are free")
        };
        assert!(matches!(poll(small.as_mut()), Poll::Ready(Ok(_))));
    }

    #[test]
    fn p27_a_cancelled_waiter_refunds() {
        let memory = Memory::new(100);
        let all = memory.try_take(100).expect("all is free");
        let mut first = Box::pin(wait(&memory, 100));
        let mut second = pin!(wait(&memory, 100));
        assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
        drop(all);
        // The first has been granted the memory without having noticed.
        assert_eq!(memory.free(), 0);
        drop(first);
        let Poll::Ready(Ok(grant)) = poll(second.as_mut()) else {
            panic!("the refund goes to the next")
        };
        drop(grant);
        assert_eq!(memory.free(), 100);
    }

    #[test]
    fn p27_who_waits_in_vain_is_told() {
        let memory = Memory::new(10);
        let _all = memory.try_take(10).expect("all is free");
        let mut waiter = pin!(wait(&memory, 1));
        assert!(poll(waiter.as_mut()).is_pending());
        assert_eq!(memory.next_deadline(), Some(Moment::START));
        memory.handle_deadline(Moment::START);
        assert!(matches!(
            poll(waiter.as_mut()),
            Poll::Ready(Err(Refusal::TooLate))
        ));
        assert_eq!(memory.next_deadline(), None);
    }

    #[test]
    fn p28_a_flush_does_not_wait_for_batches_opened_later() {
        let memory = Memory::new(100);
        let before = memory.try_take(10).expect("free").open();
        let mut flush = pin!(memory.flush());
        let after = memory.try_take(10).expect("free").open();
        assert!(poll(flush.as_mut()).is_pending());
        drop(before);
        assert_eq!(poll(flush.as_mut()), Poll::Ready(true));
        drop(after);
    }
}
