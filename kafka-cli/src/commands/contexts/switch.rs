use std::fs;

use crate::app::App;
use crate::error::{CliError, Kind};

/// Choose the context for the commands that follow
///
/// It is remembered until another is chosen; --context and KAFKACTL_CONTEXT win for one command.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl contexts use prod
  kafkactl -C staging topics list")]
pub struct Args {
    /// The context's name
    name: String,
}

/// Runs the command.
pub fn run(app: &App, args: &Args) -> Result<(), CliError> {
    let files = app.files()?;
    let read = files.read()?;
    if !read
        .iter()
        .any(|(_, file)| file.contexts.contains_key(&args.name))
    {
        return Err(
            CliError::new(Kind::NotFound, format!("there is no context `{}`", args.name))
                .hint("`kafkactl contexts list` shows those that there are"),
        );
    }
    let save = || {
        if let Some(folder) = files.state.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&files.state, format!("{}\n", args.name))
    };
    save().map_err(|error| {
        CliError::new(Kind::Failed, format!("cannot write {}", files.state.display())).caused_by(error)
    })?;
    app.output()
        .status(&format!("Switched to context {}.", args.name));
    Ok(())
}
