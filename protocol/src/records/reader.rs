use bytes::Bytes;

use super::header::{
    ATTRIBUTES_AT, BATCH_LENGTH_AT, BatchHeader, HEADER_LEN, MAGIC_AT, MESSAGE, PREFIX_LEN, TimestampType,
    bad, invalid_length,
};
use super::legacy;
use super::record::{Form, Records};
use crate::compress::{Compression, Decompressor, Lz4Header};
use crate::wire::{DecodeError, DecodeErrorKind};

/// Iterates over the batches of a partition in an answer to Fetch, of any magic and mixed.
///
/// The last batch may be cut short, because brokers cut answers at a byte limit: it is left out, and
/// [`Batches::cut`] says how many bytes it needs. A batch that cannot be read ends the iteration with
/// an error.
#[derive(Clone, Debug)]
pub struct Batches {
    fetched: Bytes,
    at: usize,
    failed: bool,
}

impl Batches {
    /// The batches in `fetched`, the records field of one partition.
    pub fn new(fetched: Bytes) -> Self {
        Self {
            fetched,
            at: 0,
            failed: false,
        }
    }

    /// Position of the next batch from the start of what was fetched, in bytes.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Bytes not iterated yet.
    pub fn remaining(&self) -> usize {
        self.fetched.len() - self.at
    }

    /// Where the next batch is cut short, the bytes it has as a whole, as far as those that are there tell.
    pub fn cut(&self) -> Option<usize> {
        let rest = self.rest();
        match self.next_size() {
            Ok(None) if !rest.is_empty() => Some(match size_field(rest) {
                Some(size) => PREFIX_LEN.saturating_add(usize::try_from(size).unwrap_or(0)),
                None => HEADER_LEN,
            }),
            _ => None,
        }
    }

    fn rest(&self) -> &[u8] {
        &self.fetched[self.at..]
    }

    /// The size of the next batch, `None` when it is not there as a whole.
    fn next_size(&self) -> Result<Option<usize>, DecodeError> {
        let rest = self.rest();
        let (Some(length), Some(&magic)) = (size_field(rest), rest.get(MAGIC_AT)) else {
            return Ok(None);
        };
        let length_min = match magic {
            0 => legacy::SIZE_MIN_V0,
            1 => legacy::SIZE_MIN_V1,
            2 => HEADER_LEN - PREFIX_LEN,
            magic => {
                let kind = DecodeErrorKind::BadMagic(magic.cast_signed());
                return Err(bad("magic", MAGIC_AT, kind));
            }
        };
        match usize::try_from(length) {
            Ok(length) if length >= length_min => {
                Ok((rest.len() - PREFIX_LEN >= length).then_some(PREFIX_LEN + length))
            }
            _ => {
                let kind = DecodeErrorKind::BadLength(length.into());
                Err(bad("batch_length", BATCH_LENGTH_AT, kind))
            }
        }
    }

    fn read_next(&mut self) -> Result<Option<Batch>, DecodeError> {
        let at = self.at;
        let Some(size) = self.next_size()? else {
            return Ok(None);
        };
        let batch = Batch::read(self.fetched.slice(at..at + size), at)?;
        self.at += size;
        Ok(Some(batch))
    }
}

impl Iterator for Batches {
    type Item = Result<Batch, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let at = self.at;
        let next = self.read_next().map_err(|error| error.offset_by(at));
        self.failed = next.is_err();
        next.transpose()
    }
}

impl std::iter::FusedIterator for Batches {}

fn size_field(batch: &[u8]) -> Option<i32> {
    let field = batch.get(BATCH_LENGTH_AT..PREFIX_LEN)?;
    field.first_chunk().map(|bytes| i32::from_be_bytes(*bytes))
}

/// A batch as it was fetched: its header read, its records not.
#[derive(Clone, Debug)]
pub struct Batch {
    raw: Bytes,
    at: usize,
    header: BatchHeader,
}

impl Batch {
    /// Reads a batch that is all of `raw`.
    ///
    /// # Errors
    ///
    /// It is not one whole batch.
    pub fn whole(raw: Bytes) -> Result<Self, DecodeError> {
        let length = raw.len();
        let mut batches = Batches::new(raw);
        match batches.next().transpose()? {
            Some(batch) if batches.remaining() == 0 => Ok(batch),
            Some(_) => Err(DecodeError::new(
                batches.position(),
                DecodeErrorKind::Trailing(batches.remaining()),
            )
            .of(MESSAGE)),
            None => Err(DecodeError::new(
                0,
                DecodeErrorKind::Truncated {
                    needed: batches.cut().unwrap_or(HEADER_LEN),
                    remaining: length,
                },
            )
            .of(MESSAGE)),
        }
    }

