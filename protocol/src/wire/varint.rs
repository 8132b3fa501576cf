/// Maps a signed number to an unsigned one so that small magnitudes stay short as varints.
#[inline]
pub const fn zigzag(value: i32) -> u32 {
    value.cast_unsigned() << 1 ^ (value >> 31).cast_unsigned()
}

/// As [`zigzag`], for 64 bits.
#[inline]
pub const fn zigzag64(value: i64) -> u64 {
    value.cast_unsigned() << 1 ^ (value >> 63).cast_unsigned()
}

/// Bytes that `value` takes as an unsigned varint: 1 to 5.
#[inline]
pub const fn varint_len(value: u32) -> usize {
    varlong_len(value as u64)
}

/// Bytes that `value` takes as an unsigned varlong: 1 to 10.
#[inline]
pub const fn varlong_len(value: u64) -> usize {
    // Seven bits a byte; `| 1` gives zero the one byte it takes. For up to 64 bits 9/64 rounds as 1/7 does.
    let highest = 63 - (value | 1).leading_zeros() as usize;
    (highest * 9 + 73) / 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_at_their_edges() {
        for (value, length) in [
            (0, 1),
            (127, 1),
            (128, 2),
            (16_383, 2),
            (16_384, 3),
            (u64::MAX, 10),
        ] {
            assert_eq!(varlong_len(value), length, "{value}");
        }
        for bit in 0..64 {
            assert_eq!(varlong_len(1 << bit), bit / 7 + 1, "bit {bit}");
        }
        assert_eq!(varint_len(u32::MAX), 5);
    }

    #[test]
    fn zigzag_keeps_small_numbers_small() {
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
        assert_eq!(zigzag(i32::MIN), u32::MAX);
        assert_eq!([0, -1, 1, i64::MIN].map(zigzag64), [0, 1, 2, u64::MAX]);
    }
}
