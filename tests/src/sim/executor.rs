//! Runs futures in one thread: a waker sets a flag, and a random one of those whose flag is set is polled next.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// A task's future.
pub(crate) type Job = Pin<Box<dyn Future<Output = ()>>>;

/// Tasks, each of a process, and the clock that they sleep by.
#[derive(Default)]
pub(crate) struct Executor {
    tasks: BTreeMap<u64, Task>,
    next_task: u64,
    ready: Arc<Ready>,
    clock: Clock,
}

struct Task {
    process: usize,
    job: Job,
    flag: Arc<Flag>,
}

#[derive(Default)]
struct Ready(Mutex<Vec<u64>>);

struct Flag {
    task: u64,
    is_set: AtomicBool,
    ready: Arc<Ready>,
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_set.swap(true, Ordering::Relaxed) {
            self.ready.lock().push(self.task);
        }
    }
}

impl Ready {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Executor {
    /// The clock of the tasks.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Adds a task of a process.
    pub(crate) fn spawn(&mut self, process: usize, job: Job) {
        let task = self.next_task;
        self.next_task += 1;
        let flag = Arc::new(Flag {
            task,
            is_set: AtomicBool::new(false),
            ready: self.ready.clone(),
        });
        flag.wake_by_ref();
        self.tasks.insert(task, Task { process, job, flag });
    }

    /// Polls one task that was woken. False when there is none.
    pub(crate) fn step(&mut self, rng: &mut fastrand::Rng) -> bool {
        let chosen = {
            let mut ready = self.ready.lock();
            if ready.is_empty() {
                return false;
            }
            let at = rng.usize(..ready.len());
            ready.swap_remove(at)
        };
        if let Some(task) = self.tasks.get_mut(&chosen) {
            task.flag.is_set.store(false, Ordering::Relaxed);
            let waker = Waker::from(task.flag.clone());
            if task
                .job
                .as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_ready()
            {
                self.tasks.remove(&chosen);
            }
        }
        true
    }

    /// Drops the tasks of a process, wherever they are.
    pub(crate) fn kill(&mut self, process: usize) {
        let tasks = std::mem::take(&mut self.tasks);
        let (dead, alive) = tasks.into_iter().partition(|(_, task)| task.process == process);
        self.tasks = alive;
        drop::<BTreeMap<_, _>>(dead);
    }

    /// Whether a process has a task.
    pub(crate) fn has(&self, process: usize) -> bool {
        self.tasks.values().any(|task| task.process == process)
    }

    /// How many tasks there are.
    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }
}

/// Virtual time, and who sleeps until when. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Clock(Rc<ClockState>);

#[derive(Default)]
struct ClockState {
    now: Cell<Duration>,
    sleepers: RefCell<BTreeMap<(Duration, u64), Waker>>,
    next: Cell<u64>,
}

impl Clock {
    /// The time since the simulation began.
    pub(crate) fn now(&self) -> Duration {
        self.0.now.get()
    }

    /// Sets the time, and wakes those who slept until then.
    pub(crate) fn set(&self, now: Duration) {
        self.0.now.set(now);
        loop {
            let due = {
                let mut sleepers = self.0.sleepers.borrow_mut();
                match sleepers.first_entry() {
                    Some(first) if first.key().0 <= now => first.remove(),
                    _ => return,
                }
            };
            due.wake();
        }
    }

    /// When the next one wakes up.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.0.sleepers.borrow().first_key_value().map(|(key, _)| key.0)
    }

    /// A future of the time `after` from the present.
    pub(crate) fn sleep(&self, after: Duration) -> Sleep {
        self.sleep_until(self.now() + after)
    }

    /// A future of the time `at`.
    pub(crate) fn sleep_until(&self, at: Duration) -> Sleep {
        let number = self.0.next.get();
        self.0.next.set(number + 1);
        Sleep {
            clock: self.clone(),
            key: (at, number),
        }
    }
}

/// See [`Clock::sleep`].
pub(crate) struct Sleep {
    clock: Clock,
    key: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let state = &self.clock.0;
        if state.now.get() >= self.key.0 {
            return Poll::Ready(());
        }
        state.sleepers.borrow_mut().insert(self.key, cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.clock.0.sleepers.borrow_mut().remove(&self.key);
    }
}

/// The outcome of the future that is ready first; of the first one, when both are.
pub(crate) async fn either<A, B>(
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> Result<A, B> {
    let mut first = std::pin::pin!(first);
    let mut second = std::pin::pin!(second);
    std::future::poll_fn(|cx| {
        if let Poll::Ready(outcome) = first.as_mut().poll(cx) {
            return Poll::Ready(Ok(outcome));
        }
        second.as_mut().poll(cx).map(Err)
    })
    .await
}

/// Something that happens once, for all who wait for it. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Signal(Rc<SignalState>);

#[derive(Default)]
struct SignalState {
    is_given: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Signal {
    /// Lets it happen.
    pub(crate) fn give(&self) {
        self.0.is_given.set(true);
        let waiting = std::mem::take(&mut *self.0.waiting.borrow_mut());
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Whether it has happened.
    pub(crate) fn is_given(&self) -> bool {
        self.0.is_given.get()
    }

    /// Waits until it happens.
    pub(crate) async fn given(&self) {
        std::future::poll_fn(|cx| {
            if self.is_given() {
                return Poll::Ready(());
            }
            self.0.waiting.borrow_mut().push(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
