//! Gzip (RFC 1952) around the deflate of a library.

use flate2::{Compress, Decompress, FlushCompress, FlushDecompress, Status};

use super::Compression;
use super::compressor::CompressError;
use super::decompressor::{damaged, too_large, truncated};
use crate::wire::{DecodeError, DecodeErrorKind};

pub(super) struct GzipEncoder {
    deflate: Compress,
    level: i32,
}

impl GzipEncoder {
    pub(super) fn new(level: i32) -> Self {
        Self {
            deflate: Compress::new_gzip(deflate_level(level), WINDOW_BITS),
            level,
        }
    }

    pub(super) fn compress(
        &mut self,
        level: i32,
        input: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), CompressError> {
        if self.level == level {
            self.deflate.reset();
        } else {
            *self = Self::new(level);
        }
        let mut rest = input;
        loop {
            out.reserve((rest.len() / 2).max(1024));
            let before = self.deflate.total_in();
            let status = self
                .deflate
                .compress_vec(rest, out, FlushCompress::Finish)
                .map_err(|error| CompressError::Failed {
                    codec: Compression::Gzip,
                    reason: error.to_string(),
                })?;
            if status == Status::StreamEnd {
                return Ok(());
            }
            let taken = usize::try_from(self.deflate.total_in() - before).unwrap_or(rest.len());
            rest = rest.get(taken..).unwrap_or_default();
        }
    }
}

fn deflate_level(level: i32) -> flate2::Compression {
    flate2::Compression::new(u32::try_from(level).unwrap_or(6).min(9))
}

pub(super) struct GzipDecoder {
    inflate: Decompress,
}

impl Default for GzipDecoder {
    fn default() -> Self {
        Self {
            inflate: Decompress::new(false),
        }
    }
}

impl GzipDecoder {
    /// Appends the content of every member of `input` to `out`, up to `limit` bytes.
    pub(super) fn decompress(
        &mut self,
        input: &[u8],
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), DecodeError> {
        let mut at = 0;
        loop {
            at = skip_header(input, at)?;
            let start = out.len();
            at = self.inflate_body(input, at, out, limit)?;
            let trailer = input
                .get(at..)
                .and_then(|rest| rest.first_chunk::<TRAILER_LEN>())
                .ok_or_else(|| truncated(at, TRAILER_LEN, input.len() - at))?;
            let [c0, c1, c2, c3, l0, l1, l2, l3] = *trailer;
            let stored = u32::from_le_bytes([c0, c1, c2, c3]);
            let content = &out[start..];
            let computed = crate::records::crc32(content);
            if stored != computed {
                return Err(DecodeError::new(at, DecodeErrorKind::BadCrc { stored, computed }));
            }
            let length = u32::from_le_bytes([l0, l1, l2, l3]);
            if u64::from(length) != (content.len() as u64 & u64::from(u32::MAX)) {
                return Err(damaged(at + 4, "gzip content length differs from its trailer"));
            }
            at += TRAILER_LEN;
            if at == input.len() {
                return Ok(());
            }
        }
    }

    fn inflate_body(
        &mut self,
        input: &[u8],
        start: usize,
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<usize, DecodeError> {
        self.inflate.reset(false);
        let mut at = start;
        loop {
            if out.len() > limit {
                return Err(too_large(at, limit));
            }
            if out.len() == out.capacity() {
                // One byte past the limit tells output that ends there from output that goes on.
                let room = limit.saturating_add(1) - out.len();
                out.reserve_exact(out.len().max(GROWTH_MIN).min(room));
            }
            let before = (self.inflate.total_in(), self.inflate.total_out());
            let rest = input.get(at..).unwrap_or_default();
            let status = self
                .inflate
                .decompress_vec(rest, out, FlushDecompress::None)
                .map_err(|error| damaged(at, error.to_string()))?;
            let after = (self.inflate.total_in(), self.inflate.total_out());
            at += usize::try_from(after.0 - before.0).unwrap_or(0);
            match status {
                Status::StreamEnd if out.len() > limit => return Err(too_large(at, limit)),
                Status::StreamEnd => return Ok(at),
                Status::Ok | Status::BufError if before == after && out.len() < out.capacity() => {
                    return Err(truncated(at, 1, 0));
                }
                Status::Ok | Status::BufError => {}
            }
        }
    }
}

/// Where the deflated body of the member at `at` begins.
fn skip_header(input: &[u8], at: usize) -> Result<usize, DecodeError> {
    let rest = input.get(at..).unwrap_or_default();
    let Some(&[id1, id2, method, flags, ..]) = rest.first_chunk::<HEADER_LEN>() else {
        return Err(truncated(at, HEADER_LEN, rest.len()));
    };
    if [id1, id2] != [0x1f, 0x8b] {
        return Err(damaged(at, "not a gzip member"));
    }
    if method != 8 || flags & FLAGS_RESERVED != 0 {
        return Err(damaged(at, "unknown gzip method or flags"));
    }
    let mut at = at + HEADER_LEN;
    if flags & FLAG_EXTRA != 0 {
        let length = input
            .get(at..)
            .and_then(|rest| rest.first_chunk::<2>())
            .ok_or_else(|| truncated(at, 2, input.len().saturating_sub(at)))?;
        at += 2 + usize::from(u16::from_le_bytes(*length));
    }
    for flag in [FLAG_NAME, FLAG_COMMENT] {
        if flags & flag != 0 {
            let rest = input.get(at..).unwrap_or_default();
            let end = rest.iter().position(|byte| *byte == 0);
            at += end.ok_or_else(|| truncated(at, rest.len() + 1, rest.len()))? + 1;
        }
    }
    if flags & FLAG_HEADER_CRC != 0 {
        at += 2;
    }
    if at > input.len() {
        return Err(truncated(input.len(), at - input.len(), 0));
    }
    Ok(at)
}

const WINDOW_BITS: u8 = 15;
const HEADER_LEN: usize = 10;
const TRAILER_LEN: usize = 8;
const FLAG_HEADER_CRC: u8 = 2;
const FLAG_EXTRA: u8 = 4;
const FLAG_NAME: u8 = 8;
const FLAG_COMMENT: u8 = 16;
const FLAGS_RESERVED: u8 = 0xe0;
/// The least by which output grows, in bytes.
const GROWTH_MIN: usize = 4096;
