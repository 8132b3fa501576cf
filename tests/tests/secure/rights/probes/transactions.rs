//! Transactions, and producer ids without any.

use protocol::messages::add_offsets_to_txn::AddOffsetsToTxnRequest;
use protocol::messages::add_partitions_to_txn::{
    AddPartitionsToTxnRequest, AddPartitionsToTxnTopic, AddPartitionsToTxnTransaction,
};
use protocol::messages::describe_transactions::DescribeTransactionsRequest;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::list_transactions::ListTransactionsRequest;
use protocol::messages::txn_offset_commit::{
    TxnOffsetCommitRequest, TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use protocol::messages::write_txn_markers::{
    WritableTxnMarker, WritableTxnMarkerTopic, WriteTxnMarkersRequest,
};
use protocol::records::ProducerStamp;

use super::Probing;
use crate::twins::requests::*;

impl Probing {
    pub(super) async fn transactions(&mut self) {
        let (id, topic, topic_id) = (self.own("transaction"), self.topic.clone(), self.topic_id);
        let group = self.own("group");
        let (producer_id, producer_epoch) = (999_999, 0);
        self.ask("InitProducerId", init_producer_id(None, 60_000, -1, -1))
            .await;
        let begun = self.own("begun");
        self.ask(
            "InitProducerId, transactional",
            init_producer_id(Some(&begun), 60_000, -1, -1),
        )
        .await;
        let stamp = ProducerStamp {
            producer_id,
            epoch: producer_epoch,
            base_sequence: 0,
        };
        self.ask(
            "Produce, transactional",
            produce(topic_id, 0, -1, Some(&id), batch(1, stamp, true)),
        )
        .await;
        let transaction = |name: &str| AddPartitionsToTxnTransaction {
            transactional_id: id.clone(),
            producer_id,
            producer_epoch,
            verify_only: false,
            topics: vec![AddPartitionsToTxnTopic {
                name: name.to_owned(),
                partitions: vec![0],
            }],
        };
        let add = AddPartitionsToTxnRequest {
            transactions: vec![transaction(&topic)],
            ..AddPartitionsToTxnRequest::default()
        };
        self.ask("AddPartitionsToTxn", add).await;
        let add = AddOffsetsToTxnRequest {
            transactional_id: id.clone(),
            producer_id,
            producer_epoch,
            group_id: group.clone(),
        };
        self.ask("AddOffsetsToTxn", add).await;
        let commit = TxnOffsetCommitRequest {
            transactional_id: id.clone(),
            group_id: group,
            producer_id,
            producer_epoch,
            generation_id_or_member_epoch: -1,
            topics: vec![TxnOffsetCommitRequestTopic {
                name: topic.clone(),
                topic_id,
                partitions: vec![TxnOffsetCommitRequestPartition {
                    committed_offset: 1,
                    committed_leader_epoch: -1,
                    ..TxnOffsetCommitRequestPartition::default()
                }],
            }],
            ..TxnOffsetCommitRequest::default()
        };
        self.ask("TxnOffsetCommit", commit).await;
        let end = EndTxnRequest {
            transactional_id: id.clone(),
            producer_id,
            producer_epoch,
            committed: true,
        };
        self.ask("EndTxn", end).await;
        let describe = DescribeTransactionsRequest {
            transactional_ids: vec![begun, id],
        };
        self.ask("DescribeTransactions", describe).await;
        let list = ListTransactionsRequest {
            duration_filter: -1,
            ..ListTransactionsRequest::default()
        };
        self.ask("ListTransactions", list).await;
        let markers = WriteTxnMarkersRequest {
            markers: vec![WritableTxnMarker {
                producer_id,
                producer_epoch,
                transaction_result: false,
                topics: vec![WritableTxnMarkerTopic {
                    name: topic,
                    partition_indexes: vec![0],
                }],
                ..WritableTxnMarker::default()
            }],
        };
        self.ask("WriteTxnMarkers", markers).await;
    }
}
