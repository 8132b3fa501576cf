//! `kafkactl sandbox up`: a cluster without Kafka.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::secured::tells_what_is_not_allowed;
use crate::support::{Kafkactl, Running, at, file, kafkactl, numbered, path, sorted};

/// Starts a sandbox at free ports, and returns it with what it says on the first line.
#[track_caller]
fn up(flags: &[&str]) -> (Running, String) {
    let running = kafkactl().start(&[&["sandbox", "up", "--port", "0"], flags].concat());
    let text = running.wait_out(|text| text.contains('\n'));
    let first = text.lines().next().unwrap().to_owned();
    (running, first)
}

/// Starts a sandbox at free ports, and returns it with all that it says of itself.
#[track_caller]
fn up_json(flags: &[&str]) -> (Running, Value) {
    let running = kafkactl().start(&[&["sandbox", "up", "--port", "0", "-o", "json"], flags].concat());
    let text = running.wait_out(|text| serde_json::from_str::<Value>(text).is_ok());
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["kind"], "Sandbox");
    (running, whole["items"][0].clone())
}

#[track_caller]
fn end(running: Running, signal: &str) {
    running.signal(signal);
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn a_sandbox_serves_until_it_is_told_to_end() {
    for signal in ["INT", "TERM"] {
        let (running, bootstrap) = up(&["--topic", "orders:6"]);
        running.wait_err(|text| text.ends_with("Ctrl-C ends it.\n"));
        let addresses: Vec<_> = bootstrap.split(',').collect();
        assert_eq!(addresses.len(), 3, "{bootstrap}");
        let cli = at(&bootstrap);
        let topics = cli.json(&["topics", "list"]);
        assert_eq!(topics["items"][0]["name"], "orders");
        let lines = numbered("line", 1000);
        cli.produce("orders", &lines, &[]);
        let read = cli.consume("orders", &["--group", "readers"]);
        assert_eq!(sorted(&read), sorted(&lines));
        // The old name of the flag that says where the cluster is.
        kafkactl().ok(&["--brokers", &bootstrap, "cluster", "info"]);
        end(running, signal);
        for address in addresses {
            TcpStream::connect(address).unwrap_err();
            TcpListener::bind(address).unwrap();
        }
    }
}

#[test]
fn it_says_all_there_is_to_know() {
    let (running, known) = up_json(&["--brokers", "2", "--topic", "a", "--topic", "b:3", "--as", "3.9"]);
    assert_eq!(known["brokers"].as_array().unwrap().len(), 2);
    assert_eq!(known["topics"], serde_json::json!(["a", "b"]));
    assert_eq!(known["release"], "3.9.2");
    assert_eq!(known["securityProtocol"], "PLAINTEXT");
    assert_eq!(known["data"], Value::Null);
    assert_eq!(known["clientProperties"], Value::Null);
    let cli = at(known["bootstrapServers"].as_str().unwrap());
    let info = cli.json(&["cluster", "info"]);
    assert_eq!(info["clusterId"], known["clusterId"]);
    for broker in [0, 1] {
        for fact in ["id", "host", "port"] {
            assert_eq!(
                info["items"][0]["brokers"][broker][fact],
                known["brokers"][broker][fact]
            );
        }
    }
    end(running, "TERM");
}

#[test]
fn a_port_in_use_is_named_with_the_remedy() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let arguments = ["sandbox", "up", "--brokers", "1", "--port", &port];
    let said = kafkactl().fails(1, &arguments);
    assert!(
        said.contains(&format!("cannot listen at 127.0.0.1:{port}")),
        "{said}"
    );
    assert!(
        said.contains("hint: --port N takes other ports, --port 0 any"),
        "{said}"
    );
    let said = kafkactl().fails(1, &[&arguments[..], &["-o", "json"]].concat());
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["error"]["kind"], "failed");
}

