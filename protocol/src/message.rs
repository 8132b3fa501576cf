//! What every message can do.

use std::fmt;

use crate::api::ApiKey;
use crate::codec::{DecodePart, EncodePart, Version};
use crate::version_range::VersionRange;
use crate::wire::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Reader, Writer};

/// A message of the protocol: request, response, header or stored data.
pub trait Message {
    /// The name in Kafka's schema, as `"MetadataRequest"`.
    const NAME: &'static str;
    /// The versions this crate reads and writes.
    const VERSIONS: VersionRange;
    /// The first version with compact lengths and tagged fields (KIP-482), if any has them.
    const FLEXIBLE: Option<i16>;

    /// Whether `version` has compact lengths and tagged fields.
    fn is_flexible(version: i16) -> bool {
        Self::FLEXIBLE.is_some_and(|first| version >= first)
    }
}

/// A message that can be written.
pub trait Encode: Message {
    /// Appends the message in `version` to `w`.
    ///
    /// Fails when there is no such version, when a field is set that the version lacks and whose loss would
    /// change the meaning, when a field is null that may not be, and when a value is too long.
    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError>;
}

/// A message that can be read.
pub trait Decode: Message + Sized {
    /// Reads the message in `version` from `r`, which may hold more after it.
    ///
    /// Fails when there is no such version and when the bytes are not such a message; the error names
    /// message, field and position.
    fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError>;
}

/// A message that asks.
pub trait Request: Encode {
    /// The number of the API.
    const KEY: ApiKey;
    /// The answer.
    type Response: Response;
}

/// A message that answers.
pub trait Response: Decode + Default + fmt::Debug + Send {
    /// The number of the API.
    const KEY: ApiKey;
}

impl<T: Message + EncodePart> Encode for T {
    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let v = checked::<T>(version).ok_or_else(|| {
            EncodeError::new("version", EncodeErrorKind::UnsupportedVersion(version)).of(T::NAME)
        })?;
        self.encode_part(w, v).map_err(|e| e.of(T::NAME))
    }
}

impl<T: Message + DecodePart> Decode for T {
    fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError> {
        let v = checked::<T>(version)
            .ok_or_else(|| r.error(DecodeErrorKind::UnsupportedVersion(version)).of(T::NAME))?;
        T::decode_part(r, v).map_err(|e| e.of(T::NAME))
    }
}

fn checked<T: Message>(number: i16) -> Option<Version> {
    T::VERSIONS.contains(number).then(|| Version {
        number,
        flexible: T::is_flexible(number),
    })
}
