//! A transactional producer that is nothing but its requests: for tests that say themselves what is sent, and when.
//!
//! It needs something that asks a broker and returns the answer, and is used as it is with a cluster in memory, over
//! sockets, and on a real Kafka. It retries nothing and hides nothing: each call is one request and gives its error code.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::compress::{Compressor, Decompressor};
use protocol::messages::add_offsets_to_txn::AddOffsetsToTxnRequest;
use protocol::messages::add_partitions_to_txn::{AddPartitionsToTxnRequest, AddPartitionsToTxnTopic};
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic, PartitionData};
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::produce::{
    PartitionProduceData, PartitionProduceResponse, ProduceRequest, TopicProduceData,
};
use protocol::messages::txn_offset_commit::{
    TxnOffsetCommitRequest, TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use protocol::records::{
    AbortedTransaction, AbortedTransactions, Batches, OpenBatch, ProducerStamp, SealOptions,
};
use protocol::{ErrorCode, Request};

/// Somebody who asks brokers.
pub(crate) trait Ask {
    /// Sends a request to a broker and returns its answer.
    fn ask<R: Request>(&mut self, broker: i32, version: i16, request: &R) -> R::Response;

    /// The time of day that records are stamped with, in milliseconds since 1970.
    fn timestamp(&self) -> i64;

    /// Lets time pass.
    fn wait(&mut self, time: Duration);
}

/// Which transactions a producer speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    /// Version 1: partitions and groups are added by requests of their own, and ends leave the epoch as it is.
    V1,
    /// Version 2 (KIP-890): what is written to is part of the transaction, and each end raises the epoch.
    V2,
}

/// A group as the offsets of a transaction are committed for it: by whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'a> {
    pub(crate) group: &'a str,
    /// The member's id; empty for nobody.
    pub(crate) id: &'a str,
    /// The generation or member epoch; -1 for none.
    pub(crate) generation: i32,
}

impl<'a> Member<'a> {
    /// Nobody in particular, as before KIP-447.
    pub(crate) fn nobody_of(group: &'a str) -> Self {
        Self {
            group,
            id: "",
            generation: -1,
        }
    }
}

/// A producer. All is public, for tests that want another id, epoch or sequence number than they got.
#[derive(Clone, Debug)]
pub(crate) struct Producer {
    pub(crate) transactional_id: String,
    /// The broker that coordinates its transactions.
    pub(crate) coordinator: i32,
    pub(crate) speaks: Speaks,
    /// How long its transactions may take, in milliseconds.
    pub(crate) timeout_ms: i32,
    pub(crate) id: i64,
    pub(crate) epoch: i16,
    /// The sequence numbers to go on with.
    pub(crate) sequences: BTreeMap<(String, i32), i32>,
}

impl Producer {
    /// A producer that has nothing yet, whose transactions may take a minute.
    pub(crate) fn new(transactional_id: &str, coordinator: i32, speaks: Speaks) -> Self {
        Self {
            transactional_id: transactional_id.to_owned(),
            coordinator,
            speaks,
            timeout_ms: 60_000,
            id: -1,
            epoch: -1,
            sequences: BTreeMap::new(),
        }
    }

    /// One that is ready to write: asks until no other transaction is in the way.
    pub(crate) fn start(
        ask: &mut impl Ask,
        transactional_id: &str,
        coordinator: i32,
        speaks: Speaks,
    ) -> Self {
        let mut producer = Self::new(transactional_id, coordinator, speaks);
        for _ in 0..100 {
            match producer.init(ask) {
                ErrorCode::NONE => return producer,
                ErrorCode::CONCURRENT_TRANSACTIONS => {}
                code => panic!("{transactional_id} is refused: {code}"),
            }
        }
        panic!("a transaction is in the way of {transactional_id} for ever");
    }

    /// InitProducerId as a producer that begins.
    pub(crate) fn init(&mut self, ask: &mut impl Ask) -> ErrorCode {
        self.init_from(ask, -1, -1)
    }

