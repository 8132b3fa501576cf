//! The log of requests: what arrived when.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use protocol::ApiKey;

use crate::answers::LinkId;

/// What a request is about: a topic and perhaps a partition of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The topic's name.
    pub topic: Arc<str>,
    /// The partition; none for the whole topic.
    pub partition: Option<i32>,
}

impl Subject {
    /// A topic as a whole.
    pub(crate) fn whole(topic: impl Into<Arc<str>>) -> Self {
        Self {
            topic: topic.into(),
            partition: None,
        }
    }

    /// Partitions of one topic, whose name they share.
    pub(crate) fn partitions(
        topic: impl Into<Arc<str>>,
        partitions: impl IntoIterator<Item = i32>,
    ) -> impl Iterator<Item = Self> {
        let topic = topic.into();
        partitions.into_iter().map(move |partition| Self {
            topic: topic.clone(),
            partition: Some(partition),
        })
    }
}

/// A request that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestEntry {
    /// When, from the start of the sandbox.
    pub at: Duration,
    /// The broker that was asked.
    pub broker: i32,
    /// The connection.
    pub link: LinkId,
    /// The API.
    pub api: ApiKey,
    /// Its version.
    pub version: i16,
    /// What the client calls itself; empty for nothing.
    pub client_id: Arc<str>,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// Whether it got as far as the rules and its handler: not, when its client had not authenticated or its version is not
    /// offered. What it is about is not known then.
    pub admitted: bool,
}

/// A connection that a broker took. One that a broker refuses which is down is seen by nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionEntry {
    /// When, from the start of the sandbox.
    pub at: Duration,
    /// The broker.
    pub broker: i32,
    /// The connection, as its requests have it.
    pub link: LinkId,
    /// The client's address, without its port.
    pub host: Arc<str>,
}

/// The latest connections, as many as fit.
#[derive(Debug, Default)]
pub(crate) struct ConnectionLog(VecDeque<ConnectionEntry>);

impl ConnectionLog {
    pub(crate) fn push(&mut self, entry: ConnectionEntry) {
        if self.0.len() == CONNECTIONS_MAX {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.0 = VecDeque::new();
    }

    /// What is remembered, oldest first.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &ConnectionEntry> {
        self.0.iter()
    }
}

/// Connections that are remembered at most.
const CONNECTIONS_MAX: usize = 16_384;

impl RequestEntry {
    /// Bytes that it takes, names included though others may share them.
    fn size(&self) -> usize {
        let names = self.subjects.iter().map(|subject| subject.topic.len());
        size_of::<Self>()
            + self.client_id.len()
            + self.subjects.len() * size_of::<Subject>()
            + names.sum::<usize>()
    }
}

/// The latest requests, as many as fit.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<RequestEntry>,
    /// Bytes that all of them take.
    size: usize,
    dropped: u64,
    /// How many there ever were.
    total: u64,
}

/// Requests that are remembered at most.
const ENTRIES_MAX: usize = 65_536;
/// Bytes that all of them together take at most: a client may call itself, and ask about, what it likes.
const SIZE_MAX: usize = 16 * 1024 * 1024;

impl RequestLog {
    pub(crate) fn push(&mut self, entry: RequestEntry) {
        self.total += 1;
        self.size += entry.size();
        self.entries.push_back(entry);
        while self.entries.len() > ENTRIES_MAX || self.size > SIZE_MAX {
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.size -= oldest.size();
            self.dropped += 1;
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Self {
            total: self.total,
            ..Self::default()
        };
    }

    /// How many requests there ever were.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// What is remembered.
    pub(crate) fn snapshot(&self) -> Requests {
        Requests {
            entries: self.entries.iter().cloned().collect(),
            dropped: self.dropped,
        }
    }
}

/// Requests that arrived, oldest first: all, or those that a filter left.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    entries: Vec<RequestEntry>,
    dropped: u64,
}

impl Requests {
    /// Those of an API.
    pub fn of(self, api: ApiKey) -> Self {
        self.that(|entry| entry.api == api)
    }

    /// Those to a broker.
    pub fn to(self, broker: i32) -> Self {
        self.that(|entry| entry.broker == broker)
    }

    /// Those about a topic. A fetch goes on with the partitions of its session (KIP-227): it is about all of them, but of a
    /// session with more than 100 partitions about those alone that it names, unless rules are in force.
    pub fn about(self, topic: &str) -> Self {
        self.that(|entry| entry.subjects.iter().any(|subject| *subject.topic == *topic))
    }

    /// Those of a client that calls itself this.
    pub fn from(self, client_id: &str) -> Self {
        self.that(|entry| *entry.client_id == *client_id)
    }

    /// Those for which `keep` says so.
    pub fn that(mut self, keep: impl FnMut(&RequestEntry) -> bool) -> Self {
        self.entries.retain(keep);
        self
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// The time between each and the next: what a back-off is told by.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use std::time::Duration;
    /// use kafka_client::client::{Client, Record};
    /// use kafka_sandbox::{ApiKey, ErrorCode, Sandbox};
    ///
    /// let cluster = Sandbox::builder().topic("orders", 1).start().await?;
    /// cluster.on(ApiKey::PRODUCE).times(2).reply(ErrorCode::NOT_ENOUGH_REPLICAS);
    /// let client = Client::connect(cluster.bootstrap_servers()).await?;
    /// let producer = client.producer().start()?;
    /// producer.send(Record::to("orders").value("{}")).await?.await?;
    ///
    /// let produced = cluster.requests().of(ApiKey::PRODUCE);
    /// assert_eq!(produced.count(), 3);
    /// // The client waits before it tries again.
    /// assert!(produced.gaps().iter().all(|gap| *gap >= Duration::from_millis(50)));
    /// # client.close().await;
    /// # Ok(())
    /// # }
    /// ```
    pub fn gaps(&self) -> Vec<Duration> {
        let pairs = self.entries.windows(2);
        pairs.map(|pair| pair[1].at.saturating_sub(pair[0].at)).collect()
    }

    /// How many older ones were forgotten, before any filter: the sandbox remembers 65 536 in 16 MiB.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The requests, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, RequestEntry> {
        self.entries.iter()
    }
}

impl<'a> IntoIterator for &'a Requests {
    type Item = &'a RequestEntry;
    type IntoIter = std::slice::Iter<'a, RequestEntry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
