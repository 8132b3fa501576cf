//! The only place that prints: data to stdout, everything else to stderr.

use std::{
    fmt,
    io::{self, Write},
};

/// Prints a line of data. A reader that has gone is no error.
pub(crate) fn data(line: impl fmt::Display) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Prints a line for the person at the terminal.
pub(crate) fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Passes bytes on to the person at the terminal.
pub(crate) fn pass_on(bytes: &[u8]) {
    let _ = io::stderr().lock().write_all(bytes);
}