#[test]
fn wrong_usage_says_what_is_meant() {
    let refused = |flags: &[&str], expected: &str| {
        let said = kafkactl().fails(2, &[&["sandbox", "up", "--port", "0"], flags].concat());
        assert!(said.contains(expected), "{flags:?}: {said}");
        assert!(!said.contains("geheim"), "{said}");
    };
    refused(&["--brokers", "0"], "a number from 1 to 1000");
    refused(&["--brokers", "localhost:9092"], "a number from 1 to 1000");
    refused(&["--topic", "orders:x"], "a topic such as orders or orders:6");
    refused(&["--as", "3.7"], "no profile of Kafka \"3.7\": choose one of");
    refused(
        &["--sasl", "gssapi:alice:geheim"],
        "gssapi is none of plain, scram",
    );
    refused(&["--sasl", "scram:geheim"], "MECHANISM:USER:PASSWORD");
    refused(
        &["--faults", "/nonexistent/faults"],
        "/nonexistent/faults cannot be read",
    );
    refused(
        &["-X", "max.connections=x"],
        "property max.connections: Invalid value x",
    );
    refused(
        &["-X", "auto.create.topics.enabel=false"],
        "brokers have no config of this name",
    );
    refused(&["--topic", "a:3", "--topic", "a:6"], "\"a\" is there twice");
    refused(&["--topic", "a:10001"], "at most 10000 partitions");
    refused(
        &["--sasl", "plain:alice:geheim", "--sasl", "scram:alice:geheim2"],
        "alice is there twice, with different passwords",
    );
    refused(&["--acls"], "hint: --sasl scram:admin:secret has them log in");
    let said = kafkactl().fails(1, &["sandbox", "up", "--port", "0", "--topic", "a b"]);
    assert!(
        said.contains("cannot create topic \"a b\": Topic name is invalid"),
        "{said}"
    );
}

#[test]
fn where_clusters_are_looked_for_does_not_matter() {
    let (running, _) = {
        let cli = kafkactl().variable("KAFKACTL_BOOTSTRAP_SERVER", "elsewhere:1");
        let running = cli.start(&["sandbox", "up", "--port", "0"]);
        let text = running.wait_out(|text| text.contains('\n'));
        assert_eq!(text.matches(',').count(), 2, "{text}");
        (running, text)
    };
    end(running, "INT");
}

#[test]
fn records_and_groups_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("kafka");
    let flags = ["--data", data.to_str().unwrap(), "--topic", "orders:3"];
    let (running, bootstrap) = up(&flags);
    let cli = at(&bootstrap);
    cli.produce("orders", &numbered("line", 100), &[]);
    cli.consume("orders", &["--group", "readers"]);
    let id = cli.json(&["cluster", "info"])["clusterId"].clone();
    running.signal("KILL");
    drop(running);

    // The topic is there from before, which is no error.
    let (running, bootstrap) = up(&flags);
    let cli = at(&bootstrap);
    assert_eq!(cli.json(&["cluster", "info"])["clusterId"], id);
    assert_eq!(cli.consume("orders", &[]).lines().count(), 100);
    let group = cli.json(&["groups", "describe", "readers"]);
    assert_eq!(group["items"][0]["totalLag"], 0, "{group}");

    // Two cannot share a directory.
    let said = kafkactl().fails(1, &[&["sandbox", "up", "--port", "0"][..], &flags].concat());
    assert!(said.contains(data.to_str().unwrap()), "{said}");
    end(running, "TERM");
}

#[test]
fn clients_get_what_they_need_for_tls() {
    let (running, known) = up_json(&["--tls", "--topic", "orders"]);
    assert_eq!(known["securityProtocol"], "SSL");
    let properties = known["clientProperties"].as_str().unwrap().to_owned();
    let cli = kafkactl().with(&["-F", &properties]);
    cli.produce("orders", "hello\n", &[]);
    assert_eq!(cli.consume("orders", &[]), "hello\n");
    assert!(Path::new(known["ca"].as_str().unwrap()).exists());
    // As when the terminal is closed.
    end(running, "HUP");
    assert!(!Path::new(&properties).exists(), "they go when the sandbox does");
}

