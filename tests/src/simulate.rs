//! Runs the simulation for many seeds, or tells the story of one: the program behind `cargo xtask sim`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

/// Failures after which no more seeds are begun.
const FAILURES_MAX: usize = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Option<Vec<u64>> = arguments.iter().skip(1).map(|text| text.parse().ok()).collect();
    match (arguments.first().map(String::as_str), numbers.as_deref()) {
        (Some("story"), Some(&[seed])) => tell(seed),
        (Some("seeds"), Some(&[from, count])) => run(from, count),
        _ => {
            eprintln!("usage: simulate story SEED | simulate seeds FROM COUNT");
            ExitCode::FAILURE
        }
    }
}

fn tell(seed: u64) -> ExitCode {
    let outcome = tests::sim::run(seed);
    print!("{}", outcome.story(None));
    match outcome.violation {
        None => ExitCode::SUCCESS,
        Some(violation) => {
            eprintln!("{violation}");
            ExitCode::FAILURE
        }
    }
}

fn run(from: u64, count: u64) -> ExitCode {
    let tally = tests::sim::run_all(from..from.saturating_add(count), FAILURES_MAX, || false);
    for (_, report) in &tally.failures {
        println!("{report}");
    }
    println!("{}", tally.summary());
    match tally.failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
