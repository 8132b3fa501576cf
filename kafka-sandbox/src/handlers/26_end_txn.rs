//! EndTxn: commits or aborts a transaction.

use protocol::ErrorCode;
use protocol::messages::end_txn::{EndTxnRequest, EndTxnResponse};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::TRANSACTION_STATE;
use crate::transaction::Outcome;

impl Handle for EndTxnRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<EndTxnResponse> {
        Reply::Now(match end(call, &self) {
            Ok((producer_id, producer_epoch)) => EndTxnResponse {
                producer_id,
                producer_epoch,
                ..EndTxnResponse::default()
            },
            // Clients before version 2 do not know the other code (KIP-588).
            Err(ErrorCode::PRODUCER_FENCED) if call.version < 2 => {
                self.refuse(call, ErrorCode::INVALID_PRODUCER_EPOCH)
            }
            Err(code) => self.refuse(call, code),
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> EndTxnResponse {
        EndTxnResponse {
            error_code: code.0,
            producer_id: -1,
            producer_epoch: -1,
            ..EndTxnResponse::default()
        }
    }
}

fn end(call: &mut Call<'_>, request: &EndTxnRequest) -> Result<(i64, i16), ErrorCode> {
    let id = request.transactional_id.as_str();
    call.require_transactional_id(Operation::Write, id)?;
    if id.is_empty() {
        return Err(ErrorCode::INVALID_REQUEST);
    }
    call.state.coordinator_at(call.broker, TRANSACTION_STATE, id)?;
    let producer = (request.producer_id, request.producer_epoch);
    let outcome = if request.committed {
        Outcome::Commit
    } else {
        Outcome::Abort
    };
    // Who sends this version speaks version 2 of transactions, whatever the cluster is set to (KIP-890).
    let version = if call.version >= 5 { 2 } else { 0 };
    let ended = call
        .state
        .end_transaction(call.now, &id.into(), producer, outcome, version)?;
    Ok(if version >= 2 { ended } else { (-1, -1) })
}
