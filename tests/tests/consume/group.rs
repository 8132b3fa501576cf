use std::time::Duration;

use kafka_client::client::Client;
use kafka_client::config::AssignorKind;
use real_kafka::{KafkaCluster, ToolProcess, tools};

use super::member::{Member, Owners};
use super::{create_topic, numbered, produce};
use crate::support::{run, shared};

async fn members_come_and_go(cluster: &KafkaCluster, topic: &str, assignors: &[AssignorKind]) {
    let client = Client::connect(cluster.bootstrap()).await.unwrap();
    let owners = Owners::default();
    let join = |name| Member::join(&client, topic, topic, name, assignors, &owners);
    let a = join("a").await;
    owners.settle(&[("a", 6)]).await;
    let b = join("b").await;
    owners.settle(&[("a", 3), ("b", 3)]).await;
    let c = join("c").await;
    owners.settle(&[("a", 2), ("b", 2), ("c", 2)]).await;

    tokio::task::spawn_blocking({
        let (bootstrap, topic) = (cluster.bootstrap(), topic.to_owned());
        move || {
            produce(
                &KafkaCluster::external(bootstrap),
                &topic,
                &numbered("late", 300),
                &[],
            )
        }
    })
    .await
    .unwrap();
    let all = || [a.values(), b.values(), c.values()].concat();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    while all().len() < 500 {
        assert!(tokio::time::Instant::now() < deadline, "{} records", all().len());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let b_read = b.leave().await;
    owners.settle(&[("a", 3), ("c", 3)]).await;
    let c_read = c.leave().await;
    owners.settle(&[("a", 6)]).await;
    let mut read = [a.leave().await, b_read, c_read].concat();
    read.sort();
    let mut expected = [numbered("early", 200), numbered("late", 300)].concat();
    expected.sort();
    assert_eq!(read, expected);
    client.close().await;
}

#[test]
fn three_members_come_and_go_cooperatively() {
    let Some(cluster) = shared("a cooperative group of three") else {
        return;
    };
    create_topic(cluster, "group-coop", 6, 1, &[]);
    produce(cluster, "group-coop", &numbered("early", 200), &[]);
    run(members_come_and_go(
        cluster,
        "group-coop",
        &[AssignorKind::CooperativeSticky],
    ));
}

#[test]
fn three_members_come_and_go_eagerly() {
    let Some(cluster) = shared("an eager group of three") else {
        return;
    };
    create_topic(cluster, "group-eager", 6, 1, &[]);
    produce(cluster, "group-eager", &numbered("early", 200), &[]);
    run(members_come_and_go(
        cluster,
        "group-eager",
        &[AssignorKind::Range, AssignorKind::CooperativeSticky],
    ));
}

fn java_member(cluster: &KafkaCluster, topic: &str) -> ToolProcess {
    let bootstrap = cluster.bootstrap();
    let strategy =
        "partition.assignment.strategy=org.apache.kafka.clients.consumer.CooperativeStickyAssignor";
    let arguments = [
        "--bootstrap-server",
        &bootstrap,
        "--topic",
        topic,
        "--group",
        topic,
        "--command-property",
        strategy,
    ];
    tools()
        .unwrap()
        .spawn("kafka-console-consumer", &arguments)
        .unwrap()
}

#[test]
fn a_java_member_joins_ours_and_leaves() {
    let Some(cluster) = shared("a group with a Java member") else {
        return;
    };
    create_topic(cluster, "group-java-second", 4, 1, &[]);
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let owners = Owners::default();
        let topic = "group-java-second";
        let ours = Member::join(
            &client,
            topic,
            topic,
            "ours",
            &[AssignorKind::CooperativeSticky],
            &owners,
        )
        .await;
        owners.settle(&[("ours", 4)]).await;
        let mut java = java_member(cluster, topic);
        owners.settle(&[("ours", 2)]).await;
        java.interrupt().unwrap();
        owners.settle(&[("ours", 4)]).await;
        ours.leave().await;
        client.close().await;
    });
}

#[test]
fn we_join_a_java_member_and_leave() {
    let Some(cluster) = shared("a group led by Java") else {
        return;
    };
    let topic = "group-java-first";
    create_topic(cluster, topic, 4, 1, &[]);
    let lines = |round: usize| {
        (0..40)
            .map(|n| format!("k{n}:round{round}-{n}"))
            .collect::<Vec<_>>()
    };
    let keyed = ["parse.key=true", "key.separator=:"];
    let produce_keyed = |round| {
        let bootstrap = cluster.bootstrap();
        let mut arguments = vec!["--bootstrap-server", &bootstrap, "--topic", topic];
        for property in keyed {
            arguments.extend(["--reader-property", property]);
        }
        let input = lines(round).join("\n") + "\n";
        let limit = Duration::from_secs(60);
        let output = tools()
            .unwrap()
            .run_with("kafka-console-producer", &arguments, input.as_bytes(), limit);
        output.unwrap().success().unwrap();
    };
    let java = java_member(cluster, topic);
    // Produced again until the member, which starts at the end, has joined and shows what it reads.
    let mut round = 0;
    while java
        .stdout()
        .lines()
        .filter(|line| line.starts_with(&format!("round{round}-")))
        .count()
        < 40
    {
        round += 1;
        assert!(round < 60, "the Java member does not read: {}", java.stderr());
        produce_keyed(round);
        std::thread::sleep(Duration::from_millis(500));
    }
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let owners = Owners::default();
        let ours = Member::join(
            &client,
            topic,
            topic,
            "ours",
            &[AssignorKind::CooperativeSticky],
            &owners,
        )
        .await;
        owners.settle(&[("ours", 2)]).await;
        produce_keyed(100);
        let of_round =
            |values: Vec<String>| values.into_iter().filter(|v| v.starts_with("round100-")).count();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            let theirs = java.stdout().lines().map(str::to_owned).collect();
            let (ours, theirs) = (of_round(ours.values()), of_round(theirs));
            assert!(ours + theirs <= 40, "{ours} and {theirs}");
            if ours + theirs == 40 {
                assert!(ours > 0 && theirs > 0, "{ours} and {theirs}");
                break;
            }
            assert!(tokio::time::Instant::now() < deadline, "{ours} and {theirs}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        ours.leave().await;
        client.close().await;
    });
    produce_keyed(200);
    let mut java = java;
    let all_back = |out: &str| out.lines().filter(|line| line.starts_with("round200-")).count() == 40;
    java.wait_until(Duration::from_secs(30), all_back).unwrap();
}
