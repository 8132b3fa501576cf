//! The framings that other clients write.

use protocol::compress::{Compression, Compressor, Decompressor, Lz4Header};
use protocol::wire::{DecodeError, DecodeErrorKind};

fn compress(codec: Compression, input: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    Compressor::new().compress(codec, None, input, &mut out).unwrap();
    out
}

fn decompress(codec: Compression, input: &[u8]) -> Result<Vec<u8>, DecodeError> {
    Decompressor::default()
        .decompress(codec, Lz4Header::Checked, input)
        .map(Vec::from)
}

fn sample(length: usize) -> Vec<u8> {
    b"a sample of text that repeats itself, "
        .iter()
        .copied()
        .cycle()
        .take(length)
        .collect()
}

#[test]
fn f21_frames_may_follow_one_another() {
    let (one, two) = (sample(1000), sample(70_000));
    for codec in [
        Compression::Gzip,
        Compression::Snappy,
        Compression::Lz4,
        Compression::Zstd,
    ] {
        let joined = [compress(codec, &one), compress(codec, &two)].concat();
        assert_eq!(
            decompress(codec, &joined).unwrap(),
            [one.clone(), two.clone()].concat(),
            "{codec}"
        );
    }
}

#[test]
fn bytes_behind_the_last_frame_are_an_error() {
    for codec in [
        Compression::Gzip,
        Compression::Snappy,
        Compression::Lz4,
        Compression::Zstd,
    ] {
        let mut packed = compress(codec, &sample(100));
        packed.extend(b"garbage behind it");
        assert!(decompress(codec, &packed).is_err(), "{codec}");
    }
}

#[test]
fn input_of_any_length_comes_back() {
    for codec in Compression::ALL {
        for length in [
            0,
            1,
            12,
            13,
            4095,
            32 << 10,
            (32 << 10) + 1,
            65_534,
            65_535,
            65_536,
            65_537,
            300_000,
        ] {
            let input = sample(length);
            assert_eq!(
                decompress(codec, &compress(codec, &input)).unwrap(),
                input,
                "{codec} {length}"
            );
        }
        // Incompressible.
        let mut state = 1u64;
        let noise: Vec<u8> = (0..200_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                state.to_be_bytes()[0]
            })
            .collect();
        assert_eq!(
            decompress(codec, &compress(codec, &noise)).unwrap(),
            noise,
            "{codec}"
        );
    }
}

#[test]
fn snappy_is_framed_as_xerial_does() {
    let packed = compress(Compression::Snappy, &sample(40_000));
    assert_eq!(packed[..16], *b"\x82SNAPPY\0\0\0\0\x01\0\0\0\x01");
    let first = u32::from_be_bytes([packed[16], packed[17], packed[18], packed[19]]);
    let second_at = 20 + usize::try_from(first).unwrap();
    let second = &packed[second_at..second_at + 4];
    assert_eq!(
        packed.len(),
        second_at + 4 + usize::try_from(u32::from_be_bytes(second.try_into().unwrap())).unwrap()
    );
}

#[test]
fn lz4_is_framed_with_independent_blocks() {
    let packed = compress(Compression::Lz4, &sample(40_000));
    assert_eq!(packed[..7], [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
    assert_eq!(packed[packed.len() - 4..], [0; 4]);
}

/// Every optional part of an LZ4 frame at once: linked blocks, a checksum each, content size and checksum,
/// behind a frame to skip.
#[test]
fn f21_lz4_frames_of_other_writers_are_read() {
    #[rustfmt::skip]
    let frame = [
        0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3,
        0x04, 0x22, 0x4d, 0x18, 0x5c, 0x40, 23, 0, 0, 0, 0, 0, 0, 0, 0xfb,
        // Stored: "kafka kafka ".
        12, 0, 0, 0x80, b'k', b'a', b'f', b'k', b'a', b' ', b'k', b'a', b'f', b'k', b'a', b' ',
        0x54, 0x33, 0x52, 0x32,
        // A match of six bytes, twelve back, in the block before; then five literals.
        9, 0, 0, 0, 0x02, 12, 0, 0x50, b' ', b'e', b'n', b'd', b's',
        0x2e, 0xc0, 0xe5, 0xc4,
        0, 0, 0, 0,
        0x6e, 0x4b, 0x1d, 0x88,
    ];
    assert_eq!(
        decompress(Compression::Lz4, &frame).unwrap(),
        b"kafka kafka kafka  ends"
    );
    for at in 25..frame.len() {
        let mut damaged = frame;
        damaged[at] ^= 1;
        assert!(decompress(Compression::Lz4, &damaged).is_err(), "byte {at}");
    }
}

/// Name, comment, extra field and header checksum stand before the data.
#[test]
fn gzip_headers_of_other_writers_are_read() {
    let plain = compress(Compression::Gzip, b"content");
    let mut packed = plain[..10].to_vec();
    packed[3] = 2 | 4 | 8 | 16;
    packed.extend([3, 0, b'x', b'y', b'z']);
    packed.extend(b"name\0comment\0");
    packed.extend([0, 0]);
    let body_at = packed.len();
    packed.extend(&plain[10..]);
    assert_eq!(decompress(Compression::Gzip, &packed).unwrap(), b"content");
    for length in 0..body_at {
        assert!(
            decompress(Compression::Gzip, &packed[..length]).is_err(),
            "cut at {length}"
        );
    }
}

#[test]
fn a_codec_without_a_number_is_named() {
    assert_eq!(Compression::from_id(5), None);
    for codec in Compression::ALL {
        assert_eq!(Compression::from_id(codec.id()), Some(codec));
        assert_eq!(codec.name().parse(), Ok(codec));
        assert!(codec.is_available());
    }
    let error = "lzo".parse::<Compression>().unwrap_err();
    assert!(error.to_string().contains("`lzo`"));
}

#[test]
fn a_limit_is_met_exactly() {
    for codec in Compression::ALL {
        let input = sample(100_000);
        let packed = compress(codec, &input);
        let mut decompressor = Decompressor::new(100_000);
        assert_eq!(
            decompressor
                .decompress(codec, Lz4Header::Checked, &packed)
                .unwrap(),
            input
        );
        for limit in [99_999, 65_536, 10, 0] {
            decompressor.set_limit(limit);
            let error = decompressor
                .decompress(codec, Lz4Header::Checked, &packed)
                .unwrap_err();
            assert_eq!(
                *error.kind(),
                DecodeErrorKind::TooLarge { cap: limit },
                "{codec} {limit}"
            );
        }
    }
}
