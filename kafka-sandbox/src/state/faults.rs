//! Faults that come from outside: over the wire, or from who started the process and cannot call it.

use super::{BrokerStatus, State};
use crate::fault::{Command, CommandError, Fault, FaultError, Origin, Rule, RuleError, RuleId};
use crate::time::Now;

impl State {
    /// Puts a rule in force.
    ///
    /// # Errors
    ///
    /// When it could never strike.
    pub(crate) fn add_rule(&mut self, rule: Rule, from: Origin) -> Result<RuleId, RuleError> {
        self.check_rule(&rule)?;
        Ok(self.rules.add(rule, from))
    }

    /// Says why a rule could never strike.
    pub(crate) fn check_rule(&self, rule: &Rule) -> Result<(), RuleError> {
        rule.check()?;
        let performed = match &rule.effect {
            crate::fault::Effect::Perform(command) => command.broker(),
            _ => None,
        };
        let brokers = rule.on.broker.into_iter().chain(performed);
        for id in brokers {
            if self.brokers.get(id).is_none() {
                return Err(RuleError::NoBroker(id));
            }
        }
        Ok(())
    }

    /// Takes a fault from outside. `asked` is the broker by which it came: what silences that one is done when the answer is on
    /// its way. What is so already is fine.
    ///
    /// # Errors
    ///
    /// When it does not fit the cluster as it is, or nobody could be asked afterwards to undo it.
    pub(crate) fn take_fault(
        &mut self,
        now: Now,
        fault: Fault,
        asked: Option<i32>,
    ) -> Result<(), FaultError> {
        let command = match fault {
            Fault::Rule(rule) => {
                self.add_rule(rule, Origin::Outside)?;
                return Ok(());
            }
            Fault::Command(command) => command,
        };
        if let Some(id) = command.broker()
            && self.brokers.get(id).is_none()
        {
            return Err(CommandError::NoBroker(id).into());
        }
        if self.is_so(&command) {
            return Ok(());
        }
        if let Some(last) = self.ends_last(&command) {
            return Err(CommandError::LastBroker(last).into());
        }
        if asked.is_some_and(|broker| command.silences(broker)) {
            self.orders.push(command);
            return Ok(());
        }
        Ok(self.perform(now, &command)?)
    }

    /// Takes what is to be done now that answers are on their way.
    pub(crate) fn take_orders(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.orders)
    }

    /// The broker that a command ends, when it is the last one that has not ended.
    pub(crate) fn ends_last(&self, command: &Command) -> Option<i32> {
        let &Command::Kill(id) = command else {
            return None;
        };
        let ends = |command: &Command| matches!(command, Command::Kill(_));
        let runs = |broker: &super::Broker| {
            let ended = self
                .orders
                .iter()
                .any(|order| ends(order) && order.broker() == Some(broker.id));
            broker.id != id && broker.status != BrokerStatus::Down && !ended
        };
        (!self.brokers.iter().any(runs)).then_some(id)
    }

    /// Whether a command would leave all as it is.
    fn is_so(&self, command: &Command) -> bool {
        let status = |id: &i32| self.brokers.get(*id).map(|broker| broker.status);
        match command {
            Command::Kill(id) => status(id) == Some(BrokerStatus::Down),
            Command::Pause(id) => matches!(status(id), Some(BrokerStatus::Paused { .. })),
            Command::Resume(id) => status(id) == Some(BrokerStatus::Up),
            _ => false,
        }
    }
}
