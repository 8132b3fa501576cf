//! A cluster whose time stands still until a test moves it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::core::{Action, Core, Peer};
use kafka_sandbox::fault::Command;
use kafka_sandbox::profile::Profile;
use kafka_sandbox::security::SecuritySettings;
use kafka_sandbox::state::{BrokerSettings, Settings};
use kafka_sandbox::storage::{MemoryStorage, Storage};
use kafka_sandbox::time::Now;
use protocol::compress::Compressor;
use protocol::frame::{FrameDecoder, decode_response, encode_request};
use protocol::messages::create_topics::{CreatableReplicaAssignment, CreatableTopic, CreateTopicsRequest};
use protocol::messages::metadata::MetadataRequest;
use protocol::records::{OpenBatch, ProducerStamp, SealOptions};
use protocol::{Request, Response, Uuid};

/// A cluster, and connections to it.
pub(crate) struct Cluster {
    pub(crate) core: Core,
    elapsed: Duration,
    links: BTreeMap<LinkId, Arrived>,
    /// The connection that [`Cluster::ask`] uses, by broker.
    standing: BTreeMap<i32, LinkId>,
    next_correlation_id: i32,
}

/// What a connection brought.
#[derive(Default)]
struct Arrived {
    frames: VecDeque<Bytes>,
    /// What has not become a frame yet.
    stream: FrameDecoder,
    writes: usize,
    closed: bool,
}

/// A request that is on its way.
#[derive(Clone, Copy, Debug)]
#[must_use = "its answer is to be looked at"]
pub(crate) struct Asked {
    pub(crate) link: LinkId,
    version: i16,
    correlation_id: i32,
}

/// The time of day at which clusters start: 2026-01-01T00:00:00Z.
pub(crate) const STARTED: i64 = 1_767_225_600_000;

/// How long [`Cluster::ask`] waits for an answer, in the time of the cluster.
const PATIENCE: Duration = Duration::from_secs(600);

/// `brokers` brokers of the newest Kafka, as they come.
pub(crate) fn settings(brokers: i32) -> Settings {
    let brokers = (1..=brokers).map(|id| BrokerSettings {
        id,
        host: format!("broker{id}"),
        port: 9092,
        rack: None,
    });
    Settings {
        cluster_id: Some("a-cluster".to_owned()),
        brokers: brokers.collect(),
        profile: Profile::default(),
        properties: BTreeMap::new(),
        security: SecuritySettings::default(),
        seed: 7,
    }
}

/// As [`settings`], with broker configs by their Java names.
pub(crate) fn settings_with(brokers: i32, properties: &[(&str, &str)]) -> Settings {
    let properties = properties.iter();
    Settings {
        properties: properties
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        ..settings(brokers)
    }
}

impl Cluster {
    /// A cluster of `brokers` brokers, ids from 1, that keeps everything in memory.
    pub(crate) fn of(brokers: i32) -> Self {
        Self::with(settings(brokers))
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self::on(settings, Box::new(MemoryStorage::default()))
    }

    /// A cluster with what `storage` holds.
    pub(crate) fn on(settings: Settings, storage: Box<dyn Storage>) -> Self {
        let now = Now::at(Duration::ZERO, STARTED);
        Self {
            core: Core::new(now, settings, storage).unwrap(),
            elapsed: Duration::ZERO,
            links: BTreeMap::new(),
            standing: BTreeMap::new(),
            next_correlation_id: 0,
        }
    }

    /// Creates a topic, which must work.
    pub(crate) fn create(&mut self, name: &str, partitions: i32, replication_factor: i16) -> Uuid {
        let topic = CreatableTopic {
            name: name.to_owned(),
            num_partitions: partitions,
            replication_factor,
            ..CreatableTopic::default()
        };
        self.create_with(topic)
    }

    /// Creates a topic, which must work.
    pub(crate) fn create_with(&mut self, topic: CreatableTopic) -> Uuid {
        let request = CreateTopicsRequest {
            topics: vec![topic],
            ..CreateTopicsRequest::default()
        };
        let response = self.ask(1, 7, &request);
        let result = &response.topics[0];
        assert_eq!(result.error_code, 0, "{result:?}");
        result.topic_id
    }

