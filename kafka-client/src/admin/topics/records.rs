use std::collections::BTreeMap;

use protocol::messages::delete_records::{
    DeleteRecordsPartition, DeleteRecordsRequest, DeleteRecordsResponse, DeleteRecordsTopic,
};

use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::leaders::by_topic;
use crate::cluster::TopicPartition;
use crate::error::BrokerError;

impl Admin {
    /// Deletes the records of partitions that lie before an offset; -1 stands for the high watermark, which deletes
    /// all. The result is the offset of the oldest record that is left.
    pub async fn delete_records(
        &self,
        before: impl IntoIterator<Item = (TopicPartition, i64)>,
    ) -> Results<TopicPartition, i64> {
        let before: Vec<_> = before.into_iter().collect();
        let keys: Vec<_> = before.iter().map(|(partition, _)| partition.clone()).collect();
        let task = DeleteRecords {
            before: before.into_iter().collect(),
            timeout_ms: self.broker_timeout_ms(),
        };
        self.run_on_leaders(&task, keys).await
    }
}

struct DeleteRecords {
    before: BTreeMap<TopicPartition, i64>,
    timeout_ms: i32,
}

impl Task for DeleteRecords {
    type Key = TopicPartition;
    type Value = i64;
    type Body = DeleteRecordsRequest;
    type Reply = DeleteRecordsResponse;

    fn body(&self, keys: &[TopicPartition]) -> DeleteRecordsRequest {
        let topic = |(name, partitions): (&str, Vec<i32>)| {
            let partition = |&partition_index: &i32| {
                let offset = *self.before.get(&TopicPartition::new(name, partition_index))?;
                Some(DeleteRecordsPartition {
                    partition_index,
                    offset,
                })
            };
            DeleteRecordsTopic {
                name: name.to_owned(),
                partitions: partitions.iter().filter_map(partition).collect(),
            }
        };
        DeleteRecordsRequest {
            topics: by_topic(keys).into_iter().map(topic).collect(),
            timeout_ms: self.timeout_ms,
        }
    }

    fn read(&self, _: &[TopicPartition], reply: DeleteRecordsResponse) -> Results<TopicPartition, i64> {
        let topics = reply.topics.into_iter().flat_map(|topic| {
            let name: std::sync::Arc<str> = topic.name.into();
            topic.partitions.into_iter().map(move |partition| {
                let result = BrokerError::check(partition.error_code, None).map(|()| partition.low_watermark);
                (
                    TopicPartition::new(name.clone(), partition.partition_index),
                    result.map_err(AdminError::from),
                )
            })
        });
        topics.collect()
    }
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;
    use protocol::messages::delete_records::{DeleteRecordsPartitionResult, DeleteRecordsTopicResult};

    use super::*;

    #[test]
    fn partitions_are_grouped_by_topic_and_keep_their_offsets() {
        let keys =
            [("b", 1), ("a", 0), ("b", 0)].map(|(topic, partition)| TopicPartition::new(topic, partition));
        let before = keys.iter().cloned().zip([-1, 5, 7]).collect();
        let request = DeleteRecords {
            before,
            timeout_ms: 9,
        }
        .body(&keys);
        assert_eq!(request.timeout_ms, 9);
        let seen: Vec<_> = request
            .topics
            .iter()
            .flat_map(|topic| {
                topic
                    .partitions
                    .iter()
                    .map(|p| (topic.name.as_str(), p.partition_index, p.offset))
            })
            .collect();
        assert_eq!(seen, [("a", 0, 5), ("b", 0, 7), ("b", 1, -1)]);
    }

    #[test]
    fn a2_each_partition_has_its_result() {
        let partition = |partition_index, low_watermark, code: ErrorCode| DeleteRecordsPartitionResult {
            partition_index,
            low_watermark,
            error_code: code.0,
        };
        let reply = DeleteRecordsResponse {
            topics: vec![DeleteRecordsTopicResult {
                name: "a".to_owned(),
                partitions: vec![
                    partition(0, 5, ErrorCode::NONE),
                    partition(1, -1, ErrorCode::OFFSET_OUT_OF_RANGE),
                ],
            }],
            ..DeleteRecordsResponse::default()
        };
        let task = DeleteRecords {
            before: BTreeMap::new(),
            timeout_ms: 1,
        };
        let results = task.read(&[], reply);
        assert_eq!(*results[0].1.as_ref().unwrap(), 5);
        assert_eq!(
            results[1].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::OFFSET_OUT_OF_RANGE)
        );
    }
}
