use std::time::Duration;

use super::Check;
use crate::sim::event::Event;

/// What a process finds improper itself: broken bounds, calls that fail though nothing is wrong.
#[derive(Default)]
pub(super) struct Proper;

impl Check for Proper {
    fn name(&self) -> &'static str {
        "proper"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        match event {
            Event::Improper { process, what } => Err(format!("process {process}: {what}")),
            _ => Ok(()),
        }
    }
}
