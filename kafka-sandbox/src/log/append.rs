use bytes::Bytes;
use protocol::ErrorCode;
use protocol::records::{
    Attributes, Batch, BatchHeader, EndMarker, HEADER_LEN, OpenBatch, ProducerStamp, SealOptions,
    TimestampType, end_marker_batch,
};

use super::Log;
use super::codecs::with_codecs;
use super::error::AppendError;
use super::head::NewHead;
use super::producers::ProducerState;
use super::segment::Segment;
use super::settings::LogSettings;
use super::validate::{Valid, check_size, validate};
use crate::time::Now;

/// What was appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Offset of the first record.
    pub base_offset: i64,
    /// Offset of the last record.
    pub last_offset: i64,
    /// The time the log gave the records, in milliseconds; -1 where they keep their own. For a duplicate, the
    /// largest timestamp of the batch it is one of.
    pub append_time: i64,
    /// Offset of the first record of the log.
    pub log_start_offset: i64,
    /// Whether the batch was appended before, and nothing was appended now.
    pub duplicate: bool,
    /// How many bytes the records were once decompressed; 0 where they came uncompressed.
    pub unpacked: usize,
}

/// What the transaction's coordinator says of the transaction that a batch is said to be of (KIP-890).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// It was not asked: whoever writes begins a transaction, as before KIP-890.
    #[default]
    Unchecked,
    /// It knows that the partition is part of the producer's open transaction.
    Verified {
        /// Whether the producer's epoch rises with each transaction (transactions of version 2).
        epoch_rises: bool,
    },
    /// It does not: only a transaction that is open in this log is gone on with.
    Missing,
}

/// The end of a transaction in a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The transaction's producer.
    pub producer_id: i64,
    /// The producer's epoch; with transactions of version 2 already the next one, which fences what comes late.
    pub producer_epoch: i16,
    /// Whether the transaction was committed; else it was aborted.
    pub committed: bool,
    /// Epoch of the transaction's coordinator.
    pub coordinator_epoch: i32,
    /// Whether the epoch is the transaction's own and one more (transactions of version 2). Then a marker with the
    /// epoch of a transaction that is open is one of the transaction before, come late, and refused (KIP-890).
    pub epoch_rises: bool,
}

impl Log {
    /// Appends what a Produce request of version 3 or later holds for the partition.
    ///
    /// That is one batch of magic 2. Its records must be numbered from 0 on: Kafka takes other numbers too where it
    /// does not compress, and stores offsets that no consumer can use. It gets its offsets, the leader's epoch and where the topic wants it the time
    /// and another codec. A batch that its producer has sent before is not appended again, and its first offsets
    /// come back.
    ///
    /// # Errors
    ///
    /// Nothing is appended and nothing changed, with the codes that a broker has for it:
    ///
    /// | code | what was wrong |
    /// |---|---|
    /// | `CORRUPT_MESSAGE` | checksum, lengths |
    /// | `MESSAGE_TOO_LARGE`, `RECORD_LIST_TOO_LARGE` | more than `max.message.bytes`, than `segment.bytes` |
    /// | `UNKNOWN_SERVER_ERROR` | a codec that does not exist, data that is not the codec's |
    /// | `INVALID_RECORD` | magic 0 or 1, offsets, counts, control records, no key in a compacted topic |
    /// | `INVALID_TIMESTAMP` | too far from `now` |
    /// | `INVALID_PRODUCER_EPOCH` | a later epoch was seen |
    /// | `OUT_OF_ORDER_SEQUENCE_NUMBER` | not the sequence number that comes next |
    /// | `INVALID_TXN_STATE` | not part of a transaction that is open |
    /// | `KAFKA_STORAGE_ERROR` | no room, or the store failed |
    pub fn append(
        &mut self,
        now: Now,
        records: Bytes,
        leader_epoch: i32,
        settings: &LogSettings,
        verification: Verification,
    ) -> Result<Appended, AppendError> {
        let mut unpacked = 0;
        let valid = validate(&self.name, now, records, settings, &mut unpacked);
        let appended =
            valid.and_then(|valid| self.append_valid(now, &valid, leader_epoch, settings, verification));
        match appended {
            Ok(appended) => Ok(Appended { unpacked, ..appended }),
            Err(error) => Err(error.after(unpacked)),
        }
    }

