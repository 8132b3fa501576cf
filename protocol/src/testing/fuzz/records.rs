use bytes::Bytes;

use crate::compress::{Compression, Compressor, Decompressor, Lz4Header};
use crate::records::{AbortedTransactions, Batches};
use crate::wire::DecodeErrorKind;

/// Reads the bytes as what was fetched from a partition, checksums not looked at.
pub fn batch(data: &[u8]) {
    read(Bytes::copy_from_slice(data));
}

/// Reads the bytes as a message set that came compressed. The first byte chooses magic and codec.
pub fn legacy_set(data: &[u8]) {
    let Some((&choice, set)) = data.split_first() else {
        return;
    };
    let codec = [Compression::Gzip, Compression::Snappy, Compression::Lz4][usize::from(choice >> 1) % 3];
    let magic = choice & 1;
    let mut value = Vec::new();
    if choice & 0x80 == 0 {
        Compressor::new()
            .compress(codec, None, set, &mut value)
            .expect("every codec takes every input");
    } else {
        value.extend_from_slice(set);
    }
    let mut message = vec![magic, codec.id()];
    if magic == 1 {
        message.extend_from_slice(&[0; 8]);
    }
    message.extend_from_slice(&(-1i32).to_be_bytes());
    message.extend_from_slice(&u32::try_from(value.len()).unwrap_or(0).to_be_bytes());
    message.extend_from_slice(&value);
    let mut fetched = 1000i64.to_be_bytes().to_vec();
    fetched.extend_from_slice(&u32::try_from(message.len() + 4).unwrap_or(0).to_be_bytes());
    fetched.extend_from_slice(&[0; 4]);
    fetched.extend_from_slice(&message);
    read(Bytes::from(fetched));
}

/// Decompresses the bytes, and compresses them and takes them back. The first byte chooses the codec.
pub fn decompress(data: &[u8]) {
    let Some((&choice, input)) = data.split_first() else {
        return;
    };
    let codec = Compression::ALL[usize::from(choice & 0x0f) % Compression::ALL.len()];
    let lz4 = if choice & 0x80 == 0 {
        Lz4Header::Checked
    } else {
        Lz4Header::Legacy
    };
    let mut decompressor = Decompressor::new(LIMIT);
    match decompressor.decompress(codec, lz4, input) {
        Ok(output) => assert!(output.len() <= LIMIT),
        Err(error) => assert!(error.at() <= input.len(), "{error}"),
    }
    let mut packed = Vec::new();
    Compressor::new()
        .compress(codec, Some(i32::from(choice >> 4)), input, &mut packed)
        .expect("every codec takes every input");
    let output = decompressor
        .decompress(codec, Lz4Header::Checked, &packed)
        .expect("what was compressed is decompressed");
    assert_eq!(output, input);
}

/// Walks all there is and holds it to what was promised.
fn read(fetched: Bytes) {
    let mut decompressor = Decompressor::new(LIMIT);
    let mut aborted = AbortedTransactions::default();
    let mut end = 0;
    for batch in Batches::new(fetched.clone()) {
        let batch = match batch {
            Ok(batch) => batch,
            Err(error) => {
                assert!((end..=fetched.len()).contains(&error.at()), "{error}");
                return;
            }
        };
        assert_eq!(batch.position(), end);
        end += batch.header().size;
        let _ = (batch.verify(), aborted.admits(&batch, &mut decompressor));
        let Ok(records) = batch.records(&mut decompressor) else {
            continue;
        };
        let mut seen = 0;
        let mut failed = false;
        for record in &records {
            assert!(!failed, "an error is the last item");
            match record {
                Ok(record) => {
                    seen += 1;
                    assert!(record.offset >= 0 && record.offset <= records.last_offset());
                    assert_eq!(record.headers().len(), record.headers().iter().count());
                    assert_eq!(record.value_bytes().as_deref(), record.value);
                }
                Err(error) => {
                    failed = true;
                    assert_ne!(
                        *error.kind(),
                        DecodeErrorKind::Invalid("record"),
                        "the fault is named"
                    );
                }
            }
        }
        assert_eq!(records.validate().is_err(), failed);
        assert!(failed || seen == records.len());
    }
}

/// What one decompression may give, in bytes.
const LIMIT: usize = 1 << 20;
