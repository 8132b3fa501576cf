use super::{Shown, connect, rules};
use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::CliError;

/// List the rules in force
///
/// Rules that have struck as often as they were to are gone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl sandbox faults list
  kafkactl sandbox faults list -o json")]
pub struct Args {}

/// Runs the command.
pub async fn run(app: &App, _: Args) -> Result<(), CliError> {
    let session = connect(app, Class::Read).await?;
    let rules = rules(&session).await?;
    let shown = rules
        .iter()
        .map(|fault| (fault.to_string(), Ok(Shown::of(fault))));
    outcome::list(app, &session, "fault", shown)
}
