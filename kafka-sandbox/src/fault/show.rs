//! Faults as text.

use std::fmt;
use std::time::Duration;

use super::command::Command;
use super::rule::{Effect, Rule, When};
use super::text::Fault;
use super::words::quoted;

/// Letters of names that need no quotes.
const PLAIN: &str = ":/+@";
/// Letters of names behind a colon that need none.
const PLAIN_LAST: &str = "/+@";

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(rule) => rule.fmt(f),
            Self::Command(command) => command.fmt(f),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.on.api {
            Some(api) => write_kebab(f, api.name())?,
            None => f.write_str("*")?,
        }
        if let Some(broker) = self.on.broker {
            write!(f, " broker={broker}")?;
        }
        if let Some(topic) = &self.on.topic {
            write!(f, " topic={}", quoted(topic, PLAIN))?;
        }
        if let Some(partition) = self.on.partition {
            write!(f, " partition={partition}")?;
        }
        if let Some(client) = &self.on.client_id {
            write!(f, " client={}", quoted(client, PLAIN))?;
        }
        if self.skip > 0 {
            write!(f, " skip={}", self.skip)?;
        }
        if let Some(times) = self.times {
            write!(f, " times={times}")?;
        }
        write!(f, " {}", self.effect)
    }
}

/// Writes the name of an API as `init-producer-id`.
fn write_kebab(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", letter.to_ascii_lowercase())?;
    }
    Ok(())
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(when, code) => {
                let name = match when {
                    When::Before => "reply",
                    When::After => "reply-after",
                };
                match code.name() {
                    Some(code) => write!(f, "{name}={code}"),
                    None => write!(f, "{name}={}", code.0),
                }
            }
            Self::Drop(When::Before) => f.write_str("drop=before"),
            Self::Drop(When::After) => f.write_str("drop=after"),
            Self::Delay(When::Before, time) => write_time(f, "hold", *time),
            Self::Delay(When::After, time) => write_time(f, "delay", *time),
            Self::Throttle(time) => write_time(f, "throttle", *time),
            Self::Truncate(bytes) => write!(f, "truncate={bytes}"),
            Self::Corrupt(byte) => write!(f, "corrupt={byte}"),
            Self::Split { size, every } => {
                write!(f, "split={size}")?;
                if every.is_zero() {
                    return Ok(());
                }
                f.write_str(" ")?;
                write_time(f, "every", *every)
            }
            Self::Perform(command) => command.fmt(f),
        }
    }
}

/// Writes a time in the largest unit that has it whole.
fn write_time(f: &mut fmt::Formatter<'_>, name: &str, time: Duration) -> fmt::Result {
    match time.subsec_nanos() {
        0 => write!(f, "{name}={}s", time.as_secs()),
        nanos if nanos % 1_000_000 == 0 => write!(f, "{name}={}ms", time.as_millis()),
        nanos if nanos % 1000 == 0 => write!(f, "{name}={}us", time.as_micros()),
        _ => write!(f, "{name}={}ns", time.as_nanos()),
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |text| quoted(text, PLAIN);
        match self {
            Self::Kill(broker) => write!(f, "kill={broker}"),
            Self::Pause(broker) => write!(f, "pause={broker}"),
            Self::Resume(broker) => write!(f, "resume={broker}"),
            Self::Restart(broker) => write!(f, "restart={broker}"),
            Self::ForgetFetchSessions(broker) => write!(f, "forget-sessions={broker}"),
            Self::MoveLeader { topic, partition, to } => write!(f, "move={}-{partition}:{to}", name(topic)),
            Self::RecreateTopic(topic) => write!(f, "recreate={}", name(topic)),
            Self::DelayMarkers(delay) => write_time(f, "markers", *delay),
            Self::CutLog {
                topic,
                partition,
                offset,
            } => write!(f, "cut={}-{partition}:{offset}", name(topic)),
            Self::ExpireMember { group, member } => {
                write!(f, "expire={}:{}", name(group), quoted(member, PLAIN_LAST))
            }
            Self::ExpireTransaction(id) => write!(f, "expire-transaction={}", name(id)),
            Self::MoveCoordinator { group, to } => write!(f, "coordinator={}:{to}", name(group)),
            Self::MoveTransactionCoordinator { transactional_id, to } => {
                write!(f, "txn-coordinator={}:{to}", name(transactional_id))
            }
            Self::SetProfile { broker, profile } => write!(f, "profile={broker}:{profile}"),
        }
    }
}
