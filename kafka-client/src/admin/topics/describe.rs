use std::collections::{BTreeMap, BTreeSet};

use protocol::messages::describe_topic_partitions::{
    DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse,
    DescribeTopicPartitionsResponsePartition, DescribeTopicPartitionsResponseTopic, RequestCursor,
    TopicRequest,
};
use protocol::messages::metadata::{
    MetadataRequest, MetadataRequestTopic, MetadataResponse, MetadataResponsePartition, MetadataResponseTopic,
};
use protocol::{ErrorCode, NodeIds, Uuid};

use super::{TopicKey, id_of};
use crate::admin::by_version::ByVersion;
use crate::admin::drive::{Admin, Budget};
use crate::admin::error::AdminError;
use crate::admin::items::{Items, Results};
use crate::admin::leaders::{NOT_CREATING, metadata};
use crate::admin::operation::Operation;
use crate::cluster::{NodeId, Target};
use crate::error::{BrokerError, Class, RequestError};

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicListing {
    /// Its name.
    pub name: String,
    /// Its id, from Kafka 2.8 on.
    pub id: Option<Uuid>,
    /// Whether Kafka itself uses it.
    pub internal: bool,
    /// How many partitions it has.
    pub partitions: usize,
    /// The most brokers that hold one of its partitions.
    pub replication_factor: usize,
}

/// A topic in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicDescription {
    /// Its name.
    pub name: String,
    /// Its id, from Kafka 2.8 on.
    pub id: Option<Uuid>,
    /// Whether Kafka itself uses it.
    pub internal: bool,
    /// Its partitions, in order.
    pub partitions: Vec<PartitionDescription>,
    /// What the caller may do with it; none when the broker did not say (KIP-430).
    pub authorized_operations: Option<Vec<Operation>>,
}

/// A partition in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionDescription {
    /// Its number.
    pub partition: i32,
    /// Its leader, if it has one that is alive.
    pub leader: Option<NodeId>,
    /// How often leadership changed; none from a broker that does not say.
    pub leader_epoch: Option<i32>,
    /// The brokers that hold it, the preferred leader first.
    pub replicas: Vec<NodeId>,
    /// Those of them that are in sync.
    pub in_sync: Vec<NodeId>,
    /// Those of them that are down.
    pub offline: Vec<NodeId>,
    /// Those that may become leader without loss although they are not in sync (KIP-966); none from a broker that
    /// does not say.
    pub eligible_leaders: Option<Vec<NodeId>>,
    /// Those that were eligible last, when nobody is; none from a broker that does not say.
    pub last_known_eligible_leaders: Option<Vec<NodeId>>,
}

impl Admin {
    /// Lists all topics that the caller may describe, by name.
    pub async fn list_topics(&self) -> Result<Vec<TopicListing>, AdminError> {
        let reply: MetadataResponse = self
            .call(Target::Any, metadata(None, NOT_CREATING), &self.budget())
            .await?;
        BrokerError::check(reply.error_code, None)?;
        Ok(listings(reply))
    }

    /// Describes topics, by name or by id. A name that no topic has is an error of its own.
    ///
    /// Brokers from 3.8 on answer page by page (KIP-966), so that topics with very many partitions do no harm; older
    /// ones answer in one piece and do not know eligible leaders. By id, topics are described in one piece.
    pub async fn describe_topics<K: Into<TopicKey>>(
        &self,
        topics: impl IntoIterator<Item = K>,
    ) -> Results<TopicKey, TopicDescription> {
        let mut items = Items::new(topics.into_iter().map(Into::into));
        let mut budget = self.budget();
        let mut paged = true;
        loop {
            let open = items.open();
            let (ids, names): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|key| matches!(key, TopicKey::Id(_)));
            // One request for ids and one for names: brokers that are given both look at the ids alone.
            let mut in_one_piece = vec![ids];
            if paged && !names.is_empty() {
                match self
                    .describe_in_pages(names.iter().map(TopicKey::to_string).collect(), &budget)
                    .await
                {
                    Err(AdminError::Request(RequestError::Version(_))) => {
                        paged = false;
                        in_one_piece.push(names);
                    }
                    reply => absorb(&mut items, &names, reply, &budget),
                }
            } else {
                in_one_piece.push(names);
            }
            for keys in in_one_piece.into_iter().filter(|keys| !keys.is_empty()) {
                let reply = self.call(Target::Any, metadata_request(&keys), &budget).await;
                let reply = reply
                    .map(|reply| read_metadata(&keys, reply))
                    .map_err(AdminError::from);
                absorb(&mut items, &keys, reply, &budget);
            }
            if items.open().is_empty() || !self.again(&mut budget, false) {
                break;
            }
        }
        items.into_results()
    }

    async fn describe_in_pages(
        &self,
        names: BTreeSet<String>,
        budget: &Budget,
    ) -> Result<Results<TopicKey, TopicDescription>, AdminError> {
        let mut pages = Pages::new(names);
        while let Some(request) = pages.next_request() {
            let reply: DescribeTopicPartitionsResponse = self.call(Target::Any, request, budget).await?;
            pages.take(reply)?;
        }
        Ok(pages.into_results())
    }
}

