//! The engine task: feeds the engine with what happened and does what it says.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use rustc_hash::FxHashMap;
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep};

use super::clock::TICK;
use super::connection::{Connection, Outbox};
use super::resolve::resolve;
use super::shared::{Event, Shared, Shown};
use super::socket::Socket;
use super::tls::Tls;
use crate::config::TokenProvider;
use crate::engine::{Action, Engine, LinkId};
use crate::time::{Moment, earliest};

/// How often in a row the engine task looks for more to do before others have their turn: callers on other threads
/// can leave something all the time.
const ROUNDS_MAX: usize = 16;

/// What the engine task needs besides the engine.
#[derive(Debug)]
pub(super) struct World {
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) tokens: Option<Arc<dyn TokenProvider>>,
    pub(super) frame_max: usize,
}

/// A connection's task, or that of the attempt to make it.
#[derive(Debug)]
struct Link {
    outbox: Arc<Outbox>,
    task: JoinHandle<()>,
}

/// The engine task.
pub(super) struct Driver {
    /// None after it ended.
    engine: Option<Engine>,
    world: World,
    shared: Arc<Shared>,
    events: Vec<Event>,
    links: FxHashMap<LinkId, Link>,
    /// Tasks to be woken when the turn is over.
    wakers: Vec<Waker>,
    sleep: Pin<Box<Sleep>>,
    /// What `sleep` was set to.
    sleeps_until: Option<Moment>,
    next_tick: Option<Moment>,
    token_task: Option<JoinHandle<()>>,
    /// Tasks that were told to end.
    ending: Vec<JoinHandle<()>>,
    /// What the engine died of, once it has ended.
    outcome: Option<Option<String>>,
    shown: Shown,
}

impl Driver {
    pub(super) fn new(engine: Engine, world: World, shared: Arc<Shared>) -> Self {
        Self {
            engine: Some(engine),
            world,
            shared,
            events: Vec::new(),
            links: FxHashMap::default(),
            wakers: Vec::new(),
            sleep: Box::pin(tokio::time::sleep_until(Instant::now())),
            sleeps_until: None,
            next_tick: None,
            token_task: None,
            ending: Vec::new(),
            outcome: None,
            shown: Shown::default(),
        }
    }

    /// Works until nothing is left to do, or the runtime is to look at its sockets again. Returns whether the engine is
    /// to end.
    fn work(&mut self, cx: &mut Context<'_>) -> bool {
        for _ in 0..ROUNDS_MAX {
            let work = self.shared.look(&mut self.events, cx.waker());
            let now = self.shared.clock.exact();
            self.shared.clock.tick(now);
            let Some(engine) = &mut self.engine else {
                return true;
            };
            if work.stop {
                return true;
            }
            let due = engine.next_deadline().is_some_and(|at| at <= now);
            if self.events.is_empty() && !work.woken && !due {
                self.sleep_until(cx, now);
                return false;
            }
            for event in self.events.drain(..) {
                feed(engine, now, event, &mut self.links);
            }
            if work.woken {
                engine.handle_wakeup(now);
            }
            if due {
                engine.handle_deadline(now);
            }
            while let Some(action) = self.engine.as_mut().and_then(Engine::poll_action) {
                self.perform(action);
            }
            self.wakers.drain(..).for_each(Waker::wake);
            self.show();
        }
        cx.waker().wake_by_ref();
        false
    }

    /// Sets the alarm. An alarm that rings too early is cheaper than one that is set anew each time.
    fn sleep_until(&mut self, cx: &mut Context<'_>, now: Moment) {
        if self.next_tick.is_none_or(|at| at <= now) {
            self.next_tick = self.shared.clock.keep_ticking().then_some(now + TICK);
        }
        let deadline = self.engine.as_ref().and_then(Engine::next_deadline);
        let Some(until) = earliest(deadline, self.next_tick) else {
            return;
        };
        let set = self.sleeps_until.is_some_and(|at| at <= until && at > now);
        if !set {
            self.sleeps_until = Some(until);
            self.sleep.as_mut().reset(self.shared.clock.instant(until).into());
        }
        if self.sleep.as_mut().poll(cx).is_ready() {
            self.sleeps_until = None;
            cx.waker().wake_by_ref();
        }
    }

    fn perform(&mut self, action: Action) {
        match action {
            Action::Write { link, frame, report } => {
                if let Some(link) = self.links.get(&link) {
                    self.wakers.extend(link.outbox.push(frame, report));
                }
            }
            Action::Close(id) => {
                if let Some(link) = self.links.remove(&id) {
                    link.outbox.close();
                    link.task.abort();
                }
            }
            Action::Connect {
                link: id,
                address,
                host,
            } => {
                let outbox = Arc::new(Outbox::default());
                let (shared, tls) = (self.shared.clone(), self.world.tls.clone());
                let (frame_max, mailbox) = (self.world.frame_max, outbox.clone());
                let task = tokio::spawn(async move {
                    match Socket::connect(address, &host, tls.as_ref()).await {
                        Ok(socket) => {
                            shared.post(Event::Connected(id, Ok(())));
                            Connection::new(id, socket, shared, mailbox, frame_max).await;
                        }
                        Err(fault) => shared.post(Event::Connected(id, Err(fault))),
                    }
                });
                self.links.insert(id, Link { outbox, task });
            }
            Action::Resolve { link: id, endpoint } => {
                let shared = self.shared.clone();
                let task = tokio::spawn(async move {
                    let outcome = resolve(endpoint).await;
                    shared.post(Event::Resolved(id, outcome));
                });
                self.links.insert(
                    id,
                    Link {
                        outbox: Arc::default(),
                        task,
                    },
                );
            }
            Action::Token => {
                let shared = self.shared.clone();
                let Some(provider) = self.world.tokens.clone() else {
                    return shared.post(Event::Token(Err("no token provider is configured".to_owned())));
                };
                self.token_task = Some(tokio::spawn(async move {
                    let outcome = provider.token().await.map_err(|error| error.to_string());
                    shared.post(Event::Token(outcome));
                }));
            }
        }
    }

