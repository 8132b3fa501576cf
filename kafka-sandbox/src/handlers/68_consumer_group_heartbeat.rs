//! ConsumerGroupHeartbeat: a member of a consumer group comes, stays or goes, and learns what it has (KIP-848).

use std::sync::Arc;

use protocol::messages::consumer_group_heartbeat::{
    ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse,
};
use protocol::{ErrorCode, Uuid};

use super::refusal::default_message;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::group::consumer::{GroupError, Heartbeat, TopicView, check};
use crate::security::acl::{Operation, ResourceType};
use crate::security::{Authorizer, Who};
use crate::state::State;

impl Handle for ConsumerGroupHeartbeatRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ConsumerGroupHeartbeatResponse> {
        Reply::Now(match heartbeat(call, self) {
            Ok(response) => response,
            Err(error) => ConsumerGroupHeartbeatResponse {
                error_message: Some(error.message).filter(|message| !message.is_empty()),
                ..refusal(error.code)
            },
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ConsumerGroupHeartbeatResponse {
        refusal(code)
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        // What a member subscribes to and holds it says when that has changed.
        let subscribed = self.subscribed_topic_names.iter().flatten();
        let subscribed = subscribed.map(|name| Subject::whole(name.as_str()));
        let held = self.topic_partitions.iter().flatten();
        let held = held.filter_map(|held| state.topics.name_of(held.topic_id).cloned());
        let mut subjects: Vec<Subject> = subscribed.chain(held.map(Subject::whole)).collect();
        subjects.dedup();
        subjects
    }
}

fn heartbeat(
    call: &mut Call<'_>,
    request: ConsumerGroupHeartbeatRequest,
) -> Result<ConsumerGroupHeartbeatResponse, GroupError> {
    let plain = |code: ErrorCode| GroupError::new(code, default_message(code).unwrap_or_default());
    if !call.state.has_consumer_protocol() {
        return Err(GroupError::new(ErrorCode::UNSUPPORTED_VERSION, ""));
    }
    let settings = call.state.groups.settings();
    check(&request, call.version, settings)?;
    let group = request.group_id.clone();
    let wordless = |code| GroupError::new(code, "");
    call.require_group(Operation::Read, &group).map_err(wordless)?;
    for topic in request.subscribed_topic_names.iter().flatten() {
        call.require_topic(Operation::Describe, topic).map_err(wordless)?;
    }
    let coordinated = call.state.coordinate(call.now, call.broker, &group);
    let partition = coordinated.map_err(plain)?;
    let heartbeat = Heartbeat {
        request,
        client_id: call.client.id.clone(),
        client_host: format!("/{}", call.client.host),
    };
    let config = call.state.group_config(&group);
    let who = Who {
        principal: &call.client.principal,
        host: &call.client.host,
    };
    let state = &mut *call.state;
    let authorizer = state.security.authorizer.as_ref();
    let topics = Described {
        topics: &state.topics,
        authorizer: authorizer.map(|authorizer| (authorizer, who)),
    };
    let (response, effects) =
        state
            .groups
            .consumer_heartbeat(call.now, &mut state.rng, partition, config, &topics, heartbeat)?;
    state.settle_group(call.now, partition, effects).map_err(plain)?;
    Ok(response)
}

fn refusal(code: ErrorCode) -> ConsumerGroupHeartbeatResponse {
    ConsumerGroupHeartbeatResponse {
        error_code: code.0,
        ..ConsumerGroupHeartbeatResponse::default()
    }
}

/// The topics of the cluster, of which patterns find those that the member may describe.
struct Described<'a> {
    topics: &'a dyn TopicView,
    authorizer: Option<(&'a Authorizer, Who<'a>)>,
}

impl TopicView for Described<'_> {
    fn version(&self) -> u64 {
        self.topics.version()
    }

    fn by_name(&self, name: &str) -> Option<(Uuid, i32)> {
        self.topics.by_name(name)
    }

    fn name_of(&self, id: Uuid) -> Option<Arc<str>> {
        self.topics.name_of(id)
    }

    fn names(&self) -> Vec<Arc<str>> {
        let mut names = self.topics.names();
        if let Some((authorizer, who)) = self.authorizer {
            names.retain(|name| authorizer.allows(who, Operation::Describe, ResourceType::Topic, name));
        }
        names
    }
}
