use std::fs;

use toml_edit::DocumentMut;

use crate::app::App;
use crate::error::{CliError, Kind};

/// Remove a context from the user's configuration file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl contexts delete staging
  kafkactl contexts delete staging --yes")]
pub struct Args {
    /// The context's name
    name: String,
}

/// Runs the command.
pub fn run(app: &App, args: &Args) -> Result<(), CliError> {
    let path = app.files()?.user;
    let missing = || {
        CliError::new(
            Kind::NotFound,
            format!("there is no context `{}` in {}", args.name, path.display()),
        )
        .hint("`kafkactl contexts list -o wide` shows which file holds which context")
    };
    let text = fs::read_to_string(&path).map_err(|error| missing().caused_by(error))?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        CliError::usage(format!("{}: {}", path.display(), error.message()))
    })?;
    let contexts = document
        .get_mut("context")
        .and_then(|item| item.as_table_like_mut());
    contexts
        .and_then(|contexts| contexts.remove(&args.name))
        .ok_or_else(missing)?;
    app.confirm(&format!("Remove context {}?", args.name))?;
    fs::write(&path, document.to_string()).map_err(|error| {
        CliError::new(Kind::Failed, format!("cannot write {}", path.display())).caused_by(error)
    })?;
    app.output().status(&format!("Removed context {}.", args.name));
    Ok(())
}
