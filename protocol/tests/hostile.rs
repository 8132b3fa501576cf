//! Bytes that are no message: an error that says where, no panic, no memory to speak of.

use bytes::Bytes;
use protocol::frame::{decode_response, encode_response};
use protocol::messages;
use protocol::testing::{Entry, Fault, registry};
use protocol::wire::DecodeError;

use crate::allocation::measure;
use crate::seed;

/// Reads `bytes` and holds the reader to its bounds. Returns the error, if there was one.
fn read(entry: &Entry, version: i16, bytes: &Bytes, what: &dyn std::fmt::Debug) -> Option<DecodeError> {
    let (result, allocated) = measure(|| entry.decode(bytes, version));
    // A struct is larger in memory than its shortest form on the wire, by how much depends on its fields.
    let bound = 4096 + 64 * bytes.len();
    assert!(
        allocated.peak <= bound,
        "{} version {version} with {what:?}: {allocated:?} for {} bytes",
        entry.name,
        bytes.len(),
    );
    let error = result.err()?;
    let whole = error.kind().clone();
    let trailing = matches!(whole, protocol::wire::DecodeErrorKind::Trailing(_));
    assert!(
        error.message() == entry.name && (trailing || !error.field().is_empty()) && error.at() <= bytes.len(),
        "{} version {version} with {what:?}: {error}",
        entry.name,
    );
    Some(error)
}

#[test]
fn truncated_anywhere() {
    let mut rng = seed::rng("truncation");
    let (mut types, mut cuts) = (0, 0);
    for entry in registry() {
        types += 1;
        for version in entry.versions.iter() {
            for _ in 0..2 {
                let whole = Bytes::from(entry.random_bytes(&mut rng, version));
                assert_eq!(entry.decode(&whole, version), Ok(()));
                for length in 0..whole.len().min(3000) {
                    cuts += 1;
                    let error = read(&entry, version, &whole.slice(..length), &length);
                    assert!(
                        error.is_some(),
                        "{} version {version} cut at {length}",
                        entry.name
                    );
                }
            }
        }
    }
    println!("{types} messages, {cuts} cuts");
    assert_eq!(types, 195);
}

#[test]
fn c11_c12_faults_in_every_place() {
    let mut rng = seed::rng("faults");
    let mut tried = [0usize; Fault::ALL.len()];
    let mut types = 0;
    for entry in registry() {
        types += 1;
        for version in entry.versions.iter() {
            for (fault, tried) in Fault::ALL.into_iter().zip(&mut tried) {
                let mut rng = rng.clone();
                entry.with_fault(&mut rng, version, fault, |bytes| {
                    *tried += 1;
                    let error = read(&entry, version, &bytes, &fault);
                    assert!(
                        error.is_some() || !fault.is_certain(),
                        "{} version {version} accepts {fault:?}",
                        entry.name,
                    );
                });
            }
            rng.u64();
        }
    }
    println!(
        "{types} messages, {:?}",
        Fault::ALL.iter().zip(tried).collect::<Vec<_>>()
    );
    assert_eq!(types, 195);
    assert!(tried.iter().all(|tried| *tried > 500), "{tried:?}");
}

#[test]
fn random_bytes() {
    let mut rng = seed::rng("noise");
    for entry in registry() {
        for version in entry.versions.iter() {
            for _ in 0..20 {
                let bytes = rng.bytes();
                read(&entry, version, &bytes, &"noise");
            }
        }
    }
}

#[test]
fn records_are_not_copied() {
    let partition = messages::fetch::PartitionData {
        records: Some(Bytes::from(vec![7; 1 << 20])),
        ..Default::default()
    };
    let topic = messages::fetch::FetchableTopicResponse {
        partitions: vec![partition; 3],
        ..Default::default()
    };
    let response = messages::FetchResponse {
        responses: vec![topic],
        ..Default::default()
    };
    let frame = encode_response(9, 12, &response).unwrap();
    assert_eq!(frame.chunks.len(), 7, "headers and records take turns");
    let bytes = frame.to_bytes().slice(4..);
    let (read, allocated) = measure(|| decode_response::<messages::FetchResponse>(&bytes, 12));
    assert_eq!(read, Ok((9, response)));
    assert!(allocated.peak < 4096 && allocated.calls < 8, "{allocated:?}");
}

#[test]
fn an_error_says_where() {
    let entries = registry();
    let metadata = entries.iter().find(|e| e.name == "MetadataResponse").unwrap();
    // One broker, node 1, whose host begins with a byte that UTF-8 does not have.
    let bytes = Bytes::from_static(&[0, 0, 0, 1, 0, 0, 0, 1, 0, 2, b'a', 0xff, 0, 0, 0, 9, 0, 0, 0, 0]);
    assert_eq!(
        metadata.decode(&bytes, 0).unwrap_err().to_string(),
        "MetadataResponse.brokers[0].host: text is not UTF-8 at byte 11"
    );
    let bytes = Bytes::from_static(&[0x7f, 0xff, 0xff, 0xff]);
    assert_eq!(
        metadata.decode(&bytes, 0).unwrap_err().to_string(),
        "MetadataResponse.brokers: impossible length 2147483647 at byte 4"
    );
}
