//! What a cluster is after it was killed, and started again on the same directory.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kafka_sandbox::fault::Command;
use kafka_sandbox::storage::{DirectoryStorage, LogStore, Storage, StorageError, StoredPartition};
use protocol::compress::Decompressor;
use protocol::messages::create_topics::{CreatableTopic, CreatableTopicConfig, CreateTopicsRequest};
use protocol::messages::delete_topics::{DeleteTopicState, DeleteTopicsRequest};
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::describe_quorum::{DescribeQuorumRequest, RequestPartitionData, RequestTopicData};
use protocol::messages::metadata::MetadataResponseTopic;
use protocol::records::Batches;
use protocol::{ErrorCode, Uuid};

use crate::configs::set_topic;
use crate::records::{fetch, produce};
use crate::replicas::reassign_of;
use crate::support::{Cluster, all_topics, batch, settings};

/// A cluster of two brokers with what a directory holds. Dropping it is as good as killing it: nothing is written then.
fn open(directory: &Path) -> Cluster {
    Cluster::on(settings(2), Box::new(DirectoryStorage::open(directory).unwrap()))
}

fn journal(directory: &Path) -> Vec<String> {
    let text = fs::read_to_string(directory.join("journal.jsonl")).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Topic `t` of one partition, which keeps its records for `retention` milliseconds.
fn topic(retention: &str) -> CreatableTopic {
    CreatableTopic {
        name: "t".to_owned(),
        num_partitions: 1,
        replication_factor: 2,
        configs: vec![CreatableTopicConfig {
            name: "retention.ms".to_owned(),
            value: Some(retention.to_owned()),
        }],
        ..CreatableTopic::default()
    }
}

fn delete(cluster: &mut Cluster) {
    let request = DeleteTopicsRequest {
        topics: vec![DeleteTopicState {
            name: Some("t".to_owned()),
            topic_id: Uuid::default(),
        }],
        ..DeleteTopicsRequest::default()
    };
    assert_eq!(cluster.ask(1, 6, &request).responses[0].error_code, 0);
}

/// The topics, and topic `t`, if it is there.
fn find(cluster: &mut Cluster) -> Option<MetadataResponseTopic> {
    cluster.ask(1, 12, &all_topics()).topics.pop()
}

fn leader(cluster: &mut Cluster) -> (i32, i32) {
    let partition = &find(cluster).unwrap().partitions[0];
    (partition.leader_id, partition.leader_epoch)
}

fn write(cluster: &mut Cluster, value: &str) {
    let (leader, _) = leader(cluster);
    let response = cluster.ask(leader, 9, &produce("t", 0, -1, batch(&[value])));
    assert_eq!(response.responses[0].partition_responses[0].error_code, 0);
}

fn read(cluster: &mut Cluster) -> Vec<String> {
    let (leader, _) = leader(cluster);
    let response = cluster.ask(leader, 12, &fetch("t", 0, 0));
    let partition = &response.responses[0].partitions[0];
    assert_eq!(partition.error_code, 0);
    let mut values = Vec::new();
    for batch in Batches::new(partition.records.clone().unwrap_or_default()) {
        let records = batch.unwrap().records(&mut Decompressor::default()).unwrap();
        let found = records
            .iter()
            .map(|record| record.unwrap().value.unwrap().to_vec());
        values.extend(found.map(|value| String::from_utf8(value).unwrap()));
    }
    values
}

fn retention(cluster: &mut Cluster) -> Option<String> {
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 2,
            resource_name: "t".to_owned(),
            configuration_keys: Some(vec!["retention.ms".to_owned()]),
        }],
        ..DescribeConfigsRequest::default()
    };
    let mut response = cluster.ask(1, 4, &request);
    response.results.remove(0).configs.remove(0).value
}

#[test]
fn a_topic_that_was_created_again_is_there_with_its_own_records() {
    for by_command in [false, true] {
        for without_ids in [false, true] {
            let directory = tempfile::tempdir().unwrap();
            let mut cluster = open(directory.path());
            cluster.create_with(topic("1000000"));
            write(&mut cluster, "old");
            let id = if by_command {
                cluster.perform(Command::RecreateTopic("t".into()));
                find(&mut cluster).unwrap().topic_id
            } else {
                delete(&mut cluster);
                cluster.create_with(topic("1000000"))
            };
            write(&mut cluster, "new");
            drop(cluster);
            if without_ids {
                fs::remove_file(directory.path().join("t-0/partition.metadata")).unwrap();
            }
            for _ in 0..2 {
                let mut cluster = open(directory.path());
                assert_eq!(find(&mut cluster).unwrap().topic_id, id);
                assert_eq!(read(&mut cluster), ["new"]);
                assert_eq!(retention(&mut cluster).as_deref(), Some("1000000"));
            }
        }
    }
}

