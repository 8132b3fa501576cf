//! Zstandard frames by the C library (feature `zstd-c`).

use std::io::Read;

use ::zstd::bulk::Compressor;
use ::zstd::stream::read::Decoder;

use super::Compression;
use super::compressor::CompressError;
use super::decompressor::{damaged, too_large};
use crate::wire::DecodeError;

#[derive(Default)]
pub(super) struct ZstdEncoder {
    /// The level that the context is set to, and the context.
    context: Option<(i32, Compressor<'static>)>,
}

impl ZstdEncoder {
    pub(super) fn compress(
        &mut self,
        level: i32,
        input: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), CompressError> {
        let failed = |error: std::io::Error| CompressError::Failed {
            codec: Compression::Zstd,
            reason: error.to_string(),
        };
        let context = match &mut self.context {
            Some((set, context)) if *set == level => context,
            stale => {
                let context = Compressor::new(level).map_err(failed)?;
                &mut stale.insert((level, context)).1
            }
        };
        let compressed = context.compress(input).map_err(failed)?;
        out.extend_from_slice(&compressed);
        Ok(())
    }
}

#[derive(Default)]
pub(super) struct ZstdDecoder;

impl ZstdDecoder {
    /// Appends the content of every frame of `input` to `out`, up to `limit` bytes.
    pub(super) fn decompress(
        &self,
        input: &[u8],
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), DecodeError> {
        let refused = |error: std::io::Error| damaged(0, error.to_string());
        let mut decoder = Decoder::with_buffer(input).map_err(refused)?;
        // A window larger than the limit would only be allocated to be refused later.
        let window_log = limit
            .max(1)
            .ilog2()
            .saturating_add(1)
            .clamp(WINDOW_LOG_MIN, WINDOW_LOG_MAX);
        decoder.window_log_max(window_log).map_err(refused)?;
        // One byte past the limit tells output that ends there from output that goes on.
        let cap = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        decoder.take(cap).read_to_end(out).map_err(refused)?;
        if out.len() > limit {
            return Err(too_large(0, limit));
        }
        Ok(())
    }
}

/// The window of the highest level for inputs of a few blocks; smaller ones are not worth a refusal.
const WINDOW_LOG_MIN: u32 = 23;
/// 128 MiB, the library's own bound.
const WINDOW_LOG_MAX: u32 = 27;
