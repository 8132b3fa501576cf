//! `consume` without a group: where it begins, what it prints, when it ends.

use std::io::Write;

use serde_json::Value;

use crate::support::{numbered, shared, sorted};

#[test]
fn where_reading_begins_and_ends() {
    real_kafka::require!();
    let cli = shared();
    cli.create("places", &[]);
    for (time, lines) in [
        (1_000_000_000_000_i64, "0\n1\n2\n3\n4\n"),
        (1_000_000_060_000, "5\n6\n7\n8\n9\n"),
    ] {
        cli.produce("places", lines, &["--timestamp", &time.to_string()]);
    }
    let read = |flags: &[&str]| {
        cli.ok(&[&["consume", "places"], flags].concat())
            .replace('\n', "")
    };
    assert_eq!(read(&["--from-beginning", "--exit"]), "0123456789");
    assert_eq!(read(&["--from-beginning", "-n", "3"]), "012");
    assert_eq!(read(&["--from-beginning", "-n", "0"]), "");
    assert_eq!(read(&["--tail", "2", "--exit"]), "89");
    assert_eq!(read(&["--exit"]), "");
    assert_eq!(read(&["--offset", "7", "--exit"]), "789");
    assert_eq!(read(&["--offset", "2:5"]), "234");
    assert_eq!(read(&["--offset", "2:+1"]), "2");
    assert_eq!(read(&["--offset", "-3", "-e"]), "789");
    assert_eq!(read(&["--offset", "+8", "-e"]), "89");
    assert_eq!(read(&["--offset", ":end"]), "0123456789");
    assert_eq!(read(&["--offset", "@1000000030:end"]), "56789");
    assert_eq!(read(&["-s", "@:2001-09-09T01:47:00Z"]), "01234");
    assert_eq!(read(&["-s", "@-1h:end"]), "");
    assert_eq!(read(&["--offset", "500", "--exit"]), "");
    let bad = cli.fails(2, &["consume", "places", "--offset", "soon"]);
    assert!(bad.contains("say start, end, N, +N"), "{bad}");
    let idle = cli.run(&[
        "consume",
        "places",
        "--from-beginning",
        "-n",
        "11",
        "--idle-timeout",
        "300ms",
    ]);
    assert_eq!(idle.text().lines().count(), 10);
    assert!(idle.failed(7).contains("only 10 of 11 records came"));
    cli.ok(&["consume", "places", "--from-beginning", "--idle-timeout", "100ms"]);
}

#[test]
fn what_is_printed() {
    real_kafka::require!();
    let cli = shared();
    cli.create("shapes", &[]);
    let lines = r#"{"key":"k","value":"v\u0000x","headers":[{"key":"h","value":"1"},{"key":"h","value":null}],"timestampMs":1700000000123}
{"key":null,"value":{"hex":"00ff"},"timestampMs":1700000000124}
{"key":"gone","value":null,"timestampMs":1700000000125}
"#;
    cli.produce("shapes", lines, &["-i", "jsonl"]);
    let read = |flags: &[&str]| cli.consume("shapes", flags);
    assert_eq!(
        read(&[
            "-f",
            "%t[%p]@%o %d %d{rfc3339} %K:%k %V:%v{hex} %H%h{ %k=%v} %i\\n"
        ]),
        "shapes[0]@0 1700000000123 2023-11-14T22:13:20.123Z 1:k 3:760078 2 h=1 h= 1\n\
         shapes[0]@1 1700000000124 2023-11-14T22:13:20.124Z -1: 2:00ff 0 2\n\
         shapes[0]@2 1700000000125 2023-11-14T22:13:20.125Z 4:gone -1: 0 3\n"
    );
    let jsonl = read(&["-O", "jsonl"]);
    assert_eq!(
        jsonl.lines().next().unwrap(),
        r#"{"topic":"shapes","partition":0,"offset":0,"timestampMs":1700000000123,"timestampType":"CreateTime","leaderEpoch":0,"headers":[{"key":"h","value":"1"},{"key":"h","value":null}],"key":"k","value":"v\u0000x"}"#
    );
    assert_eq!(read(&["-o", "jsonl"]), jsonl);
    let whole: Value = serde_json::from_str(&read(&["-O", "json"])).unwrap();
    let items: Vec<Value> = jsonl
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (&whole["kind"], &whole["items"]),
        (&"RecordList".into(), &Value::Array(items))
    );
    let none: Value = serde_json::from_str(&cli.ok(&["consume", "shapes", "--exit", "-o", "json"])).unwrap();
    assert_eq!(none["items"], Value::Array(Vec::new()));
    assert_eq!(
        read(&["-O", "hex", "-n", "1"]),
        "shapes[0]@0\n  key: 1 bytes\n    00000000  6b                                               k\n  value: 3 bytes\n    00000000  76 00 78                                         v.x\n"
    );
    let table = read(&["-O", "table"]);
    assert!(
        table.starts_with("PARTITION        OFFSET  TIMESTAMP                 KEY               VALUE\n        0             0  2023-11-14T22:13:20.123Z  k                 v"),
        "{table}"
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    let to_file = cli.run(&[
        "consume",
        "shapes",
        "--from-beginning",
        "--exit",
        "-O",
        "jsonl",
        "--out",
        file.path().to_str().unwrap(),
    ]);
    assert_eq!(to_file.err, "Read 3 records.\n");
    assert_eq!(to_file.ok(), "");
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), jsonl);
    let format = cli.fails(2, &["consume", "shapes", "-f", "%j"]);
    assert!(format.contains("-f %j: "), "{format}");
    assert!(
        cli.fails(2, &["consume", "shapes", "-o", "csv"])
            .contains("-O takes")
    );
}

