//! One-shot requests: what the admin client does, and whoever wants one reply.
//!
//! The [`Calls`] machine sends them; a [`Caller`] decodes the replies in the caller's task and decides there whether
//! to try again. The machine keeps the time, so that the caller needs no clock.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;
use std::time::Duration;

use parking_lot::Mutex;
use protocol::wire::{EncodeError, Frame};
use protocol::{ApiKey, ErrorCode, Request, VersionRange};
use rustc_hash::FxHashMap;

use crate::cluster::{Lane, Metadata, Target};
use crate::connection::{Answer, Ask, Body, Reply};
use crate::error::{Class, RequestError, TransportPhase};
use crate::machine::{Machine, TopicInterest, Wish};
use crate::oneshot::{Promise, promise};
use crate::time::{Backoff, Moment};

/// How a call is made.
#[derive(Clone, Debug)]
pub struct CallOptions<R> {
    /// The time for all attempts together.
    pub timeout: Duration,
    /// The time for one attempt.
    pub attempt_timeout: Duration,
    /// For how long the broker may be unreachable before the call gives up.
    pub unreachable_timeout: Duration,
    /// Which connection the call takes.
    pub lane: Lane,
    /// The error in a reply for which the call is made again, if it has one.
    pub retry_on: fn(&R) -> Option<ErrorCode>,
    /// What went before, when the call goes on with another one's work. Default: nothing.
    pub earlier: Earlier,
}

/// Attempts that were made in calls before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// How many; the call starts after a pause that grows with them.
    pub attempts: u32,
    /// Whether the last one was answered by a broker that should not have been asked.
    pub misrouted: bool,
}

/// The callers' side.
#[derive(Clone, Debug)]
pub struct Caller(Arc<CallerSide>);

#[derive(Debug)]
struct CallerSide {
    queue: Arc<Queue>,
    engine: Waker,
}

#[derive(Debug, Default)]
struct Queue {
    commands: Mutex<VecDeque<Command>>,
    callers_gone: AtomicBool,
    machine_gone: AtomicBool,
}

/// One attempt.
#[derive(Debug)]
struct Command {
    target: Target,
    lane: Lane,
    body: SharedBody,
    timeout: Duration,
    /// Attempts before this one: it starts after a pause that grows with them.
    attempts: u32,
    /// Whether the last attempt was answered by a broker that should not have been asked.
    misrouted: bool,
    promise: Promise<Attempt>,
}

/// What became of one attempt.
#[derive(Debug)]
struct Attempt {
    outcome: Result<Reply, RequestError>,
    /// The time since the command, its pause included.
    took: Duration,
}

/// A request that can be sent several times.
#[derive(Clone)]
struct SharedBody(Arc<dyn Body + Sync>);

impl fmt::Debug for SharedBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Body for SharedBody {
    fn key(&self) -> ApiKey {
        self.0.key()
    }

    fn versions(&self) -> VersionRange {
        self.0.versions()
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        self.0.encode(correlation_id, client_id, version)
    }
}

/// Creates the two sides. `engine` is the waker of the engine that the machine is installed in; `backoff` is the
/// pause between attempts.
pub fn calls(engine: Waker, backoff: Backoff, rng: fastrand::Rng) -> (Caller, Calls) {
    let queue = Arc::new(Queue::default());
    let calls = Calls {
        queue: queue.clone(),
        backoff,
        rng,
        next_tag: 0,
        wishes: VecDeque::new(),
        pausing: BTreeMap::new(),
        sent: FxHashMap::default(),
    };
    (Caller(Arc::new(CallerSide { queue, engine })), calls)
}

impl Caller {
    /// Sends `request` to `target` until it is answered without an error that calls for another attempt, or the time
    /// is over. When the time is over after such an error, the reply with it is returned.
    ///
    /// The request may be carried out more than once when connections break.
    ///
    /// # Errors
    ///
    /// The last attempt's, when another one makes no sense or the time is over.
    pub async fn call<R>(
        &self,
        target: Target,
        request: R,
        options: &CallOptions<R::Response>,
    ) -> Result<R::Response, RequestError>
    where
        R: Request + Send + Sync + fmt::Debug + 'static,
    {
        self.call_body(target, request, options).await
    }

    /// Like [`call`](Self::call), for a request whose versions are limited.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call).
    pub async fn call_body<T: protocol::Response>(
        &self,
        target: Target,
        body: impl Body + Sync + 'static,
        options: &CallOptions<T>,
    ) -> Result<T, RequestError> {
        let body = SharedBody(Arc::new(body));
        let mut left = options.timeout;
        let mut unreachable = Duration::ZERO;
        let mut misrouted = options.earlier.misrouted;
        for attempts in options.earlier.attempts.. {
            let attempt = self
                .attempt(
                    &target,
                    options.lane,
                    &body,
                    left.min(options.attempt_timeout),
                    attempts,
                    misrouted,
                )
                .await;
            left = left.saturating_sub(attempt.took);
            misrouted = false;
            let error = match attempt.outcome {
                Ok(reply) => {
                    let response = reply.decode::<T>()?;
                    match (options.retry_on)(&response) {
                        Some(code) if !left.is_zero() => {
                            misrouted = Class::of(code) == Class::Reroute;
                            unreachable = Duration::ZERO;
                            continue;
                        }
                        _ => return Ok(response),
                    }
                }
                Err(error) => error,
            };
            unreachable = if is_unreachable(&error) {
                unreachable + attempt.took
            } else {
                Duration::ZERO
            };
            let retriable = !matches!(error, RequestError::Malformed(_)) && error.class() == Class::Retry;
            if !retriable || unreachable >= options.unreachable_timeout {
                return Err(error);
            }
            if left.is_zero() {
                return Err(RequestError::Timeout {
                    api: body.key(),
                    after: options.timeout,
                    sent: error.may_have_been_applied(),
                    last: innermost(error),
                });
            }
        }
        Err(RequestError::Closed)
    }

