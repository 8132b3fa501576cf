use clap_complete::Shell;

use crate::app::App;
use crate::error::CliError;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl completion bash > /etc/bash_completion.d/kafkactl
  kafkactl completion zsh > ~/.zfunc/_kafkactl
  kafkactl completion fish > ~/.config/fish/completions/kafkactl.fish")]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Runs the command. `whole` is the command line that is to be completed.
pub fn run(app: &App, args: &Args, whole: &mut clap::Command) -> Result<(), CliError> {
    app.output().data(&script(args.shell, whole))
}

/// The script for a shell.
fn script(shell: Shell, whole: &mut clap::Command) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, whole, "kafkactl", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    /// The scripts under `completions/` are what this binary prints. After a change of the command line, run
    /// `cargo xtask completions`.
    #[test]
    fn checked_in_scripts_are_not_stale() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../completions");
        for (shell, ending) in [
            (Shell::Bash, "bash"),
            (Shell::Zsh, "zsh"),
            (Shell::Fish, "fish"),
            (Shell::Elvish, "elv"),
            (Shell::PowerShell, "ps1"),
        ] {
            let path = folder.join(format!("kafkactl.{ending}"));
            let stored = std::fs::read(&path).unwrap_or_default();
            assert!(
                stored == script(shell, &mut Cli::command()),
                "{} is stale: run `cargo xtask completions`",
                path.display()
            );
        }
    }
}
