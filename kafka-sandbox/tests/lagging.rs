//! Replicas that stand still while their brokers are paused or down: what counts meanwhile, and what is lost.

use std::time::Duration;

use kafka_sandbox::fault::Command;
use protocol::messages::create_topics::{CreatableReplicaAssignment, CreatableTopic, CreatableTopicConfig};
use protocol::messages::describe_topic_partitions::{
    DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponsePartition,
};
use protocol::messages::elect_leaders::{ElectLeadersRequest, TopicPartitions};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic, PartitionData};
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::messages::offset_for_leader_epoch::{
    OffsetForLeaderEpochRequest, OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use protocol::messages::produce::{
    PartitionProduceData, PartitionProduceResponse, ProduceRequest, ProduceResponse, TopicProduceData,
};
use protocol::{ErrorCode, Uuid};

use crate::support::{Asked, Cluster, batch, settings_with};

/// A topic with one partition.
struct Topic {
    cluster: Cluster,
    id: Uuid,
}

impl Topic {
    /// On these replicas, with these configs.
    fn on(replicas: &[i32], configs: &[(&str, &str)]) -> Self {
        Self::of(Cluster::of(3), replicas, configs)
    }

    fn of(mut cluster: Cluster, replicas: &[i32], configs: &[(&str, &str)]) -> Self {
        let configs = configs.iter().map(|&(name, value)| CreatableTopicConfig {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        });
        let id = cluster.create_with(CreatableTopic {
            name: "e".to_owned(),
            num_partitions: -1,
            replication_factor: -1,
            assignments: vec![CreatableReplicaAssignment {
                partition_index: 0,
                broker_ids: replicas.to_vec(),
            }],
            configs: configs.collect(),
        });
        Self { cluster, id }
    }

    fn perform(&mut self, command: Command) {
        self.cluster.perform(command);
    }

    fn advance(&mut self, seconds: u64) {
        self.cluster.advance(Duration::from_secs(seconds));
    }

    fn producing(&self, acks: i16) -> ProduceRequest {
        ProduceRequest {
            acks,
            timeout_ms: 30_000,
            topic_data: vec![TopicProduceData {
                topic_id: self.id,
                partition_data: vec![PartitionProduceData {
                    index: 0,
                    records: Some(batch(&["x"])),
                }],
                ..TopicProduceData::default()
            }],
            ..ProduceRequest::default()
        }
    }

    /// Writes one record, and does not wait for the answer.
    fn send(&mut self, broker: i32, acks: i16) -> Asked {
        let request = self.producing(acks);
        let link = self.cluster.connect(broker);
        self.cluster.send(link, 13, &request)
    }

    /// The code and offset that a write was answered with by now.
    fn written(&mut self, asked: Asked) -> Option<(ErrorCode, i64)> {
        let response: ProduceResponse = self.cluster.answer(asked)?;
        let told = &response.responses[0].partition_responses[0];
        Some((ErrorCode(told.error_code), told.base_offset))
    }

    /// Writes one record, which is answered at once.
    fn write(&mut self, broker: i32, acks: i16) -> (ErrorCode, i64) {
        let asked = self.send(broker, acks);
        self.written(asked).unwrap()
    }

    /// What consumers take for the end.
    fn latest(&mut self, broker: i32, isolation_level: i8) -> (ErrorCode, i64) {
        let request = ListOffsetsRequest {
            replica_id: -1,
            isolation_level,
            topics: vec![ListOffsetsTopic {
                name: "e".to_owned(),
                partitions: vec![ListOffsetsPartition {
                    current_leader_epoch: -1,
                    timestamp: -1,
                    ..ListOffsetsPartition::default()
                }],
            }],
            ..ListOffsetsRequest::default()
        };
        let response = self.cluster.ask(broker, 7, &request);
        let told = &response.topics[0].partitions[0];
        (ErrorCode(told.error_code), told.offset)
    }

    fn fetch(&mut self, broker: i32, fetch_offset: i64, last_fetched_epoch: i32) -> PartitionData {
        let request = FetchRequest {
            max_bytes: 1 << 20,
            session_epoch: -1,
            topics: vec![FetchTopic {
                topic: "e".to_owned(),
                partitions: vec![FetchPartition {
                    partition_max_bytes: 1 << 20,
                    current_leader_epoch: -1,
                    fetch_offset,
                    last_fetched_epoch,
                    ..FetchPartition::default()
                }],
                ..FetchTopic::default()
            }],
            ..FetchRequest::default()
        };
        let mut response = self.cluster.ask(broker, 12, &request);
        response.responses.remove(0).partitions.remove(0)
    }

    fn epoch_end(&mut self, broker: i32, leader_epoch: i32) -> (i32, i64) {
        let request = OffsetForLeaderEpochRequest {
            replica_id: -1,
            topics: vec![OffsetForLeaderTopic {
                topic: "e".to_owned(),
                partitions: vec![OffsetForLeaderPartition {
                    partition: 0,
                    current_leader_epoch: -1,
                    leader_epoch,
                }],
            }],
        };
        let response = self.cluster.ask(broker, 4, &request);
        let told = &response.topics[0].partitions[0];
        (told.leader_epoch, told.end_offset)
    }

    fn described(&mut self, broker: i32) -> DescribeTopicPartitionsResponsePartition {
        let request = DescribeTopicPartitionsRequest {
            response_partition_limit: 10,
            ..DescribeTopicPartitionsRequest::default()
        };
        let mut response = self.cluster.ask(broker, 0, &request);
        response.topics.remove(0).partitions.remove(0)
    }

    /// The leader, the replicas in sync and those that are eligible besides.
    fn standing(&mut self, broker: i32) -> (i32, Vec<i32>, Vec<i32>) {
        let told = self.described(broker);
        let eligible = told.eligible_leader_replicas.unwrap();
        (told.leader_id, told.isr_nodes.to_vec(), eligible.to_vec())
    }

    fn elect_uncleanly(&mut self, broker: i32) {
        let request = ElectLeadersRequest {
            election_type: 1,
            topic_partitions: Some(vec![TopicPartitions {
                topic: "e".to_owned(),
                partitions: vec![0],
            }]),
            ..ElectLeadersRequest::default()
        };
        let response = self.cluster.ask(broker, 2, &request);
        let result = &response.replica_election_results[0].partition_result[0];
        assert_eq!(ErrorCode(result.error_code), ErrorCode::NONE);
    }
}

const FINE: ErrorCode = ErrorCode::NONE;

#[test]
fn a_write_for_all_waits_until_a_silent_replica_is_out_of_sync() {
    let mut topic = Topic::on(&[1, 3], &[]);
    assert_eq!(topic.write(1, -1), (FINE, 0));
    topic.perform(Command::Pause(3));
    assert_eq!(topic.write(1, 1), (FINE, 1), "that waits for the leader alone");
    let waiting = topic.send(1, -1);
    topic.advance(8);
    assert_eq!(topic.written(waiting), None);
    // The high watermark stands still, and with it what consumers see.
    assert_eq!(topic.latest(1, 0), (FINE, 1));
    assert_eq!(topic.latest(1, 1), (FINE, 1));
    let fetched = topic.fetch(1, 1, -1);
    assert_eq!((fetched.error_code, fetched.high_watermark), (0, 1));
    assert!(fetched.records.unwrap().is_empty());
    assert_eq!(topic.standing(1), (1, vec![1, 3], vec![]));
    // Its broker's session of nine seconds is over.
    topic.advance(1);
    assert_eq!(topic.written(waiting), Some((FINE, 2)));
    assert_eq!(topic.standing(1), (1, vec![1], vec![]));
    assert_eq!(topic.latest(1, 0), (FINE, 3));
    topic.perform(Command::Resume(3));
    assert_eq!(topic.standing(1), (1, vec![1, 3], vec![]));
}

#[test]
fn a_replica_that_is_back_ends_the_wait() {
    let mut topic = Topic::on(&[1, 3], &[]);
    topic.perform(Command::Pause(3));
    let waiting = topic.send(1, -1);
    assert_eq!(topic.written(waiting), None);
    topic.perform(Command::Resume(3));
    assert_eq!(topic.written(waiting), Some((FINE, 0)));
    // And so does one that is gone for good.
    topic.perform(Command::Pause(3));
    let waiting = topic.send(1, -1);
    topic.perform(Command::Kill(3));
    assert_eq!(topic.written(waiting), Some((FINE, 1)));
}

#[test]
fn a_fetch_that_waits_is_woken_when_the_high_watermark_rises() {
    let mut topic = Topic::on(&[1, 3], &[]);
    topic.perform(Command::Pause(3));
    topic.write(1, 1);
    let request = FetchRequest {
        max_wait_ms: 60_000,
        min_bytes: 1,
        max_bytes: 1 << 20,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: "e".to_owned(),
            partitions: vec![FetchPartition {
                partition_max_bytes: 1 << 20,
                current_leader_epoch: -1,
                last_fetched_epoch: -1,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let link = topic.cluster.connect(1);
    let asked = topic.cluster.send(link, 12, &request);
    topic.advance(8);
    assert!(
        topic
            .cluster
            .answer::<protocol::messages::fetch::FetchResponse>(asked)
            .is_none()
    );
    topic.perform(Command::Resume(3));
    let response: protocol::messages::fetch::FetchResponse = topic.cluster.answer(asked).unwrap();
    assert_eq!(response.responses[0].partitions[0].high_watermark, 1);
}

#[test]
fn a_lagging_replica_is_out_of_sync_before_its_broker_is_taken_for_dead() {
    let settings = settings_with(3, &[("replica.lag.time.max.ms", "2000")]);
    let mut topic = Topic::of(Cluster::with(settings), &[1, 3], &[]);
    topic.perform(Command::Pause(3));
    topic.advance(3);
    assert_eq!(topic.standing(1).1, [1, 3], "there is nothing that it lacks");
    assert_eq!(topic.write(1, -1), (FINE, 0));
    assert_eq!(topic.standing(1).1, [1], "now there is");
    topic.perform(Command::Resume(3));
    topic.perform(Command::Pause(3));
    let waiting = topic.send(1, -1);
    topic.advance(2);
    assert_eq!(topic.written(waiting), Some((FINE, 1)));
    assert_eq!(topic.standing(1).1, [1]);
    assert!(topic.described(1).offline_replicas.is_empty());
}

#[test]
fn too_few_replicas_in_sync_keep_new_records_from_counting() {
    let mut topic = Topic::on(&[1, 3], &[("min.insync.replicas", "2")]);
    topic.write(1, -1);
    topic.perform(Command::Pause(3));
    assert_eq!(topic.write(1, 1), (FINE, 1));
    let waiting = topic.send(1, -1);
    topic.advance(9);
    assert_eq!(topic.standing(1), (1, vec![1], vec![3]));
    assert_eq!(topic.write(1, -1), (ErrorCode::NOT_ENOUGH_REPLICAS, -1));
    assert_eq!(topic.write(1, 1), (FINE, 3));
    assert_eq!(topic.latest(1, 0), (FINE, 1));
    topic.advance(21);
    assert_eq!(topic.written(waiting), Some((ErrorCode::REQUEST_TIMED_OUT, 2)));
    topic.perform(Command::Resume(3));
    assert_eq!(topic.standing(1), (1, vec![1, 3], vec![]));
    assert_eq!(topic.latest(1, 0), (FINE, 4));
}

#[test]
fn a_waiting_write_learns_that_its_leader_is_none_any_more() {
    let mut topic = Topic::on(&[1, 2, 3], &[]);
    topic.perform(Command::Pause(3));
    let waiting = topic.send(1, -1);
    topic.perform(Command::MoveLeader {
        topic: "e".into(),
        partition: 0,
        to: 2,
    });
    assert_eq!(
        topic.written(waiting),
        Some((ErrorCode::NOT_LEADER_OR_FOLLOWER, 0))
    );
    // The new leader has it, and does not know yet that it counts.
    assert_eq!(topic.latest(2, 0), (ErrorCode::OFFSET_NOT_AVAILABLE, -1));
    topic.advance(9);
    assert_eq!(topic.latest(2, 0), (FINE, 1));
    let waiting = topic.send(2, -1);
    assert_eq!(topic.written(waiting), Some((FINE, 1)));
}

#[test]
fn a_leader_that_stood_still_makes_the_others_forget_what_it_lacks() {
    // Broker 2 comes first of those that are left, and nobody knows yet that it is silent.
    let mut topic = Topic::on(&[1, 2, 3], &[]);
    topic.write(1, -1);
    topic.perform(Command::Pause(2));
    assert_eq!(topic.write(1, 1), (FINE, 1));
    topic.perform(Command::Kill(1));
    assert_eq!(topic.standing(3).0, 2);
    topic.perform(Command::Resume(2));
    assert_eq!(topic.standing(3), (2, vec![2, 3], vec![]));
    assert_eq!(
        topic.latest(2, 0),
        (FINE, 1),
        "the record for the leader alone is lost"
    );
    assert_eq!(topic.write(2, -1), (FINE, 1));
    topic.perform(Command::Restart(1));
    assert_eq!(topic.standing(3), (2, vec![1, 2, 3], vec![]));
}

#[test]
fn an_unclean_election_loses_what_the_last_leader_alone_had() {
    let mut topic = Topic::on(&[1, 3], &[]);
    topic.write(1, -1);
    topic.perform(Command::Kill(3));
    for offset in 1..4 {
        assert_eq!(topic.write(1, -1), (FINE, offset), "one in sync is enough");
    }
    let epoch = topic.described(2).leader_epoch;
    topic.perform(Command::Kill(1));
    topic.perform(Command::Restart(3));
    let told = topic.described(2);
    assert_eq!((told.leader_id, &*told.isr_nodes), (-1, &[][..]));
    assert_eq!(told.last_known_elr.as_deref(), Some(&[1][..]));
    topic.elect_uncleanly(2);
    assert_eq!(topic.standing(2), (3, vec![3], vec![]));
    let now = topic.described(2).leader_epoch;
    assert!(now > epoch);
    assert_eq!(topic.latest(3, 0), (FINE, 1));
    // Whoever read further finds out where the logs part (KIP-320).
    assert_eq!(topic.epoch_end(3, epoch), (epoch, 1));
    let diverging = topic.fetch(3, 1, epoch).diverging_epoch;
    assert_eq!(diverging.epoch, -1, "up to here it is the same log");
    let code = ErrorCode(topic.fetch(3, 4, -1).error_code);
    assert_eq!(code, ErrorCode::OFFSET_OUT_OF_RANGE);
    let diverging = topic.fetch(3, 4, epoch).diverging_epoch;
    assert_eq!((diverging.epoch, diverging.end_offset), (epoch, 1));
    // The old leader follows, and has lost it, too.
    topic.perform(Command::Restart(1));
    assert_eq!(topic.standing(2), (3, vec![1, 3], vec![]));
    assert_eq!(topic.latest(3, 0), (FINE, 1));
    assert_eq!(topic.write(3, -1), (FINE, 1));
}

#[test]
fn a_topic_may_ask_for_unclean_elections() {
    let mut topic = Topic::on(&[1, 3], &[("unclean.leader.election.enable", "true")]);
    topic.perform(Command::Kill(3));
    topic.write(1, -1);
    topic.perform(Command::Kill(1));
    topic.perform(Command::Restart(3));
    assert_eq!(topic.standing(2), (3, vec![3], vec![]));
    assert_eq!(topic.latest(3, 0), (FINE, 0));
    // It may be told so when nobody leads.
    let mut topic = Topic::on(&[1, 3], &[]);
    topic.perform(Command::Kill(3));
    topic.perform(Command::Kill(1));
    topic.perform(Command::Restart(3));
    assert_eq!(topic.standing(2).0, -1);
    let request = IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: 2,
            resource_name: "e".to_owned(),
            configs: vec![AlterableConfig {
                name: "unclean.leader.election.enable".to_owned(),
                config_operation: 0,
                value: Some("true".to_owned()),
            }],
        }],
        validate_only: false,
    };
    let response = topic.cluster.ask(2, 1, &request);
    assert_eq!(response.responses[0].error_code, 0);
    assert_eq!(topic.standing(2).0, 3);
}

#[test]
fn an_eligible_replica_leads_when_none_is_in_sync() {
    let mut topic = Topic::on(&[1, 3], &[("min.insync.replicas", "2")]);
    topic.write(1, -1);
    topic.perform(Command::Pause(3));
    topic.advance(9);
    assert_eq!(topic.write(1, 1), (FINE, 1));
    topic.perform(Command::Kill(1));
    assert_eq!(topic.standing(2), (-1, vec![], vec![3, 1]));
    // It was not shut down: it has all that counted.
    topic.perform(Command::Resume(3));
    assert_eq!(topic.standing(2), (3, vec![3], vec![1]));
    assert_eq!(topic.latest(3, 0), (FINE, 1));
    // One that was killed may have lost something.
    topic.perform(Command::Kill(3));
    assert_eq!(topic.standing(2), (-1, vec![], vec![1, 3]));
    topic.perform(Command::Restart(1));
    assert_eq!(topic.standing(2), (-1, vec![], vec![3]));
    topic.perform(Command::Restart(3));
    assert_eq!(topic.standing(2), (3, vec![1, 3], vec![]), "it led last");
}

#[test]
fn before_kip_966_the_last_replica_in_sync_stays_so() {
    let mut settings = settings_with(3, &[]);
    settings.profile = kafka_sandbox::profile::Profile::V3_9;
    let mut topic = Topic::of(Cluster::with(settings), &[1, 3], &[("min.insync.replicas", "2")]);
    topic.perform(Command::Pause(3));
    let asked = topic.cluster.connect(1);
    let request = ProduceRequest {
        topic_data: vec![TopicProduceData {
            name: "e".to_owned(),
            partition_data: vec![PartitionProduceData {
                index: 0,
                records: Some(batch(&["x"])),
            }],
            ..TopicProduceData::default()
        }],
        ..topic.producing(-1)
    };
    let asked = topic.cluster.send(asked, 9, &request);
    topic.advance(9);
    let response: ProduceResponse = topic.cluster.answer(asked).unwrap();
    let told: &PartitionProduceResponse = &response.responses[0].partition_responses[0];
    let code = ErrorCode(told.error_code);
    assert_eq!(code, ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    assert_eq!(topic.latest(1, 0), (FINE, 1), "it counts all the same");
    topic.perform(Command::Kill(1));
    assert_eq!(topic.standing(2), (-1, vec![1], vec![]));
}
