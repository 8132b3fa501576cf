use std::collections::BTreeMap;
use std::fmt;

use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse,
};

use super::describe::in_order;
use super::{ConfigResource, ResourceKind, passes, route};
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::join::join_all;
use crate::error::BrokerError;

/// A change of one setting (KIP-339).
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigChange {
    /// The setting.
    pub name: String,
    /// What happens to it.
    pub operation: ConfigOperation,
}

/// What happens to a setting.
#[derive(Clone, PartialEq, Eq)]
pub enum ConfigOperation {
    /// It takes this value.
    Set(String),
    /// It goes back to its default.
    Delete,
    /// These values, parted by commas, are added to its list.
    Append(String),
    /// These values, parted by commas, are taken from its list.
    Subtract(String),
}

impl ConfigChange {
    /// Sets a value.
    pub fn set(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            operation: ConfigOperation::Set(value.into()),
        }
    }

    /// Goes back to the default.
    pub fn delete(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            operation: ConfigOperation::Delete,
        }
    }

    /// Adds to a list.
    pub fn append(name: impl Into<String>, values: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            operation: ConfigOperation::Append(values.into()),
        }
    }

    /// Takes from a list.
    pub fn subtract(name: impl Into<String>, values: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            operation: ConfigOperation::Subtract(values.into()),
        }
    }

    fn to_message(&self) -> AlterableConfig {
        let (config_operation, value) = match &self.operation {
            ConfigOperation::Set(value) => (0, Some(value)),
            ConfigOperation::Delete => (1, None),
            ConfigOperation::Append(values) => (2, Some(values)),
            ConfigOperation::Subtract(values) => (3, Some(values)),
        };
        AlterableConfig {
            name: self.name.clone(),
            config_operation,
            value: value.cloned(),
        }
    }
}

/// Values may be passwords.
impl fmt::Debug for ConfigOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Set(_) => "Set(***)",
            Self::Delete => "Delete",
            Self::Append(_) => "Append(***)",
            Self::Subtract(_) => "Subtract(***)",
        })
    }
}

impl fmt::Debug for ConfigChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.operation, self.name)
    }
}

impl Admin {
    /// Changes settings and leaves the others as they are. Either all changes of a thing are made or none.
    ///
    /// A broker before 2.3 knows no such request.
    pub async fn alter_configs(
        &self,
        changes: impl IntoIterator<Item = (ConfigResource, Vec<ConfigChange>)>,
        validate_only: bool,
    ) -> Results<ConfigResource, ()> {
        let mut merged: BTreeMap<ConfigResource, Vec<ConfigChange>> = BTreeMap::new();
        let mut resources = Vec::new();
        for (resource, changes) in changes {
            resources.push(resource.clone());
            merged.entry(resource).or_default().extend(changes);
        }
        let task = AlterConfigs {
            changes: merged,
            validate_only,
        };
        let (targets, failed) = route(&resources);
        let calls = targets
            .into_iter()
            .map(|(target, resources)| self.run(target, &task, resources));
        let altered = join_all(calls).await.into_iter().flatten();
        in_order(
            &resources,
            altered.chain(failed.into_iter().map(|(resource, error)| (resource, Err(error)))),
        )
    }
}

struct AlterConfigs {
    changes: BTreeMap<ConfigResource, Vec<ConfigChange>>,
    validate_only: bool,
}

impl Task for AlterConfigs {
    type Key = ConfigResource;
    type Value = ();
    type Body = IncrementalAlterConfigsRequest;
    type Reply = IncrementalAlterConfigsResponse;

    fn body(&self, keys: &[ConfigResource]) -> IncrementalAlterConfigsRequest {
        let resource = |resource: &ConfigResource| AlterConfigsResource {
            resource_type: resource.kind.code(),
            resource_name: resource.name.clone(),
            configs: self
                .changes
                .get(resource)
                .into_iter()
                .flatten()
                .map(ConfigChange::to_message)
                .collect(),
        };
        IncrementalAlterConfigsRequest {
            resources: keys.iter().map(resource).collect(),
            validate_only: self.validate_only,
        }
    }

    fn read(
        &self,
        _: &[ConfigResource],
        reply: IncrementalAlterConfigsResponse,
    ) -> Results<ConfigResource, ()> {
        let results = reply.responses.into_iter().map(|result| {
            let altered = BrokerError::check(result.error_code, result.error_message.as_deref());
            let key = ConfigResource {
                kind: ResourceKind::of(result.resource_type),
                name: result.resource_name,
            };
            (key, altered.map_err(AdminError::from))
        });
        results.collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        passes(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_become_the_protocols_operations() {
        let resource = ConfigResource::topic("a");
        let changes = vec![
            ConfigChange::set("retention.ms", ""),
            ConfigChange::delete("segment.ms"),
            ConfigChange::append("cleanup.policy", "compact"),
            ConfigChange::subtract("cleanup.policy", "delete"),
        ];
        let task = AlterConfigs {
            changes: [(resource.clone(), changes)].into(),
            validate_only: true,
        };
        let request = task.body(&[resource]);
        assert!(request.validate_only);
        let seen: Vec<_> = request.resources[0]
            .configs
            .iter()
            .map(|config| {
                (
                    config.name.as_str(),
                    config.config_operation,
                    config.value.as_deref(),
                )
            })
            .collect();
        let expected = [
            ("retention.ms", 0, Some("")),
            ("segment.ms", 1, None),
            ("cleanup.policy", 2, Some("compact")),
            ("cleanup.policy", 3, Some("delete")),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn l4_values_are_not_printed() {
        let shown = format!("{:?}", ConfigChange::set("ssl.key.password", "hunter2"));
        assert_eq!(shown, "Set(***) ssl.key.password");
    }
}
