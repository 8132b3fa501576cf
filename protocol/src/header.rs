//! The headers in front of requests and responses.

use bytes::Bytes;

use crate::ApiKey;
use crate::wire::{DecodeError, EncodeError, Reader, Writer};
use crate::{Decode, messages};

/// Writes the header of a request. The client id is never compact, not even in flexible headers, so that a
/// broker can read it before it knows the version.
pub(crate) fn put_request_header(
    w: &mut Writer,
    key: ApiKey,
    version: i16,
    correlation_id: i32,
    client_id: Option<&str>,
) -> Result<(), EncodeError> {
    w.put_i16(key.0);
    w.put_i16(version);
    w.put_i32(correlation_id);
    w.put_nullable_string("client_id", client_id, false)
        .map_err(|e| e.of("RequestHeader"))?;
    if key.request_header_version(version) >= 2 {
        w.put_no_tags();
    }
    Ok(())
}

/// Reads the header of a response to `version` of `key`. Returns the correlation id and the reader, which
/// stands at the first byte of the body.
pub fn decode_response_header(
    frame: &Bytes,
    key: ApiKey,
    version: i16,
) -> Result<(i32, Reader<'_>), DecodeError> {
    let mut r = Reader::new(frame);
    let header = messages::ResponseHeader::decode(&mut r, key.response_header_version(version))?;
    Ok((header.correlation_id, r))
}

#[cfg(feature = "server")]
mod server {
    use super::{ApiKey, Bytes, Decode, DecodeError, Reader, Writer, messages};
    use crate::wire::DecodeErrorKind;

    /// Reads the header of a request. Returns it and the reader, which stands at the first byte of the body.
    ///
    /// Fails when the API is unknown: where the body begins cannot be known then.
    pub fn decode_request_header(
        frame: &Bytes,
    ) -> Result<(messages::RequestHeader, Reader<'_>), DecodeError> {
        let of_header = |e: DecodeError| e.of("RequestHeader");
        let mut ahead = Reader::new(frame);
        let key = ApiKey(ahead.i16().map_err(|e| of_header(e.within("request_api_key")))?);
        let version = ahead
            .i16()
            .map_err(|e| of_header(e.within("request_api_version")))?;
        let mut r = Reader::new(frame);
        if key.info().is_none() {
            let unknown = r.error(DecodeErrorKind::Invalid("api key"));
            return Err(of_header(unknown.within("request_api_key")));
        }
        let header = messages::RequestHeader::decode(&mut r, key.request_header_version(version))?;
        Ok((header, r))
    }

    /// Writes the header of a response to `version` of `key`.
    pub(crate) fn put_response_header(w: &mut Writer, key: ApiKey, version: i16, correlation_id: i32) {
        w.put_i32(correlation_id);
        if key.response_header_version(version) >= 1 {
            w.put_no_tags();
        }
    }
}

#[cfg(feature = "server")]
pub use server::decode_request_header;
#[cfg(feature = "server")]
pub(crate) use server::put_response_header;
