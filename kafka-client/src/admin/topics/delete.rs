use protocol::Message;
use protocol::messages::delete_topics::{DeleteTopicState, DeleteTopicsRequest, DeleteTopicsResponse};

use super::TopicKey;
use super::create::passes_at_controller;
use crate::admin::by_version::ByVersion;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::cluster::Target;
use crate::error::BrokerError;

/// From this version on topics can be named by id.
const BY_ID: i16 = 6;

impl Admin {
    /// Deletes topics, by name or by id. A broker before 2.8 knows no ids.
    ///
    /// Brokers delete in the background: for a moment the topic may still be listed. A topic that is refused for the
    /// moment because too many are being deleted is tried again while time lasts (KIP-599).
    pub async fn delete_topics<K: Into<TopicKey>>(
        &self,
        topics: impl IntoIterator<Item = K>,
    ) -> Results<TopicKey, ()> {
        let keys: Vec<TopicKey> = topics.into_iter().map(Into::into).collect();
        let (ids, names): (Vec<_>, Vec<_>) = keys
            .iter()
            .cloned()
            .partition(|key| matches!(key, TopicKey::Id(_)));
        let task = DeleteTopics {
            timeout_ms: self.broker_timeout_ms(),
        };
        // A name and an id of the same topic in one request is refused by the broker.
        let mut results = self.run(Target::Controller, &task, names).await;
        if !ids.is_empty() {
            results.extend(self.run(Target::Controller, &task, ids).await);
        }
        results.sort_by_key(|(key, _)| keys.iter().position(|given| given == key));
        results
    }
}

struct DeleteTopics {
    timeout_ms: i32,
}

impl Task for DeleteTopics {
    type Key = TopicKey;
    type Value = ();
    type Body = ByVersion<DeleteTopicsRequest>;
    type Reply = DeleteTopicsResponse;

    fn body(&self, keys: &[TopicKey]) -> Self::Body {
        let timeout_ms = self.timeout_ms;
        let state = |key: &TopicKey| match key {
            TopicKey::Id(topic_id) => DeleteTopicState {
                name: None,
                topic_id: *topic_id,
            },
            TopicKey::Name(name) => DeleteTopicState {
                name: Some(name.clone()),
                ..DeleteTopicState::default()
            },
        };
        let topics: Vec<DeleteTopicState> = keys.iter().map(state).collect();
        let has_ids = topics.iter().any(|topic| topic.name.is_none());
        let names = keys.iter().filter_map(|key| match key {
            TopicKey::Id(_) => None,
            TopicKey::Name(name) => Some(name.clone()),
        });
        let older = DeleteTopicsRequest {
            // An old broker must not be asked for less than was meant: with ids, the request cannot be said to it.
            topics: if has_ids { topics.clone() } else { Vec::new() },
            topic_names: names.collect(),
            timeout_ms,
        };
        let newer = DeleteTopicsRequest {
            topics,
            topic_names: Vec::new(),
            timeout_ms,
        };
        ByVersion {
            versions: DeleteTopicsRequest::VERSIONS,
            since: BY_ID,
            newer,
            older,
        }
    }

    fn read(&self, keys: &[TopicKey], reply: DeleteTopicsResponse) -> Results<TopicKey, ()> {
        let topics = reply.responses.into_iter().filter_map(|topic| {
            let result = BrokerError::check(topic.error_code, topic.error_message.as_deref());
            // A topic that was named by id comes back with both, or without its name when it must stay secret.
            let id = TopicKey::Id(topic.topic_id);
            let key = if keys.contains(&id) {
                id
            } else {
                TopicKey::Name(topic.name?)
            };
            Some((key, result.map_err(AdminError::from)))
        });
        topics.collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        passes_at_controller(error, true)
    }
}

#[cfg(test)]
mod tests {
    use protocol::messages::delete_topics::DeletableTopicResult;
    use protocol::{ErrorCode, Uuid};

    use super::*;

    const TASK: DeleteTopics = DeleteTopics { timeout_ms: 1000 };

    #[test]
    fn names_are_said_to_old_and_new_brokers() {
        let body = TASK.body(&["a".into()]);
        assert_eq!(body.newer.topics[0].name.as_deref(), Some("a"));
        assert_eq!(
            (body.older.topics.len(), body.older.topic_names.as_slice()),
            (0, &["a".to_owned()][..])
        );
    }

    #[test]
    fn ids_cannot_be_said_to_old_brokers() {
        use crate::connection::Body;
        let body = TASK.body(&[Uuid::from_bytes([1; 16]).into()]);
        assert!(body.encode(1, "me", 6).is_ok());
        assert!(body.encode(1, "me", 5).is_err());
    }

    #[test]
    fn a2_replies_are_matched_by_name_and_by_id() {
        let id = Uuid::from_bytes([7; 16]);
        let reply = DeleteTopicsResponse {
            responses: vec![
                DeletableTopicResult {
                    name: Some("a".to_owned()),
                    ..DeletableTopicResult::default()
                },
                DeletableTopicResult {
                    name: None,
                    topic_id: id,
                    error_code: ErrorCode::UNKNOWN_TOPIC_ID.0,
                    ..DeletableTopicResult::default()
                },
                DeletableTopicResult {
                    name: None,
                    ..DeletableTopicResult::default()
                },
            ],
            ..DeleteTopicsResponse::default()
        };
        let results = TASK.read(&["a".into(), id.into()], reply);
        assert_eq!(results.len(), 2);
        assert!(results[0].0 == "a".into() && results[0].1.is_ok());
        assert_eq!(
            results[1].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::UNKNOWN_TOPIC_ID)
        );
    }
}
