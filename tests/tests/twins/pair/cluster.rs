//! The clusters that scenarios are run on.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use kafka_sandbox::{Sandbox, SandboxBuilder};
use protocol::ErrorCode;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::offset_fetch::{OffsetFetchRequest, OffsetFetchRequestGroup};
use real_kafka::{ClusterBuilder, KafkaCluster};

use super::super::link::{Link, newest_stable};
use super::raw::settle;

/// A sandbox and a real Kafka of one broker each, with the same properties.
pub(in super::super) struct Pair {
    pub(super) sandbox: String,
    pub(super) real: String,
    _running: (Sandbox, KafkaCluster),
}

/// What all clusters are started with: times that a test can wait for, and bounds that it can reach.
const PROPERTIES: &[(&str, &str)] = &[
    ("offsets.topic.num.partitions", "4"),
    ("offsets.topic.replication.factor", "1"),
    ("transaction.state.log.num.partitions", "4"),
    ("transaction.state.log.replication.factor", "1"),
    ("transaction.state.log.min.isr", "1"),
    ("group.initial.rebalance.delay.ms", "0"),
    ("group.min.session.timeout.ms", "500"),
    ("group.max.size", "4"),
    ("group.consumer.max.size", "4"),
    ("group.consumer.min.heartbeat.interval.ms", "100"),
    ("group.consumer.min.session.timeout.ms", "1000"),
    ("group.consumer.assignment.interval.ms", "0"),
    ("log.cleaner.backoff.ms", "100"),
    ("log.cleaner.dedupe.buffer.size", "2097152"),
];

/// The clusters that scenarios share which give their topics and groups names of their own.
pub(in super::super) fn shared() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| {
        let sandbox = Sandbox::builder().brokers(1);
        Pair::start(sandbox, KafkaCluster::builder())
    })
}

/// Clusters with an authorizer, to which everything is allowed who does not say who they are: for scenarios that change what
/// belongs to the cluster as a whole, one at a time. They leave it as it was.
pub(in super::super) fn exclusive() -> MutexGuard<'static, Pair> {
    static PAIR: OnceLock<Mutex<Pair>> = OnceLock::new();
    let pair = PAIR.get_or_init(|| {
        let sandbox = Sandbox::builder().brokers(1).acls(["User:ANONYMOUS"]);
        let real = KafkaCluster::builder().super_user("ANONYMOUS");
        Mutex::new(Pair::start(sandbox, real))
    });
    pair.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pair {
    fn start(mut sandbox: SandboxBuilder, mut real: ClusterBuilder) -> Self {
        for (name, value) in PROPERTIES {
            sandbox = sandbox.property(*name, *value);
            real = real.property(*name, *value);
        }
        let sandbox = sandbox.start_blocking().unwrap();
        let real = real.start().unwrap();
        let pair = Self {
            sandbox: sandbox.bootstrap_servers(),
            real: real.bootstrap(),
            _running: (sandbox, real),
        };
        for address in [&pair.sandbox, &pair.real] {
            wait_for_coordinators(&mut Link::open(address));
        }
        pair
    }
}

/// Waits until the broker coordinates all groups and transactions: the partitions that keep them are loaded one after
/// another.
pub(in super::super) fn wait_for_coordinators(link: &mut Link) {
    for index in 0..32 {
        let name = format!("warm-{index}");
        for key_type in [0, 1] {
            settle(link, |link| {
                let request = FindCoordinatorRequest {
                    key_type,
                    coordinator_keys: vec![name.clone()],
                    ..FindCoordinatorRequest::default()
                };
                ErrorCode(link.ask(&request).coordinators[0].error_code)
            });
        }
        settle(link, |link| {
            let request = OffsetFetchRequest {
                groups: vec![OffsetFetchRequestGroup {
                    group_id: name.clone(),
                    ..OffsetFetchRequestGroup::default()
                }],
                ..OffsetFetchRequest::default()
            };
            ErrorCode(link.ask(&request).groups[0].error_code)
        });
        settle(link, |link| {
            let request = InitProducerIdRequest {
                transactional_id: Some(name.clone()),
                transaction_timeout_ms: 60_000,
                producer_id: -1,
                producer_epoch: -1,
                ..InitProducerIdRequest::default()
            };
            let answer = link.try_ask(newest_stable::<InitProducerIdRequest>(), &request);
            ErrorCode(answer.unwrap().error_code)
        });
    }
}
