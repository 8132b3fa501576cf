//! One broker and Kafka's own tools.

use std::{process::Command, time::Duration};

use real_kafka::{Error, shared, tools};

use crate::{run, succeed};

#[test]
fn a_topic_is_created_and_described() {
    real_kafka::require!(own);
    let bootstrap = shared().unwrap().bootstrap();
    let topics = |arguments: &[&str]| {
        succeed(
            "kafka-topics",
            &[&["--bootstrap-server", &bootstrap], arguments].concat(),
        )
    };
    assert_eq!(
        topics(&["--create", "--topic", "described", "--partitions", "3"]),
        "Created topic described.\n"
    );
    let description = topics(&["--describe", "--topic", "described"]);
    assert!(description.contains("PartitionCount: 3"), "{description}");
    assert_eq!(description.lines().count(), 4, "{description}");
}

#[test]
fn exit_code_and_both_outputs_are_told_apart() {
    real_kafka::require!(own);
    let bootstrap = shared().unwrap().bootstrap();
    let missing = run(
        "kafka-topics.sh",
        &[
            "--bootstrap-server",
            &bootstrap,
            "--describe",
            "--topic",
            "missing",
        ],
    );
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .stdout
            .contains("Topic 'missing' does not exist as expected"),
        "{missing:?}"
    );
    let usage = run("kafka-topics", &["--bootstrap-server", &bootstrap]);
    assert_eq!((usage.code, usage.stdout.as_str()), (1, ""), "{usage:?}");
    assert!(
        usage.stderr.contains("Command must include exactly one action"),
        "{usage:?}"
    );
}

#[test]
fn what_the_console_producer_reads_the_console_consumer_prints() {
    real_kafka::require!(own);
    let bootstrap = shared().unwrap().bootstrap();
    let tools = tools().unwrap();
    let address = ["--bootstrap-server", bootstrap.as_str(), "--topic", "console"];
    let mut beside = tools
        .spawn(
            "kafka-console-consumer",
            &[&address[..], &["--from-beginning", "--group", "console"]].concat(),
        )
        .unwrap();
    let sent = tools.run_with(
        "kafka-console-producer",
        &address,
        b"one\ntwo\n\xc3\xbc\n",
        Duration::from_secs(60),
    );
    sent.unwrap().success().unwrap();
    let seen = beside
        .wait_until(Duration::from_secs(60), |seen| seen.lines().count() == 3)
        .unwrap();
    assert_eq!(seen, "one\ntwo\n\u{fc}\n");
    beside.interrupt().unwrap();
    // Java ends with 128 and the signal's number after its hooks have run.
    assert_eq!(beside.wait_ended(Duration::from_secs(30)).unwrap(), Some(130));
    let again = succeed(
        "kafka-console-consumer",
        &[
            &address[..],
            &["--from-beginning", "--max-messages", "2", "--timeout-ms", "30000"],
        ]
        .concat(),
    );
    assert_eq!(again, "one\ntwo\n");
}

#[test]
fn a_tool_that_overstays_is_ended_and_the_next_one_runs() {
    real_kafka::require!(own);
    let bootstrap = shared().unwrap().bootstrap();
    // Machines of their own: the shared one serves other tests.
    let tools = real_kafka::Tools::of(real_kafka::Release::TOOLS).unwrap();
    let forever = ["--bootstrap-server", &bootstrap, "--topic", "overstayed"];
    let late = tools.run_with("kafka-console-consumer", &forever, b"", Duration::from_secs(2));
    assert!(matches!(late, Err(Error::Timeout(_))), "{late:?}");
    tools
        .run("kafka-topics", &["--bootstrap-server", &bootstrap, "--list"])
        .unwrap()
        .success()
        .unwrap();
}

#[test]
fn an_unknown_tool_is_named() {
    real_kafka::require!(own);
    let error = tools().unwrap().run("kafka-tropics", &[]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("kafka-tropics is none of Kafka's tools"),
        "{error}"
    );
}

#[test]
fn without_java_a_run_says_what_it_did_not_test_and_fails_where_that_counts() {
    let target = tempfile::tempdir().unwrap();
    let run = |ci: &str| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "basics::a_topic_is_created_and_described"])
            .env("CARGO_TARGET_DIR", target.path())
            .env("PATH", "")
            .env_remove("JAVA_HOME")
            .env("CI", ci)
            .output()
            .unwrap()
    };
    let line =
        "not tested: real-kafka::basics::a_topic_is_created_and_described: java does not run: install a JDK";
    let passed = run("");
    assert!(passed.status.success(), "{passed:?}");
    assert!(
        String::from_utf8_lossy(&passed.stderr).contains(line),
        "{passed:?}"
    );
    let record = std::fs::read_to_string(target.path().join("not-tested.txt")).unwrap();
    assert!(record.starts_with(line), "{record}");
    assert_eq!(record.lines().count(), 1, "{record}");
    assert!(!run("true").status.success());
}

#[test]
fn a_foreign_cluster_has_an_address_and_nothing_else() {
    let foreign = real_kafka::KafkaCluster::external("broker.invalid:9092");
    assert_eq!(foreign.bootstrap(), "broker.invalid:9092");
    assert!(foreign.is_external());
    assert!(matches!(foreign.kill(1), Err(Error::External { .. })));
    assert!(matches!(foreign.log_tail(1), Err(Error::External { .. })));
    foreign.wait_ready().unwrap();
}
