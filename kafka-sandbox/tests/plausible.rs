//! Requests of all APIs in all versions, drawn at random from what the cluster knows, so that they get far: none is too much
//! for it, and each answer can be read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::fault::Command;
use kafka_sandbox::profile::Profile;
use kafka_sandbox::security::{SaslSettings, SecuritySettings};
use kafka_sandbox::storage::{DirectoryStorage, Storage};
use protocol::consumer_protocol::Subscription;
use protocol::frame::decode_response_header;
use protocol::messages::RequestHeader;
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_client_quotas::DescribeClientQuotasRequest;
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::describe_user_scram_credentials::DescribeUserScramCredentialsRequest;
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::messages::sasl_authenticate::SaslAuthenticateRequest;
use protocol::messages::sasl_handshake::SaslHandshakeRequest;
use protocol::records::ProducerStamp;
use protocol::sasl::Mechanism;
use protocol::testing::{Entry, Kind, Rng, Vocabulary, registry};
use protocol::wire::Writer;
use protocol::{ApiKey, Encode, Request, Uuid};
use regex::Regex;

use crate::support::{Cluster, STARTED, all_topics, batch, batch_of, settings};

/// How many requests each cluster gets.
const REQUESTS: usize = 1500;

#[test]
fn no_plausible_request_is_too_much() {
    for profile in Profile::all() {
        // A single broker coordinates and leads everything, so that nothing is refused for that.
        for brokers in [1, 3] {
            Storm::new(fastrand::u64(..), brokers, profile, None).rage();
        }
    }
}

/// Of whom one may do everything and the other what entries allow, which come and go.
const USERS: &[&str] = &["admin", "alice"];

#[test]
fn no_plausible_request_is_too_much_where_access_is_controlled() {
    for profile in [Profile::V2_8, Profile::V4_4] {
        let mut settings = settings(2);
        settings.profile = profile;
        let sasl = SaslSettings::new(Mechanism::ALL);
        settings.security = SecuritySettings {
            sasl: Some(USERS.iter().fold(sasl, |sasl, user| sasl.user(*user, *user))),
            acls: true,
            super_users: vec!["User:admin".to_owned()],
        };
        let seed = fastrand::u64(..);
        Storm::on(seed, 2, Cluster::with(settings), USERS).rage();
    }
}

#[test]
fn what_plausible_requests_did_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let open = || DirectoryStorage::open(directory.path()).unwrap();
    let seed = fastrand::u64(..);
    let mut storm = Storm::new(seed, 2, Profile::V4_4, Some(Box::new(open())));
    storm.rage();
    let before = remembered(&mut storm.cluster);
    drop(storm);
    let mut again = Cluster::on(settings(2), Box::new(open()));
    assert_eq!(remembered(&mut again), before, "seed {seed}");
}

/// What a cluster must not forget.
fn remembered(cluster: &mut Cluster) -> Vec<String> {
    let mut topics = cluster.ask(1, 12, &all_topics()).topics;
    topics.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    let mut remembered = Vec::new();
    for topic in &topics {
        let name = topic.name.as_deref().unwrap();
        remembered.push(format!("{name} {} {:?}", topic.topic_id, configs(cluster, name)));
        for partition in &topic.partitions {
            let index = partition.partition_index;
            // Coordinators write when they start.
            if topic.is_internal {
                remembered.push(format!("{name}-{index} {:?}", partition.replica_nodes));
                continue;
            }
            let offsets =
                [EARLIEST, LATEST].map(|spec| offset(cluster, partition.leader_id, name, index, spec));
            remembered.push(format!(
                "{name}-{index} {:?} {offsets:?}",
                partition.replica_nodes
            ));
        }
    }
    let every_acl = DescribeAclsRequest {
        resource_type_filter: 1,
        pattern_type_filter: 1,
        operation: 1,
        permission_type: 1,
        ..DescribeAclsRequest::default()
    };
    remembered.push(format!("{:?}", cluster.ask(1, 3, &every_acl).resources));
    let every_quota = DescribeClientQuotasRequest::default();
    remembered.push(format!("{:?}", cluster.ask(1, 1, &every_quota).entries));
    let every_user = DescribeUserScramCredentialsRequest::default();
    remembered.push(format!("{:?}", cluster.ask(1, 0, &every_user).results));
    remembered
}

