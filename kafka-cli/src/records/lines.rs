//! Records from lines: `[headers SEP] [key SEP] value`, as much of it as the flags ask for.

use super::InputRecord;

/// Names and values of headers, in order.
type Headers = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// How a line is taken apart.
#[derive(Debug, Clone, Default)]
pub struct LineReader {
    /// What stands between key and value; without it the whole line is the value.
    pub key_separator: Option<Vec<u8>>,
    /// What stands between the headers, `k:v,k:v`, and what follows; without it there are none.
    pub headers_separator: Option<Vec<u8>>,
    /// The text that means null, for keys, values and header values.
    pub null_marker: Option<Vec<u8>>,
}

impl LineReader {
    /// Takes a line apart, without its line end. Says what is missing otherwise.
    pub fn read(&self, line: &[u8]) -> Result<InputRecord, String> {
        let mut record = InputRecord::default();
        let mut rest = line;
        if let Some(separator) = &self.headers_separator {
            let (headers, after) = split_once(rest, separator)
                .ok_or_else(|| format!("no headers separator {:?}", String::from_utf8_lossy(separator)))?;
            record.headers = self.headers(headers)?;
            rest = after;
        }
        if let Some(separator) = &self.key_separator {
            let (key, after) = split_once(rest, separator)
                .ok_or_else(|| format!("no key separator {:?}", String::from_utf8_lossy(separator)))?;
            record.key = self.bytes(key);
            rest = after;
        }
        record.value = self.bytes(rest);
        Ok(record)
    }

    /// Whether a line is a value and nothing else.
    pub fn takes_lines_whole(&self) -> bool {
        self.key_separator.is_none() && self.headers_separator.is_none() && self.null_marker.is_none()
    }

    fn bytes(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if self.null_marker.as_deref() == Some(bytes) {
            None
        } else {
            Some(bytes.to_vec())
        }
    }

    fn headers(&self, text: &[u8]) -> Result<Headers, String> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        text.split(|&byte| byte == b',')
            .map(|header| match split_once(header, b":") {
                Some((key, value)) => Ok((key.to_vec(), self.bytes(value))),
                None => Err(format!("header {:?} has no `:`", String::from_utf8_lossy(header))),
            })
            .collect()
    }
}

fn split_once<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    if separator.is_empty() {
        return None;
    }
    let place = bytes
        .windows(separator.len())
        .position(|window| window == separator)?;
    Some((&bytes[..place], &bytes[place + separator.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_of_a_line_as_asked_for() {
        let plain = LineReader::default();
        assert_eq!(plain.read(b"a\tb").map(|r| r.value), Ok(Some(b"a\tb".to_vec())));

        let all = LineReader {
            key_separator: Some(b"\t".to_vec()),
            headers_separator: Some(b"|".to_vec()),
            null_marker: Some(b"NULL".to_vec()),
        };
        let record = all.read(b"h:1,g:NULL|k\tv\tw").expect("is whole");
        assert_eq!(
            record.headers,
            [(b"h".to_vec(), Some(b"1".to_vec())), (b"g".to_vec(), None)]
        );
        assert_eq!(record.key, Some(b"k".to_vec()));
        assert_eq!(record.value, Some(b"v\tw".to_vec()));
        assert_eq!(all.read(b"|NULL\tNULL"), Ok(InputRecord::default()));
        assert!(
            all.read(b"h:1|novalue")
                .expect_err("no key")
                .contains("key separator")
        );
        assert!(
            all.read(b"h|k\tv")
                .expect_err("bad header")
                .contains("has no `:`")
        );
    }
}
