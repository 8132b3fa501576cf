use jiff::{Timestamp, tz::TimeZone};

/// How values are written.
#[derive(Debug, Clone)]
pub struct Style {
    /// How points in time are written.
    pub time: TimeStyle,
}

/// How a point in time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TimeStyle {
    /// `2026-01-31T09:30:00.123Z`
    Rfc3339,
    /// As RFC 3339, with the machine's time zone.
    Local,
    /// Milliseconds since 1970.
    EpochMs,
}

impl Style {
    /// A time given in milliseconds since 1970; `-` for the protocol's "no time" (negative).
    pub fn time(&self, epoch_ms: i64) -> String {
        if epoch_ms < 0 {
            return "-".to_owned();
        }
        let Ok(time) = Timestamp::from_millisecond(epoch_ms) else {
            return epoch_ms.to_string();
        };
        match self.time {
            TimeStyle::EpochMs => epoch_ms.to_string(),
            TimeStyle::Rfc3339 => format!("{time:.3}"),
            TimeStyle::Local => time
                .to_zoned(TimeZone::system())
                .strftime("%Y-%m-%dT%H:%M:%S%.3f%:z")
                .to_string(),
        }
    }
}

/// A value, or `-` where there is none.
pub fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_each_style() {
        let style = |time| Style { time };
        assert_eq!(
            style(TimeStyle::Rfc3339).time(1_700_000_000_123),
            "2023-11-14T22:13:20.123Z"
        );
        assert_eq!(style(TimeStyle::EpochMs).time(1_700_000_000_123), "1700000000123");
        assert_eq!(style(TimeStyle::Rfc3339).time(-1), "-");
        assert_eq!(style(TimeStyle::Rfc3339).time(i64::MAX), i64::MAX.to_string());
    }
}
