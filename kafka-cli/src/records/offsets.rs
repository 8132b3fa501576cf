//! Where to begin and where to end, as typed: `start`, `end`, `+5`, `-10`, `42`, `10:20`, `@2026-01-31T09:00:00Z`, `@-1h:end`.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// A place in a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffsetPoint {
    /// The first offset that is still there.
    Start,
    /// The end: the offset of the next record.
    End,
    /// This offset.
    At(i64),
    /// So many offsets after the start.
    AfterStart(i64),
    /// So many offsets before the end.
    BeforeEnd(i64),
    /// The first record not older than this, in milliseconds since 1970.
    Time(i64),
}

/// From where to where. Without an end, consuming goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetRange {
    /// The first record.
    pub from: OffsetPoint,
    /// Where to stop, this record excluded.
    pub to: Option<OffsetPoint>,
}

/// A text that names no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOffset(String);

impl fmt::Display for BadOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no offset: say start, end, N, +N, -N, FROM:TO, @TIME, @-1h or @TIME:TIME \
             (TIME: RFC 3339, YYYY-MM-DD, seconds or milliseconds since 1970)",
            self.0
        )
    }
}

impl std::error::Error for BadOffset {}

impl FromStr for OffsetRange {
    type Err = BadOffset;

    fn from_str(text: &str) -> Result<Self, BadOffset> {
        Self::parse(text, Timestamp::now())
    }
}

impl OffsetRange {
    /// Reads a range; durations count back from `now`.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, BadOffset> {
        let bad = || BadOffset(text.to_owned());
        if let Some(times) = text.strip_prefix('@') {
            return time_range(times, now).ok_or_else(bad);
        }
        let whole = |from| Ok(Self { from, to: None });
        match text {
            "start" | "earliest" | "beginning" | "oldest" => return whole(OffsetPoint::Start),
            "end" | "latest" | "newest" => return whole(OffsetPoint::End),
            ":end" => {
                return Ok(Self {
                    from: OffsetPoint::Start,
                    to: Some(OffsetPoint::End),
                });
            }
            _ => {}
        }
        let number = |text: &str| text.parse::<i64>().ok().filter(|n| *n >= 0);
        if let Some(count) = text.strip_prefix('-') {
            return number(count)
                .map(OffsetPoint::BeforeEnd)
                .ok_or_else(bad)
                .and_then(whole);
        }
        if let Some(count) = text.strip_prefix('+') {
            return number(count)
                .map(OffsetPoint::AfterStart)
                .ok_or_else(bad)
                .and_then(whole);
        }
        let Some((from, to)) = text.split_once(':') else {
            return number(text).map(OffsetPoint::At).ok_or_else(bad).and_then(whole);
        };
        let from_point = if from.is_empty() {
            OffsetPoint::Start
        } else {
            OffsetPoint::At(number(from).ok_or_else(bad)?)
        };
        let to_point = match to {
            "" => None,
            "end" => Some(OffsetPoint::End),
            // `N:+M` is so many from N on; it has no meaning where the start is not a number.
            relative if relative.starts_with('+') => {
                let (OffsetPoint::At(from), Some(count)) = (from_point, number(&relative[1..])) else {
                    return Err(bad());
                };
                Some(OffsetPoint::At(from.checked_add(count).ok_or_else(bad)?))
            }
            to => Some(OffsetPoint::At(number(to).ok_or_else(bad)?)),
        };
        Ok(Self {
            from: from_point,
            to: to_point,
        })
    }
}

/// `T`, `T:`, `:T`, `T1:T2`, where RFC 3339 times have colons of their own: every split is tried, the whole first.
fn time_range(text: &str, now: Timestamp) -> Option<OffsetRange> {
    if let Some(from) = time_point(text, now) {
        return Some(OffsetRange { from, to: None });
    }
    text.match_indices(':').find_map(|(place, _)| {
        let (from, to) = (&text[..place], &text[place + 1..]);
        let from = if from.is_empty() {
            Some(OffsetPoint::Start)
        } else {
            time_point(from, now)
        }?;
        let to = if to.is_empty() {
            None
        } else {
            Some(time_point(to, now)?)
        };
        Some(OffsetRange { from, to })
    })
}

fn time_point(text: &str, now: Timestamp) -> Option<OffsetPoint> {
    if text == "end" {
        return Some(OffsetPoint::End);
    }
    parse_time(text, now).map(OffsetPoint::Time)
}

/// A time in milliseconds since 1970: RFC 3339, a date (UTC midnight), 13 digits of milliseconds, 9 or 10 of seconds, or a
/// duration such as `-1h` back from `now`.
pub fn parse_time(text: &str, now: Timestamp) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            9 | 10 => text.parse::<i64>().ok()?.checked_mul(1000),
            13 => text.parse().ok(),
            _ => None,
        };
    }
    if let Some(ago) = text.strip_prefix('-') {
        let ago: SignedDuration = ago.parse().ok()?;
        return now.checked_sub(ago).ok().map(Timestamp::as_millisecond);
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_millisecond());
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    date.to_zoned(TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use OffsetPoint::{AfterStart, At, BeforeEnd, End, Start, Time};

    use super::*;

    fn range(text: &str) -> Option<(OffsetPoint, Option<OffsetPoint>)> {
        let now = Timestamp::from_millisecond(1_700_000_000_000).expect("in range");
        OffsetRange::parse(text, now)
            .ok()
            .map(|range| (range.from, range.to))
    }

    #[test]
    fn offsets() {
        assert_eq!(range("start"), Some((Start, None)));
        assert_eq!(range("latest"), Some((End, None)));
        assert_eq!(range(":end"), Some((Start, Some(End))));
        assert_eq!(range("42"), Some((At(42), None)));
        assert_eq!(range("+5"), Some((AfterStart(5), None)));
        assert_eq!(range("-10"), Some((BeforeEnd(10), None)));
        assert_eq!(range("10:20"), Some((At(10), Some(At(20)))));
        assert_eq!(range("10:"), Some((At(10), None)));
        assert_eq!(range(":20"), Some((Start, Some(At(20)))));
        assert_eq!(range("10:+5"), Some((At(10), Some(At(15)))));
        for bad in [
            "",
            "x",
            "1:x",
            "--1",
            ":+5",
            "9223372036854775807:+1",
            "@",
            "@x",
            "@12",
        ] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }

    #[test]
    fn times() {
        assert_eq!(range("@1700000000123"), Some((Time(1_700_000_000_123), None)));
        assert_eq!(range("@1700000000"), Some((Time(1_700_000_000_000), None)));
        assert_eq!(range("@-1h"), Some((Time(1_699_996_400_000), None)));
        assert_eq!(range("@2023-11-14"), Some((Time(1_699_920_000_000), None)));
        assert_eq!(
            range("@2023-11-14T22:13:20Z"),
            Some((Time(1_700_000_000_000), None))
        );
        assert_eq!(
            range("@2023-11-14T22:13:20Z:2023-11-14T22:13:21Z"),
            Some((Time(1_700_000_000_000), Some(Time(1_700_000_001_000))))
        );
        assert_eq!(range("@-1h:end"), Some((Time(1_699_996_400_000), Some(End))));
        assert_eq!(range("@:-1h"), Some((Start, Some(Time(1_699_996_400_000)))));
    }
}