#[test]
fn clients_show_certificates_where_they_must() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let (running, known) = up_json(&[
        "--tls",
        "--data",
        data,
        "-X",
        "ssl.client.auth=required",
        "--acls",
    ]);
    let properties = known["clientProperties"].as_str().unwrap();
    // Known by the name in its certificate, to which everything is allowed.
    let cli = kafkactl().with(&["-F", properties]);
    cli.ok(&["topics", "create", "orders"]);
    assert!(cli.ok(&["topics", "list"]).contains("orders"));
    let ca = known["ca"].as_str().unwrap();
    let bootstrap = known["bootstrapServers"].as_str().unwrap();
    let stranger = kafkactl().with(&[
        "-b",
        bootstrap,
        "-X",
        "security.protocol=SSL",
        "-X",
        "ssl.truststore.type=PEM",
        "-X",
        &format!("ssl.truststore.location={ca}"),
    ]);
    stranger.fails(4, &["topics", "list"]);
    end(running, "TERM");
    assert!(Path::new(properties).exists(), "they are kept beside the data");
}

#[test]
fn access_control_tells_clients_by_their_certificates() {
    let (running, known) = up_json(&["--tls", "--acls", "--topic", "orders"]);
    let properties = fs::read_to_string(known["clientProperties"].as_str().unwrap()).unwrap();
    kafkactl()
        .with(&["-F", known["clientProperties"].as_str().unwrap()])
        .ok(&["topics", "create", "mine"]);
    let anonymous: Vec<_> = properties
        .lines()
        .filter(|line| !line.starts_with("ssl.keystore"))
        .collect();
    let anonymous = file(anonymous.join("\n"));
    kafkactl()
        .with(&["-F", path(&anonymous)])
        .run(&["topics", "delete", "orders", "--yes"])
        .failed(4);
    end(running, "TERM");
}

#[test]
fn what_clients_needed_before_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    let data = ["--data", folder.path().to_str().unwrap()];
    let (running, known) = up_json(&[&data[..], &["--sasl", "plain:alice:geheim"]].concat());
    let properties = known["clientProperties"].as_str().unwrap().to_owned();
    end(running, "TERM");
    assert!(Path::new(&properties).exists());
    end(up(&data).0, "TERM");
    assert!(!Path::new(&properties).exists());
}

#[test]
fn clients_log_in() {
    let users = ["--sasl", "scram:admin:geheim", "--sasl", "plain:alice:wonderland"];
    let (running, known) = up_json(&[&users[..], &["--acls"]].concat());
    assert_eq!(known["acls"], true);
    assert_eq!(known["securityProtocol"], "SASL_PLAINTEXT");
    assert_eq!(known["users"], serde_json::json!(["admin", "alice"]));
    assert!(!known.to_string().contains("geheim"), "{known}");
    let properties = known["clientProperties"].as_str().unwrap();
    let admin = kafkactl().with(&["-F", properties]);
    admin.ok(&["topics", "create", "orders"]);
    let bootstrap = known["bootstrapServers"].as_str().unwrap();
    let alice = |password: &str| -> Kafkactl {
        let jaas = format!(
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" \
             password=\"{password}\";"
        );
        kafkactl().with(&[
            "-b",
            bootstrap,
            "-X",
            "security.protocol=SASL_PLAINTEXT",
            "-X",
            "sasl.mechanism=PLAIN",
            "-X",
            &jaas,
        ])
    };
    // Everything is allowed to the first user, and nothing to the others.
    assert!(!alice("wonderland").ok(&["topics", "list"]).contains("orders"));
    tells_what_is_not_allowed(&admin, &alice("wonderland"));
    alice("looking-glass").fails(4, &["topics", "list"]);
    end(running, "TERM");
}

