use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of a file.
    Bytes,
    /// Records.
    Records,
}

/// How far long work has come: a bar where the end is known, a counter where it is not. Shown on stderr, and only
/// when that is a terminal.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn start(total: Option<u64>, unit: Unit, hidden: bool) -> Self {
        if hidden || !std::io::stderr().is_terminal() {
            return Self {
                bar: ProgressBar::hidden(),
            };
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8));
        let template = match (total, unit) {
            (Some(_), Unit::Bytes) => {
                "{wide_bar} {binary_bytes} of {binary_total_bytes}  {binary_bytes_per_sec}  {eta} left {msg}"
            }
            (Some(_), Unit::Records) => {
                "{wide_bar} {human_pos} of {human_len} records  {per_sec}  {eta} left {msg}"
            }
            (None, Unit::Bytes) => "{spinner} {binary_bytes}  {binary_bytes_per_sec} {msg}",
            (None, Unit::Records) => "{spinner} {human_pos} records  {per_sec} {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// Counts what is done. Cheap, but meant for batches, not for records.
    pub fn advance(&self, by: u64) {
        self.bar.inc(by);
    }

    /// Says what is done so far.
    pub fn at(&self, position: u64) {
        self.bar.set_position(position);
    }

    /// Takes the display away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
