use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;
use protocol::frame::{decode_request_header, encode_response};
use protocol::messages::api_versions::{ApiVersion, ApiVersionsResponse};
use protocol::messages::find_coordinator::{Coordinator, FindCoordinatorRequest, FindCoordinatorResponse};
use protocol::messages::heartbeat::HeartbeatResponse;
use protocol::messages::metadata::{MetadataResponse, MetadataResponseBroker};
use protocol::wire::Reader;
use protocol::{ApiInfo, ApiKey, Decode, Encode, ErrorCode, Response};

use crate::cluster::{Metadata, Target};
use crate::config::ConnectionConfig;
use crate::connection::{Answer, Ask, Body, Fault};
use crate::engine::{Action, Engine, LinkId};
use crate::error::TransportPhase;
use crate::machine::{Machine, TopicInterest, Wish};
use crate::time::Moment;

pub(super) fn at(millis: u64) -> Moment {
    Moment::after_start(Duration::from_millis(millis))
}

/// How a broker treats whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Answers,
    /// It takes connections and says nothing.
    Mute,
    /// It drops the connection upon the first request of a newer version.
    OldAndRude,
    Refuses,
    /// Nothing comes back from there, not even a refusal.
    Vanished,
}

/// What happened, seen from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Closed(SocketAddr),
    Connected(SocketAddr),
    Resolved(String),
    Requested(SocketAddr, ApiKey, i16),
}

#[derive(Debug, Default)]
struct ProbeState {
    wishes: VecDeque<Wish>,
    answers: Vec<(Moment, Answer)>,
    snapshots: u32,
    /// None for all.
    topics: Option<Vec<Arc<str>>>,
}

/// A machine that wants what the script says and keeps what it gets.
#[derive(Clone, Debug, Default)]
pub(super) struct Probe(Arc<Mutex<ProbeState>>);

impl Probe {
    pub(super) fn ask(&self, tag: u64, target: Target, body: impl Body + 'static, timeout: Duration) {
        let ask = Ask::new(tag, target, crate::cluster::Lane::Control, body, timeout);
        self.wish(Wish::Send(ask));
    }

    pub(super) fn wish(&self, wish: Wish) {
        self.0.lock().wishes.push_back(wish);
    }

    pub(super) fn answers(&self) -> Vec<(Moment, Answer)> {
        std::mem::take(&mut self.0.lock().answers)
    }

    pub(super) fn care_for(&self, topics: &[&str]) {
        self.0.lock().topics = Some(topics.iter().map(|name| Arc::from(*name)).collect());
    }

    pub(super) fn snapshots(&self) -> u32 {
        self.0.lock().snapshots
    }
}

impl Machine for Probe {
    fn handle_wakeup(&mut self, _: Moment, _: &Metadata) {}
    fn handle_metadata(&mut self, _: Moment, _: &Metadata) {
        self.0.lock().snapshots += 1;
    }
    fn handle_answer(&mut self, now: Moment, _: &Metadata, answer: Answer) {
        self.0.lock().answers.push((now, answer));
    }
    fn handle_deadline(&mut self, _: Moment, _: &Metadata) {}
    fn poll_wish(&mut self, _: Moment, _: &Metadata) -> Option<Wish> {
        self.0.lock().wishes.pop_front()
    }
    fn next_deadline(&self) -> Option<Moment> {
        None
    }
    fn topics(&self) -> TopicInterest {
        match self.0.lock().topics.clone() {
            None => TopicInterest::All,
            Some(names) => TopicInterest::These { names, create: false },
        }
    }
    fn is_done(&self) -> bool {
        false
    }
}

/// An engine, the brokers around it, and the time.
pub(super) struct World {
    pub(super) engine: Engine,
    pub(super) now: Moment,
    pub(super) probe: Probe,
    pub(super) manners: BTreeMap<SocketAddr, Manner>,
    pub(super) names: BTreeMap<String, Vec<SocketAddr>>,
    /// What every broker tells of the cluster.
    pub(super) metadata: MetadataResponse,
    pub(super) coordinator: i32,
    /// What the next heartbeats are answered with.
    pub(super) heartbeats: VecDeque<ErrorCode>,
    pub(super) log: Vec<(Moment, Deed)>,
    links: BTreeMap<LinkId, SocketAddr>,
    silent: BTreeSet<SocketAddr>,
}

