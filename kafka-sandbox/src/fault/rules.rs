//! The rules that are in force.

use protocol::ApiKey;

use super::requests::Subject;
use super::rule::{Effect, Matcher, Rule};

/// A rule that was put in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u64);

/// The rules that are in force, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    rules: Vec<(RuleId, Rule)>,
    next: u64,
}

/// What is known of a request when it arrives.
#[derive(Debug)]
pub(crate) struct Arrival<'a> {
    pub(crate) api: ApiKey,
    pub(crate) broker: i32,
    pub(crate) client_id: &'a str,
    pub(crate) subjects: &'a [Subject],
}

impl Rules {
    /// Puts a rule in force.
    pub(crate) fn add(&mut self, rule: Rule) -> RuleId {
        let id = RuleId(self.next);
        self.next += 1;
        self.rules.push((id, rule));
        id
    }

    /// Takes a rule out of force. Returns whether it was in.
    pub(crate) fn remove(&mut self, id: RuleId) -> bool {
        let before = self.rules.len();
        self.rules.retain(|(other, _)| *other != id);
        self.rules.len() < before
    }

    /// Takes those rules out of force that are like this one in all but their counts.
    pub(crate) fn remove_alike(&mut self, rule: &Rule) {
        self.rules
            .retain(|(_, other)| other.on != rule.on || other.effect != rule.effect);
    }

    /// Takes all rules out of force.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules, with what is left of their counts.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &(RuleId, Rule)> {
        self.rules.iter()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What happens to a request, and for which topic and partition alone, oldest rule first. Counts the rules down; those
    /// that have come to their end are dropped.
    pub(crate) fn strike(&mut self, arrival: &Arrival<'_>) -> Vec<(Matcher, Effect)> {
        let mut struck = Vec::new();
        self.rules.retain_mut(|(_, rule)| {
            if !rule.on.matches(arrival) {
                return true;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                return true;
            }
            let left = rule.times.map(|times| times.saturating_sub(1));
            if rule.times != Some(0) {
                struck.push((rule.on.clone(), rule.effect.clone()));
            }
            rule.times = left;
            left != Some(0)
        });
        struck
    }
}

impl Matcher {
    fn matches(&self, arrival: &Arrival<'_>) -> bool {
        let is_about = |subject: &Subject| {
            self.topic.as_ref().is_none_or(|name| *name == subject.topic)
                && self
                    .partition
                    .is_none_or(|index| subject.partition == Some(index))
        };
        let any_subject = self.topic.is_none() && self.partition.is_none();
        self.api.is_none_or(|api| api == arrival.api)
            && self.broker.is_none_or(|broker| broker == arrival.broker)
            && self
                .client_id
                .as_deref()
                .is_none_or(|id: &str| id == arrival.client_id)
            && (any_subject || arrival.subjects.iter().any(is_about))
    }
}
