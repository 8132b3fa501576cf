use kafka_client::admin::{Admin, NewTopic};
use kafka_client::cluster::{OffsetSpec, TopicPartition};
use kafka_client::config::IsolationLevel;
use protocol::ErrorCode;
use real_kafka::tools;

use super::{connect, create, only, tool, until};
use crate::consume::{numbered, produce};
use crate::support::{run, shared};

/// Offsets in the words of `kafka-get-offsets`.
async fn listed(admin: &Admin, topic: &str, partitions: i32, spec: OffsetSpec) -> Vec<String> {
    let wanted = (0..partitions).map(|partition| (TopicPartition::new(topic, partition), spec));
    let listed = admin.list_offsets(wanted, IsolationLevel::ReadUncommitted).await;
    let line = |(key, found): (TopicPartition, Result<kafka_client::admin::ListedOffset, _>)| {
        let offset = found
            .unwrap_or_else(|error| panic!("{key} {spec:?}: {error}"))
            .offset;
        format!(
            "{}:{}:{}",
            key.topic,
            key.partition,
            offset.map(|offset| offset.to_string()).unwrap_or_default()
        )
    };
    listed.into_iter().map(line).collect()
}

#[test]
fn offsets_are_those_that_kafka_finds() {
    let Some(cluster) = shared("finding offsets") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-offsets").partitions(3)).await;
        produce(cluster, "admin-offsets", &numbered("r", 50), &[]);
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        let now = i64::try_from(now.as_millis()).unwrap();
        for (time, spec) in [
            ("-1", OffsetSpec::Latest),
            ("-2", OffsetSpec::Earliest),
            ("-3", OffsetSpec::MaxTimestamp),
            ("-4", OffsetSpec::EarliestLocal),
            ("-5", OffsetSpec::LatestTiered),
            ("-6", OffsetSpec::EarliestPendingUpload),
            ("0", OffsetSpec::Timestamp(0)),
            (&now.to_string(), OffsetSpec::Timestamp(now)),
        ] {
            let theirs = tool(
                cluster,
                "kafka-get-offsets",
                &["--topic", "admin-offsets", "--time", time],
            );
            // The tool leaves out partitions where there is no such record, or ends them in a colon.
            let ours = listed(&admin, "admin-offsets", 3, spec).await;
            let found = |line: &&str| !line.ends_with(':');
            let ours: Vec<_> = ours.iter().map(String::as_str).filter(found).collect();
            assert_eq!(ours, theirs.lines().filter(found).collect::<Vec<_>>(), "{spec:?}");
        }
        let newest = admin
            .list_offsets(
                (0..3).map(|p| (TopicPartition::new("admin-offsets", p), OffsetSpec::MaxTimestamp)),
                IsolationLevel::ReadUncommitted,
            )
            .await;
        let newest: Vec<_> = newest
            .iter()
            .filter_map(|(_, found)| found.as_ref().unwrap().timestamp)
            .collect();
        assert!(
            !newest.is_empty() && newest.iter().all(|&at| at <= now && at > now - 600_000),
            "{newest:?}"
        );
    });
}

#[test]
fn a2_partitions_that_do_not_exist_have_their_own_error() {
    let Some(cluster) = shared("offsets of nothing") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-offsets-some").partitions(1)).await;
        let at = |topic: &str, partition| (TopicPartition::new(topic, partition), OffsetSpec::Latest);
        let wanted = [
            at("admin-never", 0),
            at("admin-offsets-some", 0),
            at("admin-offsets-some", 1),
        ];
        let results = admin.list_offsets(wanted, IsolationLevel::ReadCommitted).await;
        let codes: Vec<_> = results
            .iter()
            .map(|(_, result)| result.as_ref().err().map(|e| e.code().unwrap()))
            .collect();
        let unknown = Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
        assert_eq!(codes, [unknown, None, unknown]);
    });
}

#[test]
fn an_open_transaction_holds_back_the_stable_end_alone() {
    let Some(cluster) = shared("offsets in a transaction") else {
        return;
    };
    real_kafka::require!(own);
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-open").partitions(1)).await;
        let bootstrap = cluster.bootstrap();
        let arguments = [
            "--bootstrap-server",
            &bootstrap,
            "--topic",
            "admin-open",
            "--num-records",
            "100000",
            "--record-size",
            "10",
            "--throughput",
            "20",
            "--transactional-id",
            "admin-open",
            "--transaction-duration-ms",
            "600000",
        ];
        let mut writer = tools()
            .unwrap()
            .spawn("kafka-producer-perf-test", &arguments)
            .unwrap();
        let end = |isolation| {
            let admin = admin.clone();
            async move {
                let wanted = [(TopicPartition::new("admin-open", 0), OffsetSpec::Latest)];
                only(admin.list_offsets(wanted, isolation).await)
                    .unwrap()
                    .offset
                    .unwrap()
            }
        };
        until(|| end(IsolationLevel::ReadUncommitted), |&end| end > 0).await;
        assert_eq!(end(IsolationLevel::ReadCommitted).await, 0);
        writer.kill().unwrap();
    });
}
