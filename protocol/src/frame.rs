//! Frames: a length of four bytes, a header, a body.
//!
//! ```text
//! to send    request ─ encode_request ─▶ Frame ─▶ one vectored write
//! received   socket ─▶ FrameDecoder ─▶ Bytes ─ decode_response_header ─▶ correlation id, Reader ─▶ response
//! ```

use bytes::{Bytes, BytesMut};

#[cfg(feature = "server")]
pub use crate::header::decode_request_header;
pub use crate::header::decode_response_header;
use crate::header::put_request_header;
use crate::wire::{DecodeError, DecodeErrorKind, EncodeError, Frame, Writer};
use crate::{Request, Response};

/// The default limit of a frame, in bytes: as for `socket.request.max.bytes` of a broker.
pub const FRAME_MAX: usize = 100 * 1024 * 1024;

/// Writes a request in `version` with its header and length. Records are referred to, not copied.
pub fn encode_request<R: Request>(
    correlation_id: i32,
    client_id: Option<&str>,
    version: i16,
    request: &R,
) -> Result<Frame, EncodeError> {
    let mut w = Writer::with_capacity(REQUEST_CAPACITY);
    w.put_length_gap();
    put_request_header(&mut w, R::KEY, version, correlation_id, client_id)?;
    request.encode(&mut w, version)?;
    w.finish_framed().map_err(|e| e.of(R::NAME))
}

/// Reads a whole response to a request that was sent in `version`. Returns the correlation id and the body.
///
/// Fails when bytes are left over, too: the peer then speaks of another version.
pub fn decode_response<R: Response>(frame: &Bytes, version: i16) -> Result<(i32, R), DecodeError> {
    let (correlation_id, mut r) = decode_response_header(frame, R::KEY, version)?;
    let response = R::decode(&mut r, version)?;
    r.finish().map_err(|e| e.of(R::NAME))?;
    Ok((correlation_id, response))
}

/// Reads a whole request. Returns its header and body; fails when bytes are left over.
#[cfg(feature = "server")]
pub fn decode_request<R: Request + crate::Decode>(
    frame: &Bytes,
) -> Result<(crate::messages::RequestHeader, R), DecodeError> {
    let (header, mut r) = decode_request_header(frame)?;
    if header.request_api_key != R::KEY.0 {
        let other = r.error(DecodeErrorKind::Invalid("api key for this request"));
        return Err(other.of(R::NAME));
    }
    let request = R::decode(&mut r, header.request_api_version)?;
    r.finish().map_err(|e| e.of(R::NAME))?;
    Ok((header, request))
}

/// Writes a response in `version` with its header and length. Records are referred to, not copied.
#[cfg(feature = "server")]
pub fn encode_response<R: Response + crate::Encode>(
    correlation_id: i32,
    version: i16,
    response: &R,
) -> Result<Frame, EncodeError> {
    let mut w = Writer::with_capacity(REQUEST_CAPACITY);
    w.put_length_gap();
    crate::header::put_response_header(&mut w, R::KEY, version, correlation_id);
    response.encode(&mut w, version)?;
    w.finish_framed().map_err(|e| e.of(R::NAME))
}

/// Cuts what a socket delivers into frames, without copying them.
///
/// A frame's length is checked before anything is reserved for it, and room is made only step by step as its
/// bytes arrive: a peer that announces much and sends little holds little memory.
#[derive(Debug)]
pub struct FrameDecoder {
    buffer: BytesMut,
    limit: usize,
}

impl FrameDecoder {
    /// An empty decoder for frames of at most `limit` bytes, their length not counted.
    pub fn new(limit: usize) -> Self {
        Self {
            buffer: BytesMut::new(),
            limit,
        }
    }

    /// Changes the limit, for the frames that are taken from now on.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// The buffer to append received bytes to. It has room for at least [`STEP_MIN`] bytes, and for the rest of
    /// the frame in progress as far as the bytes that have arrived vouch for it.
    pub fn space(&mut self) -> &mut BytesMut {
        let missing = match self.announced() {
            Some(Ok(length)) => (LENGTH + length).saturating_sub(self.buffer.len()),
            _ => 0,
        };
        let step = STEP_MAX.max(self.buffer.len());
        self.buffer.reserve(missing.clamp(STEP_MIN, step));
        &mut self.buffer
    }

