//! Configs that were set: of topics, brokers, groups and client metrics.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// The kinds of resources that have configs, by their numbers in the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ResourceKind(pub(crate) i8);

impl ResourceKind {
    pub(crate) const TOPIC: Self = Self(2);
    pub(crate) const BROKER: Self = Self(4);
    pub(crate) const BROKER_LOGGER: Self = Self(8);
    pub(crate) const CLIENT_METRICS: Self = Self(16);
    pub(crate) const GROUP: Self = Self(32);
}

/// The values that were set, by resource.
#[derive(Debug, Default)]
pub(crate) struct Configs {
    set: FxHashMap<(ResourceKind, Arc<str>), BTreeMap<String, String>>,
    /// What the brokers were started with, as from a `server.properties`.
    started_with: BTreeMap<String, String>,
}

impl Configs {
    pub(crate) fn new(started_with: BTreeMap<String, String>) -> Self {
        Self {
            set: FxHashMap::default(),
            started_with,
        }
    }

    /// What was set for a resource, by name.
    pub(crate) fn of(&self, kind: ResourceKind, resource: &str) -> Option<&BTreeMap<String, String>> {
        self.set.get(&(kind, Arc::from(resource)))
    }

    /// The resources of a kind for which something was set.
    pub(crate) fn resources(&self, kind: ResourceKind) -> impl Iterator<Item = &Arc<str>> {
        let all = self.set.keys();
        all.filter(move |(other, _)| *other == kind).map(|(_, name)| name)
    }

    /// What the brokers were started with, by name.
    pub(crate) fn started_with(&self) -> &BTreeMap<String, String> {
        &self.started_with
    }

    pub(crate) fn set(&mut self, kind: ResourceKind, resource: &str, name: String, value: Option<String>) {
        let key = (kind, Arc::from(resource));
        let values = self.set.entry(key.clone()).or_default();
        match value {
            Some(value) => {
                values.insert(name, value);
            }
            None => {
                values.remove(&name);
            }
        }
        if values.is_empty() {
            self.set.remove(&key);
        }
    }

    pub(crate) fn forget(&mut self, kind: ResourceKind, resource: &str) {
        self.set.remove(&(kind, Arc::from(resource)));
    }
}
