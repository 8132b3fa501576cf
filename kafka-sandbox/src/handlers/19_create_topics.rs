//! CreateTopics: new topics with their partitions, replicas and configs.

use std::collections::BTreeMap;

use protocol::ErrorCode;
use protocol::messages::create_topics::{
    CreatableTopic, CreatableTopicConfig, CreatableTopicConfigs, CreatableTopicResult, CreateTopicsRequest,
    CreateTopicsResponse,
};
use rustc_hash::FxHashMap;

use super::configs::check_lags;
use super::placement::{check_alive, check_chosen, place};
use super::refusal::Refusal;
use super::topic_names::why_invalid;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::profile::configs::{Kind, configs_in};
use crate::security::acl::{Operation, ResourceType};
use crate::state::{CONSUMER_OFFSETS, Change, SHARE_GROUP_STATE, Source, State, TRANSACTION_STATE};
use crate::time::Now;

impl Handle for CreateTopicsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<CreateTopicsResponse> {
        let mut named: FxHashMap<&str, usize> = FxHashMap::default();
        for topic in &self.topics {
            *named.entry(&topic.name).or_default() += 1;
        }
        let mut refused = Vec::new();
        let passed: Vec<bool> = self
            .topics
            .iter()
            .map(|topic| {
                let message = match named.get_mut(topic.name.as_str()) {
                    Some(1) if topic.name == CLUSTER_METADATA => {
                        format!("Creation of internal topic {CLUSTER_METADATA} is prohibited.")
                    }
                    Some(1) => return true,
                    // Said once, however often it is there.
                    Some(times @ 2..) => {
                        *times = 0;
                        "Duplicate topic name.".to_owned()
                    }
                    _ => return false,
                };
                let refusal = Refusal::new(ErrorCode::INVALID_REQUEST, message);
                refused.push(refuse(topic.name.clone(), refusal));
                false
            })
            .collect();
        let passed = self.topics.into_iter().zip(passed);
        let topics = passed.filter_map(|(topic, passed)| passed.then_some(topic));
        let topics: Vec<CreatableTopic> = topics.collect();
        let too_many = partitions_wanted(call.state, &topics) > CHANGES_MAX;
        let mut budget = Budget::default();
        let plans: Vec<(String, Result<Plan, Refusal>)> = topics
            .into_iter()
            .map(|topic| {
                let name = topic.name.clone();
                let plan = match call.injected(&name, -1) {
                    _ if too_many => Err(Refusal::new(
                        ErrorCode::POLICY_VIOLATION,
                        "Excessively large number of partitions per request.",
                    )),
                    Some(code) => Err(code.into()),
                    None if !may_create(call, &name) => Err(Refusal::new(
                        ErrorCode::TOPIC_AUTHORIZATION_FAILED,
                        "Authorization failed.",
                    )),
                    None => Plan::new(call.state, topic, &mut budget),
                };
                (name, plan)
            })
            .collect();
        let mut response = CreateTopicsResponse::default();
        let defaults = match call.version {
            5.. => default_configs(call.state),
            _ => Vec::new(),
        };
        for (name, plan) in plans {
            let result = match plan {
                // Such a request fails as a whole.
                _ if budget.is_exceeded => Err(too_large()),
                Ok(plan) => {
                    let partitions = if self.validate_only {
                        0
                    } else {
                        plan.replicas.len()
                    };
                    let charged = call.charge_mutations(partitions, call.version >= 6);
                    charged
                        .map_err(Refusal::from)
                        .and_then(|()| plan.carry_out(call.now, call.state, self.validate_only, &defaults))
                }
                Err(refusal) => Err(refusal),
            };
            let result = result.unwrap_or_else(|refusal| refuse(name, refusal));
            response.topics.push(result);
        }
        response.topics.append(&mut refused);
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> CreateTopicsResponse {
        let topics = self.topics.into_iter();
        CreateTopicsResponse {
            topics: topics.map(|topic| refuse(topic.name, code.into())).collect(),
            ..CreateTopicsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter();
        topics.map(|topic| Subject::whole(topic.name.as_str())).collect()
    }
}

fn may_create(call: &Call<'_>, name: &str) -> bool {
    call.authorize_cluster(Operation::Create) || call.authorize(Operation::Create, ResourceType::Topic, name)
}

/// Creates a topic that a client asked the metadata of, or that brokers need for themselves.
///
/// Topics of brokers get the partitions, replicas and configs that their settings say. Where nobody says how many
/// replicas, they get three, but no more than there are brokers.
///
/// # Errors
///
/// As CreateTopics.
pub(crate) fn create_automatically(now: Now, state: &mut State, name: &str) -> Result<(), ErrorCode> {
    let (partitions, factor, configs) = match name {
        CONSUMER_OFFSETS => of_its_own(state, "offsets.topic", COMPACTED),
        TRANSACTION_STATE => of_its_own(state, "transaction.state.log", TRANSACTIONAL),
        SHARE_GROUP_STATE => of_its_own(state, "share.coordinator.state.topic", SHARED),
        _ => (-1, -1, Vec::new()),
    };
    let topic = CreatableTopic {
        name: name.to_owned(),
        num_partitions: partitions,
        replication_factor: factor,
        configs,
        ..CreatableTopic::default()
    };
    let plan = Plan::new(state, topic, &mut Budget::default());
    let done = plan.and_then(|plan| plan.carry_out(now, state, false, &[]));
    done.map(drop).map_err(|refusal| refusal.code)
}

/// Creates a topic for whoever runs the cluster, who needs no right to do so.
///
/// # Errors
///
/// As CreateTopics, with its message.
pub(crate) fn create_for_owner(
    now: Now,
    state: &mut State,
    topic: CreatableTopic,
) -> Result<(), (ErrorCode, Option<String>)> {
    let plan = Plan::new(state, topic, &mut Budget::default());
    let done = plan.and_then(|plan| plan.carry_out(now, state, false, &[]));
    done.map(drop).map_err(|refusal| (refusal.code, refusal.message))
}

fn of_its_own(
    state: &State,
    prefix: &str,
    configs: &[(&str, &str)],
) -> (i32, i16, Vec<CreatableTopicConfig>) {
    let setting = |name: &str| format!("{prefix}.{name}");
    let brokers = i16::try_from(state.brokers.iter().count()).unwrap_or(i16::MAX);
    let replicas = setting("replication.factor");
    let most = brokers.min(3);
    let factor = state.configs.started_with().get(&replicas);
    let factor = factor.and_then(|factor| factor.parse().ok()).unwrap_or(most);
    let mut configs: Vec<(String, String)> = configs
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let size = state
        .configs
        .broker_number(&setting("segment.bytes"), 100 * 1024 * 1024);
    configs.push(("segment.bytes".to_owned(), size.to_string()));
    // One in sync must do where there are no more.
    if state.configs.fact(Kind::Broker, &setting("min.isr")).is_some() {
        let least = state
            .configs
            .broker_number(&setting("min.isr"), 1)
            .min(factor.into());
        configs.push(("min.insync.replicas".to_owned(), least.to_string()));
    }
    let configs = configs.into_iter().map(|(name, value)| CreatableTopicConfig {
        name,
        value: Some(value),
    });
    let partitions = state.configs.broker_number(&setting("num.partitions"), 50);
    let partitions = i32::try_from(partitions).unwrap_or(-1);
    (partitions, factor, configs.collect())
}

/// How many partitions a request wants in all.
fn partitions_wanted(state: &State, topics: &[CreatableTopic]) -> usize {
    let default = state.configs.broker_number("num.partitions", 1);
    let wanted = topics.iter().map(|topic| match topic.num_partitions {
        _ if !topic.assignments.is_empty() => topic.assignments.len(),
        -1 => usize::try_from(default).unwrap_or(1),
        partitions => usize::try_from(partitions).unwrap_or(0),
    });
    wanted.fold(0, usize::saturating_add)
}

/// How much one request changes.
#[derive(Default)]
struct Budget {
    spent: usize,
    is_exceeded: bool,
}

impl Budget {
    fn spend(&mut self, changes: usize) -> Result<(), Refusal> {
        self.spent = self.spent.saturating_add(changes);
        self.is_exceeded |= self.spent > CHANGES_MAX;
        if self.is_exceeded {
            Err(too_large())
        } else {
            Ok(())
        }
    }
}

/// The refusal of a request that would change more than [`CHANGES_MAX`].
fn too_large() -> Refusal {
    Refusal::new(
        ErrorCode::POLICY_VIOLATION,
        "Unable to perform excessively large batch operation.",
    )
}

/// A topic that can be created.
struct Plan {
    name: String,
    replicas: Vec<Vec<i32>>,
    configs: BTreeMap<String, String>,
}

impl Plan {
    fn new(state: &mut State, topic: CreatableTopic, budget: &mut Budget) -> Result<Self, Refusal> {
        let name = topic.name;
        if state.topics.get(&name).is_some() {
            let message = format!("Topic '{name}' already exists.");
            return Err(Refusal::new(ErrorCode::TOPIC_ALREADY_EXISTS, message));
        }
        if let Some(other) = state.topics.colliding(&name) {
            let message = format!("Topic '{name}' collides with existing topic: {other}");
            return Err(Refusal::new(ErrorCode::INVALID_TOPIC_EXCEPTION, message));
        }
        if let Some(message) = why_invalid(&name) {
            return Err(Refusal::new(ErrorCode::INVALID_TOPIC_EXCEPTION, message));
        }
        let configs = check_configs(state, topic.configs)?;
        budget.spend(1 + configs.len())?;
        let chosen = !topic.assignments.is_empty();
        let replicas = if chosen {
            let (partitions, factor) = (topic.num_partitions, topic.replication_factor);
            let assignments = topic.assignments.into_iter();
            let assignments = assignments.map(|one| (one.partition_index, one.broker_ids));
            chosen_replicas(state, partitions, factor, assignments.collect(), budget)?
        } else {
            placed_replicas(state, topic.num_partitions, topic.replication_factor, budget)?
        };
        Ok(Self {
            name,
            replicas,
            configs,
        })
    }

