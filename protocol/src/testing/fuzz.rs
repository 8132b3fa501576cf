//! What the fuzz targets run. Each takes any bytes and panics only when the crate is wrong.

mod records;

use std::sync::OnceLock;

use bytes::Bytes;

use super::{Entry, Kind, registry};
use crate::consumer_protocol::{Assignment, Subscription};
use crate::frame::FrameDecoder;
use crate::internal::{consumer_offsets, share_state, transaction_state};

pub use crate::sasl::fuzz::scram;

pub use records::{batch, decompress, legacy_set};

/// Reads the bytes as a request. The first byte chooses the message, the second its version.
pub fn request(data: &[u8]) {
    message(data, Kind::Request);
}

/// Reads the bytes as a response, in the same way.
pub fn response(data: &[u8]) {
    message(data, Kind::Response);
}

/// Cuts the bytes into frames, as they would arrive in pieces. The first byte is the size of the pieces.
pub fn frame(data: &[u8]) {
    let Some((&piece, stream)) = data.split_first() else {
        return;
    };
    let mut decoder = FrameDecoder::new(FRAME_MAX);
    let mut frames = 0;
    'stream: for piece in stream.chunks(usize::from(piece).max(1)) {
        decoder.space().extend_from_slice(piece);
        loop {
            match decoder.next_frame() {
                Ok(Some(frame)) => {
                    assert!(!frame.is_empty() && frame.len() <= FRAME_MAX);
                    frames += 4 + frame.len();
                }
                Ok(None) => break,
                Err(_) => break 'stream,
            }
        }
    }
    assert!(frames + decoder.buffered() <= stream.len());
}

/// Reads the bytes as what clients and brokers store: subscriptions, assignments, and records of internal topics, whose
/// key is as long as the first byte says.
pub fn stored(data: &[u8]) {
    let whole = Bytes::copy_from_slice(data);
    if let Ok(subscription) = Subscription::decode(&whole) {
        let again = subscription
            .encode(Subscription::VERSION_MAX)
            .map(|bytes| Subscription::decode(&bytes));
        assert_eq!(again, Ok(Ok(subscription)));
    }
    if let Ok(assignment) = Assignment::decode(&whole) {
        let again = assignment
            .encode(Assignment::VERSION_MAX)
            .map(|bytes| Assignment::decode(&bytes));
        assert_eq!(again, Ok(Ok(assignment)));
    }
    let Some((&length, record)) = data.split_first() else {
        return;
    };
    let (key, value) = record.split_at(usize::from(length).min(record.len()));
    let (key, value) = (Bytes::copy_from_slice(key), Bytes::copy_from_slice(value));
    if let Ok(key) = consumer_offsets::Key::decode(&key) {
        assert_eq!(
            key.encode().map(|bytes| consumer_offsets::Key::decode(&bytes)),
            Ok(Ok(key.clone()))
        );
        let _ = consumer_offsets::Value::decode(&key, &value);
    }
    let _ = transaction_state::Record::decode(&key, Some(&value));
    let _ = share_state::Record::decode(&key, Some(&value));
}

fn message(data: &[u8], kind: Kind) {
    let &[which, version, ref body @ ..] = data else {
        return;
    };
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    let all = ENTRIES.get_or_init(registry);
    let entries: Vec<_> = all.iter().filter(|entry| entry.kind == kind).collect();
    let entry = entries[usize::from(which) % entries.len()];
    let versions: Vec<i16> = entry.versions.iter().collect();
    let version = versions[usize::from(version) % versions.len()];
    let Ok(first) = entry.reencode(&Bytes::copy_from_slice(body), version) else {
        return;
    };
    // What was read and written reads and writes as itself.
    let second = entry.reencode(&Bytes::from(first.clone()), version);
    assert_eq!(second.as_ref(), Ok(&first), "{} version {version}", entry.name);
}

/// Small, so that fuzzing finds the limit.
const FRAME_MAX: usize = 4096;