/// What was set for a topic.
fn configs(cluster: &mut Cluster, topic: &str) -> Vec<(String, Option<String>)> {
    const OF_TOPIC: i8 = 1;
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 2,
            resource_name: topic.to_owned(),
            configuration_keys: None,
        }],
        ..DescribeConfigsRequest::default()
    };
    let mut response = cluster.ask(1, 4, &request);
    let configs = response.results.remove(0).configs.into_iter();
    let set = configs.filter(|config| config.config_source == OF_TOPIC);
    set.map(|config| (config.name, config.value)).collect()
}

const EARLIEST: i64 = -2;
const LATEST: i64 = -1;

/// The error code and offset that the leader of a partition answers.
fn offset(cluster: &mut Cluster, leader: i32, topic: &str, partition: i32, spec: i64) -> (i16, i64) {
    let request = ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: topic.to_owned(),
            partitions: vec![ListOffsetsPartition {
                partition_index: partition,
                timestamp: spec,
                ..ListOffsetsPartition::default()
            }],
        }],
        ..ListOffsetsRequest::default()
    };
    let mut response = cluster.ask(leader, 7, &request);
    let answer = response.topics.remove(0).partitions.remove(0);
    (answer.error_code, answer.offset)
}

/// A cluster under random requests.
struct Storm {
    seed: u64,
    brokers: i32,
    rng: Rng,
    /// What the cluster is asked about: what it has, and what its answers were about.
    known: Vocabulary,
    /// Finds fields with a text or a number.
    fields: Regex,
    cluster: Cluster,
    /// The requests that are offered, with the newest version of each.
    offered: Vec<(Entry, i16, i16)>,
    responses: BTreeMap<ApiKey, Entry>,
    links: BTreeMap<i32, LinkId>,
    /// Who asks, each with its name for a password; empty where nobody has to log in.
    users: &'static [&'static str],
}

impl Storm {
    fn new(seed: u64, brokers: i32, profile: Profile, storage: Option<Box<dyn Storage>>) -> Self {
        let mut settings = settings(brokers);
        settings.profile = profile;
        let cluster = match storage {
            Some(storage) => Cluster::on(settings, storage),
            None => Cluster::with(settings),
        };
        Self::on(seed, brokers, cluster, &[])
    }

