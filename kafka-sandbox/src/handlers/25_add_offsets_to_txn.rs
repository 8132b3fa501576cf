//! AddOffsetsToTxn: the offsets of a group become part of a transaction.

use protocol::ErrorCode;
use protocol::messages::add_offsets_to_txn::{AddOffsetsToTxnRequest, AddOffsetsToTxnResponse};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::{CONSUMER_OFFSETS, TRANSACTION_STATE};

impl Handle for AddOffsetsToTxnRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AddOffsetsToTxnResponse> {
        let code = match add(call, &self) {
            Ok(()) => ErrorCode::NONE,
            // Clients before version 2 do not know the other code (KIP-588).
            Err(ErrorCode::PRODUCER_FENCED) if call.version < 2 => ErrorCode::INVALID_PRODUCER_EPOCH,
            Err(code) => code,
        };
        Reply::Now(self.refuse(call, code))
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> AddOffsetsToTxnResponse {
        AddOffsetsToTxnResponse {
            error_code: code.0,
            ..AddOffsetsToTxnResponse::default()
        }
    }
}

fn add(call: &mut Call<'_>, request: &AddOffsetsToTxnRequest) -> Result<(), ErrorCode> {
    let id = request.transactional_id.as_str();
    call.require_transactional_id(Operation::Write, id)?;
    call.require_group(Operation::Read, &request.group_id)?;
    if id.is_empty() {
        return Err(ErrorCode::INVALID_REQUEST);
    }
    call.state.coordinator_at(call.broker, TRANSACTION_STATE, id)?;
    let offsets = call
        .state
        .coordinator(CONSUMER_OFFSETS, &request.group_id)?
        .partition;
    let partitions = [(CONSUMER_OFFSETS.into(), offsets)].into_iter().collect();
    let producer = (request.producer_id, request.producer_epoch);
    call.state
        .add_to_transaction(call.now, &id.into(), producer, &partitions)
}
