//! How values are read, as Java's `ConfigDef` reads them: blanks around them do not count.

use std::time::Duration;

use super::draft::Draft;
use super::error::ConfigError;
use super::table::{Kind, Setting};

impl Setting {
    /// Reads `text` and puts it where it belongs.
    pub(super) fn put(&self, draft: &mut Draft, key: &str, text: &str) -> Result<(), ConfigError> {
        let trimmed = text.trim();
        let refused = |detail: String| {
            let mut expected = self.expected();
            if !detail.is_empty() {
                expected = format!("{expected}; {detail}");
            }
            let value = if self.is_secret() {
                "***".to_owned()
            } else {
                excerpt(trimmed)
            };
            ConfigError::Value {
                key: key.to_owned(),
                value,
                expected,
            }
        };
        let wrong = || refused(String::new());
        match &self.kind {
            Kind::Bool(place) => *place(draft) = boolean(trimmed).ok_or_else(wrong)?,
            Kind::Choice(words, choose, _) => {
                let word = words
                    .iter()
                    .find(|word| word.eq_ignore_ascii_case(trimmed))
                    .ok_or_else(wrong)?;
                choose(draft, word);
            }
            Kind::Int(least, most, place) => {
                *place(draft) = number(trimmed)
                    .filter(|n| (least..=most).contains(&n))
                    .ok_or_else(wrong)?;
            }
            Kind::List(place) => *place(draft) = list(trimmed).into_iter().map(str::to_owned).collect(),
            Kind::Millis(least, most, place) => {
                let millis: i64 = number(trimmed)
                    .filter(|n| (least..=most).contains(&n))
                    .ok_or_else(wrong)?;
                *place(draft) = Duration::from_millis(u64::try_from(millis).map_err(|_| wrong())?);
            }
            Kind::MillisOrNever(most, place) => {
                let millis: i64 = number(trimmed).filter(|n| n <= most).ok_or_else(wrong)?;
                *place(draft) = u64::try_from(millis).map_or(Duration::MAX, Duration::from_millis);
            }
            Kind::Other(_, read, _) => read(draft, trimmed).map_err(refused)?,
            Kind::Size(least, most, place) => {
                let size: u64 = number(trimmed)
                    .filter(|n| (least..=most).contains(&n))
                    .ok_or_else(wrong)?;
                *place(draft) = usize::try_from(size).map_err(|_| wrong())?;
            }
            Kind::Text(place) => *place(draft) = Some(trimmed.to_owned()),
            Kind::Secret(place) => *place(draft) = Some(text.into()),
        }
        Ok(())
    }

    /// The value that is set, as it would be written; `***` for a secret, empty when there is none.
    pub(super) fn show(&self, draft: &mut Draft) -> String {
        match &self.kind {
            Kind::Bool(place) => place(draft).to_string(),
            Kind::Choice(_, _, show) | Kind::Other(_, _, show) => show(draft),
            Kind::Int(_, _, place) => place(draft).to_string(),
            Kind::List(place) => place(draft).join(","),
            Kind::Millis(_, _, place) => place(draft).as_millis().to_string(),
            Kind::MillisOrNever(_, place) => match *place(draft) {
                Duration::MAX => "-1".to_owned(),
                duration => duration.as_millis().to_string(),
            },
            Kind::Size(_, _, place) => place(draft).to_string(),
            Kind::Text(place) => place(draft).clone().unwrap_or_default(),
            Kind::Secret(place) => if place(draft).is_some() { "***" } else { "" }.to_owned(),
        }
    }
}

/// A number as Java reads one: digits with a sign, nothing else.
fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.parse().ok()
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Words parted by commas, without the blanks around them. An empty text has none.
pub(super) fn list(text: &str) -> Vec<&str> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    text.split(',').map(str::trim).collect()
}

/// Words in a sentence: `a`, `b` or `c`.
pub(super) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// A value in an error: cut, because it may be a whole file.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A duration that is not negative, as ISO 8601 and `java.time.Duration` write it: `P1DT2H3M4.5S`. Case does not
/// count. None when it is something else or too long.
pub(super) fn iso_duration(text: &str) -> Option<Duration> {
    let upper = text.to_ascii_uppercase();
    let body = upper.strip_prefix('P')?;
    let (days, time) = match body.split_once('T') {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None => (body, ""),
    };
    if days.is_empty() && time.is_empty() {
        return None;
    }
    let mut total = Duration::ZERO;
    if !days.is_empty() {
        total = seconds(whole(days.strip_suffix('D')?)?, 24 * 3600)?;
    }
    let mut rest = time;
    for (unit, length) in [('H', 3600), ('M', 60)] {
        if let Some((count, behind)) = rest.split_once(unit) {
            total = total.checked_add(seconds(whole(count)?, length)?)?;
            rest = behind;
        }
    }
    if !rest.is_empty() {
        let count = rest.strip_suffix('S')?;
        let (count, fraction) = count.split_once('.').unwrap_or((count, ""));
        if fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let nanos: u32 = format!("{fraction:0<9}").parse().ok()?;
        total = total.checked_add(Duration::new(whole(count)?, nanos))?;
    }
    Some(total)
}

fn whole(digits: &str) -> Option<u64> {
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

fn seconds(count: u64, length: u64) -> Option<Duration> {
    count.checked_mul(length).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_durations_are_read() {
        for (text, millis) in [
            ("PT0S", 0),
            ("P2D", 2 * 86_400_000),
            ("pt1h30m", 5_400_000),
            ("P1DT2H3M4.5S", 93_784_500),
            ("PT0.001S", 1),
        ] {
            assert_eq!(iso_duration(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "1H",
            "PT1D",
            "P1H",
            "-PT1S",
            "PT-1S",
            "PT1M1H",
            "PT1.2345678901S",
            "P1DT",
        ] {
            assert_eq!(iso_duration(text), None, "{text}");
        }
        assert_eq!(iso_duration("P99999999999999999999D"), None);
    }

    #[test]
    fn lists_drop_blanks() {
        assert_eq!(list(" a , b,c "), ["a", "b", "c"]);
        assert_eq!(list("  "), Vec::<&str>::new());
    }

    #[test]
    fn words_make_a_sentence() {
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
