//! Which values Kafka takes, and its words where it does not: those of brokers of 4.4.

use protocol::ErrorCode;

use super::java::{double_text, parse_double, trim};
use super::{Allowed, Bounds, ConfigFact, ConfigType, Kind};

/// Why a value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What AlterConfigs, IncrementalAlterConfigs and CreateTopics answer with.
    pub error: ErrorCode,
    /// Kafka's words.
    pub message: String,
}

/// A value after its type was looked at.
enum Parsed<'a> {
    Text(&'a str),
    Whole(i64),
    Double(f64),
    List(Vec<&'a str>),
}

impl ConfigFact {
    /// Why Kafka does not take the value, or none when it does.
    ///
    /// What depends on the state of a broker is not looked at: whether the setting can be changed at all, whether a
    /// number of threads is more than twice or less than half of what it is, and what several settings say together.
    /// The bounds of a group's settings are those that brokers have by default: see
    /// [`refusal_by`](Self::refusal_by).
    pub fn refusal(&self, value: &str) -> Option<Refusal> {
        self.refusal_by(value, |_| None)
    }

    /// As [`refusal`](Self::refusal), by brokers that have settings of their own, such as
    /// `group.consumer.min.session.timeout.ms`: `broker_setting` gives the value by the name.
    pub fn refusal_by(
        &self,
        value: &str,
        broker_setting: impl Fn(&str) -> Option<String>,
    ) -> Option<Refusal> {
        let parsed = match self.parse(value) {
            Ok(parsed) => parsed,
            Err(message) => return Some(self.refuse(message)),
        };
        let message = match self.allowed {
            Allowed::Within(bounds, brokers) => self
                .out_of_range(&parsed, bounds, None)
                .or_else(|| self.not_within(&parsed, brokers, broker_setting)),
            _ => self.not_allowed(&parsed),
        }?;
        // A range that the definition of the setting does not know is looked at elsewhere.
        if self.kind == Kind::ClientMetrics && self.config_type == ConfigType::Int {
            return Some(Refusal {
                error: ErrorCode::INVALID_REQUEST,
                message,
            });
        }
        Some(self.refuse(message))
    }

    fn refuse(&self, message: String) -> Refusal {
        let error = match self.kind {
            Kind::Broker => ErrorCode::INVALID_REQUEST,
            Kind::Topic | Kind::ClientMetrics | Kind::Group => ErrorCode::INVALID_CONFIG,
        };
        Refusal { error, message }
    }

    fn parse<'a>(&self, value: &'a str) -> Result<Parsed<'a>, String> {
        let trimmed = trim(value);
        let not_a_number = || self.invalid(value, format_args!("Not a number of type {}", self.config_type));
        let whole = |fits: bool, number| fits.then_some(Parsed::Whole(number)).ok_or_else(not_a_number);
        match self.config_type {
            ConfigType::Boolean => match trimmed {
                _ if trimmed.eq_ignore_ascii_case("true") => Ok(Parsed::Text("true")),
                _ if trimmed.eq_ignore_ascii_case("false") => Ok(Parsed::Text("false")),
                _ => Err(self.invalid(value, "Expected value to be either true or false")),
            },
            ConfigType::Short | ConfigType::Int | ConfigType::Long => {
                let number = trimmed.parse::<i64>().map_err(|_| not_a_number())?;
                match self.config_type {
                    ConfigType::Short => whole(i16::try_from(number).is_ok(), number),
                    ConfigType::Int => whole(i32::try_from(number).is_ok(), number),
                    _ => Ok(Parsed::Whole(number)),
                }
            }
            ConfigType::Double => parse_double(trimmed).map(Parsed::Double).ok_or_else(not_a_number),
            ConfigType::List if trimmed.is_empty() => Ok(Parsed::List(Vec::new())),
            ConfigType::List => Ok(Parsed::List(trimmed.split(',').map(trim).collect())),
            // There is no Java here whose classes could be found.
            ConfigType::Class if !trimmed.is_empty() && Some(trimmed) != self.default => {
                Err(self.invalid(value, format_args!("Class {trimmed} could not be found.")))
            }
            ConfigType::Class | ConfigType::String | ConfigType::Password => Ok(Parsed::Text(trimmed)),
        }
    }

    /// What is wrong with a value of the right type.
    fn not_allowed(&self, value: &Parsed<'_>) -> Option<String> {
        match self.allowed {
            // Looked at before, as what is in force at brokers counts.
            Allowed::Anything | Allowed::Within(..) => None,
            Allowed::Range { bounds, or } => self.out_of_range(value, bounds, or),
            Allowed::OneOf(words) => self.none_of(value, words),
            Allowed::InAnyCase(words) => self.none_of_in_any_case(value, words),
            Allowed::NotEmpty => self.empty(value),
            Allowed::FalseOnly => matches!(value, Parsed::Text("true")).then(|| NO_TIERED_STORAGE.to_owned()),
            Allowed::Replicas => self.not_replicas(value),
            Allowed::Reset => self.no_reset(value),
            Allowed::Patterns => self.not_patterns(value),
            Allowed::Elements => self.empty_element(value),
            Allowed::UniqueElements => self.equal_elements(value).or_else(|| self.empty_element(value)),
            Allowed::Assignor(name) => match value {
                Parsed::Text(text) if *text != name => Some(format!(
                    "{} '{text}' is not a registered task assignor. Registered assignors are: [{name}].",
                    self.name
                )),
                _ => None,
            },
        }
    }

    fn out_of_range(&self, value: &Parsed<'_>, bounds: Bounds, or: Option<&str>) -> Option<String> {
        let shown = shown(value)?;
        if or.is_some_and(|or| or == shown) {
            return None;
        }
        let below = bounds.min.filter(|min| is_less(value, min));
        let above = bounds.max.filter(|max| is_more(value, max));
        if below.is_none() && above.is_none() {
            return None;
        }
        if self.kind == Kind::ClientMetrics
            && let (Some(min), Some(max)) = (bounds.min, bounds.max)
        {
            return Some(format!(
                "Invalid value {shown} for {}, interval must be between {min} and {max} (1 hour)",
                self.name
            ));
        }
        if let (Some(or), Some(min), Some(max)) = (or, bounds.min, bounds.max) {
            let rule = format_args!("Value must be between {min} and {max} or equal to {or}");
            return Some(self.invalid(&shown, rule));
        }
        below
            .map(|min| self.invalid(&shown, format_args!("Value must be at least {min}")))
            .or_else(|| {
                above.map(|max| self.invalid(&shown, format_args!("Value must be no more than {max}")))
            })
    }

    fn not_within(
        &self,
        value: &Parsed<'_>,
        brokers: Bounds,
        broker_setting: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let bound = |which: &str, default: Option<&str>| {
            let set = self
                .kind_of_group()
                .and_then(|(kind, what)| broker_setting(&format!("group.{kind}.{which}.{what}")));
            default.map(|default| set.unwrap_or_else(|| default.to_owned()))
        };
        let (min, max) = (bound("min", brokers.min), bound("max", brokers.max));
        let below = min.as_ref().is_some_and(|min| is_less(value, min));
        let above = max.as_ref().is_some_and(|max| is_more(value, max));
        (below || above).then(|| match (min, max) {
            (Some(min), Some(max)) => format!("{} must be in the range {min} to {max} inclusive.", self.name),
            (_, max) => format!(
                "{} must be less than or equal to {}",
                self.name,
                max.unwrap_or_default()
            ),
        })
    }

    /// What kind of groups a setting is for, and the rest of its name.
    fn kind_of_group(&self) -> Option<(&'static str, &'static str)> {
        self.name.split_once('.').filter(|_| self.kind == Kind::Group)
    }

    fn none_of(&self, value: &Parsed<'_>, words: &str) -> Option<String> {
        let check = |text: &str| {
            let is_none = words.split(' ').all(|word| word != text);
            is_none.then(|| {
                let rule = format_args!("String must be one of: {}", words.replace(' ', ", "));
                self.invalid(text, rule)
            })
        };
        match value {
            Parsed::Text(text) => check(text),
            Parsed::List(texts) => texts.iter().find_map(|text| match *text {
                "" => Some(self.has_empty_element()),
                text => check(text),
            }),
            Parsed::Whole(_) | Parsed::Double(_) => None,
        }
    }

    fn none_of_in_any_case(&self, value: &Parsed<'_>, words: &str) -> Option<String> {
        let Parsed::Text(text) = value else { return None };
        let is_none = words.split(' ').all(|word| !word.eq_ignore_ascii_case(text));
        is_none.then(|| {
            let words = words.replace(' ', ", ");
            self.invalid(
                text,
                format_args!("String must be one of (case insensitive): {words}"),
            )
        })
    }

    fn empty(&self, value: &Parsed<'_>) -> Option<String> {
        match value {
            Parsed::Text("") => Some(self.invalid("", "String must be non-empty")),
            Parsed::List(texts) if texts.is_empty() => Some(format!(
                "Configuration '{}' must not be empty. Valid values include: any non-empty value",
                self.name
            )),
            Parsed::List(_) => self.empty_element(value),
            _ => None,
        }
    }

    fn not_replicas(&self, value: &Parsed<'_>) -> Option<String> {
        let Parsed::List(texts) = value else { return None };
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_replica = |text: &&str| {
            text.is_empty()
                || text
                    .split_once(':')
                    .is_some_and(|(partition, broker)| is_number(partition) && is_number(broker))
        };
        let is_fine = texts.iter().all(is_replica) || texts.as_slice() == ["*"];
        (!is_fine).then(|| {
            let rule = format_args!(
                "{} must be the literal '*' or a list of replicas in the following format: \
                 [partitionId]:[brokerId],[partitionId]:[brokerId],...",
                self.name
            );
            self.invalid(&format!("[{}]", texts.join(", ")), rule)
        })
    }

    fn no_reset(&self, value: &Parsed<'_>) -> Option<String> {
        let Parsed::Text(text) = value else { return None };
        let is_fine = match text.strip_prefix("by_duration:") {
            Some(duration) => is_duration(duration),
            None => matches!(*text, "earliest" | "latest"),
        };
        (!is_fine).then(|| {
            let rule = format_args!(
                "Invalid value `{text}` for configuration {}. The value must be either 'earliest', 'latest' or of the \
                 format 'by_duration:<PnDTnHnMn.nS>'.",
                self.name
            );
            self.invalid(text, rule)
        })
    }

    fn not_patterns(&self, value: &Parsed<'_>) -> Option<String> {
        let Parsed::List(texts) = value else { return None };
        let wrong = || texts.iter().find(|text| !is_pattern(text));
        self.empty_element(value)
            .or_else(|| wrong().map(|text| format!("Illegal client matching pattern: {text}")))
    }

    fn empty_element(&self, value: &Parsed<'_>) -> Option<String> {
        let is_empty = matches!(value, Parsed::List(texts) if texts.contains(&""));
        is_empty.then(|| self.has_empty_element())
    }

    fn has_empty_element(&self) -> String {
        format!("Configuration '{}' values must not be empty.", self.name)
    }

    fn equal_elements(&self, value: &Parsed<'_>) -> Option<String> {
        let Parsed::List(texts) = value else { return None };
        let mut sorted = texts.clone();
        sorted.sort_unstable();
        sorted.dedup();
        (sorted.len() < texts.len()).then(|| format!("{} must not contain duplicate tag keys.", self.name))
    }

    fn invalid(&self, value: &str, rule: impl std::fmt::Display) -> String {
        format!("Invalid value {value} for configuration {}: {rule}", self.name)
    }
}

