//! Faults as text: a line each, in files, on the command line and in the config `sandbox.faults`.
//!
//! A rule is an API and words `name=value`; a command is one word. `#` begins a comment.
//!
//! ```text
//! produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER
//! fetch topic=orders partition=0 client=app skip=10 delay=200ms
//! * throttle=1s
//! produce drop=after          # applied, the answer is lost
//! produce skip=100 once kill=2
//! kill=2
//! move=orders-0:3
//! markers=2s                  # transactions take so long to end
//! ```

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use protocol::{ApiInfo, ApiKey, ErrorCode};

use super::command::Command;
use super::rule::{Effect, Matcher, Rule, When};

/// A line: a rule for requests to come, or something to be done at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A rule.
    Rule(Rule),
    /// A command.
    Command(Command),
}

/// Why a line is no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseFaultError(String);

fn error<T>(text: impl Into<String>) -> Result<T, ParseFaultError> {
    Err(ParseFaultError(text.into()))
}

impl Fault {
    /// Reads faults from lines. Comments and empty lines are left out.
    ///
    /// # Errors
    ///
    /// A line is none; the error names it.
    pub fn parse_lines(text: &str) -> Result<Vec<Self>, ParseFaultError> {
        let mut faults = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let fault = line.parse();
            faults.push(
                fault.map_err(|ParseFaultError(why)| ParseFaultError(format!("line {number}: {why}")))?,
            );
        }
        Ok(faults)
    }
}

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let first = text.split_whitespace().next().unwrap_or_default();
        if first.contains('=') {
            let mut words = text.split_whitespace();
            let (name, value) = pair(words.next().unwrap_or_default())?;
            if let Some(word) = words.next() {
                return error(format!(
                    "{word:?} behind a command: a rule begins with an API or *"
                ));
            }
            let Some(command) = command(name, value)? else {
                return error(format!(
                    "there is no command {name:?}: a rule begins with an API or *"
                ));
            };
            return Ok(Self::Command(command));
        }
        text.parse().map(Self::Rule)
    }
}

impl FromStr for Rule {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut words = text.split_whitespace();
        let mut on = Matcher {
            api: api(words.next().unwrap_or_default())?,
            ..Matcher::default()
        };
        let (mut skip, mut times, mut every, mut found) = (0, None, Duration::ZERO, None);
        for word in words {
            if word == "once" {
                times = Some(1);
                continue;
            }
            let (name, value) = pair(word)?;
            match name {
                "broker" => on.broker = Some(number(name, value)?),
                "topic" => on.topic = Some(value.into()),
                "partition" => on.partition = Some(number(name, value)?),
                "client" => on.client_id = Some(value.into()),
                "skip" => skip = number(name, value)?,
                "times" => times = Some(number(name, value)?),
                "every" => every = duration(name, value)?,
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
        if let Effect::Split { every: pause, .. } = &mut effect {
            *pause = every;
        }
        Ok(Self {
            on,
            skip,
            times,
            effect,
        })
    }
}

const EFFECTS: &str =
    "reply=, drop=, hold=, delay=, throttle=, truncate=, corrupt=, split= or a command as kill=";

fn pair(word: &str) -> Result<(&str, &str), ParseFaultError> {
    match word.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name, value)),
        _ => error(format!("{word:?} is not name=value")),
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
        .or_else(|_| error(format!("{name}={value}: not a number that it can be")))
}

fn duration(name: &str, value: &str) -> Result<Duration, ParseFaultError> {
    let split = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (digits, unit) = value.split_at(split);
    let count: u32 = number(name, digits)?;
    match unit {
        "us" => Ok(Duration::from_micros(count.into())),
        "ms" => Ok(Duration::from_millis(count.into())),
        "s" => Ok(Duration::from_secs(count.into())),
        _ => error(format!("{name}={value}: not a time as 200ms or 2s")),
    }
}

