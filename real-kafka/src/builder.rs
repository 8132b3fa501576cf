//! What a cluster shall look like.

use std::collections::BTreeMap;

use crate::{
    Error,
    release::Release,
    security::{Security, User},
};

/// Describes a cluster and starts it.
///
/// The default is one broker of the newest release with a plaintext listener on a random port of 127.0.0.1.
#[derive(Clone, Debug)]
#[must_use = "nothing is started before `start`"]
pub struct ClusterBuilder {
    pub(crate) version: String,
    pub(crate) brokers: i32,
    pub(crate) listeners: Vec<Security>,
    pub(crate) users: Vec<User>,
    pub(crate) super_users: Option<Vec<String>>,
    pub(crate) features: BTreeMap<String, i16>,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) first_port: Option<u16>,
    pub(crate) advertised: BTreeMap<Security, String>,
}

impl Default for ClusterBuilder {
    fn default() -> Self {
        Self {
            version: Release::LATEST.version().into(),
            brokers: 1,
            listeners: Vec::new(),
            users: Vec::new(),
            super_users: None,
            features: BTreeMap::new(),
            properties: BTreeMap::new(),
            first_port: None,
            advertised: BTreeMap::new(),
        }
    }
}

impl ClusterBuilder {
    /// Sets the release, such as `4.3.1`; [`Release::all`] has them. Default: the newest.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Sets the number of brokers, 1 to 9; they are numbered from 1. Default: 1.
    ///
    /// Internal topics have three replicas, or as many as there are brokers.
    pub fn brokers(mut self, brokers: i32) -> Self {
        self.brokers = brokers;
        self
    }

    /// Adds a listener to every broker. The first one is what [`KafkaCluster::bootstrap`](crate::KafkaCluster::bootstrap) names. Default: plaintext.
    pub fn listener(mut self, security: Security) -> Self {
        if !self.listeners.contains(&security) {
            self.listeners.push(security);
        }
        self
    }

    /// Adds a user for all mechanisms of the SASL listeners.
    pub fn user(mut self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.users.push(User {
            name: name.into(),
            password: password.into(),
        });
        self
    }

    /// Turns the authorizer on: what no ACL allows is denied, except to super users.
    pub fn authorizer(mut self) -> Self {
        self.super_users.get_or_insert_default();
        self
    }

    /// Adds a super user by name, which turns the authorizer on.
    pub fn super_user(mut self, name: impl Into<String>) -> Self {
        self.super_users.get_or_insert_default().push(name.into());
        self
    }

    /// Sets the level of a feature at format time, such as `transaction.version` to 0. KRaft from 4.0.
    pub fn feature(mut self, name: impl Into<String>, level: i16) -> Self {
        self.features.insert(name.into(), level);
        self
    }

    /// Sets a broker property, over whatever would be set otherwise.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// Makes the listeners use ports from this one on: the first listener of every broker, then the second, and so on.
    pub fn first_port(mut self, port: u16) -> Self {
        self.first_port = Some(port);
        self
    }

    /// Makes the brokers advertise another host for a listener, for instance one that cannot be reached.
    pub fn advertised_host(mut self, security: Security, host: impl Into<String>) -> Self {
        self.advertised.insert(security, host.into());
        self
    }

    pub(crate) fn uses_sasl(&self) -> bool {
        self.listeners.iter().any(|security| security.uses_sasl())
    }

    pub(crate) fn checked(mut self) -> Result<Self, Error> {
        if !(1..=9).contains(&self.brokers) {
            return Err(Error::Config(format!(
                "a cluster has 1 to 9 brokers, not {}",
                self.brokers
            )));
        }
        if self.listeners.is_empty() {
            self.listeners.push(Security::Plaintext);
        }
        if self.uses_sasl() && self.users.is_empty() {
            return Err(Error::Config(
                "a SASL listener needs a user: add one with `user`".into(),
            ));
        }
        for user in &self.users {
            let plain = |text: &str| {
                !text.is_empty()
                    && text
                        .chars()
                        .all(|c| c.is_ascii_graphic() && !"\"\\[],;=".contains(c))
            };
            if !plain(&user.name) || !plain(&user.password) {
                return Err(Error::Config(format!(
                    "user {}: name and password are ASCII without blanks and none of \" \\ [ ] , ; =",
                    user.name
                )));
            }
        }
        Ok(self)
    }
}
