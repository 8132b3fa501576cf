//! Errors as the user meets them: one file for their kinds, exit codes, hints and how they are said.

use std::error::Error;
use std::fmt;
use std::io;

use serde_json::json;

/// What kind of failure it was; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The operation failed, or failed for at least one item.
    Failed,
    /// The command line or a configuration file is wrong.
    Usage,
    /// A named thing does not exist.
    NotFound,
    /// Authentication failed, or rights are missing.
    Denied,
    /// No connection, or no answer in time.
    Unreachable,
    /// The state of things forbids it: it exists already, is not empty, the answer was no.
    Refused,
    /// A check or a wait was not satisfied.
    Unsatisfied,
    /// Stopped by Ctrl-C.
    Interrupted,
    /// Stopped by SIGTERM.
    Terminated,
    /// Nobody reads stdout any more: the end, but not a failure.
    ClosedPipe,
}

impl Kind {
    /// The exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Denied => 4,
            Self::Unreachable => 5,
            Self::Refused => 6,
            Self::Unsatisfied => 7,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClosedPipe => "closedPipe",
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "notFound",
            Self::Denied => "denied",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Unsatisfied => "unsatisfied",
            Self::Interrupted => "interrupted",
            Self::Terminated => "terminated",
        }
    }
}

/// A failure of a command.
#[derive(Debug)]
pub struct CliError {
    /// Decides the exit code.
    pub kind: Kind,
    /// What failed.
    pub message: String,
    /// What caused it.
    pub source: Option<Box<dyn Error + Send + Sync>>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl CliError {
    /// A failure of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            hints: Vec::new(),
        }
    }

    /// A wrong command line or configuration file.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Adds what caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The text for a person: what failed, each cause on a line, then the hints.
    pub fn to_text(&self) -> String {
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let cyan = anstyle::AnsiColor::Cyan.on_default();
        let mut text = format!("{red}error:{red:#} {}\n", self.message);
        for cause in self.causes() {
            text.push_str(&format!("  caused by: {cause}\n"));
        }
        if !self.hints.is_empty() {
            text.push('\n');
        }
        for hint in &self.hints {
            text.push_str(&format!("{cyan}hint:{cyan:#} {hint}\n"));
        }
        text
    }

    /// One JSON object, for `-o json` and its kin.
    pub fn to_json(&self) -> String {
        let error = json!({
            "kind": self.kind.name(),
            "exitCode": self.kind.exit_code(),
            "message": self.message,
            "causes": self.causes(),
            "hints": self.hints,
        });
        json!({ "apiVersion": "kafkactl/v1", "kind": "Error", "error": error }).to_string()
    }

    /// The causes, outermost first; a cause that only repeats the one above it is left out.
    fn causes(&self) -> Vec<String> {
        let mut causes: Vec<String> = Vec::new();
        let mut next: Option<&dyn Error> = self.source.as_deref().map(|source| source as &dyn Error);
        while let Some(cause) = next {
            let text = cause.to_string();
            let above = causes.last().unwrap_or(&self.message);
            if !above.ends_with(&text) {
                causes.push(text);
            }
            next = cause.source();
        }
        causes
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        let kind = if error.kind() == io::ErrorKind::BrokenPipe {
            Kind::ClosedPipe
        } else {
            Kind::Failed
        };
        Self::new(kind, "cannot read or write").caused_by(error)
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Kind::Failed, "cannot write JSON").caused_by(error)
    }
}

impl From<serde_saphyr::ser::Error> for CliError {
    fn from(error: serde_saphyr::ser::Error) -> Self {
        Self::new(Kind::Failed, "cannot write YAML").caused_by(error)
    }
}
