//! `groups list | describe` and `cluster info`, compared with Kafka's own tools.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{kafkactl, numbered, on, shared, tool};

#[test]
fn lag_equals_that_of_kafkas_own_tool() {
    real_kafka::require!(own);
    let cluster = real_kafka::shared3().unwrap();
    let cli = on(cluster);
    cli.create("lagging", &["-p", "3", "-r", "3"]);
    cli.create("lagging-too", &["-r", "3"]);
    for partition in ["0", "1"] {
        cli.produce("lagging", &numbered(partition, 500), &["-p", partition]);
    }
    cli.produce("lagging-too", &numbered("", 10), &[]);
    for (topic, count) in [("lagging", "700"), ("lagging-too", "4")] {
        cli.ok(&[
            "consume",
            topic,
            "--group",
            "lagging-g",
            "--from-beginning",
            "-n",
            count,
        ]);
    }
    cli.produce("lagging", &numbered("2-", 25), &["-p", "2"]);
    let theirs = tool(
        "kafka-consumer-groups",
        &cluster.bootstrap(),
        &["--describe", "--group", "lagging-g"],
    );
    let mut expected = BTreeMap::new();
    for line in theirs.lines().filter(|line| line.starts_with("lagging-g ")) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        expected.insert(
            format!("{}-{}", cells[1], cells[2]),
            [cells[3], cells[4], cells[5]].map(str::to_owned),
        );
    }
    assert_eq!(expected.len(), 3, "{theirs}");
    let described = cli.json(&["groups", "describe", "lagging-g"]);
    let group = &described["items"][0];
    let found: BTreeMap<String, [String; 3]> = group["partitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let cell = |name: &str| match &row[name] {
                Value::Null => "-".to_owned(),
                number => number.to_string(),
            };
            let place = format!("{}-{}", row["topic"].as_str().unwrap(), row["partition"]);
            (place, [cell("committedOffset"), cell("endOffset"), cell("lag")])
        })
        .collect();
    assert_eq!(found, expected);
    let total: i64 = expected
        .values()
        .filter_map(|cells| cells[2].parse::<i64>().ok())
        .sum();
    assert_eq!(group["totalLag"], total);
    assert_eq!(
        (&group["state"], &group["type"]),
        (&"Empty".into(), &"classic".into())
    );
}

#[test]
fn groups_are_listed_and_described() {
    real_kafka::require!();
    let cli = shared();
    cli.create("listed", &["-p", "2"]);
    cli.produce("listed", "a\nb\nc\n", &["-p", "1"]);
    cli.ok(&[
        "consume",
        "listed",
        "--group",
        "listed-g",
        "--from-beginning",
        "-n",
        "2",
    ]);
    let list = cli.ok(&["groups", "list"]);
    assert!(list.starts_with("GROUP"), "{list}");
    let row = list.lines().find(|line| line.starts_with("listed-g ")).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        ["listed-g", "classic", "Empty"]
    );
    assert!(
        cli.ok(&["groups", "list", "--state", "empty", "-o", "name"])
            .lines()
            .any(|name| name == "listed-g")
    );
    assert!(
        !cli.ok(&["groups", "list", "--state", "Stable", "-o", "name"])
            .lines()
            .any(|name| name == "listed-g")
    );
    assert!(
        !cli.ok(&["groups", "list", "--type", "share", "-o", "name"])
            .contains("listed-g")
    );
    let text = cli.ok(&["groups", "describe", "listed-g"]);
    assert!(
        text.starts_with(
            "listed-g\n  State:    Empty\n  Type:     classic\n  Members:  0\n  Lag:      1\n\nGROUP"
        ),
        "{text}"
    );
    let csv = cli.ok(&[
        "groups",
        "describe",
        "listed-g",
        "-o",
        "csv",
        "--columns",
        "TOPIC,PARTITION,COMMITTED,END,LAG",
    ]);
    assert!(csv.contains("\nlisted,1,2,3,1\n"), "{csv}");
    let running = cli.start(&[
        "consume",
        "listed",
        "--group",
        "listed-g",
        "--client-id",
        "reader",
    ]);
    running.wait_out(|text| text == "c\n");
    let described = cli.json(&["groups", "describe", "listed-g"]);
    let group = &described["items"][0];
    assert_eq!(
        (&group["state"], &group["assignor"]),
        (&"Stable".into(), &"cooperative-sticky".into())
    );
    assert_eq!(group["members"][0]["clientId"], "reader");
    assert_eq!(
        group["members"][0]["partitions"]["listed"],
        serde_json::json!([0, 1])
    );
    let text = cli.ok(&["groups", "describe", "listed-g"]);
    assert!(
        text.contains("\nMEMBER-ID") && text.contains("listed:0,1"),
        "{text}"
    );
    let unknown = cli.fails(3, &["groups", "describe", "listed-x"]);
    assert!(
        unknown.contains("group listed-x") && unknown.contains("kafkactl groups list"),
        "{unknown}"
    );
}

#[test]
fn the_cluster_is_shown() {
    real_kafka::require!();
    let cluster = real_kafka::shared3().unwrap();
    let cli = on(cluster);
    let text = cli.ok(&["cluster", "info"]);
    assert!(
        text.starts_with("Cluster:     ") && text.contains("\nBrokers:     3\n"),
        "{text}"
    );
    let found = cli.json(&["cluster", "info"]);
    let info = &found["items"][0];
    let brokers = info["brokers"].as_array().unwrap();
    assert_eq!(
        brokers
            .iter()
            .map(|broker| broker["id"].as_i64().unwrap())
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    let addresses: Vec<String> = brokers
        .iter()
        .map(|broker| format!("{}:{}", broker["host"].as_str().unwrap(), broker["port"]))
        .collect();
    assert_eq!(addresses.join(","), cluster.bootstrap());
    assert!(
        info["features"]["metadata.version"]
            .as_i64()
            .is_some_and(|level| level > 20),
        "{info}"
    );
    assert_eq!(
        cli.ok(&["cluster", "info", "-o", "name"]).trim(),
        info["id"].as_str().unwrap()
    );
    // The cluster by an environment variable, as in a script.
    let by_variable = kafkactl().variable("KAFKACTL_BOOTSTRAP_SERVER", cluster.bootstrap());
    assert_eq!(
        by_variable.ok(&["cluster", "info", "-o", "name"]).trim(),
        info["id"].as_str().unwrap()
    );
}
