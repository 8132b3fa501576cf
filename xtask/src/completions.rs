//! `cargo xtask completions`.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use crate::{Outcome, talk};

/// Shells, and the ending of each one's script.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "bash"),
    ("elvish", "elv"),
    ("fish", "fish"),
    ("powershell", "ps1"),
    ("zsh", "zsh"),
];

/// Writes the scripts that kafkactl prints into `completions/`.
pub(crate) fn run() -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("completions");
    fs::create_dir_all(&folder)?;
    for (shell, ending) in SHELLS {
        let script = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["run", "--quiet", "--bin", "kafkactl", "--", "completion", shell])
            .current_dir(&root)
            .stderr(Stdio::inherit())
            .output()?;
        if !script.status.success() {
            return Err(format!("kafkactl completion {shell}: {}", script.status).into());
        }
        let name = format!("kafkactl.{ending}");
        fs::write(folder.join(&name), script.stdout)?;
        talk::say(format_args!("wrote completions/{name}"));
    }
    Ok(ExitCode::SUCCESS)
}
