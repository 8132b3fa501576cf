use std::path::PathBuf;
use std::sync::Arc;

use crate::error::Class;

/// A configuration that cannot be used. Never shows the value of a secret.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Two settings that exclude each other.
    #[error("`{key}` contradicts `{other}`: {reason}")]
    Contradiction {
        /// The setting to look at first.
        key: &'static str,
        /// The one it does not go with.
        other: &'static str,
        /// Why, and what to change.
        reason: String,
    },
    /// A file that cannot be read.
    #[error("cannot read {} for `{key}`", path.display())]
    File {
        /// The setting that names the file.
        key: String,
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: Arc<std::io::Error>,
    },
    /// A setting that another one needs.
    #[error("`{key}` is missing: {reason}")]
    Missing {
        /// The setting to add.
        key: &'static str,
        /// What needs it.
        reason: String,
    },
    /// A line that is not in the format of a `.properties` file.
    #[error("line {line}: {reason}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A key that does not exist.
    #[error("unknown setting `{key}`{}", nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    Unknown {
        /// The key as it was given.
        key: String,
        /// The setting whose name is nearest, if one is near.
        nearest: Option<&'static str>,
    },
    /// A value that means something to the Java client, but cannot be served here.
    #[error("`{key}`: {reason}")]
    Unsupported {
        /// The setting.
        key: String,
        /// What is not supported, and what to do instead.
        reason: String,
    },
    /// A value of the wrong type or out of bounds.
    #[error("`{key}` is `{value}`, expected {expected}")]
    Value {
        /// The setting.
        key: String,
        /// The value; `***` for a secret.
        value: String,
        /// What is allowed.
        expected: String,
    },
}

impl ConfigError {
    /// What can be done about it: always [`Class::Usage`].
    pub fn class(&self) -> Class {
        Class::Usage
    }
}
