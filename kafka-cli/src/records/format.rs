//! Format strings for records: `%t[%p]@%o %k %v\n`.
//!
//! | verb | prints | verb | prints |
//! |---|---|---|---|
//! | `%t` `%T` | topic, its length | `%h{…}` `%H` | each header by the inner format (`%k`, `%v`), their count |
//! | `%k` `%K` | key, its length | `%p` `%o` `%e` | partition, offset, leader epoch |
//! | `%v` `%V` | value, its length (`%s` `%S` too) | `%d` | timestamp |
//! | `%a` | attributes | `%x` `%y` | producer id, producer epoch |
//! | `%%` `%{` `%}` | `%`, `{`, `}` | `%i` | records printed so far |
//!
//! Bytes take `{hex}`, `{base64}`, `{base64raw}`; numbers `{ascii}`, `{hex64}`, `{hex32}`, `{hex16}`, `{hex8}`, `{hex4}`, `{big64}` …
//! `{big8}`, `{little64}` … `{little8}`, `{byte}`, `{bool}`; `%d` takes `{rfc3339}`, `{strftime[…]}`; `%a` takes `{compression}`,
//! `{timestamp-type}`, `{transactional-bit}`. Escapes: `\n`, `\r`, `\t`, `\\`, `\xNN`.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use jiff::{Timestamp, tz::TimeZone};

use super::RecordView;

