//! Transactions across the death of the whole cluster.

use std::path::Path;
use std::time::Duration;

use kafka_sandbox::profile::Profile;
use kafka_sandbox::state::Settings;
use kafka_sandbox::storage::DirectoryStorage;
use protocol::ErrorCode;

use super::producer::{Producer, Speaks, read};
use super::{OFTEN, create_topics, describe, listed, perform, status};
use crate::support::{Cluster, settings_with};

const EXPIRATION: (&str, &str) = ("transactional.id.expiration.ms", "10000");
const EXPIRATION_INTERVAL: (&str, &str) = (
    "transaction.remove.expired.transaction.cleanup.interval.ms",
    "1000",
);

/// A cluster with what a directory holds. Dropping it is as good as killing it: nothing is written then.
fn open(directory: &Path) -> Cluster {
    open_as(Profile::default(), directory)
}

fn open_as(profile: Profile, directory: &Path) -> Cluster {
    let settings = Settings {
        profile,
        ..settings_with(1, &[OFTEN, EXPIRATION, EXPIRATION_INTERVAL])
    };
    Cluster::on(settings, Box::new(DirectoryStorage::open(directory).unwrap()))
}

#[test]
fn t23_an_open_transaction_is_gone_on_with_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    create_topics(&mut cluster, 1);
    let mut producer = Producer::start(&mut cluster, "a", 1, Speaks::V2);
    assert_eq!(producer.write(&mut cluster, 1, "orders", 0, &["x"]).error_code, 0);
    let before = describe(&mut cluster, &producer);
    drop(cluster);

    let mut cluster = open(directory.path());
    assert_eq!(describe(&mut cluster, &producer), before);
    assert_eq!(read(&mut cluster, 1, "orders", 0, true).0, [""; 0]);
    assert_eq!(producer.write(&mut cluster, 1, "orders", 0, &["y"]).error_code, 0);
    assert_eq!(producer.end(&mut cluster, true), ErrorCode::NONE);
    assert_eq!(read(&mut cluster, 1, "orders", 0, true).0, ["x", "y"]);
}

#[test]
fn t10_t23_an_open_transaction_is_aborted_after_its_time_whoever_wrote_it() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    create_topics(&mut cluster, 1);
    let mut producer = Producer::start(&mut cluster, "a", 1, Speaks::V1);
    assert_eq!(producer.add(&mut cluster, "orders", &[0]), ErrorCode::NONE);
    assert_eq!(producer.write(&mut cluster, 1, "orders", 0, &["x"]).error_code, 0);
    drop(cluster);

    let mut cluster = open(directory.path());
    cluster.advance(Duration::from_secs(59));
    assert_eq!(status(&mut cluster, &producer), "Ongoing");
    cluster.advance(Duration::from_secs(2));
    assert_eq!(status(&mut cluster, &producer), "CompleteAbort");
    let (values, data) = read(&mut cluster, 1, "orders", 0, true);
    assert_eq!(values, [""; 0]);
    assert_eq!(data.last_stable_offset, 2);
    drop(cluster);

    let mut cluster = open(directory.path());
    assert_eq!(status(&mut cluster, &producer), "CompleteAbort");
    assert_eq!(producer.end(&mut cluster, true), ErrorCode::PRODUCER_FENCED);
}

#[test]
fn an_end_that_was_decided_is_completed_after_a_restart() {
    for (speaks, commit) in [
        (Speaks::V1, true),
        (Speaks::V1, false),
        (Speaks::V2, true),
        (Speaks::V2, false),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let mut cluster = open(directory.path());
        create_topics(&mut cluster, 1);
        let mut producer = Producer::start(&mut cluster, "a", 1, speaks);
        assert_eq!(producer.add(&mut cluster, "orders", &[0, 1]), ErrorCode::NONE);
        assert_eq!(producer.write(&mut cluster, 1, "orders", 0, &["x"]).error_code, 0);
        perform(&mut cluster, "markers=60s");
        let mut before = producer.clone();
        assert_eq!(producer.end(&mut cluster, commit), ErrorCode::NONE);
        assert_eq!(read(&mut cluster, 1, "orders", 0, true).0, [""; 0]);
        drop(cluster);

        let mut cluster = open(directory.path());
        let expected: &[&str] = if commit { &["x"] } else { &[] };
        assert_eq!(read(&mut cluster, 1, "orders", 0, true).0, expected);
        assert_eq!(before.end(&mut cluster, commit), ErrorCode::NONE);
        assert_eq!((before.id, before.epoch), (producer.id, producer.epoch));
        let markers = read(&mut cluster, 1, "orders", 1, true).1.high_watermark;
        drop(cluster);

        let mut cluster = open(directory.path());
        let again = read(&mut cluster, 1, "orders", 1, true).1.high_watermark;
        assert_eq!(again, markers, "what is completed is not ended again");
    }
}

#[test]
fn what_was_forgotten_stays_so_and_no_producer_id_comes_twice() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    create_topics(&mut cluster, 1);
    let first = Producer::start(&mut cluster, "a", 1, Speaks::V1);
    cluster.advance(Duration::from_secs(12));
    assert_eq!(listed(&mut cluster, 1), [""; 0]);
    drop(cluster);

    let mut cluster = open(directory.path());
    assert_eq!(listed(&mut cluster, 1), [""; 0]);
    let second = Producer::start(&mut cluster, "a", 1, Speaks::V1);
    assert!(second.id > first.id, "{} after {}", second.id, first.id);
}

#[test]
fn t15_a_cluster_before_version_2_keeps_and_fences_as_it_did() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open_as(Profile::V3_9, directory.path());
    create_topics(&mut cluster, 1);
    let first = Producer::start(&mut cluster, "a", 1, Speaks::V1);
    let mut producer = Producer::start(&mut cluster, "a", 1, Speaks::V1);
    assert_eq!((producer.id, producer.epoch), (first.id, 1));
    assert_eq!(producer.add(&mut cluster, "orders", &[0]), ErrorCode::NONE);
    assert_eq!(producer.write(&mut cluster, 1, "orders", 0, &["x"]).error_code, 0);
    assert_eq!(producer.end(&mut cluster, true), ErrorCode::NONE);
    assert_eq!(producer.epoch, 1);
    assert_eq!(producer.add(&mut cluster, "orders", &[0]), ErrorCode::NONE);
    let before = describe(&mut cluster, &producer);
    drop(cluster);

    let mut cluster = open_as(Profile::V3_9, directory.path());
    assert_eq!(describe(&mut cluster, &producer), before);
    cluster.advance(Duration::from_secs(70));
    let aborted = describe(&mut cluster, &producer);
    assert_eq!(
        (aborted.transaction_state.as_str(), aborted.producer_epoch),
        ("CompleteAbort", 2)
    );
    // Nothing tells it from one that was replaced.
    assert_eq!(producer.init_again(&mut cluster), ErrorCode::PRODUCER_FENCED);
    drop(cluster);

    // The brokers are upgraded.
    let mut cluster = open(directory.path());
    let mut upgraded = Producer::start(&mut cluster, "a", 1, Speaks::V2);
    assert_eq!((upgraded.id, upgraded.epoch), (first.id, 3));
    assert_eq!(upgraded.write(&mut cluster, 1, "orders", 0, &["y"]).error_code, 0);
    assert_eq!(upgraded.end(&mut cluster, true), ErrorCode::NONE);
    assert_eq!(read(&mut cluster, 1, "orders", 0, true).0, ["x", "y"]);
}
