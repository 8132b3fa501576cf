//! What AlterConfigs and IncrementalAlterConfigs have in common: from what is asked to the changes it takes, or to why not.

use std::collections::BTreeMap;

use protocol::ErrorCode;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Call;
use super::alteration::{Alteration, Operation};
use super::fault_config::{FAULTS, FaultPlan};
use super::refusal::Refusal;
use crate::fault::Subject;
use crate::profile::configs::{ConfigFact, ConfigType, Kind};
use crate::security::acl;
use crate::state::{Change, MIN_INSYNC, State};

/// Fails unless the client may do something with the configs of a resource, of a kind by its number.
pub(super) fn require(
    call: &Call<'_>,
    operation: acl::Operation,
    kind: i8,
    resource: &str,
) -> Result<(), ErrorCode> {
    match Kind::of_number(kind) {
        Some(Kind::Topic) => call.require_topic(operation, resource),
        Some(Kind::Group) => call.require_group(operation, resource),
        // Those of brokers and clients are the cluster's, and so are the levels of loggers.
        Some(Kind::Broker | Kind::ClientMetrics) => call.require_cluster(operation),
        None if kind == LOGGERS => call.require_cluster(operation),
        None => Ok(()),
    }
}

/// As [`require`] for altering them, in the words that Kafka has for it: brokers refuse what is theirs without any.
pub(super) fn require_altering(call: &Call<'_>, kind: i8, resource: &str) -> Result<(), Refusal> {
    let allowed = require(call, acl::Operation::AlterConfigs, kind, resource);
    allowed.map_err(|code| match kind {
        LOGGERS => Refusal { code, message: None },
        kind if kind == Kind::Broker.number() => Refusal { code, message: None },
        _ => code.into(),
    })
}

/// What a request for the configs of a resource is about: a topic, or nothing that faults match on.
pub(super) fn subject(kind: i8, resource: &str) -> Option<Subject> {
    (Kind::of_number(kind) == Some(Kind::Topic)).then(|| Subject::whole(resource))
}

/// The number of the resource type whose configs are the levels of loggers.
pub(super) const LOGGERS: i8 = 8;

/// What altering a resource comes to.
#[derive(Debug, Default)]
pub(super) struct Plan {
    changes: Vec<Change>,
    faults: Option<FaultPlan>,
}

impl Plan {
    /// Alters configs of a resource one by one.
    ///
    /// # Errors
    ///
    /// In Kafka's words, when one of them cannot be altered so; nothing is then altered.
    pub(super) fn new(
        call: &Call<'_>,
        kind: i8,
        resource: &str,
        alterations: &[Alteration],
    ) -> Result<Self, Refusal> {
        let state = &*call.state;
        let kind = check_resource(call, kind, resource)?;
        let mut names: Vec<&str> = alterations.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Refusal::new(
                ErrorCode::INVALID_REQUEST,
                "Error due to duplicate config keys",
            ));
        }
        check_nulls(alterations)?;
        let mut plan = Self::default();
        for one in alterations {
            if kind == Kind::Broker && one.name == FAULTS {
                plan.faults = Some(FaultPlan::new(state, resource, one)?);
                continue;
            }
            let value = new_value(state, kind, resource, one)?;
            check(state, kind, resource, &one.name, value.as_deref())?;
            if kind == Kind::Broker {
                check_in_sync(state, resource, one)?;
            }
            plan.changes.push(Change::SetConfig {
                kind: kind.number(),
                resource: resource.to_owned(),
                name: one.name.clone(),
                value,
            });
        }
        if kind == Kind::Topic {
            let altered = |name: &str| alterations.iter().position(|one| one.name == name);
            check_lags(|name| match altered(name).and_then(|at| plan.changes.get(at)) {
                Some(Change::SetConfig { value, .. }) => {
                    value.clone().or_else(|| state.configs.value(kind, "", name))
                }
                _ => state.configs.value(kind, resource, name),
            })?;
        }
        Ok(plan)
    }

    /// Puts these values in the place of all that was set for a resource.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub(super) fn replacing(
        call: &Call<'_>,
        kind: i8,
        resource: &str,
        values: Vec<(String, Option<String>)>,
    ) -> Result<Self, Refusal> {
        let set = Kind::of_number(kind).and_then(|kind| call.state.configs.of(kind, resource));
        let set: BTreeMap<String, String> = set.cloned().unwrap_or_default();
        let mut alterations: Vec<Alteration> = values
            .into_iter()
            .map(|(name, value)| Alteration {
                name,
                operation: Operation::Set,
                value,
            })
            .collect();
        let kept: FxHashSet<&str> = alterations.iter().map(|one| one.name.as_str()).collect();
        let gone = set.into_keys().filter(|name| !kept.contains(name.as_str()));
        let gone: Vec<Alteration> = gone
            .map(|name| Alteration {
                name,
                operation: Operation::Delete,
                value: None,
            })
            .collect();
        alterations.extend(gone);
        Self::new(call, kind, resource, &alterations)
    }

    /// Does it.
    pub(super) fn carry_out(self, call: &mut Call<'_>) -> Result<(), Refusal> {
        for change in self.changes {
            let outcome = call.state.commit(call.now, change);
            outcome.map_err(|code| Refusal::new(code, "The change could not be kept."))?;
        }
        self.faults.map_or(Ok(()), |faults| faults.carry_out(call))
    }
}