#[test]
fn a_topic_that_was_created_again_has_the_replicas_it_was_given() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    cluster.create_with(topic("1000000"));
    assert_eq!(
        reassign_of(&mut cluster, "t", 0, Some(&[2]), true).0,
        ErrorCode::NONE
    );
    cluster.perform(Command::RecreateTopic("t".into()));
    drop(cluster);
    let topic = find(&mut open(directory.path())).unwrap();
    assert_eq!(&*topic.partitions[0].replica_nodes, &[2]);
}

#[test]
fn what_is_left_of_a_deleted_topic_goes_at_the_next_start_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("t-0");
    let kept = directory.path().join("kept");
    let mut cluster = open(directory.path());
    cluster.create_with(topic("1000000"));
    write(&mut cluster, "old");
    fs::rename(&folder, &kept).unwrap();
    delete(&mut cluster);
    let id = cluster.create_with(topic("1000000"));
    drop(cluster);
    // As where it was killed before the folder was gone.
    fs::rename(&kept, &folder).unwrap();
    let other = directory.path().join("other-0");
    fs::create_dir(&other).unwrap();
    let mut cluster = open(directory.path());
    assert_eq!(find(&mut cluster).unwrap().topic_id, id);
    assert_eq!(read(&mut cluster), [""; 0]);
    assert!(other.is_dir());
}

#[test]
fn the_journal_is_as_long_as_what_is_there() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    cluster.create_with(topic("1000000"));
    for retention in 0..50 {
        set_topic(
            &mut cluster,
            "t",
            "retention.ms",
            &(2_000_000 + retention).to_string(),
        );
    }
    for _ in 0..50 {
        cluster.perform(Command::RecreateTopic("t".into()));
    }
    let id = find(&mut cluster).unwrap().topic_id;
    drop(cluster);
    let mut lengths = Vec::new();
    for _ in 0..3 {
        let mut cluster = open(directory.path());
        assert_eq!(find(&mut cluster).unwrap().topic_id, id);
        assert_eq!(retention(&mut cluster).as_deref(), Some("2000049"));
        assert_eq!(cluster.core.cluster_id(), "a-cluster");
        drop(cluster);
        lengths.push(journal(directory.path()).len());
    }
    assert!(lengths[0] < 10, "{lengths:?}");
    assert_eq!(lengths[0], lengths[2]);
}

#[test]
fn leader_epochs_only_grow() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    cluster.create_with(topic("1000000"));
    write(&mut cluster, "a");
    let mut highest = leader(&mut cluster).1;
    for moves in [250, 3, 0, 101] {
        for nth in 0..moves {
            cluster.perform(Command::MoveLeader {
                topic: "t".into(),
                partition: 0,
                to: 1 + nth % 2,
            });
        }
        for _ in 0..moves {
            cluster.perform(Command::Restart(2));
        }
        let before = leader(&mut cluster).1;
        assert!(before >= highest + moves);
        drop(cluster);
        cluster = open(directory.path());
        highest = leader(&mut cluster).1;
        assert!(highest > before, "{highest} after {before}");
    }
    assert_eq!(read(&mut cluster), ["a"]);
}

#[test]
fn a_topic_is_never_without_its_configs_whenever_the_process_dies() {
    let directory = tempfile::tempdir().unwrap();
    let mut cluster = open(directory.path());
    let before = journal(directory.path()).len();
    cluster.create_with(topic("1000000"));
    cluster.perform(Command::RecreateTopic("t".into()));
    drop(cluster);
    let lines = journal(directory.path());
    assert_eq!(lines.len(), before + 2);
    for kept in before..=lines.len() {
        let directory = tempfile::tempdir().unwrap();
        let text: String = lines[..kept].iter().map(|line| format!("{line}\n")).collect();
        fs::write(directory.path().join("journal.jsonl"), text).unwrap();
        let mut cluster = open(directory.path());
        assert_eq!(find(&mut cluster).is_some(), kept > before);
        if kept > before {
            assert_eq!(retention(&mut cluster).as_deref(), Some("1000000"));
        }
    }
}

#[test]
fn a_journal_without_configs_in_its_topics_is_understood() {
    let directory = tempfile::tempdir().unwrap();
    let id = Uuid::from_bytes([7; 16]);
    let text = format!(
        concat!(
            r#"{{"change":"cluster","id":"older"}}"#,
            "\n",
            r#"{{"change":"create_topic","name":"t","id":"{id}","replicas":[[1,2]]}}"#,
            "\n",
            r#"{{"change":"set_config","kind":2,"resource":"t","name":"retention.ms","value":"77"}}"#,
            "\n",
        ),
        id = id
    );
    fs::write(directory.path().join("journal.jsonl"), text).unwrap();
    for _ in 0..2 {
        let mut cluster = open(directory.path());
        assert_eq!(cluster.core.cluster_id(), "older");
        assert_eq!(find(&mut cluster).unwrap().topic_id, id);
        assert_eq!(retention(&mut cluster).as_deref(), Some("77"));
    }
}

