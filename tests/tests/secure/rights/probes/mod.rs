//! The requests, and what of an answer counts.

mod cluster;
mod configs;
mod groups;
mod topics;
mod transactions;

use kafka_client::client::{Client, Topics};
use kafka_client::cluster::{CoordinatorKind, NodeId, Target};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use protocol::{ErrorCode, Request, Uuid};

use crate::twins::requests::init_producer_id;

/// An id that no topic has.
const UNKNOWN: Uuid = Uuid::from_bytes([9; 16]);

/// Whether the client can describe a topic.
pub(super) async fn sees(client: &Client, topic: &str) -> bool {
    let metadata = client
        .metadata(Topics::Named(vec![topic.to_owned()]))
        .await
        .unwrap();
    metadata.topics.values().any(|found| found.error.is_none())
}

/// The id of a topic; none before it is led.
pub(in crate::secure) async fn id_of(client: &Client, topic: &str) -> Option<Uuid> {
    let metadata = client
        .metadata(Topics::Named(vec![topic.to_owned()]))
        .await
        .unwrap();
    let found = metadata.topics.get(topic)?;
    let led = found
        .partitions
        .iter()
        .all(|partition| partition.leader.is_some());
    (found.error.is_none() && led).then_some(found.id)
}

/// What comes of beginning with transactions, for which their coordinator has to be there.
pub(in crate::secure) async fn begin(client: &Client) -> ErrorCode {
    let id = "the first one";
    let request = init_producer_id(Some(id), 60_000, -1, -1);
    let coordinator = Target::Coordinator(CoordinatorKind::Transaction, id.into());
    ErrorCode(
        client
            .call(coordinator, request, |_| None)
            .await
            .unwrap()
            .error_code,
    )
}

/// A user who sends everything.
pub(super) struct Probing {
    client: Client,
    /// What the names of all that the user may have rights to begin with.
    prefix: String,
    topic: String,
    topic_id: Uuid,
    answers: Vec<(&'static str, String)>,
}

impl Probing {
    pub(super) fn new(client: Client, user: &str, topic_id: Uuid) -> Self {
        Self {
            client,
            prefix: format!("{user}-"),
            topic: format!("{user}-topic"),
            topic_id,
            answers: Vec::new(),
        }
    }

    /// Sends everything; what deletes comes last.
    pub(super) async fn all(mut self) -> Vec<(&'static str, String)> {
        self.topics().await;
        self.configs().await;
        self.groups().await;
        self.transactions().await;
        self.cluster().await;
        self.deletions().await;
        self.client.close().await;
        self.answers
    }

    /// A name of the user's own.
    fn own(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    async fn ask<R>(&mut self, probe: &'static str, request: R)
    where
        R: Request + Send + Sync + std::fmt::Debug + 'static,
        R::Response: std::fmt::Debug,
    {
        let answer = self.client.call(Target::Node(NodeId(1)), request, |_| None).await;
        let answer = answer.unwrap_or_else(|error| panic!("{probe}: {error:?}"));
        let verdict = self.verdict(&format!("{answer:?}"));
        self.answers.push((probe, verdict));
    }

    /// The errors of an answer with their words, how many things of the user it names, and what it says the user may do.
    ///
    /// Reads the text that [`Debug`](std::fmt::Debug) makes: the same rule for all responses.
    fn verdict(&self, text: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (at, label) in text.match_indices("error_code: ") {
            let rest = &text[at + label.len()..];
            let code = rest[..rest.find([',', ' ']).unwrap_or(rest.len())]
                .parse()
                .unwrap();
            if text[..at].ends_with("topic_config_") {
                continue;
            }
            let mut part = ErrorCode(code).to_string();
            if code != 0
                && let Some(words) = rest.split_once(" error_message: Some(\"")
                && !words.0.contains("error_code")
            {
                let mut message = words.1.split_once("\")").map_or(words.1, |(message, _)| message);
                // Where a broker has asked its controller, Kafka prints the object that the request is to it, and what right
                // it needs: that is not for anybody to rely on.
                if message.starts_with("Request Request(") {
                    message = "Cluster authorization failed.";
                }
                part = format!("{part} `{}`", message.replace(&self.prefix, "{own}"));
            }
            if parts.last() != Some(&part) {
                parts.push(part);
            }
        }
        for (at, label) in text.match_indices("authorized_operations: ") {
            let rest = &text[at + label.len()..];
            let number = &rest[..rest.find([',', ' ']).unwrap_or(rest.len())];
            if number != i32::MIN.to_string() {
                parts.push(format!("may {number}"));
            }
        }
        let named = text.matches(&format!("\"{}", self.prefix)).count();
        if named > 0 {
            parts.push(format!("names {named}"));
        }
        if parts.is_empty() {
            "empty".to_owned()
        } else {
            parts.join(", ")
        }
    }

    fn metadata(&self, topics: Option<Vec<MetadataRequestTopic>>) -> MetadataRequest {
        MetadataRequest {
            topics,
            allow_auto_topic_creation: false,
            include_topic_authorized_operations: true,
            ..MetadataRequest::default()
        }
    }
}
