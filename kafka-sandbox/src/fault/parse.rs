//! Faults from text.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use protocol::{ApiInfo, ApiKey, ErrorCode};

use super::command::Command;
use super::rule::{Effect, Matcher, Rule, When};
use super::text::{Fault, ParseFaultError};
use super::words::{halves, unquoted, words};

fn error<T>(text: impl Into<String>) -> Result<T, ParseFaultError> {
    Err(ParseFaultError(text.into()))
}

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut words = words(text);
        let first = words.next().unwrap_or_default();
        if !first.contains('=') {
            return text.parse().map(Self::Rule);
        }
        let (name, value) = pair(first)?;
        let Some(command) = command(name, value)? else {
            return error(format!(
                "there is no command {name:?}: a rule begins with an API or *, a command is {COMMANDS}"
            ));
        };
        if let Some(word) = words.next() {
            return error(format!(
                "{word:?} behind a command: a command stands alone, a rule begins with an API or *"
            ));
        }
        let rule = Rule::on_any().perform(command.clone());
        rule.check().or_else(|wrong| error(format!("{first}: {wrong}")))?;
        Ok(Self::Command(command))
    }
}

impl FromStr for Rule {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut words = words(text);
        let mut on = Matcher {
            api: api(words.next().unwrap_or_default())?,
            ..Matcher::default()
        };
        let (mut skip, mut times, mut every, mut found) = (0, None, None, None);
        let mut seen: Vec<&str> = Vec::new();
        for word in words {
            let (name, value) = if word == "once" {
                ("times", "1")
            } else {
                pair(word)?
            };
            if seen.contains(&name) {
                return error(format!("{word}: {name} is there twice"));
            }
            seen.push(name);
            match name {
                "broker" => on.broker = Some(number(name, value)?),
                "topic" => on.topic = Some(text_of(name, value)?),
                "partition" => on.partition = Some(number(name, value)?),
                "client" => on.client_id = Some(text_of(name, value)?),
                "skip" => skip = number(name, value)?,
                "times" => times = Some(number(name, value)?),
                "every" => every = Some(duration(name, value)?),
                _ => {
                    if let Some(earlier) = found.replace(effect(name, value)?) {
                        return error(format!("a rule has one effect: {name} is beside {earlier}"));
                    }
                }
            }
        }
        let Some(mut effect) = found else {
            return error(format!("{text:?} says not what is to happen: {EFFECTS}"));
        };
        if let Some(pause) = every {
            match &mut effect {
                Effect::Split { every, .. } => *every = pause,
                _ => return error(format!("every= goes with split= alone, not with {effect}")),
            }
        }
        let rule = Self {
            on,
            skip,
            times,
            effect,
        };
        rule.check().or_else(|wrong| error(wrong.to_string()))?;
        Ok(rule)
    }
}

const EFFECTS: &str = "reply=, reply-after=, drop=, hold=, delay=, throttle=, truncate=, corrupt=, split= or a command as kill=";
const COMMANDS: &str = "kill=, restart=, pause=, resume=, move=, coordinator=, txn-coordinator=, recreate=, cut=, expire=, \
                        expire-transaction=, forget-sessions=, markers= or profile=";

fn pair(word: &str) -> Result<(&str, &str), ParseFaultError> {
    match word.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name, value)),
        _ => error(format!(
            "{word:?} is not name=value: quote a name with blanks, as client=\"a b\""
        )),
    }
}

/// A name, perhaps in quotes.
fn text_of(name: &str, value: &str) -> Result<Arc<str>, ParseFaultError> {
    match unquoted(value) {
        Some(text) => Ok(text.into()),
        None => error(format!(
            "{name}={value}: the quotes do not close, or there is a backslash before what is neither a quote, a backslash nor u{{..}}"
        )),
    }
}

fn api(word: &str) -> Result<Option<ApiKey>, ParseFaultError> {
    if word == "*" {
        return Ok(None);
    }
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let wanted = plain(word);
    let found = ApiInfo::ALL.iter().find(|info| plain(info.name) == wanted);
    match found {
        Some(info) => Ok(Some(info.key)),
        None => error(format!(
            "there is no API {word:?}: a rule begins with one, as produce, or with *"
        )),
    }
}

fn number<T: FromStr>(name: &str, value: &str) -> Result<T, ParseFaultError> {
    value
        .parse()
        .or_else(|_| error(format!("{name}={value}: not a whole number that it can be")))
}

fn duration(name: &str, value: &str) -> Result<Duration, ParseFaultError> {
    let split = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (digits, unit) = value.split_at(split);
    let nanos: u128 = match unit {
        "ns" => 1,
        "us" => 1_000,
        "ms" => 1_000_000,
        "s" => NANOS,
        _ => 0,
    };
    if nanos == 0 || digits.is_empty() {
        return error(format!("{name}={value}: not a time as 200ms or 2s"));
    }
    let nanos = number::<u128>(name, digits)?.checked_mul(nanos);
    let time = nanos.and_then(|nanos| {
        let (secs, rest) = (u64::try_from(nanos / NANOS), u32::try_from(nanos % NANOS));
        Some(Duration::new(secs.ok()?, rest.ok()?))
    });
    time.map_or_else(|| error(format!("{name}={value}: longer than any time")), Ok)
}

