//! What is wrong with a record that did not parse.
//!
//! The parser on the hot path says no more than "no". This one goes over the same bytes slowly and
//! names the field and the position.

use bytes::Bytes;

use super::header::MESSAGE;
use crate::wire::{DecodeError, DecodeErrorKind, Reader};

/// What the records of a batch must keep to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) base_offset: i64,
    pub(super) last_offset: i64,
    /// None where the broker set all timestamps.
    pub(super) base_timestamp: Option<i64>,
}

/// The fault of the record at the start of `rest`, positions relative to it; `left` records were due.
pub(super) fn explain(bounds: Bounds, rest: &[u8], left: u32) -> DecodeError {
    if left == 0 {
        return DecodeError::new(0, DecodeErrorKind::Trailing(rest.len())).of(MESSAGE);
    }
    let frame = Bytes::copy_from_slice(rest);
    walk(bounds, &mut Reader::new(&frame))
        .err()
        .unwrap_or_else(|| DecodeError::new(0, DecodeErrorKind::Invalid("record")))
        .within("records")
        .of(MESSAGE)
}

fn walk(bounds: Bounds, input: &mut Reader<'_>) -> Result<(), DecodeError> {
    let start = input.at();
    let length = input.signed_varint().map_err(|error| error.within("length"))?;
    let length = usize::try_from(length)
        .map_err(|_| DecodeError::new(start, DecodeErrorKind::BadLength(length.into())).within("length"))?;
    let body_at = input.at();
    let body = input.take_bytes(length).map_err(|error| error.within("length"))?;
    walk_body(bounds, &mut Reader::new(&body)).map_err(|error| error.offset_by(body_at))
}

fn walk_body(bounds: Bounds, body: &mut Reader<'_>) -> Result<(), DecodeError> {
    body.i8().map_err(|error| error.within("attributes"))?;
    let timestamp_at = body.at();
    let timestamp_delta = body
        .signed_varlong()
        .map_err(|error| error.within("timestamp_delta"))?;
    let offset_at = body.at();
    let offset_delta = body
        .signed_varint()
        .map_err(|error| error.within("offset_delta"))?;
    walk_field(body, "key")?;
    walk_field(body, "value")?;
    let count_at = body.at();
    let count = body.signed_varint().map_err(|error| error.within("headers"))?;
    // A header takes two bytes at least.
    if usize::try_from(count).map_or(true, |count| count > body.remaining() / 2) {
        return Err(DecodeError::new(count_at, DecodeErrorKind::BadLength(count.into())).within("headers"));
    }
    for _ in 0..count {
        let key_at = body.at();
        if walk_field(body, "headers.key")?.is_none() {
            return Err(DecodeError::new(key_at, DecodeErrorKind::NullNotAllowed).within("headers.key"));
        }
        walk_field(body, "headers.value")?;
    }
    body.finish()?;
    let in_range = bounds
        .base_offset
        .checked_add(offset_delta.into())
        .is_some_and(|offset| offset_delta >= 0 && offset <= bounds.last_offset);
    if !in_range {
        return Err(
            DecodeError::new(offset_at, DecodeErrorKind::Invalid("offset out of range"))
                .within("offset_delta"),
        );
    }
    let base_timestamp = bounds.base_timestamp;
    if base_timestamp.is_some_and(|base| base.checked_add(timestamp_delta).is_none()) {
        return Err(
            DecodeError::new(timestamp_at, DecodeErrorKind::Invalid("timestamp out of range"))
                .within("timestamp_delta"),
        );
    }
    Ok(())
}

fn walk_field(body: &mut Reader<'_>, field: &str) -> Result<Option<()>, DecodeError> {
    let at = body.at();
    let length = body.signed_varint().map_err(|error| error.within(field))?;
    if length == -1 {
        return Ok(None);
    }
    let length = usize::try_from(length)
        .map_err(|_| DecodeError::new(at, DecodeErrorKind::BadLength(length.into())).within(field))?;
    body.take(length).map_err(|error| error.within(field))?;
    Ok(Some(()))
}
