//! One answer from a machine to a caller's task.
//!
//! A [`Promise`] is kept by the machine, the [`Promised`] value is awaited by the caller. Either may be dropped: a
//! promise that is dropped unkept resolves to none, a value nobody waits for is thrown away.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;

#[derive(Debug)]
struct Shared<T> {
    value: Option<T>,
    broken: bool,
    waiting: Option<Waker>,
}

/// The machine's side: gives the answer.
#[derive(Debug)]
pub struct Promise<T>(Option<Arc<Mutex<Shared<T>>>>);

/// The caller's side: a future of the answer; none when it will never come.
#[derive(Debug)]
pub struct Promised<T>(Arc<Mutex<Shared<T>>>);

/// Creates a promise and what was promised.
pub fn promise<T>() -> (Promise<T>, Promised<T>) {
    let shared = Arc::new(Mutex::new(Shared {
        value: None,
        broken: false,
        waiting: None,
    }));
    (Promise(Some(shared.clone())), Promised(shared))
}

impl<T> Promise<T> {
    /// Gives the answer.
    pub fn keep(mut self, value: T) {
        if let Some(shared) = self.0.take() {
            resolve(&shared, Some(value));
        }
    }

    /// Whether nobody waits for the answer any more.
    pub fn is_abandoned(&self) -> bool {
        self.0
            .as_ref()
            .is_none_or(|shared| Arc::strong_count(shared) == 1)
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        if let Some(shared) = self.0.take() {
            resolve(&shared, None);
        }
    }
}

fn resolve<T>(shared: &Mutex<Shared<T>>, value: Option<T>) {
    let waiting = {
        let mut shared = shared.lock();
        shared.broken = value.is_none();
        shared.value = value;
        shared.waiting.take()
    };
    if let Some(waker) = waiting {
        waker.wake();
    }
}

impl<T> Future for Promised<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut shared = self.0.lock();
        match shared.value.take() {
            Some(value) => Poll::Ready(Some(value)),
            None if shared.broken => Poll::Ready(None),
            None => {
                shared.waiting = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_once_kept_and_to_none_when_broken() {
        let mut cx = Context::from_waker(Waker::noop());
        let (first, mut promised) = promise();
        assert_eq!(Pin::new(&mut promised).poll(&mut cx), Poll::Pending);
        first.keep(5);
        assert_eq!(Pin::new(&mut promised).poll(&mut cx), Poll::Ready(Some(5)));

        let (second, mut promised) = promise::<u8>();
        drop(second);
        assert_eq!(Pin::new(&mut promised).poll(&mut cx), Poll::Ready(None));
    }
}
