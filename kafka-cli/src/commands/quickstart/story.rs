use std::fmt::Write as _;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use kafka_sandbox::Sandbox;

use super::tour::{Hint, Step};
use crate::error::CliError;
use crate::output::{Output, Table};

const TITLE: Style = Style::new().bold();
const COMMAND: Style = AnsiColor::Cyan.on_default().bold();

/// Tells the tour to a person, step by step.
#[derive(Debug)]
pub(super) struct Story<'a> {
    output: &'a Output,
}

impl<'a> Story<'a> {
    pub(super) fn new(output: &'a Output) -> Self {
        Self { output }
    }

    /// Says what runs.
    pub(super) fn begin(&self, sandbox: &Sandbox, started: Duration) -> Result<(), CliError> {
        let brokers = sandbox.brokers().count();
        let took = started.as_secs_f64() * 1000.0;
        let address = sandbox.broker(1).address();
        self.say(&format!(
            "A cluster of {brokers} brokers is up after {took:.1} ms, in this process, at {address}.\n"
        ))
    }

    /// Says what was done, and how to do it.
    pub(super) fn step(&self, number: usize, step: &Step) -> Result<(), CliError> {
        let Step {
            title,
            command,
            result,
            ..
        } = step;
        self.say(&format!(
            "\n{TITLE}{number}. {title}{TITLE:#}\n   {COMMAND}{command}{COMMAND:#}\n   {result}\n"
        ))
    }

    /// Shows a table.
    pub(super) fn table(&self, table: &Table) -> Result<(), CliError> {
        let mut text = "\n".to_owned();
        for line in table.to_text(true).lines() {
            let _ = writeln!(text, "   {line}");
        }
        self.say(&text)
    }

    /// Says what to type next.
    pub(super) fn end(&self, hints: &[Hint], stays: bool) -> Result<(), CliError> {
        let place = if stays { ", in another terminal" } else { "" };
        let mut text = format!("\n{TITLE}What to type next{place}{TITLE:#}\n");
        let width = hints.iter().map(|hint| hint.command.chars().count()).max();
        let width = width.unwrap_or(0);
        for Hint { command, why } in hints {
            let _ = writeln!(text, "   {COMMAND}{command:<width$}{COMMAND:#}   {why}");
        }
        if stays {
            text.push_str("\nCtrl-C ends the cluster.\n");
        }
        self.say(&text)
    }

    fn say(&self, text: &str) -> Result<(), CliError> {
        if self.output.is_for_people() {
            self.output.data(text.as_bytes())?;
        }
        Ok(())
    }
}
