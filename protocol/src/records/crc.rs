use crc_fast::CrcAlgorithm;

/// The CRC-32C (Castagnoli) that covers a batch of magic 2.
#[inline]
pub fn crc32c(data: &[u8]) -> u32 {
    low_half(crc_fast::checksum(CrcAlgorithm::Crc32Iscsi, data))
}

/// The CRC-32 (ISO-HDLC, as zlib has it) that covers a message of magic 0 and 1, and gzip.
#[inline]
pub fn crc32(data: &[u8]) -> u32 {
    low_half(crc_fast::checksum(CrcAlgorithm::Crc32IsoHdlc, data))
}

/// A 32-bit checksum comes in the lower half.
#[inline]
fn low_half(checksum: u64) -> u32 {
    let [a, b, c, d, ..] = checksum.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_values_of_the_catalogue() {
        assert_eq!(crc32c(b"123456789"), 0xe306_9283);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!((crc32c(b""), crc32(b"")), (0, 0));
    }
}
