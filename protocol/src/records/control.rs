use bytes::Bytes;

use super::builder::{AppendError, OpenBatch};
use super::header::{Attributes, BatchHeader, MESSAGE, NO_SEQUENCE, TimestampType};
use super::record::Record;
use super::seal::write_header;
use crate::compress::Compression;
use crate::wire::{DecodeError, DecodeErrorKind};

/// What a control record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControlKind {
    /// A transaction was aborted.
    Abort,
    /// A transaction was committed.
    Commit,
    /// A metadata quorum has a new leader (KIP-595).
    LeaderChange,
    /// A metadata snapshot begins (KIP-630).
    SnapshotHeader,
    /// A metadata snapshot ends (KIP-630).
    SnapshotFooter,
    /// The version of the quorum's protocol (KIP-853).
    KRaftVersion,
    /// The voters of the quorum (KIP-853).
    KRaftVoters,
    /// A kind this crate does not know.
    Unknown(i16),
}

impl ControlKind {
    /// The number of this kind.
    pub fn id(self) -> i16 {
        match self {
            Self::Abort => 0,
            Self::Commit => 1,
            Self::LeaderChange => 2,
            Self::SnapshotHeader => 3,
            Self::SnapshotFooter => 4,
            Self::KRaftVersion => 5,
            Self::KRaftVoters => 6,
            Self::Unknown(id) => id,
        }
    }

    /// The kind with number `id`.
    pub fn from_id(id: i16) -> Self {
        match id {
            0 => Self::Abort,
            1 => Self::Commit,
            2 => Self::LeaderChange,
            3 => Self::SnapshotHeader,
            4 => Self::SnapshotFooter,
            5 => Self::KRaftVersion,
            6 => Self::KRaftVoters,
            id => Self::Unknown(id),
        }
    }
}

/// A record of a control batch. Applications never see them, but their offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ControlRecord {
    /// Version of the key's format. Later versions only add to what there is.
    pub version: i16,
    /// What it is about.
    pub kind: ControlKind,
    /// For the end of a transaction, the epoch of the coordinator that wrote it, if the value says.
    pub coordinator_epoch: Option<i32>,
}

impl ControlRecord {
    /// Reads a record of a control batch.
    ///
    /// # Errors
    ///
    /// The key is null or too short to hold version and kind, or its version is negative. A value of
    /// an unknown form is no error.
    pub fn read(record: &Record<'_>) -> Result<Self, DecodeError> {
        let key = record.key.unwrap_or_default();
        let Some(&[v0, v1, k0, k1]) = key.first_chunk() else {
            let (needed, remaining) = (KEY_LEN, key.len());
            return Err(fault(DecodeErrorKind::Truncated { needed, remaining }));
        };
        let version = i16::from_be_bytes([v0, v1]);
        if version < 0 {
            return Err(fault(DecodeErrorKind::Invalid("control record version")));
        }
        let kind = ControlKind::from_id(i16::from_be_bytes([k0, k1]));
        let coordinator_epoch = match (kind, record.value.unwrap_or_default().first_chunk()) {
            (ControlKind::Abort | ControlKind::Commit, Some(&[_, _, a, b, c, d])) => {
                Some(i32::from_be_bytes([a, b, c, d]))
            }
            _ => None,
        };
        Ok(Self {
            version,
            kind,
            coordinator_epoch,
        })
    }
}

#[cold]
fn fault(kind: DecodeErrorKind) -> DecodeError {
    DecodeError::new(0, kind).within("records.key").of(MESSAGE)
}

/// The marker that ends a transaction in a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndMarker {
    /// Whether the transaction was committed; else it was aborted.
    pub committed: bool,
    /// The transaction's producer.
    pub producer_id: i64,
    /// That producer's epoch.
    pub producer_epoch: i16,
    /// Epoch of the coordinator that writes the marker.
    pub coordinator_epoch: i32,
    /// Milliseconds since 1970.
    pub timestamp: i64,
    /// Where the marker stands in the partition.
    pub offset: i64,
    /// Epoch of the partition's leader; -1 when it is unknown.
    pub partition_leader_epoch: i32,
}

/// Writes the control batch of one record that a broker appends to end a transaction.
///
/// # Errors
///
/// None that ten bytes could cause; the type is that of appending.
pub fn end_marker_batch(marker: &EndMarker) -> Result<Bytes, AppendError> {
    let kind = if marker.committed {
        ControlKind::Commit
    } else {
        ControlKind::Abort
    };
    let mut key = [0; KEY_LEN];
    key[2..].copy_from_slice(&kind.id().to_be_bytes());
    let mut value = [0; 6];
    value[2..].copy_from_slice(&marker.coordinator_epoch.to_be_bytes());
    let mut open = OpenBatch::new(0);
    open.append(marker.timestamp, Some(&key), Some(&value), std::iter::empty())?;
    let mut batch = open.take(Vec::new());
    let header = BatchHeader {
        base_offset: marker.offset,
        size: batch.len(),
        partition_leader_epoch: marker.partition_leader_epoch,
        magic: 2,
        crc: 0,
        attributes: Attributes::new(Compression::None, TimestampType::CreateTime)
            .transactional()
            .control(),
        last_offset_delta: 0,
        base_timestamp: marker.timestamp,
        max_timestamp: marker.timestamp,
        producer_id: marker.producer_id,
        producer_epoch: marker.producer_epoch,
        base_sequence: NO_SEQUENCE,
        count: Some(1),
    };
    write_header(&mut batch, &header);
    Ok(Bytes::from(batch))
}

/// Version and kind.
const KEY_LEN: usize = 4;
