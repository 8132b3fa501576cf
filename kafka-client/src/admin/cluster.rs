//! The cluster itself: brokers, controller, what each broker can do.

use protocol::messages::api_versions::{ApiVersionsRequest, ApiVersionsResponse};
use protocol::messages::describe_cluster::{DescribeClusterRequest, DescribeClusterResponse};
use protocol::messages::metadata::MetadataResponse;
use protocol::{ApiKey, Message, VersionRange};

use super::drive::{Admin, Budget};
use super::error::AdminError;
use super::items::Results;
use super::join::join_all;
use super::leaders::{NOT_CREATING, metadata};
use super::operation::Operation;
use crate::cluster::{NodeId, Target};
use crate::connection::Capped;
use crate::error::{BrokerError, RequestError};

/// A cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterDescription {
    /// Its id; none from a broker that has none.
    pub id: Option<String>,
    /// The controller; with KRaft a broker that forwards to it. None while there is none.
    pub controller: Option<NodeId>,
    /// Its brokers, by id.
    pub brokers: Vec<BrokerDescription>,
    /// What the caller may do with the cluster; none when the broker did not say.
    pub authorized_operations: Option<Vec<Operation>>,
}

/// A broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerDescription {
    /// Its id.
    pub id: NodeId,
    /// The host that it advertises on the listener that was asked.
    pub host: String,
    /// The port that it advertises.
    pub port: u16,
    /// Its rack, if it has one.
    pub rack: Option<String>,
    /// Whether it is registered and shut off (KIP-1073); none from a broker that does not say. Brokers that are shut
    /// off are only listed by brokers that do say.
    pub fenced: Option<bool>,
}

/// What a broker can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerVersions {
    /// The versions of each API that it speaks, by the API's number.
    pub apis: Vec<(ApiKey, VersionRange)>,
    /// The features that the cluster agreed on (KIP-584).
    pub features: Vec<FinalizedFeature>,
}

/// A feature that the cluster agreed on, e.g. `transaction.version`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalizedFeature {
    /// Its name.
    pub name: String,
    /// The level that is in force.
    pub level: i16,
}