/// A parsed format string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFormat(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(Vec<u8>),
    Bytes(BytesVerb, BytesAs),
    Number(NumberVerb, NumberAs),
    Time(TimeAs),
    Attribute(Attribute),
    Headers(Vec<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BytesVerb {
    Topic,
    Key,
    Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BytesAs {
    Raw,
    Hex,
    Base64,
    Base64Raw,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberVerb {
    TopicLength,
    KeyLength,
    ValueLength,
    HeaderCount,
    Partition,
    Offset,
    LeaderEpoch,
    ProducerId,
    ProducerEpoch,
    Printed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberAs {
    Ascii,
    Hex(usize),
    Big(usize),
    Little(usize),
    Bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum TimeAs {
    Millis(NumberAs),
    Rfc3339,
    Strftime(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Compression,
    TimestampType,
    Transactional,
}

impl RecordFormat {
    /// Reads a format string; says what is wrong with it otherwise.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser {
            rest: text,
            in_header: false,
        };
        Ok(Self(parser.pieces()?))
    }

    /// Writes `record`, the `printed`th of this run (counted from 1).
    pub fn write(&self, out: &mut impl Write, record: &RecordView<'_>, printed: u64) -> io::Result<()> {
        write_pieces(&self.0, out, record, printed)
    }
}

/// The bytes of a text with the escapes `\n`, `\r`, `\t`, `\0`, `\\` and `\xNN`.
pub fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut parser = Parser {
        rest: text,
        in_header: false,
    };
    let mut bytes = Vec::new();
    while let Some(next) = parser.next() {
        match next {
            '\\' => bytes.push(parser.escape()?),
            plain => bytes.extend(plain.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    Ok(bytes)
}

struct Parser<'a> {
    rest: &'a str,
    in_header: bool,
}

impl Parser<'_> {
    fn pieces(&mut self) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        let mut text = Vec::new();
        while let Some(next) = self.next() {
            match next {
                '\\' => text.push(self.escape()?),
                '%' => {
                    let verb = self
                        .next()
                        .ok_or("the format ends with a lone `%`; write `%%` for one")?;
                    if matches!(verb, '%' | '{' | '}') {
                        text.extend(verb.to_string().bytes());
                        continue;
                    }
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    pieces.push(self.verb(verb)?);
                }
                plain => {
                    let mut buffer = [0; 4];
                    text.extend(plain.encode_utf8(&mut buffer).bytes());
                }
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(pieces)
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next()?;
        self.rest = chars.as_str();
        Some(next)
    }

    fn escape(&mut self) -> Result<u8, String> {
        match self.next() {
            Some('n') => Ok(b'\n'),
            Some('r') => Ok(b'\r'),
            Some('t') => Ok(b'\t'),
            Some('\\') => Ok(b'\\'),
            Some('0') => Ok(0),
            Some('x') => {
                let digits = self.rest.get(..2).ok_or("`\\x` needs two hexadecimal digits")?;
                let byte = u8::from_str_radix(digits, 16).map_err(|_| format!("`\\x{digits}` is no byte"))?;
                self.rest = &self.rest[2..];
                Ok(byte)
            }
            Some(other) => Err(format!(
                "unknown escape `\\{other}` (known: \\n \\r \\t \\0 \\\\ \\xNN)"
            )),
            None => Err("the format ends with a lone `\\`".to_owned()),
        }
    }

    /// What stands in braces right behind a verb; inner braces count.
    fn modifier(&mut self) -> Result<Option<String>, String> {
        let Some(inside) = self.rest.strip_prefix('{') else {
            return Ok(None);
        };
        let mut depth = 1;
        let mut previous = ' ';
        for (place, next) in inside.char_indices() {
            match next {
                '{' if previous != '%' => depth += 1,
                '}' if previous != '%' => depth -= 1,
                _ => {}
            }
            previous = next;
            if depth == 0 {
                self.rest = &inside[place + 1..];
                return Ok(Some(inside[..place].to_owned()));
            }
        }
        Err("a `{` is not closed; write `%{` for a brace".to_owned())
    }

    fn verb(&mut self, verb: char) -> Result<Piece, String> {
        let modifier = if verb == 'h' && self.in_header {
            None
        } else {
            self.modifier()?
        };
        let number = |verb, modifier| number_as(modifier).map(|shape| Piece::Number(verb, shape));
        let bytes = |verb, modifier| bytes_as(modifier).map(|shape| Piece::Bytes(verb, shape));
        let modifier_text = modifier.as_deref();
        if self.in_header && !matches!(verb, 'k' | 'K' | 'v' | 'V') {
            return Err(format!(
                "`%{verb}` has no meaning inside `%h{{…}}` (known: %k %K %v %V)"
            ));
        }
        match verb {
            't' => bytes(BytesVerb::Topic, modifier_text),
            'k' => bytes(BytesVerb::Key, modifier_text),
            'v' | 's' => bytes(BytesVerb::Value, modifier_text),
            'T' => number(NumberVerb::TopicLength, modifier_text),
            'K' => number(NumberVerb::KeyLength, modifier_text),
            'V' | 'S' => number(NumberVerb::ValueLength, modifier_text),
            'H' => number(NumberVerb::HeaderCount, modifier_text),
            'p' => number(NumberVerb::Partition, modifier_text),
            'o' => number(NumberVerb::Offset, modifier_text),
            'e' => number(NumberVerb::LeaderEpoch, modifier_text),
            'x' => number(NumberVerb::ProducerId, modifier_text),
            'y' => number(NumberVerb::ProducerEpoch, modifier_text),
            'i' => number(NumberVerb::Printed, modifier_text),
            'd' => time_as(modifier_text).map(Piece::Time),
            'a' => match modifier_text {
                None | Some("compression") => Ok(Piece::Attribute(Attribute::Compression)),
                Some("timestamp-type") => Ok(Piece::Attribute(Attribute::TimestampType)),
                Some("transactional-bit") => Ok(Piece::Attribute(Attribute::Transactional)),
                Some(other) => Err(format!(
                    "`%a{{{other}}}` is unknown (known: compression, timestamp-type, transactional-bit)"
                )),
            },
            'h' => {
                let inner = modifier.ok_or("`%h` needs an inner format, e.g. `%h{%k=%v }`")?;
                let mut parser = Parser {
                    rest: &inner,
                    in_header: true,
                };
                parser.pieces().map(Piece::Headers)
            }
            other => Err(format!(
                "unknown verb `%{other}` (known: %t %T %k %K %v %V %h %H %p %o %e %d %a %x %y %i %%)"
            )),
        }
    }
}

fn bytes_as(modifier: Option<&str>) -> Result<BytesAs, String> {
    match modifier {
        None => Ok(BytesAs::Raw),
        Some("hex") => Ok(BytesAs::Hex),
        Some("base64") => Ok(BytesAs::Base64),
        Some("base64raw") => Ok(BytesAs::Base64Raw),
        Some(other) => Err(format!(
            "bytes cannot be written as `{other}` (known: hex, base64, base64raw)"
        )),
    }
}

fn number_as(modifier: Option<&str>) -> Result<NumberAs, String> {
    let Some(text) = modifier else {
        return Ok(NumberAs::Ascii);
    };
    let bits = |prefix: &str, allowed: &[usize]| {
        let bits: usize = text.strip_prefix(prefix)?.parse().ok()?;
        allowed.contains(&bits).then_some(bits)
    };
    match text {
        "ascii" => Ok(NumberAs::Ascii),
        "bool" => Ok(NumberAs::Bool),
        "byte" => Ok(NumberAs::Big(1)),
        _ => bits("hex", &[64, 32, 16, 8, 4])
            .map(|bits| NumberAs::Hex(bits / 4))
            .or_else(|| bits("big", &[64, 32, 16, 8]).map(|bits| NumberAs::Big(bits / 8)))
            .or_else(|| bits("little", &[64, 32, 16, 8]).map(|bits| NumberAs::Little(bits / 8)))
            .ok_or_else(|| {
                format!("numbers cannot be written as `{text}` (known: ascii, hex64…hex4, big64…big8, little64…little8, byte, bool)")
            }),
    }
}

fn time_as(modifier: Option<&str>) -> Result<TimeAs, String> {
    match modifier {
        None => Ok(TimeAs::Millis(NumberAs::Ascii)),
        Some("rfc3339") => Ok(TimeAs::Rfc3339),
        Some(text) => {
            if let Some(format) = text
                .strip_prefix("strftime[")
                .and_then(|text| text.strip_suffix(']'))
            {
                let zoned = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
                return match jiff::fmt::strtime::format(format, &zoned) {
                    Ok(_) => Ok(TimeAs::Strftime(format.to_owned())),
                    Err(error) => Err(format!("`%d{{{text}}}`: {error}")),
                };
            }
            number_as(Some(text)).map(TimeAs::Millis)
        }
    }
}

fn write_pieces(
    pieces: &[Piece],
    out: &mut impl Write,
    record: &RecordView<'_>,
    printed: u64,
) -> io::Result<()> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.write_all(text)?,
            Piece::Bytes(verb, shape) => {
                let bytes = match verb {
                    BytesVerb::Topic => record.topic.as_bytes(),
                    BytesVerb::Key => record.key.unwrap_or_default(),
                    BytesVerb::Value => record.value.unwrap_or_default(),
                };
                write_bytes(out, bytes, *shape)?;
            }
            Piece::Number(verb, shape) => write_number(out, number_of(*verb, record, printed), *shape)?,
            Piece::Time(shape) => write_time(out, record.timestamp_ms, shape)?,
            Piece::Attribute(Attribute::Compression) => out.write_all(record.compression.as_bytes())?,
            Piece::Attribute(Attribute::TimestampType) => {
                out.write_all(if record.log_append_time {
                    b"LogAppendTime"
                } else {
                    b"CreateTime"
                })?;
            }
            Piece::Attribute(Attribute::Transactional) => {
                out.write_all(if record.transactional { b"1" } else { b"0" })?;
            }
            Piece::Headers(inner) => {
                for (key, value) in record.headers {
                    write_pieces(
                        inner,
                        out,
                        &RecordView {
                            key: Some(key),
                            value: *value,
                            ..*record
                        },
                        printed,
                    )?;
                }
            }
        }
    }
    Ok(())
}

fn length(bytes: Option<&[u8]>) -> i64 {
    bytes.map_or(-1, |bytes| i64::try_from(bytes.len()).unwrap_or(i64::MAX))
}

fn number_of(verb: NumberVerb, record: &RecordView<'_>, printed: u64) -> i64 {
    match verb {
        NumberVerb::TopicLength => length(Some(record.topic.as_bytes())),
        NumberVerb::KeyLength => length(record.key),
        NumberVerb::ValueLength => length(record.value),
        NumberVerb::HeaderCount => i64::try_from(record.headers.len()).unwrap_or(i64::MAX),
        NumberVerb::Partition => record.partition.into(),
        NumberVerb::Offset => record.offset,
        NumberVerb::LeaderEpoch => record.leader_epoch.into(),
        NumberVerb::ProducerId => record.producer_id,
        NumberVerb::ProducerEpoch => record.producer_epoch.into(),
        NumberVerb::Printed => i64::try_from(printed).unwrap_or(i64::MAX),
    }
}

fn write_bytes(out: &mut impl Write, bytes: &[u8], shape: BytesAs) -> io::Result<()> {
    match shape {
        BytesAs::Raw => out.write_all(bytes),
        BytesAs::Hex => bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}")),
        BytesAs::Base64 => out.write_all(STANDARD.encode(bytes).as_bytes()),
        BytesAs::Base64Raw => out.write_all(STANDARD_NO_PAD.encode(bytes).as_bytes()),
    }
}

fn write_number(out: &mut impl Write, number: i64, shape: NumberAs) -> io::Result<()> {
    match shape {
        NumberAs::Ascii => write!(out, "{number}"),
        NumberAs::Bool => out.write_all(if number == 0 { b"false" } else { b"true" }),
        NumberAs::Hex(digits) => {
            let text = format!("{number:016x}");
            out.write_all(&text.as_bytes()[16 - digits..])
        }
        NumberAs::Big(bytes) => out.write_all(&number.to_be_bytes()[8 - bytes..]),
        NumberAs::Little(bytes) => out.write_all(&number.to_le_bytes()[..bytes]),
    }
}

fn write_time(out: &mut impl Write, millis: i64, shape: &TimeAs) -> io::Result<()> {
    let time = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    match shape {
        TimeAs::Millis(shape) => write_number(out, millis, *shape),
        TimeAs::Rfc3339 => write!(out, "{time:.3}"),
        TimeAs::Strftime(format) => write!(out, "{}", time.to_zoned(TimeZone::UTC).strftime(format)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(format: &str) -> String {
        let headers: [(&[u8], Option<&[u8]>); 2] = [(b"h", Some(b"1")), (b"g", None)];
        let record = RecordView {
            topic: "orders",
            partition: 3,
            offset: 258,
            timestamp_ms: 1_700_000_000_123,
            log_append_time: false,
            leader_epoch: 5,
            producer_id: 9,
            producer_epoch: 1,
            compression: "lz4",
            transactional: true,
            key: Some(b"key"),
            value: None,
            headers: &headers,
        };
        let mut out = Vec::new();
        let format = RecordFormat::parse(format).expect("is a format");
        format.write(&mut out, &record, 1).expect("memory takes all");
        String::from_utf8(out).expect("is text")
    }

    #[test]
    fn verbs() {
        assert_eq!(print("%t[%p]@%o %k=%v|%e\\n"), "orders[3]@258 key=|5\n");
        assert_eq!(print("%T %K %V %H %x %y %i"), "6 3 -1 2 9 1 1");
        assert_eq!(print("%h{%k:%v%{%}, }"), "h:1{}, g:{}, ");
        assert_eq!(print("%k{hex} %k{base64} %t{base64raw}"), "6b6579 a2V5 b3JkZXJz");
        assert_eq!(print("%o{hex16} %p{big16}"), "0102 \0\u{3}");
        assert_eq!(
            print("%d %d{rfc3339} %d{strftime[%Y-%j]}"),
            "1700000000123 2023-11-14T22:13:20.123Z 2023-318"
        );
        assert_eq!(
            print("%a %a{timestamp-type} %a{transactional-bit}"),
            "lz4 CreateTime 1"
        );
        assert_eq!(print("100%% \\x41\\t\\\\ é"), "100% A\t\\ é");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (format, part) in [
            ("%", "lone `%`"),
            ("%q", "unknown verb `%q`"),
            ("%k{rot13}", "rot13"),
            ("%o{hex5}", "hex5"),
            ("%h", "inner format"),
            ("%h{%o}", "inside"),
            ("%k{hex", "not closed"),
            ("\\q", "unknown escape"),
            ("\\x4", "two hexadecimal"),
            ("%d{strftime[%]}", "%d"),
            ("%a{x}", "unknown"),
        ] {
            let error = RecordFormat::parse(format).expect_err(format);
            assert!(error.contains(part), "{format}: {error}");
        }
    }
}
