//! The format of Java's `.properties` files, as `java.util.Properties.load` reads it.
//!
//! ```text
//! # comment            ! comment
//! key = value          the separator is `=`, `:` or white space
//! long = one, \
//!        two           a backslash at the end of a line continues it; leading white space is dropped
//! name = \u00e9\t\=    escapes: \uXXXX \t \n \r \f, any other character stands for itself
//! ```

use super::error::ConfigError;

#[cfg(test)]
mod tests;

/// A key and its value, with the line on which they start, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The key.
    pub key: String,
    /// The value; empty when the line has none.
    pub value: String,
    /// The line where it starts.
    pub line: usize,
}

/// Reads the bytes of a file. As in Java they are ISO 8859-1: what is beyond is written `\uXXXX`.
///
/// A key that occurs twice comes twice: the later one counts.
pub fn parse_bytes(bytes: &[u8]) -> Result<Vec<Property>, ConfigError> {
    parse_chars(bytes.iter().copied().map(char::from))
}

/// Reads text that is already decoded, e.g. of an environment variable.
pub fn parse_str(text: &str) -> Result<Vec<Property>, ConfigError> {
    parse_chars(text.chars())
}

fn parse_chars(chars: impl Iterator<Item = char>) -> Result<Vec<Property>, ConfigError> {
    let mut lines = LogicalLines {
        chars: chars.peekable(),
        natural_line: 1,
    };
    let mut properties = Vec::new();
    while let Some((line, text)) = lines.next_line() {
        let (key, value) = split(&text);
        properties.push(Property {
            key: unescape(key, line)?,
            value: unescape(value, line)?,
            line,
        });
    }
    Ok(properties)
}

/// Joins natural lines that end in a backslash, and leaves out blank lines and comments.
struct LogicalLines<I: Iterator<Item = char>> {
    chars: std::iter::Peekable<I>,
    natural_line: usize,
}

impl<I: Iterator<Item = char>> LogicalLines<I> {
    /// The next logical line with its escapes still in place, and the number of the natural line where it starts.
    fn next_line(&mut self) -> Option<(usize, Vec<char>)> {
        let mut line = Vec::new();
        let mut started = self.natural_line;
        let mut skip_blanks = true;
        // Behind a backslash a line that is blank is not left out but ends the logical line.
        let mut continued = false;
        let mut escaped = false;
        loop {
            let Some(c) = self.chars.next() else {
                if line.is_empty() {
                    return None;
                }
                if escaped {
                    line.pop();
                }
                return Some((started, line));
            };
            if skip_blanks {
                if is_blank(c) {
                    continue;
                }
                if !continued && is_line_end(c) {
                    self.end_natural_line(c);
                    started = self.natural_line;
                    continue;
                }
                skip_blanks = false;
                if line.is_empty() && matches!(c, '#' | '!') {
                    self.skip_comment();
                    started = self.natural_line;
                    skip_blanks = true;
                    continue;
                }
                continued = false;
            }
            if !is_line_end(c) {
                escaped = c == '\\' && !escaped;
                line.push(c);
                continue;
            }
            let last = self.chars.peek().is_none();
            self.end_natural_line(c);
            if line.is_empty() {
                // What a backslash joined was blank.
                started = self.natural_line;
                skip_blanks = true;
                continue;
            }
            if !escaped {
                return Some((started, line));
            }
            line.pop();
            if last {
                return Some((started, line));
            }
            escaped = false;
            skip_blanks = true;
            continued = true;
        }
    }

    fn skip_comment(&mut self) {
        while let Some(c) = self.chars.next() {
            if is_line_end(c) {
                self.end_natural_line(c);
                return;
            }
        }
    }

    /// Counts the line that `c` ends and takes the second half of `\r\n`.
    fn end_natural_line(&mut self, c: char) {
        self.natural_line += 1;
        if c == '\r' && self.chars.peek() == Some(&'\n') {
            self.chars.next();
        }
    }
}

/// Splits a logical line at its separator: blanks with at most one `=` or `:` among them.
fn split(line: &[char]) -> (&[char], &[char]) {
    let mut escaped = false;
    let key_end = line
        .iter()
        .position(|&c| {
            let separates = !escaped && (is_blank(c) || is_sign(c));
            escaped = c == '\\' && !escaped;
            separates
        })
        .unwrap_or(line.len());
    let (key, rest) = line.split_at(key_end);
    let rest = skip_blanks(rest);
    match rest.split_first() {
        Some((&sign, value)) if is_sign(sign) => (key, skip_blanks(value)),
        _ => (key, rest),
    }
}

fn unescape(text: &[char], line: usize) -> Result<String, ConfigError> {
    let mut units = Units {
        text: String::with_capacity(text.len()),
        high: None,
        line,
    };
    let mut chars = text.iter().copied();
    while let Some(c) = chars.next() {
        if c != '\\' {
            units.push_char(c)?;
            continue;
        }
        match chars.next() {
            Some('u') => {
                let mut unit = 0u16;
                for _ in 0..4 {
                    let digit = chars
                        .next()
                        .and_then(|c| c.to_digit(16))
                        .and_then(|d| u16::try_from(d).ok());
                    let Some(digit) = digit else {
                        let reason = "`\\u` must be followed by four hexadecimal digits".to_owned();
                        return Err(ConfigError::Syntax { line, reason });
                    };
                    unit = unit << 4 | digit;
                }
                units.push_unit(unit)?;
            }
            Some('t') => units.push_char('\t')?,
            Some('n') => units.push_char('\n')?,
            Some('r') => units.push_char('\r')?,
            Some('f') => units.push_char('\x0c')?,
            Some(other) => units.push_char(other)?,
            None => {}
        }
    }
    units.finish()
}

/// Text that is put together of characters and of UTF-16 units.
struct Units {
    text: String,
    /// A high surrogate that waits for its low one.
    high: Option<u16>,
    line: usize,
}

impl Units {
    fn push_char(&mut self, c: char) -> Result<(), ConfigError> {
        self.check_paired()?;
        self.text.push(c);
        Ok(())
    }

    fn push_unit(&mut self, unit: u16) -> Result<(), ConfigError> {
        match (self.high.take(), unit) {
            (None, 0xd800..=0xdbff) => {
                self.high = Some(unit);
                Ok(())
            }
            (high, unit) => {
                let pair: Vec<u16> = high.into_iter().chain([unit]).collect();
                let decoded = String::from_utf16(&pair).map_err(|_| self.unpaired())?;
                self.text.push_str(&decoded);
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<String, ConfigError> {
        self.check_paired()?;
        Ok(self.text)
    }

    fn check_paired(&self) -> Result<(), ConfigError> {
        match self.high {
            None => Ok(()),
            Some(_) => Err(self.unpaired()),
        }
    }

    fn unpaired(&self) -> ConfigError {
        let reason = "a surrogate `\\uD800` to `\\uDFFF` without its other half is no character".to_owned();
        ConfigError::Syntax {
            line: self.line,
            reason,
        }
    }
}

fn skip_blanks(text: &[char]) -> &[char] {
    let start = text.iter().position(|&c| !is_blank(c)).unwrap_or(text.len());
    &text[start..]
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\x0c')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_sign(c: char) -> bool {
    matches!(c, '=' | ':')
}