/// A directory in which, for a while, nothing can be opened and nothing removed.
#[derive(Debug)]
struct Flaky {
    inner: DirectoryStorage,
    fails: Arc<AtomicBool>,
}

impl Flaky {
    fn check(&self) -> Result<(), StorageError> {
        if self.fails.load(Ordering::Relaxed) {
            let error = std::io::ErrorKind::PermissionDenied.into();
            return Err(StorageError::new("touch", "a folder", error));
        }
        Ok(())
    }
}

impl Storage for Flaky {
    fn open(&mut self, topic: &str, partition: i32, id: Uuid) -> Result<Box<dyn LogStore>, StorageError> {
        self.check()?;
        self.inner.open(topic, partition, id)
    }

    fn remove(&mut self, topic: &str, partition: i32) -> Result<(), StorageError> {
        self.check()?;
        self.inner.remove(topic, partition)
    }

    fn list(&self) -> Result<Vec<StoredPartition>, StorageError> {
        self.inner.list()
    }

    fn append_line(&mut self, line: &str) -> Result<(), StorageError> {
        self.inner.append_line(line)
    }

    fn read_lines(&self) -> Result<Vec<String>, StorageError> {
        self.inner.read_lines()
    }

    fn rewrite_lines(&mut self, lines: &[String]) -> Result<(), StorageError> {
        self.inner.rewrite_lines(lines)
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        self.inner.sync()
    }
}

#[test]
fn what_could_not_be_done_is_not_in_the_journal() {
    let directory = tempfile::tempdir().unwrap();
    let fails = Arc::new(AtomicBool::new(false));
    let storage = Flaky {
        inner: DirectoryStorage::open(directory.path()).unwrap(),
        fails: fails.clone(),
    };
    let mut cluster = Cluster::on(settings(2), Box::new(storage));
    fails.store(true, Ordering::Relaxed);
    let request = CreateTopicsRequest {
        topics: vec![topic("1000000")],
        ..CreateTopicsRequest::default()
    };
    let response = cluster.ask(1, 7, &request);
    assert_eq!(
        ErrorCode(response.topics[0].error_code),
        ErrorCode::KAFKA_STORAGE_ERROR
    );
    assert_eq!(find(&mut cluster), None);
    fails.store(false, Ordering::Relaxed);
    cluster.create_with(topic("1000000"));
    write(&mut cluster, "old");
    // A topic is deleted, whether or not its folder can be removed at once.
    fails.store(true, Ordering::Relaxed);
    delete(&mut cluster);
    assert_eq!(find(&mut cluster), None);
    assert!(directory.path().join("t-0").is_dir());
    drop(cluster);
    let mut cluster = open(directory.path());
    assert_eq!(find(&mut cluster), None);
    assert!(!directory.path().join("t-0").exists());
    cluster.create_with(topic("1000000"));
    assert_eq!(read(&mut cluster), [""; 0]);
}

#[test]
fn a_folder_that_could_not_be_removed_makes_room_for_the_next_topic_of_its_name() {
    let directory = tempfile::tempdir().unwrap();
    let fails = Arc::new(AtomicBool::new(false));
    let storage = Flaky {
        inner: DirectoryStorage::open(directory.path()).unwrap(),
        fails: fails.clone(),
    };
    let mut cluster = Cluster::on(settings(2), Box::new(storage));
    cluster.create_with(topic("1000000"));
    write(&mut cluster, "old");
    fails.store(true, Ordering::Relaxed);
    delete(&mut cluster);
    fails.store(false, Ordering::Relaxed);
    cluster.create_with(topic("1000000"));
    write(&mut cluster, "new");
    assert_eq!(read(&mut cluster), ["new"]);
    drop(cluster);
    assert_eq!(read(&mut open(directory.path())), ["new"]);
}

#[test]
fn epochs_of_the_quorum_go_on_rising() {
    let directory = tempfile::tempdir().unwrap();
    let quorum = |cluster: &mut Cluster| {
        let request = DescribeQuorumRequest {
            topics: vec![RequestTopicData {
                topic_name: "__cluster_metadata".to_owned(),
                partitions: vec![RequestPartitionData { partition_index: 0 }],
            }],
        };
        let told = cluster.ask(1, 2, &request);
        let partition = &told.topics[0].partitions[0];
        (partition.leader_epoch, partition.high_watermark)
    };
    let mut cluster = open(directory.path());
    let first = quorum(&mut cluster);
    cluster.perform(Command::Restart(2));
    cluster.perform(Command::Restart(2));
    let second = quorum(&mut cluster);
    assert_eq!(second.0, first.0 + 2);
    assert!(second.1 > first.1);
    drop(cluster);
    let third = quorum(&mut open(directory.path()));
    // Both brokers were started once more.
    assert_eq!(third.0, second.0 + 2);
    assert!(third.1 > second.1);
}