    fn read(raw: Bytes, at: usize) -> Result<Self, DecodeError> {
        let header = match raw.get(MAGIC_AT) {
            Some(2) => BatchHeader::read(&raw)?,
            _ => legacy::read_header(&raw)?,
        };
        Ok(Self { raw, at, header })
    }

    /// The header.
    pub fn header(&self) -> &BatchHeader {
        &self.header
    }

    /// Position of the batch from the start of what was fetched, in bytes.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The batch's bytes, as they were fetched.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Compares the checksum with the bytes (`check.crcs`).
    ///
    /// # Errors
    ///
    /// They differ. The batch can be left out by going on at [`BatchHeader::next_offset`], if that can be believed.
    pub fn verify(&self) -> Result<(), DecodeError> {
        let (field, covered_at, computed) = if self.header.magic == 2 {
            (
                "crc",
                ATTRIBUTES_AT,
                super::crc32c(self.raw.get(ATTRIBUTES_AT..).unwrap_or_default()),
            )
        } else {
            (
                "crc",
                MAGIC_AT,
                super::crc32(self.raw.get(MAGIC_AT..).unwrap_or_default()),
            )
        };
        if computed == self.header.crc {
            return Ok(());
        }
        let stored = self.header.crc;
        let kind = DecodeErrorKind::BadCrc { stored, computed };
        Err(bad(field, covered_at - 4, kind).offset_by(self.at))
    }

    /// The records, decompressed if they are compressed: then this is the one allocation.
    ///
    /// The checksum is not looked at; see [`Batch::verify`].
    ///
    /// # Errors
    ///
    /// The codec is unknown or not in this build, the data is damaged, or larger than the decompressor's limit.
    pub fn records(&self, decompressor: &mut Decompressor) -> Result<Records, DecodeError> {
        if self.header.magic != 2 {
            return self
                .messages(decompressor)
                .map_err(|error| error.offset_by(self.at));
        }
        let count = self.header.count.unwrap_or(0);
        let packed = self.raw.slice(HEADER_LEN..);
        let (payload, origin) = match self.codec().map_err(|error| error.offset_by(self.at))? {
            Compression::None => (packed, self.at + HEADER_LEN),
            // Compaction may leave nothing to decompress.
            _ if packed.is_empty() && count == 0 => (packed, 0),
            codec => {
                let payload = decompressor
                    .decompress(codec, Lz4Header::Checked, &packed)
                    .map_err(|error| self.in_records(error, HEADER_LEN))?;
                (payload, 0)
            }
        };
        // Every record has a byte at least, so that no count makes a loop longer than the data.
        if usize::try_from(count).map_or(true, |count| count > payload.len()) {
            return Err(
                invalid_length("count", HEADER_LEN - 4, count.try_into().unwrap_or(usize::MAX))
                    .offset_by(self.at),
            );
        }
        Ok(Records {
            payload,
            origin,
            form: Form::Compact,
            base_offset: self.header.base_offset,
            last_offset: self.header.last_offset(),
            base_timestamp: self.header.base_timestamp,
            append_time: self.append_time(),
            count,
        })
    }

    /// The records of a message of magic 0 or 1: itself, or those it wraps. Positions are relative to the message.
    fn messages(&self, decompressor: &mut Decompressor) -> Result<Records, DecodeError> {
        let message = Records {
            payload: self.raw.clone(),
            origin: self.at,
            form: Form::Messages,
            base_offset: 0,
            last_offset: self.header.base_offset,
            base_timestamp: 0,
            append_time: self.append_time(),
            count: 1,
        };
        let codec = match self.codec()? {
            Compression::None => return Ok(message),
            codec => codec,
        };
        let wrapped = legacy::unwrap(&self.header, &self.raw, codec, decompressor)?;
        Ok(Records {
            payload: wrapped.set,
            origin: 0,
            base_offset: wrapped.base_offset,
            last_offset: wrapped.last_offset,
            count: wrapped.count,
            ..message
        })
    }

    /// The codec, or the error that names it, positioned from the start of the batch.
    fn codec(&self) -> Result<Compression, DecodeError> {
        let id = self.header.attributes.codec_id();
        Compression::from_id(id)
            .ok_or_else(|| bad("attributes", ATTRIBUTES_AT, DecodeErrorKind::UnsupportedCodec(id)))
    }

    fn append_time(&self) -> Option<i64> {
        match self.header.attributes.timestamp_type() {
            TimestampType::CreateTime => None,
            TimestampType::LogAppendTime => Some(self.header.max_timestamp),
        }
    }

    #[cold]
    fn in_records(&self, error: DecodeError, at: usize) -> DecodeError {
        error.offset_by(self.at + at).within("records").of(MESSAGE)
    }
}