    /// Shows a change to those who watch.
    fn show(&mut self) {
        if let Some(engine) = &self.engine {
            self.shown.update(engine, &self.shared);
        }
    }

    /// Drops the engine and tells all tasks to end.
    fn end(&mut self, panic: Option<String>) {
        // Machines tell their callers when they are dropped; one of them may be what panicked.
        let engine = self.engine.take();
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(engine)));
        self.ending.extend(self.links.drain().map(|(_, link)| link.task));
        self.ending.extend(self.token_task.take());
        self.ending.iter().for_each(JoinHandle::abort);
        self.outcome = Some(panic.or_else(|| dropped.err().map(|panic| panic_text(&*panic))));
    }

    /// Waits until the tasks have ended, and their sockets with them; then tells everybody.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(task) = self.ending.last_mut() {
            ready!(Pin::new(task).poll(cx)).ok();
            self.ending.pop();
        }
        self.shared.end(self.outcome.take().flatten());
        Poll::Ready(())
    }
}

fn feed(engine: &mut Engine, now: Moment, event: Event, links: &mut FxHashMap<LinkId, Link>) {
    match event {
        Event::BadFrame(link, error) => engine.handle_bad_frame(now, link, &error),
        Event::Closed(link, source) => engine.handle_closed(now, link, source),
        Event::Connected(link, outcome) => {
            if outcome.is_err() {
                links.remove(&link);
            }
            engine.handle_connected(now, link, outcome);
        }
        Event::Fault(link, fault) => engine.handle_fault(now, link, fault),
        Event::Frame(link, frame) => engine.handle_frame(now, link, frame),
        Event::Install(machine) => engine.install(now, machine),
        Event::Resolved(link, outcome) => {
            links.remove(&link);
            engine.handle_resolved(now, link, outcome);
        }
        Event::Token(outcome) => engine.handle_token(now, outcome),
        Event::Written(link) => engine.handle_written(now, link),
    }
}

impl Future for Driver {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if this.outcome.is_none() {
            // A panic must not leave callers waiting for answers that nobody will give.
            match catch_unwind(AssertUnwindSafe(|| this.work(cx))) {
                Ok(false) => return Poll::Pending,
                Ok(true) => this.end(None),
                Err(panic) => {
                    let text = panic_text(&*panic);
                    tracing::error!("the client ended by a panic: {text}");
                    this.end(Some(text));
                }
            }
        }
        this.poll_end(cx)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The runtime that it ran on was shut down before it was through.
        if self.engine.is_some() {
            self.end(None);
        }
        if let Some(panic) = self.outcome.take() {
            self.shared.end(panic);
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown panic".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::cluster::Metadata;
    use crate::config::ConnectionConfig;
    use crate::connection::Answer;
    use crate::io::clock::CoarseClock;
    use crate::machine::{Machine, TopicInterest, Wish};

    /// Is woken again whenever it looks, as by a caller on another thread that tries all the time.
    #[derive(Debug)]
    struct Restless {
        looks: Arc<AtomicUsize>,
        engine: Waker,
    }

    impl Machine for Restless {
        fn handle_wakeup(&mut self, _: Moment, _: &Metadata) {
            if self.looks.fetch_add(1, Ordering::Relaxed) < 1_000 {
                self.engine.wake_by_ref();
            }
        }
        fn handle_metadata(&mut self, _: Moment, _: &Metadata) {}
        fn handle_answer(&mut self, _: Moment, _: &Metadata, _: Answer) {}
        fn handle_deadline(&mut self, _: Moment, _: &Metadata) {}
        fn poll_wish(&mut self, _: Moment, _: &Metadata) -> Option<Wish> {
            None
        }
        fn next_deadline(&self) -> Option<Moment> {
            None
        }
        fn topics(&self) -> TopicInterest {
            TopicInterest::None
        }
        fn is_done(&self) -> bool {
            false
        }
    }

    #[tokio::test]
    async fn the_engine_lets_others_have_their_turn() {
        let config = ConnectionConfig::new(["127.0.0.1:1".to_owned()]);
        let shared = Arc::new(Shared::new(CoarseClock::start()));
        let mut engine = Engine::new(Arc::new(config), [1; 32]).expect("a bootstrap server");
        let looks = Arc::new(AtomicUsize::new(0));
        let machine = Restless {
            looks: looks.clone(),
            engine: Waker::from(shared.clone()),
        };
        machine.engine.wake_by_ref();
        engine.install(Moment::START, Box::new(machine));
        let world = World {
            tls: None,
            tokens: None,
            frame_max: 1 << 20,
        };
        let mut driver = Box::pin(Driver::new(engine, world, shared.clone()));
        let mut turns = 0;
        while looks.load(Ordering::Relaxed) < 1_000 {
            let before = looks.load(Ordering::Relaxed);
            std::future::poll_fn(|cx| Poll::Ready(driver.as_mut().poll(cx).is_pending())).await;
            let looked = looks.load(Ordering::Relaxed) - before;
            assert!((1..=ROUNDS_MAX).contains(&looked), "{looked} in one turn");
            turns += 1;
        }
        assert!(turns >= 1_000 / ROUNDS_MAX);
    }
}
