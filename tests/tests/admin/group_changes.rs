use kafka_client::admin::{Admin, CommittedOffset, GroupState, MemberToRemove, NewTopic};
use kafka_client::cluster::TopicPartition;
use protocol::ErrorCode;

use super::groups::{consumer, stop};
use super::{connect, create, only, tool, until};
use crate::consume::{numbered, produce};
use crate::support::{run, shared};

fn at(offset: i64) -> CommittedOffset {
    CommittedOffset {
        offset,
        leader_epoch: None,
        metadata: format!("at {offset}"),
    }
}

/// What a group committed, as `partition:offset`.
async fn committed(admin: &Admin, group: &str) -> Vec<String> {
    let offsets = only(admin.group_offsets([group], true).await).unwrap();
    offsets
        .into_iter()
        .map(|(key, offset)| format!("{}:{}", key.partition, offset.unwrap().offset))
        .collect()
}

#[test]
fn offsets_of_a_group_are_set_read_and_forgotten() {
    let Some(cluster) = shared("offsets of a group") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-commit").partitions(3)).await;
        produce(cluster, "admin-commit", &numbered("r", 10), &[]);
        let key = |partition| TopicPartition::new("admin-commit", partition);
        // The group comes into being with its offsets.
        let offsets = [
            (key(0), at(1)),
            (key(1), at(0)),
            (key(2), at(0)),
            (TopicPartition::new("admin-never", 0), at(5)),
        ];
        let results = admin.alter_group_offsets("admin-commit", offsets).await;
        let refused: Vec<_> = results
            .iter()
            .filter_map(|(key, result)| Some((key.to_string(), result.as_ref().err()?.code()?)))
            .collect();
        assert_eq!(
            refused,
            [("admin-never-0".to_owned(), ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)]
        );
        assert_eq!(committed(&admin, "admin-commit").await, ["0:1", "1:0", "2:0"]);
        let stored = only(admin.group_offsets(["admin-commit"], false).await).unwrap();
        assert_eq!(stored[0].1.as_ref().unwrap().metadata, "at 1");
        let lag = only(admin.group_lags(["admin-commit"]).await).unwrap();
        assert_eq!(lag.group.state, GroupState::Empty);
        let theirs = tool(
            cluster,
            "kafka-consumer-groups",
            &["--describe", "--group", "admin-commit"],
        );
        for at in &lag.partitions {
            let (key, lag) = (&at.partition, at.lag().unwrap());
            let row = theirs.lines().find(|line| {
                let words: Vec<_> = line.split_whitespace().collect();
                words.get(2) == Some(&key.partition.to_string().as_str())
                    && words.get(5) == Some(&lag.to_string().as_str())
            });
            assert!(row.is_some(), "{key} {lag}: {theirs}");
        }
        let results = admin.delete_group_offsets("admin-commit", [key(0), key(2)]).await;
        assert!(results.iter().all(|(_, result)| result.is_ok()));
        assert_eq!(committed(&admin, "admin-commit").await, ["1:0"]);
        let gone = only(admin.delete_group_offsets("admin-no-such-group", [key(0)]).await).unwrap_err();
        assert_eq!(gone.code(), Some(ErrorCode::GROUP_ID_NOT_FOUND));
    });
}

#[test]
fn many_groups_are_asked_for_at_once() {
    let Some(cluster) = shared("offsets of many groups") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-many").partitions(1)).await;
        let groups: Vec<_> = (0..20).map(|number| format!("admin-many-{number}")).collect();
        for (number, group) in (0..).zip(&groups) {
            let offsets = [(TopicPartition::new("admin-many", 0), at(number))];
            only(admin.alter_group_offsets(group, offsets).await).unwrap();
        }
        let results = admin.group_offsets(groups.clone(), false).await;
        for (number, (expected, (group, offsets))) in (0..).zip(groups.iter().zip(&results)) {
            let offsets = offsets.as_ref().unwrap();
            assert_eq!((group, offsets[0].1.as_ref().unwrap().offset), (expected, number));
        }
        let deleted = admin.delete_groups(groups).await;
        assert_eq!(deleted.iter().filter(|(_, result)| result.is_ok()).count(), 20);
    });
}

#[test]
fn offsets_of_a_group_with_members_are_theirs() {
    let Some(cluster) = shared("a group with members") else {
        return;
    };
    real_kafka::require!(own);
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-busy").partitions(1)).await;
        let member = consumer(
            cluster,
            "admin-busy",
            "admin-busy",
            &["group.instance.id=fixed", "session.timeout.ms=60000"],
        );
        let state = || async { only(admin.describe_groups(["admin-busy"]).await).map(|group| group.state) };
        until(state, |state| matches!(state, Ok(GroupState::Stable)))
            .await
            .unwrap();
        let key = TopicPartition::new("admin-busy", 0);
        let refused = only(
            admin
                .alter_group_offsets("admin-busy", [(key.clone(), at(0))])
                .await,
        )
        .unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::UNKNOWN_MEMBER_ID));
        let refused = only(admin.delete_group_offsets("admin-busy", [key]).await).unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC));
        // A static member does not leave by itself when it stops: it is removed by its name.
        stop(member);
        let group = only(admin.describe_groups(["admin-busy"]).await).unwrap();
        assert_eq!(group.members[0].instance_id.as_deref(), Some("fixed"));
        let members = [
            MemberToRemove::Instance("fixed".to_owned()),
            MemberToRemove::Instance("other".to_owned()),
        ];
        let results = admin
            .remove_group_members("admin-busy", members, Some("maintenance".to_owned()))
            .await;
        assert!(results[0].1.is_ok());
        assert_eq!(
            results[1].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::UNKNOWN_MEMBER_ID)
        );
        until(state, |state| matches!(state, Ok(GroupState::Empty)))
            .await
            .unwrap();
    });
}
