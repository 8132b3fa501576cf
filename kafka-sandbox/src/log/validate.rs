//! What a broker checks of records before it takes them.

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::compress::Compression;
use protocol::records::{Batch, BatchHeader, Batches, NO_TIMESTAMP, TimestampType, crc32c};
use protocol::wire::{DecodeError, DecodeErrorKind};

use super::codecs::with_codecs;
use super::error::AppendError;
use super::rewrite;
use super::settings::LogSettings;
use crate::time::Now;

/// A batch that may be appended.
#[derive(Debug)]
pub(super) struct Valid {
    pub(super) batch: Batch,
    /// The largest timestamp of its records, in milliseconds.
    pub(super) max_timestamp: i64,
}

/// Checks what a client sent for the log called `name`, and puts it into the topic's codec. `unpacked` learns to how many bytes it
/// was decompressed, if it was.
pub(super) fn validate(
    name: &str,
    now: Now,
    records: Bytes,
    settings: &LogSettings,
    unpacked: &mut usize,
) -> Result<Valid, AppendError> {
    let batch = only_batch(name, records)?;
    check_batch(name, &batch, settings)?;
    let max_timestamp = check_records(name, now, &batch, settings, unpacked)?;
    let target = settings.compression.unwrap_or(codec_of(&batch)?);
    if target == codec_of(&batch)? {
        return Ok(Valid { batch, max_timestamp });
    }
    let batch = recompress(&batch, target, max_timestamp, settings)?;
    check_size(name, batch.header().size, settings)?;
    Ok(Valid { batch, max_timestamp })
}

/// A request of version 3 or later has exactly one batch of magic 2 for a partition.
fn only_batch(name: &str, records: Bytes) -> Result<Batch, AppendError> {
    let magic = records.get(MAGIC_AT).copied();
    if let Some(magic @ (0 | 1)) = magic {
        return Err(AppendError::new(
            ErrorCode::INVALID_RECORD,
            format!(
                "records of magic {magic} were sent to {name}: requests of version 3 or later have magic 2"
            ),
        ));
    }
    let mut batches = Batches::new(records.clone());
    let batch = match batches.next() {
        None => {
            return Err(AppendError::invalid_record(format!(
                "the request has no record batch for {name}: it must have exactly one"
            )));
        }
        Some(Err(error)) => {
            // Fields out of range under a right checksum are the client's doing, others are damage.
            let intact = magic == Some(2) && is_intact(&records);
            let message = format!("the record batch for {name} cannot be read: {error}");
            let code = if intact {
                ErrorCode::INVALID_RECORD
            } else {
                ErrorCode::CORRUPT_MESSAGE
            };
            return Err(AppendError::new(code, message));
        }
        Some(Ok(batch)) => batch,
    };
    // A second one that is cut short is left out, as every reader does.
    match batches.next() {
        None => Ok(batch),
        Some(Ok(_)) => Err(AppendError::invalid_record(format!(
            "the request has more than one record batch for {name}: it must have exactly one"
        ))),
        Some(Err(error)) => Err(AppendError::new(
            ErrorCode::CORRUPT_MESSAGE,
            format!("what follows the record batch for {name} cannot be read: {error}"),
        )),
    }
}

/// Whether the first batch of `records` has the checksum it says.
fn is_intact(records: &[u8]) -> bool {
    let length = records.get(8..12).and_then(|length| length.try_into().ok());
    let length = length
        .map(i32::from_be_bytes)
        .and_then(|length| usize::try_from(length).ok());
    let covered = length.and_then(|length| records.get(ATTRIBUTES_AT..length.checked_add(12)?));
    let stored = records.get(CRC_AT..ATTRIBUTES_AT);
    covered
        .zip(stored)
        .is_some_and(|(covered, stored)| crc32c(covered).to_be_bytes() == stored)
}

