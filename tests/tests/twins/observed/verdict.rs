//! What an answer says: its error and the words beside it.

use std::fmt::Debug;

use super::name_of;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Closed,
    /// The error's name, and the message where the answer has one.
    Answer(String, Option<String>),
}

impl Verdict {
    /// The first error of an answer, whatever level it is at, and the message that follows it; without an error what is
    /// beside the first code.
    ///
    /// Reads the text that [`Debug`] makes: the same rule for all responses, none of which has these fields elsewhere.
    pub(super) fn of(answer: &impl Debug) -> Self {
        let text = format!("{answer:?}");
        let codes: Vec<(usize, i16)> = text
            .match_indices("error_code: ")
            .filter(|(at, _)| !text[..*at].ends_with("topic_config_"))
            .map(|(at, label)| (at, code_at(&text[at + label.len()..])))
            .collect();
        let failed = codes.iter().find(|(_, code)| *code != 0);
        let Some(&(at, code)) = failed.or_else(|| codes.first()) else {
            panic!("no error code in {text}");
        };
        let message = text[at..]
            .split_once(" error_message: ")
            .and_then(|(_, rest)| message_at(rest));
        Self::Answer(name_of(code), message)
    }
}

fn code_at(text: &str) -> i16 {
    let end = text.find([',', ' ']).unwrap_or(text.len());
    text[..end].parse().unwrap()
}

/// The text of `Some("...")`.
fn message_at(text: &str) -> Option<String> {
    let quoted = text.strip_prefix("Some(\"")?;
    let mut message = String::new();
    let mut rest = quoted.chars();
    loop {
        match rest.next()? {
            '"' => return Some(message),
            '\\' => message.push(rest.next()?),
            other => message.push(other),
        }
    }
}
