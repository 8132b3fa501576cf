use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::admin::{Admin, GroupFilter, GroupKind, GroupLag, GroupState, NewTopic};
use protocol::ErrorCode;
use real_kafka::{KafkaCluster, ToolProcess, tools};

use super::{connect, create, only, tool, until};
use crate::consume::{numbered, produce};
use crate::support::{run, shared};

/// Starts Java's console consumer in a group.
pub(super) fn consumer(cluster: &KafkaCluster, topic: &str, group: &str, properties: &[&str]) -> ToolProcess {
    let bootstrap = cluster.bootstrap();
    let mut arguments = vec![
        "--bootstrap-server",
        &bootstrap,
        "--topic",
        topic,
        "--group",
        group,
        "--from-beginning",
    ];
    for property in properties {
        arguments.extend(["--command-property", property]);
    }
    tools()
        .unwrap()
        .spawn("kafka-console-consumer", &arguments)
        .unwrap()
}

/// Stops it as Ctrl-C does: it commits and leaves.
pub(super) fn stop(mut consumer: ToolProcess) {
    consumer.interrupt().unwrap();
    assert!(
        consumer.wait_ended(Duration::from_secs(30)).unwrap().is_some(),
        "it does not end"
    );
}

/// A group, as soon as all is assigned and the lag is as wanted.
async fn lag(admin: &Admin, group: &str, wanted: impl Fn(&GroupLag) -> bool) -> GroupLag {
    let ask = || async { only(admin.group_lags([group]).await) };
    until(ask, |lag| {
        lag.as_ref()
            .is_ok_and(|lag| lag.group.state == GroupState::Stable && wanted(lag))
    })
    .await
    .unwrap()
}

/// What `kafka-consumer-groups --describe` says of a group: for each partition the columns from the offset on.
fn parse(text: &str) -> BTreeMap<(String, i32), Vec<String>> {
    let row = |line: &str| {
        let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        let key = (words.get(1)?.clone(), words.get(2)?.parse().ok()?);
        Some((key, words[3..9.min(words.len())].to_vec()))
    };
    text.lines().filter_map(row).collect()
}

/// The same rows of ours.
fn rows(lag: &GroupLag) -> BTreeMap<(String, i32), Vec<String>> {
    let or_dash = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let row = |at: &kafka_client::admin::PartitionLag| {
        let committed = at
            .committed
            .as_ref()
            .unwrap()
            .as_ref()
            .map(|committed| committed.offset);
        let member = at.member.map(|place| &lag.group.members[place]);
        let of = |text: Option<&String>| text.cloned().unwrap_or_else(|| "-".to_owned());
        let columns = vec![
            or_dash(committed),
            or_dash(at.end.as_ref().ok().copied()),
            or_dash(at.lag()),
            of(member.map(|member| &member.id)),
            of(member.map(|member| &member.host)),
            of(member.map(|member| &member.client_id)),
        ];
        ((at.partition.topic.to_string(), at.partition.partition), columns)
    };
    lag.partitions.iter().map(row).collect()
}

/// Follows a group of one Java member through its life and compares the lag each time.
fn follow(protocol: &str, kind: &GroupKind, assignor: &str) {
    let what = format!("a group of the {protocol} protocol");
    let Some(cluster) = shared(&what) else { return };
    real_kafka::require!(own);
    let (topic, group) = (
        format!("admin-group-{protocol}"),
        format!("admin-group-{protocol}"),
    );
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new(&topic).partitions(3)).await;
        produce(cluster, &topic, &numbered("r", 30), &[]);
        let property = format!("group.protocol={protocol}");
        let member = consumer(
            cluster,
            &topic,
            &group,
            &[&property, "auto.commit.interval.ms=100", "client.id=watched"],
        );
        let read = lag(&admin, &group, |lag| {
            lag.partitions.len() == 3
                && lag.partitions.iter().filter_map(|at| at.lag()).sum::<i64>() == 0
                && lag.partitions.iter().any(|at| at.lag().is_some())
        })
        .await;
        let described = &read.group;
        assert_eq!((&described.kind, described.assignor.as_str()), (kind, assignor));
        assert_eq!(described.members[0].client_id, "watched");
        assert_eq!(described.members[0].topics.as_deref(), Some(&[topic.clone()][..]));
        assert_eq!(described.members[0].assignment.as_ref().map(Vec::len), Some(3));
        assert_eq!(described.epoch.is_some(), *kind == GroupKind::Consumer);
        let theirs = tool(
            cluster,
            "kafka-consumer-groups",
            &["--describe", "--group", &group],
        );
        assert_eq!(rows(&read), parse(&theirs), "{theirs}");
        // It is listed as what it is, by both.
        let filter = GroupFilter {
            states: vec![GroupState::Stable],
            kinds: vec![kind.clone()],
        };
        let listed = admin.list_groups(&filter).await.unwrap();
        assert!(listed.failed.is_empty());
        let found = listed.groups.iter().find(|listing| listing.id == group).unwrap();
        assert_eq!(
            (found.kind.as_ref(), found.protocol_type.as_str()),
            (Some(kind), "consumer")
        );
        let listed = tool(cluster, "kafka-consumer-groups", &["--list"]);
        assert!(listed.lines().any(|line| line == group), "{listed}");
        // With members it is not deleted.
        let refused = only(admin.delete_groups([&*group]).await).unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::NON_EMPTY_GROUP));
        stop(member);
        // Nobody reads: the lag grows.
        produce(cluster, &topic, &numbered("s", 7), &[]);
        let left = only(admin.group_lags([&*group]).await).unwrap();
        assert_eq!(
            (&left.group.state, left.group.members.len()),
            (&GroupState::Empty, 0)
        );
        assert_eq!(left.partitions.iter().filter_map(|at| at.lag()).sum::<i64>(), 7);
        assert_eq!(
            left.partitions
                .iter()
                .filter_map(|at| at.stable_lag())
                .sum::<i64>(),
            7
        );
        let theirs = tool(
            cluster,
            "kafka-consumer-groups",
            &["--describe", "--group", &group],
        );
        assert_eq!(rows(&left), parse(&theirs), "{theirs}");
        only(admin.delete_groups([&*group]).await).unwrap();
        let gone = only(admin.describe_groups([&*group]).await).unwrap_err();
        assert_eq!(gone.code(), Some(ErrorCode::GROUP_ID_NOT_FOUND));
        let listed = tool(cluster, "kafka-consumer-groups", &["--list"]);
        assert!(!listed.lines().any(|line| line == group), "{listed}");
    });
}

#[test]
fn a_classic_group_is_described_as_kafka_describes_it() {
    follow("classic", &GroupKind::Classic, "range");
}

#[test]
fn a_modern_group_is_described_as_kafka_describes_it() {
    follow("consumer", &GroupKind::Consumer, "uniform");
}

#[test]
fn a2_groups_that_do_not_exist_have_their_own_error() {
    let Some(cluster) = shared("groups that do not exist") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        for (group, result) in admin
            .describe_groups(["admin-no-group-a", "admin-no-group-b"])
            .await
        {
            assert_eq!(
                result.unwrap_err().code(),
                Some(ErrorCode::GROUP_ID_NOT_FOUND),
                "{group}"
            );
        }
        let deleted = only(admin.delete_groups(["admin-no-group-a"]).await).unwrap_err();
        assert_eq!(deleted.code(), Some(ErrorCode::GROUP_ID_NOT_FOUND));
    });
}
