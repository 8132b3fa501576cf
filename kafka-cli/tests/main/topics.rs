//! `topics create | list | describe | alter | delete`.

use serde_json::{Value, json};

use crate::support::{on, shared, tool};

fn names(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}

#[test]
fn a_topic_from_creation_to_deletion() {
    real_kafka::require!();
    let cli = shared();
    let created = cli.run(&[
        "topics",
        "create",
        "life",
        "-p",
        "2",
        "-r",
        "1",
        "-c",
        "retention.ms=86400000",
    ]);
    assert_eq!(
        created.err,
        "Created topic life with 2 partitions and replication factor 1.\n"
    );
    assert_eq!(created.ok(), "");

    assert_eq!(
        cli.ok(&["topics", "list", "life"]),
        "NAME  PARTITIONS  REPLICAS\nlife           2         1\n"
    );
    let described = cli.ok(&["topics", "describe", "life"]);
    assert!(described.starts_with("life\n  Id:          "), "{described}");
    assert!(
        described.contains("\n  Config:      retention.ms=86400000\n"),
        "{described}"
    );
    assert!(described.contains("\nTOPIC  PARTITION  LEADER  REPLICAS  ISR  OFFLINE\nlife           0       1  1         1    -\nlife           1       1  1         1    -\n"), "{described}");

    let altered = cli.run(&[
        "topics",
        "alter",
        "life",
        "-p",
        "3",
        "--unset",
        "retention.ms",
        "--append",
        "cleanup.policy=compact",
    ]);
    assert_eq!(altered.err, "Altered topic life.\n");
    altered.ok();
    let item = cli.wait_json(&["topics", "describe", "life"], |found| {
        found["items"][0]["partitionCount"] == 3
    });
    let item = &item["items"][0];
    assert_eq!(
        item["configs"],
        json!([{"name": "cleanup.policy", "value": "delete,compact", "source": "DYNAMIC_TOPIC_CONFIG", "sensitive": false}])
    );

    let refused = cli.fails(6, &["topics", "delete", "life"]);
    assert!(
        refused.contains("not confirmed") && refused.contains("--yes"),
        "{refused}"
    );
    let would = cli.run(&["topics", "delete", "life", "--dry-run"]);
    assert_eq!(would.err, "Would delete topic life.\n");
    would.ok();
    let deleted = cli.run(&["topics", "delete", "life", "--yes"]);
    assert_eq!(deleted.err, "Deleted topic life.\n");
    deleted.ok();
    cli.wait_json(&["topics", "list", "life"], |found| names(found).is_empty());
    let missing = cli.fails(3, &["topics", "delete", "life", "--yes"]);
    assert!(missing.contains("topic life: "), "{missing}");
    assert_eq!(
        cli.run(&["topics", "delete", "life", "--yes", "--if-exists"]).err,
        "There was no topic life.\n"
    );
}

