use std::collections::BTreeMap;

use protocol::messages::create_topics::{
    CreatableReplicaAssignment, CreatableTopic, CreatableTopicConfig, CreatableTopicResult,
    CreateTopicsRequest, CreateTopicsResponse,
};
use protocol::{ErrorCode, Message, Uuid, VersionRange};

use super::id_of;
use crate::admin::configs::ConfigEntry;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::cluster::{NodeId, Target};
use crate::connection::Capped;
use crate::error::BrokerError;

/// A topic to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTopic {
    name: String,
    partitions: Option<i32>,
    replication_factor: Option<i16>,
    assignments: Vec<Vec<NodeId>>,
    configs: BTreeMap<String, String>,
}

impl NewTopic {
    /// A topic with as many partitions and replicas as the brokers' defaults say.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            partitions: None,
            replication_factor: None,
            assignments: Vec::new(),
            configs: BTreeMap::new(),
        }
    }

    /// Sets how many partitions it has. Default: the brokers' `num.partitions`.
    pub fn partitions(mut self, partitions: i32) -> Self {
        self.partitions = Some(partitions);
        self
    }

    /// Sets how many brokers hold each partition. Default: the brokers' `default.replication.factor`.
    pub fn replication_factor(mut self, factor: i16) -> Self {
        self.replication_factor = Some(factor);
        self
    }

    /// Says which brokers hold each partition, the preferred leader first; the index is the partition. Takes the
    /// place of the number of partitions and the replication factor, which must then not be set.
    pub fn assignments(mut self, assignments: impl IntoIterator<Item = Vec<NodeId>>) -> Self {
        self.assignments = assignments.into_iter().collect();
        self
    }

    /// Sets one of its settings, e.g. `retention.ms`.
    pub fn config(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.configs.insert(name.into(), value.into());
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn to_message(&self) -> CreatableTopic {
        let assignment = |(index, brokers): (usize, &Vec<NodeId>)| CreatableReplicaAssignment {
            partition_index: i32::try_from(index).unwrap_or(i32::MAX),
            broker_ids: brokers.iter().map(|node| node.0).collect(),
        };
        let config = |(name, value): (&String, &String)| CreatableTopicConfig {
            name: name.clone(),
            value: Some(value.clone()),
        };
        CreatableTopic {
            name: self.name.clone(),
            num_partitions: self.partitions.unwrap_or_else(|| DEFAULT.into()),
            replication_factor: self.replication_factor.unwrap_or(DEFAULT),
            assignments: self.assignments.iter().enumerate().map(assignment).collect(),
            configs: self.configs.iter().map(config).collect(),
        }
    }

    /// Whether the broker's defaults are wanted, which it has from version 4 of the request on (KIP-464).
    fn wants_defaults(&self) -> bool {
        self.assignments.is_empty() && (self.partitions.is_none() || self.replication_factor.is_none())
    }
}

/// What the broker takes for its own default.
const DEFAULT: i16 = -1;

/// How topics are created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateTopicsOptions {
    /// Whether the broker only checks whether it could. Default: false.
    pub validate_only: bool,
    /// Whether a topic that the broker refuses for the moment, because too many are being created, is tried again
    /// while time lasts (KIP-599). Default: true.
    pub retry_on_quota_violation: bool,
}

impl Default for CreateTopicsOptions {
    fn default() -> Self {
        Self {
            validate_only: false,
            retry_on_quota_violation: true,
        }
    }
}

/// What a created topic turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatedTopic {
    /// Its id, from Kafka 2.8 on. None when it was only validated.
    pub id: Option<Uuid>,
    /// How many partitions it has, if the broker said so (KIP-525).
    pub partitions: Option<i32>,
    /// How many brokers hold each, if the broker said so.
    pub replication_factor: Option<i16>,
    /// All of its settings, if the broker said so; it does not say it to who may not describe them.
    pub configs: Option<Vec<ConfigEntry>>,
}

