//! From the key of a record to its partition, by the functions that other clients use.
//!
//! A key must go to the same partition whichever client sends it, or consumers that join topics by key see only
//! part of the data. Java and most others hash with [`murmur2()`]; librdkafka does so when it is told to
//! (`murmur2_random`) and by [`crc32`] otherwise; Sarama uses [`fnv1a`].
//!
//! A topic has at most 2³¹ − 1 partitions, so that every partition is an `i32` from zero on.

use std::num::NonZeroU32;

/// Returns the partition that Java's producer gives to `key`.
#[inline]
pub fn partition_for_key(key: &[u8], partitions: NonZeroU32) -> i32 {
    // Java masks the sign away where another would take the absolute value.
    ((murmur2(key).cast_unsigned() & 0x7fff_ffff) % partitions).cast_signed()
}

/// Returns the partition that librdkafka's `consistent` and `consistent_random` give to `key`.
pub fn crc32_partition(key: &[u8], partitions: NonZeroU32) -> i32 {
    (crc32(key) % partitions).cast_signed()
}

/// Returns the partition that librdkafka's `fnv1a` and Sarama's hash partitioner give to `key`.
pub fn fnv1a_partition(key: &[u8], partitions: NonZeroU32) -> i32 {
    // These two read the hash as a signed number and take its absolute value.
    (fnv1a(key).cast_signed().unsigned_abs() % partitions).cast_signed()
}

/// The 32-bit murmur2 hash with Kafka's seed; Java's `Utils.murmur2`.
#[inline]
pub fn murmur2(key: &[u8]) -> i32 {
    murmur2::murmur2(key, murmur2::KAFKA_SEED).cast_signed()
}

/// The CRC-32 of zip and Ethernet.
pub fn crc32(key: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    // Keys are short and few clients ask for this hash: no table.
    !key.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { POLYNOMIAL } else { 0 }
        })
    })
}

/// The 32-bit FNV-1a hash.
pub fn fnv1a(key: &[u8]) -> u32 {
    const OFFSET_BASIS: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    key.iter().fold(OFFSET_BASIS, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `Utils.murmur2` of Apache Kafka 4.4.0 answers for every prefix of a key: all lengths modulo four, with
    /// and without whole blocks.
    #[test]
    fn murmur2_of_every_length() {
        let hashes = [
            275_646_681,
            -1_567_496_736,
            -94_968_955,
            576_643_159,
            2_122_128_005,
            -798_503_068,
            1_609_072_488,
            -1_369_292_436,
            321_098_068,
            1_835_369_057,
            -1_450_377_337,
            1_289_440_903,
            -263_733_230,
            1_003_795_842,
            984_455_525,
            -1_600_826_977,
            -1_529_323_674,
            1_219_588_112,
        ];
        for (length, hash) in hashes.into_iter().enumerate() {
            assert_eq!(murmur2(&b"kafka-key-0123456"[..length]), hash, "{length}");
        }
    }

    /// Likewise for bytes above 127, which Java's signed bytes make easy to get wrong.
    #[test]
    fn murmur2_of_other_bytes() {
        let every: Vec<u8> = (0..=255).collect();
        for (key, hash) in [
            ("é".as_bytes(), 186_971_271),
            ("密码".as_bytes(), 268_271_704),
            ("🦀".as_bytes(), 1_309_741_855),
            ("naïve café".as_bytes(), 1_338_837_213),
            (&[0], 375_494_588),
            (&[0; 5], 263_274_959),
            (&[0xff, 0x80, 0xfe, 0x81, 0xff, 0xff, 0xff], -410_827_359),
            (&every, -1_948_347_274),
        ] {
            assert_eq!(murmur2(key), hash, "{key:?}");
        }
    }

    #[test]
    fn negative_hashes_find_a_partition() {
        let partitions = NonZeroU32::new(12).unwrap();
        let masked = (-798_503_068_i32).cast_unsigned() & 0x7fff_ffff;
        assert_eq!(partition_for_key(b"kafka", partitions), masked.cast_signed() % 12);
        for key in ["", "k", "kafka", "é"] {
            assert!((0..12).contains(&partition_for_key(key.as_bytes(), partitions)));
            assert_eq!(partition_for_key(key.as_bytes(), NonZeroU32::MIN), 0);
        }
    }

    /// The check value that CRC catalogues give for CRC-32/ISO-HDLC, and what zlib answers for two more.
    #[test]
    fn crc32_of_known_keys() {
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b"kafka"), 0x5bbc_7517);
        assert_eq!(crc32_partition(b"123456789", NonZeroU32::new(7).unwrap()), 5);
    }

    /// Vectors from the page of the hash's authors.
    #[test]
    fn fnv1a_of_known_keys() {
        for (key, hash) in [
            ("", 0x811c_9dc5),
            ("a", 0xe40c_292c),
            ("b", 0xe70c_2de5),
            ("foobar", 0xbf9c_f968),
        ] {
            assert_eq!(fnv1a(key.as_bytes()), hash, "{key}");
        }
        // 0xe40c292c is negative as a signed number.
        assert_eq!(
            fnv1a_partition(b"a", NonZeroU32::new(1000).unwrap()),
            0x1bf3_d6d4 % 1000
        );
        assert_eq!(
            fnv1a_partition(b"foobar", NonZeroU32::new(10).unwrap()),
            0x4063_0698 % 10
        );
    }
}