const NO_TIERED_STORAGE: &str = "Tiered Storage functionality is disabled in the broker. \
                                 Topic cannot be configured with remote log storage.";

/// A number as it appears in a message.
fn shown(value: &Parsed<'_>) -> Option<String> {
    match value {
        Parsed::Whole(number) => Some(number.to_string()),
        Parsed::Double(number) => Some(double_text(*number)),
        Parsed::Text(_) | Parsed::List(_) => None,
    }
}

// No number is less or more than a bound that is none.
fn is_less(value: &Parsed<'_>, min: &str) -> bool {
    match value {
        Parsed::Whole(number) => min.parse().is_ok_and(|min| *number < min),
        Parsed::Double(number) => min.parse().is_ok_and(|min| *number < min),
        Parsed::Text(_) | Parsed::List(_) => false,
    }
}

fn is_more(value: &Parsed<'_>, max: &str) -> bool {
    match value {
        Parsed::Whole(number) => max.parse().is_ok_and(|max| *number > max),
        Parsed::Double(number) => max.parse().is_ok_and(|max| *number > max),
        Parsed::Text(_) | Parsed::List(_) => false,
    }
}

/// Properties of a client that a subscription to metrics can name (KIP-714).
const CLIENT_PROPERTIES: [&str; 6] = [
    "client_id",
    "client_instance_id",
    "client_software_name",
    "client_software_version",
    "client_source_address",
    "client_source_port",
];

