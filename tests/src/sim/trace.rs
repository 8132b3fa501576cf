//! What happened, in order: for the checkers, and for whoever reads the story of a seed.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use super::check::{Check, Violation};
use super::event::Event;
use super::executor::Clock;

/// Keeps what happened and shows it to the checkers. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Trace(Rc<Story>);

struct Story {
    clock: Clock,
    events: RefCell<Vec<(Duration, Event)>>,
    checks: RefCell<Vec<Box<dyn Check>>>,
    violation: RefCell<Option<Violation>>,
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trace({} events)", self.len())
    }
}

impl Trace {
    pub(crate) fn new(clock: Clock, checks: Vec<Box<dyn Check>>) -> Self {
        Self(Rc::new(Story {
            clock,
            events: RefCell::default(),
            checks: RefCell::new(checks),
            violation: RefCell::default(),
        }))
    }

    /// Takes note of something that happened now.
    pub(crate) fn tell(&self, event: Event) {
        let now = self.0.clock.now();
        if self.0.violation.borrow().is_none() {
            for check in self.0.checks.borrow_mut().iter_mut() {
                if let Err(what) = check.see(now, &event) {
                    self.violate(check.name(), what);
                    break;
                }
            }
        }
        self.0.events.borrow_mut().push((now, event));
    }

    /// Takes note of what the world did.
    pub(crate) fn note(&self, what: fmt::Arguments<'_>) {
        self.tell(Event::Note(what.to_string()));
    }

    /// Takes note that something is wrong; only the first counts.
    pub(crate) fn violate(&self, check: &'static str, what: String) {
        let at = self.0.clock.now();
        let violation = Violation { check, at, what };
        self.0.violation.borrow_mut().get_or_insert(violation);
    }

    /// Asks the checkers, at the end, with what is in the logs.
    pub(crate) fn finish(&self, log: &super::log::Log) {
        for check in self.0.checks.borrow_mut().iter_mut() {
            if let Err(what) = check.finish(log) {
                self.violate(check.name(), what);
            }
        }
    }

    pub(crate) fn violation(&self) -> Option<Violation> {
        self.0.violation.borrow().clone()
    }

    /// How much has happened.
    pub(crate) fn len(&self) -> usize {
        self.0.events.borrow().len()
    }

    /// The story as text, a line for each event: all of it, or its last `count` lines.
    pub(crate) fn lines(&self, count: Option<usize>) -> String {
        let events = self.0.events.borrow();
        let from = count.map_or(0, |count| events.len().saturating_sub(count));
        let lines = events.iter().skip(from);
        lines
            .map(|(at, event)| format!("{:>12.6} {event:?}\n", at.as_secs_f64()))
            .collect()
    }
}
