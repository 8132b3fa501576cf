//! What stands between a decoded request and its handler: the log of requests, and faults.

use std::time::Duration;

use crate::fault::{Arrival, Effect, Matcher, RequestEntry, Subject, When};
use crate::handlers::{Gate, Incoming, Injected, InjectedError, Passage};
use crate::state::{BrokerStatus, State};
use crate::time::Now;

/// Asks the rules, and remembers what they want beyond what the handler sees.
#[derive(Debug)]
pub(super) struct FaultGate {
    now: Now,
    /// Set when the request has been here before: it is not counted again.
    released: bool,
    verdict: Verdict,
    /// Set when the request is not handled now.
    pub(super) stopped: Option<Stopped>,
}

/// What the rules want done to a request and its answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    refuse: Option<protocol::ErrorCode>,
    errors: Vec<InjectedError>,
    throttle: Duration,
    pub(super) answer: AnswerFaults,
}

/// What becomes of a request that is not handled now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Its connection is closed.
    Closed,
    /// It is handled when this much time has passed and its broker is up.
    Held(Duration),
}

/// What happens to an answer on its way out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AnswerFaults {
    pub(super) drop: bool,
    pub(super) delay: Duration,
    pub(super) truncate: Option<usize>,
    pub(super) corrupt: Vec<usize>,
    pub(super) split: Option<(usize, Duration)>,
}

impl FaultGate {
    /// A gate for a request; with the verdict that was passed on it when it has been held up.
    pub(super) fn new(now: Now, earlier: Option<Verdict>) -> Self {
        Self {
            now,
            released: earlier.is_some(),
            verdict: earlier.unwrap_or_default(),
            stopped: None,
        }
    }

    /// What was decided.
    pub(super) fn into_verdict(self) -> Verdict {
        self.verdict
    }

    /// Asks the rules. Returns for how long the request is held up.
    fn judge(&mut self, state: &mut State, incoming: &Incoming<'_>, subjects: &[Subject]) -> Duration {
        let arrival = Arrival {
            api: incoming.ticket.key,
            broker: incoming.broker,
            client_id: &incoming.client.id,
            subjects,
        };
        let mut held = Duration::ZERO;
        for (on, effect) in state.rules.strike(&arrival) {
            match effect {
                Effect::Reply(code) => self.reply(&on, code),
                Effect::Drop(When::Before) => self.stopped = Some(Stopped::Closed),
                Effect::Drop(When::After) => self.verdict.answer.drop = true,
                Effect::Delay(When::Before, time) => held = held.max(time),
                Effect::Delay(When::After, time) => self.verdict.answer.delay = time,
                Effect::Throttle(time) => self.verdict.throttle = time,
                Effect::Truncate(bytes) => self.verdict.answer.truncate = Some(bytes),
                Effect::Corrupt(byte) => self.verdict.answer.corrupt.push(byte),
                Effect::Split { size, every } => self.verdict.answer.split = Some((size.max(1), every)),
                Effect::Perform(command) => {
                    if let Err(error) = state.perform(self.now, &command) {
                        tracing::warn!("the rule for {}: {command}: {error}", arrival.api.name());
                    }
                }
            }
        }
        held
    }

    fn reply(&mut self, on: &Matcher, code: protocol::ErrorCode) {
        if on.topic.is_none() && on.partition.is_none() {
            self.verdict.refuse = Some(code);
            return;
        }
        self.verdict.errors.push(InjectedError {
            code,
            topic: on.topic.clone(),
            partition: on.partition,
        });
    }
}

impl Gate for FaultGate {
    fn pass(&mut self, state: &mut State, incoming: &mut Incoming<'_>, subjects: Vec<Subject>) -> Passage {
        let mut held = Duration::ZERO;
        if !self.released {
            if !state.rules.is_empty() {
                held = self.judge(state, incoming, &subjects);
            }
            state.requests.push(RequestEntry {
                at: self.now.elapsed,
                broker: incoming.broker,
                link: incoming.ticket.link,
                api: incoming.ticket.key,
                version: incoming.ticket.version,
                client_id: incoming.client.id.clone(),
                subjects,
            });
        }
        // A rule may have taken the broker itself.
        let status = state.brokers.get(incoming.broker).map(|broker| broker.status);
        match status {
            Some(BrokerStatus::Up) if held.is_zero() => {}
            Some(BrokerStatus::Up | BrokerStatus::Paused { .. }) => {
                self.stopped.get_or_insert(Stopped::Held(held));
            }
            Some(BrokerStatus::Down) | None => self.stopped = Some(Stopped::Closed),
        }
        if self.stopped.is_some() {
            return Passage::Stop;
        }
        incoming.ticket.throttle = self.verdict.throttle;
        match self.verdict.refuse {
            Some(code) => Passage::Refuse(code),
            None => Passage::Handle(Injected {
                errors: std::mem::take(&mut self.verdict.errors),
            }),
        }
    }
}