/// Whether the text names a property and a pattern for it. Of the pattern only brackets are looked at, which are what
/// goes wrong: patterns are Java's.
fn is_pattern(text: &str) -> bool {
    let Some((property, pattern)) = text.split_once('=') else {
        return false;
    };
    let pattern = trim(pattern);
    CLIENT_PROPERTIES.contains(&trim(property)) && !pattern.is_empty() && brackets_match(pattern)
}

fn brackets_match(pattern: &str) -> bool {
    let (mut depth, mut in_class, mut is_escaped) = (0_usize, false, false);
    for c in pattern.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0 && !in_class && !is_escaped
}

/// Whether the text is an ISO 8601 duration of days and smaller units that is not negative: `P1D`, `PT1H30M`, `PT0.5S`.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['P', 'p']) else {
        return false;
    };
    let (days, time) = match rest.split_once(['T', 't']) {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let no_time = time.is_none();
    is_amounts(days, "D")
        && time.is_none_or(|time| !time.is_empty() && is_amounts(time, "HMS"))
        && (!no_time || !days.is_empty())
}

/// Whether the text is numbers, each before one of the units, in the units' order; only seconds have a fraction.
fn is_amounts(text: &str, units: &str) -> bool {
    let mut rest = text;
    let mut units = units.chars();
    while !rest.is_empty() {
        let Some(end) = rest.find(|c: char| !c.is_ascii_digit() && c != '.') else {
            return false;
        };
        let (number, tail) = rest.split_at(end);
        let Some(unit) = tail.chars().next() else {
            return false;
        };
        if !units.any(|one| one.eq_ignore_ascii_case(&unit)) || !is_amount(number, unit) {
            return false;
        }
        rest = tail.get(unit.len_utf8()..).unwrap_or_default();
    }
    true
}

