//! Kafka's own command line tools, of its newest release that came with tools.

use std::fmt::Write;
use std::time::Duration;

use kafka_sandbox::Sandbox;
use real_kafka::ToolOutput;

use super::{builder, sandbox};

const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a tool on a cluster, and returns how it ended.
fn run(cluster: &Sandbox, tool: &str, arguments: &str, stdin: &str) -> ToolOutput {
    let bootstrap = cluster.bootstrap_servers();
    let arguments: Vec<&str> = ["--bootstrap-server", &bootstrap]
        .into_iter()
        .chain(arguments.split_whitespace())
        .collect();
    let tools = real_kafka::tools().unwrap();
    tools
        .run_with(tool, &arguments, stdin.as_bytes(), PATIENCE)
        .unwrap()
}

/// As [`run`], for a tool that must end with 0; returns what it printed.
#[track_caller]
fn feed(cluster: &Sandbox, tool: &str, arguments: &str, stdin: &str) -> String {
    let output = run(cluster, tool, arguments, stdin);
    assert_eq!(output.code, 0, "{tool} {arguments}: {output:?}");
    output.stdout
}

#[track_caller]
fn tool(cluster: &Sandbox, tool: &str, arguments: &str) -> String {
    feed(cluster, tool, arguments, "")
}

/// As [`tool`], in a virtual machine of its own: for tools that finish their work when that ends.
#[track_caller]
fn alone(cluster: &Sandbox, tool: &str, arguments: &str) -> String {
    let bootstrap = cluster.bootstrap_servers();
    let arguments: Vec<&str> = ["--bootstrap-server", &bootstrap]
        .into_iter()
        .chain(arguments.split_whitespace())
        .collect();
    let mut process = real_kafka::tools().unwrap().spawn(tool, &arguments).unwrap();
    process.close_stdin();
    let code = process.wait_ended(PATIENCE).unwrap();
    let (out, err) = (process.stdout(), process.stderr());
    assert_eq!(code, Some(0), "{tool} {arguments:?}: {out}{err}");
    out
}

/// The lines with single blanks between their words, in order.
fn lines(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.sort();
    lines
}

fn numbers(count: u32) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        writeln!(text, "{number}").unwrap();
        text
    })
}

#[test]
fn topics() {
    real_kafka::require!(own);
    for release in ["4.4", "4.0", "2.8"] {
        let cluster = sandbox(release);
        let created =
            "--create --topic t --partitions 2 --replication-factor 3 --config retention.ms=3600000";
        assert!(tool(&cluster, "kafka-topics", created).contains("Created topic t."));
        let again = run(&cluster, "kafka-topics", created, "");
        assert_eq!(again.code, 1, "{again:?}");
        assert!(again.stdout.contains("Topic 't' already exists."), "{again:?}");
        assert_eq!(lines(&tool(&cluster, "kafka-topics", "--list")), ["t"]);
        let described = tool(&cluster, "kafka-topics", "--describe --topic t");
        assert!(
            described.contains("PartitionCount: 2\tReplicationFactor: 3"),
            "{described}"
        );
        assert!(described.contains("retention.ms=3600000"), "{described}");
        assert_eq!(described.matches("Leader: ").count(), 2, "{described}");
        tool(&cluster, "kafka-topics", "--alter --topic t --partitions 4");
        let described = tool(&cluster, "kafka-topics", "--describe --topic t");
        assert!(described.contains("PartitionCount: 4"), "{described}");
        assert_eq!(
            tool(
                &cluster,
                "kafka-topics",
                "--describe --under-replicated-partitions"
            ),
            ""
        );
        tool(&cluster, "kafka-topics", "--delete --topic t");
        assert_eq!(tool(&cluster, "kafka-topics", "--list").trim(), "");
    }
}

