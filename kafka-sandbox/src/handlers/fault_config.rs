//! The config `sandbox.faults`, by which faults come over the wire.

use protocol::ErrorCode;

use super::Call;
use super::alteration::{Alteration, Operation};
use super::refusal::Refusal;
use crate::fault::{Fault, Rule};
use crate::state::State;

/// The config of all brokers that holds the rules in force: any client that can alter configs can add faults.
///
/// It is a list of rules, one element each, parted by commas. Setting it replaces them, appending adds to them, subtracting takes
/// those away that are alike in all but their counts. An element that is a command, such as `kill=2`, is carried out and not
/// kept; what silences the broker that is asked is done behind its answer.
pub(super) const FAULTS: &str = "sandbox.faults";

/// What becomes of the rules in force.
#[derive(Debug, Default)]
pub(super) struct FaultPlan {
    clear: bool,
    remove: Vec<Rule>,
    add: Vec<Fault>,
}

impl FaultPlan {
    /// What altering the config comes to.
    ///
    /// # Errors
    ///
    /// When there is a fault that is none, or a rule that could never strike; nothing is then altered.
    pub(super) fn new(state: &State, resource: &str, one: &Alteration) -> Result<Self, Refusal> {
        let refused = |why: String| Refusal::new(ErrorCode::INVALID_CONFIG, format!("{FAULTS}: {why}"));
        if !resource.is_empty() {
            let text = format!("{FAULTS} is of all brokers: leave the broker's name empty");
            return Err(Refusal::new(ErrorCode::INVALID_REQUEST, text));
        }
        let faults = Fault::parse_list(one.value.as_deref().unwrap_or_default());
        let faults = faults.map_err(|error| refused(error.to_string()))?;
        let removed = |fault: Fault| match fault {
            Fault::Rule(rule) => Ok(rule),
            Fault::Command(command) => Err(refused(format!(
                "{command} is done at once and not kept: only rules are subtracted"
            ))),
        };
        let mut plan = Self::default();
        match one.operation {
            Operation::Delete => plan.clear = true,
            Operation::Subtract => plan.remove = faults.into_iter().map(removed).collect::<Result<_, _>>()?,
            operation @ (Operation::Set | Operation::Append) => {
                for fault in &faults {
                    if let Fault::Rule(rule) = fault {
                        let checked = state.check_rule(rule);
                        checked.map_err(|error| refused(format!("{rule}: {error}")))?;
                    }
                }
                plan.clear = operation == Operation::Set;
                plan.add = faults;
            }
        }
        Ok(plan)
    }

    /// Does it.
    ///
    /// # Errors
    ///
    /// When a command does not fit the cluster as it is; what was before it in the list is done.
    pub(super) fn carry_out(self, call: &mut Call<'_>) -> Result<(), Refusal> {
        let rules = &mut call.state.rules;
        if self.clear {
            rules.clear();
        }
        for rule in &self.remove {
            rules.remove_alike(rule);
        }
        for fault in self.add {
            let text = fault.to_string();
            let taken = call.state.take_fault(call.now, fault, Some(call.broker));
            taken.map_err(|error| Refusal::new(ErrorCode::INVALID_REQUEST, format!("{text}: {error}")))?;
        }
        Ok(())
    }
}

/// The rules in force, as the value of [`FAULTS`].
pub(super) fn faults(state: &State) -> String {
    let rules: Vec<Fault> = state
        .rules
        .iter()
        .map(|(_, rule)| Fault::Rule(rule.clone()))
        .collect();
    Fault::join(&rules)
}
