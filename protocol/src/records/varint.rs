//! Varints on plain slices: what the readers and writers of single records run on.

use crate::wire::{zigzag, zigzag64};

/// An unsigned varint of at most five bytes; `None` when it is cut short or too long.
#[inline(always)]
fn read_u32(input: &mut &[u8]) -> Option<u32> {
    match *input {
        [a, rest @ ..] if *a < 0x80 => {
            *input = rest;
            Some(u32::from(*a))
        }
        [a, b, rest @ ..] if *b < 0x80 => {
            *input = rest;
            Some(u32::from(*a & 0x7f) | u32::from(*b) << 7)
        }
        _ => u32::try_from(read_long(input, 5)?).ok(),
    }
}

/// A signed varint.
#[inline(always)]
pub(super) fn read_i32(input: &mut &[u8]) -> Option<i32> {
    let raw = read_u32(input)?;
    Some((raw >> 1).cast_signed() ^ -(raw & 1).cast_signed())
}

/// A signed varlong.
#[inline(always)]
pub(super) fn read_i64(input: &mut &[u8]) -> Option<i64> {
    let raw = match *input {
        [a, rest @ ..] if *a < 0x80 => {
            *input = rest;
            u64::from(*a)
        }
        [a, b, rest @ ..] if *b < 0x80 => {
            *input = rest;
            u64::from(*a & 0x7f) | u64::from(*b) << 7
        }
        _ => read_long(input, 10)?,
    };
    Some((raw >> 1).cast_signed() ^ -(raw & 1).cast_signed())
}

/// A varint of at most `length_max` bytes.
#[inline(never)]
fn read_long(input: &mut &[u8], length_max: usize) -> Option<u64> {
    let mut value = 0u64;
    for (at, byte) in input.iter().take(length_max).enumerate() {
        let part = u64::from(byte & 0x7f);
        // The tenth byte has room for one bit only.
        if at == 9 && part > 1 {
            return None;
        }
        value |= part << (7 * at);
        if *byte < 0x80 {
            *input = &input[at + 1..];
            return Some(value);
        }
    }
    None
}

/// A few varints on their way into a buffer.
///
/// They are gathered on the stack, because one append of many bytes costs less than many of one.
pub(super) struct Scratch {
    bytes: [u8; SCRATCH_LEN],
    len: usize,
}

impl Scratch {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self {
            bytes: [0; SCRATCH_LEN],
            len: 0,
        }
    }

    #[inline(always)]
    pub(super) fn put_byte(&mut self, byte: u8) {
        // Masked, so that no bounds check is needed: the callers' varints fit by their number.
        self.bytes[self.len & (SCRATCH_LEN - 1)] = byte;
        self.len += 1;
    }

    #[inline(always)]
    pub(super) fn put_i32(&mut self, value: i32) {
        self.put_u64(u64::from(zigzag(value)));
    }

    #[inline(always)]
    pub(super) fn put_i64(&mut self, value: i64) {
        self.put_u64(zigzag64(value));
    }

    #[inline(always)]
    fn put_u64(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.put_byte(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.put_byte(value.to_le_bytes()[0]);
    }

    /// Appends what was gathered to `buffer` and starts anew.
    #[inline(always)]
    pub(super) fn flush(&mut self, buffer: &mut Vec<u8>) {
        debug_assert!(self.len <= SCRATCH_LEN);
        let end = buffer.len() + self.len;
        // A copy of known length compiles to two stores.
        buffer.extend_from_slice(&self.bytes);
        buffer.truncate(end);
        self.len = 0;
    }
}

/// Room for length, attributes, timestamp, offset, and the lengths of a key and a value: 31 bytes.
pub(super) const SCRATCH_LEN: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_read() {
        let edges = [0, 1, -1, 63, 64, -64, -65, 8191, 8192, i32::MAX, i32::MIN];
        for value in edges {
            let (mut scratch, mut buffer) = (Scratch::new(), Vec::new());
            scratch.put_i32(value);
            scratch.put_i64(i64::from(value) << 32);
            scratch.flush(&mut buffer);
            let mut input = buffer.as_slice();
            assert_eq!(read_i32(&mut input), Some(value));
            assert_eq!(read_i64(&mut input), Some(i64::from(value) << 32));
            assert!(input.is_empty());
        }
    }

    #[test]
    fn too_long_or_cut_short_is_refused() {
        for bytes in [
            &[][..],
            &[0x80],
            &[0xff; 4],
            &[0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
            &[0xff, 0xff, 0xff, 0xff, 0x10],
        ] {
            assert_eq!(read_i32(&mut &bytes[..]), None, "{bytes:x?}");
        }
        let mut eleven = [0xff; 11];
        eleven[10] = 0;
        assert_eq!(read_i64(&mut &eleven[..]), None);
        let mut overflowing = [0xff; 10];
        overflowing[9] = 2;
        assert_eq!(read_i64(&mut &overflowing[..]), None);
    }
}