impl Admin {
    /// Creates topics.
    ///
    /// A topic that exists is an error of its own, `TOPIC_ALREADY_EXISTS`. When a connection breaks, the request is
    /// sent again and a topic that it had created comes back with that error.
    pub async fn create_topics(
        &self,
        topics: impl IntoIterator<Item = NewTopic>,
        options: CreateTopicsOptions,
    ) -> Results<String, CreatedTopic> {
        let topics: Vec<NewTopic> = topics.into_iter().collect();
        let keys: Vec<String> = topics.iter().map(|topic| topic.name.clone()).collect();
        let topics = topics
            .into_iter()
            .map(|topic| (topic.name.clone(), topic))
            .collect();
        let task = CreateTopics {
            topics,
            options,
            timeout_ms: self.broker_timeout_ms(),
        };
        self.run(Target::Controller, &task, keys).await
    }
}

struct CreateTopics {
    topics: BTreeMap<String, NewTopic>,
    options: CreateTopicsOptions,
    timeout_ms: i32,
}

impl Task for CreateTopics {
    type Key = String;
    type Value = CreatedTopic;
    type Body = Capped<CreateTopicsRequest>;
    type Reply = CreateTopicsResponse;

    fn body(&self, keys: &[String]) -> Self::Body {
        let topics: Vec<&NewTopic> = keys.iter().filter_map(|key| self.topics.get(key)).collect();
        let mut versions = CreateTopicsRequest::VERSIONS;
        if topics.iter().any(|topic| topic.wants_defaults()) {
            versions = VersionRange { first: 4, ..versions };
        }
        let request = CreateTopicsRequest {
            topics: topics.iter().map(|topic| topic.to_message()).collect(),
            timeout_ms: self.timeout_ms,
            validate_only: self.options.validate_only,
        };
        Capped { request, versions }
    }

    fn read(&self, _: &[String], reply: CreateTopicsResponse) -> Results<String, CreatedTopic> {
        let read = |topic| {
            let (name, mut created) = read_topic(topic);
            // Brokers draw an id even for a topic that they only check.
            if let (true, Ok(created)) = (self.options.validate_only, &mut created) {
                created.id = None;
            }
            (name, created)
        };
        reply.topics.into_iter().map(read).collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        passes_at_controller(error, self.options.retry_on_quota_violation)
    }
}

/// Whether a change may go better the next time: the wrong broker was asked, or (A4) too much was asked at once. The
/// latter is not sent before the time is over that the broker said.
pub(in crate::admin) fn passes_at_controller(error: &AdminError, retry_on_quota_violation: bool) -> bool {
    match error.code() {
        Some(ErrorCode::NOT_CONTROLLER) => true,
        Some(ErrorCode::THROTTLING_QUOTA_EXCEEDED) => retry_on_quota_violation,
        _ => false,
    }
}

