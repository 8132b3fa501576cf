use bytes::Bytes;
use protocol::messages::sasl_authenticate::{SaslAuthenticateRequest, SaslAuthenticateResponse};
use protocol::messages::sasl_handshake::{SaslHandshakeRequest, SaslHandshakeResponse};
use protocol::sasl::scram::{SaltedPassword, ScramLogin, ServerStep};
use protocol::sasl::{Credentials, Mechanism, Secret};
use protocol::{ApiKey, ErrorCode};

use super::script::{Script, at, metadata, secs};
use crate::connection::{FaultKind, LinkEvent};
use crate::error::{RequestError, TransportError};

fn alice() -> Credentials {
    Credentials::password("alice", "wonderland")
}

fn authenticated(lifetime_ms: i64) -> SaslAuthenticateResponse {
    SaslAuthenticateResponse {
        session_lifetime_ms: lifetime_ms,
        ..SaslAuthenticateResponse::default()
    }
}

/// Accepts the mechanism, after the login was handed in.
fn accept_mechanism(script: &mut Script) -> SaslAuthenticateRequest {
    let asked = script.written();
    assert_eq!((asked.key, asked.version), (ApiKey::SASL_HANDSHAKE, 1));
    script.reply(&asked, &SaslHandshakeResponse::default());
    let asked = script.written();
    let request = asked.read();
    // Put back what the caller is to answer.
    script.last = Some(asked);
    request
}

fn plain(lifetime_ms: i64) -> Script {
    let mut script = Script::with(Some(Mechanism::Plain), |_, _| {});
    script.greet();
    script.login(alice(), None);
    let message = accept_mechanism(&mut script);
    assert_eq!(message.auth_bytes, Bytes::from_static(b"\0alice\0wonderland"));
    script.answer(&authenticated(lifetime_ms));
    assert!(matches!(script.event(), LinkEvent::Ready));
    script
}

#[test]
fn plain_sends_the_password_once() {
    let script = plain(0);
    assert!(script.link.is_ready());
    assert_eq!(
        script.link.next_deadline(),
        Some(at(540_000)),
        "only idleness ends it"
    );
}

#[test]
fn scram_keeps_what_the_password_was_hashed_to() {
    let mechanism = Mechanism::ScramSha256;
    let salted = SaltedPassword::derive(mechanism, &Secret::new("wonderland"), b"salt", 4096).unwrap();
    let mut script = Script::with(Some(mechanism), |_, _| {});
    script.greet();
    script.login(alice(), None);
    let first = accept_mechanism(&mut script);
    let server = ScramLogin::parse(mechanism, &first.auth_bytes).unwrap();
    assert_eq!(server.name(), "alice");
    let server = server.accept_salted(&salted, b"nonce-of-the-broker");
    let challenge = Bytes::copy_from_slice(server.first_message());
    script.answer(&SaslAuthenticateResponse {
        auth_bytes: challenge,
        ..authenticated(0)
    });
    let asked = script.written();
    let last: SaslAuthenticateRequest = asked.read();
    let ServerStep::Accepted(proof) = server.finish(&last.auth_bytes).unwrap() else {
        panic!("rejected")
    };
    script.reply(
        &asked,
        &SaslAuthenticateResponse {
            auth_bytes: proof.into(),
            ..authenticated(0)
        },
    );
    let LinkEvent::Salted(kept) = script.event() else {
        panic!("nothing kept")
    };
    assert_eq!(kept.expose(), salted.expose());
    assert!(matches!(script.event(), LinkEvent::Ready));
}

#[test]
fn c26_a_rejected_password_is_told_as_such() {
    let mut script = Script::with(Some(Mechanism::Plain), |_, _| {});
    script.greet();
    script.login(alice(), None);
    accept_mechanism(&mut script);
    script.answer(&SaslAuthenticateResponse {
        error_code: ErrorCode::SASL_AUTHENTICATION_FAILED.0,
        error_message: Some("Invalid username or password".to_owned()),
        ..SaslAuthenticateResponse::default()
    });
    let fault = script.ended();
    assert_eq!(fault.kind, FaultKind::Denied("PLAIN".to_owned()));
    assert!(
        fault.reason.contains("Invalid username or password"),
        "{}",
        fault.reason
    );
    assert!(!fault.reason.contains("wonderland"));
    assert!(matches!(fault.error("b1:9092", false), RequestError::Auth(_)));
}