fn effect(name: &str, value: &str) -> Result<Effect, ParseFaultError> {
    Ok(match name {
        "reply" => {
            let by_number = || value.parse().ok().map(ErrorCode);
            match ErrorCode::from_name(value).or_else(by_number) {
                Some(code) => Effect::Reply(code),
                None => return error(format!("there is no error code {value:?}")),
            }
        }
        "drop" => match value {
            "before" => Effect::Drop(When::Before),
            "after" => Effect::Drop(When::After),
            _ => return error(format!("drop={value}: before or after the request is applied")),
        },
        "hold" => Effect::Delay(When::Before, duration(name, value)?),
        "delay" => Effect::Delay(When::After, duration(name, value)?),
        "throttle" => Effect::Throttle(duration(name, value)?),
        "truncate" => Effect::Truncate(number(name, value)?),
        "corrupt" => Effect::Corrupt(number(name, value)?),
        "split" => match number(name, value)? {
            0 => return error("split=0: pieces have at least one byte"),
            size => Effect::Split {
                size,
                every: Duration::ZERO,
            },
        },
        _ => match command(name, value)? {
            Some(command) => Effect::Perform(command),
            None => return error(format!("{name:?} is neither a filter nor an effect: {EFFECTS}")),
        },
    })
}

fn command(name: &str, value: &str) -> Result<Option<Command>, ParseFaultError> {
    Ok(Some(match name {
        "kill" => Command::Kill(number(name, value)?),
        "pause" => Command::Pause(number(name, value)?),
        "resume" => Command::Resume(number(name, value)?),
        "restart" => Command::Restart(number(name, value)?),
        "move" => {
            let (place, to) = halves(name, value, "TOPIC-PARTITION:BROKER")?;
            let (topic, partition) = topic_partition(name, place)?;
            let to = number(name, to)?;
            Command::MoveLeader { topic, partition, to }
        }
        "expire" => {
            // Ids of groups may have colons, those of members that Kafka makes have none.
            let (group, member) = halves(name, value, "GROUP:MEMBER")?;
            let (group, member) = (group.into(), member.into());
            Command::ExpireMember { group, member }
        }
        "coordinator" => {
            let (group, to) = halves(name, value, "GROUP:BROKER")?;
            let to = number(name, to)?;
            let group = group.into();
            Command::MoveCoordinator { group, to }
        }
        "recreate" => Command::RecreateTopic(value.into()),
        "markers" => Command::DelayMarkers(duration(name, value)?),
        "cut" => {
            let (place, offset) = halves(name, value, "TOPIC-PARTITION:OFFSET")?;
            let (topic, partition) = topic_partition(name, place)?;
            let offset = number(name, offset)?;
            Command::CutLog {
                topic,
                partition,
                offset,
            }
        }
        "profile" => {
            let (broker, profile) = halves(name, value, "BROKER:KAFKA")?;
            let broker = number(name, broker)?;
            let profile = profile
                .parse()
                .or_else(|unknown| error(format!("profile={value}: {unknown}")))?;
            Command::SetProfile { broker, profile }
        }
        _ => return Ok(None),
    }))
}

/// Parts a value at its last colon: names may have some.
fn halves<'a>(name: &str, value: &'a str, shape: &str) -> Result<(&'a str, &'a str), ParseFaultError> {
    let parted = value
        .rsplit_once(':')
        .filter(|(one, other)| !one.is_empty() && !other.is_empty());
    parted.map_or_else(|| error(format!("{name}={value}: not {shape}")), Ok)
}