/// Nanoseconds of a second.
const NANOS: u128 = 1_000_000_000;

fn error_code(value: &str) -> Result<ErrorCode, ParseFaultError> {
    let by_number = || value.parse().ok().map(ErrorCode);
    match ErrorCode::from_name(value).or_else(by_number) {
        Some(code) => Ok(code),
        None => error(format!(
            "there is no error code {value:?}: it is a name as NOT_LEADER_OR_FOLLOWER, or a number"
        )),
    }
}

fn effect(name: &str, value: &str) -> Result<Effect, ParseFaultError> {
    Ok(match name {
        "reply" => Effect::Reply(When::Before, error_code(value)?),
        "reply-after" => Effect::Reply(When::After, error_code(value)?),
        "drop" => match value {
            "before" => Effect::Drop(When::Before),
            "after" => Effect::Drop(When::After),
            _ => {
                return error(format!(
                    "drop={value}: say before or after, which is when the request is applied"
                ));
            }
        },
        "hold" => Effect::Delay(When::Before, duration(name, value)?),
        "delay" => Effect::Delay(When::After, duration(name, value)?),
        "throttle" => Effect::Throttle(duration(name, value)?),
        "truncate" => Effect::Truncate(number(name, value)?),
        "corrupt" => Effect::Corrupt(number(name, value)?),
        "split" => Effect::Split {
            size: number(name, value)?,
            every: Duration::ZERO,
        },
        _ => match command(name, value)? {
            Some(command) => Effect::Perform(command),
            None => {
                return error(format!(
                    "{name:?} is neither a filter (broker=, topic=, partition=, client=), a count (skip=, times=, once) nor an \
                     effect: {EFFECTS}"
                ));
            }
        },
    })
}

fn command(name: &str, value: &str) -> Result<Option<Command>, ParseFaultError> {
    Ok(Some(match name {
        "kill" => Command::Kill(number(name, value)?),
        "pause" => Command::Pause(number(name, value)?),
        "resume" => Command::Resume(number(name, value)?),
        "restart" => Command::Restart(number(name, value)?),
        "forget-sessions" => Command::ForgetFetchSessions(number(name, value)?),
        "move" => {
            let (place, to) = both(name, value, "TOPIC-PARTITION:BROKER")?;
            let (topic, partition) = topic_partition(name, place)?;
            let to = number(name, to)?;
            Command::MoveLeader { topic, partition, to }
        }
        "expire" => {
            let (group, member) = both(name, value, "GROUP:MEMBER")?;
            let (group, member) = (text_of(name, group)?, text_of(name, member)?);
            Command::ExpireMember { group, member }
        }
        "expire-transaction" => Command::ExpireTransaction(text_of(name, value)?),
        "coordinator" => {
            let (group, to) = both(name, value, "GROUP:BROKER")?;
            let to = number(name, to)?;
            let group = text_of(name, group)?;
            Command::MoveCoordinator { group, to }
        }
        "txn-coordinator" => {
            let (id, to) = both(name, value, "TRANSACTIONAL-ID:BROKER")?;
            let to = number(name, to)?;
            let transactional_id = text_of(name, id)?;
            Command::MoveTransactionCoordinator { transactional_id, to }
        }
        "recreate" => Command::RecreateTopic(text_of(name, value)?),
        "markers" => Command::DelayMarkers(duration(name, value)?),
        "cut" => {
            let (place, offset) = both(name, value, "TOPIC-PARTITION:OFFSET")?;
            let (topic, partition) = topic_partition(name, place)?;
            let offset = number(name, offset)?;
            Command::CutLog {
                topic,
                partition,
                offset,
            }
        }
        "profile" => {
            let (broker, profile) = both(name, value, "BROKER:KAFKA")?;
            let broker = number(name, broker)?;
            let profile = profile
                .parse()
                .or_else(|unknown| error(format!("profile={value}: {unknown}")))?;
            Command::SetProfile { broker, profile }
        }
        _ => return Ok(None),
    }))
}

/// Parts a value at its last colon outside quotes: names may have some.
fn both<'a>(name: &str, value: &'a str, shape: &str) -> Result<(&'a str, &'a str), ParseFaultError> {
    let parted = halves(value, ':').filter(|(one, other)| !one.is_empty() && !other.is_empty());
    parted.map_or_else(|| error(format!("{name}={value}: not {shape}")), Ok)
}

fn topic_partition(name: &str, text: &str) -> Result<(Arc<str>, i32), ParseFaultError> {
    match halves(text, '-') {
        Some((topic, partition)) if !topic.is_empty() => {
            Ok((text_of(name, topic)?, number(name, partition)?))
        }
        _ => error(format!("{name}={text}: not TOPIC-PARTITION")),
    }
}
