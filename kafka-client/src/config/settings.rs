use std::collections::BTreeMap;
use std::path::Path;

use super::draft::Draft;
use super::file::read_file;
use super::nearest::nearest;
use super::substitute::Substitution;
use super::table;
use super::{ConfigError, ConnectionConfig, ConsumerConfig, ProducerConfig, properties, security};

/// Every setting of a client, read from Java property names.
///
/// ```
/// use kafka_client::config::Settings;
///
/// let settings = Settings::builder()
///     .set("bootstrap.servers", "localhost:9092")?
///     .set("acks", "all")?
///     .build()?;
/// assert_eq!(settings.connection.bootstrap, ["localhost:9092"]);
/// # Ok::<(), kafka_client::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How brokers are reached.
    pub connection: ConnectionConfig,
    /// What consumers do.
    pub consumer: ConsumerConfig,
    /// What producers do.
    pub producer: ProducerConfig,
    /// Settings that were given and have no effect, with the reason.
    pub warnings: Vec<ConfigWarning>,
}

/// A setting that was accepted and has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigWarning {
    /// Its name.
    pub key: String,
    /// Why it has no effect.
    pub reason: &'static str,
}

impl std::fmt::Display for ConfigWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` has no effect: {}", self.key, self.reason)
    }
}

impl Settings {
    /// Starts with the defaults.
    pub fn builder() -> SettingsBuilder {
        SettingsBuilder::default()
    }

    /// Reads a `.properties` file, as Kafka's tools take by `--command-config`.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        Self::builder().file(path)?.build()
    }
}

/// Collects settings; what is set later wins.
#[derive(Clone, Debug, Default)]
pub struct SettingsBuilder {
    draft: Draft,
    /// Under which name each setting was given.
    given: BTreeMap<&'static str, String>,
    warnings: Vec<ConfigWarning>,
}

impl SettingsBuilder {
    /// Sets one setting by its Java property name, or by an alias of it.
    ///
    /// A name that is not known is an error that says which one is nearest; one that Java knows and that means
    /// nothing here becomes a warning.
    pub fn set(mut self, key: &str, value: &str) -> Result<Self, ConfigError> {
        if let Some(setting) = table::setting(key) {
            setting.put(&mut self.draft, key, value)?;
            self.given.insert(setting.name, key.to_owned());
        } else if let Some(reason) = table::unsupported(key) {
            return Err(ConfigError::Unsupported {
                key: key.to_owned(),
                reason: reason.to_owned(),
            });
        } else if let Some(reason) = table::foreign(key) {
            tracing::warn!(key, reason, "setting has no effect");
            self.warnings.push(ConfigWarning {
                key: key.to_owned(),
                reason,
            });
        } else {
            let names = table::settings()
                .flat_map(|setting| [setting.name].into_iter().chain(setting.aliases.iter().copied()));
            return Err(ConfigError::Unknown {
                key: key.to_owned(),
                nearest: nearest(key, names),
            });
        }
        Ok(self)
    }

    /// Sets what a list of properties says, after replacing `${provider:path:key}` where `config.providers` asks for
    /// it.
    pub fn set_all<K, V>(mut self, pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, ConfigError>
    where
        K: Into<String>,
        V: Into<String>,
    {
        let pairs: Vec<(String, String)> = pairs.into_iter().map(|(k, v)| (k.into(), v.into())).collect();
        let substitution = Substitution::of(&pairs)?;
        for (key, value) in &pairs {
            if !Substitution::is_about(key) {
                self = self.set(key, &substitution.apply(key, value)?)?;
            }
        }
        Ok(self)
    }

    /// Sets what a `.properties` file says. It may have at most 1 MiB.
    pub fn file(self, path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let bytes = read_file("the property file", path.as_ref())?;
        let pairs = properties::parse_bytes(&bytes)?;
        self.set_all(pairs.into_iter().map(|property| (property.key, property.value)))
    }

    /// Under which name a setting was given, if it was.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// The value of a setting as it would be written; `***` for a secret. None when there is no such setting.
    pub fn shown(&self, name: &str) -> Option<String> {
        Some(table::setting(name)?.show(&mut self.draft.clone()))
    }

    /// Puts together what belongs together, and refuses what contradicts itself. Reads the files that are named.
    pub fn build(self) -> Result<Settings, ConfigError> {
        let Draft {
            mut connection,
            consumer,
            mut producer,
            security,
            ..
        } = self.draft.clone();
        connection.security = security::resolve(&security, &self.given)?;
        connection.rebootstrap_after = self.draft.rebootstrap.then_some(self.draft.rebootstrap_trigger);
        let least = producer.linger.saturating_add(connection.request_timeout);
        if self.given("delivery.timeout.ms").is_none() && producer.delivery_timeout < least {
            producer.delivery_timeout = least;
        }
        producer.compression_level = self.draft.levels.of(producer.compression);
        self.check_group(&consumer)?;
        self.check_back_offs(&connection)?;
        producer.validate(connection.request_timeout)?;
        consumer.validate()?;
        Ok(Settings {
            connection,
            consumer,
            producer,
            warnings: self.warnings,
        })
    }

    fn check_group(&self, consumer: &ConsumerConfig) -> Result<(), ConfigError> {
        if self.draft.group_protocol_consumer {
            let reason = "the group protocol of KIP-848 is not spoken; use `classic`".to_owned();
            return Err(ConfigError::Unsupported {
                key: "group.protocol".to_owned(),
                reason,
            });
        }
        if consumer.group_id.is_none()
            && consumer.enable_auto_commit
            && self.given("enable.auto.commit").is_some()
        {
            return Err(ConfigError::Contradiction {
                key: "enable.auto.commit",
                other: "group.id",
                reason: "without a group there is nowhere to commit to".to_owned(),
            });
        }
        Ok(())
    }

    /// A back-off that was set must not start above where it ends; the end follows when it was not set.
    fn check_back_offs(&self, connection: &ConnectionConfig) -> Result<(), ConfigError> {
        let pairs = [
            (
                "reconnect.backoff.ms",
                "reconnect.backoff.max.ms",
                connection.reconnect_backoff > connection.reconnect_backoff_max,
            ),
            (
                "retry.backoff.ms",
                "retry.backoff.max.ms",
                connection.retry_backoff > connection.retry_backoff_max,
            ),
            (
                "socket.connection.setup.timeout.ms",
                "socket.connection.setup.timeout.max.ms",
                connection.setup_timeout > connection.setup_timeout_max,
            ),
        ];
        match pairs.into_iter().find(|&(_, _, exceeds)| exceeds) {
            Some((key, other, _)) => Err(ConfigError::Contradiction {
                key,
                other,
                reason: "it exceeds what it may grow to".to_owned(),
            }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
