use std::fmt;

use bytes::Bytes;

use super::Compression;
use crate::wire::{DecodeError, DecodeErrorKind};

/// The limit of a [`Decompressor`] that was given none, in bytes: 128 MiB.
///
/// A broker takes batches of 1 MiB by default (`message.max.bytes`), and text compresses by
/// less than a hundred times.
pub const DECOMPRESSED_MAX_DEFAULT: usize = 128 << 20;

/// Decompresses batch after batch, keeping the codecs' tables between them.
///
/// One call gives at most [`Decompressor::limit`] bytes: a compression bomb is an error, not an
/// allocation. Output grows as it is produced, whatever size the data claims to have.
pub struct Decompressor {
    limit: usize,
    /// A buffer that came back.
    spare: Vec<u8>,
    #[cfg(feature = "gzip")]
    gzip: Option<super::gzip::GzipDecoder>,
    #[cfg(feature = "zstd")]
    zstd: Option<super::zstd::ZstdDecoder>,
}

/// How strictly the header checksum of an lz4 frame is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lz4Header {
    /// The checksum must be right.
    Checked,
    /// It is not looked at: clients before 0.10 computed it over the wrong bytes in messages of magic 0.
    Legacy,
}

impl Default for Decompressor {
    fn default() -> Self {
        Self::new(DECOMPRESSED_MAX_DEFAULT)
    }
}

impl Decompressor {
    /// A decompressor whose calls give at most `limit` bytes each.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            spare: Vec::new(),
            #[cfg(feature = "gzip")]
            gzip: None,
            #[cfg(feature = "zstd")]
            zstd: None,
        }
    }

    /// The most bytes that one call gives.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Changes the most bytes that one call gives.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes back a buffer that [`Decompressor::decompress`] gave, to be used again.
    ///
    /// Does nothing when somebody else still holds a part of it, or when it is larger than 8 MiB.
    pub fn recycle(&mut self, buffer: Bytes) {
        if let Ok(unique) = buffer.try_into_mut() {
            let buffer = Vec::from(unique);
            if (self.spare.capacity()..=SPARE_MAX).contains(&buffer.capacity()) {
                self.spare = buffer;
            }
        }
    }

    /// Decompresses all of `input`.
    ///
    /// # Errors
    ///
    /// The data is damaged or cut short, larger than the limit, or its codec is not in this build.
    /// Positions are in bytes from the start of `input`.
    pub fn decompress(
        &mut self,
        codec: Compression,
        lz4: Lz4Header,
        input: &[u8],
    ) -> Result<Bytes, DecodeError> {
        let mut out = std::mem::take(&mut self.spare);
        out.clear();
        // Text compresses by about four; less is right soon enough, more was never touched.
        out.reserve(input.len().saturating_mul(4).min(self.limit));
        match self.decompress_into(codec, lz4, input, &mut out) {
            Ok(()) => Ok(Bytes::from(out)),
            Err(error) => {
                self.spare = out;
                Err(error)
            }
        }
    }

    #[cfg_attr(
        not(any(feature = "gzip", feature = "zstd")),
        allow(clippy::needless_pass_by_ref_mut, reason = "the other codecs keep no state")
    )]
    fn decompress_into(
        &mut self,
        codec: Compression,
        lz4: Lz4Header,
        input: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), DecodeError> {
        #[cfg(not(feature = "lz4"))]
        let _ = lz4;
        match codec {
            Compression::None => {
                if input.len() > self.limit {
                    return Err(too_large(0, self.limit));
                }
                out.extend_from_slice(input);
                Ok(())
            }
            #[cfg(feature = "gzip")]
            Compression::Gzip => self
                .gzip
                .get_or_insert_default()
                .decompress(input, out, self.limit),
            #[cfg(feature = "snappy")]
            Compression::Snappy => super::snappy::decompress(input, out, self.limit),
            #[cfg(feature = "lz4")]
            Compression::Lz4 => super::lz4::decompress(lz4, input, out, self.limit),
            #[cfg(feature = "zstd")]
            Compression::Zstd => self
                .zstd
                .get_or_insert_default()
                .decompress(input, out, self.limit),
            #[allow(unreachable_patterns, reason = "reached when a codec's feature is off")]
            codec => Err(DecodeError::new(0, DecodeErrorKind::UnsupportedCodec(codec.id()))),
        }
    }
}

impl fmt::Debug for Decompressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decompressor")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// The largest buffer that is kept for the next call, in bytes.
const SPARE_MAX: usize = 8 << 20;

/// The error of output that does not fit the limit.
#[cold]
pub(super) fn too_large(at: usize, limit: usize) -> DecodeError {
    DecodeError::new(at, DecodeErrorKind::TooLarge { cap: limit })
}

/// The error of data that a codec refuses.
#[cfg(any(feature = "gzip", feature = "lz4", feature = "snappy", feature = "zstd"))]
#[cold]
pub(super) fn damaged(at: usize, reason: impl Into<String>) -> DecodeError {
    DecodeError::new(at, DecodeErrorKind::Decompress(reason.into()))
}

/// The error of data that ends too early.
#[cfg(any(feature = "gzip", feature = "lz4", feature = "snappy"))]
#[cold]
pub(super) fn truncated(at: usize, needed: usize, remaining: usize) -> DecodeError {
    DecodeError::new(at, DecodeErrorKind::Truncated { needed, remaining })
}