#[test]
fn configs() {
    real_kafka::require!(own);
    for release in ["4.4", "4.0", "2.8"] {
        let cluster = sandbox(release);
        tool(
            &cluster,
            "kafka-topics",
            "--create --topic t --partitions 1 --replication-factor 1",
        );
        let alter = "--alter --entity-type topics --entity-name t --add-config";
        let added = tool(
            &cluster,
            "kafka-configs",
            &format!("{alter} retention.ms=1000,cleanup.policy=compact"),
        );
        assert!(
            added.contains("Completed updating config for topic t."),
            "{added}"
        );
        let wrong = run(
            &cluster,
            "kafka-configs",
            &format!("{alter} retention.ms=soon"),
            "",
        );
        assert_eq!(wrong.code, 1, "{wrong:?}");
        assert!(
            wrong
                .stderr
                .contains("Invalid value soon for configuration retention.ms: Not a number of type LONG"),
            "{wrong:?}"
        );
        let described = tool(
            &cluster,
            "kafka-configs",
            "--describe --entity-type topics --entity-name t",
        );
        assert!(
            described.contains(
                "retention.ms=1000 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:retention.ms=1000"
            ),
            "{described}"
        );
        let delete = "--alter --entity-type topics --entity-name t --delete-config retention.ms";
        tool(&cluster, "kafka-configs", delete);
        let described = tool(
            &cluster,
            "kafka-configs",
            "--describe --entity-type topics --entity-name t",
        );
        assert!(!described.contains("retention.ms"), "{described}");
        assert!(described.contains("cleanup.policy=compact"), "{described}");
        let all = tool(
            &cluster,
            "kafka-configs",
            "--describe --all --entity-type brokers --entity-name 1",
        );
        assert!(all.contains("log.retention.hours=168"), "{all}");
        let broker = "--alter --entity-type brokers --entity-name 1 --add-config log.cleaner.threads=2";
        tool(&cluster, "kafka-configs", broker);
        let described = tool(
            &cluster,
            "kafka-configs",
            "--describe --entity-type brokers --entity-name 1",
        );
        assert!(described.contains("log.cleaner.threads=2"), "{described}");
    }
}

#[test]
fn console_and_groups() {
    real_kafka::require!(own);
    for release in ["4.4", "4.0", "2.8"] {
        let cluster = sandbox(release);
        tool(
            &cluster,
            "kafka-topics",
            "--create --topic t --partitions 1 --replication-factor 3",
        );
        for codec in ["none", "gzip", "snappy", "lz4", "zstd"] {
            feed(
                &cluster,
                "kafka-console-producer",
                &format!("--topic t --compression-codec {codec}"),
                &numbers(20),
            );
        }
        let consume = "--topic t --from-beginning --group g --max-messages 60 --timeout-ms 20000";
        let consumed = tool(&cluster, "kafka-console-consumer", consume);
        assert_eq!(consumed, numbers(20).repeat(3));

        let groups = |arguments: &str| tool(&cluster, "kafka-consumer-groups", arguments);
        assert_eq!(lines(&groups("--list")), ["g"]);
        assert!(lines(&groups("--list --state")).contains(&"g Empty".to_owned()));
        let row = |offset: u32, lag: u32| format!("g t 0 {offset} 100 {lag} - - -");
        let described = lines(&groups("--describe --group g"));
        assert!(described.contains(&row(60, 40)), "{described:?}");
        let state = groups("--describe --group g --state");
        assert!(state.contains("Empty"), "{state}");
        let reset = |spec: &str| groups(&format!("--reset-offsets --group g --topic t {spec} --execute"));
        for (spec, offset) in [
            ("--to-earliest", 0),
            ("--shift-by 15", 15),
            ("--to-offset 42", 42),
            ("--to-latest", 100),
            ("--to-datetime 2020-01-01T00:00:00.000", 0),
        ] {
            let shown = lines(&reset(spec));
            assert!(shown.contains(&format!("g t 0 {offset}")), "{spec}: {shown:?}");
            let described = lines(&groups("--describe --group g"));
            assert!(
                described.contains(&row(offset, 100 - offset)),
                "{spec}: {described:?}"
            );
        }
        groups("--delete-offsets --group g --topic t");
        let deleted = groups("--delete --group g");
        assert!(
            deleted.contains("Deletion of requested consumer groups ('g') was successful."),
            "{deleted}"
        );
        assert_eq!(groups("--list").trim(), "");
    }
}

