use bytes::{Bytes, BytesMut};

use super::builder::OpenBatch;
use super::header::{
    Attributes, BASE_SEQUENCE_AT, BatchHeader, HEADER_LEN, NO_PRODUCER_ID, NO_SEQUENCE, PREFIX_LEN,
    PRODUCER_EPOCH_AT, PRODUCER_ID_AT, TimestampType, put, seal_crc,
};
use crate::compress::{CompressError, Compression, Compressor};

/// How a batch is sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SealOptions {
    /// The codec. A batch that it does not make smaller stays as it is.
    pub compression: Compression,
    /// The codec's level; `None` is its default.
    pub level: Option<i32>,
    /// Who writes the batch.
    pub producer: ProducerStamp,
    /// Whether the records belong to a transaction of that producer.
    pub transactional: bool,
    /// What the timestamps say. Producers write [`TimestampType::CreateTime`]; a broker changes it.
    pub timestamp_type: TimestampType,
}

/// What makes a batch idempotent (KIP-98): under its checksum, fixed once it may have been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProducerStamp {
    /// The producer's id; -1 for none.
    pub producer_id: i64,
    /// The producer's epoch; -1 for none.
    pub epoch: i16,
    /// Sequence number of the first record; -1 for none. After 2³¹-1 comes 0.
    pub base_sequence: i32,
}

impl Default for ProducerStamp {
    /// No idempotent producer.
    fn default() -> Self {
        Self {
            producer_id: NO_PRODUCER_ID,
            epoch: -1,
            base_sequence: NO_SEQUENCE,
        }
    }
}

impl ProducerStamp {
    /// The stamp of the batch that follows one of `count` records.
    #[must_use]
    pub fn after(self, count: u32) -> Self {
        if self.base_sequence < 0 {
            return self;
        }
        let sequence = (self.base_sequence.cast_unsigned().wrapping_add(count)) & i32::MAX.cast_unsigned();
        Self {
            base_sequence: sequence.cast_signed(),
            ..self
        }
    }
}

/// A batch in its final bytes.
///
/// Sending clones a reference to them, so a retry is the same bytes.
#[derive(Clone, Debug)]
pub struct SealedBatch {
    pub(super) bytes: Bytes,
    pub(super) options: SealOptions,
    pub(super) count: u32,
    uncompressed_size: usize,
    max_timestamp: i64,
}

impl OpenBatch {
    /// Compresses the records, fills in the header, and computes the checksum.
    ///
    /// Afterwards this batch is empty and can be filled again; it keeps a buffer when the sealed batch
    /// needed another one. An empty batch gives a batch of no records, which no broker takes.
    ///
    /// # Errors
    ///
    /// The codec is not in this build, or failed; the batch is unchanged.
    pub fn seal(
        &mut self,
        options: &SealOptions,
        compressor: &mut Compressor,
    ) -> Result<SealedBatch, CompressError> {
        let mut options = *options;
        let (count, base_timestamp, max_timestamp) = (self.count, self.base_timestamp, self.max_timestamp);
        let written = self.written();
        let uncompressed_size = written.len();
        let mut batch = if options.compression == Compression::None {
            self.take(Vec::new())
        } else {
            let records = written.get(HEADER_LEN..).unwrap_or_default();
            match compressor.pack(options.compression, options.level, records, HEADER_LEN)? {
                Some(packed) => {
                    *self = Self::with_buffer(self.limit(), self.take(Vec::new()));
                    packed
                }
                None => {
                    options.compression = Compression::None;
                    self.take(Vec::new())
                }
            }
        };
        let mut attributes = Attributes::new(options.compression, options.timestamp_type);
        if options.transactional {
            attributes = attributes.transactional();
        }
        let header = BatchHeader {
            base_offset: 0,
            size: batch.len(),
            partition_leader_epoch: -1,
            magic: 2,
            crc: 0,
            attributes,
            last_offset_delta: count.saturating_sub(1).cast_signed(),
            base_timestamp,
            max_timestamp,
            producer_id: options.producer.producer_id,
            producer_epoch: options.producer.epoch,
            base_sequence: options.producer.base_sequence,
            count: Some(count),
        };
        write_header(&mut batch, &header);
        Ok(SealedBatch {
            bytes: Bytes::from(batch),
            options,
            count,
            uncompressed_size,
            max_timestamp,
        })
    }
}

/// Fills in the header of `batch` and its checksum. The builder keeps batches below 2 GiB.
pub(super) fn write_header(batch: &mut [u8], header: &BatchHeader) {
    let length = i32::try_from(batch.len().saturating_sub(PREFIX_LEN)).unwrap_or(i32::MAX);
    if let Some(head) = batch.first_chunk_mut::<HEADER_LEN>() {
        header.write(head, length);
    }
    seal_crc(batch);
}

impl SealedBatch {
    /// The batch as it goes into a Produce request.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Bytes on the wire.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Bytes before compression, header included.
    pub fn uncompressed_size(&self) -> usize {
        self.uncompressed_size
    }

    /// How many records there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The codec in use: none where the one asked for would have made the batch larger.
    pub fn compression(&self) -> Compression {
        self.options.compression
    }

    /// Who writes the batch.
    pub fn producer(&self) -> ProducerStamp {
        self.options.producer
    }

    /// Whether the records belong to a transaction.
    pub fn is_transactional(&self) -> bool {
        self.options.transactional
    }

    /// The largest timestamp, in milliseconds.
    pub fn max_timestamp(&self) -> i64 {
        self.max_timestamp
    }

    /// Changes the producer's id, epoch and sequence: for a batch that was sealed before they were known,
    /// or that is certain not to have been written under the old ones.
    ///
    /// Costs a pass of the checksum, and a copy where the bytes are still being sent.
    pub fn restamp(&mut self, producer: ProducerStamp) {
        let mut batch = match std::mem::take(&mut self.bytes).try_into_mut() {
            Ok(unique) => unique,
            Err(shared) => BytesMut::from(&shared[..]),
        };
        if let Some(head) = batch.first_chunk_mut::<HEADER_LEN>() {
            put(head, PRODUCER_ID_AT, producer.producer_id.to_be_bytes());
            put(head, PRODUCER_EPOCH_AT, producer.epoch.to_be_bytes());
            put(head, BASE_SEQUENCE_AT, producer.base_sequence.to_be_bytes());
        }
        seal_crc(&mut batch);
        self.options.producer = producer;
        self.bytes = batch.freeze();
    }

    /// Gives the buffer back for [`OpenBatch::with_buffer`], unless the bytes are still being sent.
    pub fn into_buffer(self) -> Option<Vec<u8>> {
        self.bytes.try_into_mut().ok().map(Vec::from)
    }
}
