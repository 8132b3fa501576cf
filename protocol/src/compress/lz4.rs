//! The LZ4 frame format. Blocks are encoded by [`lz4_block`](super::lz4_block) and decoded by a library.

use lz4_flex::block::{DecompressError, decompress_into, decompress_into_with_dict};
use twox_hash::XxHash32;

use super::decompressor::{Lz4Header, damaged, too_large, truncated};
use super::lz4_block::{BLOCK_LEN, BlockEncoder, size_max};
use crate::wire::{DecodeError, DecodeErrorKind};

#[derive(Default)]
pub(super) struct Lz4Encoder {
    blocks: BlockEncoder,
}

impl Lz4Encoder {
    /// The most bytes that `input_len` bytes become, with what encoding may touch behind.
    pub(super) const fn size_max(input_len: usize) -> usize {
        let blocks = input_len.div_ceil(BLOCK_LEN);
        FRAME_HEADER.len() + input_len + blocks * (4 + size_max(BLOCK_LEN) - BLOCK_LEN) + FRAME_END.len()
    }

    /// Writes `input` as one frame into `out`, which has [`Lz4Encoder::size_max`] bytes. Returns how many were written.
    pub(super) fn encode(&mut self, input: &[u8], out: &mut [u8]) -> usize {
        let mut end = FRAME_HEADER.len();
        out[..end].copy_from_slice(&FRAME_HEADER);
        for block in input.chunks(BLOCK_LEN) {
            let start = end + 4;
            let written = self.blocks.encode(block, &mut out[start..]);
            let (length, flag) = if written < block.len() {
                (written, 0)
            } else {
                out[start..start + block.len()].copy_from_slice(block);
                (block.len(), BLOCK_UNCOMPRESSED)
            };
            // A block is at most 64 KiB.
            let size = u32::try_from(length).unwrap_or(0) | flag;
            out[end..start].copy_from_slice(&size.to_le_bytes());
            end = start + length;
        }
        out[end..end + FRAME_END.len()].copy_from_slice(&FRAME_END);
        end + FRAME_END.len()
    }
}

/// Appends the content of every frame of `input` to `out`, up to `limit` bytes.
pub(super) fn decompress(
    header: Lz4Header,
    input: &[u8],
    out: &mut Vec<u8>,
    limit: usize,
) -> Result<(), DecodeError> {
    let mut input = Input { all: input, at: 0 };
    loop {
        let magic = input.u32()?;
        if magic & SKIPPABLE_MASK == SKIPPABLE_MAGIC {
            let length = input.u32()?;
            input.take(usize::try_from(length).unwrap_or(usize::MAX))?;
        } else if magic == MAGIC {
            Frame::read(&mut input, header)?.decompress(&mut input, out, limit)?;
        } else {
            return Err(damaged(input.at - 4, "not an lz4 frame"));
        }
        if input.at == input.all.len() {
            return Ok(());
        }
    }
}

/// What the header of a frame says.
struct Frame {
    block_max: usize,
    linked: bool,
    block_checksum: bool,
    content_checksum: bool,
    content_size: Option<u64>,
}

impl Frame {
    fn read(input: &mut Input<'_>, header: Lz4Header) -> Result<Self, DecodeError> {
        let start = input.at;
        let [flags, sizes] = input.array()?;
        if flags & FLAG_VERSION_MASK != FLAG_VERSION_1 || flags & FLAG_RESERVED != 0 || sizes & 0x8f != 0 {
            return Err(damaged(start, "unknown lz4 frame version or flags"));
        }
        let block_max = match sizes >> 4 {
            code @ 4..=7 => 1 << (8 + 2 * code),
            _ => return Err(damaged(start + 1, "unknown lz4 block size")),
        };
        let content_size = match flags & FLAG_CONTENT_SIZE {
            0 => None,
            _ => Some(u64::from_le_bytes(input.array()?)),
        };
        if flags & FLAG_DICTIONARY != 0 {
            return Err(damaged(start, "lz4 frame needs a dictionary"));
        }
        let described = &input.all[start..input.at];
        let [stored] = input.array()?;
        let [_, computed, ..] = XxHash32::oneshot(0, described).to_le_bytes();
        if header == Lz4Header::Checked && stored != computed {
            return Err(DecodeError::new(
                input.at - 1,
                DecodeErrorKind::BadCrc {
                    stored: stored.into(),
                    computed: computed.into(),
                },
            ));
        }
        Ok(Self {
            block_max,
            linked: flags & FLAG_INDEPENDENT == 0,
            block_checksum: flags & FLAG_BLOCK_CHECKSUM != 0,
            content_checksum: flags & FLAG_CONTENT_CHECKSUM != 0,
            content_size,
        })
    }