impl World {
    /// Brokers 1 to `count` at 10.0.0.1 and so on; the engine knows the first.
    pub(super) fn new(count: u8, change: impl FnOnce(&mut ConnectionConfig)) -> Self {
        let addresses: Vec<SocketAddr> = (1..=count).map(broker).collect();
        let mut config = ConnectionConfig::new([broker(1).to_string()]);
        change(&mut config);
        let engine = Engine::new(Arc::new(config), [9; 32]).expect("bootstrap servers");
        let mut world = Self {
            engine,
            now: at(0),
            probe: Probe::default(),
            manners: addresses
                .iter()
                .map(|address| (*address, Manner::Answers))
                .collect(),
            names: BTreeMap::new(),
            metadata: described(1..=count),
            coordinator: 1,
            heartbeats: VecDeque::new(),
            log: Vec::new(),
            links: BTreeMap::new(),
            silent: BTreeSet::new(),
        };
        world.engine.install(world.now, Box::new(world.probe.clone()));
        world
    }

    /// Starts and lets everything happen that needs no time.
    pub(super) fn start(&mut self) {
        self.engine.handle_start(self.now);
        self.act();
    }

    /// Makes the engine look at its machine.
    pub(super) fn wake(&mut self) {
        self.engine.handle_wakeup(self.now);
        self.act();
    }

    /// Lets time pass until `end`, from deadline to deadline.
    #[track_caller]
    pub(super) fn run_until(&mut self, end: Moment) {
        let mut turns = 0;
        while let Some(next) = self.engine.next_deadline().filter(|next| *next <= end) {
            turns += 1;
            assert!(turns < 100_000, "the engine turns in circles at {:?}", self.now);
            self.now = self.now.max(next);
            self.engine.handle_deadline(self.now);
            self.act();
        }
        self.now = end;
    }