    /// A storm on a cluster that nobody has used, with these users.
    fn on(seed: u64, brokers: i32, mut cluster: Cluster, users: &'static [&'static str]) -> Self {
        let now = cluster.now();
        let replicas = i16::try_from(brokers).unwrap();
        for (topic, partitions, replicas) in [("orders", 3, replicas), ("payments", 1, 1)] {
            cluster
                .core
                .create_topic(now, topic, partitions, replicas)
                .unwrap();
        }
        let versions = cluster.ask(1, 0, &ApiVersionsRequest::default()).api_keys;
        let entries = registry();
        let offered = versions.iter().filter_map(|range| {
            let of_key = |entry: &&Entry| entry.is_request() && entry.key == Some(ApiKey(range.api_key));
            let entry = entries.iter().find(of_key)?;
            // Produce is offered from version 0 on for the sake of old clients, and spoken from 3 on.
            Some((
                *entry,
                range.min_version.max(entry.versions.first),
                range.max_version,
            ))
        });
        let offered: Vec<_> = offered.collect();
        assert_eq!(offered.len(), versions.len());
        let responses = entries.iter().filter(|entry| entry.kind == Kind::Response);
        let mut storm = Self {
            seed,
            brokers,
            rng: Rng::new(seed),
            known: Vocabulary::default(),
            fields: Regex::new(r#"(\w+): (?:Some\()?("[^"\\]*|-?\d{1,18}\b)"#).unwrap(),
            cluster,
            offered,
            responses: responses.filter_map(|entry| Some((entry.key?, *entry))).collect(),
            links: BTreeMap::new(),
            users,
        };
        let link = storm.link();
        let version = versions_of_metadata(&storm.offered);
        let topics = storm.cluster.ask_on(link, version, &all_topics()).topics;
        storm.known = vocabulary(topics.iter().map(|topic| topic.topic_id).collect());
        storm
    }

    fn rage(&mut self) {
        for _ in 0..REQUESTS {
            if self.rng.below(20) == 0 {
                self.strike();
            }
            if self.rng.below(10) == 0 {
                self.stammer();
            }
            self.ask();
        }
        for broker in 1..=self.brokers {
            self.cluster.perform(Command::Restart(broker));
        }
    }

    /// Does something to the cluster, if it can be done.
    fn strike(&mut self) {
        let broker = self.broker();
        let topic: Arc<str> = "orders".into();
        let partition = i32::try_from(self.rng.below(3)).unwrap();
        let command = match self.rng.below(10) {
            0 => Command::Kill(broker),
            1 => Command::Pause(broker),
            2 => Command::Resume(broker),
            3 | 4 => Command::Restart(broker),
            5 => Command::MoveLeader {
                topic,
                partition,
                to: broker,
            },
            6 => Command::RecreateTopic(topic),
            7 => Command::CutLog {
                topic,
                partition,
                offset: self.rng.i64(),
            },
            8 => Command::DelayMarkers(Duration::from_millis(self.rng.u64() >> 54)),
            _ => Command::MoveCoordinator {
                group: "group".into(),
                to: broker,
            },
        };
        let now = self.cluster.now();
        // What is not possible now is refused.
        let _ = self.cluster.core.perform(now, &command);
        self.cluster.collect();
    }

    fn broker(&mut self) -> i32 {
        let brokers = usize::try_from(self.brokers).unwrap();
        i32::try_from(self.rng.below(brokers)).unwrap() + 1
    }

    /// A connection to some broker that is up.
    fn link(&mut self) -> LinkId {
        loop {
            let broker = self.broker();
            if let Some(&link) = self.links.get(&broker)
                && !self.cluster.is_closed(link)
            {
                return link;
            }
            if let Some(link) = self.cluster.try_connect(broker) {
                if self.log_in(link).is_some() {
                    self.links.insert(broker, link);
                    return link;
                }
                self.cluster.disconnect(link);
            }
            self.cluster.perform(Command::Restart(broker));
        }
    }

    /// Authenticates as some user, where that has to be. None when there is no answer in time, as of a paused broker.
    fn log_in(&mut self, link: LinkId) -> Option<()> {
        if self.users.is_empty() {
            return Some(());
        }
        let user = self.users[self.rng.below(self.users.len())];
        let mechanism = Mechanism::Plain.name().to_owned();
        let chosen = self.answer(link, 1, &SaslHandshakeRequest { mechanism })?;
        assert_eq!(chosen.error_code, 0);
        let auth_bytes = Bytes::from(format!("\0{user}\0{user}"));
        let done = self.answer(link, 1, &SaslAuthenticateRequest { auth_bytes })?;
        assert_eq!(done.error_code, 0, "{:?}", done.error_message);
        Some(())
    }

    /// The answer to a request, if there is one in time.
    fn answer<R: Request>(&mut self, link: LinkId, version: i16, request: &R) -> Option<R::Response> {
        let asked = self.cluster.send(link, version, request);
        for _ in 0..PATIENCE.as_secs() {
            let answer = self.cluster.answer(asked);
            if answer.is_some() {
                return answer;
            }
            self.cluster.advance(Duration::from_secs(1));
        }
        None
    }

    /// A request, its version and body.
    fn draw(&mut self) -> (Entry, i16, Vec<u8>) {
        let (entry, min, max) = self.offered[self.rng.below(self.offered.len())];
        let versions = usize::try_from(max - min).unwrap() + 1;
        let version = min + i16::try_from(self.rng.below(versions)).unwrap();
        let known = Arc::new(self.known.clone());
        let body = entry.random_bytes(&mut Rng::knowing(self.rng.u64(), known), version);
        (entry, version, body)
    }

    /// Asks something of which a few bytes are damaged. What comes back cannot be known.
    fn stammer(&mut self) {
        let (entry, version, mut body) = self.draw();
        for _ in 0..=self.rng.below(3) {
            if !body.is_empty() {
                let at = self.rng.below(body.len());
                body[at] = self.rng.i8().to_be_bytes()[0];
            }
        }
        let link = self.link();
        self.cluster
            .send_bytes(link, &framed(entry.key.unwrap(), version, &body));
        self.cluster.advance(Duration::from_millis(100));
        self.cluster.disconnect(link);
    }

    /// Asks something and reads the answer, if there is one in time.
    fn ask(&mut self) {
        let (entry, version, body) = self.draw();
        let key = entry.key.unwrap();
        let asked = format!(
            "seed {} {} {version} {}",
            self.seed,
            entry.name,
            shown(&entry, &body, version)
        );
        let link = self.link();
        self.cluster.send_bytes(link, &framed(key, version, &body));
        let mut left = PATIENCE;
        let frame = loop {
            if let Some(frame) = self.cluster.frame(link) {
                break frame;
            }
            if self.cluster.is_closed(link) {
                let may_close = MAY_CLOSE.contains(&key) || self.is_about_users(key);
                assert!(may_close, "{asked}: the connection was closed");
                return;
            }
            if left.is_zero() {
                // A paused broker, a wait that takes longer, a produce request without acknowledgement.
                self.cluster.disconnect(link);
                return;
            }
            let step = Duration::from_millis(500);
            self.cluster.advance(step);
            left -= step;
        };
        let (correlation_id, reader) = decode_response_header(&frame, key, version).unwrap();
        assert_eq!(correlation_id, CORRELATION_ID, "{asked}");
        let body = frame.slice(frame.len() - reader.remaining()..);
        match self.responses[&key].debug(&body, version) {
            Ok(answer) => self.learn(&answer),
            Err(error) => panic!("{asked}: {error}"),
        }
        if self.is_about_users(key) {
            // It has begun to log in again, and nothing else is answered.
            self.cluster.disconnect(link);
        }
    }

    /// Whether a request is a part of logging in.
    fn is_about_users(&self, key: ApiKey) -> bool {
        !self.users.is_empty() && [ApiKey::SASL_HANDSHAKE, ApiKey::SASL_AUTHENTICATE].contains(&key)
    }

    /// Learns from an answer, as `Debug` shows it, what its fields hold: members, epochs, sessions.
    fn learn(&mut self, answer: &str) {
        let fields = self.fields.captures_iter(answer).take(50);
        for (_, [name, value]) in fields.map(|field| field.extract()) {
            let at = self.rng.below(LEARNT_MAX);
            match value.strip_prefix('"') {
                Some(text) => put(&mut self.known.strings, name, at, text.to_owned()),
                None => put(&mut self.known.numbers, name, at, value.parse().unwrap()),
            }
        }
    }
}

