use std::collections::BTreeMap;

use protocol::messages::create_topics::CreatableTopicConfigs;
use protocol::messages::describe_configs::{
    DescribeConfigsRequest, DescribeConfigsResource, DescribeConfigsResourceResult, DescribeConfigsResponse,
};
use protocol::{Message, VersionRange};

use super::{ConfigResource, ResourceKind, passes, route};
use crate::admin::by_version::ByVersion;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::join::join_all;
use crate::error::BrokerError;

/// What a description of settings holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeConfigsOptions {
    /// The names of the settings that are wanted; none for all. Default: all.
    pub keys: Option<Vec<String>>,
    /// Whether to say what else could decide about each value. Default: no.
    pub synonyms: bool,
    /// Whether to explain each setting (KIP-569, from Kafka 2.6 on; older brokers leave it out). Default: no.
    pub documentation: bool,
}

/// A setting with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigEntry {
    /// Its name.
    pub name: String,
    /// Its value; none when it has none, or is too sensitive to be shown.
    pub value: Option<String>,
    /// Who decided about the value.
    pub source: ConfigSource,
    /// Whether it holds something like a password.
    pub sensitive: bool,
    /// Whether it cannot be changed while the broker runs.
    pub read_only: bool,
    /// The type of its value; none from a broker that does not say.
    pub kind: Option<ConfigKind>,
    /// What decides about the value, most specific first; empty unless it was asked for.
    pub synonyms: Vec<ConfigSynonym>,
    /// What it is good for; none unless it was asked for.
    pub documentation: Option<String>,
}

impl ConfigEntry {
    /// Whether the value is not set for the thing itself.
    pub fn is_default(&self) -> bool {
        matches!(self.source, ConfigSource::Default)
    }
}

/// Something that can decide about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigSynonym {
    /// The name of the setting.
    pub name: String,
    /// The value that it gives.
    pub value: Option<String>,
    /// Where it is set.
    pub source: ConfigSource,
}

/// Where a value is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfigSource {
    /// For the topic.
    Topic,
    /// For the broker, while it runs.
    DynamicBroker,
    /// For all brokers, while they run.
    DynamicBrokerDefault,
    /// In the broker's file.
    StaticBroker,
    /// Nowhere.
    Default,
    /// For the broker's logger.
    BrokerLogger,
    /// For the client metrics subscription.
    ClientMetrics,
    /// For the group.
    Group,
    /// Somewhere that this client does not know.
    Other(i8),
}

impl ConfigSource {
    /// Reads the protocol's number.
    fn of(code: i8) -> Self {
        match code {
            1 => Self::Topic,
            2 => Self::DynamicBroker,
            3 => Self::DynamicBrokerDefault,
            4 => Self::StaticBroker,
            5 => Self::Default,
            6 => Self::BrokerLogger,
            7 => Self::ClientMetrics,
            8 => Self::Group,
            other => Self::Other(other),
        }
    }

    /// The name that Kafka gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic => "DYNAMIC_TOPIC_CONFIG",
            Self::DynamicBroker => "DYNAMIC_BROKER_CONFIG",
            Self::DynamicBrokerDefault => "DYNAMIC_DEFAULT_BROKER_CONFIG",
            Self::StaticBroker => "STATIC_BROKER_CONFIG",
            Self::Default => "DEFAULT_CONFIG",
            Self::BrokerLogger => "DYNAMIC_BROKER_LOGGER_CONFIG",
            Self::ClientMetrics => "DYNAMIC_CLIENT_METRICS_CONFIG",
            Self::Group => "DYNAMIC_GROUP_CONFIG",
            Self::Other(_) => "UNKNOWN",
        }
    }
}

/// The type of a setting's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum ConfigKind {
    Boolean,
    String,
    Int,
    Short,
    Long,
    Double,
    List,
    Class,
    Password,
    /// One that this client does not know.
    Other(i8),
}

