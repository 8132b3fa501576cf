//! What the members of a classic consumer group tell each other through the coordinator.
//!
//! In JoinGroup each member sends a [`Subscription`] as the metadata of every assignor it offers; in SyncGroup the
//! leader sends an [`Assignment`] to each. Both begin with their version. A receiver reads what it knows of a newer
//! version, because versions only ever append.

mod assignment;
mod subscription;

pub use assignment::Assignment;
pub use subscription::Subscription;

use bytes::Bytes;

use crate::message::{Decode, Encode};
use crate::wire::{DecodeError, DecodeErrorKind, EncodeError, Reader, Writer};

/// The protocol type by which JoinGroup tells consumer groups from others, such as those of Kafka Connect.
pub const PROTOCOL_TYPE: &str = "consumer";

/// Partitions of a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicPartitions {
    /// The topic.
    pub topic: String,
    /// Its partitions.
    pub partitions: Vec<i32>,
}

/// Writes the version and the message in it.
fn encode<M: Encode>(message: &M, version: i16) -> Result<Bytes, EncodeError> {
    let mut writer = Writer::with_capacity(64);
    writer.put_i16(version);
    message.encode(&mut writer, version)?;
    Ok(writer.finish().to_bytes())
}

/// Reads the version and the message in it; of a newer version, the part that is known.
fn decode<M: Decode>(bytes: &Bytes) -> Result<M, DecodeError> {
    let mut reader = Reader::new(bytes);
    let version = reader
        .i16()
        .map_err(|error| error.within("version").of(M::NAME))?;
    if version < M::VERSIONS.first {
        return Err(DecodeError::new(0, DecodeErrorKind::UnsupportedVersion(version)).of(M::NAME));
    }
    M::decode(&mut reader, version.min(M::VERSIONS.last))
}
