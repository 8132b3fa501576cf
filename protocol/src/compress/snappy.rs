//! Snappy in the stream format of xerial's snappy-java, which is what Kafka writes, and raw.

use super::Compression;
use super::compressor::CompressError;
use super::decompressor::{damaged, too_large, truncated};
use crate::wire::DecodeError;

pub(super) struct SnappyEncoder {
    encoder: snap::raw::Encoder,
}

impl Default for SnappyEncoder {
    fn default() -> Self {
        Self {
            encoder: snap::raw::Encoder::new(),
        }
    }
}

impl SnappyEncoder {
    pub(super) fn compress(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<(), CompressError> {
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&VERSIONS);
        for block in input.chunks(BLOCK_LEN) {
            let length_at = out.len();
            let start = length_at + 4;
            out.resize(start + snap::raw::max_compress_len(block.len()), 0);
            let failed = |reason: String| CompressError::Failed {
                codec: Compression::Snappy,
                reason,
            };
            let written = self
                .encoder
                .compress(block, &mut out[start..])
                .map_err(|error| failed(error.to_string()))?;
            let length = u32::try_from(written).map_err(|error| failed(error.to_string()))?;
            out[length_at..start].copy_from_slice(&length.to_be_bytes());
            out.truncate(start + written);
        }
        Ok(())
    }
}

/// Appends the content of `input` to `out`, up to `limit` bytes.
pub(super) fn decompress(input: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), DecodeError> {
    let mut decoder = snap::raw::Decoder::new();
    if !input.starts_with(&MAGIC) {
        return decompress_block(&mut decoder, input, 0, out, limit);
    }
    if input.len() < STREAM_HEADER_LEN {
        return Err(truncated(MAGIC.len(), VERSIONS.len(), input.len() - MAGIC.len()));
    }
    let mut at = STREAM_HEADER_LEN;
    while at < input.len() {
        let rest = &input[at..];
        // Streams may follow one another; a stream's head would be a negative length.
        if rest.starts_with(&MAGIC) && rest.len() >= STREAM_HEADER_LEN {
            at += STREAM_HEADER_LEN;
            continue;
        }
        let Some((length, rest)) = rest.split_first_chunk::<4>() else {
            return Err(truncated(at, 4, rest.len()));
        };
        let length = usize::try_from(i32::from_be_bytes(*length))
            .map_err(|_| damaged(at, "negative length of a snappy block"))?;
        let block = rest
            .get(..length)
            .ok_or_else(|| truncated(at + 4, length, rest.len()))?;
        decompress_block(&mut decoder, block, at + 4, out, limit)?;
        at += 4 + length;
    }
    Ok(())
}

fn decompress_block(
    decoder: &mut snap::raw::Decoder,
    block: &[u8],
    at: usize,
    out: &mut Vec<u8>,
    limit: usize,
) -> Result<(), DecodeError> {
    let claimed = snap::raw::decompress_len(block).map_err(|error| damaged(at, error.to_string()))?;
    if claimed > block.len().saturating_mul(EXPANSION_MAX) {
        return Err(damaged(at, "snappy block claims more than it can hold"));
    }
    let start = out.len();
    if claimed > limit.saturating_sub(start) {
        return Err(too_large(at, limit));
    }
    out.resize(start + claimed, 0);
    decoder
        .decompress(block, &mut out[start..])
        .map_err(|error| damaged(at, error.to_string()))?;
    Ok(())
}

const MAGIC: [u8; 8] = *b"\x82SNAPPY\0";
/// Version 1, readable by version 1.
const VERSIONS: [u8; 8] = [0, 0, 0, 1, 0, 0, 0, 1];
const STREAM_HEADER_LEN: usize = 16;
/// The block of snappy-java, in bytes.
const BLOCK_LEN: usize = 32 << 10;
/// A copy of at most 64 bytes takes three bytes.
const EXPANSION_MAX: usize = 22;