    fn carry_out(
        self,
        now: Now,
        state: &mut State,
        validate_only: bool,
        defaults: &[CreatableTopicConfigs],
    ) -> Result<CreatableTopicResult, Refusal> {
        let id = state.new_id();
        let result = CreatableTopicResult {
            name: self.name.clone(),
            topic_id: id,
            error_message: None,
            num_partitions: i32::try_from(self.replicas.len()).unwrap_or(i32::MAX),
            replication_factor: self
                .replicas
                .first()
                .map_or(-1, |replicas| i16::try_from(replicas.len()).unwrap_or(i16::MAX)),
            configs: Some(effective_configs(defaults, &self.configs)),
            ..CreatableTopicResult::default()
        };
        if validate_only {
            return Ok(result);
        }
        let Self {
            name,
            replicas,
            configs,
        } = self;
        let change = Change::CreateTopic {
            name,
            id,
            replicas,
            configs,
        };
        state.commit(now, change)?;
        Ok(result)
    }
}

/// Checks the configs of a new topic.
fn check_configs(
    state: &State,
    configs: Vec<CreatableTopicConfig>,
) -> Result<BTreeMap<String, String>, Refusal> {
    let refuse = |message: String| Err(Refusal::new(ErrorCode::INVALID_CONFIG, message));
    let unset = configs.iter().filter(|config| config.value.is_none());
    let unset: Vec<&str> = unset.map(|config| config.name.as_str()).collect();
    if !unset.is_empty() {
        let names = unset.join(",");
        return refuse(format!("Null value not supported for topic configs: {names}"));
    }
    let configs: BTreeMap<String, String> = configs
        .into_iter()
        .map(|config| (config.name, config.value.unwrap_or_default()))
        .collect();
    let known = |name: &str| state.configs.fact(Kind::Topic, name);
    if let Some(name) = configs.keys().find(|name| known(name).is_none()) {
        return refuse(format!("Unknown topic config name: {name}"));
    }
    for (name, value) in &configs {
        if let Some(refusal) = known(name).and_then(|fact| fact.refusal(value)) {
            return Err(Refusal::new(refusal.error, refusal.message));
        }
    }
    check_lags(|name| {
        let set = configs.get(name).cloned();
        set.or_else(|| state.configs.value(Kind::Topic, "", name))
    })?;
    Ok(configs)
}

fn chosen_replicas(
    state: &State,
    partitions: i32,
    factor: i16,
    assignments: Vec<(i32, Vec<i32>)>,
    budget: &mut Budget,
) -> Result<Vec<Vec<i32>>, Refusal> {
    let unasked = |what| {
        let message = format!("A manual partition assignment was specified, but {what} was not set to -1.");
        Refusal::new(ErrorCode::INVALID_REQUEST, message)
    };
    if factor != -1 {
        return Err(unasked("replication factor"));
    }
    if partitions != -1 {
        return Err(unasked("numPartitions"));
    }
    budget.spend(assignments.len())?;
    let invalid = |message: String| Refusal::new(ErrorCode::INVALID_REPLICA_ASSIGNMENT, message);
    let mut chosen: BTreeMap<i32, Vec<i32>> = BTreeMap::new();
    let mut factor = None;
    for (index, replicas) in assignments {
        if chosen.contains_key(&index) {
            return Err(invalid(format!(
                "Found multiple manual partition assignments for partition {index}"
            )));
        }
        check_chosen(state, &replicas, factor)?;
        factor = Some(replicas.len());
        check_alive(state, &replicas, index)?;
        chosen.insert(index, replicas);
    }
    if (0..)
        .zip(chosen.keys())
        .any(|(expected, &index)| index != expected)
    {
        return Err(invalid(
            "partitions should be a consecutive 0-based integer sequence".to_owned(),
        ));
    }
    Ok(chosen.into_values().collect())
}

fn placed_replicas(
    state: &mut State,
    partitions: i32,
    factor: i16,
    budget: &mut Budget,
) -> Result<Vec<Vec<i32>>, Refusal> {
    if factor < -1 || factor == 0 {
        return Err(Refusal::new(
            ErrorCode::INVALID_REPLICATION_FACTOR,
            "Replication factor must be larger than 0, or -1 to use the default value.",
        ));
    }
    if partitions < -1 || partitions == 0 {
        return Err(Refusal::new(
            ErrorCode::INVALID_PARTITIONS,
            "Number of partitions was set to an invalid non-positive value.",
        ));
    }
    let factor = match factor {
        -1 => i16::try_from(state.configs.broker_number("default.replication.factor", 1)).unwrap_or(1),
        factor => factor,
    };
    let partitions = match partitions {
        -1 => state.configs.broker_number("num.partitions", 1),
        partitions => partitions.into(),
    };
    let partitions = usize::try_from(partitions).unwrap_or(1);
    budget.spend(partitions)?;
    place(state, partitions, factor).map_err(|refusal| {
        let why = refusal.message.unwrap_or_default();
        let message = format!("Unable to replicate the partition {factor} time(s): {why}");
        Refusal::new(refusal.code, message)
    })
}

/// The settings of a topic with these configs of its own, by name.
fn effective_configs(
    defaults: &[CreatableTopicConfigs],
    own: &BTreeMap<String, String>,
) -> Vec<CreatableTopicConfigs> {
    let mut configs = defaults.to_vec();
    for config in &mut configs {
        if let Some(value) = own.get(&config.name) {
            config.value = (!config.is_sensitive).then(|| value.clone());
            config.config_source = Source::Topic.number();
        }
    }
    configs
}

/// The settings of a topic that has none of its own, by name.
fn default_configs(state: &State) -> Vec<CreatableTopicConfigs> {
    let facts = configs_in(Kind::Topic, state.configs.profile()).filter(|fact| fact.is_listed);
    facts
        .map(|fact| {
            // No topic has the empty name.
            let sources = state.configs.sources(Kind::Topic, "", fact.name);
            let source = sources.first().map_or(Source::Default, |first| first.source);
            let value = state.configs.value(Kind::Topic, "", fact.name);
            CreatableTopicConfigs {
                name: fact.name.to_owned(),
                value: value.filter(|_| !fact.is_sensitive()),
                read_only: false,
                config_source: source.number(),
                is_sensitive: fact.is_sensitive(),
            }
        })
        .collect()
}

fn refuse(name: String, refusal: Refusal) -> CreatableTopicResult {
    CreatableTopicResult {
        name,
        error_code: refusal.code.0,
        error_message: refusal.message,
        configs: Some(Vec::new()),
        ..CreatableTopicResult::default()
    }
}

/// The topic of the controllers, which nobody else creates.
const CLUSTER_METADATA: &str = "__cluster_metadata";

/// How many records of metadata one request may make, a partition being one: Kafka's controller takes no more.
pub(super) const CHANGES_MAX: usize = 10_000;

const COMPACTED: &[(&str, &str)] = &[("cleanup.policy", "compact"), ("compression.type", "producer")];
const TRANSACTIONAL: &[(&str, &str)] = &[
    ("cleanup.policy", "compact"),
    ("compression.type", "uncompressed"),
    ("unclean.leader.election.enable", "false"),
];
const SHARED: &[(&str, &str)] = &[
    ("cleanup.policy", "delete"),
    ("compression.type", "producer"),
    ("retention.ms", "-1"),
];