    /// Appends a batch in which nothing is wrong but perhaps its producer.
    fn append_valid(
        &mut self,
        now: Now,
        valid: &Valid,
        leader_epoch: i32,
        settings: &LogSettings,
        verification: Verification,
    ) -> Result<Appended, AppendError> {
        let header = *valid.batch.header();
        if header.producer_id >= 0 {
            if let Some(duplicate) = self.check_producer(&header, verification)? {
                return Ok(duplicate);
            }
        } else if header.attributes.is_transactional() {
            return Err(AppendError::invalid_record(format!(
                "a transactional record batch for {} has no producer id",
                self.name
            )));
        }
        let mut head = self.head(&valid.batch, leader_epoch)?;
        let mut stored = BatchHeader {
            base_offset: self.end_offset,
            partition_leader_epoch: leader_epoch,
            ..header
        };
        if settings.timestamp_type == TimestampType::LogAppendTime {
            let codec = header.attributes.compression().unwrap_or_default();
            let time = Attributes::new(codec, TimestampType::LogAppendTime);
            stored.attributes = Attributes(header.attributes.0 | time.0);
            stored.max_timestamp = now.timestamp;
            head.attributes(stored.attributes.0);
            head.max_timestamp(now.timestamp);
        } else if header.attributes.timestamp_type() == TimestampType::LogAppendTime {
            // Only the log may say that it set the time.
            let codec = header.attributes.compression().unwrap_or_default();
            let time = Attributes::new(codec, TimestampType::LogAppendTime).0
                ^ Attributes::new(codec, TimestampType::CreateTime).0;
            stored.attributes = Attributes(header.attributes.0 & !time);
            head.attributes(stored.attributes.0);
        } else if valid.max_timestamp != header.max_timestamp {
            stored.max_timestamp = valid.max_timestamp;
            head.max_timestamp(valid.max_timestamp);
        }
        self.write(now, &stored, head, valid.batch.raw(), settings)?;
        self.note_producer(&stored);
        Ok(Appended {
            append_time: match settings.timestamp_type {
                TimestampType::CreateTime => -1,
                TimestampType::LogAppendTime => now.timestamp,
            },
            ..self.appended(&stored)
        })
    }

    /// Appends records of a coordinator to its internal topic: keys and values, one batch, nothing if there are none.
    ///
    /// # Errors
    ///
    /// `MESSAGE_TOO_LARGE` and `RECORD_LIST_TOO_LARGE` as for clients, `KAFKA_STORAGE_ERROR`; nothing was appended.
    pub fn append_internal(
        &mut self,
        now: Now,
        records: &[(Option<Bytes>, Option<Bytes>)],
        leader_epoch: i32,
        settings: &LogSettings,
    ) -> Result<Appended, AppendError> {
        self.append_own(now, records, ProducerStamp::default(), leader_epoch, settings)
    }

    /// As [`Log::append_internal`], in the open transaction of a producer: offsets that are committed in it (KIP-98).
    ///
    /// # Errors
    ///
    /// As there, and `INVALID_PRODUCER_EPOCH` when a later epoch was seen.
    pub fn append_transactional(
        &mut self,
        now: Now,
        records: &[(Option<Bytes>, Option<Bytes>)],
        producer_id: i64,
        producer_epoch: i16,
        leader_epoch: i32,
        settings: &LogSettings,
    ) -> Result<Appended, AppendError> {
        if let Some(producer) = self.producers.get(&producer_id) {
            producer.check_epoch(&self.name, producer_epoch, self.end_offset)?;
        }
        let producer = ProducerStamp {
            producer_id,
            epoch: producer_epoch,
            base_sequence: -1,
        };
        self.append_own(now, records, producer, leader_epoch, settings)
    }

