use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use protocol::wire::{EncodeError, Frame, Reader};
use protocol::{ApiKey, Request, Response, VersionRange};

use crate::cluster::{Lane, NodeId, Target};
use crate::error::RequestError;

/// One request that a machine wants sent.
#[derive(Debug)]
pub struct Ask {
    /// The machine's own mark; it comes back with the answer.
    pub tag: u64,
    /// Where it is to go.
    pub target: Target,
    /// Which connection it takes.
    pub lane: Lane,
    /// The request; encoded when the broker's versions are known.
    pub body: Box<dyn Body>,
    /// How long the answer may take, from now: waiting for the connection, for the coordinator to be found and for
    /// the broker included. When it passes the answer is [`RequestError::Timeout`].
    pub timeout: Duration,
    /// Whether the broker answers at all: false for produce with acks = 0, which is answered when it was written.
    pub answered: bool,
}

impl Ask {
    /// An ordinary request.
    pub fn new(tag: u64, target: Target, lane: Lane, body: impl Body + 'static, timeout: Duration) -> Self {
        Self {
            tag,
            target,
            lane,
            body: Box::new(body),
            timeout,
            answered: true,
        }
    }
}

/// What became of an [`Ask`]. Each ask is answered exactly once.
#[derive(Debug)]
pub struct Answer {
    /// The mark of the ask.
    pub tag: u64,
    /// The broker that was chosen; none when none was found.
    pub node: Option<NodeId>,
    /// The broker's reply, or why there is none.
    pub outcome: Result<Reply, RequestError>,
}

/// A broker's reply, not decoded yet: the machine knows what it asked.
#[derive(Clone)]
pub struct Reply {
    /// The API it answers.
    pub key: ApiKey,
    /// The version that was spoken.
    pub version: i16,
    /// The body behind the response header. Empty for a request that is not answered.
    pub body: Bytes,
}

impl Reply {
    /// Decodes the body. Bytes and records in it share the memory of the frame.
    pub fn decode<R: Response>(&self) -> Result<R, RequestError> {
        debug_assert_eq!(self.key, R::KEY);
        let mut reader = Reader::new(&self.body);
        let response = R::decode(&mut reader, self.version).map_err(RequestError::Malformed)?;
        reader.finish().map_err(RequestError::Malformed)?;
        Ok(response)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Reply({} v{}, {} bytes)",
            self.key,
            self.version,
            self.body.len()
        )
    }
}

/// A request whose version is not chosen yet.
pub trait Body: Send + fmt::Debug {
    /// The API.
    fn key(&self) -> ApiKey;

    /// The versions in which this request can be said.
    fn versions(&self) -> VersionRange;

    /// Encodes the request with its header and length.
    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError>;
}

impl<R: Request + Send + fmt::Debug> Body for R {
    fn key(&self) -> ApiKey {
        R::KEY
    }

    fn versions(&self) -> VersionRange {
        R::VERSIONS
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        protocol::frame::encode_request(correlation_id, Some(client_id), version, self)
    }
}

/// A request that is to be said in fewer versions than its message has, e.g. while a topic's id is unknown.
#[derive(Debug)]
pub struct Capped<R> {
    /// The request.
    pub request: R,
    /// The versions that may be chosen.
    pub versions: VersionRange,
}

impl<R: Body> Body for Capped<R> {
    fn key(&self) -> ApiKey {
        self.request.key()
    }

    fn versions(&self) -> VersionRange {
        self.versions
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        self.request.encode(correlation_id, client_id, version)
    }
}
