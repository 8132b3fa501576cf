//! `cargo xtask sim`.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use clap::Args;

use crate::Outcome;

/// Which seeds to run.
#[derive(Args)]
pub(crate) struct SimArgs {
    /// How many seeds to run
    #[arg(long, default_value_t = 1000, conflicts_with = "seed")]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 0, conflicts_with = "seed")]
    from: u64,
    /// Run this seed alone and print all that happens
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) fn run(args: &SimArgs) -> Outcome {
    let mut simulate = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    simulate
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["run", "--quiet", "--profile", "simulate", "--package", "tests"])
        .args(["--features", "simulate", "--bin", "simulate", "--"]);
    match args.seed {
        Some(seed) => simulate.args(["story", &seed.to_string()]),
        None => simulate.args(["seeds", &args.from.to_string(), &args.seeds.to_string()]),
    };
    Ok(match simulate.status()?.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
