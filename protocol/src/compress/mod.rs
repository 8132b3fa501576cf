//! The compression codecs of record batches.
//!
//! | codec | framing Kafka wants |
//! |---|---|
//! | gzip | RFC 1952 members, any number of them |
//! | snappy | the xerial stream format; raw snappy is read too |
//! | lz4 | the LZ4 frame format with independent blocks; the wrong header checksum of magic 0 is read too |
//! | zstd | RFC 8878 frames, any number of them |
//!
//! Each codec is a cargo feature, on by default. A [`Compressor`] and a [`Decompressor`] keep the
//! state of their codecs from batch to batch. What comes out of a [`Decompressor`] is bounded by
//! its limit, and no length that compressed data claims is allocated before it is earned.

mod codec;
mod compressor;
mod decompressor;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(feature = "lz4")]
mod lz4;
#[cfg(feature = "lz4")]
mod lz4_block;
#[cfg(feature = "snappy")]
mod snappy;
#[cfg_attr(feature = "zstd-c", path = "zstd_c.rs")]
#[cfg(feature = "zstd")]
mod zstd;

pub use codec::{Compression, UnknownCompression};
pub use compressor::{CompressError, Compressor};
pub use decompressor::{DECOMPRESSED_MAX_DEFAULT, Decompressor, Lz4Header};
