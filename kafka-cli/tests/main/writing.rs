//! `produce`: what its flags make of the input, and that nothing is lost silently.

use serde_json::Value;

use crate::support::{Kafkactl, file, numbered, path, shared};

/// What a topic of one partition holds.
fn records(cli: &Kafkactl, topic: &str) -> Vec<Value> {
    let text = cli.consume(topic, &["-O", "jsonl"]);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn each_line_is_a_record_whatever_the_codec() {
    real_kafka::require!();
    let cli = shared();
    let lines = numbered("line ", 5000);
    for codec in ["none", "gzip", "gzip:9", "snappy", "lz4", "zstd", "zstd:3"] {
        let topic = format!("codec-{}", codec.replace(':', "-"));
        cli.create(&topic, &[]);
        let ended = cli.feed(&["produce", &topic, "-z", codec], lines.as_bytes());
        assert_eq!(ended.err, format!("Wrote 5000 records to {topic}.\n"));
        assert_eq!(ended.ok(), "");
        assert!(cli.consume(&topic, &[]) == lines, "{codec}");
        let name = codec.split(':').next().unwrap();
        assert_eq!(cli.consume(&topic, &["-n", "1", "-f", "%a{compression}"]), name);
    }
    let level = cli.fails(2, &["produce", "codec-gzip", "-z", "gzip:77"]);
    assert!(level.contains("gzip has levels"), "{level}");
    assert!(
        cli.fails(2, &["produce", "codec-gzip", "-z", "brotli"])
            .contains("none, gzip, snappy, lz4 or zstd")
    );
}

#[test]
fn keys_headers_and_nulls_of_lines() {
    real_kafka::require!();
    let cli = shared();
    cli.create("taken-apart", &[]);
    let flags = [
        "--headers-separator",
        "|",
        "--key-separator",
        "\\t",
        "--null-marker",
        "NULL",
        "-H",
        "from=test",
        "--timestamp",
        "1700000000123",
    ];
    cli.produce(
        "taken-apart",
        "a:1,b:2|k1\tv1\n|NULL\tv2\n|k3\tNULL\n|\t\n",
        &flags,
    );
    let found = records(&cli, "taken-apart");
    let plain: Vec<_> = found.iter().map(|r| (&r["key"], &r["value"])).collect();
    let (null, text) = (Value::Null, |text: &str| Value::from(text));
    assert_eq!(
        plain,
        [
            (&text("k1"), &text("v1")),
            (&null, &text("v2")),
            (&text("k3"), &null),
            (&text(""), &text("")),
        ]
    );
    assert_eq!(
        found[0]["headers"].to_string(),
        r#"[{"key":"a","value":"1"},{"key":"b","value":"2"},{"key":"from","value":"test"}]"#
    );
    assert_eq!(
        found[1]["headers"].to_string(),
        r#"[{"key":"from","value":"test"}]"#
    );
    assert!(
        found
            .iter()
            .all(|record| record["timestampMs"] == 1_700_000_000_123_i64)
    );
    cli.produce("taken-apart", "k\t\n", &["--key-separator", "\\t", "-Z"]);
    assert_eq!(records(&cli, "taken-apart")[4]["value"], Value::Null);
}

#[test]
fn a_record_from_the_command_line_and_from_files() {
    real_kafka::require!();
    let cli = shared();
    cli.create("single", &["-p", "3"]);
    let value = file(b"line one\nline two\0\xff");
    let value = format!("@{}", path(&value));
    let told = cli.run(&["produce", "single", "-k", "cat", "-v", &value, "-p", "2"]);
    assert_eq!(told.err, "Wrote 1 record to single[2]@0.\n");
    told.ok();
    let report = cli.json(&["produce", "single", "-v", "plain", "-p", "2"]);
    assert_eq!(report["items"][0]["offset"], 1);
    let lines = file("from a file\r\nno line end");
    let lines = format!("@{}", path(&lines));
    cli.ok(&["produce", "single", &lines, &lines, "-p", "2", "-k", "same"]);
    assert_eq!(
        cli.consume("single", &["-f", "%p %o %k=%v\\n"]),
        "2 0 cat=line one\nline two\0\u{fffd}\n2 1 =plain\n2 2 same=from a file\n2 3 same=no line end\n2 4 same=from a file\n2 5 same=no line end\n"
    );
    let raw = cli.feed(&["produce", "single", "-i", "raw", "-p", "1"], b"all\nof\nit\n");
    raw.ok();
    assert_eq!(cli.consume("single", &["-p", "1", "-O", "raw"]), "all\nof\nit\n");
    let missing = cli.fails(3, &["produce", "single", "@/no/such/file"]);
    assert!(missing.contains("cannot read /no/such/file"), "{missing}");
}

#[test]
fn json_names_everything_itself() {
    real_kafka::require!();
    let cli = shared();
    cli.create("json-a", &["-p", "2"]);
    cli.create("json-b", &[]);
    let lines = concat!(
        r#"{"topic":"json-a","partition":1,"key":"k","value":{"base64":"/w=="},"headers":[{"key":"h","value":null}],"timestampMs":5}"#,
        "\n\n",
        r#"{"topic":"json-b","value":{"a":1}}"#,
        "\n"
    );
    let ended = cli.feed(&["produce", "-i", "jsonl"], lines.as_bytes());
    assert_eq!(ended.err, "Wrote 2 records.\n");
    ended.ok();
    let a = &records(&cli, "json-a")[0];
    assert_eq!(
        (&a["partition"], &a["value"]["base64"], &a["timestampMs"]),
        (&1.into(), &"/w==".into(), &5.into())
    );
    assert_eq!(a["headers"][0]["value"], Value::Null);
    assert_eq!(cli.consume("json-b", &[]), "{\"a\":1}\n");
}

#[test]
fn wrong_input_is_named_with_its_line_and_what_came_before_is_written() {
    real_kafka::require!();
    let cli = shared();
    cli.create("wrong-input", &[]);
    let ended = cli.feed(
        &["produce", "wrong-input", "-i", "jsonl"],
        b"{\"value\":\"a\"}\n\n{\"vlaue\":\"b\"}\n{\"value\":\"c\"}\n",
    );
    assert!(ended.err.contains("Wrote 1 record to wrong-input."), "{ended:?}");
    let said = ended.failed(2);
    assert!(
        said.contains("error: stdin line 3: unknown field `vlaue`"),
        "{said}"
    );
    let lines = file("k:v\nno key\n");
    let name = format!("@{}", path(&lines));
    let said = cli
        .run(&["produce", "wrong-input", &name, "--key-separator", ":"])
        .failed(2);
    assert!(
        said.contains(&format!("{} line 2: no key separator", path(&lines))),
        "{said}"
    );
    assert_eq!(cli.consume("wrong-input", &[]), "a\nv\n");
    assert!(cli.fails(2, &["produce"]).contains("which topic?"));
}

#[test]
fn a_topic_that_does_not_exist_is_not_created_by_a_slip() {
    real_kafka::require!();
    let cli = shared();
    for arguments in [&["produce", "slip", "-v", "x"][..], &["produce", "slip"]] {
        let ended = cli.feed(arguments, b"x\n");
        let said = ended.failed(3);
        assert!(
            said.contains("topic `slip` does not exist") && said.contains("kafkactl topics create slip"),
            "{said}"
        );
    }
    let said = cli
        .feed(
            &["produce", "-i", "jsonl"],
            b"{\"topic\":\"slip\",\"value\":\"x\"}\n",
        )
        .failed(3);
    assert!(said.contains("topic `slip` does not exist"), "{said}");
    assert_eq!(cli.ok(&["topics", "list", "slip", "-o", "name"]), "");
    let wanted = cli.run(&["produce", "slip", "-v", "x", "--create"]);
    assert_eq!(wanted.err, "Wrote 1 record to slip[0]@0.\n");
}

#[test]
fn records_that_were_not_confirmed_fail_the_command() {
    real_kafka::require!();
    let cli = shared();
    cli.create("small-only", &["-c", "max.message.bytes=1000"]);
    let mut lines = numbered("ok", 3);
    lines.push_str(&"x".repeat(5000));
    lines.push('\n');
    let ended = cli.feed(&["produce", "small-only"], lines.as_bytes());
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.err.contains("MESSAGE_TOO_LARGE") && ended.err.contains("4 records"),
        "{ended:?}"
    );
    let huge = "x".repeat(2_000_000);
    let ended = cli.feed(&["produce", "small-only"], huge.as_bytes());
    assert!(
        ended.code == Some(1) && ended.err.contains("max.request.size"),
        "{ended:?}"
    );
    for acks in ["0", "1", "all"] {
        cli.create(&format!("acks-{acks}"), &[]);
        cli.produce(&format!("acks-{acks}"), &numbered("", 1000), &["--acks", acks]);
        cli.wait_consumed(&format!("acks-{acks}"), 1000);
    }
}

#[test]
fn ctrl_c_sends_what_was_read() {
    real_kafka::require!();
    let cli = shared();
    cli.create("interrupted", &[]);
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let mut running = cli.start(&["produce", "interrupted"]);
        let input = running.input.take().unwrap();
        std::io::Write::write_all(&mut &input, format!("{signal}\n").as_bytes()).unwrap();
        // The line is visible before the signal comes, so it was read.
        cli.start(&["consume", "interrupted", "--from-beginning"])
            .wait_out(|text| text.contains(signal));
        running.signal(signal);
        let ended = running.end();
        assert!(
            ended.err.contains("the rest of the input was not sent"),
            "{ended:?}"
        );
        ended.failed(code);
        drop(input);
    }
    assert_eq!(cli.consume("interrupted", &[]), "INT\nTERM\n");
}

#[test]
fn a_rate_is_kept() {
    real_kafka::require!();
    let cli = shared();
    cli.create("paced", &[]);
    let ended = cli.feed(
        &["produce", "paced", "--rate", "100"],
        numbered("", 51).as_bytes(),
    );
    assert!(ended.took.as_millis() >= 500, "{ended:?}");
    ended.ok();
}
