use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::cell::{Cell, Written};
use super::error::ProduceError;

/// A record on its way: a future of where it was written, or why it was not.
///
/// Takes 16 bytes and can be dropped at any time; the record is written all the same, and
/// [`flush`](crate::client::Producer::flush) tells whether any failed. Awaiting deliveries in the order of sending is
/// cheapest: those of one batch are resolved together.
#[derive(Debug)]
#[must_use = "dropping a delivery is fine, but then only `flush` tells whether its record was written"]
pub struct Delivery {
    cell: &'static Cell,
    index: u32,
    lateness: i32,
}

impl Delivery {
    /// The delivery of record `index`, for which the cell has a reference left.
    #[inline]
    pub(crate) fn new(cell: &'static Cell, index: u32, lateness: i32) -> Self {
        Self {
            cell,
            index,
            lateness,
        }
    }

    /// The outcome, if it is known.
    pub fn outcome(&self) -> Option<Result<Written, ProduceError>> {
        self.cell.outcome(self.index, self.lateness)
    }
}

impl Future for Delivery {
    type Output = Result<Written, ProduceError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.cell.poll(self.index, self.lateness, cx)
    }
}

impl Drop for Delivery {
    #[inline]
    fn drop(&mut self) {
        self.cell.release(1);
    }
}

/// The deliveries of many records, in the order of sending.
#[derive(Debug, Default)]
pub struct Deliveries {
    runs: VecDeque<Run>,
}

#[derive(Debug)]
enum Run {
    Issued(Issued),
    Refused(ProduceError),
}

/// Consecutive records of a batch with the same timestamp. Holds a reference of its cell for each that is left.
#[derive(Debug)]
struct Issued {
    cell: &'static Cell,
    next: u32,
    end: u32,
    lateness: i32,
}

impl Deliveries {
    /// How many deliveries are left.
    pub fn len(&self) -> usize {
        let count = |run: &Run| match run {
            Run::Issued(issued) => usize::try_from(issued.end - issued.next).unwrap_or(usize::MAX),
            Run::Refused(_) => 1,
        };
        self.runs.iter().map(count).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Waits for the next one's outcome; none when there are no more.
    pub async fn next(&mut self) -> Option<Result<Written, ProduceError>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Waits for all that are left and returns how many were written, or the first error.
    pub async fn finish(mut self) -> Result<usize, ProduceError> {
        let mut written = 0;
        let mut failed = None;
        loop {
            match self.runs.front() {
                Some(Run::Issued(run)) if run.cell.is_written() => {
                    written += usize::try_from(run.end - run.next).unwrap_or(usize::MAX);
                    self.runs.pop_front();
                }
                Some(_) => match self.next().await {
                    Some(Err(error)) => failed = failed.or(Some(error)),
                    Some(Ok(_)) => written += 1,
                    None => {}
                },
                None => return failed.map_or(Ok(written), Err),
            }
        }
    }

    pub(crate) fn push(&mut self, delivery: Delivery) {
        // The run takes the delivery's reference over.
        let delivery = std::mem::ManuallyDrop::new(delivery);
        if let Some(Run::Issued(run)) = self.runs.back_mut()
            && std::ptr::eq(run.cell, delivery.cell)
            && run.end == delivery.index
            && run.lateness == delivery.lateness
        {
            run.end += 1;
            return;
        }
        self.runs.push_back(Run::Issued(Issued {
            cell: delivery.cell,
            next: delivery.index,
            end: delivery.index + 1,
            lateness: delivery.lateness,
        }));
    }

    pub(crate) fn refuse(&mut self, error: ProduceError) {
        self.runs.push_back(Run::Refused(error));
    }

    fn poll_next(&mut self, cx: &Context<'_>) -> Poll<Option<Result<Written, ProduceError>>> {
        let Some(Run::Issued(run)) = self.runs.front_mut() else {
            return Poll::Ready(match self.runs.pop_front() {
                Some(Run::Refused(error)) => Some(Err(error)),
                _ => None,
            });
        };
        let outcome = ready!(run.cell.poll(run.next, run.lateness, cx));
        run.next += 1;
        run.cell.release(1);
        if run.next == run.end {
            self.runs.pop_front();
        }
        Poll::Ready(Some(outcome))
    }
}

impl Drop for Issued {
    fn drop(&mut self) {
        if self.next < self.end {
            self.cell.release(u64::from(self.end - self.next));
        }
    }
}