impl ConfigKind {
    /// Reads the protocol's number; 0 says nothing.
    fn of(code: i8) -> Option<Self> {
        Some(match code {
            0 => return None,
            1 => Self::Boolean,
            2 => Self::String,
            3 => Self::Int,
            4 => Self::Short,
            5 => Self::Long,
            6 => Self::Double,
            7 => Self::List,
            8 => Self::Class,
            9 => Self::Password,
            other => Self::Other(other),
        })
    }
}

impl From<CreatableTopicConfigs> for ConfigEntry {
    fn from(config: CreatableTopicConfigs) -> Self {
        Self {
            name: config.name,
            value: config.value,
            source: ConfigSource::of(config.config_source),
            sensitive: config.is_sensitive,
            read_only: config.read_only,
            kind: None,
            synonyms: Vec::new(),
            documentation: None,
        }
    }
}

impl From<DescribeConfigsResourceResult> for ConfigEntry {
    fn from(config: DescribeConfigsResourceResult) -> Self {
        let synonyms = config.synonyms.into_iter().map(|synonym| ConfigSynonym {
            name: synonym.name,
            value: synonym.value,
            source: ConfigSource::of(synonym.source),
        });
        Self {
            name: config.name,
            value: config.value,
            source: ConfigSource::of(config.config_source),
            sensitive: config.is_sensitive,
            read_only: config.read_only,
            kind: ConfigKind::of(config.config_type),
            synonyms: synonyms.collect(),
            documentation: config.documentation,
        }
    }
}

impl Admin {
    /// Describes the settings of things, sorted by name. What the caller may not see is an error of its own.
    pub async fn describe_configs(
        &self,
        resources: impl IntoIterator<Item = ConfigResource>,
        options: DescribeConfigsOptions,
    ) -> Results<ConfigResource, Vec<ConfigEntry>> {
        let resources: Vec<ConfigResource> = resources.into_iter().collect();
        let task = DescribeConfigs { options };
        let (targets, failed) = route(&resources);
        let calls = targets
            .into_iter()
            .map(|(target, resources)| self.run(target, &task, resources));
        let described = join_all(calls).await.into_iter().flatten();
        in_order(
            &resources,
            described.chain(failed.into_iter().map(|(resource, error)| (resource, Err(error)))),
        )
    }
}

/// Puts results into the order in which the things were given; one that was given twice counts once.
pub(super) fn in_order<T>(
    resources: &[ConfigResource],
    results: impl Iterator<Item = (ConfigResource, Result<T, AdminError>)>,
) -> Results<ConfigResource, T> {
    let mut results: BTreeMap<_, _> = results.collect();
    resources
        .iter()
        .filter_map(|resource| results.remove_entry(resource))
        .collect()
}

struct DescribeConfigs {
    options: DescribeConfigsOptions,
}

/// From this version on brokers explain settings.
const WITH_DOCUMENTATION: i16 = 3;

impl Task for DescribeConfigs {
    type Key = ConfigResource;
    type Value = Vec<ConfigEntry>;
    type Body = ByVersion<DescribeConfigsRequest>;
    type Reply = DescribeConfigsResponse;

    const AWAITS_NEW: bool = true;

    fn body(&self, keys: &[ConfigResource]) -> Self::Body {
        let resource = |resource: &ConfigResource| DescribeConfigsResource {
            resource_type: resource.kind.code(),
            resource_name: resource.name.clone(),
            configuration_keys: self.options.keys.clone(),
        };
        let older = DescribeConfigsRequest {
            resources: keys.iter().map(resource).collect(),
            include_synonyms: self.options.synonyms,
            include_documentation: false,
        };
        let newer = DescribeConfigsRequest {
            include_documentation: self.options.documentation,
            ..older.clone()
        };
        let versions: VersionRange = DescribeConfigsRequest::VERSIONS;
        ByVersion {
            versions,
            since: WITH_DOCUMENTATION,
            newer,
            older,
        }
    }

