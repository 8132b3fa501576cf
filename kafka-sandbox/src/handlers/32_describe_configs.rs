//! DescribeConfigs: the configs of topics, brokers, groups and client metrics, and where their values come from.

use std::collections::BTreeSet;

use protocol::ErrorCode;
use protocol::messages::describe_configs::{
    DescribeConfigsRequest, DescribeConfigsResource, DescribeConfigsResourceResult, DescribeConfigsResponse,
    DescribeConfigsResult, DescribeConfigsSynonym,
};

use super::configs::{LOGGERS, require};
use super::fault_config::{FAULTS, faults};
use super::refusal::Refusal;
use super::topic_names::why_invalid;
use super::{Call, Handle, Reply, configs};
use crate::fault::Subject;
use crate::profile::configs::{ConfigType, Kind, configs_in};
use crate::security::acl::Operation;
use crate::state::{Source, Sourced, State};

impl Handle for DescribeConfigsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeConfigsResponse> {
        let detail = Detail {
            synonyms: self.include_synonyms,
            meaning: self.include_documentation,
        };
        let results = self.resources.into_iter().map(|asked| {
            let described = describe(call, &asked, detail).and_then(|configs| {
                call.spend(configs.iter().map(length).sum())?;
                Ok(configs)
            });
            let (code, message, configs) = match described {
                Ok(configs) => (ErrorCode::NONE, String::new(), configs),
                Err(refused) => (refused.code, refused.message.unwrap_or_default(), Vec::new()),
            };
            DescribeConfigsResult {
                error_code: code.0,
                error_message: Some(message),
                resource_type: asked.resource_type,
                resource_name: asked.resource_name,
                configs,
            }
        });
        let results = results.collect();
        Reply::Now(DescribeConfigsResponse {
            results,
            ..DescribeConfigsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeConfigsResponse {
        let results = self.resources.into_iter().map(|asked| DescribeConfigsResult {
            error_code: code.0,
            resource_type: asked.resource_type,
            resource_name: asked.resource_name,
            ..DescribeConfigsResult::default()
        });
        DescribeConfigsResponse {
            results: results.collect(),
            ..DescribeConfigsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let resources = self.resources.iter();
        resources
            .filter_map(|one| configs::subject(one.resource_type, &one.resource_name))
            .collect()
    }
}

/// What is told of a config beside its value.
#[derive(Clone, Copy)]
struct Detail {
    synonyms: bool,
    meaning: bool,
}

/// About how many bytes a config takes in an answer.
fn length(config: &DescribeConfigsResourceResult) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let synonyms = config.synonyms.iter();
    let synonyms = synonyms.map(|one| one.name.len() + text(&one.value) + 5);
    config.name.len() + text(&config.value) + text(&config.documentation) + 10 + synonyms.sum::<usize>()
}

fn describe(
    call: &Call<'_>,
    asked: &DescribeConfigsResource,
    detail: Detail,
) -> Result<Vec<DescribeConfigsResourceResult>, Refusal> {
    call.spend(0)?;
    let (state, resource) = (&*call.state, asked.resource_name.as_str());
    require(call, Operation::DescribeConfigs, asked.resource_type, resource)?;
    if asked.resource_type == LOGGERS {
        if resource.is_empty() {
            return Err(nameless("Broker id must not be empty"));
        }
        check_broker(call, resource, false)?;
        return Ok(Vec::new());
    }
    let Some(kind) = Kind::of_number(asked.resource_type) else {
        return Err(ErrorCode::INVALID_REQUEST.into());
    };
    match kind {
        Kind::Topic => {
            if let Some(why) = why_invalid(resource) {
                return Err(Refusal::new(ErrorCode::INVALID_TOPIC_EXCEPTION, why));
            }
            if state.topics.get(resource).is_none() {
                return Err(Refusal::new(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, ""));
            }
        }
        Kind::Broker => check_broker(call, resource, true)?,
        Kind::ClientMetrics if resource.is_empty() => {
            return Err(nameless("Client metrics subscription name must not be empty"));
        }
        Kind::Group if resource.is_empty() => return Err(nameless("Group name must not be empty")),
        Kind::ClientMetrics | Kind::Group => {}
    }
    // No names are all names; who names some is not made to wait for all.
    let keys = asked.configuration_keys.as_ref().filter(|keys| !keys.is_empty());
    let (names, with_faults) = match keys {
        None => (names(state, kind, resource), true),
        Some(keys) => {
            let shown = keys.iter().filter(|name| shows(state, kind, resource, name));
            (shown.cloned().collect(), keys.iter().any(|name| name == FAULTS))
        }
    };
    let mut configs: Vec<DescribeConfigsResourceResult> = names
        .iter()
        .map(|name| config(call, kind, resource, name, detail))
        .collect();
    let asks_for_faults = keys.is_some() && resource.is_empty();
    if kind == Kind::Broker && with_faults && (asks_for_faults || !state.rules.is_empty()) {
        configs.push(faults_config(state, detail));
    }
    Ok(configs)
}

fn nameless(why: &str) -> Refusal {
    Refusal::new(ErrorCode::INVALID_REQUEST, why)
}

/// Only the broker itself knows its configs; any knows those of all.
fn check_broker(call: &Call<'_>, resource: &str, or_all: bool) -> Result<(), Refusal> {
    if resource.is_empty() && or_all {
        return Ok(());
    }
    let invalid = |text: String| Err(Refusal::new(ErrorCode::INVALID_REQUEST, text));
    match resource.parse::<i32>() {
        Ok(id) if id == call.broker => Ok(()),
        Ok(id) => {
            let or_all = if or_all { " or empty string," } else { "" };
            let expected = call.broker;
            invalid(format!(
                "Unexpected broker id, expected {expected}{or_all} but received {id}"
            ))
        }
        Err(_) => invalid(format!("Broker id must be an integer, but it is: {resource}")),
    }
}

/// The configs a resource shows: for all brokers only those that were set, else those that Kafka lists and those that were
/// set.
fn names(state: &State, kind: Kind, resource: &str) -> BTreeSet<String> {
    let set = state.configs.of(kind, resource);
    let mut names: BTreeSet<String> = set.into_iter().flat_map(|set| set.keys().cloned()).collect();
    if kind == Kind::Broker && resource.is_empty() {
        return names;
    }
    if kind == Kind::Broker {
        names.extend(
            state
                .configs
                .of(kind, "")
                .into_iter()
                .flat_map(|set| set.keys().cloned()),
        );
        names.extend(state.configs.started_with().keys().cloned());
    }
    let listed = configs_in(kind, state.configs.profile()).filter(|fact| fact.is_listed);
    names.extend(listed.map(|fact| fact.name.to_owned()));
    names
}

/// Whether a config is one of [`names`].
fn shows(state: &State, kind: Kind, resource: &str, name: &str) -> bool {
    let is_set = |resource: &str| {
        let set = state.configs.of(kind, resource);
        set.is_some_and(|set| set.contains_key(name))
    };
    if is_set(resource) || kind == Kind::Broker && resource.is_empty() {
        return is_set(resource);
    }
    let of_brokers = || is_set("") || state.configs.started_with().contains_key(name);
    kind == Kind::Broker && of_brokers() || state.configs.fact(kind, name).is_some_and(|fact| fact.is_listed)
}

fn config(
    call: &Call<'_>,
    kind: Kind,
    resource: &str,
    name: &str,
    detail: Detail,
) -> DescribeConfigsResourceResult {
    let state = &*call.state;
    let fact = state.configs.fact(kind, name);
    let mut sources = state.configs.sources(kind, resource, name);
    if kind == Kind::Broker
        && let Some(value) = own_value(call, resource, name)
    {
        sources.insert(
            0,
            Sourced {
                name,
                value: Some(value.into()),
                source: Source::StartedWith,
            },
        );
    }
    // What nobody knows may be a secret: brokers do not show it.
    let sensitive = fact.map_or(kind == Kind::Broker, |fact| fact.is_sensitive());
    let show = |value: &Option<std::borrow::Cow<'_, str>>| {
        let value = value.as_deref().filter(|_| !sensitive);
        value.map(|value| value.trim().to_owned())
    };
    let first = sources.first();
    let is_set = |name: &str| {
        let mut set = sources.iter().filter(|one| one.source != Source::Default);
        set.any(|one| one.name == name)
    };
    let is_shown = |one: &&Sourced<'_>| match (kind, one.source) {
        // What holds for all brokers is what was set for all.
        (Kind::Broker, source) if resource.is_empty() => source == Source::AllBrokers,
        // A default is shown under the name it has at brokers; that of an older name, in a coarser unit, only beside what was
        // set under the newer one.
        (Kind::Broker, Source::Default) => one.name == name || is_set(name),
        (Kind::Topic | Kind::ClientMetrics, Source::Default) => {
            let fallback = fact.and_then(|fact| fact.fallback);
            fallback.is_some_and(|fallback| one.name == fallback || is_set(fallback))
        }
        _ => true,
    };
    let has_value = kind != Kind::Broker || sources.iter().any(|one| is_shown(&one));
    let value = state.configs.value_of(name, &sources);
    DescribeConfigsResourceResult {
        name: name.to_owned(),
        value: value
            .filter(|_| !sensitive && has_value)
            .map(|value| value.trim().to_owned()),
        read_only: kind == Kind::Broker && fact.is_none_or(|fact| fact.is_read_only()),
        config_source: first.map_or(Source::Default, |first| first.source).number(),
        is_sensitive: sensitive,
        synonyms: sources
            .iter()
            .filter(|one| detail.synonyms && is_shown(one))
            .map(|one| DescribeConfigsSynonym {
                name: one.name.to_owned(),
                value: show(&one.value),
                source: one.source.number(),
            })
            .collect(),
        config_type: fact.map_or(0, |fact| fact.config_type.number()),
        documentation: fact
            .filter(|fact| detail.meaning && !fact.meaning.is_empty())
            .map(|fact| fact.meaning.to_owned()),
    }
}

