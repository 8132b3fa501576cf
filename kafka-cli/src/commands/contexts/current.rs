use crate::app::App;
use crate::error::{CliError, Kind};

/// Runs the command.
pub fn run(app: &App) -> Result<(), CliError> {
    let files = app.files()?;
    match app.context_name(&files, &files.read()?) {
        Some(name) => app.output().data(format!("{name}\n").as_bytes()),
        None => Err(CliError::new(Kind::NotFound, "no context is in force")
            .hint("choose one with `kafkactl contexts use NAME`")),
    }
}
