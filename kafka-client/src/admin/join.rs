//! Waiting for several futures at once, without a runtime.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

type Pinned<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs the futures side by side; their outputs come in the order of the futures. There are as many as a call asks
/// brokers, so polling all of them when one wakes costs little.
pub(super) async fn join_all<'a, F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'a,
    F::Output: Unpin,
{
    let mut running: Vec<Running<'a, F::Output>> = futures
        .into_iter()
        .map(|future| Running::Waiting(Box::pin(future)))
        .collect();
    std::future::poll_fn(|cx| {
        let mut all_done = true;
        for slot in &mut running {
            if let Running::Waiting(future) = slot {
                match future.as_mut().poll(cx) {
                    Poll::Ready(output) => *slot = Running::Done(output),
                    Poll::Pending => all_done = false,
                }
            }
        }
        if all_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running
        .into_iter()
        .filter_map(|slot| match slot {
            Running::Done(output) => Some(output),
            Running::Waiting(_) => None,
        })
        .collect()
}

enum Running<'a, T> {
    Waiting(Pinned<'a, T>),
    Done(T),
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;
    use crate::oneshot::promise;

    #[test]
    fn outputs_come_in_order_whoever_ends_first() {
        let (first, first_kept) = promise();
        let (second, second_kept) = promise();
        let mut all = Box::pin(join_all([first_kept, second_kept]));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(all.as_mut().poll(&mut cx).is_pending());
        second.keep(2);
        assert!(all.as_mut().poll(&mut cx).is_pending());
        first.keep(1);
        assert_eq!(all.as_mut().poll(&mut cx), Poll::Ready(vec![Some(1), Some(2)]));
    }
}
