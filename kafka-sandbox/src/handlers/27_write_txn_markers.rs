//! WriteTxnMarkers: ends transactions in partitions, as coordinators ask for it, or an administrator whose transaction hangs
//! (KIP-664).

use protocol::ErrorCode;
use protocol::messages::write_txn_markers::{
    WritableTxnMarker, WritableTxnMarkerPartitionResult, WritableTxnMarkerResult,
    WritableTxnMarkerTopicResult, WriteTxnMarkersRequest, WriteTxnMarkersResponse,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::log::Marker;
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for WriteTxnMarkersRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<WriteTxnMarkersResponse> {
        // An administrator may (KIP-664), too.
        if !call.authorize_cluster(Operation::Alter)
            && let Err(code) = call.require_cluster(Operation::ClusterAction)
        {
            return Reply::Now(self.refuse(call, code));
        }
        let markers = self.markers.into_iter().map(|asked| {
            let marker = Marker {
                producer_id: asked.producer_id,
                producer_epoch: asked.producer_epoch,
                committed: asked.transaction_result,
                coordinator_epoch: asked.coordinator_epoch,
                epoch_rises: asked.transaction_version >= 2,
            };
            results(asked, |topic, partition| {
                write(call, topic, partition, marker)
                    .err()
                    .unwrap_or(ErrorCode::NONE)
            })
        });
        Reply::Now(WriteTxnMarkersResponse {
            markers: markers.collect(),
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> WriteTxnMarkersResponse {
        let markers = self.markers.into_iter();
        WriteTxnMarkersResponse {
            markers: markers.map(|asked| results(asked, |_, _| code)).collect(),
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.markers.iter().flat_map(|marker| &marker.topics);
        topics
            .flat_map(|topic| {
                Subject::partitions(topic.name.as_str(), topic.partition_indexes.iter().copied())
            })
            .collect()
    }
}

fn write(call: &mut Call<'_>, topic: &str, partition: i32, marker: Marker) -> Result<(), ErrorCode> {
    if let Some(code) = call.injected(topic, partition) {
        return Err(code);
    }
    let known = call.state.topics.partition(topic, partition);
    let leader = known.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?.leader;
    if leader != Some(call.broker) {
        return Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    }
    call.state.write_marker(call.now, topic, partition, marker)
}

fn results(
    asked: WritableTxnMarker,
    mut code: impl FnMut(&str, i32) -> ErrorCode,
) -> WritableTxnMarkerResult {
    let mut topics = Vec::with_capacity(asked.topics.len());
    for topic in asked.topics {
        let partitions = topic
            .partition_indexes
            .iter()
            .map(|&partition| WritableTxnMarkerPartitionResult {
                partition_index: partition,
                error_code: code(&topic.name, partition).0,
            });
        topics.push(WritableTxnMarkerTopicResult {
            partitions: partitions.collect(),
            name: topic.name,
        });
    }
    WritableTxnMarkerResult {
        producer_id: asked.producer_id,
        topics,
    }
}
