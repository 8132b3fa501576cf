//! A connection that sends requests as they are.

use std::io::{self, Read, Write};
use std::marker::PhantomData;
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

/// A request that was sent and whose answer is to come.
#[must_use = "the answer is to be received"]
pub(super) struct Sent<R> {
    pub(super) version: i16,
    correlation_id: i32,
    request: PhantomData<R>,
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

    /// Sends a request whose answer may take its time.
    pub(super) fn send<R: Request>(&mut self, version: i16, request: &R) -> Sent<R> {
        self.next_correlation_id += 1;
        let correlation_id = self.next_correlation_id;
        let frame = encode_request(correlation_id, Some("twin"), version, request).unwrap();
        // A connection that the broker has closed shows when the answer is received.
        let _ = self.stream.write_all(&frame.to_bytes());
        Sent {
            version,
            correlation_id,
            request: PhantomData,
        }
    }

    /// Waits for the answer; none when the broker closes the connection, which is opened again then.
    ///
    /// # Panics
    ///
    /// When there is no answer in half a minute.
    pub(super) fn receive<R: Request>(&mut self, sent: Sent<R>) -> Option<R::Response> {
        let answer = match self.read() {
            Ok(answer) => answer,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => panic!("no answer to {}", R::NAME),
            Err(_) => {
                *self = self.again();
                return None;
            }
        };
        let (correlation_id, response) = decode_response(&answer, sent.version).unwrap();
        assert_eq!(correlation_id, sent.correlation_id);
        Some(response)
    }

    /// Sends a request and returns the answer; none when the broker closes the connection, which is opened again then.
    pub(super) fn try_ask<R: Request>(&mut self, version: i16, request: &R) -> Option<R::Response> {
        let sent = self.send(version, request);
        self.receive(sent)
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
        self.read()
    }

    fn read(&mut self) -> io::Result<Bytes> {
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

/// The newest version that Kafka 4.4 serves to everybody.
pub(super) fn newest_stable<R: Request>() -> i16 {
    let unstable = R::KEY.info().is_some_and(|info| info.latest_unstable);
    newest::<R>() - i16::from(unstable)
}
