//! The law of `consume -O jsonl | produce -i jsonl`: keys, values, headers and timestamps survive, whatever they are.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::{
    collection::vec,
    option,
    prelude::{Strategy, any, prop_oneof},
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Value, json};

use crate::support::{Kafkactl, shared};

const RECORDS: usize = 3000;

type Bytes = Option<Vec<u8>>;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    key: Bytes,
    value: Bytes,
    headers: Vec<(Vec<u8>, Bytes)>,
    timestamp: i64,
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..40),
        any::<String>().prop_map(String::into_bytes),
        proptest::sample::select(vec![
            "",
            "null",
            "\n",
            "\r\n",
            "{\"base64\":\"AA==\"}",
            "\u{0}",
            "\u{feff}",
            "ümlaut",
            "\"quoted\\\""
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    // Names of headers are text in the protocol; few of them, so that they repeat.
    let name = prop_oneof![
        proptest::sample::select(vec!["a", "b", ""]).prop_map(str::to_owned),
        any::<String>()
    ];
    let headers = vec((name.prop_map(String::into_bytes), option::of(bytes())), 0..5);
    (
        option::of(bytes()),
        option::of(bytes()),
        headers,
        0..=4_102_444_800_000_i64,
    )
        .prop_map(|(key, value, headers, timestamp)| Record {
            key,
            value,
            headers,
            timestamp,
        })
}

/// Always in base64: what kafkactl itself would write is not presumed.
fn to_json(record: &Record) -> String {
    let bytes = |bytes: &Bytes| {
        bytes
            .as_ref()
            .map_or(Value::Null, |bytes| json!({ "base64": STANDARD.encode(bytes) }))
    };
    let headers: Vec<Value> = record
        .headers
        .iter()
        .map(|(key, value)| json!({ "key": bytes(&Some(key.clone())), "value": bytes(value) }))
        .collect();
    json!({ "key": bytes(&record.key), "value": bytes(&record.value), "headers": headers, "timestampMs": record.timestamp }).to_string()
}

/// Reads kafkactl's JSON without kafkactl's code.
fn from_json(line: &str) -> Record {
    let found: Value = serde_json::from_str(line).unwrap();
    let bytes = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone().into_bytes()),
        other => Some(STANDARD.decode(other["base64"].as_str().unwrap()).unwrap()),
    };
    Record {
        key: bytes(&found["key"]),
        value: bytes(&found["value"]),
        headers: found["headers"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|header| (bytes(&header["key"]).unwrap(), bytes(&header["value"])))
            .collect(),
        timestamp: found["timestampMs"].as_i64().unwrap(),
    }
}

fn read(cli: &Kafkactl, topic: &str) -> (String, Vec<Record>) {
    let text = cli.consume(topic, &["-O", "jsonl"]);
    let records = text.lines().map(from_json).collect();
    (text, records)
}

#[test]
fn any_record_survives_the_round_trip() {
    real_kafka::require!();
    let cli = shared();
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = seed.unwrap_or_else(|| {
        u64::from(std::process::id()) << 20
            | u64::from(std::time::UNIX_EPOCH.elapsed().unwrap().subsec_micros())
    });
    let config = Config {
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let records = vec(record(), RECORDS)
        .new_tree(&mut TestRunner::new(config))
        .unwrap()
        .current();
    let future = format!("message.timestamp.after.max.ms={}", i64::MAX);
    for topic in ["lossless-a", "lossless-b", "lossless-c"] {
        // Records may be older than what is kept, and younger than what is taken.
        cli.create(topic, &["-c", "retention.ms=-1", "-c", &future]);
    }
    let input: String = records.iter().map(|record| to_json(record) + "\n").collect();
    cli.produce("lossless-a", &input, &["-i", "jsonl"]);
    let (text, first) = read(&cli, "lossless-a");
    let check = |what: &str, found: &[Record]| {
        assert_eq!(found.len(), RECORDS, "{what}; SEED={seed}");
        for (found, expected) in found.iter().zip(&records) {
            assert_eq!(found, expected, "{what}; SEED={seed}");
        }
    };
    check("written", &first);
    cli.produce("lossless-b", &text, &["-i", "jsonl", "-z", "zstd"]);
    let (again, second) = read(&cli, "lossless-b");
    check("copied", &second);
    let renamed = |text: &str| text.replace("\"topic\":\"lossless-a\"", "\"topic\":\"lossless-b\"");
    assert!(renamed(&text) == again, "the text differs; SEED={seed}");
    cli.produce("lossless-c", &again, &["-i", "jsonl", "-z", "lz4"]);
    check("copied twice", &read(&cli, "lossless-c").1);
}

#[test]
fn a_pipe_of_two_processes_copies_a_topic() {
    real_kafka::require!();
    let cli = shared();
    cli.create("pipe-a", &["-p", "3"]);
    cli.create("pipe-b", &["-p", "3"]);
    let lines: String = (0..20_000)
        .map(|number| format!("key{number}\tvalue {number}\n"))
        .collect();
    cli.produce("pipe-a", &lines, &["--key-separator", "\\t"]);
    let bootstrap = real_kafka::shared().unwrap().bootstrap();
    let kafkactl = format!("\"{}\" -b {bootstrap}", env!("CARGO_BIN_EXE_kafkactl"));
    let script = format!(
        "set -o pipefail; {kafkactl} consume pipe-a --from-beginning --exit -O jsonl | {kafkactl} produce -i jsonl pipe-b"
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .env("HOME", "/nonexistent")
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "Wrote 20000 records to pipe-b.\n"
    );
    assert!(output.status.success());
    // The same keys in the same partitions, in the same order.
    for partition in ["0", "1", "2"] {
        let read = |topic: &str| cli.consume(topic, &["-p", partition, "-f", "%o %d %k=%v\\n"]);
        assert!(read("pipe-a") == read("pipe-b"), "partition {partition}");
    }
}
