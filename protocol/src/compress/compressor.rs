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

    /// Compresses `input` into a buffer of just the size, with `front` zeros before it; `None` when it becomes no
    /// smaller. A batch may wait long, and codecs want room for the worst case.
    ///
    /// # Errors
    ///
    /// As [`Compressor::compress`].
    pub(crate) fn pack(
        &mut self,
        codec: Compression,
        level: Option<i32>,
        input: &[u8],
        front: usize,
    ) -> Result<Option<Vec<u8>>, CompressError> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let result = self.compress_over(codec, level, input, &mut scratch);
        let packed = result.map(|len| {
            (len < input.len()).then(|| {
                let mut packed = Vec::with_capacity(front + len);
                packed.resize(front, 0);
                packed.extend_from_slice(&scratch[..len]);
                packed
            })
        });
        // Not kept when one large batch made it larger than others need.
        if scratch.capacity() <= SCRATCH_MAX {
            self.scratch = scratch;
        }
        packed
    }

    /// Compresses `input` into the first bytes of `scratch`, whatever is there, and returns how many they are.
    fn compress_over(
        &mut self,
        codec: Compression,
        level: Option<i32>,
        input: &[u8],
        scratch: &mut Vec<u8>,
    ) -> Result<usize, CompressError> {
        #[cfg(feature = "lz4")]
        if codec == Compression::Lz4 {
            // Left as long as it is from batch to batch: filling it with zeros each time would be a pass of its own.
            let size_max = super::lz4::Lz4Encoder::size_max(input.len());
            scratch.resize(scratch.len().max(size_max), 0);
            return Ok(self.lz4.get_or_insert_default().encode(input, scratch));
        }
        scratch.clear();
        self.compress(codec, level, input, scratch)?;
        Ok(scratch.len())
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
            Compression::Lz4 => {
                let start = out.len();
                out.resize(start + super::lz4::Lz4Encoder::size_max(input.len()), 0);
                let written = self.lz4.get_or_insert_default().encode(input, &mut out[start..]);
                out.truncate(start + written);
                Ok(())
            }
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