    /// Does something to the cluster, which must work.
    pub(crate) fn perform(&mut self, command: Command) {
        let now = self.now();
        self.core.perform(now, &command).unwrap();
        self.collect();
    }

    /// What the clocks show.
    pub(crate) fn now(&self) -> Now {
        Now::at(self.elapsed, STARTED)
    }

    /// Connects to a broker that accepts connections.
    pub(crate) fn connect(&mut self, broker: i32) -> LinkId {
        self.try_connect(broker)
            .unwrap_or_else(|| panic!("broker {broker} refuses connections"))
    }

    /// Connects to a broker as somebody who is known by a certificate, e.g. `User:alice`.
    pub(crate) fn connect_as(&mut self, broker: i32, principal: &str) -> LinkId {
        let peer = Peer {
            host: "127.0.0.1".into(),
            listener: "SSL".into(),
            principal: Some(principal.into()),
        };
        let link = self.core.open_link(self.now(), broker, peer).unwrap();
        self.links.insert(link, Arrived::default());
        link
    }

    /// Connects to a broker, unless it refuses.
    pub(crate) fn try_connect(&mut self, broker: i32) -> Option<LinkId> {
        let peer = Peer {
            host: "127.0.0.1".into(),
            listener: "PLAINTEXT".into(),
            principal: None,
        };
        let link = self.core.open_link(self.now(), broker, peer)?;
        self.links.insert(link, Arrived::default());
        Some(link)
    }

    /// Closes a connection from the client's side.
    pub(crate) fn disconnect(&mut self, link: LinkId) {
        self.links.remove(&link);
        self.core.handle_closed(self.now(), link);
        self.collect();
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, link: LinkId, bytes: &[u8]) {
        self.core.handle_bytes(self.now(), link, bytes);
        self.collect();
    }

    /// Sends a request under the client id `tests`.
    pub(crate) fn send<R: Request>(&mut self, link: LinkId, version: i16, request: &R) -> Asked {
        self.send_as(link, Some("tests"), version, request)
    }

    /// Sends a request under some client id.
    pub(crate) fn send_as<R: Request>(
        &mut self,
        link: LinkId,
        client: Option<&str>,
        version: i16,
        request: &R,
    ) -> Asked {
        self.next_correlation_id += 1;
        let correlation_id = self.next_correlation_id;
        let frame = encode_request(correlation_id, client, version, request).unwrap();
        self.send_bytes(link, &frame.to_bytes());
        Asked {
            link,
            version,
            correlation_id,
        }
    }

    /// The answer to the oldest request of the connection that has none yet, which must be `asked`; none while it is awaited.
    pub(crate) fn answer<R: Response>(&mut self, asked: Asked) -> Option<R> {
        let frame = self.frame(asked.link)?;
        let (correlation_id, response) = decode_response(&frame, asked.version).unwrap();
        assert_eq!(
            correlation_id, asked.correlation_id,
            "answers come in the order of requests"
        );
        Some(response)
    }

    /// The next answer of the connection as it is, without its length.
    pub(crate) fn frame(&mut self, link: LinkId) -> Option<Bytes> {
        self.links.get_mut(&link)?.frames.pop_front()
    }

    /// How many writes the connection brought, and how many bytes of an answer that is not whole yet.
    pub(crate) fn arrived(&self, link: LinkId) -> (usize, usize) {
        let arrived = &self.links[&link];
        (arrived.writes, arrived.stream.buffered())
    }

    /// Whether the cluster closed the connection.
    pub(crate) fn is_closed(&self, link: LinkId) -> bool {
        self.links.get(&link).is_none_or(|arrived| arrived.closed)
    }