fn read_topic(topic: CreatableTopicResult) -> (String, Result<CreatedTopic, AdminError>) {
    let created =
        BrokerError::check(topic.error_code, topic.error_message.as_deref()).map(|()| CreatedTopic {
            id: id_of(topic.topic_id),
            partitions: Some(topic.num_partitions).filter(|&count| count >= 0),
            replication_factor: Some(topic.replication_factor).filter(|&factor| factor >= 0),
            // A broker that says nothing of them says nothing of the partitions either.
            configs: topic
                .configs
                .filter(|_| topic.num_partitions >= 0)
                .map(|configs| configs.into_iter().map(ConfigEntry::from).collect()),
        });
    (topic.name, created.map_err(AdminError::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(topics: &[NewTopic], options: CreateTopicsOptions) -> CreateTopics {
        let topics = topics
            .iter()
            .map(|topic| (topic.name.clone(), topic.clone()))
            .collect();
        CreateTopics {
            topics,
            options,
            timeout_ms: 1000,
        }
    }

    #[test]
    fn requests_say_what_was_asked_for() {
        let topics = [
            NewTopic::new("a")
                .partitions(3)
                .replication_factor(2)
                .config("retention.ms", "1"),
            NewTopic::new("b").assignments([vec![NodeId(2), NodeId(1)], vec![NodeId(1)]]),
        ];
        let options = CreateTopicsOptions {
            validate_only: true,
            ..CreateTopicsOptions::default()
        };
        let body = task(&topics, options).body(&["a".to_owned(), "b".to_owned()]);
        assert_eq!(body.versions.first, 2);
        assert!(body.request.validate_only);
        let [a, b] = body.request.topics.as_slice() else {
            panic!()
        };
        assert_eq!(
            (a.num_partitions, a.replication_factor, a.assignments.len()),
            (3, 2, 0)
        );
        assert_eq!(
            (a.configs[0].name.as_str(), a.configs[0].value.as_deref()),
            ("retention.ms", Some("1"))
        );
        assert_eq!((b.num_partitions, b.replication_factor), (-1, -1));
        assert_eq!(
            (b.assignments[0].partition_index, &b.assignments[0].broker_ids),
            (0, &vec![2, 1])
        );
        assert_eq!(
            (b.assignments[1].partition_index, &b.assignments[1].broker_ids),
            (1, &vec![1])
        );
    }

    #[test]
    fn the_brokers_defaults_need_a_broker_that_has_them() {
        let body = task(
            &[NewTopic::new("a").partitions(3)],
            CreateTopicsOptions::default(),
        )
        .body(&["a".to_owned()]);
        assert_eq!(body.versions.first, 4);
        assert_eq!(
            (
                body.request.topics[0].num_partitions,
                body.request.topics[0].replication_factor
            ),
            (3, -1)
        );
    }

    #[test]
    fn a2_a5_each_topic_has_its_result_and_no_message_is_not_an_empty_one() {
        let reply = CreateTopicsResponse {
            topics: vec![
                CreatableTopicResult {
                    name: "a".to_owned(),
                    num_partitions: 3,
                    configs: None,
                    ..CreatableTopicResult::default()
                },
                CreatableTopicResult {
                    name: "b".to_owned(),
                    error_code: ErrorCode::TOPIC_ALREADY_EXISTS.0,
                    error_message: None,
                    ..CreatableTopicResult::default()
                },
                CreatableTopicResult {
                    name: "c".to_owned(),
                    num_partitions: 1,
                    configs: Some(Vec::new()),
                    ..CreatableTopicResult::default()
                },
                CreatableTopicResult {
                    name: "old".to_owned(),
                    ..CreatableTopicResult::default()
                },
            ],
            ..CreateTopicsResponse::default()
        };
        let results = task(&[], CreateTopicsOptions::default()).read(&[], reply);
        let a = results[0].1.as_ref().unwrap();
        assert_eq!((a.id, a.partitions, &a.configs), (None, Some(3), &None));
        let b = results[1].1.as_ref().unwrap_err();
        assert!(
            b.to_string().starts_with("TOPIC_ALREADY_EXISTS: ") && b.to_string().len() > 24,
            "{b}"
        );
        assert_eq!(results[2].1.as_ref().unwrap().configs, Some(Vec::new()));
        let old = results[3].1.as_ref().unwrap();
        assert_eq!((old.partitions, &old.configs), (None, &None));
    }

    #[test]
    fn a1_the_wrong_controller_is_not_asked_again_for_good() {
        let passes = |code: ErrorCode, retry_on_quota_violation| {
            let options = CreateTopicsOptions {
                retry_on_quota_violation,
                ..CreateTopicsOptions::default()
            };
            task(&[], options).passes(&code.into())
        };
        assert!(passes(ErrorCode::NOT_CONTROLLER, false));
        assert!(!passes(ErrorCode::TOPIC_ALREADY_EXISTS, true));
        assert!(!passes(ErrorCode::REQUEST_TIMED_OUT, true));
    }

    #[test]
    fn a4_throttled_topics_are_tried_again_by_option() {
        let throttled = AdminError::from(ErrorCode::THROTTLING_QUOTA_EXCEEDED);
        assert!(passes_at_controller(&throttled, true));
        assert!(!passes_at_controller(&throttled, false));
    }
}