/// Puts a value among those of a field, in the place of another if there are many.
fn put<T>(known: &mut BTreeMap<String, Vec<T>>, field: &str, at: usize, value: T) {
    let values = known.entry(field.to_owned()).or_default();
    match values.get_mut(at) {
        Some(learnt) => *learnt = value,
        None => values.push(value),
    }
}

/// How many values of a field are remembered.
const LEARNT_MAX: usize = 4;

const CORRELATION_ID: i32 = 77;

/// How long an answer is waited for, in the time of the cluster.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a broker closes the connection: what no ACL can be, and an error of a produce request that wants no answer.
const MAY_CLOSE: [ApiKey; 4] = [
    ApiKey::PRODUCE,
    ApiKey::DESCRIBE_ACLS,
    ApiKey::CREATE_ACLS,
    ApiKey::DELETE_ACLS,
];

fn versions_of_metadata(offered: &[(Entry, i16, i16)]) -> i16 {
    let metadata = offered
        .iter()
        .find(|(entry, ..)| entry.key == Some(ApiKey::METADATA));
    metadata.map(|&(_, _, max)| max).unwrap()
}

fn shown(entry: &Entry, body: &[u8], version: i16) -> String {
    entry.debug(&body.to_vec().into(), version).unwrap()
}

/// A request with its header and length.
fn framed(key: ApiKey, version: i16, body: &[u8]) -> Vec<u8> {
    let header = RequestHeader {
        request_api_key: key.0,
        request_api_version: version,
        correlation_id: CORRELATION_ID,
        client_id: Some("tests".to_owned()),
    };
    let mut w = Writer::new();
    header
        .encode(&mut w, key.request_header_version(version))
        .unwrap();
    let header = w.finish().to_bytes();
    let len = i32::try_from(header.len() + body.len()).unwrap();
    [&len.to_be_bytes(), &*header, body].concat()
}