    fn append_own(
        &mut self,
        now: Now,
        records: &[(Option<Bytes>, Option<Bytes>)],
        producer: ProducerStamp,
        leader_epoch: i32,
        settings: &LogSettings,
    ) -> Result<Appended, AppendError> {
        let too_large = |error: &dyn std::fmt::Display| {
            AppendError::new(
                ErrorCode::MESSAGE_TOO_LARGE,
                format!("cannot make a batch: {error}"),
            )
        };
        let mut open = OpenBatch::new(usize::MAX);
        for (key, value) in records {
            open.append(
                now.timestamp,
                key.as_deref(),
                value.as_deref(),
                std::iter::empty(),
            )
            .map_err(|error| too_large(&error))?;
        }
        let options = SealOptions {
            compression: settings.compression.unwrap_or_default(),
            level: settings.compression_level,
            producer,
            transactional: producer.producer_id >= 0,
            timestamp_type: TimestampType::CreateTime,
        };
        let sealed = with_codecs(|codecs| open.seal(&options, &mut codecs.compressor));
        let sealed = sealed.map_err(|error| too_large(&error))?;
        if sealed.count() == 0 {
            return Ok(Appended {
                base_offset: self.end_offset,
                last_offset: self.end_offset - 1,
                append_time: -1,
                log_start_offset: self.start_offset,
                duplicate: false,
                unpacked: 0,
            });
        }
        check_size(&self.name, sealed.size(), settings)?;
        let batch = Batch::whole(sealed.bytes().clone()).map_err(|error| too_large(&error))?;
        self.append_stamped(now, &batch, leader_epoch, settings)
    }

    /// Appends the marker that ends a transaction. None needs to be open.
    ///
    /// # Errors
    ///
    /// `INVALID_PRODUCER_EPOCH` when a later epoch of the producer was seen, or the same where it should have risen,
    /// `TRANSACTION_COORDINATOR_FENCED` when a later coordinator was, `KAFKA_STORAGE_ERROR`. Nothing was appended.
    pub fn append_marker(
        &mut self,
        now: Now,
        marker: Marker,
        leader_epoch: i32,
        settings: &LogSettings,
    ) -> Result<Appended, AppendError> {
        if let Some(producer) = self.producers.get(&marker.producer_id) {
            producer.check_epoch(&self.name, marker.producer_epoch, self.end_offset)?;
            let is_late = producer.epoch == marker.producer_epoch && producer.transaction_start.is_some();
            if marker.epoch_rises && is_late {
                return Err(AppendError::new(
                    ErrorCode::INVALID_PRODUCER_EPOCH,
                    format!(
                        "a marker of producer {} for {} has the epoch {} of a transaction that is open, not the next one",
                        marker.producer_id, self.name, marker.producer_epoch
                    ),
                ));
            }
            let known = producer.coordinator_epoch;
            if known > marker.coordinator_epoch {
                return Err(AppendError::new(
                    ErrorCode::TRANSACTION_COORDINATOR_FENCED,
                    format!(
                        "coordinator epoch {} of a marker of producer {} for {} is older than the last seen {known}",
                        marker.coordinator_epoch, marker.producer_id, self.name
                    ),
                ));
            }
        }
        let raw = end_marker_batch(&EndMarker {
            committed: marker.committed,
            producer_id: marker.producer_id,
            producer_epoch: marker.producer_epoch,
            coordinator_epoch: marker.coordinator_epoch,
            timestamp: now.timestamp,
            offset: self.end_offset,
            partition_leader_epoch: leader_epoch,
        });
        let unreadable = |error: &dyn std::fmt::Display| AppendError::invalid_record(error.to_string());
        let raw = raw.map_err(|error| unreadable(&error))?;
        let batch = Batch::whole(raw).map_err(|error| unreadable(&error))?;
        let header = *batch.header();
        let head = self.head(&batch, leader_epoch)?;
        self.write(now, &header, head, batch.raw(), settings)?;
        self.note_marker(&header, marker);
        Ok(self.appended(&header))
    }

    /// Appends a batch that needs no checks.
    fn append_stamped(
        &mut self,
        now: Now,
        batch: &Batch,
        leader_epoch: i32,
        settings: &LogSettings,
    ) -> Result<Appended, AppendError> {
        let header = BatchHeader {
            base_offset: self.end_offset,
            partition_leader_epoch: leader_epoch,
            ..*batch.header()
        };
        let head = self.head(batch, leader_epoch)?;
        self.write(now, &header, head, batch.raw(), settings)?;
        self.note_producer(&header);
        Ok(self.appended(&header))
    }

