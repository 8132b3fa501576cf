//! The flags that every command takes, and how values of flags are read.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ColorChoice};

use crate::output::{Format, Output, Style, TimeStyle};

/// Settings that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Brokers to start from, comma-separated [default: the context's, else localhost:9092]
    #[arg(
        short, long, global = true, value_name = "HOST:PORT,…", env = "KAFKACTL_BOOTSTRAP_SERVER", hide_env = true,
        aliases = ["bootstrap-servers", "broker-list"]
    )]
    pub bootstrap_server: Option<String>,

    /// Another name of --bootstrap-server; one of its own, because a command may mean something else by it
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "HOST:PORT,…",
        conflicts_with = "bootstrap_server"
    )]
    pub brokers: Option<String>,

    /// A context of the configuration file to take the cluster from
    #[arg(short = 'C', long, global = true, value_name = "NAME", env = "KAFKACTL_CONTEXT", hide_env = true, aliases = ["profile", "cluster"])]
    pub context: Option<String>,

    /// A Java client.properties file with connection and security settings
    #[arg(
        short = 'F',
        long,
        global = true,
        value_name = "FILE",
        env = "KAFKACTL_COMMAND_CONFIG",
        hide_env = true
    )]
    pub command_config: Option<PathBuf>,

    /// A client setting by its Java name, before all files (repeatable)
    #[arg(short = 'X', long = "property", global = true, value_name = "KEY=VALUE", value_parser = key_value)]
    pub properties: Vec<(String, String)>,

    /// kafkactl's own configuration file [default: config.toml in kafkactl's configuration folder]
    #[arg(
        long = "config-file",
        global = true,
        value_name = "FILE",
        env = "KAFKACTL_CONFIG",
        hide_env = true
    )]
    pub config_file: Option<PathBuf>,

    /// The format of data on stdout
    #[arg(short, long, global = true, value_enum, default_value_t = Format::Table, env = "KAFKACTL_OUTPUT", hide_env = true, hide_possible_values = true, value_name = "table|wide|json|jsonl|yaml|csv|tsv|name")]
    pub output: Format,

    /// Columns to show, in this order
    #[arg(long, global = true, value_name = "A,B", value_delimiter = ',')]
    pub columns: Vec<String>,

    /// A column to sort by; COLUMN:desc turns the order around
    #[arg(long, global = true, value_name = "COLUMN")]
    pub sort_by: Option<String>,

    /// Leave out the headers of tables
    #[arg(long, global = true)]
    pub no_headers: bool,

    /// Show at most so many items
    #[arg(long, global = true, value_name = "N")]
    pub limit: Option<usize>,

    /// Leave out messages about what was done
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Log what the client does to stderr; twice for more, three times for all
    #[arg(long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "auto|always|never", hide_possible_values = true)]
    pub color: ColorChoice,

    /// Never show progress
    #[arg(long, global = true)]
    pub no_progress: bool,

    /// How times are written
    #[arg(long, global = true, value_enum, default_value_t = TimeStyle::Rfc3339, value_name = "rfc3339|local|epoch-ms", hide_possible_values = true)]
    pub time_format: TimeStyle,

    /// Do not ask before destructive work
    #[arg(short, long, global = true)]
    pub yes: bool,

    /// Refuse every command that would change something
    #[arg(long, global = true, env = "KAFKACTL_READ_ONLY", hide_env = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub read_only: bool,

    /// How long an operation may take in all, e.g. 30s
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration)]
    pub timeout: Option<Duration>,

    /// The name under which brokers log this client
    #[arg(
        long,
        global = true,
        value_name = "ID",
        env = "KAFKACTL_CLIENT_ID",
        hide_env = true
    )]
    pub client_id: Option<String>,
}

impl GlobalArgs {
    /// How this run prints.
    pub fn output(&self) -> Output {
        let sort_by = self.sort_by.as_ref().map(|text| match text.rsplit_once(':') {
            Some((column, "desc")) => (column.to_owned(), true),
            Some((column, "asc")) => (column.to_owned(), false),
            _ => (text.clone(), false),
        });
        Output {
            format: self.output,
            columns: self.columns.clone(),
            sort_by,
            no_headers: self.no_headers,
            limit: self.limit,
            quiet: self.quiet,
            no_progress: self.no_progress,
            style: Style {
                time: self.time_format,
            },
        }
    }
}

/// Reads `key=value`.
pub fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

/// Reads a duration such as `500ms`, `30s`, `1h30m`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let signed: jiff::SignedDuration = text
        .parse()
        .map_err(|_| "expected a duration such as 500ms, 30s or 1h30m".to_owned())?;
    Duration::try_from(signed).map_err(|_| "a duration cannot be negative here".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert!(duration("-1s").is_err());
        assert!(duration("5").is_err());
    }
}
