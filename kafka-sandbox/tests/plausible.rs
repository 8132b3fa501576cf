//! Requests of all APIs in all versions, drawn at random from what the cluster knows, so that they get far: none is too much
//! for it, and each answer can be read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kafka_sandbox::answers::LinkId;
use kafka_sandbox::fault::Command;
use kafka_sandbox::profile::Profile;
use kafka_sandbox::storage::{DirectoryStorage, Storage};
use protocol::consumer_protocol::Subscription;
use protocol::frame::decode_response_header;
use protocol::messages::RequestHeader;
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_client_quotas::DescribeClientQuotasRequest;
use protocol::messages::describe_user_scram_credentials::DescribeUserScramCredentialsRequest;
use protocol::records::ProducerStamp;
use protocol::testing::{Entry, Kind, Rng, Vocabulary, registry};
use protocol::wire::Writer;
use protocol::{ApiKey, Encode};

use crate::support::{Cluster, STARTED, all_topics, batch, batch_of, settings};

const BROKERS: i32 = 3;
/// How many requests each cluster gets.
const REQUESTS: usize = 1500;

#[test]
fn no_plausible_request_is_too_much() {
    for profile in Profile::all() {
        Storm::new(fastrand::u64(..), profile, None).rage();
    }
}

#[test]
fn what_plausible_requests_did_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let open = || DirectoryStorage::open(directory.path()).unwrap();
    let seed = fastrand::u64(..);
    let mut storm = Storm::new(seed, Profile::V4_4, Some(Box::new(open())));
    storm.rage();
    let before = remembered(&mut storm.cluster);
    drop(storm);
    let mut again = Cluster::on(settings(BROKERS), Box::new(open()));
    assert_eq!(remembered(&mut again), before, "seed {seed}");
}

