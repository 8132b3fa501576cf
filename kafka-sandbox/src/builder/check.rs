//! Settings that cannot be, found before anything starts.

use super::SandboxBuilder;
use super::error::StartError;
use crate::profile::Profile;
use crate::profile::configs::{Kind, config};

/// The most brokers one sandbox has.
const BROKERS_MAX: i32 = 1000;

/// What brokers take beside the configs that they list: settings of the authorizer, and those of one listener.
const UNLISTED: [&str; 2] = ["super.users", "allow.everyone.if.no.acl.found"];
const OF_LISTENERS: &str = "listener.name.";

impl SandboxBuilder {
    /// Refuses what cannot be.
    pub(super) fn check(&self, profile: Profile) -> Result<(), StartError> {
        let refuse = |name, reason| Err(StartError::Setting { name, reason });
        if !(1..=BROKERS_MAX).contains(&self.brokers) {
            return refuse(
                "brokers",
                format!("{} is not between 1 and {BROKERS_MAX}", self.brokers),
            );
        }
        let mut racks = self.racks.keys();
        if let Some(broker) = racks.find(|broker| !(1..=self.brokers).contains(broker)) {
            return refuse("rack", format!("there is no broker {broker}"));
        }
        for (place, (topic, _)) in self.topics.iter().enumerate() {
            if self.topics.iter().take(place).any(|(other, _)| other == topic) {
                return refuse("topic", format!("{topic:?} is there twice"));
            }
        }
        self.properties
            .iter()
            .try_for_each(|(name, value)| check_property(profile, name, value))
    }
}

fn check_property(profile: Profile, name: &str, value: &str) -> Result<(), StartError> {
    let refuse = |reason| {
        Err(StartError::Property {
            name: name.to_owned(),
            reason,
        })
    };
    if UNLISTED.contains(&name) || name.starts_with(OF_LISTENERS) {
        return Ok(());
    }
    match config(Kind::Broker, name) {
        None => refuse("brokers have no config of this name".to_owned()),
        Some(fact) if !fact.is_in(profile) => refuse(format!(
            "brokers of Kafka {} have no config of this name",
            profile.name()
        )),
        Some(fact) => fact.check(value).or_else(refuse),
    }
}
