use std::fmt;

use super::Compression;

/// Compresses batch after batch, keeping the codecs' tables between them.
///
/// Each codec's state is made when it is first used. One compressor serves one thread at a time.
#[derive(Default)]
pub struct Compressor {
    /// Where the output of one call is put together.
    scratch: Vec<u8>,
    #[cfg(feature = "gzip")]
    gzip: Option<super::gzip::GzipEncoder>,
    #[cfg(feature = "lz4")]
    lz4: Option<super::lz4::Lz4Encoder>,
    #[cfg(feature = "snappy")]
    snappy: Option<super::snappy::SnappyEncoder>,
    #[cfg(feature = "zstd")]
    zstd: Option<super::zstd::ZstdEncoder>,
}

impl Compressor {
    /// A compressor without state yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty buffer, to be given back.
    pub(crate) fn take_scratch(&mut self) -> Vec<u8> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch
    }

    /// Takes the buffer back, unless one large batch made it larger than others need.
    pub(crate) fn give_scratch(&mut self, scratch: Vec<u8>) {
        if scratch.capacity() <= SCRATCH_MAX {
            self.scratch = scratch;
        }
    }

    /// Appends `input`, compressed by `codec`, to `out`.
    ///
    /// `level` is brought into [`Compression::levels`]; `None` is [`Compression::default_level`].
    ///
    /// # Errors
    ///
    /// The codec's feature is off, or the codec failed; `out` may then hold a part of the output.
    pub fn compress(
        &mut self,
        codec: Compression,
        level: Option<i32>,
        input: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), CompressError> {
        #[cfg(any(feature = "gzip", feature = "zstd"))]
        let level = match (codec.levels(), level.or_else(|| codec.default_level())) {
            (Some(levels), Some(level)) => level.clamp(*levels.start(), *levels.end()),
            _ => 0,
        };
        #[cfg(not(any(feature = "gzip", feature = "zstd")))]
        let _ = level;
        match codec {
            Compression::None => {
                out.extend_from_slice(input);
                Ok(())
            }
            #[cfg(feature = "gzip")]
            Compression::Gzip => self
                .gzip
                .get_or_insert_with(|| super::gzip::GzipEncoder::new(level))
                .compress(level, input, out),
            #[cfg(feature = "snappy")]
            Compression::Snappy => self.snappy.get_or_insert_default().compress(input, out),
            #[cfg(feature = "lz4")]
            Compression::Lz4 => self.lz4.get_or_insert_default().compress(input, out),
            #[cfg(feature = "zstd")]
            Compression::Zstd => self.zstd.get_or_insert_default().compress(level, input, out),
            #[allow(unreachable_patterns, reason = "reached when a codec's feature is off")]
            codec => Err(CompressError::Unavailable(codec)),
        }
    }
}

impl fmt::Debug for Compressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compressor").finish_non_exhaustive()
    }
}

/// Why records could not be compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompressError {
    /// The codec refused its input.
    Failed {
        /// The codec.
        codec: Compression,
        /// Its own words.
        reason: String,
    },
    /// The codec's feature is switched off in this build.
    Unavailable(Compression),
}

impl fmt::Display for CompressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { codec, reason } => write!(f, "cannot compress with {codec}: {reason}"),
            Self::Unavailable(codec) => {
                write!(
                    f,
                    "compression {codec} is not in this build: enable the feature `{codec}`"
                )
            }
        }
    }
}

impl std::error::Error for CompressError {}

/// The largest buffer that is kept between calls, in bytes.
const SCRATCH_MAX: usize = 2 << 20;
