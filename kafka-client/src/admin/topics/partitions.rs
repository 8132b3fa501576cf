use std::collections::BTreeMap;

use protocol::messages::create_partitions::{
    CreatePartitionsAssignment, CreatePartitionsRequest, CreatePartitionsResponse, CreatePartitionsTopic,
};

use super::create::passes_at_controller;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::cluster::{NodeId, Target};
use crate::error::BrokerError;

/// More partitions for a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPartitions {
    /// How many the topic has afterwards; more than before.
    pub total: i32,
    /// Which brokers hold each of the new ones, the preferred leader first; none leaves it to the controller.
    pub assignments: Option<Vec<Vec<NodeId>>>,
}

impl NewPartitions {
    /// As many new ones as there are missing, placed by the controller.
    pub fn up_to(total: i32) -> Self {
        Self {
            total,
            assignments: None,
        }
    }
}

impl Admin {
    /// Gives topics more partitions. Records with a key go to other partitions from then on.
    pub async fn create_partitions(
        &self,
        topics: impl IntoIterator<Item = (String, NewPartitions)>,
        validate_only: bool,
    ) -> Results<String, ()> {
        let topics: Vec<_> = topics.into_iter().collect();
        let keys: Vec<String> = topics.iter().map(|(name, _)| name.clone()).collect();
        let topics = topics.into_iter().collect();
        let task = CreatePartitions {
            topics,
            validate_only,
            timeout_ms: self.broker_timeout_ms(),
        };
        self.run(Target::Controller, &task, keys).await
    }
}

struct CreatePartitions {
    topics: BTreeMap<String, NewPartitions>,
    validate_only: bool,
    timeout_ms: i32,
}

impl Task for CreatePartitions {
    type Key = String;
    type Value = ();
    type Body = CreatePartitionsRequest;
    type Reply = CreatePartitionsResponse;

    fn body(&self, keys: &[String]) -> CreatePartitionsRequest {
        let assignment = |brokers: &Vec<NodeId>| CreatePartitionsAssignment {
            broker_ids: brokers.iter().map(|node| node.0).collect(),
        };
        let topic = |name: &String| {
            let partitions = self.topics.get(name)?;
            let assignments = partitions.assignments.as_ref();
            Some(CreatePartitionsTopic {
                name: name.clone(),
                count: partitions.total,
                assignments: assignments.map(|all| all.iter().map(assignment).collect()),
            })
        };
        CreatePartitionsRequest {
            topics: keys.iter().filter_map(topic).collect(),
            timeout_ms: self.timeout_ms,
            validate_only: self.validate_only,
        }
    }

    fn read(&self, _: &[String], reply: CreatePartitionsResponse) -> Results<String, ()> {
        let result = |code, message: Option<String>| BrokerError::check(code, message.as_deref());
        reply
            .results
            .into_iter()
            .map(|topic| {
                (
                    topic.name,
                    result(topic.error_code, topic.error_message).map_err(AdminError::from),
                )
            })
            .collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        passes_at_controller(error, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_no_assignment_is_not_an_empty_one() {
        let placed = NewPartitions {
            total: 3,
            assignments: Some(vec![vec![NodeId(1), NodeId(2)]]),
        };
        let topics = [
            ("a".to_owned(), NewPartitions::up_to(4)),
            ("b".to_owned(), placed),
        ]
        .into();
        let task = CreatePartitions {
            topics,
            validate_only: true,
            timeout_ms: 1,
        };
        let request = task.body(&["a".to_owned(), "b".to_owned()]);
        assert_eq!(
            (request.topics[0].count, &request.topics[0].assignments),
            (4, &None)
        );
        assert_eq!(
            request.topics[1].assignments.as_ref().unwrap()[0].broker_ids,
            [1, 2]
        );
        assert!(request.validate_only);
    }
}