    /// Creates a topic whose partitions are led by the brokers in turn, from broker 1 on.
    pub(crate) fn create_topic(&mut self, name: &str, partitions: i32, replicas: i32) {
        let brokers = i32::try_from(self.core.brokers().count()).unwrap();
        let assignments = (0..partitions).map(|index| CreatableReplicaAssignment {
            partition_index: index,
            broker_ids: (0..replicas).map(|nth| (index + nth) % brokers + 1).collect(),
        });
        let topic = CreatableTopic {
            name: name.to_owned(),
            num_partitions: -1,
            replication_factor: -1,
            assignments: assignments.collect(),
            ..CreatableTopic::default()
        };
        let request = CreateTopicsRequest {
            topics: vec![topic],
            ..CreateTopicsRequest::default()
        };
        let response = self.ask(1, 7, &request);
        assert_eq!(
            response.topics[0].error_code, 0,
            "{:?}",
            response.topics[0].error_message
        );
    }

    /// Asks a broker on a connection that stays open, and returns the answer, letting time pass as far as it must.
    pub(crate) fn ask<R: Request>(&mut self, broker: i32, version: i16, request: &R) -> R::Response {
        let link = match self.standing.get(&broker) {
            Some(&link) if !self.is_closed(link) => link,
            _ => {
                let link = self.connect(broker);
                self.standing.insert(broker, link);
                link
            }
        };
        self.ask_on(link, version, request)
    }

    /// Asks on a connection, and returns the answer, letting time pass as far as it must.
    pub(crate) fn ask_on<R: Request>(&mut self, link: LinkId, version: i16, request: &R) -> R::Response {
        let asked = self.send(link, version, request);
        let until = self.elapsed + PATIENCE;
        loop {
            if let Some(response) = self.answer(asked) {
                return response;
            }
            assert!(
                !self.is_closed(link),
                "{} {version} closed the connection",
                R::NAME
            );
            match self.core.next_deadline() {
                Some(at) if at <= until => self.move_to(at),
                next => panic!("{} {version} is not answered, next deadline {next:?}", R::NAME),
            }
        }
    }

    /// Lets time pass, and everything happen that is due on the way.
    pub(crate) fn advance(&mut self, by: Duration) {
        let until = self.elapsed + by;
        while let Some(at) = self.core.next_deadline()
            && at <= until
        {
            self.move_to(at);
        }
        self.elapsed = until;
    }

    fn move_to(&mut self, at: Duration) {
        self.elapsed = self.elapsed.max(at);
        self.core.handle_deadline(self.now());
        self.collect();
    }

    /// Takes what the cluster wants done.
    pub(crate) fn collect(&mut self) {
        while let Some(action) = self.core.poll_action() {
            match action {
                Action::Write { link, frame, .. } => {
                    if let Some(arrived) = self.links.get_mut(&link) {
                        arrived.writes += 1;
                        arrived.stream.push(&frame.to_bytes());
                        while let Some(frame) = arrived.stream.next_frame().unwrap() {
                            arrived.frames.push_back(frame);
                        }
                    }
                }
                Action::Close(link) => {
                    if let Some(arrived) = self.links.get_mut(&link) {
                        arrived.closed = true;
                    }
                }
                Action::Listen { .. } => {}
            }
        }
    }
}

/// Asks for all topics.
pub(crate) fn all_topics() -> MetadataRequest {
    MetadataRequest {
        topics: None,
        ..MetadataRequest::default()
    }
}

/// A batch of records with these values and no keys, as a producer without idempotence sends it, stamped with the time a
/// cluster starts at.
pub(crate) fn batch<V: AsRef<[u8]>>(values: &[V]) -> Bytes {
    batch_of(values, STARTED, ProducerStamp::default(), false)
}

/// A batch of an idempotent or transactional producer.
pub(crate) fn batch_of<V: AsRef<[u8]>>(
    values: &[V],
    timestamp: i64,
    producer: ProducerStamp,
    transactional: bool,
) -> Bytes {
    let mut open = OpenBatch::new(usize::MAX);
    for value in values {
        let value = Some(value.as_ref());
        open.append(timestamp, None, value, std::iter::empty()).unwrap();
    }
    let options = SealOptions {
        producer,
        transactional,
        ..SealOptions::default()
    };
    let sealed = open.seal(&options, &mut Compressor::default()).unwrap();
    sealed.bytes().clone()
}