    /// What happened since this was asked last, without the moments.
    pub(super) fn deeds(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.log)
            .into_iter()
            .map(|(_, deed)| deed)
            .collect()
    }

    /// The moments of the requests for `key` so far.
    pub(super) fn requested(&self, key: ApiKey) -> Vec<Moment> {
        let asked = |deed: &Deed| matches!(deed, Deed::Requested(_, asked, _) if *asked == key);
        self.log
            .iter()
            .filter(|(_, deed)| asked(deed))
            .map(|(when, _)| *when)
            .collect()
    }

    pub(super) fn connects(&self) -> Vec<(Moment, SocketAddr)> {
        let connect = |(when, deed): &(Moment, Deed)| match deed {
            Deed::Connected(address) => Some((*when, *address)),
            _ => None,
        };
        self.log.iter().filter_map(connect).collect()
    }

    /// Breaks all connections to an address.
    pub(super) fn cut(&mut self, address: SocketAddr) {
        let links: Vec<LinkId> = self
            .links
            .iter()
            .filter(|(_, to)| **to == address)
            .map(|(link, _)| *link)
            .collect();
        for link in links {
            self.links.remove(&link);
            self.engine.handle_closed(self.now, link, None);
        }
        self.act();
    }

    /// Takes requests from now on and leaves them unanswered.
    pub(super) fn silence(&mut self, address: SocketAddr) {
        self.silent.insert(address);
    }

    fn act(&mut self) {
        while let Some(action) = self.engine.poll_action() {
            match action {
                Action::Resolve { link, endpoint } => {
                    self.log
                        .push((self.now, Deed::Resolved(endpoint.host.to_string())));
                    let found = self.names.get(endpoint.host.as_ref()).cloned();
                    let outcome = found.ok_or_else(|| Fault::lost(TransportPhase::Resolve, "no such name"));
                    self.engine.handle_resolved(self.now, link, outcome);
                }
                Action::Connect { link, address, .. } => self.connect(link, address),
                Action::Write { link, frame, report } => {
                    if report {
                        self.engine.handle_written(self.now, link);
                    }
                    self.request(link, frame.to_bytes().slice(4..));
                }
                Action::Close(link) => {
                    if let Some(address) = self.links.remove(&link) {
                        self.log.push((self.now, Deed::Closed(address)));
                    }
                }
                Action::Token => panic!("nobody needs a token"),
            }
        }
    }

    fn connect(&mut self, link: LinkId, address: SocketAddr) {
        self.log.push((self.now, Deed::Connected(address)));
        match self.manners.get(&address).copied().unwrap_or(Manner::Refuses) {
            Manner::Vanished => {}
            Manner::Refuses => {
                let fault = Fault::lost(TransportPhase::Connect, "refused");
                self.engine.handle_connected(self.now, link, Err(fault));
            }
            Manner::Answers | Manner::Mute | Manner::OldAndRude => {
                self.links.insert(link, address);
                self.engine.handle_connected(self.now, link, Ok(()));
            }
        }
    }

    fn request(&mut self, link: LinkId, frame: Bytes) {
        let Some(&address) = self.links.get(&link) else {
            return;
        };
        let (header, rest) = decode_request_header(&frame).expect("a header");
        let (key, version, id) = (
            ApiKey(header.request_api_key),
            header.request_api_version,
            header.correlation_id,
        );
        self.log.push((self.now, Deed::Requested(address, key, version)));
        let manner = self.manners[&address];
        if manner == Manner::OldAndRude && key == ApiKey::API_VERSIONS && version > 0 {
            self.links.remove(&link);
            return self.engine.handle_closed(self.now, link, None);
        }
        if manner == Manner::Mute || self.silent.contains(&address) {
            return;
        }
        let body = frame.slice(rest.at()..);
        let reply = match key {
            ApiKey::API_VERSIONS => encoded(id, version, &versions(manner)),
            ApiKey::METADATA => encoded(id, version, &self.metadata),
            ApiKey::FIND_COORDINATOR => {
                let request =
                    FindCoordinatorRequest::decode(&mut Reader::new(&body), version).expect("a request");
                encoded(id, version, &self.find(&request))
            }
            ApiKey::HEARTBEAT => {
                let code = self.heartbeats.pop_front().unwrap_or(ErrorCode::NONE);
                encoded(
                    id,
                    version,
                    &HeartbeatResponse {
                        error_code: code.0,
                        ..HeartbeatResponse::default()
                    },
                )
            }
            other => panic!("nobody answers {other}"),
        };
        self.engine.handle_frame(self.now, link, reply);
    }

    fn find(&self, request: &FindCoordinatorRequest) -> FindCoordinatorResponse {
        let coordinators = request.coordinator_keys.iter().map(|key| Coordinator {
            key: key.clone(),
            node_id: self.coordinator,
            host: format!("10.0.0.{}", self.coordinator),
            port: 9092,
            ..Coordinator::default()
        });
        FindCoordinatorResponse {
            coordinators: coordinators.collect(),
            ..FindCoordinatorResponse::default()
        }
    }
}

pub(super) fn broker(number: u8) -> SocketAddr {
    SocketAddr::from(([10, 0, 0, number], 9092))
}

/// A cluster of these brokers without topics.
pub(super) fn described(brokers: impl IntoIterator<Item = u8>) -> MetadataResponse {
    let brokers = brokers.into_iter().map(|number| MetadataResponseBroker {
        node_id: number.into(),
        host: format!("10.0.0.{number}"),
        port: 9092,
        rack: None,
    });
    MetadataResponse {
        cluster_id: Some("c".to_owned()),
        controller_id: 1,
        brokers: brokers.collect(),
        ..MetadataResponse::default()
    }
}

fn versions(manner: Manner) -> ApiVersionsResponse {
    let all = ApiInfo::ALL.iter().filter(|info| !info.versions.is_empty());
    let api_keys = all.map(|info| ApiVersion {
        api_key: info.key.0,
        min_version: info.versions.first,
        max_version: match info.key {
            ApiKey::API_VERSIONS if manner == Manner::OldAndRude => 0,
            _ => info.versions.last,
        },
    });
    ApiVersionsResponse {
        api_keys: api_keys.collect(),
        ..ApiVersionsResponse::default()
    }
}

fn encoded<R: Response + Encode>(id: i32, version: i16, response: &R) -> Bytes {
    encode_response(id, version, response)
        .expect("a response")
        .to_bytes()
        .slice(4..)
}