/// Follows the cursor through the pages of a description (A6).
struct Pages {
    names: BTreeSet<String>,
    /// Topic and partition where the next page starts.
    cursor: Option<(String, i32)>,
    done: bool,
    topics: BTreeMap<String, Result<TopicDescription, AdminError>>,
}

/// How many partitions a page may have; the broker may bound it further. Java's default.
const PAGE_PARTITIONS: i32 = 2000;

impl Pages {
    fn new(names: BTreeSet<String>) -> Self {
        Self {
            done: names.is_empty(),
            names,
            cursor: None,
            topics: BTreeMap::new(),
        }
    }

    /// The request for the next page; none after the last.
    fn next_request(&self) -> Option<DescribeTopicPartitionsRequest> {
        if self.done {
            return None;
        }
        let start = self.cursor.as_ref().map(|(topic, _)| topic.as_str());
        let ahead = self
            .names
            .iter()
            .filter(|name| start.is_none_or(|start| name.as_str() >= start));
        Some(DescribeTopicPartitionsRequest {
            topics: ahead.map(|name| TopicRequest { name: name.clone() }).collect(),
            response_partition_limit: PAGE_PARTITIONS,
            cursor: self
                .cursor
                .as_ref()
                .map(|(topic_name, partition_index)| RequestCursor {
                    topic_name: topic_name.clone(),
                    partition_index: *partition_index,
                }),
        })
    }

    /// Takes a page. A cursor that does not move forward would never end: it is an error.
    fn take(&mut self, reply: DescribeTopicPartitionsResponse) -> Result<(), AdminError> {
        for topic in reply.topics {
            let Some(name) = topic.name.clone() else { continue };
            match (self.topics.get_mut(&name), read_page_topic(topic)) {
                // A topic may span pages.
                (Some(Ok(known)), Ok(more)) => known.partitions.extend(more.partitions),
                (Some(_), _) => {}
                (None, topic) => {
                    self.topics.insert(name, topic);
                }
            }
        }
        let next = reply
            .next_cursor
            .map(|cursor| (cursor.topic_name, cursor.partition_index));
        if next.is_some() && next <= self.cursor {
            let text = "the broker's cursor does not move forward in the reply to DescribeTopicPartitions";
            return Err(AdminError::Reply(text.to_owned()));
        }
        self.done = next.is_none();
        self.cursor = next;
        Ok(())
    }

    fn into_results(self) -> Results<TopicKey, TopicDescription> {
        let mut topics = self.topics;
        for description in topics.values_mut().flatten() {
            description
                .partitions
                .sort_by_key(|partition| partition.partition);
            description
                .partitions
                .dedup_by_key(|partition| partition.partition);
        }
        topics
            .into_iter()
            .map(|(name, topic)| (TopicKey::Name(name), topic))
            .collect()
    }
}

fn read_page_topic(topic: DescribeTopicPartitionsResponseTopic) -> Result<TopicDescription, AdminError> {
    BrokerError::check(topic.error_code, None)?;
    Ok(TopicDescription {
        name: topic.name.unwrap_or_default(),
        id: id_of(topic.topic_id),
        internal: topic.is_internal,
        partitions: topic.partitions.into_iter().map(read_page_partition).collect(),
        authorized_operations: Operation::set(topic.topic_authorized_operations),
    })
}

fn read_page_partition(partition: DescribeTopicPartitionsResponsePartition) -> PartitionDescription {
    PartitionDescription {
        partition: partition.partition_index,
        leader: node(partition.leader_id),
        leader_epoch: Some(partition.leader_epoch).filter(|&epoch| epoch >= 0),
        replicas: nodes(partition.replica_nodes),
        in_sync: nodes(partition.isr_nodes),
        offline: nodes(partition.offline_replicas),
        eligible_leaders: partition.eligible_leader_replicas.map(nodes),
        last_known_eligible_leaders: partition.last_known_elr.map(nodes),
    }
}

