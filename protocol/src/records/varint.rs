//! Varints on plain slices: what the readers and writers of single records run on.

use crate::wire::zigzag64;

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

/// Writes into bytes that are there already, which needs no look at a vector's capacity for each field.
///
/// The caller provides for what it writes, and for [`GATHER_LEN`] bytes more: short varints are gathered
/// in a register and stored eight bytes at a time, of which those behind are then written over.
pub(super) struct Put<'a> {
    target: &'a mut [u8],
    at: usize,
    gathered: u64,
    bits: u32,
}

impl<'a> Put<'a> {
    #[inline(always)]
    pub(super) fn new(target: &'a mut [u8]) -> Self {
        Self {
            target,
            at: 0,
            gathered: 0,
            bits: 0,
        }
    }

    /// Gathers a byte of zero.
    #[inline(always)]
    pub(super) fn gather_zero(&mut self) {
        self.bits += 8;
    }

    /// Gathers `raw`, which is below 2¹⁴, as a varint of one or two bytes. Eight bytes can be gathered.
    #[inline(always)]
    pub(super) fn gather(&mut self, raw: u64) {
        if raw < 1 << 7 {
            self.gathered |= raw << self.bits;
            self.bits += 8;
        } else {
            self.gathered |= (raw & 0x7f | 0x80 | (raw & 0x3f80) << 1) << self.bits;
            self.bits += 16;
        }
    }

    /// Stores what was gathered.
    #[inline(always)]
    pub(super) fn store(&mut self) {
        self.target[self.at..self.at + GATHER_LEN].copy_from_slice(&self.gathered.to_le_bytes());
        self.at += usize::try_from(self.bits / 8).unwrap_or(GATHER_LEN);
        (self.gathered, self.bits) = (0, 0);
    }

    /// Writes bytes; nothing may be gathered.
    #[inline(always)]
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.target[self.at..self.at + bytes.len()].copy_from_slice(bytes);
        self.at += bytes.len();
    }

    /// Writes a byte; nothing may be gathered.
    #[inline(always)]
    pub(super) fn byte(&mut self, byte: u8) {
        self.target[self.at] = byte;
        self.at += 1;
    }

    /// Writes a signed varint or varlong of any length; nothing may be gathered.
    pub(super) fn varlong(&mut self, value: i64) {
        let mut raw = zigzag64(value);
        while raw >= 1 << 7 {
            self.byte(raw.to_le_bytes()[0] | 0x80);
            raw >>= 7;
        }
        self.byte(raw.to_le_bytes()[0]);
    }

    /// How many bytes were written.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.at
    }
}

/// How many bytes are gathered at most.
pub(super) const GATHER_LEN: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_read() {
        let bits = (0..31).flat_map(|bit| [1 << bit, (1 << bit) - 1, -(1 << bit), -(1 << bit) - 1]);
        let edges = bits.chain([i32::MAX, i32::MIN]);
        for value in edges {
            let mut buffer = [0; 20];
            let mut put = Put::new(&mut buffer);
            put.varlong(value.into());
            put.varlong(i64::from(value) << 32);
            let len = put.len();
            let mut input = &buffer[..len];
            assert_eq!(read_i32(&mut input), Some(value));
            assert_eq!(read_i64(&mut input), Some(i64::from(value) << 32));
            assert!(input.is_empty());
        }
    }

    #[test]
    fn short_varints_gathered_are_read() {
        for raw in 0..1 << 14 {
            let mut buffer = [0; 2 * GATHER_LEN];
            let mut put = Put::new(&mut buffer);
            put.gather(raw);
            put.gather_zero();
            put.gather((1 << 14) - 1 - raw);
            put.store();
            let len = put.len();
            let mut input = &buffer[..len];
            assert_eq!(read_u32(&mut input).map(u64::from), Some(raw));
            assert_eq!(read_u32(&mut input), Some(0));
            assert_eq!(read_u32(&mut input).map(u64::from), Some((1 << 14) - 1 - raw));
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
