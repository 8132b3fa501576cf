//! Whom a quota is for (KIP-55, KIP-546).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A user, a client id, both, or an address; each by its name or as the default for those that have none of their own.
/// Part of the journal's format: the kind of each part with its name, null for the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Entity(pub(crate) BTreeMap<String, Option<String>>);

/// The kinds of parts.
pub(crate) const USER: &str = "user";
pub(crate) const CLIENT_ID: &str = "client-id";
pub(crate) const IP: &str = "ip";

impl Entity {
    /// An entity of these parts.
    pub(crate) fn of(parts: &[(&str, Option<&str>)]) -> Self {
        let parts = parts
            .iter()
            .map(|&(kind, name)| (kind.to_owned(), name.map(str::to_owned)));
        Self(parts.collect())
    }

    /// The quotas that its kinds of parts can have.
    pub(crate) fn keys(&self) -> &'static [&'static str] {
        if self.0.contains_key(IP) {
            &["connection_creation_rate"]
        } else {
            &[
                "producer_byte_rate",
                "consumer_byte_rate",
                "request_percentage",
                "controller_mutation_rate",
            ]
        }
    }
}

/// A part of a filter for entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// A name.
    Exact(String),
    /// The default.
    Default,
    /// Any name, and the default.
    Any,
}

impl Match {
    fn accepts(&self, name: Option<&str>) -> bool {
        match self {
            Self::Exact(wanted) => name == Some(wanted),
            Self::Default => name.is_none(),
            Self::Any => true,
        }
    }
}

/// Which entities are meant: those with all of these parts, and with no others when it is strict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntityFilter {
    pub(crate) parts: BTreeMap<String, Match>,
    pub(crate) strict: bool,
}

impl EntityFilter {
    pub(crate) fn matches(&self, entity: &Entity) -> bool {
        let accepted = self.parts.iter().all(|(kind, wanted)| {
            let name = entity.0.get(kind);
            name.is_some_and(|name| wanted.accepts(name.as_deref()))
        });
        accepted && (!self.strict || entity.0.len() == self.parts.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_match_parts_by_name_default_or_presence() {
        let alice = Entity::of(&[(USER, Some("alice"))]);
        let default = Entity::of(&[(USER, None)]);
        let both = Entity::of(&[(USER, Some("alice")), (CLIENT_ID, None)]);
        let found = |parts: &[(&str, Match)], strict| {
            let parts = parts
                .iter()
                .map(|(kind, wanted)| ((*kind).to_owned(), wanted.clone()));
            let filter = EntityFilter {
                parts: parts.collect(),
                strict,
            };
            [&alice, &default, &both].map(|entity| filter.matches(entity))
        };
        assert_eq!(found(&[], false), [true, true, true]);
        assert_eq!(found(&[], true), [false, false, false]);
        let named = Match::Exact("alice".to_owned());
        assert_eq!(found(&[(USER, named.clone())], false), [true, false, true]);
        assert_eq!(found(&[(USER, named)], true), [true, false, false]);
        assert_eq!(found(&[(USER, Match::Default)], false), [false, true, false]);
        assert_eq!(found(&[(USER, Match::Any)], true), [true, true, false]);
        assert_eq!(found(&[(CLIENT_ID, Match::Default)], false), [false, false, true]);
    }
}