impl Admin {
    /// Describes the cluster: its id, controller and brokers, those that are shut off included.
    pub async fn describe_cluster(&self) -> Result<ClusterDescription, AdminError> {
        let budget = self.budget();
        for with_fenced in [true, false] {
            match self
                .call(Target::Any, cluster_request(with_fenced), &budget)
                .await
            {
                Ok(reply) => return read_cluster(reply, with_fenced),
                // Older than what was asked for.
                Err(RequestError::Version(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // Before 2.8 the metadata say as much.
        let reply: MetadataResponse = self
            .call(Target::Any, metadata(Some(Vec::new()), NOT_CREATING), &budget)
            .await?;
        Ok(ClusterDescription {
            id: reply.cluster_id.filter(|id| !id.is_empty()),
            controller: node(reply.controller_id),
            brokers: brokers(reply.brokers.into_iter().map(|broker| BrokerDescription {
                id: NodeId(broker.node_id),
                host: broker.host,
                port: u16::try_from(broker.port).unwrap_or_default(),
                rack: broker.rack,
                fenced: None,
            })),
            authorized_operations: Operation::set(reply.cluster_authorized_operations),
        })
    }

    /// Asks brokers what they can do.
    pub async fn api_versions(
        &self,
        nodes: impl IntoIterator<Item = NodeId>,
    ) -> Results<NodeId, BrokerVersions> {
        let budget = &self.budget();
        let calls = nodes.into_iter().map(|node| async move {
            let reply = self.call(Target::Node(node), versions_request(), budget).await;
            (node, reply.map_err(AdminError::from).and_then(read_versions))
        });
        join_all(calls).await
    }

    /// The brokers that serve clients.
    pub(super) async fn live_brokers(&self, budget: &Budget) -> Result<Vec<NodeId>, AdminError> {
        let reply: MetadataResponse = self
            .call(Target::Any, metadata(Some(Vec::new()), NOT_CREATING), budget)
            .await?;
        let mut nodes: Vec<NodeId> = reply
            .brokers
            .iter()
            .filter_map(|broker| node(broker.node_id))
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        Ok(nodes)
    }
}

fn cluster_request(include_fenced_brokers: bool) -> Capped<DescribeClusterRequest> {
    let request = DescribeClusterRequest {
        include_cluster_authorized_operations: true,
        include_fenced_brokers,
        ..DescribeClusterRequest::default()
    };
    // Brokers that are shut off are known to version 2.
    let first = if include_fenced_brokers { 2 } else { 0 };
    Capped {
        request,
        versions: VersionRange {
            first,
            ..DescribeClusterRequest::VERSIONS
        },
    }
}

fn read_cluster(reply: DescribeClusterResponse, with_fenced: bool) -> Result<ClusterDescription, AdminError> {
    BrokerError::check(reply.error_code, reply.error_message.as_deref())?;
    Ok(ClusterDescription {
        id: Some(reply.cluster_id).filter(|id| !id.is_empty()),
        controller: node(reply.controller_id),
        brokers: brokers(reply.brokers.into_iter().map(|broker| BrokerDescription {
            id: NodeId(broker.broker_id),
            host: broker.host,
            port: u16::try_from(broker.port).unwrap_or_default(),
            rack: broker.rack,
            fenced: with_fenced.then_some(broker.is_fenced),
        })),
        authorized_operations: Operation::set(reply.cluster_authorized_operations),
    })
}

fn brokers(all: impl Iterator<Item = BrokerDescription>) -> Vec<BrokerDescription> {
    let mut brokers: Vec<_> = all.filter(|broker| broker.id.0 >= 0).collect();
    brokers.sort_by_key(|broker| broker.id);
    brokers.dedup_by_key(|broker| broker.id);
    brokers
}

fn versions_request() -> ApiVersionsRequest {
    ApiVersionsRequest {
        client_software_name: env!("CARGO_PKG_NAME").to_owned(),
        client_software_version: env!("CARGO_PKG_VERSION").to_owned(),
        ..ApiVersionsRequest::default()
    }
}

fn read_versions(reply: ApiVersionsResponse) -> Result<BrokerVersions, AdminError> {
    BrokerError::check(reply.error_code, None)?;
    let range = |first, last| VersionRange { first, last };
    let mut apis: Vec<_> = reply
        .api_keys
        .iter()
        .map(|api| (ApiKey(api.api_key), range(api.min_version, api.max_version)))
        .collect();
    apis.sort_by_key(|(key, _)| key.0);
    let mut features: Vec<_> = reply
        .finalized_features
        .into_iter()
        .map(|feature| FinalizedFeature {
            name: feature.name,
            level: feature.max_version_level,
        })
        .collect();
    features.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(BrokerVersions { apis, features })
}

fn node(id: i32) -> Option<NodeId> {
    (id >= 0).then_some(NodeId(id))
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;
    use protocol::messages::describe_cluster::DescribeClusterBroker;

    use super::*;

    #[test]
    fn m9_brokers_that_make_no_sense_are_left_out() {
        let broker = |broker_id, port| DescribeClusterBroker {
            broker_id,
            port,
            ..DescribeClusterBroker::default()
        };
        let reply = DescribeClusterResponse {
            cluster_id: "c".to_owned(),
            controller_id: -1,
            brokers: vec![broker(2, 9092), broker(-1, 1), broker(1, 70_000), broker(2, 1)],
            ..DescribeClusterResponse::default()
        };
        assert_eq!(
            read_cluster(reply.clone(), false).unwrap().brokers[0].fenced,
            None
        );
        let cluster = read_cluster(reply, true).unwrap();
        assert_eq!((cluster.id.as_deref(), cluster.controller), (Some("c"), None));
        let seen: Vec<_> = cluster
            .brokers
            .iter()
            .map(|broker| (broker.id.0, broker.port, broker.fenced))
            .collect();
        assert_eq!(seen, [(1, 0, Some(false)), (2, 9092, Some(false))]);
        assert_eq!(cluster.authorized_operations, None);
    }

    #[test]
    fn refusals_are_errors() {
        let reply = DescribeClusterResponse {
            error_code: ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0,
            ..DescribeClusterResponse::default()
        };
        assert_eq!(
            read_cluster(reply, true).unwrap_err().code(),
            Some(ErrorCode::CLUSTER_AUTHORIZATION_FAILED)
        );
    }

    #[test]
    fn brokers_that_are_shut_off_are_asked_for_where_they_are_known() {
        assert_eq!(cluster_request(true).versions.first, 2);
        assert_eq!(cluster_request(false).versions.first, 0);
    }
}
