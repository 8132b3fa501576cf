//! What brokers write into their internal topics.
//!
//! | module | topic |
//! |---|---|
//! | [`consumer_offsets`] | `__consumer_offsets`: committed offsets and the groups themselves |
//! | [`share_state`] | `__share_group_state`: how far share groups got with each record |
//! | [`transaction_state`] | `__transaction_state`: transactional ids and what they are doing |
//!
//! The key of a record begins with the number of its type, the value with its version. A record whose value is null
//! deletes what the key names. Types that are not known are kept as they came, so that a tool can show or copy them.

#![allow(missing_docs)]

use bytes::Bytes;

use crate::message::{Decode, Encode};
use crate::wire::{DecodeError, EncodeError, Reader, Writer};

/// Makes `Key`, `Value` and `Record` of a topic out of the types of its records.
macro_rules! record_types {
    ($($number:literal $name:ident($key:ty, $value:ty),)*) => {
        /// The key of a record: which thing it is about.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Key {
            $(#[doc = concat!("Type ", $number, ".")] $name($key),)*
            /// A type that is not known.
            Unknown {
                /// The number of the type.
                number: i16,
                /// What follows the number.
                bytes: bytes::Bytes,
            },
        }

        /// The value of a record: what is the case with the thing.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Value {
            $(#[doc = concat!("Of a key of type ", $number, ".")] $name($value),)*
            /// Of a key whose type is not known; the bytes contain the version.
            Unknown(bytes::Bytes),
        }

        impl Key {
            /// Reads the key of a record.
            pub fn decode(bytes: &bytes::Bytes) -> Result<Self, crate::wire::DecodeError> {
                let mut reader = crate::wire::Reader::new(bytes);
                let number = reader.i16().map_err(|error| error.within("type").of("Key"))?;
                match number {
                    $($number => $crate::internal::decode_whole(&mut reader, 0).map(Self::$name),)*
                    _ => Ok(Self::Unknown { number, bytes: bytes.slice(2..) }),
                }
            }

            /// Writes the key of a record.
            pub fn encode(&self) -> Result<bytes::Bytes, crate::wire::EncodeError> {
                match self {
                    $(Self::$name(key) => $crate::internal::encode_prefixed($number, key, 0),)*
                    Self::Unknown { number, bytes } => {
                        Ok([&number.to_be_bytes(), bytes.as_ref()].concat().into())
                    }
                }
            }

            /// Returns the number of the type.
            pub fn number(&self) -> i16 {
                match self {
                    $(Self::$name(_) => $number,)*
                    Self::Unknown { number, .. } => *number,
                }
            }

            /// Returns the name of the type.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name),)*
                    Self::Unknown { .. } => "Unknown",
                }
            }
        }

        impl Value {
            /// Reads the value of the record that has `key`. A version that is not known is an error.
            pub fn decode(key: &Key, bytes: &bytes::Bytes) -> Result<Self, crate::wire::DecodeError> {
                match key {
                    $(Key::$name(_) => $crate::internal::decode_versioned(bytes).map(Self::$name),)*
                    Key::Unknown { .. } => Ok(Self::Unknown(bytes.clone())),
                }
            }

            /// Writes the value in `version`, which an unknown one ignores: it has its own.
            pub fn encode(&self, version: i16) -> Result<bytes::Bytes, crate::wire::EncodeError> {
                match self {
                    $(Self::$name(value) => $crate::internal::encode_prefixed(version, value, version),)*
                    Self::Unknown(bytes) => Ok(bytes.clone()),
                }
            }
        }

        /// A record of the topic.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Record {
            /// Which thing it is about.
            pub key: Key,
            /// What is the case with it; `None` when it is gone.
            pub value: Option<Value>,
        }

        impl Record {
            /// Reads a record.
            pub fn decode(
                key: &bytes::Bytes,
                value: Option<&bytes::Bytes>,
            ) -> Result<Self, crate::wire::DecodeError> {
                let key = Key::decode(key)?;
                let value = value.map(|value| Value::decode(&key, value)).transpose()?;
                Ok(Self { key, value })
            }
        }

        /// The types with their numbers, key before value, for tests.
        #[cfg(feature = "testing")]
        pub fn entries() -> Vec<(i16, crate::testing::Entry, crate::testing::Entry)> {
            vec![$((
                $number,
                crate::testing::Entry::of_data::<$key>(),
                crate::testing::Entry::of_data::<$value>(),
            ),)*]
        }
    };
}

pub mod consumer_offsets;
pub mod share_state;
pub mod transaction_state;

/// Reads a message that must use up the bytes.
fn decode_whole<M: Decode>(reader: &mut Reader<'_>, version: i16) -> Result<M, DecodeError> {
    let message = M::decode(reader, version)?;
    reader.finish().map_err(|error| error.of(M::NAME))?;
    Ok(message)
}

fn decode_versioned<M: Decode>(bytes: &Bytes) -> Result<M, DecodeError> {
    let mut reader = Reader::new(bytes);
    let version = reader
        .i16()
        .map_err(|error| error.within("version").of(M::NAME))?;
    decode_whole(&mut reader, version)
}

fn encode_prefixed<M: Encode>(prefix: i16, message: &M, version: i16) -> Result<Bytes, EncodeError> {
    let mut writer = Writer::with_capacity(64);
    writer.put_i16(prefix);
    message.encode(&mut writer, version)?;
    Ok(writer.finish().to_bytes())
}

#[cfg(test)]
mod tests;
