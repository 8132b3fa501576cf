use std::collections::BTreeMap;

use real_kafka::tools;

use super::{connect, only, tool};
use crate::support::{run, shared};

#[test]
fn the_cluster_is_the_one_that_kafka_describes() {
    let Some(cluster) = shared("describing the cluster") else {
        return;
    };
    run(async {
        let described = connect(cluster).await.admin().describe_cluster().await.unwrap();
        let arguments = ["cluster-id", "--bootstrap-server", &cluster.bootstrap()];
        let theirs = tools()
            .unwrap()
            .run("kafka-cluster", &arguments)
            .unwrap()
            .success()
            .unwrap();
        assert_eq!(
            theirs.trim(),
            format!("Cluster ID: {}", described.id.as_deref().unwrap())
        );
        let addresses: Vec<_> = described
            .brokers
            .iter()
            .map(|broker| format!("{}:{}", broker.host, broker.port))
            .collect();
        assert!(addresses.contains(&cluster.bootstrap()), "{addresses:?}");
        assert!(
            described
                .brokers
                .iter()
                .all(|broker| broker.fenced == Some(false))
        );
        assert!(
            described
                .controller
                .is_some_and(|id| described.brokers.iter().any(|broker| broker.id == id))
        );
        assert!(
            described
                .authorized_operations
                .is_some_and(|operations| !operations.is_empty())
        );
    });
}

/// What `kafka-broker-api-versions` says, `\tName(key): first to last [usable: n],` for each API.
fn parse(text: &str) -> BTreeMap<i16, (i16, i16)> {
    let api = |line: &str| {
        let (key, range) = line.split_once("(")?.1.split_once("): ")?;
        let range = range.split(" [").next()?;
        let (first, last) = range.split_once(" to ").unwrap_or((range, range));
        Some((key.parse().ok()?, (first.parse().ok()?, last.parse().ok()?)))
    };
    text.lines().filter_map(api).collect()
}

#[test]
fn brokers_say_the_same_versions_to_both() {
    let Some(cluster) = shared("versions of a broker") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        let node = admin.describe_cluster().await.unwrap().brokers[0].id;
        let versions = only(admin.api_versions([node]).await).unwrap();
        let ours: BTreeMap<_, _> = versions
            .apis
            .iter()
            .map(|(key, range)| (key.0, (range.first, range.last)))
            .collect();
        let theirs = parse(&tool(cluster, "kafka-broker-api-versions", &[]));
        assert!(theirs.len() > 50, "{theirs:?}");
        for (key, range) in theirs {
            assert_eq!(ours.get(&key), Some(&range), "{key}");
        }
        assert!(
            versions
                .features
                .iter()
                .any(|feature| feature.name == "metadata.version" && feature.level > 0)
        );
    });
}
