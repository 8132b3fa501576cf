//! `cargo xtask kafka` as somebody types it.

#![allow(clippy::unwrap_used, reason = "a panic is how a test's helper fails, too")]

use std::{
    net::{TcpListener, TcpStream},
    process::{Command, Output},
};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Ends the cluster even if the test fails half-way.
struct Down(String);

impl Drop for Down {
    fn drop(&mut self) {
        xtask(&["kafka", "down", "--name", &self.0]);
    }
}

#[test]
fn a_cluster_in_the_background_comes_answers_and_goes() {
    real_kafka::require!(own);
    let name = format!("test-{}", std::process::id());
    let _down = Down(name.clone());
    let up = ["kafka", "up", "--detach", "--port", "0", "--name", &name];

    let started = xtask(&up);
    assert!(started.status.success(), "{started:?}");
    let line = stdout(&started);
    let address = line.strip_suffix('\n').unwrap();
    TcpStream::connect(address).unwrap();
    let advice = stderr(&started);
    assert!(
        advice.contains("topics create orders") && advice.contains(&format!("down --name {name}")),
        "{advice}"
    );

    let twice = xtask(&up);
    assert_eq!(twice.status.code(), Some(1));
    assert!(
        stderr(&twice).contains(&format!("running already at {address}")),
        "{twice:?}"
    );
    let status = xtask(&["kafka", "status", "--name", &name]);
    assert_eq!(
        (status.status.code(), stdout(&status)),
        (Some(0), format!("{address}\n"))
    );

    let topics = xtask(&[
        "kafka",
        "tool",
        "kafka-topics",
        "--bootstrap-server",
        address,
        "--create",
        "--topic",
        "seen",
    ]);
    assert_eq!(
        (topics.status.code(), stdout(&topics).as_str()),
        (Some(0), "Created topic seen.\n"),
        "{topics:?}"
    );
    let usage = xtask(&["kafka", "tool", "kafka-topics", "--bootstrap-server", address]);
    assert_eq!(usage.status.code(), Some(1), "{usage:?}");

    let down = xtask(&["kafka", "down", "--name", &name]);
    assert!(down.status.success(), "{down:?}");
    assert!(TcpStream::connect(address).is_err());
    let gone = xtask(&["kafka", "status", "--name", &name]);
    assert_eq!((gone.status.code(), stdout(&gone).as_str()), (Some(1), ""));
    assert!(xtask(&["kafka", "down", "--name", &name]).status.success());
}

#[test]
fn a_cluster_that_does_not_start_says_why() {
    real_kafka::require!(own);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port_option = format!("--port={}", taken.local_addr().unwrap().port());
    let failed = xtask(&["kafka", "up", "--detach", "--name", "taken", &port_option]);
    assert_eq!((failed.status.code(), stdout(&failed).as_str()), (Some(1), ""));
    assert!(stderr(&failed).contains("is in use"), "{failed:?}");
    let unknown = xtask(&["kafka", "up", "--version", "1.0.0", &port_option]);
    assert!(stderr(&unknown).contains("4.4.0, 4.3.1"), "{unknown:?}");
}
