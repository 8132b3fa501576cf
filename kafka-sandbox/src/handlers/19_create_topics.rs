//! CreateTopics: new topics with their partitions, replicas and configs.

use protocol::ErrorCode;
use protocol::messages::create_topics::{
    CreatableTopic, CreatableTopicResult, CreateTopicsRequest, CreateTopicsResponse,
};

use super::{Call, Handle, Reply};
use crate::state::{Change, State};

impl Handle for CreateTopicsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<CreateTopicsResponse> {
        let mut response = CreateTopicsResponse::default();
        for topic in self.topics {
            let name = topic.name.clone();
            let outcome = create(call, topic, self.validate_only);
            response
                .topics
                .push(outcome.unwrap_or_else(|code| CreatableTopicResult {
                    name,
                    error_code: code.0,
                    ..CreatableTopicResult::default()
                }));
        }
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> CreateTopicsResponse {
        let topics = self.topics.into_iter().map(|topic| CreatableTopicResult {
            name: topic.name,
            error_code: code.0,
            ..CreatableTopicResult::default()
        });
        CreateTopicsResponse {
            topics: topics.collect(),
            ..CreateTopicsResponse::default()
        }
    }
}

/// Creates a topic that a client asked the metadata of.
pub(super) fn create_automatically(call: &mut Call<'_>, name: &str) -> Result<(), ErrorCode> {
    let topic = CreatableTopic {
        name: name.to_owned(),
        num_partitions: -1,
        replication_factor: -1,
        ..CreatableTopic::default()
    };
    create(call, topic, false).map(|_| ())
}

fn create(
    call: &mut Call<'_>,
    topic: CreatableTopic,
    validate_only: bool,
) -> Result<CreatableTopicResult, ErrorCode> {
    if call.state.topics.get(&topic.name).is_some() {
        return Err(ErrorCode::TOPIC_ALREADY_EXISTS);
    }
    let partitions = if topic.num_partitions == -1 {
        1
    } else {
        topic.num_partitions
    };
    let factor = if topic.replication_factor == -1 {
        1
    } else {
        topic.replication_factor
    };
    let replicas = place(call.state, partitions, factor)?;
    let id = call.state.new_id();
    if !validate_only {
        let change = Change::CreateTopic {
            name: topic.name.clone(),
            id,
            replicas,
        };
        call.state.commit(call.now, change)?;
    }
    Ok(CreatableTopicResult {
        name: topic.name,
        topic_id: id,
        num_partitions: partitions,
        replication_factor: factor,
        ..CreatableTopicResult::default()
    })
}

/// Spreads the replicas of `partitions` new partitions over the living brokers.
pub(super) fn place(state: &mut State, partitions: i32, factor: i16) -> Result<Vec<Vec<i32>>, ErrorCode> {
    let brokers: Vec<i32> = state.brokers.alive().map(|broker| broker.id).collect();
    let count = usize::try_from(partitions).map_err(|_| ErrorCode::INVALID_PARTITIONS)?;
    let factor = usize::try_from(factor).map_err(|_| ErrorCode::INVALID_REPLICATION_FACTOR)?;
    if count == 0 {
        return Err(ErrorCode::INVALID_PARTITIONS);
    }
    if factor == 0 || factor > brokers.len() {
        return Err(ErrorCode::INVALID_REPLICATION_FACTOR);
    }
    let start = state.rng.usize(..brokers.len());
    let replicas = (0..count).map(|index| {
        let nth = |step| brokers[(start + index + step) % brokers.len()];
        (0..factor).map(nth).collect()
    });
    Ok(replicas.collect())
}
