//! What kafkactl writes Kafka's own consumer reads, and the other way round, byte for byte.

use real_kafka::tools;
use serde_json::Value;

use crate::support::{numbered, shared, tool};

#[test]
fn the_java_consumer_reads_what_kafkactl_wrote() {
    real_kafka::require!(own);
    let cli = shared();
    let bootstrap = real_kafka::shared().unwrap().bootstrap();
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"] {
        let topic = format!("to-java-{codec}");
        cli.create(&topic, &[]);
        let input: String = (0..300)
            .map(|number| {
                format!(
                    "h1:a{number},h2:ü|key {number}\t{}\n",
                    "value ".repeat(number % 40)
                )
            })
            .collect();
        let input = format!("{input}|NULL\tNULL\n");
        cli.produce(
            &topic,
            &input,
            &[
                "-z",
                codec,
                "--headers-separator",
                "|",
                "--key-separator",
                "\\t",
                "--null-marker",
                "NULL",
                "--timestamp",
                "1700000000123",
            ],
        );
        let read = tool(
            "kafka-console-consumer",
            &bootstrap,
            &[
                "--topic",
                &topic,
                "--from-beginning",
                "--max-messages",
                "301",
                "--formatter-property",
                "print.key=true",
                "--formatter-property",
                "print.headers=true",
                "--formatter-property",
                "print.timestamp=true",
                "--formatter-property",
                "null.literal=NULL",
                "--formatter-property",
                "key.separator=~",
            ],
        );
        let expected: String = input
            .lines()
            .map(|line| {
                let (headers, rest) = line.split_once('|').unwrap();
                let (key, value) = rest.split_once('\t').unwrap();
                let headers = if headers.is_empty() { "NO_HEADERS" } else { headers };
                format!("CreateTime:1700000000123~{headers}~{key}~{value}\n")
            })
            .collect();
        assert!(
            read == expected,
            "{codec}: {}",
            read.lines().next().unwrap_or_default()
        );
    }
}

#[test]
fn kafkactl_reads_what_the_java_producer_wrote() {
    real_kafka::require!(own);
    let cli = shared();
    let bootstrap = real_kafka::shared().unwrap().bootstrap();
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"] {
        let topic = format!("from-java-{codec}");
        cli.create(&topic, &[]);
        let input: String = (0..300)
            .map(|number| {
                format!(
                    "h1:a{number},h2:ü\tkey {number}\t{}x\n",
                    "value ".repeat(number % 40)
                )
            })
            .collect();
        let arguments = [
            "--bootstrap-server",
            &bootstrap,
            "--topic",
            &topic,
            "--compression-codec",
            codec,
            "--reader-property",
            "parse.headers=true",
            "--reader-property",
            "parse.key=true",
        ];
        tools()
            .unwrap()
            .run_with(
                "kafka-console-producer",
                &arguments,
                input.as_bytes(),
                std::time::Duration::from_secs(60),
            )
            .unwrap()
            .success()
            .unwrap();
        let read = cli.consume(&topic, &["-O", "jsonl"]);
        let back: String = read
            .lines()
            .map(|line| {
                let record: Value = serde_json::from_str(line).unwrap();
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                let headers: Vec<String> = record["headers"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|header| format!("{}:{}", text(&header["key"]), text(&header["value"])))
                    .collect();
                format!(
                    "{}\t{}\t{}\n",
                    headers.join(","),
                    text(&record["key"]),
                    text(&record["value"])
                )
            })
            .collect();
        assert!(
            back == input,
            "{codec}: {}",
            read.lines().next().unwrap_or_default()
        );
        let used = cli.consume(&topic, &["-n", "1", "-f", "%a{compression}"]);
        assert_eq!(used, codec);
    }
}

#[test]
fn keys_go_to_the_partitions_that_java_chooses() {
    real_kafka::require!(own);
    let cli = shared();
    let bootstrap = real_kafka::shared().unwrap().bootstrap();
    let input: String = numbered("key-", 200)
        .lines()
        .map(|key| format!("{key}\t{key}\n"))
        .collect();
    let mut places = Vec::new();
    for topic in ["keyed-ours", "keyed-java"] {
        cli.create(topic, &["-p", "7"]);
        if topic == "keyed-ours" {
            cli.produce(topic, &input, &["--key-separator", "\\t"]);
        } else {
            let arguments = [
                "--bootstrap-server",
                &bootstrap,
                "--topic",
                topic,
                "--reader-property",
                "parse.key=true",
            ];
            let run = tools().unwrap().run_with(
                "kafka-console-producer",
                &arguments,
                input.as_bytes(),
                std::time::Duration::from_secs(60),
            );
            run.unwrap().success().unwrap();
        }
        let read = cli.consume(topic, &["-f", "%p %k\\n"]);
        let mut lines: Vec<String> = read.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        places.push(lines);
    }
    assert_eq!(places[0].len(), 200);
    assert_eq!(places[0], places[1]);
}
