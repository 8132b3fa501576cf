//! InitProducerId: gives an idempotent producer its id.

use protocol::ErrorCode;
use protocol::messages::init_producer_id::{InitProducerIdRequest, InitProducerIdResponse};

use super::{Call, Handle, Reply};

impl Handle for InitProducerIdRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<InitProducerIdResponse> {
        if self.transactional_id.is_some() {
            return Reply::Now(self.refuse(call, ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED));
        }
        Reply::Now(match call.state.new_producer_id(call.now) {
            Ok(producer_id) => InitProducerIdResponse {
                producer_id,
                ..InitProducerIdResponse::default()
            },
            Err(code) => self.refuse(call, code),
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> InitProducerIdResponse {
        InitProducerIdResponse {
            error_code: code.0,
            producer_id: -1,
            producer_epoch: -1,
            ..InitProducerIdResponse::default()
        }
    }
}