/// Takes up what was said about `asked`.
fn absorb(
    items: &mut Items<TopicKey, TopicDescription>,
    asked: &[TopicKey],
    reply: Result<Results<TopicKey, TopicDescription>, AdminError>,
    budget: &Budget,
) {
    match reply {
        Ok(results) => {
            let mentioned: BTreeSet<_> = results.iter().map(|(key, _)| key.clone()).collect();
            for (key, result) in results {
                let passes = |error: &AdminError| {
                    matches!(error.class(), Class::Retry | Class::Reroute) && !budget.is_gone(error)
                };
                items.take(&key, result, passes);
            }
            items.settle_unmentioned(asked, |key| mentioned.contains(key), "a description of topics");
        }
        Err(error) => {
            for key in asked {
                items.settle(key, Err(error.clone()));
            }
        }
    }
}

/// Asks for topics in one piece.
fn metadata_request(keys: &[TopicKey]) -> ByVersion<MetadataRequest> {
    let topic = |key: &TopicKey| match key {
        TopicKey::Id(topic_id) => MetadataRequestTopic {
            topic_id: *topic_id,
            name: None,
        },
        TopicKey::Name(name) => MetadataRequestTopic {
            name: Some(name.clone()),
            ..MetadataRequestTopic::default()
        },
    };
    let mut versions = NOT_CREATING;
    if keys.iter().any(|key| matches!(key, TopicKey::Id(_))) {
        versions.first = METADATA_BY_ID;
    }
    let older = metadata(Some(keys.iter().map(topic).collect()), versions).request;
    let newer = MetadataRequest {
        include_topic_authorized_operations: true,
        ..older.clone()
    };
    ByVersion {
        versions,
        since: METADATA_WITH_OPERATIONS,
        newer,
        older,
    }
}

/// From this version on brokers look topics up by id.
const METADATA_BY_ID: i16 = 12;
/// From this version on brokers say what may be done with a topic.
const METADATA_WITH_OPERATIONS: i16 = 8;

fn read_metadata(keys: &[TopicKey], reply: MetadataResponse) -> Results<TopicKey, TopicDescription> {
    let topics = reply.topics.into_iter().filter_map(|topic| {
        let id = TopicKey::Id(topic.topic_id);
        let key = if keys.contains(&id) {
            id
        } else {
            TopicKey::Name(topic.name.clone()?)
        };
        Some((key, read_metadata_topic(topic)))
    });
    topics.collect()
}

fn read_metadata_topic(topic: MetadataResponseTopic) -> Result<TopicDescription, AdminError> {
    BrokerError::check(topic.error_code, None)?;
    let mut partitions: Vec<_> = topic
        .partitions
        .into_iter()
        .map(read_metadata_partition)
        .collect();
    partitions.sort_by_key(|partition| partition.partition);
    Ok(TopicDescription {
        name: topic.name.unwrap_or_default(),
        id: id_of(topic.topic_id),
        internal: topic.is_internal,
        partitions,
        authorized_operations: Operation::set(topic.topic_authorized_operations),
    })
}

fn read_metadata_partition(partition: MetadataResponsePartition) -> PartitionDescription {
    PartitionDescription {
        partition: partition.partition_index,
        leader: node(partition.leader_id),
        leader_epoch: Some(partition.leader_epoch).filter(|&epoch| epoch >= 0),
        replicas: nodes(partition.replica_nodes),
        in_sync: nodes(partition.isr_nodes),
        offline: nodes(partition.offline_replicas),
        eligible_leaders: None,
        last_known_eligible_leaders: None,
    }
}

fn listings(reply: MetadataResponse) -> Vec<TopicListing> {
    let listing = |topic: MetadataResponseTopic| {
        Some(TopicListing {
            name: topic.name?,
            id: id_of(topic.topic_id),
            internal: topic.is_internal,
            partitions: topic.partitions.len(),
            replication_factor: topic
                .partitions
                .iter()
                .map(|at| at.replica_nodes.len())
                .max()
                .unwrap_or(0),
        })
    };
    let described = reply
        .topics
        .into_iter()
        .filter(|topic| ErrorCode(topic.error_code).is_ok());
    let mut topics: Vec<_> = described.filter_map(listing).collect();
    topics.sort_by(|a, b| a.name.cmp(&b.name));
    topics
}

fn node(id: i32) -> Option<NodeId> {
    (id >= 0).then_some(NodeId(id))
}

fn nodes(ids: NodeIds) -> Vec<NodeId> {
    ids.iter().copied().map(NodeId).collect()
}

#[cfg(test)]
mod tests;