/// What a broker was started with that is not kept as a config: what differs from one to the next, or was said by a setting of
/// the sandbox.
fn own_value(call: &Call<'_>, resource: &str, name: &str) -> Option<String> {
    let broker = call.state.brokers.get(resource.parse().ok()?)?;
    let listener = &call.client.listener;
    Some(match name {
        "broker.id" | "node.id" => broker.id.to_string(),
        "advertised.listeners" | "listeners" => format!("{listener}://{}:{}", broker.host, broker.port),
        "sasl.enabled.mechanisms" => {
            let mechanisms = call.state.security.mechanisms.as_ref()?;
            let names: Vec<_> = mechanisms.iter().map(|mechanism| mechanism.name()).collect();
            names.join(",")
        }
        "broker.rack" => broker.rack.as_deref()?.to_owned(),
        _ => return None,
    })
}

fn faults_config(state: &State, detail: Detail) -> DescribeConfigsResourceResult {
    DescribeConfigsResourceResult {
        name: FAULTS.to_owned(),
        value: Some(faults(state)),
        config_source: Source::AllBrokers.number(),
        config_type: ConfigType::List.number(),
        documentation: detail
            .meaning
            .then(|| "rules for requests that go wrong: see the sandbox's documentation".to_owned()),
        ..DescribeConfigsResourceResult::default()
    }
}