/// Values that mean something to the cluster.
fn vocabulary(uuids: Vec<Uuid>) -> Vocabulary {
    let stamp = |producer_id, epoch, base_sequence| ProducerStamp {
        producer_id,
        epoch,
        base_sequence,
    };
    let bytes = [
        batch(&["a", "b"]),
        batch_of(&["c"], STARTED, stamp(0, 0, 0), false),
        batch_of(&["d"], STARTED, stamp(1, 0, 0), true),
        batch_of(&["e"], STARTED, stamp(1, 1, 1), true),
        subscription("orders"),
    ];
    let strings = STRINGS.iter().flat_map(|&(fields, values)| {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        fields
            .iter()
            .map(move |field| (field.to_string(), values.clone()))
    });
    let numbers = NUMBERS
        .iter()
        .flat_map(|&(fields, values)| fields.iter().map(|field| (field.to_string(), values.to_vec())));
    Vocabulary {
        strings: strings.collect(),
        numbers: numbers.collect(),
        bytes: bytes.to_vec(),
        uuids,
    }
}

/// Texts by the fields they suit, and under no name those for all others.
const STRINGS: &[(&[&str], &[&str])] = &[
    (
        &[""],
        &[
            "orders", "group", "-1", "1", "1000", "3", "compact", "*", "member", "",
        ],
    ),
    (
        &["name", "topic", "topic_name", "topics", "subscribed_topic_names"],
        &["orders", "orders", "payments", "new"],
    ),
    (
        &[
            "group_id",
            "groups",
            "group",
            "groups_names",
            "key",
            "coordinator_keys",
        ],
        &["group", "group", "modern"],
    ),
    (&["transactional_id", "transactional_ids"], &["transaction"]),
    (&["protocol_type"], &["consumer"]),
    (&["server_assignor"], &["uniform", "range"]),
    (&["resource_name"], &["orders", "1", "2", "", "group", "metrics"]),
    (&["entity_type"], &["user", "client-id", "ip"]),
    (&["principal"], &["User:alice"]),
    (&["host"], &["*"]),
    (
        &["feature"],
        &["metadata.version", "group.version", "transaction.version"],
    ),
];

/// Numbers, likewise.
const NUMBERS: &[(&[&str], &[i64])] = &[
    (
        &[""],
        &[-2, -1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 10, 500, 30_000, STARTED],
    ),
    (
        &[
            "session_timeout_ms",
            "rebalance_timeout_ms",
            "transaction_timeout_ms",
            "timeout_ms",
        ],
        &[6000, 30_000],
    ),
    (&["acks"], &[-1, -1, 1, 0]),
    (
        &[
            "partition",
            "partition_index",
            "partitions",
            "partition_indexes",
            "index",
        ],
        &[0, 0, 1, 2],
    ),
    (&["producer_id"], &[-1, 0, 1]),
    (&["producer_epoch", "member_epoch", "generation_id"], &[-1, 0, 1]),
    (&["replication_factor"], &[-1, 1]),
    (&["num_partitions", "count"], &[-1, 1, 5]),
    (
        &["leader_epoch", "current_leader_epoch", "replica_id"],
        &[-1, -1, 0],
    ),
    (&["resource_type"], &[2, 4, 16, 32]),
];

/// What a member of a classic group says of itself.
fn subscription(topic: &str) -> Bytes {
    let subscription = Subscription {
        topics: vec![topic.to_owned()],
        ..Subscription::default()
    };
    subscription.encode(3).unwrap()
}