    /// Appends received bytes that lie elsewhere. Room is made for them alone, so that many decoders with a few
    /// bytes each hold little memory.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole frame without its length, or nothing until more bytes arrive.
    ///
    /// Fails when the length is not positive or above the limit. The stream is of no use after that.
    pub fn next_frame(&mut self) -> Result<Option<Bytes>, DecodeError> {
        let Some(length) = self.announced().transpose()? else {
            return Ok(None);
        };
        if self.buffer.len() < LENGTH + length {
            return Ok(None);
        }
        let mut frame = self.buffer.split_to(LENGTH + length);
        Ok(Some(frame.split_off(LENGTH).freeze()))
    }

    /// Bytes received that are not yet part of a returned frame.
    pub fn buffered(&self) -> usize {
        self.buffer.len()
    }

    /// The checked length of the frame in progress, once it is there.
    fn announced(&self) -> Option<Result<usize, DecodeError>> {
        let announced = i32::from_be_bytes(*self.buffer.first_chunk::<LENGTH>()?);
        let kind = match usize::try_from(announced) {
            Ok(length) if length > self.limit => DecodeErrorKind::FrameTooLarge {
                length,
                limit: self.limit,
            },
            Ok(1..) => return usize::try_from(announced).ok().map(Ok),
            _ => DecodeErrorKind::BadLength(announced.into()),
        };
        Some(Err(DecodeError::new(0, kind).of("frame")))
    }
}

impl Default for FrameDecoder {
    /// A decoder with the limit [`FRAME_MAX`].
    fn default() -> Self {
        Self::new(FRAME_MAX)
    }
}

/// The least room [`FrameDecoder::space`] makes, in bytes.
pub const STEP_MIN: usize = 64 * 1024;
/// The most room made for a frame before any of it has arrived, in bytes.
pub const STEP_MAX: usize = 1024 * 1024;
/// Bytes of the length in front of a frame.
const LENGTH: usize = 4;
/// Most requests fit, records aside.
const REQUEST_CAPACITY: usize = 512;

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(decoder: &mut FrameDecoder, bytes: &[u8]) {
        decoder.space().extend_from_slice(bytes);
    }

    #[test]
    fn frames_come_out_whole_however_they_arrive() {
        let stream = [0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 1, 9, 0, 0];
        for cut in 0..=stream.len() {
            let mut decoder = FrameDecoder::default();
            let mut frames = Vec::new();
            for part in [&stream[..cut], &stream[cut..]] {
                feed(&mut decoder, part);
                while let Some(frame) = decoder.next_frame().unwrap() {
                    frames.push(frame.to_vec());
                }
            }
            assert_eq!(frames, [vec![1, 2, 3], vec![9]], "cut at {cut}");
            assert_eq!(decoder.buffered(), 2);
        }
    }

    #[test]
    fn a_frame_shares_the_memory_it_arrived_in() {
        let mut decoder = FrameDecoder::default();
        feed(&mut decoder, &[0, 0, 0, 2, 7, 8]);
        let received = decoder.buffer.as_ptr();
        let frame = decoder.next_frame().unwrap().unwrap();
        assert_eq!(frame.as_ptr(), received.wrapping_add(LENGTH));
    }

    #[test]
    fn lengths_are_checked_before_room_is_made() {
        for (length, text) in [
            (-1, "frame: impossible length -1 at byte 0"),
            (0, "frame: impossible length 0 at byte 0"),
            (i32::MIN, "frame: impossible length -2147483648 at byte 0"),
            (
                1001,
                "frame: frame of 1001 bytes exceeds the limit of 1000 bytes at byte 0",
            ),
        ] {
            let mut decoder = FrameDecoder::new(1000);
            feed(&mut decoder, &length.to_be_bytes());
            assert_eq!(decoder.next_frame().unwrap_err().to_string(), text);
        }
        let mut decoder = FrameDecoder::new(1000);
        feed(&mut decoder, &1000i32.to_be_bytes());
        assert_eq!(decoder.next_frame(), Ok(None));
    }

    #[test]
    fn room_grows_with_what_arrived() {
        let mut decoder = FrameDecoder::default();
        feed(&mut decoder, &i32::try_from(FRAME_MAX).unwrap().to_be_bytes());
        assert!(decoder.space().capacity() <= STEP_MAX + STEP_MIN);
        let mut arrived = LENGTH;
        while arrived < 8 * STEP_MAX {
            feed(&mut decoder, &[0; STEP_MIN]);
            arrived += STEP_MIN;
            let capacity = decoder.space().capacity();
            assert!(
                capacity <= 4 * arrived.max(STEP_MAX),
                "{capacity} bytes for {arrived} that arrived"
            );
        }
    }
}
