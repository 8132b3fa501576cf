use std::time::Duration;

use kafka_client::admin::{CommittedOffset, GroupFilter, NewTopic};
use kafka_client::cluster::{NodeId, OffsetSpec, TopicPartition};
use kafka_client::config::IsolationLevel;
use real_kafka::KafkaCluster;

use super::{connect, create, only, until};
use crate::support::run;

/// One of three brokers stops answering: what it coordinates and leads is missing, and nothing else.
#[test]
fn a2_a_broker_that_does_not_answer_takes_only_its_own_away() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder()
        .brokers(3)
        .property("broker.session.timeout.ms", "60000")
        .start()
        .unwrap();
    run(async {
        let admin = connect(&cluster).await.admin();
        let replicas = [1, 2, 3].map(|id| vec![NodeId(id)]);
        create(&admin, NewTopic::new("outage").assignments(replicas)).await;
        let key = |partition| TopicPartition::new("outage", partition);
        // Enough groups for each broker to coordinate some.
        // Each waits until its coordinator has heard of the topic.
        for number in 0..12 {
            let commit = || async {
                let committed = CommittedOffset {
                    offset: 0,
                    leader_epoch: None,
                    metadata: String::new(),
                };
                let offsets = [(key(0), committed)];
                only(
                    admin
                        .alter_group_offsets(format!("outage-{number}"), offsets)
                        .await,
                )
            };
            until(commit, Result::is_ok).await.unwrap();
        }
        let all = admin.list_groups(&GroupFilter::default()).await.unwrap();
        assert_eq!((all.groups.len(), all.failed.len()), (12, 0));
        let controller = cluster_controller(&cluster).await;
        let paused = [3, 2, 1].into_iter().find(|&id| id != controller).unwrap();
        cluster.pause(paused).unwrap();
        let hasty = admin.clone().timeout(Duration::from_secs(3));
        let some = until(
            || async { hasty.list_groups(&GroupFilter::default()).await },
            |list| list.as_ref().is_ok_and(|list| !list.failed.is_empty()),
        )
        .await
        .unwrap();
        let failed: Vec<_> = some.failed.iter().map(|(node, _)| *node).collect();
        assert_eq!(failed, [NodeId(paused)]);
        assert!(
            !some.groups.is_empty() && some.groups.len() < 12,
            "{}",
            some.groups.len()
        );
        let wanted = (0..3).map(|partition| (key(partition), OffsetSpec::Latest));
        let offsets = hasty.list_offsets(wanted, IsolationLevel::ReadUncommitted).await;
        for (key, result) in &offsets {
            assert_eq!(result.is_err(), key.partition + 1 == paused, "{key}: {result:?}");
        }
        cluster.resume(paused).unwrap();
        until(
            || async { admin.list_groups(&GroupFilter::default()).await },
            |list| {
                list.as_ref()
                    .is_ok_and(|list| list.groups.len() == 12 && list.failed.is_empty())
            },
        )
        .await
        .unwrap();
    });
}

/// The active controller of a cluster where every node can be one.
async fn cluster_controller(cluster: &KafkaCluster) -> i32 {
    let quorum = super::tool(cluster, "kafka-metadata-quorum", &["describe", "--status"]);
    let leader = quorum.lines().find_map(|line| line.strip_prefix("LeaderId:"));
    leader
        .and_then(|id| id.trim().parse().ok())
        .unwrap_or_else(|| panic!("no leader in {quorum}"))
}