#[test]
fn every_output_format() {
    real_kafka::require!();
    let cli = shared();
    cli.create("format-a", &["-p", "3"]);
    cli.create("format-b", &["-p", "1"]);
    let list = |flags: &[&str]| cli.ok(&[&["topics", "list", "format-.*"], flags].concat());
    assert_eq!(list(&["-o", "name"]), "format-a\nformat-b\n");
    assert_eq!(
        list(&["-o", "csv", "--columns", "name,partitions"]),
        "NAME,PARTITIONS\nformat-a,3\nformat-b,1\n"
    );
    assert_eq!(
        list(&["-o", "tsv", "--columns", "NAME,REPLICAS", "--no-headers"]),
        "format-a\t1\nformat-b\t1\n"
    );
    assert_eq!(
        list(&["--sort-by", "PARTITIONS", "--no-headers"]),
        "format-b  1  1\nformat-a  3  1\n"
    );
    assert_eq!(list(&["--limit", "1", "-o", "name"]), "format-a\n");
    let whole: Value = serde_json::from_str(&list(&["-o", "json"])).unwrap();
    assert_eq!(
        (&whole["apiVersion"], &whole["kind"], &whole["errors"]),
        (&json!("kafkactl/v1"), &json!("TopicList"), &json!([]))
    );
    assert!(whole["clusterId"].as_str().is_some_and(|id| id.len() == 22));
    assert_eq!(names(&whole), ["format-a", "format-b"]);
    assert_eq!(whole["items"][0]["partitions"], 3);
    let lines: Vec<Value> = list(&["-o", "jsonl"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(Value::Array(lines), whole["items"]);
    let yaml = list(&["-o", "yaml"]);
    assert!(
        yaml.contains("kind: TopicList") && yaml.contains("name: format-b"),
        "{yaml}"
    );
    let wide = list(&["-o", "wide"]);
    assert!(
        wide.starts_with("NAME      PARTITIONS  REPLICAS  ID                      INTERNAL\n"),
        "{wide}"
    );
    let wrong = cli.fails(2, &["topics", "list", "--columns", "SIZE"]);
    assert!(
        wrong.contains("no column `SIZE`") && wrong.contains("NAME, PARTITIONS"),
        "{wrong}"
    );
}

#[test]
fn failures_have_their_exit_codes_and_hints() {
    real_kafka::require!();
    let cli = shared();
    cli.create("taken", &[]);
    let exists = cli.fails(6, &["topics", "create", "taken"]);
    assert!(
        exists.contains("error: topic taken: ") && exists.contains("--if-not-exists"),
        "{exists}"
    );
    let again = cli.run(&["topics", "create", "taken", "--if-not-exists"]);
    assert_eq!(again.err, "Topic taken exists already.\n");
    again.ok();
    let unknown = cli.fails(3, &["topics", "describe", "takn"]);
    assert!(
        unknown.contains("error: topic takn: ") && unknown.contains("kafkactl topics list"),
        "{unknown}"
    );
    let replicas = cli.fails(1, &["topics", "create", "too-many", "-r", "7"]);
    assert!(replicas.contains("kafkactl cluster info"), "{replicas}");
    let config = cli.fails(1, &["topics", "create", "odd", "-c", "retention.mss=1"]);
    assert!(config.contains("retention.mss"), "{config}");
    let fewer = cli.fails(6, &["topics", "alter", "taken", "-p", "1"]);
    assert!(fewer.contains("more partitions, never fewer"), "{fewer}");
    let nothing = cli.fails(2, &["topics", "alter", "taken"]);
    assert!(
        nothing.contains("--partitions") && nothing.contains("--unset"),
        "{nothing}"
    );
    let dry = cli.run(&["topics", "create", "not-yet", "--dry-run"]);
    assert!(dry.err.starts_with("Would create topic not-yet"), "{dry:?}");
    dry.ok();
    assert_eq!(
        cli.ok(&["topics", "list", "not-yet|too-many|odd", "-o", "name"]),
        ""
    );
    let none = cli.fails(3, &["topics", "delete", "--regex", "no-such-.*", "--yes"]);
    assert!(none.contains("no topic matches"), "{none}");
    let usage = cli.fails(2, &["topics", "list", "("]);
    assert!(usage.contains("no regular expression"), "{usage}");
}

#[test]
fn some_of_several_fail() {
    real_kafka::require!();
    let cli = shared();
    cli.create("partly", &[]);
    let ended = cli.run(&["topics", "create", "partly", "partly-new", "-o", "json"]);
    let found: Value = serde_json::from_slice(&ended.out).unwrap();
    assert_eq!(names(&found), ["partly-new"]);
    assert_eq!(found["errors"][0]["item"], "partly");
    assert_eq!(found["errors"][0]["code"], "TOPIC_ALREADY_EXISTS");
    let said: Value = serde_json::from_str(&ended.failed(1)).unwrap();
    assert_eq!(
        (&said["kind"], &said["error"]["exitCode"]),
        (&json!("Error"), &json!(1))
    );
}

#[test]
fn a_context_that_may_only_read_refuses() {
    real_kafka::require!();
    let refused = shared().fails(6, &["topics", "create", "never", "--read-only"]);
    assert!(
        refused.contains("--read-only allows only commands that change nothing"),
        "{refused}"
    );
}

#[test]
fn descriptions_agree_with_kafkas_own_tool() {
    real_kafka::require!(own);
    let cluster = real_kafka::shared3().unwrap();
    let cli = on(cluster);
    cli.create("agreed", &["-p", "4", "-r", "3", "-c", "min.insync.replicas=2"]);
    let theirs = tool(
        "kafka-topics",
        &cluster.bootstrap(),
        &["--describe", "--topic", "agreed"],
    );
    let described = cli.json(&["topics", "describe", "agreed"]);
    let item = &described["items"][0];
    let ids = |ids: &Value| {
        ids.as_array()
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(",")
    };
    let ours: Vec<[String; 4]> = item["partitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|partition| {
            [
                partition["partition"].to_string(),
                partition["leader"].to_string(),
                ids(&partition["replicas"]),
                ids(&partition["isr"]),
            ]
        })
        .collect();
    let field = |line: &str, name: &str| {
        line.split('\t')
            .find_map(|field| {
                field
                    .trim()
                    .strip_prefix(name)
                    .map(|value| value.trim().to_owned())
            })
            .unwrap_or_else(|| panic!("no {name} in {line}"))
    };
    let (head, lines) = theirs.trim_end().split_once('\n').unwrap();
    let lines: Vec<[String; 4]> = lines
        .lines()
        .map(|line| ["Partition:", "Leader:", "Replicas:", "Isr:"].map(|name| field(line, name)))
        .collect();
    assert_eq!(ours, lines);
    assert_eq!(item["id"], json!(field(head, "TopicId:")));
    assert_eq!(
        item["replicationFactor"].to_string(),
        field(head, "ReplicationFactor:")
    );
    assert!(field(head, "Configs:").contains("min.insync.replicas=2"));
    assert!(
        item["configs"]
            .as_array()
            .unwrap()
            .iter()
            .any(|config| config["name"] == "min.insync.replicas" && config["value"] == "2")
    );
}
