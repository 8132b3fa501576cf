//! What can go wrong while a real Kafka is brought up or steered.

use std::{fmt, io, path::PathBuf};

/// Why a real Kafka could not be had, started, steered or asked.
///
/// `Debug` prints the same text as `Display`, so that `unwrap` in a test shows a broker's log with its lines intact.
pub enum Error {
    /// The builder was given something it cannot honour.
    Config(String),
    /// The cluster was started by somebody else (`KAFKACTL_TEST_BOOTSTRAP`): its nodes, files and logs are out of reach.
    External {
        /// What was asked for.
        what: &'static str,
    },
    /// A program that was run to its end failed.
    Failed {
        /// What it was run for.
        what: String,
        /// The end of what it printed.
        output: String,
    },
    /// A file, process or socket operation failed.
    Io {
        /// What was being done, with the path or address.
        what: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// A program this crate runs is missing or too old.
    Missing {
        /// The program and what is wrong with it.
        what: String,
        /// What to install.
        remedy: &'static str,
    },
    /// No node has this number.
    NoSuchNode(i32),
    /// A process of the cluster ended, or was not ready in time.
    Start {
        /// The node or process, such as `node 2`.
        node: String,
        /// What was seen.
        why: String,
        /// The end of its log.
        log: String,
        /// Where the whole log is while the cluster lives.
        path: PathBuf,
    },
    /// Something took longer than its limit.
    Timeout(String),
}

impl Error {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        |source| Self::Io { what, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(what) => write!(f, "{what}"),
            Self::External { what } => {
                write!(
                    f,
                    "{what} needs a cluster of our own, but KAFKACTL_TEST_BOOTSTRAP names a foreign one"
                )
            }
            Self::Failed { what, output } => write!(f, "{what} failed:\n{output}"),
            Self::Io { what, source } => write!(f, "{what}: {source}"),
            Self::Missing { what, remedy } => write!(f, "{what}: {remedy}"),
            Self::NoSuchNode(node) => write!(f, "the cluster has no node {node}"),
            Self::Start { node, why, log, path } => {
                write!(f, "{node}: {why}; the end of {}:\n{log}", path.display())
            }
            Self::Timeout(what) => write!(f, "{what}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
