//! The JSON form of records, the same for every command. Reading what was written gives back key, value, headers and
//! timestamp byte for byte: text stands as a string, other bytes as `{"base64": "…"}`, null as null.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::RecordView;

/// Writes a record as one JSON object, without a line end.
pub fn write_json(out: &mut impl Write, record: &RecordView<'_>) -> io::Result<()> {
    out.write_all(b"{\"topic\":")?;
    serde_json::to_writer(&mut *out, record.topic)?;
    let kind = if record.log_append_time {
        "LogAppendTime"
    } else {
        "CreateTime"
    };
    write!(
        out,
        ",\"partition\":{},\"offset\":{},\"timestampMs\":{},\"timestampType\":\"{kind}\"",
        record.partition, record.offset, record.timestamp_ms,
    )?;
    if record.leader_epoch >= 0 {
        write!(out, ",\"leaderEpoch\":{}", record.leader_epoch)?;
    }
    if !record.headers.is_empty() {
        out.write_all(b",\"headers\":[")?;
        for (place, (key, value)) in record.headers.iter().enumerate() {
            out.write_all(if place == 0 { b"{\"key\":" } else { b",{\"key\":" })?;
            write_bytes(out, Some(key))?;
            out.write_all(b",\"value\":")?;
            write_bytes(out, *value)?;
            out.write_all(b"}")?;
        }
        out.write_all(b"]")?;
    }
    out.write_all(b",\"key\":")?;
    write_bytes(out, record.key)?;
    out.write_all(b",\"value\":")?;
    write_bytes(out, record.value)?;
    out.write_all(b"}")
}

fn write_bytes(out: &mut impl Write, bytes: Option<&[u8]>) -> io::Result<()> {
    let Some(bytes) = bytes else {
        return out.write_all(b"null");
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(serde_json::to_writer(out, text)?),
        Err(_) => write!(out, "{{\"base64\":\"{}\"}}", STANDARD.encode(bytes)),
    }
}

/// A record that was read from text and is to be produced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InputRecord {
    /// The topic, where the text names one.
    pub topic: Option<String>,
    /// The partition, where the text names one.
    pub partition: Option<i32>,
    /// The timestamp in milliseconds since 1970, where the text names one.
    pub timestamp_ms: Option<i64>,
    /// The key.
    pub key: Option<Vec<u8>>,
    /// The value.
    pub value: Option<Vec<u8>>,
    /// The headers, in order.
    pub headers: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// Reads a record from one JSON object. Says what is wrong with it otherwise.
pub fn parse_json(text: &[u8]) -> Result<InputRecord, String> {
    let value: Value = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let Value::Object(fields) = value else {
        return Err("a record is a JSON object".to_owned());
    };
    let mut record = InputRecord::default();
    for (name, value) in fields {
        match name.as_str() {
            "topic" => record.topic = text_of("topic", value)?,
            "partition" => {
                let number = number_of("partition", &value)?;
                record.partition = number
                    .map(|n| i32::try_from(n).map_err(|_| format!("partition: {n} is too large")))
                    .transpose()?;
            }
            // A record without a timestamp is written as -1; the producer then sets its own.
            "timestampMs" => record.timestamp_ms = number_of("timestampMs", &value)?.filter(|&ms| ms >= 0),
            "key" => record.key = bytes_of("key", value)?,
            "value" => record.value = bytes_of("value", value)?,
            "headers" => record.headers = headers_of(value)?,
            // Where the record came from says nothing of where it goes.
            "offset" | "timestampType" | "leaderEpoch" => {}
            other => {
                return Err(format!(
                    "unknown field `{other}` (known: topic, partition, timestampMs, key, value, headers)"
                ));
            }
        }
    }
    Ok(record)
}

fn text_of(field: &str, value: Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        other => Err(format!("{field}: expected a string, found {other}")),
    }
}

fn number_of(field: &str, value: &Value) -> Result<Option<i64>, String> {
    match value {
        Value::Null => Ok(None),
        value => value
            .as_i64()
            .map(Some)
            .ok_or_else(|| format!("{field}: expected a whole number, found {value}")),
    }
}