fn unknown_kind(kind: i8) -> Refusal {
    Refusal::new(
        ErrorCode::INVALID_REQUEST,
        format!("Unknown resource type {kind}"),
    )
}

/// Whether there is such a resource to alter, in Kafka's words where there is not.
fn check_resource(call: &Call<'_>, kind: i8, resource: &str) -> Result<Kind, Refusal> {
    let Some(kind) = Kind::of_number(kind) else {
        return Err(unknown_kind(kind));
    };
    let invalid = |text: &str| Err(Refusal::new(ErrorCode::INVALID_REQUEST, text));
    match kind {
        Kind::Topic if resource.is_empty() => invalid("Default topic resources are not allowed."),
        Kind::Topic => match call.state.topics.get(resource) {
            Some(_) => Ok(kind),
            None => Err(Refusal::new(
                ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
                format!("The topic '{resource}' does not exist."),
            )),
        },
        Kind::Broker if resource.is_empty() => Ok(kind),
        // A broker looks after its own.
        Kind::Broker => match resource.parse::<i32>() {
            Ok(id) if id == call.broker => Ok(kind),
            Ok(id) => {
                let expected = call.broker;
                invalid(&format!(
                    "Unexpected broker id, expected {expected}, but received {id}"
                ))
            }
            Err(_) => invalid(&format!("Node id must be an integer, but it is: {resource}")),
        },
        Kind::ClientMetrics if resource.is_empty() => invalid("Subscription name can't be empty"),
        Kind::Group if resource.is_empty() => invalid("Default group resources are not allowed."),
        Kind::ClientMetrics | Kind::Group => Ok(kind),
    }
}

/// The value a config has afterwards; none for its default.
fn new_value(state: &State, kind: Kind, resource: &str, one: &Alteration) -> Result<Option<String>, Refusal> {
    let verb = match one.operation {
        Operation::Set => return Ok(one.value.clone()),
        Operation::Delete => return Ok(None),
        Operation::Append => "APPEND",
        Operation::Subtract => "SUBTRACT",
    };
    let fact = state.configs.fact(kind, &one.name);
    let is_list = fact.is_some_and(|fact| fact.config_type == ConfigType::List);
    let name = &one.name;
    match kind {
        Kind::Topic | Kind::Broker if is_list => {}
        Kind::Broker if fact.is_some() => {
            let verb = verb.to_ascii_lowercase();
            let text = format!("Config value {verb} is not allowed for config key: {name}");
            return Err(Refusal::new(ErrorCode::INVALID_CONFIG, text));
        }
        // Kafka's controller knows no types of others.
        Kind::Broker | Kind::Topic | Kind::ClientMetrics | Kind::Group => {
            let text = format!("Can't {verb} to key {name} because its type is not LIST.");
            return Err(Refusal::new(ErrorCode::INVALID_CONFIG, text));
        }
    }
    let present = state.configs.value(kind, resource, &one.name).unwrap_or_default();
    let elements = |text: &str| -> Vec<String> {
        let elements = text
            .split(',')
            .map(str::trim)
            .filter(|element| !element.is_empty());
        elements.map(str::to_owned).collect()
    };
    let mut list = elements(&present);
    let named = elements(one.value.as_deref().unwrap_or_default());
    if one.operation == Operation::Append {
        let mut known: FxHashSet<String> = list.iter().cloned().collect();
        list.extend(named.into_iter().filter(|element| known.insert(element.clone())));
    } else {
        // Each time it is named takes one away, the first first.
        let mut named = named
            .into_iter()
            .fold(FxHashMap::default(), |mut times, element| {
                *times.entry(element).or_insert(0_usize) += 1;
                times
            });
        list.retain(|element| match named.get_mut(element) {
            Some(times @ 1..) => {
                *times -= 1;
                false
            }
            _ => true,
        });
    }
    Ok(Some(list.join(",")))
}

