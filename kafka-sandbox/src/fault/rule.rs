//! A rule: which requests it is for, and what happens to them.

use std::sync::Arc;
use std::time::Duration;

use protocol::{ApiKey, ErrorCode};

use super::Command;

/// A rule for requests. It strikes those that match, after letting the first [`skip`](Self::skip) of them pass, and no
/// more than [`times`](Self::times).
///
/// One rule strikes a request: the oldest one that matches it and lets it no longer pass. Those behind it are not asked, and
/// count nothing: of two rules with `once`, the first strikes the first request and the second strikes the next. A rule for all
/// requests that is put in force first leaves nothing to others, so put the special ones in force before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Which requests it is for.
    pub on: Matcher,
    /// How many requests that match pass before it applies; default 0.
    pub skip: u32,
    /// To how many it applies; none for all.
    pub times: Option<u32>,
    /// What happens to them.
    pub effect: Effect,
}

/// Which requests a rule is for: those that agree with everything that is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matcher {
    /// The API.
    pub api: Option<ApiKey>,
    /// The broker that was asked.
    pub broker: Option<i32>,
    /// The topic that the request is about, among others perhaps.
    pub topic: Option<Arc<str>>,
    /// The partition that the request is about, among others perhaps.
    pub partition: Option<i32>,
    /// What the client calls itself (`client.id`).
    pub client_id: Option<Arc<str>>,
}

/// What happens to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// It is answered with an error, and not applied, or is applied all the same.
    ///
    /// Before it is applied: where the rule names a topic or partition and the answer has room for errors of these, the error
    /// stands for them alone, and the rest of the request is applied; else all of the request is refused. Of Fetch and Metadata,
    /// errors are those of partitions and topics, unless a broker gives them to the whole request.
    ///
    /// After: the answer says the error of all that was asked, in Produce of what the rule names alone; Fetch and Metadata,
    /// which apply nothing, are answered as before.
    Reply(When, ErrorCode),
    /// Its connection is closed.
    Drop(When),
    /// It waits this long before it is applied, or its answer does after.
    Delay(When, Duration),
    /// Its answer tells the client to stay quiet this long, and the broker reads nothing from it meanwhile (KIP-219).
    Throttle(Duration),
    /// Of its answer this many bytes are sent, the length in front included, then the connection is closed.
    Truncate(usize),
    /// This byte of its answer, counted from behind the correlation id, is inverted; the last one where it is shorter.
    Corrupt(usize),
    /// Its answer is sent in pieces.
    Split {
        /// Bytes of a piece; at least 1.
        size: usize,
        /// Time between two pieces. With none, each is written on its own and flushed: a client that waits sees the first
        /// one alone, one that is slow may find several.
        every: Duration,
    },
    /// Something happens to the cluster when it arrives, before it is applied. Where that takes the broker that is asked, the
    /// connection closes or stands still.
    Perform(Command),
}

/// Before a request is applied, or after. A request that is wrong in itself is applied as any broker would: not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The request leaves no trace.
    Before,
    /// The request does what it does, and its client does not learn of it.
    After,
}

/// Builds a [`Rule`], and hands it to whom it was begun for: [`Rule::on`] returns it, `Sandbox::on` puts it in force.
///
/// A rule has one effect, which ends it. Where a filter or count is set twice, the last one holds.
#[must_use = "a rule without an effect does nothing: end with `reply`, `drop_connection`, `delay` and the like"]
#[derive(Debug)]
pub struct On<F> {
    on: Matcher,
    skip: u32,
    times: Option<u32>,
    when: When,
    finish: F,
}

impl Rule {
    /// Begins a rule for requests of an API.
    pub fn on(api: ApiKey) -> On<fn(Self) -> Self> {
        On::new(Some(api), |rule| rule)
    }

    /// Begins a rule for all requests.
    pub fn on_any() -> On<fn(Self) -> Self> {
        On::new(None, |rule| rule)
    }
}

impl<F, T> On<F>
where
    F: FnOnce(Rule) -> T,
{
    /// Begins a rule that `finish` gets.
    pub fn new(api: Option<ApiKey>, finish: F) -> Self {
        Self {
            on: Matcher {
                api,
                ..Matcher::default()
            },
            skip: 0,
            times: None,
            when: When::Before,
            finish,
        }
    }

    /// Only requests to this broker.
    pub fn broker(mut self, id: i32) -> Self {
        self.on.broker = Some(id);
        self
    }

    /// Only requests about this topic.
    pub fn topic(mut self, name: &str) -> Self {
        self.on.topic = Some(name.into());
        self
    }

    /// Only requests about a partition of this number.
    pub fn partition(mut self, index: i32) -> Self {
        self.on.partition = Some(index);
        self
    }

    /// Only requests of clients that call themselves this.
    pub fn client_id(mut self, id: &str) -> Self {
        self.on.client_id = Some(id.into());
        self
    }

    /// Lets this many requests that match pass first.
    pub fn skip(mut self, count: u32) -> Self {
        self.skip = count;
        self
    }

    /// Applies to this many requests and no more.
    pub fn times(mut self, count: u32) -> Self {
        self.times = Some(count);
        self
    }

    /// Applies to one request and no more.
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// Lets the request be applied before [`reply`](Self::reply), [`drop_connection`](Self::drop_connection) or
    /// [`delay`](Self::delay) strike: the answer is what is wrong, lost or late. The other effects are of the answer in any case,
    /// and [`perform`](Self::perform) is done when the request arrives.
    pub fn after_apply(mut self) -> Self {
        self.when = When::After;
        self
    }

    /// Answers with an error and does not apply the request; applies it all the same with
    /// [`after_apply`](Self::after_apply), as a broker does that answers `REQUEST_TIMED_OUT`.
    pub fn reply(self, code: ErrorCode) -> T {
        let when = self.when;
        self.effect(Effect::Reply(when, code))
    }

    /// Closes the connection.
    pub fn drop_connection(self) -> T {
        let when = self.when;
        self.effect(Effect::Drop(when))
    }

    /// Makes the request wait; its answer with [`after_apply`](Self::after_apply).
    pub fn delay(self, time: Duration) -> T {
        let when = self.when;
        self.effect(Effect::Delay(when, time))
    }

    /// Tells the client to stay quiet.
    pub fn throttle(self, time: Duration) -> T {
        self.effect(Effect::Throttle(time))
    }

    /// Sends only the first bytes of the answer, then closes the connection.
    pub fn truncate(self, bytes: usize) -> T {
        self.effect(Effect::Truncate(bytes))
    }

    /// Inverts a byte of the answer, counted from behind the correlation id.
    pub fn corrupt(self, byte: usize) -> T {
        self.effect(Effect::Corrupt(byte))
    }

    /// Sends the answer in pieces of so many bytes, at least 1, each written on its own.
    pub fn split(self, size: usize) -> T {
        self.split_every(size, Duration::ZERO)
    }

    /// Sends the answer in pieces of so many bytes, at least 1, with so much time between two of them.
    pub fn split_every(self, size: usize, every: Duration) -> T {
        self.effect(Effect::Split { size, every })
    }

    /// Does something to the cluster when the request arrives.
    pub fn perform(self, command: Command) -> T {
        self.effect(Effect::Perform(command))
    }

    /// Ends the rule.
    pub fn effect(self, effect: Effect) -> T {
        (self.finish)(Rule {
            on: self.on,
            skip: self.skip,
            times: self.times,
            effect,
        })
    }
}
