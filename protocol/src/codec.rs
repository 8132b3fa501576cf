//! What the derived codecs call. Use [`Encode`](crate::Encode) and [`Decode`](crate::Decode) instead.

use std::fmt;

use crate::wire::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Reader, Writer};

/// The version a message is read or written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The number.
    pub number: i16,
    /// Whether lengths are compact and structs end in a tagged section (KIP-482).
    pub flexible: bool,
}

/// A struct that can be written, whole message or part of one.
pub trait EncodePart {
    /// Writes the fields that `v` has.
    fn encode_part(&self, w: &mut Writer, v: Version) -> Result<(), EncodeError>;
}

/// A struct that can be read, whole message or part of one.
pub trait DecodePart: Sized {
    /// Reads the fields that `v` has; the others get their defaults.
    fn decode_part(r: &mut Reader<'_>, v: Version) -> Result<Self, DecodeError>;

    /// The fewest bytes an instance takes in `v`: what bounds the count of an array before it is allocated.
    fn least_size(v: Version) -> usize;
}

/// Elements for which room is made before the first is read.
const PREALLOCATED_MAX: usize = 1000;

/// Reads an array of structs, `None` for null.
#[inline]
pub(crate) fn decode_array<T: DecodePart>(
    r: &mut Reader<'_>,
    field: &'static str,
    v: Version,
) -> Result<Option<Vec<T>>, DecodeError> {
    let count = r.array_length(v.flexible, T::least_size(v));
    let Some(count) = count.map_err(|e| e.within(field))? else {
        return Ok(None);
    };
    let mut elements = Vec::with_capacity(count.min(PREALLOCATED_MAX));
    for index in 0..count {
        elements.push(T::decode_part(r, v).map_err(|e| e.within_element(field, index))?);
    }
    Ok(Some(elements))
}

/// Reads an array of strings, `None` for null.
pub(crate) fn decode_strings(
    r: &mut Reader<'_>,
    field: &'static str,
    flexible: bool,
) -> Result<Option<Vec<String>>, DecodeError> {
    let count = r.array_length(flexible, if flexible { 1 } else { 2 });
    let Some(count) = count.map_err(|e| e.within(field))? else {
        return Ok(None);
    };
    let mut elements = Vec::with_capacity(count.min(PREALLOCATED_MAX));
    for index in 0..count {
        elements.push(r.string(flexible).map_err(|e| e.within_element(field, index))?);
    }
    Ok(Some(elements))
}

/// Reads a struct that may be null: a byte below zero is null (KIP-893).
#[inline]
pub(crate) fn decode_nullable<T: DecodePart>(
    r: &mut Reader<'_>,
    v: Version,
) -> Result<Option<T>, DecodeError> {
    if r.i8()? < 0 {
        return Ok(None);
    }
    T::decode_part(r, v).map(Some)
}

/// Reads a struct that may be null from a tagged field: a varint of 0 is null. KIP-893 says otherwise, but this is
/// what Kafka does.
pub(crate) fn decode_nullable_tagged<T: DecodePart>(
    r: &mut Reader<'_>,
    v: Version,
) -> Result<Option<T>, DecodeError> {
    if r.varint()? == 0 {
        return Ok(None);
    }
    T::decode_part(r, v).map(Some)
}

/// Writes an array of structs, or null.
#[inline]
pub(crate) fn encode_array<T: EncodePart>(
    w: &mut Writer,
    field: &'static str,
    value: Option<&[T]>,
    v: Version,
) -> Result<(), EncodeError> {
    w.put_array_length(field, value.map(<[T]>::len), v.flexible)?;
    value
        .unwrap_or_default()
        .iter()
        .try_for_each(|element| element.encode_part(w, v))
}

/// Writes a struct that may be null.
#[inline]
pub(crate) fn encode_nullable<T: EncodePart>(
    w: &mut Writer,
    value: Option<&T>,
    v: Version,
) -> Result<(), EncodeError> {
    match value {
        None => {
            w.put_i8(-1);
            Ok(())
        }
        Some(value) => {
            w.put_i8(1);
            value.encode_part(w, v)
        }
    }
}

/// Writes a struct that may be null to a tagged field.
pub(crate) fn encode_nullable_tagged<T: EncodePart>(
    w: &mut Writer,
    value: Option<&T>,
    v: Version,
) -> Result<(), EncodeError> {
    match value {
        None => {
            w.put_varint(0);
            Ok(())
        }
        Some(value) => {
            w.put_varint(1);
            value.encode_part(w, v)
        }
    }
}

/// The error of a null that the version does not allow.
#[cold]
pub(crate) fn null_read(r: &Reader<'_>, field: &str) -> DecodeError {
    r.error(DecodeErrorKind::NullNotAllowed).within(field)
}

#[cold]
pub(crate) fn null_not_allowed(field: &'static str, v: Version) -> EncodeError {
    EncodeError::new(field, EncodeErrorKind::NullNotAllowed(v.number))
}

#[cold]
pub(crate) fn not_in_version(field: &'static str, v: Version) -> EncodeError {
    EncodeError::new(field, EncodeErrorKind::FieldNotInVersion(v.number))
}

/// Claims an error of the tagged section that belongs to no field.
#[cold]
pub(crate) fn in_tags(error: DecodeError) -> DecodeError {
    if error.field().is_empty() {
        error.within("tagged_fields")
    } else {
        error
    }
}

/// Stands for the value of a secret field in `Debug`.
pub(crate) struct Secret;

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<hidden>")
    }
}