#[test]
fn faults_are_there_from_the_beginning() {
    let faults = file("# what goes wrong\nproduce times=2 reply=NOT_LEADER_OR_FOLLOWER\nkill=3\n");
    let (running, bootstrap) = up(&["--faults", path(&faults), "--topic", "orders:3"]);
    let cli = at(&bootstrap);
    let listed = cli.json(&["sandbox", "faults", "list"]);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");
    let dead = bootstrap.split(',').next_back().unwrap();
    TcpStream::connect(dead).unwrap_err();
    cli.produce("orders", &numbered("line", 10), &[]);
    assert_eq!(cli.consume("orders", &[]).lines().count(), 10);
    end(running, "TERM");

    let faults = file("produce reply=NO_SUCH_ERROR\n");
    let said = kafkactl().fails(2, &["sandbox", "up", "--port", "0", "--faults", path(&faults)]);
    assert!(said.contains("line 1"), "{said}");
    let faults = file("kill=9\n");
    let said = kafkactl().fails(1, &["sandbox", "up", "--port", "0", "--faults", path(&faults)]);
    assert!(said.contains("there is no broker 9"), "{said}");
}

#[test]
fn nobody_locks_himself_out() {
    let (running, bootstrap) = up(&["--brokers", "1", "--topic", "orders:1"]);
    let cli = at(&bootstrap);
    let add = |words: &[&str]| cli.ok(&[&["sandbox", "faults", "add"], words].concat());
    let refused = |code: i32, words: &[&str], expected: &str| {
        let said = cli.fails(code, &[&["sandbox", "faults", "add"], words].concat());
        assert!(said.contains(expected), "{words:?}: {said}");
    };
    add(&["*", "drop=before"]);
    cli.fails(5, &["--timeout", "1s", "topics", "list"]);
    cli.ok(&["sandbox", "faults", "clear"]);
    cli.ok(&["topics", "list"]);
    add(&["pause=1"]);
    add(&["resume=1"]);
    add(&["resume=1"]);
    add(&["restart=1"]);
    refused(1, &["kill=1"], "broker 1 is the last one that runs");

    add(&["produce", "client=a,b # c", "drop=before"]);
    let listed = cli.json(&["sandbox", "faults", "list"]);
    assert_eq!(
        listed["items"][0]["fault"],
        "produce client=\"a,b # c\" drop=before"
    );
    cli.ok(&[
        "sandbox",
        "faults",
        "clear",
        "produce",
        "client=a,b # c",
        "drop=before",
    ]);

    refused(
        2,
        &["produce", "drop=after", "every=5s"],
        "every= goes with split= alone",
    );
    refused(
        2,
        &["produce", "times=0", "drop=after"],
        "times=0: a rule strikes once at least",
    );
    refused(
        2,
        &["metadata", "partition=0", "drop=after"],
        "leave partition= out",
    );
    refused(1, &["produce", "broker=7", "drop=after"], "there is no broker 7");
    add(&["create-topics", "topic=zzz", "reply=POLICY_VIOLATION"]);
    let said = cli.fails(6, &["topics", "create", "zzz"]);
    assert!(said.contains("POLICY_VIOLATION"), "{said}");
    let said = cli.fails(2, &["sandbox", "faults", "clear", "kill=1"]);
    assert!(said.contains("was done at once"), "{said}");
    end(running, "TERM");
}

#[test]
fn it_is_ready_at_once() {
    // The bound is 50 ms for a release build on a machine with nothing else to do; this is neither.
    let best = (0..5).map(|_| {
        let began = Instant::now();
        let (running, _) = up(&[]);
        let took = began.elapsed();
        end(running, "TERM");
        took
    });
    let best = best.min().unwrap();
    assert!(best < Duration::from_secs(1), "{best:?}");
}
