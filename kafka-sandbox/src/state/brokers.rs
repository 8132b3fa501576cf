//! The brokers of the cluster, and which of them are up.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::profile::Profile;

/// Where a broker is reached, and what it is like.
#[derive(Clone, Debug)]
pub struct BrokerSettings {
    /// Its id, from 1.
    pub id: i32,
    /// The host that clients are told to connect to.
    pub host: String,
    /// The port that clients are told to connect to.
    pub port: u16,
    /// Its rack, if it has one.
    pub rack: Option<String>,
}

/// Whether a broker does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokerStatus {
    /// It does.
    Up,
    /// It keeps its connections and neither reads nor writes, since the moment given: as after SIGSTOP. The cluster
    /// takes it for dead when its session has timed out.
    Paused {
        /// Since when.
        since: Duration,
        /// Whether the cluster has noticed.
        fenced: bool,
    },
    /// It is gone with its connections, as after SIGKILL.
    Down,
}

/// A broker.
#[derive(Debug)]
pub(crate) struct Broker {
    pub(crate) id: i32,
    pub(crate) host: Arc<str>,
    pub(crate) port: u16,
    pub(crate) rack: Option<Arc<str>>,
    pub(crate) status: BrokerStatus,
    /// The versions it speaks; brokers of one cluster may differ while it is upgraded.
    pub(crate) profile: Profile,
    /// How many times it was started (KIP-631).
    pub(crate) epoch: i64,
    /// Whether it has been silent for longer than a replica in sync may be.
    pub(crate) lags: bool,
    /// Whether the cluster knows of it: one that is gone can be struck off, until it starts again.
    pub(crate) registered: bool,
}

impl Broker {
    /// Whether the cluster counts on it: leaders and coordinators are chosen among such brokers.
    pub(crate) fn is_alive(&self) -> bool {
        matches!(
            self.status,
            BrokerStatus::Up | BrokerStatus::Paused { fenced: false, .. }
        )
    }
}

/// The brokers, by id.
#[derive(Debug)]
pub(crate) struct Brokers(BTreeMap<i32, Broker>);

impl Brokers {
    pub(crate) fn new(settings: Vec<BrokerSettings>, profile: Profile) -> Self {
        let brokers = settings.into_iter().map(|settings| Broker {
            id: settings.id,
            host: settings.host.into(),
            port: settings.port,
            rack: settings.rack.map(Into::into),
            status: BrokerStatus::Up,
            profile,
            epoch: 1,
            lags: false,
            registered: true,
        });
        Self(brokers.map(|broker| (broker.id, broker)).collect())
    }

    pub(crate) fn get(&self, id: i32) -> Option<&Broker> {
        self.0.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: i32) -> Option<&mut Broker> {
        self.0.get_mut(&id)
    }

    /// All, by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Broker> {
        self.0.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Broker> {
        self.0.values_mut()
    }

    /// Those the cluster counts on, by id.
    pub(crate) fn alive(&self) -> impl Iterator<Item = &Broker> {
        self.iter().filter(|broker| broker.is_alive())
    }

    pub(crate) fn is_alive(&self, id: i32) -> bool {
        self.get(id).is_some_and(Broker::is_alive)
    }

    /// The broker that answers for the controller; -1 when none is alive.
    pub(crate) fn controller(&self) -> i32 {
        self.alive().next().map_or(-1, |broker| broker.id)
    }
}
