//! InitProducerId: gives an idempotent or transactional producer its id and epoch.

use protocol::ErrorCode;
use protocol::messages::init_producer_id::{InitProducerIdRequest, InitProducerIdResponse};

use super::{Call, Handle, Reply};
use crate::security::acl::{Operation, ResourceType};
use crate::state::TRANSACTION_STATE;
use crate::transaction::InitRequest;

impl Handle for InitProducerIdRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<InitProducerIdResponse> {
        Reply::Now(match init(call, &self) {
            Ok((producer_id, producer_epoch)) => InitProducerIdResponse {
                producer_id,
                producer_epoch,
                ..InitProducerIdResponse::default()
            },
            // Clients before version 4 do not know the other code (KIP-588).
            Err(ErrorCode::PRODUCER_FENCED) if call.version < 4 => {
                self.refuse(call, ErrorCode::INVALID_PRODUCER_EPOCH)
            }
            Err(code) => self.refuse(call, code),
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> InitProducerIdResponse {
        InitProducerIdResponse {
            error_code: code.0,
            producer_id: -1,
            // Kafka leaves 0 where it refuses without having asked its coordinator; no client looks at it.
            producer_epoch: -1,
            ..InitProducerIdResponse::default()
        }
    }
}

fn init(call: &mut Call<'_>, request: &InitProducerIdRequest) -> Result<(i64, i16), ErrorCode> {
    match request.transactional_id.as_deref() {
        Some(id) => call.require_transactional_id(Operation::Write, id)?,
        // Whoever may write to any topic may do it idempotently (KIP-679).
        None if call.authorize_any(Operation::Write, ResourceType::Topic) => {}
        None => call.require_cluster(Operation::IdempotentWrite)?,
    }
    let expected = match (request.producer_id, request.producer_epoch) {
        (-1, -1) => None,
        (-1, _) | (_, -1) => return Err(ErrorCode::INVALID_REQUEST),
        both => Some(both),
    };
    let Some(id) = request.transactional_id.as_deref() else {
        return Ok((call.state.new_producer_id(call.now)?, 0));
    };
    let init = InitRequest {
        timeout_ms: request.transaction_timeout_ms,
        expected,
    };
    // What is wrong with the request itself is said by whoever is asked.
    call.state.transactions.check(id, init)?;
    call.state.coordinator_at(call.broker, TRANSACTION_STATE, id)?;
    call.state.init_transactional(call.now, &id.into(), init)
}