#[test]
fn filters_choose_records() {
    real_kafka::require!();
    let cli = shared();
    cli.create("filtered", &[]);
    cli.produce(
        "filtered",
        "a:1|user-1\tred\nb:2|user-2\tgreen\na:2|user-2\tblue\n",
        &["--headers-separator", "|", "--key-separator", "\\t"],
    );
    let read = |filters: &[&str]| cli.consume("filtered", filters).replace('\n', " ");
    assert_eq!(read(&["--grep", "k:^user-2$"]), "green blue ");
    assert_eq!(read(&["-G", "!v:e+"]), "");
    assert_eq!(read(&["-G", "h:a=2"]), "blue ");
    assert_eq!(read(&["-G", "k:2", "-G", "!v:^b"]), "green ");
    assert_eq!(read(&["-G", "k:2", "-n", "1"]), "green ");
    assert!(
        cli.fails(2, &["consume", "filtered", "-G", "x:y"])
            .contains("k:REGEX")
    );
}

#[test]
fn partitions_and_topics_are_chosen() {
    real_kafka::require!();
    let cli = shared();
    cli.create("chosen-a", &["-p", "3"]);
    cli.create("chosen-b", &["-p", "1"]);
    for partition in ["0", "1", "2"] {
        cli.produce("chosen-a", &format!("a{partition}\n"), &["-p", partition]);
    }
    cli.produce("chosen-b", "b0\n", &[]);
    assert_eq!(sorted(&cli.consume("chosen-a", &["-p", "0,2"])), ["a0", "a2"]);
    assert_eq!(
        sorted(&cli.consume("chosen-a", &["chosen-b"])),
        ["a0", "a1", "a2", "b0"]
    );
    let regex = cli.ok(&[
        "consume",
        "--regex",
        "chosen-.",
        "--from-beginning",
        "-e",
        "-f",
        "%t\\n",
    ]);
    assert_eq!(sorted(&regex), ["chosen-a", "chosen-a", "chosen-a", "chosen-b"]);
    assert!(
        cli.fails(3, &["consume", "chosen-a", "-p", "7", "--exit"])
            .contains("no such partition")
    );
    let unknown = cli.fails(3, &["consume", "chosen-c", "--exit"]);
    assert!(
        unknown.contains("topic `chosen-c`") && unknown.contains("kafkactl topics list"),
        "{unknown}"
    );
    assert!(
        cli.fails(3, &["consume", "--regex", "no-such-.*", "-e"])
            .contains("no topic matches")
    );
}

#[test]
fn new_records_are_printed_as_they_come() {
    real_kafka::require!();
    let cli = shared();
    cli.create("live", &[]);
    cli.produce("live", "old\n", &[]);
    let running = cli.start(&["consume", "live", "--tail", "0"]);
    let mut producing = cli.start(&["produce", "live"]);
    // Where the end was when reading began nobody knows from outside: lines are sent until one arrives.
    for number in 0.. {
        let line = format!("new {number}\n");
        producing
            .input
            .as_mut()
            .unwrap()
            .write_all(line.as_bytes())
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        if !running.wait_out(|_| true).is_empty() {
            break;
        }
        assert!(number < 3000, "nothing arrives");
    }
    producing.end().ok();
    running.signal("INT");
    let ended = running.end();
    assert!(ended.text().starts_with("new "), "{ended:?}");
    assert_eq!((ended.code, ended.err.as_str()), (Some(130), ""));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    real_kafka::require!();
    let cli = shared();
    cli.create("piped", &[]);
    cli.produce(
        "piped",
        &numbered("some text to fill the pipe with, line ", 100_000),
        &[],
    );
    for command in [
        "consume piped --from-beginning | head -1",
        "consume piped --from-beginning --exit -O jsonl | head -1 > /dev/null; echo 'some text to fill the pipe with, line 1'",
        "consume piped --from-beginning --group piped | head -1",
    ] {
        let binary = env!("CARGO_BIN_EXE_kafkactl");
        let bootstrap = real_kafka::shared().unwrap().bootstrap();
        let script = format!("set -o pipefail; \"{binary}\" -b {bootstrap} {command}");
        let output = std::process::Command::new("bash")
            .args(["-c", &script])
            .env("HOME", "/nonexistent")
            .output()
            .unwrap();
        assert_eq!(
            (
                output.status.code(),
                String::from_utf8_lossy(&output.stdout).as_ref(),
                String::from_utf8_lossy(&output.stderr).as_ref()
            ),
            (Some(0), "some text to fill the pipe with, line 1\n", ""),
            "{command}"
        );
    }
}
