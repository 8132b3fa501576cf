//! Quotas: a client is told to be quiet, is, and gets all its work done.

use std::time::{Duration, Instant};

use kafka_client::admin::{AdminError, CreateTopicsOptions, NewTopic};
use kafka_client::client::Client;
use kafka_client::cluster::{OffsetSpec, Target, TopicPartition};
use protocol::messages::metadata::MetadataRequest;
use protocol::{ApiKey, ErrorCode};

use super::acls::{producer, send};
use super::admin::{Operation, Resource, allow, lift_quota, set_quota, take_away};
use super::ground::{Ground, twins};

/// Records of a tenth of a megabyte, and bytes a second that let two of them through.
const RECORD: usize = 100_000;
const RECORDS: usize = 10;
const RATE: f64 = 200_000.0;

/// What so many records take at the rate: five seconds, of which the first is free, and the last ones' pauses come after all
/// is done.
fn is_as_long_as_it_takes(took: Duration) {
    let expected = Duration::from_secs(2)..Duration::from_secs(30);
    assert!(expected.contains(&took), "{took:?}");
}

/// The longest time between two requests of the client that the sandbox worked on.
fn longest_pause(ground: &Ground<'_>, api: ApiKey) -> Option<Duration> {
    let requests = ground.as_sandbox()?.requests().from("erin").of(api);
    requests.gaps().into_iter().max()
}

#[test]
fn who_produces_too_fast_is_slowed_down() {
    twins("a quota of a producer", async |ground| {
        let (admin, erin) = (ground.client("admin").await, ground.client("erin").await);
        let topic = ground.topic(&admin, "secure-quota-produced").await;
        allow(&admin, "erin", Operation::Write, Resource::Topic(topic)).await;
        let writer = producer(&erin, false);
        ground
            .comes(|| send(&writer, topic, "x"), Result::is_ok)
            .await
            .unwrap();
        set_quota(&admin, "erin", "producer_byte_rate", RATE).await;
        let started = Instant::now();
        let value = "v".repeat(RECORD);
        for _ in 0..RECORDS {
            send(&writer, topic, &value).await.unwrap();
        }
        is_as_long_as_it_takes(started.elapsed());
        if let Some(pause) = longest_pause(ground, ApiKey::PRODUCE) {
            assert!(pause > Duration::from_millis(400), "{pause:?}");
        }
        lift_quota(&admin, "erin", "producer_byte_rate").await;
        admin.close().await;
        erin.close().await;
    });
}

#[test]
fn who_fetches_too_fast_is_slowed_down() {
    twins("a quota of a consumer", async |ground| {
        let (admin, erin) = (ground.client("admin").await, ground.client("erin").await);
        let topic = ground.topic(&admin, "secure-quota-fetched").await;
        let writer = producer(&admin, true);
        let value = "v".repeat(RECORD);
        for _ in 0..RECORDS {
            send(&writer, topic, &value).await.unwrap();
        }
        allow(&admin, "erin", Operation::Read, Resource::Topic(topic)).await;
        set_quota(&admin, "erin", "consumer_byte_rate", RATE).await;
        let consumer = erin
            .standalone_consumer()
            .assign([(TopicPartition::new(topic, 0), OffsetSpec::Earliest)])
            // A batch at a time.
            .configure(|config| config.max_partition_fetch_bytes = 1000);
        let mut consumer = consumer.start().await.unwrap();
        let started = Instant::now();
        let mut read = 0;
        while read < RECORDS {
            match consumer.next().await {
                Ok(batch) => read += batch.unwrap().len(),
                // Kafka's broker learns later than its controller what is allowed.
                Err(error) => assert!(read == 0 && ground.as_sandbox().is_none(), "{error}"),
            }
        }
        is_as_long_as_it_takes(started.elapsed());
        if let Some(pause) = longest_pause(ground, ApiKey::FETCH) {
            assert!(pause > Duration::from_millis(400), "{pause:?}");
        }
        consumer.close().await;
        lift_quota(&admin, "erin", "consumer_byte_rate").await;
        admin.close().await;
        erin.close().await;
    });
}

/// Asks about the cluster. Returns for how long the client was told to be quiet.
async fn ask(client: &Client) -> Duration {
    let request = MetadataRequest {
        topics: Some(Vec::new()),
        ..MetadataRequest::default()
    };
    let answer = client.call(Target::Any, request, |_| None).await.unwrap();
    Duration::from_millis(u64::try_from(answer.throttle_time_ms).unwrap())
}

#[test]
fn who_asks_too_much_is_told_to_be_quiet_and_is() {
    twins("a quota of requests", async |ground| {
        let (admin, frank) = (ground.client("admin").await, ground.client("frank").await);
        set_quota(&admin, "frank", "request_percentage", 0.01).await;
        let (mut quiet, mut asked) = (Duration::ZERO, Instant::now());
        for _ in 0..500 {
            asked = Instant::now();
            quiet = ask(&frank).await;
            if !quiet.is_zero() {
                break;
            }
        }
        // One window at most.
        assert!(
            quiet > Duration::ZERO && quiet <= Duration::from_secs(1),
            "{quiet:?}"
        );
        ask(&frank).await;
        assert!(asked.elapsed() >= quiet, "{:?} {quiet:?}", asked.elapsed());
        lift_quota(&admin, "frank", "request_percentage").await;
        admin.close().await;
        frank.close().await;
    });
}

async fn create(client: &Client, name: &str, partitions: i32, patient: bool) -> Result<(), AdminError> {
    let options = CreateTopicsOptions {
        retry_on_quota_violation: patient,
        ..CreateTopicsOptions::default()
    };
    let topic = NewTopic::new(name).partitions(partitions).replication_factor(1);
    let mut created = client.admin().create_topics([topic], options).await;
    created.remove(0).1.map(drop)
}

#[test]
fn who_creates_too_many_partitions_is_refused_and_may_wait() {
    twins("a quota of changes to partitions", async |ground| {
        let (admin, erin) = (ground.client("admin").await, ground.client("erin").await);
        let prefix = Resource::Topics("secure-quota-mutated");
        allow(&admin, "erin", Operation::Create, prefix).await;
        set_quota(&admin, "erin", "controller_mutation_rate", 1.0).await;
        // Eleven windows of a second may be saved up; this takes five seconds more.
        let started = Instant::now();
        let first = || create(&erin, "secure-quota-mutated-0", 16, true);
        ground.comes(first, Result::is_ok).await.unwrap();
        let mut refused = None;
        for number in 1..20 {
            let name = format!("secure-quota-mutated-{number}");
            refused = create(&erin, &name, 16, false).await.err();
            // Kafka's controller learns of the quota in its own time.
            if refused.is_some() || ground.as_sandbox().is_some() {
                break;
            }
        }
        let refused = refused.expect("a refusal");
        assert_eq!(
            refused.code(),
            Some(ErrorCode::THROTTLING_QUOTA_EXCEEDED),
            "{refused:?}"
        );
        create(&erin, "secure-quota-mutated-last", 1, true).await.unwrap();
        let took = started.elapsed();
        assert!(
            ground.as_sandbox().is_none() || took > Duration::from_millis(4900),
            "{took:?}"
        );
        lift_quota(&admin, "erin", "controller_mutation_rate").await;
        take_away(&admin, "erin", Operation::Create, prefix).await;
        admin.close().await;
        erin.close().await;
    });
}
