//! The only place that prints. Data goes to stdout; everything else goes to stderr.

mod format;
mod progress;
mod style;
mod table;

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

pub use format::{Format, ItemError, Listing};
pub use progress::{Progress, Unit};
pub use style::{Style, TimeStyle, or_dash};
pub use table::{Column, Section, Table};

use crate::error::CliError;

/// Something a command lists or describes.
pub trait Item: Serialize {
    /// The kind of a list of these in the JSON envelope, e.g. `TopicList`.
    const KIND: &'static str;

    /// What `-o name` prints.
    fn name(&self) -> String;

    /// The items as one table, a row each: what tables, CSV and TSV show.
    fn table(items: &[Self], style: &Style) -> Table
    where
        Self: Sized;

    /// What a person reads when the format is `table` or `wide`: the table alone, unless the kind says more.
    fn sections(items: &[Self], style: &Style) -> Vec<Section>
    where
        Self: Sized,
    {
        vec![Section {
            title: None,
            facts: Vec::new(),
            table: Some(Self::table(items, style)),
        }]
    }
}

/// How this run prints: the settings of the global flags.
#[derive(Debug, Clone)]
pub struct Output {
    /// The format of data.
    pub format: Format,
    /// Columns to show, in this order; empty for all.
    pub columns: Vec<String>,
    /// A column to sort by, and whether descending.
    pub sort_by: Option<(String, bool)>,
    /// Whether tables, CSV and TSV go without their header.
    pub no_headers: bool,
    /// At most so many items.
    pub limit: Option<usize>,
    /// Whether status messages are left out.
    pub quiet: bool,
    /// Whether progress is never shown.
    pub no_progress: bool,
    /// How values are written.
    pub style: Style,
}

impl Output {
    /// Whether data is printed for a person to read, not for a program.
    pub fn is_for_people(&self) -> bool {
        matches!(self.format, Format::Table | Format::Wide)
    }

    /// Prints a list of items in the chosen format.
    pub fn print<T: Item>(&self, listing: &Listing<T>) -> Result<(), CliError> {
        let text = format::render(self, listing)?;
        self.data(text.as_bytes())
    }

    /// Writes data to stdout as it is.
    pub fn data(&self, bytes: &[u8]) -> Result<(), CliError> {
        let mut out = anstream::stdout().lock();
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(CliError::from)
    }

    /// Says on stderr what was done, unless `--quiet`.
    pub fn status(&self, message: &str) {
        if !self.quiet {
            self.talk(message);
        }
    }

    /// Says on stderr what the user should know.
    pub fn warn(&self, message: &str) {
        let yellow = anstyle::AnsiColor::Yellow.on_default();
        self.talk(&format!("{yellow}warning:{yellow:#} {message}"));
    }

    fn talk(&self, message: &str) {
        // Nobody is left to tell when stderr is closed.
        let _ = writeln!(anstream::stderr().lock(), "{message}");
    }

    /// A progress display: shown on a terminal, silent otherwise.
    pub fn progress(&self, total: Option<u64>, unit: Unit) -> Progress {
        Progress::start(total, unit, self.no_progress || self.quiet)
    }

    /// A display of progress that is never shown.
    pub fn no_progress(&self) -> Progress {
        Progress::start(None, Unit::Records, true)
    }

    /// Asks on the terminal; without one, or without an answer, the answer is no.
    pub fn ask(&self, question: &str) -> bool {
        let answer = self.read_answer(&format!("{question} [y/N]"));
        matches!(answer.as_deref(), Some("y" | "Y" | "yes"))
    }

    /// Asks on the terminal for a text; none without a terminal.
    pub fn read_answer(&self, question: &str) -> Option<String> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        write!(anstream::stderr().lock(), "{question} ").ok()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).ok()?;
        Some(answer.trim().to_owned())
    }
}
