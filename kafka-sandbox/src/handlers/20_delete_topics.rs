//! DeleteTopics: topics with their records and configs, by name or id.

use std::sync::Arc;

use protocol::messages::delete_topics::{
    DeletableTopicResult, DeleteTopicState, DeleteTopicsRequest, DeleteTopicsResponse,
};
use protocol::{ErrorCode, Uuid};
use rustc_hash::{FxHashMap, FxHashSet};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Change, State};

impl Handle for DeleteTopicsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DeleteTopicsResponse> {
        if !call.state.configs.broker_flag("delete.topic.enable") {
            let code = match call.version {
                ..3 => ErrorCode::INVALID_REQUEST,
                3.. => ErrorCode::TOPIC_DELETION_DISABLED,
            };
            return Reply::Now(self.refuse(call, code));
        }
        let topics = asked(self);
        let mut names: FxHashMap<&str, usize> = FxHashMap::default();
        let mut ids: FxHashMap<Uuid, usize> = FxHashMap::default();
        for topic in &topics {
            match &topic.name {
                Some(name) if topic.topic_id.is_zero() => *names.entry(name).or_default() += 1,
                None if !topic.topic_id.is_zero() => *ids.entry(topic.topic_id).or_default() += 1,
                _ => {}
            }
        }
        // A topic that is named beside its id is not deleted, and told of once, by its name.
        let named = names.keys().filter_map(|name| call.state.topics.get(name));
        let named: FxHashSet<Uuid> = named.map(|topic| topic.id).collect();
        let mut told: FxHashSet<(&Option<String>, Uuid)> = FxHashSet::default();
        let mut responses = Vec::with_capacity(topics.len());
        for topic in &topics {
            let repeated = match &topic.name {
                Some(name) => topic.topic_id.is_zero() && names.get(name.as_str()).is_some_and(|&n| n > 1),
                None => ids.get(&topic.topic_id).is_some_and(|&n| n > 1),
            };
            if topic.name.is_none() && named.contains(&topic.topic_id) {
                continue;
            }
            if repeated && !told.insert((&topic.name, topic.topic_id)) {
                continue;
            }
            responses.push(delete(call, topic, repeated, &ids));
        }
        Reply::Now(DeleteTopicsResponse {
            responses,
            ..DeleteTopicsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DeleteTopicsResponse {
        let responses = asked(self).into_iter().map(|topic| result(&topic, &code.into()));
        DeleteTopicsResponse {
            responses: responses.collect(),
            ..DeleteTopicsResponse::default()
        }
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        let names = self.topic_names.iter().map(|name| Arc::from(name.as_str()));
        let found = self.topics.iter().filter_map(|topic| match &topic.name {
            Some(name) => Some(Arc::from(name.as_str())),
            None => state.topics.name_of(topic.topic_id).cloned(),
        });
        let topics = names.chain(found);
        topics.map(Subject::whole).collect()
    }
}

/// What is asked for, in the form of all versions.
fn asked(request: DeleteTopicsRequest) -> Vec<DeleteTopicState> {
    let names = request.topic_names.into_iter().map(|name| DeleteTopicState {
        name: Some(name),
        ..DeleteTopicState::default()
    });
    names.chain(request.topics).collect()
}

fn delete(
    call: &mut Call<'_>,
    topic: &DeleteTopicState,
    repeated: bool,
    ids: &FxHashMap<Uuid, usize>,
) -> DeletableTopicResult {
    let invalid = |message: &str| Refusal::new(ErrorCode::INVALID_REQUEST, message);
    let by_id = !topic.topic_id.is_zero();
    let refusal = match &topic.name {
        None if !by_id => Some(invalid("Neither topic name nor id were specified.")),
        None if repeated => Some(invalid("Duplicate topic id.")),
        Some(_) if by_id => Some(invalid("You may not specify both topic name and topic id.")),
        Some(_) if repeated => Some(invalid("Duplicate topic name.")),
        _ => None,
    };
    if let Some(refusal) = refusal {
        return result(topic, &refusal);
    }
    let name = topic.name.as_deref().unwrap_or_default();
    let found = call.state.topics.find(name, topic.topic_id);
    let (name, id) = match found {
        Ok(found) => (found.name.clone(), found.id),
        Err(code) => {
            // What is not there is told to whom may know.
            let denied = may(call, Operation::Describe, name);
            let code = denied.err().filter(|_| !by_id).unwrap_or(code);
            return result(topic, &code.into());
        }
    };
    let allowed = may(call, Operation::Describe, &name);
    if let Err(code) = allowed {
        // By its id, without the name.
        return result(topic, &code.into());
    }
    let mut outcome = DeletableTopicResult {
        name: Some(name.to_string()),
        topic_id: id,
        ..DeletableTopicResult::default()
    };
    if !by_id && ids.contains_key(&id) {
        outcome.error_code = ErrorCode::INVALID_REQUEST.0;
        outcome.error_message =
            Some("The provided topic name maps to an ID that was already supplied.".to_owned());
        return outcome;
    }
    let injected = call.injected(&name, -1);
    let change = Change::DeleteTopic {
        name: name.to_string(),
    };
    let partitions = call
        .state
        .topics
        .get(&name)
        .map_or(0, |topic| topic.partitions.len());
    let done = may(call, Operation::Delete, &name)
        .and_then(|()| injected.map_or(Ok(()), Err))
        .and_then(|()| call.charge_mutations(partitions, call.version >= 5))
        .and_then(|()| call.state.commit(call.now, change));
    if let Err(code) = done {
        let refusal = Refusal::from(code);
        outcome.error_code = refusal.code.0;
        outcome.error_message = refusal.message;
    }
    outcome
}

/// Fails unless the client may do this to the topic, which includes everybody who may delete whatever the cluster has.
fn may(call: &Call<'_>, operation: Operation, topic: &str) -> Result<(), ErrorCode> {
    if call.authorize_cluster(Operation::Delete) {
        return Ok(());
    }
    call.require_topic(operation, topic)
}

fn result(topic: &DeleteTopicState, refusal: &Refusal) -> DeletableTopicResult {
    DeletableTopicResult {
        name: topic.name.clone(),
        topic_id: topic.topic_id,
        error_code: refusal.code.0,
        error_message: refusal.message.clone(),
    }
}
