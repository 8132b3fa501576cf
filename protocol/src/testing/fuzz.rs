//! What the fuzz targets run. Each takes any bytes and panics only when the crate is wrong.

use std::sync::OnceLock;

use bytes::Bytes;

use super::{Entry, Kind, registry};
use crate::frame::FrameDecoder;

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
