//! What stands between a decoded request and its handler: the log of requests, and faults.

use std::time::Duration;

use protocol::wire::Frame;
use protocol::{ApiKey, ErrorCode};

use crate::fault::{
    Arrival, CONTROL_CLIENT_ID, Effect, Matcher, Origin, RequestEntry, RuleId, Struck, Subject, When,
    fails_in_part,
};
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
    /// The rule that struck, if one did.
    pub(super) rule: Option<RuleId>,
    refuse: Option<ErrorCode>,
    errors: Vec<InjectedError>,
    /// Said of all that is asked, though it is applied.
    instead: Option<ErrorCode>,
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
    /// The rule that is behind them.
    pub(super) rule: Option<RuleId>,
    /// What is answered in the place of what the handler says.
    pub(super) instead: Option<Frame>,
    pub(super) drop: bool,
    pub(super) delay: Duration,
    pub(super) truncate: Option<usize>,
    pub(super) corrupt: Option<usize>,
    pub(super) split: Option<(usize, Duration)>,
}

impl AnswerFaults {
    /// Whether the answer goes as it is.
    pub(super) fn leave_it(&self) -> bool {
        *self
            == Self {
                rule: self.rule,
                ..Self::default()
            }
    }
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
        let Some(Struck { id, on, effect, from }) = state.rules.strike(&arrival) else {
            return Duration::ZERO;
        };
        self.verdict.rule = Some(id);
        match effect {
            Effect::Reply(when, code) => self.reply(incoming, &on, when, code),
            Effect::Drop(When::Before) => self.stopped = Some(Stopped::Closed),
            Effect::Drop(When::After) => self.answer().drop = true,
            Effect::Delay(When::Before, time) => return time,
            Effect::Delay(When::After, time) => self.answer().delay = time,
            Effect::Throttle(time) => self.verdict.throttle = time,
            Effect::Truncate(bytes) => self.answer().truncate = Some(bytes),
            Effect::Corrupt(byte) => self.answer().corrupt = Some(byte),
            Effect::Split { size, every } => self.answer().split = Some((size.max(1), every)),
            Effect::Perform(command) => {
                let name = arrival.api.name();
                match state.ends_last(&command) {
                    Some(last) if from == Origin::Outside => {
                        tracing::warn!(
                            "the rule for {name}: {command}: broker {last} is the last one that runs, and stays"
                        );
                    }
                    _ => {
                        if let Err(error) = state.perform(self.now, &command) {
                            tracing::warn!("the rule for {name}: {command}: {error}");
                        }
                    }
                }
            }
        }
        Duration::ZERO
    }

    fn answer(&mut self) -> &mut AnswerFaults {
        let answer = &mut self.verdict.answer;
        answer.rule = self.verdict.rule;
        answer
    }

    /// Puts an error where a broker would.
    fn reply(&mut self, incoming: &Incoming<'_>, on: &Matcher, when: When, code: ErrorCode) {
        let (api, version) = (incoming.ticket.key, incoming.ticket.version);
        let named = on.topic.is_some() || on.partition.is_some();
        let when = match api {
            // They apply nothing.
            ApiKey::FETCH | ApiKey::METADATA => When::Before,
            _ => when,
        };
        let in_part = match (api, when) {
            (ApiKey::FETCH | ApiKey::METADATA, _) => named || !is_of_request(api, version, code),
            (ApiKey::PRODUCE, When::After) => true,
            (_, When::After) => false,
            (_, When::Before) => named && fails_in_part(api),
        };
        match when {
            _ if in_part => self.verdict.errors.push(InjectedError {
                code,
                when,
                topic: on.topic.clone(),
                partition: on.partition,
            }),
            When::Before => self.verdict.refuse = Some(code),
            When::After => self.verdict.instead = Some(code),
        }
    }
}

/// Whether a broker says an error of a request for data or metadata as a whole, and has a place for it in that version.
fn is_of_request(api: ApiKey, version: i16, code: ErrorCode) -> bool {
    match api {
        ApiKey::FETCH => {
            version >= 7
                && matches!(
                    code,
                    ErrorCode::FETCH_SESSION_ID_NOT_FOUND
                        | ErrorCode::INVALID_FETCH_SESSION_EPOCH
                        | ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR
                )
        }
        // KIP-1102.
        _ => version >= 13 && code == ErrorCode::REBOOTSTRAP_REQUIRED,
    }
}

impl Gate for FaultGate {
    fn pass(&mut self, state: &mut State, incoming: &mut Incoming<'_>, subjects: Vec<Subject>) -> Passage {
        let mut held = Duration::ZERO;
        let controls = *incoming.client.id == *CONTROL_CLIENT_ID;
        if !self.released {
            if !state.rules.is_empty() && !controls {
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
                admitted: true,
            });
        }
        // A rule may have taken the broker itself.
        let status = state.brokers.get(incoming.broker).map(|broker| broker.status);
        match status {
            Some(BrokerStatus::Up) if held.is_zero() => {}
            Some(BrokerStatus::Paused { .. }) if controls => {}
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
                instead: self.verdict.instead.take(),
            }),
        }
    }

    fn answer_instead(&mut self, frame: Frame) {
        self.answer().instead = Some(frame);
    }
}