    fn head(&self, batch: &Batch, leader_epoch: i32) -> Result<NewHead, AppendError> {
        let mut head = NewHead::of(batch.raw())
            .ok_or_else(|| AppendError::new(ErrorCode::CORRUPT_MESSAGE, "the record batch is too short"))?;
        head.place(self.end_offset, leader_epoch);
        Ok(head)
    }

    fn appended(&self, header: &BatchHeader) -> Appended {
        Appended {
            base_offset: header.base_offset,
            last_offset: header.last_offset(),
            append_time: -1,
            log_start_offset: self.start_offset,
            duplicate: false,
            unpacked: 0,
        }
    }

    /// Checks epoch, sequence and transaction of an idempotent producer's batch; returns what it is a duplicate of.
    fn check_producer(
        &self,
        header: &BatchHeader,
        verification: Verification,
    ) -> Result<Option<Appended>, AppendError> {
        let unknown = ProducerState::unknown(header.producer_id);
        let producer = self.producers.get(&header.producer_id).unwrap_or(&unknown);
        if let Some(batch) = producer.duplicate_of(header) {
            return Ok(Some(Appended {
                base_offset: batch.first_offset(),
                last_offset: batch.last_offset,
                append_time: batch.timestamp,
                log_start_offset: self.start_offset,
                duplicate: true,
                unpacked: 0,
            }));
        }
        let joins = header.attributes.is_transactional() && producer.transaction_start.is_none();
        if joins && verification == Verification::Missing {
            return Err(AppendError::new(
                ErrorCode::INVALID_TXN_STATE,
                format!(
                    "producer {} wrote to {}, which is not part of a transaction that it has open",
                    header.producer_id, self.name
                ),
            ));
        }
        let begins_late = joins
            && verification == (Verification::Verified { epoch_rises: true })
            && producer.batches().is_empty()
            && header.base_sequence != 0;
        if begins_late {
            return Err(AppendError::new(
                ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER,
                format!(
                    "producer {} sent sequence number {} to {} where nothing of it is known: it must begin with 0",
                    header.producer_id, header.base_sequence, self.name
                ),
            ));
        }
        producer.check(&self.name, header, self.end_offset)?;
        Ok(None)
    }

    /// Writes a batch at the end of the log. The producer's state is the caller's to change, after this.
    fn write(
        &mut self,
        now: Now,
        header: &BatchHeader,
        head: NewHead,
        raw: &[u8],
        settings: &LogSettings,
    ) -> Result<(), AppendError> {
        let rest = raw.get(HEADER_LEN..).unwrap_or_default();
        let head = head.finish(rest);
        let rolls = self.rolls(header, settings);
        if rolls {
            self.segments.push(Segment::new(self.end_offset, now.timestamp));
        }
        let Some(segment) = self.segments.last_mut() else {
            return Ok(());
        };
        let stored = self
            .store
            .append(segment.base_offset, segment.size, &[&head, rest]);
        if let Err(error) = stored {
            // What a later append puts into the segment before would otherwise reach behind the beginning of this one.
            if rolls && self.store.remove(segment.base_offset).is_ok() {
                self.segments.pop();
            }
            return Err(error.into());
        }
        segment.note(header);
        segment.modified = now.timestamp;
        self.epochs
            .note(header.partition_leader_epoch, header.base_offset);
        self.end_offset = header.next_offset();
        Ok(())
    }

    /// Whether a batch begins a new segment.
    fn rolls(&self, header: &BatchHeader, settings: &LogSettings) -> bool {
        let Some(active) = self.segments.last() else {
            return true;
        };
        let size = active.size + u64::try_from(header.size).unwrap_or(u64::MAX);
        let far = header.last_offset() - active.base_offset > i64::from(i32::MAX);
        // Records without a time say nothing of how old the segment is.
        let age = header.max_timestamp.saturating_sub(active.first_timestamp);
        let old = active.first_timestamp >= 0 && age > settings.segment_ms_max();
        active.size > 0 && (size > u64::from(settings.segment_bytes) || far || old)
    }
}