    /// InitProducerId as a producer that goes on after an error (KIP-360).
    pub(crate) fn init_again(&mut self, ask: &mut impl Ask) -> ErrorCode {
        self.init_from(ask, self.id, self.epoch)
    }

    fn init_from(&mut self, ask: &mut impl Ask, producer_id: i64, producer_epoch: i16) -> ErrorCode {
        let request = InitProducerIdRequest {
            transactional_id: Some(self.transactional_id.clone()),
            transaction_timeout_ms: self.timeout_ms,
            producer_id,
            producer_epoch,
            ..InitProducerIdRequest::default()
        };
        let answer = ask.ask(self.coordinator, 5, &request);
        if answer.error_code == 0 {
            self.adopt(answer.producer_id, answer.producer_epoch);
        }
        ErrorCode(answer.error_code)
    }

    /// AddPartitionsToTxn for partitions of one topic; the first error.
    pub(crate) fn add(&self, ask: &mut impl Ask, topic: &str, partitions: &[i32]) -> ErrorCode {
        let request = AddPartitionsToTxnRequest {
            v3_and_below_transactional_id: self.transactional_id.clone(),
            v3_and_below_producer_id: self.id,
            v3_and_below_producer_epoch: self.epoch,
            v3_and_below_topics: vec![AddPartitionsToTxnTopic {
                name: topic.to_owned(),
                partitions: partitions.to_vec(),
            }],
            ..AddPartitionsToTxnRequest::default()
        };
        let answer = ask.ask(self.coordinator, 3, &request);
        let topics = answer.results_by_topic_v3_and_below.iter();
        let mut codes = topics
            .flat_map(|topic| &topic.results_by_partition)
            .map(|partition| ErrorCode(partition.partition_error_code));
        codes.find(|code| code.is_err()).unwrap_or(ErrorCode::NONE)
    }

    /// Produce of one batch to a partition that `leader` leads; the sequence numbers move on when it was taken.
    pub(crate) fn write(
        &mut self,
        ask: &mut impl Ask,
        leader: i32,
        topic: &str,
        partition: i32,
        values: &[&str],
    ) -> PartitionProduceResponse {
        let place = (topic.to_owned(), partition);
        let sequence = self.sequences.get(&place).copied().unwrap_or(0);
        let request = self.produce(ask.timestamp(), topic, partition, sequence, values);
        let version = match self.speaks {
            Speaks::V1 => 11,
            Speaks::V2 => 12,
        };
        let mut answer = ask.ask(leader, version, &request);
        let outcome = answer.responses.remove(0).partition_responses.remove(0);
        if outcome.error_code == 0 {
            let written = i32::try_from(values.len()).unwrap();
            self.sequences.insert(place, sequence + written);
        }
        outcome
    }

    /// The request that [`write`](Self::write) sends, with the sequence number given.
    pub(crate) fn produce(
        &self,
        timestamp: i64,
        topic: &str,
        partition: i32,
        sequence: i32,
        values: &[&str],
    ) -> ProduceRequest {
        let mut open = OpenBatch::new(usize::MAX);
        for value in values {
            open.append(timestamp, None, Some(value.as_bytes()), std::iter::empty())
                .unwrap();
        }
        let options = SealOptions {
            producer: ProducerStamp {
                producer_id: self.id,
                epoch: self.epoch,
                base_sequence: sequence,
            },
            transactional: true,
            ..SealOptions::default()
        };
        let sealed = open.seal(&options, &mut Compressor::default()).unwrap();
        ProduceRequest {
            transactional_id: Some(self.transactional_id.clone()),
            acks: -1,
            timeout_ms: 10_000,
            topic_data: vec![TopicProduceData {
                name: topic.to_owned(),
                partition_data: vec![PartitionProduceData {
                    index: partition,
                    records: Some(sealed.bytes().clone()),
                }],
                ..TopicProduceData::default()
            }],
        }
    }

    /// AddOffsetsToTxn.
    pub(crate) fn add_offsets(&self, ask: &mut impl Ask, group: &str) -> ErrorCode {
        let request = AddOffsetsToTxnRequest {
            transactional_id: self.transactional_id.clone(),
            producer_id: self.id,
            producer_epoch: self.epoch,
            group_id: group.to_owned(),
        };
        ErrorCode(ask.ask(self.coordinator, 3, &request).error_code)
    }