fn is_amount(number: &str, unit: char) -> bool {
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_fraction_fine = fraction
        .is_none_or(|fraction| unit.eq_ignore_ascii_case(&'S') && is_digits(fraction) && fraction.len() <= 9);
    (1..=18).contains(&whole.len()) && is_digits(whole) && is_fraction_fine
}

#[cfg(test)]
mod tests {
    use super::super::{config, configs};
    use super::*;

    fn refusal(kind: Kind, name: &str, value: &str) -> Option<Refusal> {
        config(kind, name).unwrap().refusal(value)
    }

    #[test]
    fn refusals_are_in_kafkas_words() {
        let range = "Value must be at least -1";
        let one_of = "String must be one of: compact, delete";
        for (name, value, rule) in [
            ("retention.ms", "abc", "Not a number of type LONG"),
            ("retention.ms", "-2", range),
            ("max.message.bytes", "3000000000", "Not a number of type INT"),
            ("max.message.bytes", "-1", "Value must be at least 0"),
            ("compression.lz4.level", "18", "Value must be no more than 17"),
            ("cleanup.policy", "foo", one_of),
            ("preallocate", "1", "Expected value to be either true or false"),
        ] {
            let refusal = refusal(Kind::Topic, name, value).unwrap();
            let message = format!("Invalid value {value} for configuration {name}: {rule}");
            assert_eq!(
                (refusal.error, refusal.message),
                (ErrorCode::INVALID_CONFIG, message)
            );
        }
        let interval = refusal(Kind::ClientMetrics, "interval.ms", "99").unwrap();
        assert_eq!(interval.error, ErrorCode::INVALID_REQUEST);
        let threads = refusal(Kind::Broker, "num.io.threads", "0").unwrap();
        assert_eq!(threads.error, ErrorCode::INVALID_REQUEST);
    }

    #[test]
    fn durations() {
        for text in ["P1D", "PT1H", "PT0S", "P1DT2H3M4.5S", "pt5m", "PT0.123456789S"] {
            assert!(is_duration(text), "{text}");
        }
        for text in [
            "", "P", "PT", "P1DT", "1D", "P1H", "PT1D", "PT1M1H", "-PT1H", "PT-1H", "PTS", "PT1.5H", "PT1",
        ] {
            assert!(!is_duration(text), "{text}");
        }
    }

    #[test]
    fn hostile_values_are_refused_without_a_panic() {
        let long = "9".repeat(10_000);
        for fact in Kind::ALL.into_iter().flat_map(configs) {
            for value in [
                "",
                "\u{0}",
                "é,é:",
                ":::",
                "P\u{1F600}T",
                "by_duration:PT\u{1F600}",
                "=",
                "client_id=\\",
                &long,
            ] {
                let _ = fact.check(value);
            }
        }
    }
}
