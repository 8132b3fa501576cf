//! SaslAuthenticate: carries the messages of a SASL mechanism (KIP-152), and says how long an authentication is good for
//! (KIP-368).

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::messages::sasl_authenticate::{SaslAuthenticateRequest, SaslAuthenticateResponse};

use super::{Call, Handle, Reply};
use crate::security::{Authentication, Session, Surroundings};
use crate::state::State;
use crate::time::{Now, millis};

impl Handle for SaslAuthenticateRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<SaslAuthenticateResponse> {
        match take_message(call.now, call.state, call.session, &self.auth_bytes) {
            Authentication::Challenge(message) => Reply::Now(SaslAuthenticateResponse {
                error_message: Some(String::new()),
                auth_bytes: Bytes::from(message),
                ..SaslAuthenticateResponse::default()
            }),
            Authentication::Done { message, lifetime } => {
                let lifetime = lifetime.unwrap_or_default().as_millis();
                Reply::Now(SaslAuthenticateResponse {
                    error_message: Some(String::new()),
                    auth_bytes: Bytes::from(message),
                    session_lifetime_ms: i64::try_from(lifetime).unwrap_or(i64::MAX),
                    ..SaslAuthenticateResponse::default()
                })
            }
            Authentication::Failed(reason) => Reply::Last(SaslAuthenticateResponse {
                error_message: Some(reason),
                ..self.refuse(call, ErrorCode::SASL_AUTHENTICATION_FAILED)
            }),
            Authentication::Broken => Reply::Close,
            Authentication::Illegal => {
                let reason = "SaslAuthenticate request received after successful authentication";
                Reply::Now(SaslAuthenticateResponse {
                    error_message: Some(reason.to_owned()),
                    ..self.refuse(call, ErrorCode::ILLEGAL_SASL_STATE)
                })
            }
        }
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> SaslAuthenticateResponse {
        SaslAuthenticateResponse {
            error_code: code.0,
            ..SaslAuthenticateResponse::default()
        }
    }
}

/// Takes a message of the mechanism that a connection has chosen.
pub(crate) fn take_message(
    now: Now,
    state: &mut State,
    session: &mut Session,
    message: &[u8],
) -> Authentication {
    let longest = millis(state.configs.broker_number("connections.max.reauth.ms", 0));
    let nonce = std::array::from_fn(|_| state.rng.u8(..));
    let around = Surroundings {
        credentials: &state.security.credentials,
        nonce,
        timestamp: now.timestamp,
        again: session.principal().is_some(),
    };
    let longest = longest.filter(|time| !time.is_zero());
    session.authenticate(now.elapsed, message, &around, longest)
}
