//! ConsumerGroupHeartbeat: a member of a consumer group comes, stays or goes, and learns what it has (KIP-848).

use protocol::ErrorCode;
use protocol::messages::consumer_group_heartbeat::{
    ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse,
};

use super::refusal::default_message;
use super::{Call, Handle, Reply};
use crate::group::consumer::{GroupError, Heartbeat, check};
use crate::security::acl::Operation;

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
    let state = &mut *call.state;
    let (response, effects) = state.groups.consumer_heartbeat(
        call.now,
        &mut state.rng,
        partition,
        config,
        &state.topics,
        heartbeat,
    )?;
    state.settle_group(call.now, partition, effects).map_err(plain)?;
    Ok(response)
}

fn refusal(code: ErrorCode) -> ConsumerGroupHeartbeatResponse {
    ConsumerGroupHeartbeatResponse {
        error_code: code.0,
        ..ConsumerGroupHeartbeatResponse::default()
    }
}
