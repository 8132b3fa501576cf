use std::fmt;

use super::builder::{AppendError, OpenBatch};
use super::reader::Batch;
use super::seal::{SealOptions, SealedBatch};
use crate::compress::{CompressError, Compressor, Decompressor};
use crate::wire::DecodeError;

impl SealedBatch {
    /// Splits the batch into smaller ones of at most `limit` bytes before compression, in order, for a
    /// broker that answered MESSAGE_TOO_LARGE.
    ///
    /// Each has at most half of the records, rounded up, so that more than one record always gives more
    /// than one batch. Sequence numbers run on from batch to batch.
    ///
    /// # Errors
    ///
    /// The codec failed in one of the two directions; see [`SplitError`].
    pub fn split(
        &self,
        limit: usize,
        compressor: &mut Compressor,
        decompressor: &mut Decompressor,
    ) -> Result<Vec<Self>, SplitError> {
        let records = Batch::whole(self.bytes.clone())?.records(decompressor)?;
        let half = self.count.div_ceil(2);
        let mut options = self.options;
        let mut parts = Vec::with_capacity(2);
        let mut open = OpenBatch::new(limit);
        for record in &records {
            let record = record?;
            let append = |open: &mut OpenBatch| {
                open.append(
                    record.timestamp,
                    record.key,
                    record.value,
                    record.headers().iter(),
                )
            };
            if open.count() < half {
                match append(&mut open) {
                    Err(AppendError::Full) => {}
                    Err(error) => return Err(error.into()),
                    Ok(_) => continue,
                }
            }
            parts.push(seal_part(&mut open, &mut options, compressor)?);
            append(&mut open)?;
        }
        parts.push(seal_part(&mut open, &mut options, compressor)?);
        Ok(parts)
    }
}

fn seal_part(
    open: &mut OpenBatch,
    options: &mut SealOptions,
    compressor: &mut Compressor,
) -> Result<SealedBatch, CompressError> {
    let part = open.seal(options, compressor)?;
    options.producer = options.producer.after(part.count());
    Ok(part)
}

/// Why a batch could not be split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// A record does not fit into a batch of its own, although it came out of one.
    Append(AppendError),
    /// A part could not be compressed.
    Compress(CompressError),
    /// The batch's own bytes could not be read.
    Decode(DecodeError),
}

impl From<AppendError> for SplitError {
    fn from(error: AppendError) -> Self {
        Self::Append(error)
    }
}

impl From<CompressError> for SplitError {
    fn from(error: CompressError) -> Self {
        Self::Compress(error)
    }
}

impl From<DecodeError> for SplitError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Append(_) => "cannot append a record of a batch to a part of it",
            Self::Compress(_) => "cannot compress a part of a batch",
            Self::Decode(_) => "cannot read the batch that is to be split",
        })
    }
}

impl std::error::Error for SplitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Append(error) => error,
            Self::Compress(error) => error,
            Self::Decode(error) => error,
        })
    }
}