/// Bytes: a string, `{"base64": …}`, `{"hex": …}` or `{"json": …}`; a bare number, array or object is taken as JSON text.
fn bytes_of(field: &str, value: Value) -> Result<Option<Vec<u8>>, String> {
    let wrapped = match value {
        Value::Null => return Ok(None),
        Value::String(text) => return Ok(Some(text.into_bytes())),
        Value::Object(fields) => fields,
        other => return Ok(Some(other.to_string().into_bytes())),
    };
    let only = if wrapped.len() == 1 {
        wrapped.iter().next()
    } else {
        None
    };
    match only {
        Some((kind, Value::String(text))) if kind == "base64" => STANDARD
            .decode(text)
            .map(Some)
            .map_err(|error| format!("{field}: not base64: {error}")),
        Some((kind, Value::String(text))) if kind == "hex" => unhex(text)
            .map(Some)
            .ok_or_else(|| format!("{field}: not hexadecimal")),
        Some((kind, inner)) if kind == "json" => Ok(Some(inner.to_string().into_bytes())),
        _ => Ok(Some(Value::Object(wrapped).to_string().into_bytes())),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            std::str::from_utf8(pair)
                .ok()
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        })
        .collect()
}

type Headers = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// Headers: a list of `{"key", "value"}`, or an object where no key repeats.
fn headers_of(value: Value) -> Result<Headers, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| Ok((key.into_bytes(), bytes_of("headers", value)?)))
            .collect(),
        Value::Array(items) => items.into_iter().map(header_of).collect(),
        other => Err(format!("headers: expected a list, found {other}")),
    }
}

fn header_of(item: Value) -> Result<(Vec<u8>, Option<Vec<u8>>), String> {
    let Value::Object(mut fields) = item else {
        return Err(format!(
            "headers: expected an object with key and value, found {item}"
        ));
    };
    let key = fields.remove("key").ok_or("headers: a header has no key")?;
    let key = bytes_of("headers.key", key)?.ok_or("headers: a header's key is null")?;
    let value = bytes_of("headers.value", fields.remove("value").unwrap_or(Value::Null))?;
    Ok((key, value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes() -> impl Strategy<Value = Option<Vec<u8>>> {
        prop_oneof![
            Just(None),
            Just(Some(Vec::new())),
            any::<Vec<u8>>().prop_map(Some),
            any::<String>().prop_map(|text| Some(text.into_bytes())),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            key in bytes(),
            value in bytes(),
            headers in proptest::collection::vec((any::<Vec<u8>>(), bytes()), 0..4),
            timestamp_ms in 0..i64::MAX,
            topic in "[a-zA-Z0-9._-]{1,20}",
            partition in 0..i32::MAX,
        ) {
            let borrowed: Vec<_> = headers.iter().map(|(k, v)| (k.as_slice(), v.as_deref())).collect();
            let view = RecordView {
                topic: &topic,
                partition,
                offset: 7,
                timestamp_ms,
                log_append_time: false,
                leader_epoch: 3,
                producer_id: -1,
                producer_epoch: -1,
                compression: "none",
                transactional: false,
                key: key.as_deref(),
                value: value.as_deref(),
                headers: &borrowed,
            };
            let mut line = Vec::new();
            write_json(&mut line, &view).expect("memory takes all");
            prop_assert!(!line.contains(&b'\n'));
            let read = parse_json(&line).map_err(TestCaseError::fail)?;
            let expected = InputRecord {
                topic: Some(topic.clone()), partition: Some(partition), timestamp_ms: Some(timestamp_ms), key, value, headers,
            };
            prop_assert_eq!(read, expected);
        }
    }

    #[test]
    fn other_spellings_are_read() {
        let read = |text: &str| parse_json(text.as_bytes());
        assert_eq!(
            read(r#"{"value":{"hex":"00ff"}}"#).map(|r| r.value),
            Ok(Some(vec![0, 255]))
        );
        assert_eq!(
            read(r#"{"value":{"json":{"a":1}}}"#).map(|r| r.value),
            Ok(Some(b"{\"a\":1}".to_vec()))
        );
        assert_eq!(
            read(r#"{"value":{"a":[1,2]}}"#).map(|r| r.value),
            Ok(Some(b"{\"a\":[1,2]}".to_vec()))
        );
        assert_eq!(
            read(r#"{"headers":{"h":"x"}}"#).map(|r| r.headers),
            Ok(vec![(b"h".to_vec(), Some(b"x".to_vec()))])
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |text: &str| parse_json(text.as_bytes()).expect_err("is wrong");
        assert!(wrong(r#"{"vlaue":"x"}"#).contains("unknown field `vlaue`"));
        assert!(wrong(r#"{"partition":"0"}"#).contains("partition: expected a whole number"));
        assert!(wrong(r#"{"value":{"base64":"?"}}"#).contains("value: not base64"));
        assert!(wrong("[1]").contains("JSON object"));
        assert!(wrong(r#"{"headers":[{"value":"x"}]}"#).contains("no key"));
        assert!(!wrong("{").is_empty());
    }
}