    fn read(
        &self,
        _: &[ConfigResource],
        reply: DescribeConfigsResponse,
    ) -> Results<ConfigResource, Vec<ConfigEntry>> {
        let results = reply.results.into_iter().map(|result| {
            let key = ConfigResource {
                kind: ResourceKind::of(result.resource_type),
                name: result.resource_name,
            };
            let entries = BrokerError::check(result.error_code, result.error_message.as_deref()).map(|()| {
                let mut entries: Vec<_> = result.configs.into_iter().map(ConfigEntry::from).collect();
                entries.sort_by(|a, b| a.name.cmp(&b.name));
                entries
            });
            (key, entries.map_err(AdminError::from))
        });
        results.collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        passes(error)
    }
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;
    use protocol::messages::describe_configs::{DescribeConfigsResult, DescribeConfigsSynonym};

    use super::*;
    use crate::connection::Body;

    #[test]
    fn documentation_is_left_out_where_brokers_have_none() {
        let options = DescribeConfigsOptions {
            documentation: true,
            synonyms: true,
            keys: None,
        };
        let body = DescribeConfigs { options }.body(&[ConfigResource::topic("a")]);
        for version in body.versions.iter() {
            body.encode(1, "me", version)
                .unwrap_or_else(|error| panic!("version {version}: {error}"));
        }
        assert!(body.newer.include_documentation && body.newer.include_synonyms);
        assert_eq!(body.newer.resources[0].resource_type, 2);
    }

    #[test]
    fn a5_no_value_is_not_an_empty_one_and_all_keys_are_not_none() {
        let some = DescribeConfigsOptions {
            keys: Some(Vec::new()),
            ..DescribeConfigsOptions::default()
        };
        let key = ConfigResource::topic("a");
        assert_eq!(
            DescribeConfigs { options: some }
                .body(std::slice::from_ref(&key))
                .newer
                .resources[0]
                .configuration_keys,
            Some(vec![])
        );
        let all = DescribeConfigs {
            options: DescribeConfigsOptions::default(),
        };
        assert_eq!(all.body(&[key]).newer.resources[0].configuration_keys, None);
        let entry = |name: &str, value: Option<&str>, source| DescribeConfigsResourceResult {
            name: name.to_owned(),
            value: value.map(str::to_owned),
            config_source: source,
            config_type: 9,
            synonyms: vec![DescribeConfigsSynonym {
                name: "s".to_owned(),
                source: 4,
                ..DescribeConfigsSynonym::default()
            }],
            ..DescribeConfigsResourceResult::default()
        };
        let reply = DescribeConfigsResponse {
            results: vec![
                DescribeConfigsResult {
                    resource_type: 2,
                    resource_name: "a".to_owned(),
                    configs: vec![
                        entry("z", None, 5),
                        entry("y", Some(""), 1),
                        entry("x", Some("1"), 99),
                    ],
                    ..DescribeConfigsResult::default()
                },
                DescribeConfigsResult {
                    resource_type: 2,
                    resource_name: "b".to_owned(),
                    error_code: ErrorCode::UNKNOWN_TOPIC_OR_PARTITION.0,
                    ..DescribeConfigsResult::default()
                },
            ],
            ..DescribeConfigsResponse::default()
        };
        let results = all.read(&[], reply);
        let [x, y, z] = results[0].1.as_ref().unwrap().as_slice() else {
            panic!()
        };
        assert_eq!(
            (x.source, x.kind),
            (ConfigSource::Other(99), Some(ConfigKind::Password))
        );
        assert_eq!(
            (y.value.as_deref(), y.source, y.is_default()),
            (Some(""), ConfigSource::Topic, false)
        );
        assert_eq!(
            (&z.value, z.is_default(), z.synonyms[0].source),
            (&None, true, ConfigSource::StaticBroker)
        );
        assert_eq!(
            results[1].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)
        );
    }

    #[test]
    fn a2_results_come_in_the_order_given_each_once() {
        let (a, b) = (ConfigResource::topic("a"), ConfigResource::topic("b"));
        let results = [
            (a.clone(), Ok(1)),
            (b.clone(), Err(ErrorCode::UNKNOWN_SERVER_ERROR.into())),
        ];
        let ordered = in_order(&[b.clone(), a.clone(), b.clone()], results.into_iter());
        let keys: Vec<_> = ordered.iter().map(|(key, _)| key.clone()).collect();
        assert_eq!(keys, [b, a]);
    }
}
