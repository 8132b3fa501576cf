use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::consume::CommitError;
use crate::oneshot::Promised;

/// A commit on its way. Await it for the outcome; dropping it does not stop it.
#[derive(Debug)]
pub struct Commit(Promised<Result<(), CommitError>>);

impl Commit {
    pub(super) fn new(promised: Promised<Result<(), CommitError>>) -> Self {
        Self(promised)
    }
}

impl Future for Commit {
    type Output = Result<(), CommitError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(cx)
            .map(|outcome| outcome.unwrap_or(Err(CommitError::Closed)))
    }
}
