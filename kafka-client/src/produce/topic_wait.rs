use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::accumulator::Accumulator;
use super::topic::{Topic, TopicVerdict};
use crate::time::Moment;

/// A future of the moment when a topic is known, or known to be unusable. Dropped before, it leaves no trace.
#[derive(Debug)]
pub(crate) struct WaitForTopic {
    shared: Arc<Accumulator>,
    topic: Arc<Topic>,
    deadline: Moment,
    seat: Option<u64>,
}

impl WaitForTopic {
    pub(super) fn new(shared: Arc<Accumulator>, topic: Arc<Topic>, deadline: Moment) -> Self {
        Self {
            shared,
            topic,
            deadline,
            seat: None,
        }
    }
}

impl Future for WaitForTopic {
    type Output = TopicVerdict;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<TopicVerdict> {
        let this = &mut *self;
        let mut state = this.topic.state.lock();
        if let Some(seat) = this.seat {
            let verdict = state.bench.poll(seat, cx.waker());
            if verdict.is_ready() {
                this.seat = None;
            }
            return verdict;
        }
        // Asked under the lock under which those on the bench are told of the end.
        if this.shared.closing.is_over() {
            return Poll::Ready(TopicVerdict::Closed);
        }
        if this.topic.count().is_some() {
            return Poll::Ready(TopicVerdict::Settled);
        }
        if this.shared.clock.now() >= this.deadline {
            return Poll::Ready(TopicVerdict::TooLate);
        }
        // Why it could not be used may be over; what is said from here on counts.
        state.refusal = None;
        this.seat = Some(state.bench.sit(0, this.deadline, cx.waker().clone()));
        drop(state);
        this.shared.want_topic(&this.topic);
        Poll::Pending
    }
}

impl Drop for WaitForTopic {
    fn drop(&mut self) {
        if let Some(seat) = self.seat {
            self.topic.state.lock().bench.leave(seat);
        }
    }
}