fn topic_partition(name: &str, text: &str) -> Result<(Arc<str>, i32), ParseFaultError> {
    match text.rsplit_once('-') {
        Some((topic, partition)) if !topic.is_empty() => Ok((topic.into(), number(name, partition)?)),
        _ => error(format!("{name}={text}: not TOPIC-PARTITION")),
    }
}

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
            write!(f, " topic={topic}")?;
        }
        if let Some(partition) = self.on.partition {
            write!(f, " partition={partition}")?;
        }
        if let Some(client) = &self.on.client_id {
            write!(f, " client={client}")?;
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
            Self::Reply(code) => match code.name() {
                Some(name) => write!(f, "reply={name}"),
                None => write!(f, "reply={}", code.0),
            },
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

fn write_time(f: &mut fmt::Formatter<'_>, name: &str, time: Duration) -> fmt::Result {
    match time.subsec_micros() {
        0 => write!(f, "{name}={}s", time.as_secs()),
        micros if micros % 1000 == 0 => write!(f, "{name}={}ms", time.as_millis()),
        _ => write!(f, "{name}={}us", time.as_micros()),
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kill(broker) => write!(f, "kill={broker}"),
            Self::Pause(broker) => write!(f, "pause={broker}"),
            Self::Resume(broker) => write!(f, "resume={broker}"),
            Self::Restart(broker) => write!(f, "restart={broker}"),
            Self::MoveLeader { topic, partition, to } => write!(f, "move={topic}-{partition}:{to}"),
            Self::RecreateTopic(topic) => write!(f, "recreate={topic}"),
            Self::DelayMarkers(delay) => write_time(f, "markers", *delay),
            Self::CutLog {
                topic,
                partition,
                offset,
            } => write!(f, "cut={topic}-{partition}:{offset}"),
            Self::ExpireMember { group, member } => write!(f, "expire={group}:{member}"),
            Self::MoveCoordinator { group, to } => write!(f, "coordinator={group}:{to}"),
            Self::SetProfile { broker, profile } => write!(f, "profile={broker}:{profile}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_as_they_are_written() {
        for line in [
            "produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER",
            "fetch topic=orders partition=0 client=app skip=10 delay=200ms",
            "* throttle=1s",
            "produce drop=after",
            "produce drop=before",
            "join-group hold=1500us",
            "metadata reply=-1",
            "metadata reply=999",
            "fetch truncate=7",
            "fetch corrupt=0",
            "fetch split=3",
            "fetch split=3 every=2ms",
            "produce skip=100 times=1 kill=2",
            "init-producer-id pause=1",
            "kill=2",
            "pause=2",
            "resume=2",
            "restart=2",
            "move=my-orders-0:3",
            "recreate=orders",
            "expire=billing:tests-1",
            "coordinator=a:group:2",
            "cut=orders-0:100",
            "profile=2:2.8",
            "markers=200ms",
        ] {
            let fault: Fault = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
            let again = fault
                .to_string()
                .replace("reply=-1", "reply=UNKNOWN_SERVER_ERROR");
            let line = line.replace("reply=-1", "reply=UNKNOWN_SERVER_ERROR");
            assert_eq!(again, line);
            assert_eq!(again.parse(), Ok(fault));
        }
        assert_eq!(
            "InitProducerId once kill=1".parse::<Fault>(),
            "init_producer_id times=1 kill=1".parse()
        );
    }

    #[test]
    fn what_is_no_fault_is_named() {
        for (line, text) in [
            (
                "",
                "there is no API \"\": a rule begins with one, as produce, or with *",
            ),
            (
                "produse drop=after",
                "there is no API \"produse\": a rule begins with one, as produce, or with *",
            ),
            ("produce", "\"produce\" says not what is to happen: "),
            ("produce drop", "\"drop\" is not name=value"),
            (
                "produce drop=later",
                "drop=later: before or after the request is applied",
            ),
            ("produce reply=NO_SUCH", "there is no error code \"NO_SUCH\""),
            ("produce delay=5", "delay=5: not a time as 200ms or 2s"),
            (
                "produce broker=x drop=after",
                "broker=x: not a number that it can be",
            ),
            (
                "produce drop=after kill=1",
                "a rule has one effect: kill is beside drop=after",
            ),
            ("produce split=0", "split=0: pieces have at least one byte"),
            (
                "produce colour=red",
                "\"colour\" is neither a filter nor an effect: ",
            ),
            (
                "kill=1 kill=2",
                "\"kill=2\" behind a command: a rule begins with an API or *",
            ),
            (
                "broker=1",
                "there is no command \"broker\": a rule begins with an API or *",
            ),
            ("move=orders:2", "move=orders: not TOPIC-PARTITION"),
            ("profile=1:3.8", "profile=1:3.8: no profile of Kafka \"3.8\""),
        ] {
            let error = line.parse::<Fault>().unwrap_err().to_string();
            assert!(error.starts_with(text), "{line}: {error}");
        }
        let error = Fault::parse_lines("kill=1 # at once\n\n  # nothing\nkill\n").unwrap_err();
        assert!(
            error.to_string().starts_with("line 4: there is no API \"kill\""),
            "{error}"
        );
        assert_eq!(
            Fault::parse_lines("kill=1 # at once\n").map(|faults| faults.len()),
            Ok(1)
        );
    }
}
