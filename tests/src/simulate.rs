//! Runs the simulation for many seeds, or tells the story of one: the program behind `cargo xtask sim`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::process::ExitCode;

use tests::sim::{Mutant, run_with};

/// Failures after which no more seeds are begun.
const FAILURES_MAX: usize = 10;

/// Seeds that give a mistake away to one checker, after which no more are looked for.
const ENOUGH: usize = 2;

/// The deliberate mistakes; `story` names them by their place.
const MUTANTS: [Mutant; 13] = [
    Mutant::AckUnanswered,
    Mutant::CommitBeforeHandOut,
    Mutant::DeliverAborted,
    Mutant::DeliverRevoked,
    Mutant::ForgetFlush,
    Mutant::KeepMemory,
    Mutant::KeepOnSeek,
    Mutant::PipelineBeforeAck,
    Mutant::RenumberOnRetry,
    Mutant::RetryAtOnce,
    Mutant::TrustDamaged,
    Mutant::TrustStaleCommit,
    Mutant::UnwrittenOnTimeout,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Option<Vec<u64>> = arguments.iter().skip(1).map(|text| text.parse().ok()).collect();
    match (arguments.first().map(String::as_str), numbers.as_deref()) {
        (Some("story"), Some(&[seed])) => tell(seed, None),
        (Some("story"), Some(&[seed, mutant])) => tell(
            seed,
            usize::try_from(mutant)
                .ok()
                .and_then(|at| MUTANTS.get(at))
                .copied(),
        ),
        (Some("seeds"), Some(&[from, count])) => run(from, count),
        (Some("mutants"), Some(&[count])) => mutants(count),
        _ => {
            eprintln!(
                "usage: simulate story SEED [MUTANT] | simulate seeds FROM COUNT | simulate mutants COUNT"
            );
            ExitCode::FAILURE
        }
    }
}

fn tell(seed: u64, mutant: Option<Mutant>) -> ExitCode {
    // `RUST_LOG` says what client and cluster tell of themselves.
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let outcome = run_with(seed, mutant);
    print!("{}", outcome.story(None));
    match outcome.violation {
        None => ExitCode::SUCCESS,
        Some(violation) => {
            eprintln!("{violation}");
            ExitCode::FAILURE
        }
    }
}

/// Says which seeds give each deliberate mistake away, and to whom.
fn mutants(count: u64) -> ExitCode {
    for mutant in MUTANTS {
        let mut found: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for seed in 0..count {
            if let Some(violation) = run_with(seed, Some(mutant)).violation {
                found.entry(violation.check).or_default().push(seed);
            }
            if found.values().any(|seeds| seeds.len() >= ENOUGH) {
                break;
            }
        }
        println!("{mutant:?}: {found:?}");
    }
    ExitCode::SUCCESS
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
