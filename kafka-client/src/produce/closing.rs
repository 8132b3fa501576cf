use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, Waker};

use parking_lot::Mutex;

use crate::time::{Moment, earliest};

/// How far the producer's end has got.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    is_requested: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    deadline: Option<Moment>,
    /// Whether nobody is to begin waiting for anything.
    is_over: bool,
    is_done: bool,
    wakers: Vec<Waker>,
}

impl Closing {
    /// Lets no more records in. What is there has until `deadline`, or its own time-outs.
    pub(super) fn request(&self, deadline: Option<Moment>) {
        let mut state = self.state.lock();
        state.deadline = earliest(state.deadline, deadline);
        self.is_requested.store(true, Ordering::Release);
    }

    /// Whether the end has begun.
    pub(super) fn is_requested(&self) -> bool {
        self.is_requested.load(Ordering::Acquire)
    }

    /// When what is left is to be given up.
    pub(super) fn deadline(&self) -> Option<Moment> {
        self.state.lock().deadline
    }

    /// The beginning of the end: those who wait are told next, and nobody may begin to wait after they were.
    pub(super) fn begin_end(&self) {
        self.request(None);
        self.state.lock().is_over = true;
    }

    /// The end: nothing is left.
    pub(super) fn finish(&self) {
        let wakers = {
            let mut state = self.state.lock();
            state.is_done = true;
            std::mem::take(&mut state.wakers)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Whether it is too late to begin to wait for something.
    pub(super) fn is_over(&self) -> bool {
        self.state.lock().is_over
    }

    /// Waits for the end.
    pub(super) async fn finished(&self) {
        poll_fn(|cx| {
            let mut state = self.state.lock();
            if state.is_done {
                return Poll::Ready(());
            }
            state.wakers.retain(|waker| !waker.will_wake(cx.waker()));
            state.wakers.push(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
