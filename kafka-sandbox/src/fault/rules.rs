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
    rules: Vec<InForce>,
    next: u64,
    released: Released,
}

#[derive(Debug)]
struct InForce {
    rule: (RuleId, Rule),
    from: Origin,
}

/// Who put a rule in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Whoever holds the cluster, and can start what has ended.
    Owner,
    /// Somebody who needs a broker to be heard: the last one does not end for its rules.
    Outside,
}

/// What a request is struck with.
#[derive(Debug)]
pub(crate) struct Struck {
    pub(crate) id: RuleId,
    pub(crate) on: Matcher,
    pub(crate) effect: Effect,
    pub(crate) from: Origin,
}

/// Rules that hold nothing up any more.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Released {
    /// None.
    #[default]
    Nothing,
    /// These.
    Of(Vec<RuleId>),
    /// All, those too that came to their end before.
    All,
}

impl Released {
    /// Whether what this rule holds up is to go on.
    pub(crate) fn has(&self, id: RuleId) -> bool {
        match self {
            Self::Nothing => false,
            Self::Of(ids) => ids.contains(&id),
            Self::All => true,
        }
    }
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
    pub(crate) fn add(&mut self, rule: Rule, from: Origin) -> RuleId {
        let id = RuleId(self.next);
        self.next += 1;
        self.rules.push(InForce {
            rule: (id, rule),
            from,
        });
        id
    }

    /// Takes a rule out of force. Returns whether it was in.
    pub(crate) fn remove(&mut self, id: RuleId) -> bool {
        let before = self.rules.len();
        self.remove_if(|(other, _)| *other == id);
        self.rules.len() < before
    }

    /// Takes those rules out of force that are like this one in all but their counts.
    pub(crate) fn remove_alike(&mut self, rule: &Rule) {
        self.remove_if(|(_, other)| other.on == rule.on && other.effect == rule.effect);
    }

    fn remove_if(&mut self, mut is_gone: impl FnMut(&(RuleId, Rule)) -> bool) {
        let released = &mut self.released;
        self.rules.retain(|one| {
            let gone = is_gone(&one.rule);
            match released {
                Released::Of(ids) if gone => ids.push(one.rule.0),
                Released::Nothing if gone => *released = Released::Of(vec![one.rule.0]),
                _ => {}
            }
            !gone
        });
    }

    /// Takes all rules out of force.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
        self.released = Released::All;
    }

    /// Takes which rules were taken out of force since this was last asked: what they hold up goes on.
    pub(crate) fn take_released(&mut self) -> Released {
        std::mem::take(&mut self.released)
    }

    /// The rules, with what is left of their counts.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &(RuleId, Rule)> {
        self.rules.iter().map(|one| &one.rule)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What happens to a request: the oldest rule strikes that matches it and lets it not pass. Counts down; a rule that has
    /// come to its end is dropped.
    pub(crate) fn strike(&mut self, arrival: &Arrival<'_>) -> Option<Struck> {
        let place = self.rules.iter_mut().position(|one| {
            let rule = &mut one.rule.1;
            let matches = rule.on.matches(arrival);
            let passes = rule.skip > 0;
            if matches && passes {
                rule.skip -= 1;
            }
            matches && !passes
        })?;
        let one = self.rules.get_mut(place)?;
        let (id, rule) = &mut one.rule;
        rule.times = rule.times.map(|times| times.saturating_sub(1));
        let (struck, over) = (
            Struck {
                id: *id,
                on: rule.on.clone(),
                effect: rule.effect.clone(),
                from: one.from,
            },
            rule.times == Some(0),
        );
        if over {
            self.rules.remove(place);
        }
        Some(struck)
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
