//! kafkactl: one binary that replaces the kafka-*.sh scripts.
//!
//! A command line goes this way: [`cli`] parses it, [`commands`] holds a file per command under the words typed,
//! [`contexts`] finds out which cluster is meant, [`output`] prints, [`error`] says what went wrong and decides the exit code.

#![expect(unreachable_pub, reason = "a binary has no interface to keep small")]

mod app;
mod class;
mod cli;
mod commands;
mod contexts;
mod error;
mod global;
mod output;
mod records;
mod signals;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::app::App;
use crate::cli::Cli;
use crate::error::{CliError, Kind};
use crate::output::Format;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let failed = error.use_stderr();
            if failed && Format::typed_is_json(std::env::args()) {
                tell(&CliError::from(error), true);
            } else {
                // Clap decides whether it is help for stdout or an error for stderr.
                let _ = error.print();
            }
            return ExitCode::from(if failed { Kind::Usage.exit_code() } else { 0 });
        }
    };
    match cli.global.color {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    start_log(cli.global.verbose);
    let json = matches!(cli.global.output, Format::Json | Format::Jsonl);
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if error.kind != Kind::ClosedPipe && !error.message.is_empty() {
                tell(&error, json);
            }
            ExitCode::from(error.kind.exit_code())
        }
    }
}

/// Says on stderr what failed.
fn tell(error: &CliError, json: bool) {
    let text = if json {
        error.to_json() + "\n"
    } else {
        error.to_text()
    };
    // Nobody is left to tell when stderr is closed.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

fn run(cli: Cli) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::new(Kind::Failed, "cannot start").caused_by(error))?;
    runtime.block_on(async {
        let app = App::new(cli.global);
        commands::run(&app, cli.command, Cli::command).await
    })
}

fn start_log(verbose: u8) {
    use tracing_subscriber::filter::LevelFilter;
    let level = match verbose {
        0 => return,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .init();
}
