//! `cargo xtask test`.

use std::{
    collections::BTreeSet,
    fs, io,
    process::{Command, ExitCode},
};

use clap::Args;

use crate::{Outcome, talk};

/// What to test.
#[derive(Args)]
pub(crate) struct TestArgs {
    /// What `cargo test` gets instead of `--workspace`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    cargo: Vec<String>,
}

pub(crate) fn run(args: &TestArgs) -> Outcome {
    let record = real_kafka::not_tested_record();
    match fs::remove_file(&record) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut tests = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    tests.arg("test");
    if args.cargo.is_empty() {
        tests.arg("--workspace");
    }
    let status = tests.args(&args.cargo).status()?;
    let missed = fs::read_to_string(&record).unwrap_or_default();
    for line in summary(&missed) {
        talk::say(line);
    }
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Returns the last lines of a run: each test that was missed, once, and how many there are.
fn summary(record: &str) -> Vec<String> {
    let missed: BTreeSet<_> = record.lines().collect();
    let mut lines: Vec<_> = missed.iter().map(ToString::to_string).collect();
    if !missed.is_empty() {
        lines.push(format!(
            "{} tests had no real Kafka and tested nothing",
            missed.len()
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn what_was_missed_is_told_once_and_counted() {
        assert!(summary("").is_empty());
        let lines = summary("not tested: b: no java\nnot tested: a: no java\nnot tested: b: no java\n");
        assert_eq!(lines[..2], ["not tested: a: no java", "not tested: b: no java"]);
        assert!(lines[2].starts_with("2 tests"));
    }
}