/// What a cluster must not forget.
fn remembered(cluster: &mut Cluster) -> Vec<String> {
    let mut topics = cluster.ask(1, 12, &all_topics()).topics;
    topics.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    let of_topics = topics.iter().map(|topic| {
        let partitions = topic.partitions.iter();
        let replicas: Vec<_> = partitions
            .map(|one| (one.partition_index, &one.replica_nodes))
            .collect();
        format!("{:?} {} {replicas:?}", topic.name, topic.topic_id)
    });
    let mut remembered: Vec<_> = of_topics.collect();
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

/// A cluster under random requests.
struct Storm {
    seed: u64,
    rng: Rng,
    /// What the cluster is asked about: what it has, and what its answers were about.
    known: Vocabulary,
    cluster: Cluster,
    /// The requests that are offered, with the newest version of each.
    offered: Vec<(Entry, i16, i16)>,
    responses: BTreeMap<ApiKey, Entry>,
    links: BTreeMap<i32, LinkId>,
}

impl Storm {
    fn new(seed: u64, profile: Profile, storage: Option<Box<dyn Storage>>) -> Self {
        let mut settings = settings(BROKERS);
        settings.profile = profile;
        let mut cluster = match storage {
            Some(storage) => Cluster::on(settings, storage),
            None => Cluster::with(settings),
        };
        let now = cluster.now();
        for (topic, partitions, replicas) in [("orders", 3, 3), ("payments", 1, 1)] {
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
        let ids = cluster
            .ask(1, versions_of_metadata(&offered), &all_topics())
            .topics;
        let known = vocabulary(ids.iter().map(|topic| topic.topic_id).collect());
        Self {
            seed,
            rng: Rng::new(seed),
            known,
            cluster,
            offered,
            responses: responses.filter_map(|entry| Some((entry.key?, *entry))).collect(),
            links: BTreeMap::new(),
        }
    }

    fn rage(&mut self) {
        for _ in 0..REQUESTS {
            if self.rng.below(20) == 0 {
                self.strike();
            }
            self.ask();
        }
        for broker in 1..=BROKERS {
            self.cluster.perform(Command::Restart(broker));
        }
    }

    /// Does something to the cluster, if it can be done.
    fn strike(&mut self) {
        let broker = i32::try_from(self.rng.below(3)).unwrap() + 1;
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

    /// A connection to some broker that is up.
    fn link(&mut self) -> LinkId {
        loop {
            let broker = i32::try_from(self.rng.below(3)).unwrap() + 1;
            if let Some(&link) = self.links.get(&broker)
                && !self.cluster.is_closed(link)
            {
                return link;
            }
            if let Some(link) = self.cluster.try_connect(broker) {
                self.links.insert(broker, link);
                return link;
            }
            self.cluster.perform(Command::Restart(broker));
        }
    }

    /// Asks something and reads the answer, if there is one in time.
    fn ask(&mut self) {
        let (entry, min, max) = self.offered[self.rng.below(self.offered.len())];
        let key = entry.key.unwrap();
        let versions = usize::try_from(max - min).unwrap() + 1;
        let version = min + i16::try_from(self.rng.below(versions)).unwrap();
        let about = Arc::new(self.pick());
        let body = entry.random_bytes(&mut Rng::knowing(self.rng.u64(), about), version);
        let asked = format!(
            "seed {} {} {version} {}",
            self.seed,
            entry.name,
            shown(&entry, &body, version)
        );
        let link = self.link();
        self.cluster.send_bytes(link, &framed(key, version, &body));
        let mut left = Duration::from_secs(60);
        let frame = loop {
            if let Some(frame) = self.cluster.frame(link) {
                break frame;
            }
            if self.cluster.is_closed(link) {
                assert!(MAY_CLOSE.contains(&key), "{asked}: the connection was closed");
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
    }

    /// A few of the values that are known, so that a request says the same more than once.
    fn pick(&mut self) -> Vocabulary {
        let Self { rng, known, .. } = self;
        Vocabulary {
            strings: some(rng, &known.strings, 4),
            bytes: some(rng, &known.bytes, 2),
            uuids: some(rng, &known.uuids, 2),
            numbers: some(rng, &known.numbers, 4),
        }
    }

    /// Learns from an answer, as `Debug` shows it, the texts in it: ids of members, names.
    fn learn(&mut self, answer: &str) {
        let texts = answer
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|text| !text.contains(' '));
        for text in texts.take(3) {
            let at = self.rng.below(LEARNT_MAX);
            match self.known.strings.get_mut(WORDS.len() + at) {
                Some(learnt) => text.clone_into(learnt),
                None => self.known.strings.push(text.to_owned()),
            }
        }
    }
}

/// Up to `count` of some values.
fn some<T: Clone>(rng: &mut Rng, of: &[T], count: usize) -> Vec<T> {
    (0..count.min(of.len()))
        .map(|_| of[rng.below(of.len())].clone())
        .collect()
}

/// How many texts are remembered of answers.
const LEARNT_MAX: usize = 16;

const CORRELATION_ID: i32 = 77;

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

/// Texts that mean something to the cluster.
const WORDS: &[&str] = &[
    "orders",
    "payments",
    "group",
    "streams",
    "consumer",
    "member",
    "instance",
    "range",
    "uniform",
    "roundrobin",
    "cooperative-sticky",
    "transaction",
    "__consumer_offsets",
    "cleanup.policy",
    "compact",
    "retention.ms",
    "1000",
    "-1",
    "1",
    "3",
    "*",
    "User:alice",
    "kafka-cluster",
    "alice",
    "user",
    "client-id",
    "producer_byte_rate",
    "metadata.version",
    "group.version",
    "interval.ms",
    "metrics",
    "Stable",
    "",
];

/// Values that mean something to the cluster.
fn vocabulary(uuids: Vec<protocol::Uuid>) -> Vocabulary {
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
        Subscription::default().encode(3).unwrap(),
    ];
    Vocabulary {
        strings: WORDS.iter().map(ToString::to_string).collect(),
        bytes: bytes.to_vec(),
        uuids,
        numbers: vec![-2, -1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 10, 500, 30_000, STARTED],
    }
}
