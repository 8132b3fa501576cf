//! Puts the values of settings where they belong, and shows them. Blanks around them do not count.

use std::time::Duration;

use super::draft::Draft;
use super::error::ConfigError;
use super::parse::{boolean, excerpt, list, number};
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
