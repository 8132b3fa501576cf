//! The table of settings: one row for each, behind both the Java names and the documentation.

mod connection;
mod consumer;
mod foreign;
mod producer;
mod security;

use std::time::Duration;

pub use foreign::{FOREIGN, UNSUPPORTED};
pub(super) use foreign::{foreign, unsupported};

use super::Secret;
use super::draft::Draft;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Its Java property name, or a name in the same style where Java has no such setting.
    pub name: &'static str,
    /// Other names for it: those of librdkafka where they mean the same.
    pub aliases: &'static [&'static str],
    /// Whom it concerns.
    pub clients: Clients,
    /// The default as it would be written; empty when there is none.
    pub default: &'static str,
    /// What it does, with its consequences.
    pub doc: &'static str,
    pub(super) kind: Kind,
}

/// Whom a setting concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clients {
    /// Every client.
    All,
    /// Consumers.
    Consumer,
    /// Producers.
    Producer,
}

/// The type of a setting with its bounds, and the place of its value.
#[derive(Debug)]
pub(super) enum Kind {
    /// `true` or `false`.
    Bool(fn(&mut Draft) -> &mut bool),
    /// One of these words; what it means is said by the function. Case does not count.
    Choice(
        &'static [&'static str],
        fn(&mut Draft, &str),
        fn(&Draft) -> String,
    ),
    /// A whole number of 32 bits between these bounds.
    Int(i32, i32, fn(&mut Draft) -> &mut i32),
    /// Words parted by commas.
    List(fn(&mut Draft) -> &mut Vec<String>),
    /// Milliseconds between these bounds.
    Millis(i64, i64, fn(&mut Draft) -> &mut Duration),
    /// Milliseconds between 0 and this bound; a negative number means never.
    MillisOrNever(i64, fn(&mut Draft) -> &mut Duration),
    /// What none of the others describes: what is expected, how it is read, how it is shown.
    Other(
        &'static str,
        fn(&mut Draft, &str) -> Result<(), String>,
        fn(&Draft) -> String,
    ),
    /// A number of bytes or records between these bounds.
    Size(u64, u64, fn(&mut Draft) -> &mut usize),
    /// Text, kept as it is but for the blanks around it.
    Text(fn(&mut Draft) -> &mut Option<String>),
    /// Text that nobody should see, kept as it is.
    Secret(fn(&mut Draft) -> &mut Option<Secret>),
}

/// Every setting, ordered by what it concerns.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    [connection::ROWS, security::ROWS, producer::ROWS, consumer::ROWS]
        .into_iter()
        .flatten()
}

/// Returns the setting of this name or alias.
pub fn setting(name: &str) -> Option<&'static Setting> {
    settings().find(|setting| setting.name == name || setting.aliases.contains(&name))
}

impl Setting {
    const fn new(
        clients: Clients,
        name: &'static str,
        default: &'static str,
        kind: Kind,
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            clients,
            default,
            doc,
            kind,
        }
    }

    const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// Whether its value must not be seen.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret(_))
    }

    /// The type and the bounds in words, e.g. `a whole number from 1 to 5`.
    pub fn expected(&self) -> String {
        match &self.kind {
            Kind::Bool(_) => "`true` or `false`".to_owned(),
            Kind::Choice(words, ..) => super::parse::one_of(words),
            Kind::Int(least, most, _) => format!("a whole number{}", between(*least, *most, i32::MAX)),
            Kind::List(_) => "words parted by commas".to_owned(),
            Kind::Millis(least, most, _) => {
                format!(
                    "a whole number of milliseconds{}",
                    between(*least, *most, i64::MAX)
                )
            }
            Kind::MillisOrNever(..) => "a whole number of milliseconds, or -1 for never".to_owned(),
            Kind::Other(expected, ..) => (*expected).to_owned(),
            Kind::Size(least, most, _) => format!("a whole number{}", between(*least, *most, u64::MAX)),
            Kind::Text(_) | Kind::Secret(_) => "text".to_owned(),
        }
    }
}

fn between<N: PartialEq + std::fmt::Display>(least: N, most: N, unbounded: N) -> String {
    if most == unbounded {
        format!(" of at least {least}")
    } else {
        format!(" from {least} to {most}")
    }
}
