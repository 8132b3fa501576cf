//! The command line. Global flags are in `global.rs`, each command's own in its file under `commands/`.

use clap::Parser;
use clap::builder::styling::{AnsiColor, Styles};

use crate::commands::Command;
use crate::global::GlobalArgs;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// The command line for Apache Kafka
///
/// Topics, records and groups, in milliseconds and without a JVM.
#[derive(Debug, Parser)]
#[command(
    name = "kafkactl",
    version,
    styles = STYLES,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  kafkactl topics create orders -p 6 -r 3
  seq 1 1000000 | kafkactl produce orders
  kafkactl consume orders --from-beginning -n 10
  kafkactl consume orders --group billing
  kafkactl groups describe billing

Each command explains itself: `kafkactl topics create --help`.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 denied, 5 unreachable, 6 refused, 7 check not satisfied."
)]
pub struct Cli {
    /// Settings that every command takes.
    #[command(flatten)]
    pub global: GlobalArgs,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