/// Whether a resource may have that value of a config.
fn check(state: &State, kind: Kind, resource: &str, name: &str, value: Option<&str>) -> Result<(), Refusal> {
    let Some(value) = value else {
        return Ok(());
    };
    let Some(fact) = state.configs.fact(kind, name) else {
        return match kind {
            Kind::Topic => Err(Refusal::new(
                ErrorCode::INVALID_CONFIG,
                format!("Unknown topic config name: {name}"),
            )),
            Kind::Group => Err(Refusal::new(
                ErrorCode::INVALID_CONFIG,
                format!("Unknown group config name: {name}"),
            )),
            Kind::ClientMetrics => {
                let text = format!("Unknown client metrics configuration: {name}");
                Err(Refusal::new(ErrorCode::INVALID_REQUEST, text))
            }
            Kind::Broker => Ok(()),
        };
    };
    if kind == Kind::Broker {
        check_dynamic(fact, resource)?;
        check_threads(state, resource, name, value)?;
    }
    let broker_setting = |name: &str| state.configs.value(Kind::Broker, "", name);
    match fact.refusal_by(value, broker_setting) {
        Some(refused) => Err(Refusal::new(refused.error, refused.message)),
        None => Ok(()),
    }
}

/// Whether brokers let a config be changed while they run, of one or of all of them (KIP-226).
fn check_dynamic(fact: &ConfigFact, resource: &str) -> Result<(), Refusal> {
    use crate::profile::configs::Change as Changeable;
    let name = fact.name;
    let text = match fact.change {
        Changeable::Never => format!("Cannot update these configs dynamically: [{name}]"),
        Changeable::PerListener => format!(
            "These security configs can be dynamically updated only per-listener using the listener prefix: [{name}]"
        ),
        Changeable::PerBroker if resource.is_empty() => format!(
            "Cannot update these configs at default cluster level, broker id must be specified: [{name}]"
        ),
        Changeable::PerBroker | Changeable::ClusterWide => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::INVALID_REQUEST, text))
}

fn check_nulls(alterations: &[Alteration]) -> Result<(), Refusal> {
    let without_value = |one: &&Alteration| one.operation != Operation::Delete && one.value.is_none();
    let nulls = alterations.iter().filter(without_value);
    let nulls: Vec<&str> = nulls.map(|one| one.name.as_str()).collect();
    if nulls.is_empty() {
        return Ok(());
    }
    let text = format!("Null value not supported for : {}", nulls.join(", "));
    Err(Refusal::new(ErrorCode::INVALID_REQUEST, text))
}

/// Numbers of threads that change by a factor of two at most.
const THREADS: &[&str] = &[
    "background.threads",
    "num.io.threads",
    "num.network.threads",
    "num.recovery.threads.per.data.dir",
    "num.replica.fetchers",
];

fn check_threads(state: &State, resource: &str, name: &str, value: &str) -> Result<(), Refusal> {
    let present = state.configs.value(Kind::Broker, resource, name);
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let (Some(present), Some(wanted)) = (present.as_deref().and_then(number), number(value)) else {
        return Ok(());
    };
    let why = if wanted > present.saturating_mul(2) {
        format!("value should not be greater than double the current value {present}")
    } else if wanted > 0 && wanted < present / 2 {
        format!("value should be at least half the current value {present}")
    } else {
        return Ok(());
    };
    if !THREADS.contains(&name) {
        return Ok(());
    }
    let text = format!(
        "Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed \
         for {name}={wanted}, {why} for configuration Invalid dynamic configuration"
    );
    Err(Refusal::new(ErrorCode::INVALID_REQUEST, text))
}

/// How many replicas have to be in sync is one number for the cluster where leaders may be elected from others (KIP-966).
fn check_in_sync(state: &State, resource: &str, one: &Alteration) -> Result<(), Refusal> {
    let is_one = state.features.level("eligible.leader.replicas.version") > 0;
    if !is_one || one.name != MIN_INSYNC {
        return Ok(());
    }
    let text = match one.operation {
        _ if !resource.is_empty() => {
            format!("Broker-level {MIN_INSYNC} cannot be altered while ELR is enabled.")
        }
        Operation::Delete => format!("Cluster-level {MIN_INSYNC} cannot be removed while ELR is enabled."),
        _ => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::INVALID_CONFIG, text))
}

/// Whether the bounds of a topic's compaction go together, whose configs `value` gives.
pub(super) fn check_lags(value: impl Fn(&str) -> Option<String>) -> Result<(), Refusal> {
    let [least, most] = ["min.compaction.lag.ms", "max.compaction.lag.ms"];
    let number = |name| value(name).and_then(|value| value.trim().parse::<i64>().ok());
    let (Some(min), Some(max)) = (number(least), number(most)) else {
        return Ok(());
    };
    if min <= max {
        return Ok(());
    }
    let text = format!("conflict topic config setting {least} ({min}) > {most} ({max})");
    Err(Refusal::new(ErrorCode::INVALID_CONFIG, text))
}
