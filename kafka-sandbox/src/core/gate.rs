//! What stands between a decoded request and its handler: the log of requests, and faults.

use crate::handlers::{Gate, Incoming, Injected, Passage, Subject};
use crate::state::State;

/// Asks the rules.
#[derive(Debug)]
pub(super) struct FaultGate {}

impl Gate for FaultGate {
    fn pass(&mut self, _: &State, _: &Incoming<'_>, _: Vec<Subject>) -> Passage {
        Passage::Handle(Injected::default())
    }
}
