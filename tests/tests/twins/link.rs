//! A connection that sends requests as they are.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use bytes::Bytes;
use protocol::Request;
use protocol::frame::{decode_response, encode_request};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Link {
    address: String,
    stream: TcpStream,
    next_correlation_id: i32,
}

impl Link {
    /// Connects to a broker, given as `host:port`.
    pub(super) fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap_or_else(|error| panic!("{address}: {error}"));
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            address: address.to_owned(),
            stream,
            next_correlation_id: 0,
        }
    }

    /// Another connection to the same broker.
    pub(super) fn again(&self) -> Self {
        Self::open(&self.address)
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends a request and returns the answer; none when the broker closes the connection, which is opened again then.
    pub(super) fn try_ask<R: Request>(&mut self, version: i16, request: &R) -> Option<R::Response> {
        self.next_correlation_id += 1;
        let frame = encode_request(self.next_correlation_id, Some("twin"), version, request).unwrap();
        let answer = self.exchange(&frame.to_bytes());
        let Ok(answer) = answer else {
            *self = self.again();
            return None;
        };
        let (correlation_id, response) = decode_response(&answer, version).unwrap();
        assert_eq!(correlation_id, self.next_correlation_id);
        Some(response)
    }

    /// As [`try_ask`](Self::try_ask), in the newest version, where an answer must come.
    #[track_caller]
    pub(super) fn ask<R: Request>(&mut self, request: &R) -> R::Response {
        let answer = self.try_ask(newest::<R>(), request);
        answer.unwrap_or_else(|| panic!("{} closed the connection", R::NAME))
    }

    /// Sends bytes as they are, and returns the answer without its length.
    pub(super) fn exchange(&mut self, bytes: &[u8]) -> io::Result<Bytes> {
        self.stream.write_all(bytes)?;
        let mut length = [0; 4];
        self.stream.read_exact(&mut length)?;
        let mut answer = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
        self.stream.read_exact(&mut answer)?;
        Ok(answer.into())
    }
}

/// The newest version of an API, which Kafka 4.4 serves unless it is unstable.
pub(super) fn newest<R: Request>() -> i16 {
    R::KEY.info().map_or(0, |info| info.versions.last)
}