    /// TxnOffsetCommit of one partition, to the broker that coordinates the group.
    pub(crate) fn commit_offset(
        &self,
        ask: &mut impl Ask,
        coordinator: i32,
        member: Member<'_>,
        (topic, partition, offset): (&str, i32, i64),
    ) -> ErrorCode {
        let committed = TxnOffsetCommitRequestPartition {
            partition_index: partition,
            committed_offset: offset,
            ..TxnOffsetCommitRequestPartition::default()
        };
        let request = TxnOffsetCommitRequest {
            transactional_id: self.transactional_id.clone(),
            group_id: member.group.to_owned(),
            producer_id: self.id,
            producer_epoch: self.epoch,
            generation_id_or_member_epoch: member.generation,
            member_id: member.id.to_owned(),
            group_instance_id: None,
            topics: vec![TxnOffsetCommitRequestTopic {
                name: topic.to_owned(),
                partitions: vec![committed],
                ..TxnOffsetCommitRequestTopic::default()
            }],
        };
        let version = match self.speaks {
            Speaks::V1 => 4,
            Speaks::V2 => 5,
        };
        let answer = ask.ask(coordinator, version, &request);
        ErrorCode(answer.topics[0].partitions[0].error_code)
    }

    /// EndTxn; takes over the id and epoch that are answered.
    pub(crate) fn end(&mut self, ask: &mut impl Ask, committed: bool) -> ErrorCode {
        let request = EndTxnRequest {
            transactional_id: self.transactional_id.clone(),
            producer_id: self.id,
            producer_epoch: self.epoch,
            committed,
        };
        let version = match self.speaks {
            Speaks::V1 => 4,
            Speaks::V2 => 5,
        };
        let answer = ask.ask(self.coordinator, version, &request);
        if answer.error_code == 0 && answer.producer_id >= 0 {
            self.adopt(answer.producer_id, answer.producer_epoch);
        }
        ErrorCode(answer.error_code)
    }

    /// Goes on with an id and epoch, whose sequence numbers begin with 0 unless they are the ones it has.
    fn adopt(&mut self, id: i64, epoch: i16) {
        if (id, epoch) != (self.id, self.epoch) {
            self.sequences.clear();
        }
        (self.id, self.epoch) = (id, epoch);
    }
}

/// What a reader gets from a partition from its start: the values, and the answer they were in.
pub(crate) fn read(
    ask: &mut impl Ask,
    leader: i32,
    topic: &str,
    partition: i32,
    committed: bool,
) -> (Vec<String>, PartitionData) {
    let asked = FetchPartition {
        partition,
        fetch_offset: 0,
        partition_max_bytes: 1 << 24,
        ..FetchPartition::default()
    };
    let request = FetchRequest {
        max_wait_ms: 0,
        min_bytes: 0,
        max_bytes: 1 << 24,
        isolation_level: committed.into(),
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: topic.to_owned(),
            partitions: vec![asked],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let mut answer = ask.ask(leader, 12, &request);
    let data = answer.responses.remove(0).partitions.remove(0);
    assert_eq!(data.error_code, 0, "{topic}-{partition} cannot be read");
    let aborted = data.aborted_transactions.iter().flatten();
    let mut aborted = AbortedTransactions::new(aborted.map(|aborted| AbortedTransaction {
        producer_id: aborted.producer_id,
        first_offset: aborted.first_offset,
    }));
    let mut decompressor = Decompressor::default();
    let mut values = Vec::new();
    for batch in Batches::new(data.records.clone().unwrap_or_default()) {
        let batch = batch.unwrap();
        if !aborted.admits(&batch, &mut decompressor).unwrap() {
            continue;
        }
        for record in batch.records(&mut decompressor).unwrap().iter() {
            let value = record.unwrap().value_bytes().unwrap_or_default();
            values.push(String::from_utf8(value.to_vec()).unwrap());
        }
    }
    (values, data)
}
