//! The checkers: each is shown what happens, and at the end what is in the logs.

mod audience;
mod commit;
mod durable;
mod fate;
mod haste;
mod isolation;
mod order;
mod owner;
mod proper;
mod reading;
mod unique;

use std::fmt;
use std::time::Duration;

use super::event::Event;
use super::log::Log;
use super::scenario::Scenario;

pub(crate) use audience::Audiences;

/// Something that must always hold.
pub(crate) trait Check {
    /// What it is called in reports.
    fn name(&self) -> &'static str;

    /// Looks at something that happened.
    ///
    /// # Errors
    ///
    /// It must not happen.
    fn see(&mut self, now: Duration, event: &Event) -> Result<(), String>;

    /// Looks at what is in the logs at the end.
    ///
    /// # Errors
    ///
    /// Something is there that must not be, or is missing.
    fn finish(&mut self, _log: &Log) -> Result<(), String> {
        Ok(())
    }
}

/// What a checker found.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The checker.
    pub check: &'static str,
    /// When, since the beginning of the simulation.
    pub at: Duration,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:.6}: {}", self.check, self.at.as_secs_f64(), self.what)
    }
}

/// All of them.
pub(crate) fn all(scenario: &Scenario, audiences: Audiences) -> Vec<Box<dyn Check>> {
    vec![
        Box::new(haste::Haste::new(scenario.connection.retry_backoff)),
        Box::new(audiences),
        Box::<owner::Owner>::default(),
        Box::<isolation::Isolation>::default(),
        Box::new(reading::Reading::new(scenario)),
        Box::<commit::Commit>::default(),
        Box::<proper::Proper>::default(),
        Box::<unique::Unique>::default(),
        Box::<order::Order>::default(),
        // A record that is there against all that was said takes the number of the next, which then is missing.
        Box::<fate::FateKept>::default(),
        Box::<durable::Durable>::default(),
    ]
}
