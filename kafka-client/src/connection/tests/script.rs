use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::frame::{decode_request_header, encode_response};
use protocol::messages::api_versions::{ApiVersion, ApiVersionsResponse};
use protocol::messages::metadata::{MetadataRequest, MetadataResponse};
use protocol::sasl::{Credentials, Mechanism};
use protocol::{ApiKey, Decode, Encode, Message, Request, Response, VersionRange};

use crate::cluster::NodeId;
use crate::connection::{Fault, Link, LinkEvent, LinkSettings, Login, Peer, Reply, Ticket};
use crate::error::RequestError;
use crate::time::Moment;

pub(super) fn at(millis: u64) -> Moment {
    Moment::after_start(Duration::from_millis(millis))
}

pub(super) fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A request that the link wrote.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) key: ApiKey,
    pub(super) version: i16,
    pub(super) id: i32,
    pub(super) body: Bytes,
}

impl Written {
    pub(super) fn read<R: Request + Decode>(&self) -> R {
        assert_eq!(self.key, R::KEY);
        let mut reader = protocol::wire::Reader::new(&self.body);
        let request = R::decode(&mut reader, self.version).expect("a request of ours");
        reader.finish().expect("nothing behind it");
        request
    }
}

/// A link and the broker it talks to.
pub(super) struct Script {
    pub(super) link: Link,
    pub(super) now: Moment,
    /// The request that [`answer`](Self::answer) replies to.
    pub(super) last: Option<Written>,
}

impl Script {
    pub(super) fn with(
        mechanism: Option<Mechanism>,
        change: impl FnOnce(&mut LinkSettings, &mut Peer),
    ) -> Self {
        let mut settings = LinkSettings {
            client_id: "script".to_owned(),
            mechanism,
            encrypted: false,
            request_timeout: secs(30),
            idle_timeout: secs(540),
            in_flight_max: 5,
        };
        let mut peer = Peer {
            address: "b1:9092".into(),
            node: Some(NodeId(1)),
            cluster: None,
            first_version: 4,
        };
        change(&mut settings, &mut peer);
        Self {
            link: Link::new(at(0), Arc::new(settings), peer),
            now: at(0),
            last: None,
        }
    }

    pub(super) fn new() -> Self {
        Self::with(None, |_, _| {})
    }

    /// A link whose handshake without authentication is over.
    pub(super) fn ready() -> Self {
        let mut script = Self::new();
        script.greet();
        assert!(script.link.is_ready());
        script
    }

    /// Answers the question for versions as a broker does that knows them all.
    pub(super) fn greet(&mut self) {
        let asked = self.written();
        self.reply(&asked, &versions(&[]));
        if self.link.is_ready() {
            assert!(matches!(self.event(), LinkEvent::Ready));
        }
    }

    /// The one request that was written.
    #[track_caller]
    pub(super) fn written(&mut self) -> Written {
        let mut all = self.all_written();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    pub(super) fn all_written(&mut self) -> Vec<Written> {
        let mut all = Vec::new();
        while let Some(output) = self.link.poll_output() {
            let frame = output.frame.to_bytes().slice(4..);
            let (header, rest) = decode_request_header(&frame).expect("a header of ours");
            all.push(Written {
                key: ApiKey(header.request_api_key),
                version: header.request_api_version,
                id: header.correlation_id,
                body: frame.slice(rest.at()..),
            });
        }
        all
    }

    /// Replies to a request.
    pub(super) fn reply<R: Response + Encode>(&mut self, to: &Written, response: &R) {
        self.reply_as(to.id, to.version, response);
    }

    /// Replies to the request that was put by.
    #[track_caller]
    pub(super) fn answer<R: Response + Encode>(&mut self, response: &R) {
        let asked = self.last.take().expect("a request was put by");
        self.reply(&asked, response);
    }

    pub(super) fn reply_as<R: Response + Encode>(&mut self, id: i32, version: i16, response: &R) {
        let frame = encode_response(id, version, response)
            .expect("a response")
            .to_bytes()
            .slice(4..);
        self.link.handle_frame(self.now, frame);
    }

    /// Replies with these bytes behind the header of the response.
    pub(super) fn reply_raw(&mut self, to: &Written, body: &[u8]) {
        let mut frame = to.id.to_be_bytes().to_vec();
        frame.extend_from_slice(body);
        self.link.handle_frame(self.now, frame.into());
    }

    /// Asks for metadata on behalf of `tag`.
    pub(super) fn ask(&mut self, tag: u64, timeout: Duration) {
        let ticket = Ticket { owner: 7, tag };
        let request = MetadataRequest::default();
        self.link
            .send(self.now, ticket, &request, self.now + timeout, timeout, true)
            .expect("it can be sent");
    }

    #[track_caller]
    pub(super) fn event(&mut self) -> LinkEvent {
        self.link.poll_event().expect("an event")
    }

    #[track_caller]
    pub(super) fn no_event(&mut self) {
        let event = self.link.poll_event();
        assert!(event.is_none(), "{event:?}");
    }

    #[track_caller]
    pub(super) fn answered(&mut self) -> (u64, Result<Reply, RequestError>) {
        match self.event() {
            LinkEvent::Answered(ticket, outcome) => (ticket.tag, outcome),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn ended(&mut self) -> Fault {
        match self.event() {
            LinkEvent::Ended(fault) => {
                self.no_event();
                assert_eq!(self.link.next_deadline(), None);
                fault
            }
            other => panic!("{other:?}"),
        }
    }

    /// Lets time pass to the next deadline, which must be `expected`.
    #[track_caller]
    pub(super) fn wait_until(&mut self, expected: Moment) {
        assert_eq!(self.link.next_deadline(), Some(expected));
        self.now = expected;
        self.link.handle_deadline(expected);
    }

    pub(super) fn login(
        &mut self,
        credentials: Credentials,
        salted: Option<protocol::sasl::scram::SaltedPassword>,
    ) {
        assert!(matches!(self.event(), LinkEvent::LoginWanted));
        let login = Login {
            credentials,
            nonce: [5; 24],
            salted,
            jitter: 0.5,
        };
        self.link.handle_login(self.now, Ok(login));
    }
}

/// All versions of all APIs, but for `changed`.
pub(super) fn versions(changed: &[(ApiKey, VersionRange)]) -> ApiVersionsResponse {
    let all = protocol::ApiInfo::ALL
        .iter()
        .filter(|info| !info.versions.is_empty());
    let api_keys = all.map(|info| {
        let range = changed
            .iter()
            .find(|(key, _)| *key == info.key)
            .map_or(info.versions, |(_, range)| *range);
        ApiVersion {
            api_key: info.key.0,
            min_version: range.first,
            max_version: range.last,
        }
    });
    ApiVersionsResponse {
        api_keys: api_keys.collect(),
        ..ApiVersionsResponse::default()
    }
}

pub(super) fn metadata() -> MetadataResponse {
    MetadataResponse {
        cluster_id: Some("c".to_owned()),
        ..MetadataResponse::default()
    }
}

/// Every version of a request that there is.
pub(super) fn every<R: Message>() -> VersionRange {
    R::VERSIONS
}