#[test]
fn c27_an_unsupported_mechanism_lists_what_the_broker_offers() {
    let mut script = Script::with(Some(Mechanism::Plain), |_, _| {});
    script.greet();
    script.login(alice(), None);
    let asked = script.written();
    assert_eq!(asked.read::<SaslHandshakeRequest>().mechanism, "PLAIN");
    script.reply(
        &asked,
        &SaslHandshakeResponse {
            error_code: ErrorCode::UNSUPPORTED_SASL_MECHANISM.0,
            mechanisms: vec!["SCRAM-SHA-512".to_owned(), "OAUTHBEARER".to_owned()],
        },
    );
    let fault = script.ended();
    assert!(
        fault
            .reason
            .contains("set sasl.mechanism to one of: SCRAM-SHA-512, OAUTHBEARER"),
        "{}",
        fault.reason
    );
}

#[test]
fn c28_a_broker_that_cannot_prove_itself_is_not_trusted() {
    let mut script = Script::with(Some(Mechanism::ScramSha256), |_, _| {});
    script.greet();
    script.login(alice(), None);
    accept_mechanism(&mut script);
    let challenge = Bytes::from_static(b"r=another-nonce,s=c2FsdA==,i=4096");
    script.answer(&SaslAuthenticateResponse {
        auth_bytes: challenge,
        ..authenticated(0)
    });
    let fault = script.ended();
    assert_eq!(fault.kind, FaultKind::Denied("SCRAM-SHA-256".to_owned()));
    assert!(fault.reason.contains("nonce"), "{}", fault.reason);
}

#[test]
fn c29_authenticates_anew_on_the_living_connection() {
    let mut script = plain(60_000);
    script.now = at(53_000);
    script.ask(1, secs(30));
    let earlier = script.written();
    // Half way between 85 and 95 % of the minute.
    script.wait_until(at(54_000));
    assert!(!script.link.is_ready(), "nothing else is written meanwhile");
    script.login(alice(), None);
    let asked = script.written();
    assert_eq!(asked.key, ApiKey::SASL_HANDSHAKE);
    // The reply to what was asked before comes in between.
    script.reply(&earlier, &metadata());
    assert!(matches!(script.answered(), (1, Ok(_))));
    script.reply(&asked, &SaslHandshakeResponse::default());
    let asked = script.written();
    script.reply(&asked, &authenticated(60_000));
    assert!(matches!(script.event(), LinkEvent::Ready));
    assert!(script.link.is_ready());
    assert_eq!(script.link.next_deadline(), Some(at(54_000 + 54_000)));
}

#[test]
fn c30_a_refused_re_authentication_ends_the_link() {
    let mut script = plain(60_000);
    script.wait_until(at(54_000));
    script.login(alice(), None);
    accept_mechanism(&mut script);
    script.answer(&SaslAuthenticateResponse {
        error_code: ErrorCode::SASL_AUTHENTICATION_FAILED.0,
        error_message: Some("Cannot change principals during re-authentication".to_owned()),
        ..SaslAuthenticateResponse::default()
    });
    let fault = script.ended();
    assert_eq!(fault.kind, FaultKind::Denied("PLAIN".to_owned()));
    // What was on the wire failed because the connection ended, not because of its own rights.
    let error = fault.error("b1:9092", true);
    assert!(matches!(
        error,
        RequestError::Transport(TransportError {
            sent: true,
            permanent: false,
            ..
        })
    ));
}

#[test]
fn c31_without_a_token_there_is_one_error() {
    let mut script = Script::with(Some(Mechanism::OAuthBearer), |_, _| {});
    script.greet();
    assert!(matches!(script.event(), LinkEvent::LoginWanted));
    script
        .link
        .handle_login(at(5), Err("the token provider failed: no route".to_owned()));
    let fault = script.ended();
    assert_eq!(fault.kind, FaultKind::Denied("OAUTHBEARER".to_owned()));
    assert!(fault.reason.contains("no route"));
}

#[test]
fn a_listener_without_sasl_is_told_apart() {
    let mut script = Script::with(Some(Mechanism::Plain), |_, _| {});
    script.greet();
    script.login(alice(), None);
    let asked = script.written();
    script.reply(
        &asked,
        &SaslHandshakeResponse {
            error_code: ErrorCode::ILLEGAL_SASL_STATE.0,
            mechanisms: Vec::new(),
        },
    );
    assert!(script.ended().reason.contains("security.protocol=PLAINTEXT"));
}
