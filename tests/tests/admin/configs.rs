use kafka_client::admin::{
    Admin, ConfigChange, ConfigEntry, ConfigKind, ConfigResource, ConfigSource, DescribeConfigsOptions,
    NewTopic, ResourceKind,
};
use kafka_client::cluster::NodeId;
use protocol::ErrorCode;

use super::{connect, create, only, tool, until};
use crate::support::{run, shared};

async fn describe(admin: &Admin, resource: ConfigResource) -> Vec<ConfigEntry> {
    only(
        admin
            .describe_configs([resource], DescribeConfigsOptions::default())
            .await,
    )
    .unwrap()
}

fn find<'a>(entries: &'a [ConfigEntry], name: &str) -> &'a ConfigEntry {
    entries
        .iter()
        .find(|entry| entry.name == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn settings_of_a_topic_are_those_that_kafka_shows() {
    let Some(cluster) = shared("describing settings") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(
            &admin,
            NewTopic::new("admin-configs")
                .partitions(1)
                .config("segment.ms", "12345"),
        )
        .await;
        let options = DescribeConfigsOptions {
            synonyms: true,
            documentation: true,
            keys: None,
        };
        let entries = only(
            admin
                .describe_configs([ConfigResource::topic("admin-configs")], options)
                .await,
        )
        .unwrap();
        let theirs = tool(
            cluster,
            "kafka-configs",
            &[
                "--describe",
                "--all",
                "--entity-type",
                "topics",
                "--entity-name",
                "admin-configs",
            ],
        );
        // Each line: `  name=value sensitive=false synonyms={SOURCE:name=value, ...}`.
        let mut lines: Vec<_> = theirs
            .lines()
            .filter(|line| line.contains(" sensitive="))
            .map(str::trim)
            .collect();
        lines.sort_unstable();
        let ours: Vec<_> = entries
            .iter()
            .map(|entry| {
                let synonyms: Vec<_> = entry
                    .synonyms
                    .iter()
                    .map(|s| {
                        format!(
                            "{}:{}={}",
                            s.source.name(),
                            s.name,
                            s.value.as_deref().unwrap_or("null")
                        )
                    })
                    .collect();
                let value = entry.value.as_deref().unwrap_or("null");
                format!(
                    "{}={value} sensitive={} synonyms={{{}}}",
                    entry.name,
                    entry.sensitive,
                    synonyms.join(", ")
                )
            })
            .collect();
        assert_eq!(ours, lines);
        let segment = find(&entries, "segment.ms");
        assert_eq!(
            (segment.source, segment.kind, segment.is_default()),
            (ConfigSource::Topic, Some(ConfigKind::Long), false)
        );
        assert!(
            segment
                .documentation
                .as_ref()
                .is_some_and(|text| text.contains("log"))
        );
        let wanted = DescribeConfigsOptions {
            keys: Some(vec!["segment.ms".to_owned()]),
            ..DescribeConfigsOptions::default()
        };
        let one = only(
            admin
                .describe_configs([ConfigResource::topic("admin-configs")], wanted)
                .await,
        )
        .unwrap();
        assert_eq!(
            (one.len(), &one[0].documentation, one[0].synonyms.len()),
            (1, &None, 0)
        );
    });
}

