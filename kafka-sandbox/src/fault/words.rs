//! Words of the text form: parted where nothing is quoted.
//!
//! Between double quotes, blanks, commas, `#` and colons are as any letter, and a backslash takes the next letter as it is;
//! `\u{a}` is a letter by its number.

use std::borrow::Cow;
use std::fmt::Write;
use std::str::CharIndices;

/// The letters that are outside quotes, with their places; of a part in quotes, none.
struct Outside<'a> {
    letters: CharIndices<'a>,
    quoted: bool,
}

fn outside(text: &str) -> Outside<'_> {
    Outside {
        letters: text.char_indices(),
        quoted: false,
    }
}

impl Iterator for Outside<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (place, letter) = self.letters.next()?;
            match letter {
                '"' => self.quoted = !self.quoted,
                '\\' if self.quoted => {
                    self.letters.next();
                }
                _ if self.quoted => {}
                _ => return Some((place, letter)),
            }
        }
    }
}

/// The text before a comment.
pub(super) fn without_comment(text: &str) -> &str {
    let begin = outside(text).find(|&(_, letter)| letter == '#');
    begin.map_or(text, |(place, _)| text.get(..place).unwrap_or_default())
}

/// The parts between letters that part, those without anything left out.
pub(super) fn parted(text: &str, parts: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut begin = 0;
    let ends = outside(text).filter(move |&(_, letter)| parts(letter));
    let ends = ends.map(|(place, letter)| (place, place + letter.len_utf8()));
    let ends = ends.chain([(text.len(), text.len())]);
    ends.filter_map(move |(end, next)| {
        let part = text.get(begin..end).unwrap_or_default();
        begin = next;
        (!part.trim().is_empty()).then_some(part)
    })
}

/// The words of a line.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    parted(text, char::is_whitespace)
}

/// What is before and behind the last letter of this kind.
pub(super) fn halves(text: &str, at: char) -> Option<(&str, &str)> {
    let place = outside(text).filter(|&(_, letter)| letter == at).last()?.0;
    Some((text.get(..place)?, text.get(place + at.len_utf8()..)?))
}

/// What a text with quotes stands for; none where they do not close or something unknown is behind a backslash.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut quoted = false;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => plain.push(match letters.next()? {
                'u' => {
                    let number = letters.as_str().strip_prefix('{')?.split_once('}')?.0;
                    // The number with its braces.
                    letters.nth(number.chars().count() + 1)?;
                    char::from_u32(u32::from_str_radix(number, 16).ok()?)?
                }
                letter @ ('"' | '\\') => letter,
                _ => return None,
            }),
            _ => plain.push(letter),
        }
    }
    (!quoted).then_some(plain)
}

/// A text as a word, in quotes where it needs them; `more` are letters beyond ASCII letters, digits and `._-` that need none.
pub(super) fn quoted<'a>(text: &'a str, more: &str) -> Cow<'a, str> {
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter) || more.contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.into();
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() || (letter.is_whitespace() && letter != ' ') => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted.into()
}