    async fn attempt(
        &self,
        target: &Target,
        lane: Lane,
        body: &SharedBody,
        timeout: Duration,
        attempts: u32,
        misrouted: bool,
    ) -> Attempt {
        let closed = || Attempt {
            outcome: Err(RequestError::Closed),
            took: Duration::ZERO,
        };
        let (promise, promisee) = promise();
        let command = Command {
            target: target.clone(),
            lane,
            body: body.clone(),
            timeout,
            attempts,
            misrouted,
            promise,
        };
        let side = &self.0;
        {
            let mut commands = side.queue.commands.lock();
            if side.queue.machine_gone.load(Ordering::Acquire) {
                return closed();
            }
            commands.push_back(command);
        }
        side.engine.wake_by_ref();
        promisee.await.unwrap_or_else(closed)
    }
}

impl Drop for CallerSide {
    fn drop(&mut self) {
        self.queue.callers_gone.store(true, Ordering::Release);
        self.engine.wake_by_ref();
    }
}

fn is_unreachable(error: &RequestError) -> bool {
    matches!(error, RequestError::Transport(transport)
        if matches!(transport.phase, TransportPhase::Resolve | TransportPhase::Connect))
}

/// What stood in the way, without the timeouts around it.
fn innermost(error: RequestError) -> Option<Box<RequestError>> {
    match error {
        RequestError::Timeout { last, .. } => last,
        error => Some(Box::new(error)),
    }
}

/// The machine's side.
#[derive(Debug)]
pub struct Calls {
    queue: Arc<Queue>,
    backoff: Backoff,
    rng: fastrand::Rng,
    next_tag: u64,
    wishes: VecDeque<Wish>,
    /// Attempts whose pause is not over, with the moment they were commanded.
    pausing: BTreeMap<(Moment, u64), (Command, Moment)>,
    /// Attempts on their way, with the moment they were commanded.
    sent: FxHashMap<u64, (Promise<Attempt>, Moment)>,
}

impl Calls {
    fn take(&mut self, now: Moment, command: Command) {
        if command.misrouted {
            self.wishes.push_back(match &command.target {
                Target::Coordinator(kind, key) => Wish::ForgetCoordinator(*kind, key.clone()),
                Target::Any | Target::Controller | Target::Node(_) => Wish::Refresh,
            });
        }
        let pause = self
            .backoff
            .after(command.attempts, &mut self.rng)
            .min(command.timeout);
        if pause.is_zero() {
            self.send(command, now, now);
        } else {
            self.next_tag += 1;
            self.pausing.insert((now + pause, self.next_tag), (command, now));
        }
    }

    fn send(&mut self, command: Command, commanded: Moment, now: Moment) {
        if command.promise.is_abandoned() {
            return;
        }
        self.next_tag += 1;
        let timeout = command.timeout.saturating_sub(now.since(commanded));
        let ask = Ask {
            tag: self.next_tag,
            target: command.target,
            lane: command.lane,
            body: Box::new(command.body),
            timeout,
            answered: true,
        };
        self.sent.insert(self.next_tag, (command.promise, commanded));
        self.wishes.push_back(Wish::Send(ask));
    }
}

impl Machine for Calls {
    fn handle_wakeup(&mut self, now: Moment, _: &Metadata) {
        let commands = std::mem::take(&mut *self.queue.commands.lock());
        for command in commands {
            self.take(now, command);
        }
    }

    fn handle_metadata(&mut self, _: Moment, _: &Metadata) {}

    fn handle_answer(&mut self, now: Moment, _: &Metadata, answer: Answer) {
        if let Some((promise, commanded)) = self.sent.remove(&answer.tag) {
            promise.keep(Attempt {
                outcome: answer.outcome,
                took: now.since(commanded),
            });
        }
    }

    fn handle_deadline(&mut self, now: Moment, _: &Metadata) {
        while let Some(entry) = self.pausing.first_entry().filter(|entry| entry.key().0 <= now) {
            let (command, commanded) = entry.remove();
            self.send(command, commanded, now);
        }
    }

    fn poll_wish(&mut self, _: Moment, _: &Metadata) -> Option<Wish> {
        self.wishes.pop_front()
    }

    fn next_deadline(&self) -> Option<Moment> {
        self.pausing.first_key_value().map(|((at, _), _)| *at)
    }

    fn topics(&self) -> TopicInterest {
        TopicInterest::None
    }

    fn is_done(&self) -> bool {
        self.queue.callers_gone.load(Ordering::Acquire) && self.sent.is_empty()
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        let mut commands = self.queue.commands.lock();
        self.queue.machine_gone.store(true, Ordering::Release);
        let abandoned = std::mem::take(&mut *commands);
        drop(commands);
        // Their promises tell the callers that the machine is gone.
        drop(abandoned);
    }
}
