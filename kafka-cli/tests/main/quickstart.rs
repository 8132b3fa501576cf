//! `kafkactl quickstart`: what it says is so, and what it tells to type works.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Kafkactl, kafkactl};

#[test]
fn the_tour_needs_nothing() {
    let ended = kafkactl().run(&["quickstart"]);
    assert_eq!(ended.err, "");
    let told = ended.ok();
    for expected in [
        "A cluster of 3 brokers is up after ",
        "1. Create a topic\n   kafkactl topics create orders -p 3 -r 3\n",
        "| kafkactl produce orders --key-separator :\n",
        "   kafkactl consume orders --group billing --from-beginning -n 600\n",
        "This one read 600 records",
        "   kafkactl groups describe billing\n   400 records are left.",
        "   TOPIC   PARTITION  COMMITTED  END  LAG\n   orders          0        200  ",
        "What to type next\n   kafkactl quickstart --stay ",
    ] {
        assert!(told.contains(expected), "{expected:?} is not in\n{told}");
    }
    assert!(told.lines().all(|line| line.chars().count() <= 120), "{told}");
}

#[test]
fn the_tour_as_data() {
    let tour = kafkactl().json(&["quickstart"]);
    assert_eq!(tour["kind"], "Quickstart");
    let tour = &tour["items"][0];
    assert_eq!(tour["brokers"], 3);
    assert_eq!(tour["steps"].as_array().unwrap().len(), 4);
    assert_eq!(tour["totalLag"], 400);
    let lags = tour["lag"].as_array().unwrap();
    assert_eq!(lags.len(), 3);
    for lag in lags {
        assert_eq!(lag["committedOffset"], 200);
        assert_eq!(
            lag["lag"].as_i64().unwrap(),
            lag["endOffset"].as_i64().unwrap() - 200
        );
    }
}

/// Types every command that the tour tells to type, while its cluster stays.
fn follow(cli: &Kafkactl, variables: &[(&str, &str)]) {
    let running = cli.start(&["quickstart", "--stay", "-o", "json"]);
    let text = running.wait_out(|text| serde_json::from_str::<Value>(text).is_ok());
    let tour: Value = serde_json::from_str(&text).unwrap();
    let tour = &tour["items"][0];
    let typed = |command: &str| {
        let folder = Path::new(env!("CARGO_BIN_EXE_kafkactl")).parent().unwrap();
        let rest = std::env::var("PATH").unwrap();
        let mut shell = Command::new("sh");
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KAFKACTL_")) {
            shell.env_remove(name);
        }
        let output = shell
            .args(["-c", command])
            .env("PATH", format!("{}:{rest}", folder.display()))
            .env("HOME", "/nonexistent")
            .env_remove("XDG_CONFIG_HOME")
            .current_dir("/")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        assert!(output.status.success(), "{command}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let commands = |list: &str| -> Vec<String> {
        let steps = tour[list].as_array().unwrap().iter();
        steps
            .map(|step| step["command"].as_str().unwrap().to_owned())
            .collect()
    };
    let next = commands("next");
    assert_eq!(next.len(), 6, "{next:?}");
    let said: Vec<_> = next.iter().map(|command| typed(command)).collect();
    assert_eq!(said[0].lines().count(), 400, "the rest is read");
    assert!(said[1].contains("Lag:      0\n"), "{}", said[1]);
    assert_eq!(said[2].lines().count(), 6, "two records of each partition");
    assert!(said[4].contains("OFFLINE"), "{}", said[4]);
    // And those of the tour itself, but that the topic is there.
    for command in commands("steps").iter().skip(1) {
        typed(&command.replace("--group billing", "--group another"));
    }
    running.signal("INT");
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn what_it_tells_to_type_works() {
    follow(&kafkactl(), &[]);
    // Also where commands look for another cluster than that of the tour.
    let elsewhere = ("KAFKACTL_BOOTSTRAP_SERVER", "elsewhere:1");
    let cli = kafkactl().variable(elsewhere.0, elsewhere.1);
    follow(&cli, &[elsewhere]);
}
