//! How texts are read, as Java's `ConfigDef` reads them.

use std::time::Duration;

/// A number as Java reads one: digits with a sign, nothing else.
pub(super) fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.parse().ok()
}

pub(super) fn boolean(text: &str) -> Option<bool> {
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
pub(super) fn excerpt(text: &str) -> String {
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
