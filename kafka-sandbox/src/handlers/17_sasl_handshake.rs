//! SaslHandshake: lets the client choose how it proves who it is (KIP-43).

use protocol::ErrorCode;
use protocol::messages::sasl_handshake::{SaslHandshakeRequest, SaslHandshakeResponse};

use super::{Call, Handle, Reply};
use crate::security::Choice;

impl Handle for SaslHandshakeRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<SaslHandshakeResponse> {
        let offered = call.state.security.mechanisms.as_deref().unwrap_or_default();
        let choice = call.session.choose(&self.mechanism, offered, call.version);
        let answer = |code: ErrorCode| SaslHandshakeResponse {
            error_code: code.0,
            mechanisms: offered.iter().map(ToString::to_string).collect(),
        };
        match choice {
            Choice::Taken => Reply::Now(answer(ErrorCode::NONE)),
            Choice::Unsupported => Reply::Last(answer(ErrorCode::UNSUPPORTED_SASL_MECHANISM)),
            Choice::Illegal => Reply::Now(self.refuse(call, ErrorCode::ILLEGAL_SASL_STATE)),
        }
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> SaslHandshakeResponse {
        SaslHandshakeResponse {
            error_code: code.0,
            mechanisms: Vec::new(),
        }
    }
}