fn check_batch(name: &str, batch: &Batch, settings: &LogSettings) -> Result<(), AppendError> {
    let header = batch.header();
    if header.base_offset != 0 {
        return Err(AppendError::invalid_record(format!(
            "the base offset of a record batch that is produced to {name} must be 0, not {}",
            header.base_offset
        )));
    }
    check_size(name, header.size, settings)?;
    batch.verify().map_err(|error| {
        AppendError::new(
            ErrorCode::CORRUPT_MESSAGE,
            format!("the record batch for {name} is corrupt: {error}"),
        )
    })?;
    let count = header.count.unwrap_or(0);
    if i64::from(count) != i64::from(header.last_offset_delta) + 1 {
        return Err(AppendError::invalid_record(format!(
            "the record batch for {name} has {count} records, but offsets from 0 to {}",
            header.last_offset_delta
        )));
    }
    if header.attributes.is_control() {
        return Err(AppendError::invalid_record(format!(
            "clients may not write control records, as one did to {name}"
        )));
    }
    if header.producer_id >= 0 && header.base_sequence < 0 {
        return Err(AppendError::invalid_record(format!(
            "producer {} sent a record batch to {name} with the sequence number {}",
            header.producer_id, header.base_sequence
        )));
    }
    codec_of(batch).map(drop)
}

pub(super) fn check_size(name: &str, size: usize, settings: &LogSettings) -> Result<(), AppendError> {
    if size > settings.max_message_bytes {
        return Err(AppendError::new(
            ErrorCode::MESSAGE_TOO_LARGE,
            format!(
                "the record batch for {name} has {size} bytes, more than the {} of max.message.bytes",
                settings.max_message_bytes
            ),
        ));
    }
    if size > usize::try_from(settings.segment_bytes).unwrap_or(usize::MAX) {
        return Err(AppendError::new(
            ErrorCode::RECORD_LIST_TOO_LARGE,
            format!(
                "the record batch for {name} has {size} bytes, more than the {} of segment.bytes",
                settings.segment_bytes
            ),
        ));
    }
    Ok(())
}

fn codec_of(batch: &Batch) -> Result<Compression, AppendError> {
    let attributes = batch.header().attributes;
    match attributes.compression() {
        Some(codec) if codec.is_available() => Ok(codec),
        Some(codec) => Err(AppendError::new(
            ErrorCode::UNSUPPORTED_COMPRESSION_TYPE,
            format!("the codec {codec} is not in this build"),
        )),
        // Kafka has no better code for it.
        None => Err(AppendError::new(
            ErrorCode::UNKNOWN_SERVER_ERROR,
            format!("no codec has the number {}", attributes.codec_id()),
        )),
    }
}

/// Looks at each record, and returns the largest timestamp.
fn check_records(
    name: &str,
    now: Now,
    batch: &Batch,
    settings: &LogSettings,
    unpacked: &mut usize,
) -> Result<i64, AppendError> {
    let unreadable = |error| {
        AppendError::invalid_record(format!(
            "the records of the batch for {name} cannot be read: {error}"
        ))
    };
    let is_packed = batch.header().attributes.compression() != Some(Compression::None);
    let records = with_codecs(|codecs| batch.records(&mut codecs.decompressor)).map_err(|error| {
        if let DecodeErrorKind::TooLarge { cap } = error.kind() {
            *unpacked = *cap;
        }
        undecompressed(name, &error)
    })?;
    if is_packed {
        *unpacked = records.clone().into_payload().len();
    }
    let rules = Rules::new(name, now, batch.header(), settings);
    let mut max_timestamp = NO_TIMESTAMP;
    let mut faults = Faults::default();
    for (index, record) in (0..).zip(&records) {
        let record = record.map_err(unreadable)?;
        max_timestamp = max_timestamp.max(record.timestamp);
        if record.offset != index {
            return Err(AppendError::invalid_record(format!(
                "record {index} of the batch for {name} has the relative offset {}",
                record.offset
            )));
        }
        if record.key.is_none() && rules.keyed || !rules.in_time(record.timestamp) {
            faults.note(&rules, index, record.key.is_none(), record.timestamp);
        }
    }
    if is_packed {
        with_codecs(|codecs| codecs.decompressor.recycle(records.into_payload()));
    }
    faults.into_result()?;
    Ok(max_timestamp)
}

/// The error of records that did not come out of their codec.
#[cold]
fn undecompressed(name: &str, error: &DecodeError) -> AppendError {
    let code = match error.kind() {
        // A smaller batch may be taken.
        DecodeErrorKind::TooLarge { .. } => ErrorCode::MESSAGE_TOO_LARGE,
        _ if error.field() == "count" => ErrorCode::INVALID_RECORD,
        // Kafka has no better code for it.
        _ => ErrorCode::UNKNOWN_SERVER_ERROR,
    };
    AppendError::new(
        code,
        format!("the records of the batch for {name} cannot be decompressed: {error}"),
    )
}

