use kafka_client::client::{Client, Topics};
use kafka_client::cluster::Target;
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::describe_cluster::DescribeClusterRequest;

use crate::support::{run, shared};

#[test]
fn a_plaintext_client_connects_and_asks() {
    let Some(cluster) = shared("connecting in plaintext") else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let metadata = client.metadata(Topics::All).await.unwrap();
        assert!(metadata.cluster_id.is_some());
        assert_eq!(metadata.brokers.len(), client.known().brokers.len());
        let (&node, _) = metadata.brokers.first_key_value().unwrap();
        let request = ApiVersionsRequest {
            client_software_name: "tests".to_owned(),
            client_software_version: "1".to_owned(),
            ..ApiVersionsRequest::default()
        };
        let versions = client.call(Target::Node(node), request, |_| None).await.unwrap();
        assert!(versions.api_keys.len() > 50);
        let request = DescribeClusterRequest::default();
        let described = client.call(Target::Controller, request, |_| None).await.unwrap();
        assert_eq!(Some(described.cluster_id), metadata.cluster_id);
        client.close().await;
    });
}
