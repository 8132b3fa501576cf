//! Settings of topics, brokers, loggers, groups and client metrics.

mod alter;
mod describe;

use std::fmt;

pub use alter::{ConfigChange, ConfigOperation};
pub use describe::{ConfigEntry, ConfigKind, ConfigSource, ConfigSynonym, DescribeConfigsOptions};

use std::collections::BTreeMap;

use super::error::AdminError;
use crate::cluster::{NodeId, Target};
use protocol::ErrorCode;

/// Something that has settings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfigResource {
    /// What it is.
    pub kind: ResourceKind,
    /// Its name; a broker's is its id, and empty stands for the default of all.
    pub name: String,
}

impl ConfigResource {
    /// A topic.
    pub fn topic(name: impl Into<String>) -> Self {
        Self {
            kind: ResourceKind::Topic,
            name: name.into(),
        }
    }

    /// A broker.
    pub fn broker(id: NodeId) -> Self {
        Self {
            kind: ResourceKind::Broker,
            name: id.to_string(),
        }
    }

    /// What counts for brokers that have no setting of their own.
    pub fn broker_default() -> Self {
        Self {
            kind: ResourceKind::Broker,
            name: String::new(),
        }
    }

    /// A group (KIP-848).
    pub fn group(name: impl Into<String>) -> Self {
        Self {
            kind: ResourceKind::Group,
            name: name.into(),
        }
    }

    /// The broker that alone can answer for it; none when any can. The error says that the name is no broker's.
    fn node(&self) -> Result<Option<NodeId>, AdminError> {
        match self.kind {
            ResourceKind::Broker if self.name.is_empty() => Ok(None),
            ResourceKind::Broker | ResourceKind::BrokerLogger => match self.name.parse() {
                Ok(id) if id >= 0 => Ok(Some(NodeId(id))),
                _ => Err(AdminError::Usage(format!(
                    "`{}` is not the id of a broker",
                    self.name
                ))),
            },
            ResourceKind::ClientMetrics
            | ResourceKind::Group
            | ResourceKind::Topic
            | ResourceKind::Other(_) => Ok(None),
        }
    }
}

impl fmt::Display for ConfigResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name.as_str() {
            "" => write!(f, "{} default", self.kind),
            name => write!(f, "{} {name}", self.kind),
        }
    }
}

/// What kind of thing has settings; the numbers are the protocol's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ResourceKind {
    /// A topic: 2.
    Topic,
    /// A broker: 4.
    Broker,
    /// A broker's loggers with their levels (KIP-412): 8.
    BrokerLogger,
    /// Metrics that clients are asked for (KIP-714): 16.
    ClientMetrics,
    /// A group (KIP-848): 32.
    Group,
    /// One that this client does not know.
    Other(i8),
}

impl ResourceKind {
    fn code(self) -> i8 {
        match self {
            Self::Topic => 2,
            Self::Broker => 4,
            Self::BrokerLogger => 8,
            Self::ClientMetrics => 16,
            Self::Group => 32,
            Self::Other(code) => code,
        }
    }

    fn of(code: i8) -> Self {
        match code {
            2 => Self::Topic,
            4 => Self::Broker,
            8 => Self::BrokerLogger,
            16 => Self::ClientMetrics,
            32 => Self::Group,
            other => Self::Other(other),
        }
    }
}

impl fmt::Display for ResourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topic => f.write_str("topic"),
            Self::Broker => f.write_str("broker"),
            Self::BrokerLogger => f.write_str("broker-logger"),
            Self::ClientMetrics => f.write_str("client-metrics"),
            Self::Group => f.write_str("group"),
            Self::Other(code) => write!(f, "resource type {code}"),
        }
    }
}

/// Where resources are asked about, and those whose name leads nowhere.
type Routed = (
    BTreeMap<Target, Vec<ConfigResource>>,
    Vec<(ConfigResource, AdminError)>,
);

/// Sorts resources by the broker that can answer for them.
fn route(resources: &[ConfigResource]) -> Routed {
    let mut targets: BTreeMap<Target, Vec<ConfigResource>> = BTreeMap::new();
    let mut failed = Vec::new();
    for resource in resources {
        match resource.node() {
            Ok(node) => {
                let target = node.map_or(Target::Any, Target::Node);
                targets.entry(target).or_default().push(resource.clone());
            }
            Err(error) => failed.push((resource.clone(), error)),
        }
    }
    (targets, failed)
}

/// A setting may be read or changed again after these.
fn passes(error: &AdminError) -> bool {
    let codes = [
        ErrorCode::NOT_CONTROLLER,
        ErrorCode::REQUEST_TIMED_OUT,
        ErrorCode::COORDINATOR_LOAD_IN_PROGRESS,
    ];
    error.code().is_some_and(|code| codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brokers_answer_for_themselves_and_any_for_the_rest() {
        let logger = ConfigResource {
            kind: ResourceKind::BrokerLogger,
            name: "2".to_owned(),
        };
        let nobody = ConfigResource {
            kind: ResourceKind::Broker,
            name: "-1".to_owned(),
        };
        let resources = [
            ConfigResource::topic("a"),
            ConfigResource::broker(NodeId(2)),
            ConfigResource::broker_default(),
            logger.clone(),
            nobody.clone(),
        ];
        let (targets, failed) = route(&resources);
        assert_eq!(
            targets[&Target::Any],
            [ConfigResource::topic("a"), ConfigResource::broker_default()]
        );
        assert_eq!(
            targets[&Target::Node(NodeId(2))],
            [ConfigResource::broker(NodeId(2)), logger]
        );
        assert_eq!(failed[0].0, nobody);
        assert_eq!(failed[0].1.to_string(), "`-1` is not the id of a broker");
    }

    #[test]
    fn kinds_keep_their_numbers() {
        for code in i8::MIN..=i8::MAX {
            assert_eq!(ResourceKind::of(code).code(), code);
        }
        assert_eq!(ConfigResource::broker_default().to_string(), "broker default");
    }
}
