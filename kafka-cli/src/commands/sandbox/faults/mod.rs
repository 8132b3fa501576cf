//! Faults of a running sandbox. They travel as the config `sandbox.faults` of all brokers, which any client could alter. These
//! commands have a client id whose requests no fault strikes, lest somebody could not take one back.

mod add;
mod clear;
mod list;

use std::borrow::Cow;
use std::path::Path;

use kafka_client::admin::{ConfigChange, ConfigResource, DescribeConfigsOptions};
use kafka_sandbox::fault::{CONTROL_CLIENT_ID, Fault};
use serde::Serialize;

use crate::app::{App, Session};
use crate::class::Class;
use crate::error::{CliError, Kind};
use crate::output::{Column, Item, Style, Table, or_dash};

/// Make things go wrong in a running sandbox
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Put a rule in force, or do something to the cluster
    Add(add::Args),
    /// Take rules out of force
    #[command(visible_alias = "rm")]
    Clear(clear::Args),
    /// List the rules in force
    #[command(visible_alias = "ls")]
    List(list::Args),
}

/// Runs the command.
pub async fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Add(args) => add::run(app, args).await,
        Command::Clear(args) => clear::run(app, args).await,
        Command::List(args) => list::run(app, args).await,
    }
}

/// The config that holds the rules.
const CONFIG: &str = "sandbox.faults";

/// Reads the faults of a file.
pub(super) fn read(file: &Path) -> Result<Vec<Fault>, CliError> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        CliError::new(Kind::Usage, format!("{} cannot be read", file.display())).caused_by(error)
    })?;
    Fault::parse_lines(&text).map_err(|error| CliError::usage(format!("{}, {error}", file.display())))
}

/// A fault, as it is shown.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    fault: String,
    /// Requests that pass before it strikes.
    skip: Option<u32>,
    /// How many more requests it strikes; none for all, and for what is done at once.
    times: Option<u32>,
    #[serde(skip)]
    is_command: bool,
}

impl Shown {
    fn of(fault: &Fault) -> Self {
        let rule = match fault {
            Fault::Rule(rule) => Some(rule),
            Fault::Command(_) => None,
        };
        Self {
            fault: fault.to_string(),
            skip: rule.map(|rule| rule.skip),
            times: rule.and_then(|rule| rule.times),
            is_command: rule.is_none(),
        }
    }
}

impl Item for Shown {
    const KIND: &'static str = "FaultList";

    fn name(&self) -> String {
        self.fault.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("FAULT"),
            Column::number("PASS-FIRST"),
            Column::number("TIMES-LEFT"),
        ]);
        for item in items {
            table.row(vec![item.fault.clone(), or_dash(item.skip), or_dash(item.times)]);
        }
        table
    }
}

/// The rules in force. Fails when the cluster is no sandbox: a real one would keep any config, and do nothing.
async fn rules(session: &Session) -> Result<Vec<Fault>, CliError> {
    let admin = session.client.admin();
    let options = DescribeConfigsOptions {
        keys: Some(vec![CONFIG.to_owned()]),
        ..DescribeConfigsOptions::default()
    };
    let results = admin
        .describe_configs([ConfigResource::broker_default()], options)
        .await;
    for (_, result) in results {
        let entries = result?;
        if let Some(entry) = entries.into_iter().find(|entry| entry.name == CONFIG) {
            return Fault::parse_list(&entry.value.unwrap_or_default())
                .map_err(|error| CliError::new(Kind::Failed, "the rules cannot be read").caused_by(error));
        }
    }
    Err(CliError::new(
        Kind::Refused,
        "this cluster is no sandbox: faults are for those alone",
    )
    .hint("kafkactl sandbox up starts one"))
}

/// Alters the rules in force.
async fn alter(session: &Session, change: ConfigChange) -> Result<(), CliError> {
    let admin = session.client.admin();
    let results = admin
        .alter_configs([(ConfigResource::broker_default(), vec![change])], false)
        .await;
    for (_, result) in results {
        result?;
    }
    Ok(())
}

/// Connects, as one whom no fault strikes.
async fn connect(app: &App, class: Class) -> Result<Session, CliError> {
    app.connect_as(CONTROL_CLIENT_ID, class).await
}

/// A fault from the words of a command line: each word whole, though the shell took its quotes.
fn line(words: &[String]) -> String {
    let [first, others @ ..] = words else {
        return String::new();
    };
    let others = others.iter().map(|word| match word.split_once('=') {
        Some((name, value))
            if !value.contains('"') && value.contains(|c: char| c.is_whitespace() || c == '#') =>
        {
            Cow::from(format!("{name}={}", Fault::quote(value)))
        }
        _ => Cow::from(word),
    });
    let words: Vec<Cow<'_, str>> = std::iter::once(Cow::from(first)).chain(others).collect();
    words.join(" ")
}

/// A rule for one request and no more.
#[cfg(test)]
fn rule(text: &str) -> kafka_sandbox::fault::Rule {
    text.parse().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_shell_took_out_of_quotes_stay_whole() {
        let of = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            line(&words)
        };
        assert_eq!(of(&["produce", "once", "drop=after"]), "produce once drop=after");
        assert_eq!(
            of(&["produce client=\"a b\" drop=after"]),
            "produce client=\"a b\" drop=after"
        );
        assert_eq!(
            of(&["produce", "client=a b", "drop=after"]),
            "produce client=\"a b\" drop=after"
        );
        assert_eq!(of(&["produce", "client=\"a b\""]), "produce client=\"a b\"");
        assert_eq!(of(&[]), "");
    }
}
