//! A client that says exactly what it is told to, on a socket that blocks.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use bytes::Bytes;
use kafka_sandbox::BrokerHandle;
use protocol::Request;
use protocol::frame::{FrameDecoder, decode_response, encode_request};
use protocol::messages::api_versions::ApiVersionsRequest;

/// How long anything may take, on the slowest machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub(crate) struct Wire {
    pub(crate) socket: TcpStream,
    decoder: FrameDecoder,
}

impl Wire {
    pub(crate) fn connect(broker: BrokerHandle<'_>) -> Self {
        let address: SocketAddr = broker.address().parse().unwrap();
        Self::of(TcpStream::connect(address).unwrap())
    }

    pub(crate) fn of(socket: TcpStream) -> Self {
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket.set_write_timeout(Some(PATIENCE)).unwrap();
        Self {
            socket,
            decoder: FrameDecoder::default(),
        }
    }

    /// Sends a request.
    pub(crate) fn send<R: Request>(&mut self, version: i16, request: &R) {
        let frame = encode_request(1, Some("wire"), version, request).unwrap();
        self.socket.write_all(&frame.to_bytes()).unwrap();
    }

    /// The next answer; none when the connection was closed instead.
    pub(crate) fn frame(&mut self) -> Option<Bytes> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            if let Some(frame) = self.decoder.next_frame().unwrap() {
                return Some(frame);
            }
            match self.socket.read(&mut buffer) {
                Ok(0) => return None,
                Ok(count) => self.decoder.push(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Asks, and returns the answer.
    pub(crate) fn ask<R: Request>(&mut self, version: i16, request: &R) -> R::Response {
        self.send(version, request);
        let answer = self
            .frame()
            .unwrap_or_else(|| panic!("{} closed the connection", R::NAME));
        decode_response(&answer, version).unwrap().1
    }

    /// Asks something that every broker answers. Returns whether it did.
    pub(crate) fn is_answered(&mut self) -> bool {
        let frame = encode_request(1, Some("wire"), 0, &ApiVersionsRequest::default()).unwrap();
        self.socket.write_all(&frame.to_bytes()).is_ok() && self.frame().is_some()
    }

    /// Waits until the broker closes the connection.
    pub(crate) fn wait_closed(&mut self) {
        assert_eq!(self.frame(), None, "the broker says something");
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
