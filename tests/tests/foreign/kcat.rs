//! kcat, over librdkafka 2.0 or whatever the machine has.

use std::fmt::Write;
use std::time::Duration;

use kafka_sandbox::Sandbox;

use super::{install, program, sandbox};

const PATIENCE: Duration = Duration::from_secs(30);

/// Runs kcat, which must end with 0, and returns what it printed.
#[track_caller]
fn kcat(cluster: &Sandbox, arguments: &str, stdin: &[u8]) -> String {
    let mut command = install::kcat().unwrap().command();
    command
        .args(["-b", &cluster.bootstrap_servers()])
        .args(arguments.split_whitespace());
    let ended = program::run(&mut command, stdin, PATIENCE).unwrap();
    ended
        .success()
        .unwrap_or_else(|why| panic!("kcat {arguments}: {why}"))
}

/// A cluster, if there is a kcat.
fn cluster(release: &str) -> Option<Sandbox> {
    match install::kcat() {
        Ok(_) => Some(sandbox(release)),
        Err(why) => {
            real_kafka::not_tested("kcat against the sandbox", why);
            None
        }
    }
}

fn everything(release: &str) {
    let Some(cluster) = cluster(release) else { return };
    lists_the_cluster(&cluster);
    keeps_keys_headers_and_order(&cluster);
    reads_every_codec(&cluster);
    joins_a_group(&cluster);
    produces_in_a_transaction(&cluster);
}

#[test]
fn kcat_does_all_it_can() {
    everything("4.4");
}

#[test]
fn kcat_does_all_it_can_against_4_0() {
    everything("4.0");
}

#[test]
fn kcat_does_all_it_can_against_2_8() {
    everything("2.8");
}

fn lists_the_cluster(cluster: &Sandbox) {
    // Asking for a topic creates it.
    kcat(cluster, "-P -t listed", b"x");
    let listed = kcat(cluster, "-L", b"");
    assert!(listed.contains(" 3 brokers:"), "{listed}");
    assert!(listed.contains("topic \"listed\" with 1 partitions:"), "{listed}");
    assert_eq!(listed.matches("(controller)").count(), 1, "{listed}");
    let json = kcat(cluster, "-L -J -t listed", b"");
    assert!(
        json.contains(r#""topics":[{"topic":"listed","partitions":[{"partition":0,"leader":"#),
        "{json}"
    );
}

fn keeps_keys_headers_and_order(cluster: &Sandbox) {
    kcat(cluster, "-P -t kept -p 0 -K : -H h=v -H none", b"a:1\nb:2\n");
    kcat(cluster, "-P -t kept -p 0 -K : -Z", b"c:\n");
    let text = kcat(
        cluster,
        "-C -t kept -p 0 -o beginning -e -q -f %t|%p|%o|%k|%s|%S|%h\\n",
        b"",
    );
    assert_eq!(
        text,
        "kept|0|0|a|1|1|h=v,none=NULL\nkept|0|1|b|2|1|h=v,none=NULL\nkept|0|2|c||-1|\n"
    );
    let json = kcat(cluster, "-C -t kept -p 0 -o 1 -c 1 -q -J", b"");
    assert!(
        json.contains(r#""offset":1"#) && json.contains(r#""headers":["h","v","none",null]"#),
        "{json}"
    );
    assert!(json.contains(r#""key":"b","payload":"2""#), "{json}");
    // From the end, and the offsets of both ends.
    assert_eq!(kcat(cluster, "-C -t kept -p 0 -o -1 -e -q -f %o\\n", b""), "2\n");
    assert_eq!(kcat(cluster, "-Q -t kept:0:-1", b""), "kept [0] offset 3\n");
    assert_eq!(kcat(cluster, "-Q -t kept:0:-2", b""), "kept [0] offset 0\n");
}

fn reads_every_codec(cluster: &Sandbox) {
    let mut written = String::new();
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"] {
        let lines = (0..500).fold(String::new(), |mut lines, number| {
            writeln!(lines, "{codec} {number} {codec} {codec} {codec}").unwrap();
            lines
        });
        kcat(
            cluster,
            &format!("-P -t codecs -p 0 -z {codec}"),
            lines.as_bytes(),
        );
        written.push_str(&lines);
    }
    assert_eq!(
        kcat(cluster, "-C -t codecs -p 0 -o beginning -e -q", b""),
        written
    );
}

fn joins_a_group(cluster: &Sandbox) {
    kcat(cluster, "-P -t grouped", b"1\n2\n3\n");
    let first = "-X auto.offset.reset=earliest -X heartbeat.interval.ms=200 -G readers -e -q grouped";
    assert_eq!(kcat(cluster, first, b""), "1\n2\n3\n");
    kcat(cluster, "-P -t grouped", b"4\n");
    // The group goes on where it was.
    assert_eq!(kcat(cluster, first, b""), "4\n");
}

fn produces_in_a_transaction(cluster: &Sandbox) {
    kcat(
        cluster,
        "-P -t written -p 0 -X transactional.id=writer",
        b"a\nb\n",
    );
    kcat(cluster, "-P -t written -p 0 -X enable.idempotence=true", b"c\n");
    let committed = "-C -t written -p 0 -o beginning -e -q -X isolation.level=read_committed -f %o:%s\\n";
    // The marker of the transaction takes offset 2.
    assert_eq!(kcat(cluster, committed, b""), "0:a\n1:b\n3:c\n");
}