    fn decompress(&self, input: &mut Input<'_>, out: &mut Vec<u8>, limit: usize) -> Result<(), DecodeError> {
        let frame_start = out.len();
        loop {
            let size = input.u32()?;
            if size == 0 {
                break;
            }
            let at = input.at;
            let length = usize::try_from(size & !BLOCK_UNCOMPRESSED).unwrap_or(usize::MAX);
            if length > self.block_max {
                return Err(DecodeError::new(
                    at - 4,
                    DecodeErrorKind::BadLength(i64::from(size)),
                ));
            }
            let block = input.take(length)?;
            if self.block_checksum {
                check(input, block)?;
            }
            if size & BLOCK_UNCOMPRESSED != 0 {
                if length > limit.saturating_sub(out.len()) {
                    return Err(too_large(at, limit));
                }
                out.extend_from_slice(block);
            } else {
                self.decompress_block(block, at, frame_start, out, limit)?;
            }
        }
        let content = &out[frame_start..];
        if self.content_size.is_some_and(|size| size != content.len() as u64) {
            return Err(damaged(input.at, "lz4 content size differs from its header"));
        }
        if self.content_checksum {
            check(input, content)?;
        }
        Ok(())
    }

    fn decompress_block(
        &self,
        block: &[u8],
        at: usize,
        frame_start: usize,
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), DecodeError> {
        let start = out.len();
        let left = limit.saturating_sub(start);
        let room = self
            .block_max
            .min(block.len().saturating_mul(EXPANSION_MAX))
            .min(left);
        out.resize(start + room, 0);
        let (before, target) = out.split_at_mut(start);
        let result = if self.linked {
            let window = before.len().saturating_sub(WINDOW_LEN).max(frame_start);
            decompress_into_with_dict(block, target, &before[window..])
        } else {
            decompress_into(block, target)
        };
        match result {
            Ok(written) => {
                out.truncate(start + written);
                Ok(())
            }
            Err(DecompressError::OutputTooSmall { .. }) if room == left => Err(too_large(at, limit)),
            Err(error) => Err(damaged(at, error.to_string())),
        }
    }
}

/// Compares the checksum that comes next with that of `data`.
fn check(input: &mut Input<'_>, data: &[u8]) -> Result<(), DecodeError> {
    let stored = input.u32()?;
    let computed = XxHash32::oneshot(0, data);
    if stored == computed {
        Ok(())
    } else {
        Err(DecodeError::new(
            input.at - 4,
            DecodeErrorKind::BadCrc { stored, computed },
        ))
    }
}

struct Input<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let rest = &self.all[self.at..];
        let taken = rest
            .get(..length)
            .ok_or_else(|| truncated(self.at, length, rest.len()))?;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_le_bytes)
    }
}

const MAGIC: u32 = 0x184d_2204;
const SKIPPABLE_MAGIC: u32 = 0x184d_2a50;
const SKIPPABLE_MASK: u32 = 0xffff_fff0;
const FLAG_VERSION_MASK: u8 = 0xc0;
const FLAG_VERSION_1: u8 = 0x40;
const FLAG_INDEPENDENT: u8 = 0x20;
const FLAG_BLOCK_CHECKSUM: u8 = 0x10;
const FLAG_CONTENT_SIZE: u8 = 0x08;
const FLAG_CONTENT_CHECKSUM: u8 = 0x04;
const FLAG_RESERVED: u8 = 0x02;
const FLAG_DICTIONARY: u8 = 0x01;
/// Set in a block's size when the block holds its content as it is.
const BLOCK_UNCOMPRESSED: u32 = 1 << 31;
/// Independent blocks of at most 64 KiB, no checksums: the batch has its own. Ends in the header's checksum.
const FRAME_HEADER: [u8; 7] = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
/// What stands in place of another block's size.
const FRAME_END: [u8; 4] = [0; 4];
/// How far back a match may reach.
const WINDOW_LEN: usize = 64 << 10;
/// A length byte stands for at most 255 bytes.
const EXPANSION_MAX: usize = 255;