/// What records must be like.
struct Rules<'a> {
    name: &'a str,
    /// Whether each needs a key.
    keyed: bool,
    /// Whether timestamps are looked at.
    timed: bool,
    earliest: i64,
    latest: i64,
    /// Whether the client says that the broker set the time.
    append_time: bool,
}

impl<'a> Rules<'a> {
    fn new(name: &'a str, now: Now, header: &BatchHeader, settings: &LogSettings) -> Self {
        let (before, after) = (
            settings.message_timestamp_before_max_ms,
            settings.message_timestamp_after_max_ms,
        );
        Self {
            name,
            keyed: settings.cleanup.compact,
            timed: settings.timestamp_type == TimestampType::CreateTime,
            earliest: now.timestamp.saturating_sub(before),
            latest: now.timestamp.saturating_add(after),
            append_time: header.attributes.timestamp_type() == TimestampType::LogAppendTime,
        }
    }

    #[inline]
    fn in_time(&self, timestamp: i64) -> bool {
        if self.timed && timestamp != NO_TIMESTAMP {
            (self.earliest..=self.latest).contains(&timestamp)
        } else {
            !self.append_time
        }
    }
}

#[derive(Default)]
struct Faults {
    /// The first of them.
    records: Vec<(i32, String)>,
    count: usize,
    untimely: bool,
}

/// How many of the records that are wrong an answer names: a small batch may decompress to many millions.
const NAMED_RECORDS: usize = 10_000;

/// How many of the records that are wrong Kafka names in its message.
const SHOWN_RECORDS: usize = 3;

impl Faults {
    #[cold]
    fn note(&mut self, rules: &Rules<'_>, index: i64, without_key: bool, timestamp: i64) {
        let name = rules.name;
        self.count += 1;
        self.untimely |= !(without_key && rules.keyed);
        if self.records.len() == NAMED_RECORDS {
            return;
        }
        let message = if without_key && rules.keyed {
            format!("Compacted topic cannot accept message without key in topic partition {name}")
        } else {
            if rules.timed && timestamp != NO_TIMESTAMP {
                format!(
                    "timestamp {timestamp} is out of range: it should be within [{}, {}]",
                    rules.earliest, rules.latest
                )
            } else {
                "a producer may not set the timestamp type LogAppendTime".to_owned()
            }
        };
        self.records
            .push((i32::try_from(index).unwrap_or(i32::MAX), message));
    }

    fn into_result(self) -> Result<(), AppendError> {
        if self.records.is_empty() {
            return Ok(());
        }
        if self.untimely {
            return Err(AppendError::of_records(
                ErrorCode::INVALID_TIMESTAMP,
                "One or more records have been rejected due to invalid timestamp",
                self.records,
            ));
        }
        let shown: Vec<String> = self
            .records
            .iter()
            .take(SHOWN_RECORDS)
            .map(|(index, message)| format!("RecordError(batchIndex={index}, message='{message}')"))
            .collect();
        let message = format!(
            "One or more records have been rejected due to {} record errors in total, and only showing the first \
             three errors at most: [{}]",
            self.count,
            shown.join(", ")
        );
        Err(AppendError::of_records(
            ErrorCode::INVALID_RECORD,
            message,
            self.records,
        ))
    }
}

/// The same records in another codec, even where it makes them larger.
fn recompress(
    batch: &Batch,
    target: Compression,
    max_timestamp: i64,
    settings: &LogSettings,
) -> Result<Batch, AppendError> {
    let failed = |error: &dyn std::fmt::Display| {
        AppendError::new(
            ErrorCode::UNSUPPORTED_COMPRESSION_TYPE,
            format!("the records cannot be put into the codec {target} of the topic: {error}"),
        )
    };
    with_codecs(|codecs| {
        let records = batch
            .records(&mut codecs.decompressor)
            .map_err(|error| failed(&error))?;
        let mut records = Vec::from(records.into_payload());
        if target != Compression::None {
            let plain = std::mem::take(&mut records);
            codecs
                .compressor
                .compress(target, settings.compression_level, &plain, &mut records)
                .map_err(|error| failed(&error))?;
        }
        let batch = rewrite::recoded(batch, target, max_timestamp, &records);
        Batch::whole(batch).map_err(|error| failed(&error))
    })
}

const MAGIC_AT: usize = 16;
const CRC_AT: usize = 17;
const ATTRIBUTES_AT: usize = 21;