#[test]
fn settings_are_changed_one_by_one() {
    let Some(cluster) = shared("changing settings") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(
            &admin,
            NewTopic::new("admin-alter")
                .partitions(1)
                .config("segment.ms", "1000"),
        )
        .await;
        let topic = ConfigResource::topic("admin-alter");
        let changes = vec![
            ConfigChange::set("retention.ms", "777"),
            ConfigChange::append("cleanup.policy", "compact"),
            ConfigChange::delete("segment.ms"),
        ];
        only(
            admin
                .alter_configs([(topic.clone(), changes.clone())], true)
                .await,
        )
        .unwrap();
        assert_eq!(
            find(&describe(&admin, topic.clone()).await, "segment.ms")
                .value
                .as_deref(),
            Some("1000")
        );
        only(admin.alter_configs([(topic.clone(), changes)], false).await).unwrap();
        let entries = until(
            || describe(&admin, topic.clone()),
            |entries| find(entries, "retention.ms").value.as_deref() == Some("777"),
        )
        .await;
        assert_eq!(
            find(&entries, "cleanup.policy").value.as_deref(),
            Some("delete,compact")
        );
        assert!(find(&entries, "segment.ms").is_default());
        let changes = vec![ConfigChange::subtract("cleanup.policy", "delete")];
        only(admin.alter_configs([(topic.clone(), changes)], false).await).unwrap();
        let policy = |entries: &Vec<ConfigEntry>| find(entries, "cleanup.policy").value.clone();
        until(
            || describe(&admin, topic.clone()),
            |entries| policy(entries).as_deref() == Some("compact"),
        )
        .await;
        let theirs = tool(
            cluster,
            "kafka-configs",
            &[
                "--describe",
                "--entity-type",
                "topics",
                "--entity-name",
                "admin-alter",
            ],
        );
        assert!(
            theirs.contains("cleanup.policy=compact") && theirs.contains("retention.ms=777"),
            "{theirs}"
        );
        assert!(!theirs.contains("segment.ms"), "{theirs}");
    });
}

#[test]
fn a2_each_resource_has_its_own_result() {
    let Some(cluster) = shared("refused settings") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-config-results").partitions(1)).await;
        let set = |resource: ConfigResource, name: &str, value: &str| {
            (resource, vec![ConfigChange::set(name, value)])
        };
        let nobody = ConfigResource {
            kind: ResourceKind::Broker,
            name: "x".to_owned(),
        };
        let changes = [
            set(
                ConfigResource::topic("admin-config-results"),
                "retention.ms",
                "soon",
            ),
            set(ConfigResource::topic("admin-never"), "retention.ms", "1"),
            set(ConfigResource::topic("admin-config-results-2"), "no.such", "1"),
            set(nobody.clone(), "log.cleaner.threads", "1"),
        ];
        let results = admin.alter_configs(changes, false).await;
        assert_eq!(
            results[0].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::INVALID_CONFIG)
        );
        assert_eq!(
            results[1].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)
        );
        assert!(results[2].1.is_err());
        assert_eq!(
            (
                &results[3].0,
                results[3].1.as_ref().unwrap_err().to_string().as_str()
            ),
            (&nobody, "`x` is not the id of a broker")
        );
    });
}

#[test]
fn brokers_and_their_loggers_answer_for_themselves() {
    let Some(cluster) = shared("settings of a broker") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        let node = admin.describe_cluster().await.unwrap().brokers[0].id;
        let loggers = ConfigResource {
            kind: ResourceKind::BrokerLogger,
            name: node.to_string(),
        };
        let resources = [
            ConfigResource::broker(node),
            ConfigResource::broker_default(),
            loggers,
        ];
        let results = admin
            .describe_configs(resources, DescribeConfigsOptions::default())
            .await;
        let broker = results[0].1.as_ref().unwrap();
        let id = find(broker, "node.id");
        assert_eq!(
            (id.value.clone(), id.source, id.read_only),
            (Some(node.to_string()), ConfigSource::StaticBroker, true)
        );
        assert!(results[1].1.is_ok());
        let logger = find(results[2].1.as_ref().unwrap(), "root");
        assert_eq!(logger.source, ConfigSource::BrokerLogger);
        let elsewhere = only(
            admin
                .clone()
                .timeout(std::time::Duration::from_secs(3))
                .describe_configs(
                    [ConfigResource::broker(NodeId(4242))],
                    DescribeConfigsOptions::default(),
                )
                .await,
        );
        assert!(elsewhere.is_err());
    });
}
