//! Brokers of other ages than the newest: what they cannot do is refused, and everything else is done another way.

use kafka_client::admin::{
    Admin, AdminError, CommittedOffset, ConfigChange, ConfigResource, CreateTopicsOptions,
    DescribeConfigsOptions, GroupFilter, NewPartitions, NewTopic,
};
use kafka_client::cluster::{OffsetSpec, TopicPartition};
use kafka_client::config::IsolationLevel;
use kafka_client::error::RequestError;
use real_kafka::KafkaCluster;

use super::{connect, create, only, until};
use crate::support::run;

/// What a broker is too old for.
struct Lacks {
    topic_ids: bool,
    descriptions_by_id: bool,
    default_partitions: bool,
    incremental_changes: bool,
    newest_record: bool,
    group_states: bool,
}

fn too_old<T: std::fmt::Debug>(result: Result<T, AdminError>, lacks: bool) {
    match result {
        Ok(_) => assert!(!lacks, "it should be too old"),
        Err(AdminError::Request(RequestError::Version(error))) => assert!(lacks, "{error}"),
        Err(error) => panic!("{error}"),
    }
}

fn serve(version: &str, lacks: &Lacks) {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder().version(version).start().unwrap();
    run(async {
        let admin = connect(&cluster).await.admin();
        let described = admin.describe_cluster().await.unwrap();
        assert!(described.id.is_some() && described.controller.is_some());
        assert_eq!(described.brokers.len(), 1);
        only(admin.api_versions([described.brokers[0].id]).await).unwrap();
        topics(&admin, lacks).await;
        settings(&admin, lacks).await;
        offsets(&admin, lacks).await;
        groups(&admin, lacks).await;
        only(admin.delete_topics(["t"]).await).unwrap();
        let names = || async {
            admin
                .list_topics()
                .await
                .unwrap()
                .into_iter()
                .map(|topic| topic.name)
                .collect::<Vec<_>>()
        };
        until(names, |names| !names.contains(&"t".to_owned())).await;
    });
}

async fn topics(admin: &Admin, lacks: &Lacks) {
    create(admin, NewTopic::new("t").partitions(2).replication_factor(1)).await;
    let defaults = admin
        .create_topics([NewTopic::new("d")], CreateTopicsOptions::default())
        .await;
    too_old(only(defaults), lacks.default_partitions);
    only(
        admin
            .create_partitions([("t".to_owned(), NewPartitions::up_to(3))], false)
            .await,
    )
    .unwrap();
    let describe = || async { only(admin.describe_topics(["t"]).await) };
    let topic = until(describe, |topic| {
        topic.as_ref().is_ok_and(|topic| topic.partitions.len() == 3)
    })
    .await
    .unwrap();
    assert_eq!(topic.id.is_none(), lacks.topic_ids);
    assert!(
        topic
            .partitions
            .iter()
            .all(|partition| partition.leader_epoch.is_some())
    );
    if let Some(id) = topic.id {
        too_old(only(admin.describe_topics([id]).await), lacks.descriptions_by_id);
    }
    assert!(
        admin
            .list_topics()
            .await
            .unwrap()
            .iter()
            .any(|topic| topic.name == "t" && topic.partitions == 3)
    );
}

async fn settings(admin: &Admin, lacks: &Lacks) {
    let topic = ConfigResource::topic("t");
    let changes = vec![ConfigChange::set("retention.ms", "4242")];
    too_old(
        only(admin.alter_configs([(topic.clone(), changes)], false).await),
        lacks.incremental_changes,
    );
    let options = DescribeConfigsOptions {
        synonyms: true,
        documentation: true,
        keys: None,
    };
    let entries = only(admin.describe_configs([topic], options).await).unwrap();
    let retention = entries.iter().find(|entry| entry.name == "retention.ms").unwrap();
    assert_eq!(retention.is_default(), lacks.incremental_changes);
    assert!(!retention.synonyms.is_empty() || lacks.incremental_changes);
}

async fn offsets(admin: &Admin, lacks: &Lacks) {
    let key = |partition| TopicPartition::new("t", partition);
    // One kind of question that the broker does not know spoils no other.
    let wanted = [
        (key(0), OffsetSpec::Latest),
        (key(1), OffsetSpec::MaxTimestamp),
        (key(2), OffsetSpec::Timestamp(0)),
    ];
    let mut found = admin
        .list_offsets(wanted, IsolationLevel::ReadCommitted)
        .await
        .into_iter();
    assert_eq!(found.next().unwrap().1.unwrap().offset, Some(0));
    too_old(found.next().unwrap().1, lacks.newest_record);
    assert_eq!(found.next().unwrap().1.unwrap().offset, None);
}

async fn groups(admin: &Admin, lacks: &Lacks) {
    let committed = CommittedOffset {
        offset: 0,
        leader_epoch: None,
        metadata: "m".to_owned(),
    };
    for group in ["g", "h"] {
        let offsets = [(TopicPartition::new("t", 0), committed.clone())];
        only(admin.alter_group_offsets(group, offsets).await).unwrap();
    }
    for (group, offsets) in admin.group_offsets(["g", "h"], false).await {
        assert_eq!(only(offsets.unwrap()).unwrap(), committed, "{group}");
    }
    let listed = admin.list_groups(&GroupFilter::default()).await.unwrap();
    let listed: Vec<_> = listed
        .groups
        .iter()
        .map(|group| (group.id.as_str(), group.state.is_none()))
        .collect();
    assert_eq!(listed, [("g", lacks.group_states), ("h", lacks.group_states)]);
    for (group, lag) in admin.group_lags(["g", "h"]).await {
        let lag = lag.unwrap();
        assert_eq!(
            (lag.partitions[0].lag(), lag.group.members.len()),
            (Some(0), 0),
            "{group}"
        );
    }
    assert!(only(admin.describe_groups(["none"]).await).is_err());
    assert_eq!(
        admin
            .delete_groups(["g", "h"])
            .await
            .iter()
            .filter(|(_, result)| result.is_ok())
            .count(),
        2
    );
}

#[test]
fn kafka_2_1_is_served() {
    serve(
        "2.1.1",
        &Lacks {
            topic_ids: true,
            descriptions_by_id: true,
            default_partitions: true,
            incremental_changes: true,
            newest_record: true,
            group_states: true,
        },
    );
}

#[test]
fn kafka_2_8_is_served() {
    serve(
        "2.8.2",
        &Lacks {
            topic_ids: false,
            descriptions_by_id: true,
            default_partitions: false,
            incremental_changes: false,
            newest_record: true,
            group_states: false,
        },
    );
}

#[test]
fn kafka_3_7_is_served() {
    serve(
        "3.7.2",
        &Lacks {
            topic_ids: false,
            descriptions_by_id: false,
            default_partitions: false,
            incremental_changes: false,
            newest_record: false,
            group_states: false,
        },
    );
}
