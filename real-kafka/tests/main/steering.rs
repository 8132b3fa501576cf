//! What a cluster leaves behind when it goes, and what it says when it does not come up.

use std::{
    net::TcpStream,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use real_kafka::{Error, KafkaCluster};

/// Set for the process that is to be killed.
const VICTIM: &str = "REAL_KAFKA_TEST_VICTIM";

#[test]
fn dropping_a_cluster_ends_its_processes_and_removes_its_files() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder().start().unwrap();
    let (bootstrap, folder) = (cluster.bootstrap(), cluster.folder().unwrap().to_owned());
    TcpStream::connect(&bootstrap).unwrap();
    assert!(folder.is_dir());
    drop(cluster);
    assert!(TcpStream::connect(&bootstrap).is_err());
    assert!(!folder.exists());
}

#[test]
fn killing_the_process_that_started_a_cluster_ends_the_cluster() {
    real_kafka::require!(own);
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "steering::the_victim", "--ignored", "--nocapture"])
        .env(VICTIM, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = std::io::BufReader::new(victim.stdout.take().unwrap());
    let mut lines = std::io::BufRead::lines(stdout).map(Result::unwrap);
    let mut find = |key: &str| {
        // What the test runner prints on its own stands before it on the line.
        let line = lines.find(|line| line.contains(key)).unwrap();
        line.split_once(key).unwrap().1.to_owned()
    };
    let (bootstrap, folder) = (find("bootstrap="), find("folder="));
    TcpStream::connect(&bootstrap).unwrap();

    victim.kill().unwrap();
    victim.wait().unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(&bootstrap).is_ok() || std::path::Path::new(&folder).exists() {
        assert!(
            Instant::now() < deadline,
            "the cluster in {folder} outlives the process that started it"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
#[ignore = "is started by another test, which kills it"]
fn the_victim() {
    if std::env::var_os(VICTIM).is_none() {
        return;
    }
    let cluster = KafkaCluster::builder().start().unwrap();
    println!(
        "bootstrap={}\nfolder={}",
        cluster.bootstrap(),
        cluster.folder().unwrap().display()
    );
    loop {
        std::thread::park();
    }
}

#[test]
fn a_node_that_does_not_start_shows_its_log() {
    real_kafka::require!(own);
    let error = KafkaCluster::builder()
        .property("num.io.threads", "none")
        .start()
        .map(drop)
        .unwrap_err();
    assert!(matches!(error, Error::Start { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("Invalid value none for configuration num.io.threads"),
        "{error}"
    );
}

#[test]
fn a_port_in_use_is_named() {
    real_kafka::require!(own);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = KafkaCluster::builder()
        .first_port(port)
        .start()
        .map(drop)
        .unwrap_err();
    assert!(
        error.to_string().starts_with(&format!("port {port} is in use")),
        "{error}"
    );
}