#[test]
fn verifiable_and_performance() {
    real_kafka::require!(own);
    let cluster = sandbox("4.4");
    tool(
        &cluster,
        "kafka-topics",
        "--create --topic t --partitions 3 --replication-factor 3",
    );
    let produced = alone(
        &cluster,
        "kafka-verifiable-producer",
        "--topic t --max-messages 200",
    );
    assert!(produced.contains(r#""sent":200,"acked":200"#), "{produced}");
    for protocol in ["classic", "consumer"] {
        let consume = format!(
            "--topic t --group-id verifiable-{protocol} --group-protocol {protocol} --max-messages 200 --reset-policy earliest"
        );
        let consumed = alone(&cluster, "kafka-verifiable-consumer", &consume);
        assert!(consumed.contains(r#""name":"offsets_committed""#), "{consumed}");
        assert!(consumed.contains(r#""success":true"#), "{consumed}");
        let described = lines(&tool(
            &cluster,
            "kafka-consumer-groups",
            &format!("--describe --group verifiable-{protocol}"),
        ));
        let rows = described.iter().filter(|line| line.starts_with("verifiable-"));
        let lags: Vec<_> = rows.filter_map(|row| row.split(' ').nth(5)).collect();
        // It commits what it has read, which is in some of the partitions.
        assert!(
            !lags.is_empty() && lags.iter().all(|lag| *lag == "0"),
            "{described:?}"
        );
    }
    let speed = "--topic t --num-records 5000 --record-size 100 --throughput -1";
    let produced = tool(&cluster, "kafka-producer-perf-test", speed);
    assert!(produced.contains("5000 records sent"), "{produced}");
    let consumed = tool(
        &cluster,
        "kafka-consumer-perf-test",
        "--topic t --num-records 5200 --timeout 20000",
    );
    assert!(consumed.contains(", 5200, "), "{consumed}");
}

#[test]
fn offsets_and_records() {
    real_kafka::require!(own);
    for release in ["4.4", "4.0", "2.8"] {
        let cluster = sandbox(release);
        tool(
            &cluster,
            "kafka-topics",
            "--create --topic t --partitions 2 --replication-factor 2",
        );
        let keyed = "--topic t --property parse.key=true --property key.separator=:";
        feed(
            &cluster,
            "kafka-console-producer",
            keyed,
            "a:1\nb:2\nc:3\nd:4\ne:5\n",
        );
        let offsets = |time: &str| {
            lines(&tool(
                &cluster,
                "kafka-get-offsets",
                &format!("--topic t --time {time}"),
            ))
        };
        let sum = |offsets: Vec<String>| -> u32 {
            let last = offsets.iter().filter_map(|line| line.rsplit(':').next());
            last.map(|offset| offset.parse::<u32>().unwrap()).sum()
        };
        assert_eq!(sum(offsets("latest")), 5);
        assert_eq!(offsets("earliest"), ["t:0:0", "t:1:0"]);
        let first: u32 = offsets("latest")[0].rsplit(':').next().unwrap().parse().unwrap();
        assert!(first > 0, "murmur2 gives each partition some of these keys");
        let folder = std::env::temp_dir().join(format!("foreign-records-{}-{release}", std::process::id()));
        let wanted =
            format!(r#"{{"version":1,"partitions":[{{"topic":"t","partition":0,"offset":{first}}}]}}"#);
        std::fs::write(&folder, wanted).unwrap();
        let deleted = tool(
            &cluster,
            "kafka-delete-records",
            &format!("--offset-json-file {}", folder.display()),
        );
        std::fs::remove_file(&folder).unwrap();
        assert!(
            deleted.contains(&format!("partition: t-0\tlow_watermark: {first}")),
            "{deleted}"
        );
        assert_eq!(offsets("earliest"), [format!("t:0:{first}"), "t:1:0".to_owned()]);
    }
}

#[test]
fn transactions() {
    real_kafka::require!(own);
    let cluster = sandbox("4.4");
    tool(
        &cluster,
        "kafka-topics",
        "--create --topic t --partitions 1 --replication-factor 3",
    );
    let speed = "--topic t --num-records 10 --record-size 10 --throughput -1 --transactional-id writer \
        --transaction-duration-ms 1000";
    tool(&cluster, "kafka-producer-perf-test", speed);
    let listed = lines(&tool(&cluster, "kafka-transactions", "list"));
    let writer = listed
        .iter()
        .find(|line| line.starts_with("writer "))
        .expect("listed");
    assert!(writer.ends_with(" CompleteCommit"), "{listed:?}");
    let described = tool(
        &cluster,
        "kafka-transactions",
        "describe --transactional-id writer",
    );
    assert!(described.contains("CompleteCommit"), "{described}");
    let producers = lines(&tool(
        &cluster,
        "kafka-transactions",
        "describe-producers --topic t --partition 0",
    ));
    assert_eq!(producers.len(), 2, "{producers:?}");
    let hanging = lines(&tool(
        &cluster,
        "kafka-transactions",
        "find-hanging --broker-id 1",
    ));
    assert_eq!(hanging.len(), 1, "nothing but the title: {hanging:?}");
}

#[test]
fn access_control() {
    real_kafka::require!(own);
    let cluster = builder().acls(["User:ANONYMOUS"]).start_blocking().unwrap();
    let acls = |arguments: &str| tool(&cluster, "kafka-acls", arguments);
    acls("--add --allow-principal User:alice --operation Read --operation Describe --topic t");
    acls(
        "--add --deny-principal User:bob --deny-host 10.0.0.1 --operation All --group g --resource-pattern-type prefixed",
    );
    let listed = acls("--list");
    assert!(
        listed.contains("ResourcePattern(resourceType=TOPIC, name=t, patternType=LITERAL)"),
        "{listed}"
    );
    assert!(
        listed.contains("(principal=User:alice, host=*, operation=READ, permissionType=ALLOW)"),
        "{listed}"
    );
    assert!(
        listed.contains("(principal=User:bob, host=10.0.0.1, operation=ALL, permissionType=DENY)"),
        "{listed}"
    );
    acls("--remove --force --topic t");
    let listed = acls("--list");
    assert!(!listed.contains("alice") && listed.contains("bob"), "{listed}");
}

#[test]
fn the_cluster() {
    real_kafka::require!(own);
    let cluster = sandbox("4.4");
    let versions = tool(&cluster, "kafka-broker-api-versions", "");
    assert_eq!(versions.matches("(id: ").count(), 3, "{versions}");
    assert!(
        versions.contains("Produce(0): 0 to 13 [usable: 13]"),
        "{versions}"
    );
    let bootstrap = cluster.bootstrap_servers();
    let asked = ["cluster-id", "--bootstrap-server", &bootstrap];
    let id = real_kafka::tools().unwrap().run("kafka-cluster", &asked).unwrap();
    let id = id.success().unwrap();
    assert!(id.contains(&cluster.cluster_id()), "{id}");
    let dirs = tool(&cluster, "kafka-log-dirs", "--describe");
    assert!(
        dirs.contains(r#""broker":1"#) && dirs.contains(r#""broker":3"#),
        "{dirs}"
    );
    let elected = run(
        &cluster,
        "kafka-leader-election",
        "--election-type preferred --all-topic-partitions",
        "",
    );
    assert_eq!(elected.code, 0, "{elected:?}");
    let features = tool(&cluster, "kafka-features", "describe");
    assert!(features.contains("metadata.version"), "{features}");
    let quorum = tool(&cluster, "kafka-metadata-quorum", "describe --status");
    assert!(quorum.contains("LeaderId:"), "{quorum}");
}
