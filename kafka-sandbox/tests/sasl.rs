//! SASL as connections meet it: order, refusals in Kafka's words, renewal.

use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::security::{SaslSettings, SecuritySettings};
use kafka_sandbox::state::Settings;
use protocol::ErrorCode;
use protocol::frame::decode_response;
use protocol::messages::api_versions::{ApiVersionsRequest, ApiVersionsResponse};
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::metadata::MetadataRequest;
use protocol::messages::sasl_authenticate::{SaslAuthenticateRequest, SaslAuthenticateResponse};
use protocol::messages::sasl_handshake::{SaslHandshakeRequest, SaslHandshakeResponse};
use protocol::sasl::{Credentials, Mechanism, SaslClient, Secret, Step};

use crate::support::{Cluster, settings_with};

fn settings() -> Settings {
    settings_and(&[])
}

fn settings_and(properties: &[(&str, &str)]) -> Settings {
    let sasl = SaslSettings::new(Mechanism::ALL).user("alice", "rabbit");
    Settings {
        security: SecuritySettings {
            sasl: Some(sasl.user("bob", "builder")),
            ..SecuritySettings::default()
        },
        ..settings_with(2, properties)
    }
}

fn cluster() -> Cluster {
    Cluster::with(settings())
}

/// How long a failed authentication is kept waiting for its answer.
const DELAY: Duration = Duration::from_millis(100);

fn choose(cluster: &mut Cluster, link: LinkId, mechanism: &str) -> SaslHandshakeResponse {
    let mechanism = mechanism.to_owned();
    cluster.ask_on(link, 1, &SaslHandshakeRequest { mechanism })
}

fn say(cluster: &mut Cluster, link: LinkId, message: impl Into<Bytes>) -> SaslAuthenticateResponse {
    let auth_bytes = message.into();
    cluster.ask_on(link, 2, &SaslAuthenticateRequest { auth_bytes })
}

/// Goes through the exchange up to the last answer.
fn log_in(
    cluster: &mut Cluster,
    link: LinkId,
    mechanism: Mechanism,
    credentials: &Credentials,
) -> SaslAuthenticateResponse {
    let mut client = SaslClient::new(mechanism, credentials, &[3; 24]).unwrap();
    let chosen = choose(cluster, link, mechanism.name());
    assert_eq!(chosen.error_code, 0);
    let mut answer = say(cluster, link, client.initial().to_vec());
    while answer.error_code == 0 {
        match client.challenge(&answer.auth_bytes).unwrap() {
            Step::Done => break,
            Step::Send(message) => answer = say(cluster, link, message),
        }
    }
    answer
}

fn token(expires: i64) -> Credentials {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    let claims = format!(r#"{{"sub":"alice","exp":{expires}}}"#);
    let header = BASE64.encode(r#"{"alg":"none"}"#);
    Credentials::Bearer {
        token: Secret::from(format!("{header}.{}.", BASE64.encode(claims))),
        extensions: Vec::new(),
    }
}

#[test]
fn every_mechanism_lets_the_right_client_in() {
    let mut cluster = cluster();
    let password = Credentials::password("alice", "rabbit");
    for mechanism in Mechanism::ALL {
        let link = cluster.connect(1);
        let token = token(1_767_225_600 + 3600);
        let credentials = if mechanism == Mechanism::OAuthBearer {
            &token
        } else {
            &password
        };
        let answer = log_in(&mut cluster, link, mechanism, credentials);
        assert_eq!(answer.error_code, 0, "{mechanism}");
        assert_eq!(answer.error_message.as_deref(), Some(""));
        let lifetime = if mechanism == Mechanism::OAuthBearer {
            3_600_000
        } else {
            0
        };
        assert_eq!(answer.session_lifetime_ms, lifetime, "{mechanism}");
        let metadata = cluster.ask_on(link, 1, &MetadataRequest::default());
        assert_eq!(metadata.brokers.len(), 2);
    }
}

#[test]
fn brokers_tell_the_listeners_and_mechanisms_that_they_have() {
    let mut cluster = cluster();
    let link = cluster.connect(2);
    let password = Credentials::password("alice", "rabbit");
    log_in(&mut cluster, link, Mechanism::Plain, &password);
    let names = ["listeners", "sasl.enabled.mechanisms"];
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 4,
            resource_name: "2".to_owned(),
            configuration_keys: Some(names.map(str::to_owned).to_vec()),
        }],
        ..DescribeConfigsRequest::default()
    };
    let configs = cluster.ask_on(link, 4, &request).results.remove(0).configs;
    let told: Vec<_> = configs
        .iter()
        .filter_map(|config| config.value.as_deref())
        .collect();
    let mechanisms = Mechanism::ALL.map(Mechanism::name).join(",");
    assert_eq!(told, ["PLAINTEXT://broker2:9092", &*mechanisms]);
    let link = cluster.connect_as(2, "User:CN=alice");
    log_in(&mut cluster, link, Mechanism::Plain, &password);
    let configs = cluster.ask_on(link, 4, &request).results.remove(0).configs;
    assert_eq!(configs[0].value.as_deref(), Some("SSL://broker2:9092"));
}

#[test]
fn a_wrong_password_is_told_after_a_while_and_ends_the_connection() {
    let mut cluster = cluster();
    for mechanism in [Mechanism::Plain, Mechanism::ScramSha256, Mechanism::ScramSha512] {
        for user in ["alice", "nobody"] {
            let link = cluster.connect(1);
            let before = cluster.now().elapsed;
            let credentials = Credentials::password(user, "wrong");
            let answer = log_in(&mut cluster, link, mechanism, &credentials);
            assert_eq!(answer.error_code, ErrorCode::SASL_AUTHENTICATION_FAILED.0);
            let expected = match mechanism {
                Mechanism::Plain => "Authentication failed: Invalid username or password".to_owned(),
                _ => format!(
                    "Authentication failed during authentication due to invalid credentials with SASL mechanism {mechanism}"
                ),
            };
            assert_eq!(answer.error_message, Some(expected));
            assert_eq!(cluster.now().elapsed - before, DELAY);
            assert!(cluster.is_closed(link));
        }
    }
}

#[test]
fn an_expired_token_is_refused_in_json_first() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    let answer = log_in(&mut cluster, link, Mechanism::OAuthBearer, &token(5));
    assert_eq!(answer.error_code, ErrorCode::SASL_AUTHENTICATION_FAILED.0);
    assert_eq!(
        answer.error_message.as_deref(),
        Some(r#"{"status":"invalid_token"}"#)
    );
    assert!(cluster.is_closed(link));
}

#[test]
fn an_unknown_mechanism_is_answered_with_those_there_are() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    let answer = choose(&mut cluster, link, "GSSAPI");
    assert_eq!(answer.error_code, ErrorCode::UNSUPPORTED_SASL_MECHANISM.0);
    let offered = Mechanism::ALL.map(|mechanism| mechanism.name().to_owned());
    assert_eq!(answer.mechanisms, offered);
    assert!(cluster.is_closed(link));
}

#[test]
fn what_comes_before_authentication_closes_the_connection() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    let _ = cluster.send(link, 9, &MetadataRequest::default());
    assert!(cluster.is_closed(link));
    let link = cluster.connect(1);
    let auth_bytes = Bytes::from_static(b"\0alice\0rabbit");
    let _ = cluster.send(link, 2, &SaslAuthenticateRequest { auth_bytes });
    assert!(cluster.is_closed(link));
    // The versions may be asked for, once.
    let link = cluster.connect(1);
    let versions = cluster.ask_on(link, 0, &ApiVersionsRequest::default());
    assert_eq!(versions.error_code, 0);
    let _ = cluster.send(link, 0, &ApiVersionsRequest::default());
    assert!(cluster.is_closed(link));
}

#[test]
fn anything_else_amid_an_exchange_is_an_illegal_state() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    choose(&mut cluster, link, "PLAIN");
    let _ = cluster.send(link, 0, &ApiVersionsRequest::default());
    cluster.advance(DELAY);
    let frame = cluster.frame(link).unwrap();
    let (_, answer) = decode_response::<ApiVersionsResponse>(&frame, 0).unwrap();
    assert_eq!(answer.error_code, ErrorCode::ILLEGAL_SASL_STATE.0);
    assert!(cluster.is_closed(link));
}

#[test]
fn a_proof_that_is_too_short_closes_the_connection() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    choose(&mut cluster, link, "SCRAM-SHA-256");
    let first = say(&mut cluster, link, &b"n,,n=alice,r=abc"[..]);
    let first = String::from_utf8(first.auth_bytes.to_vec()).unwrap();
    let nonce = first.split(',').next().unwrap().to_owned();
    let auth_bytes = Bytes::from(format!("c=biws,{nonce},p=AAAA"));
    let _ = cluster.send(link, 2, &SaslAuthenticateRequest { auth_bytes });
    assert!(cluster.is_closed(link));
}

#[test]
fn messages_without_headers_are_understood_after_a_handshake_of_version_0() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    let mechanism = Mechanism::ScramSha512;
    let request = SaslHandshakeRequest {
        mechanism: mechanism.name().to_owned(),
    };
    assert_eq!(cluster.ask_on(link, 0, &request).error_code, 0);
    let alice = Credentials::password("alice", "rabbit");
    let mut client = SaslClient::new(mechanism, &alice, &[3; 24]).unwrap();
    let mut message = client.initial().to_vec();
    loop {
        let length = i32::try_from(message.len()).unwrap().to_be_bytes();
        cluster.send_bytes(link, &[&length[..], &message].concat());
        let answer = cluster.frame(link).unwrap();
        match client.challenge(&answer).unwrap() {
            Step::Done => break,
            Step::Send(next) => message = next,
        }
    }
    let metadata = cluster.ask_on(link, 1, &MetadataRequest::default());
    assert_eq!(metadata.brokers.len(), 2);
}

#[test]
fn large_frames_are_not_read_from_who_is_not_authenticated() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    let length = 512 * 1024 + 1;
    cluster.send_bytes(link, &i32::to_be_bytes(length));
    assert!(cluster.is_closed(link));
    let link = cluster.connect(1);
    let alice = Credentials::password("alice", "rabbit");
    log_in(&mut cluster, link, Mechanism::Plain, &alice);
    cluster.send_bytes(link, &i32::to_be_bytes(length));
    assert!(!cluster.is_closed(link));
}

#[test]
fn an_authentication_is_renewed_on_the_same_connection() {
    let mut cluster = Cluster::with(settings_and(&[("connections.max.reauth.ms", "5000")]));
    let link = cluster.connect(1);
    let alice = Credentials::password("alice", "rabbit");
    let answer = log_in(&mut cluster, link, Mechanism::ScramSha256, &alice);
    assert_eq!(answer.session_lifetime_ms, 5000);
    cluster.advance(Duration::from_millis(4500));
    let answer = log_in(&mut cluster, link, Mechanism::ScramSha256, &alice);
    assert_eq!((answer.error_code, answer.session_lifetime_ms), (0, 5000));
    cluster.advance(Duration::from_millis(4500));
    cluster.ask_on(link, 1, &MetadataRequest::default());
    cluster.advance(Duration::from_millis(501));
    let _ = cluster.send(link, 1, &MetadataRequest::default());
    assert!(cluster.is_closed(link));
}

#[test]
fn nobody_becomes_somebody_else_by_renewing() {
    let mut cluster = Cluster::with(settings_and(&[("connections.max.reauth.ms", "5000")]));
    let link = cluster.connect(1);
    let alice = Credentials::password("alice", "rabbit");
    log_in(&mut cluster, link, Mechanism::Plain, &alice);
    cluster.advance(Duration::from_secs(2));
    let bob = Credentials::password("bob", "builder");
    let answer = log_in(&mut cluster, link, Mechanism::Plain, &bob);
    assert_eq!(answer.error_code, ErrorCode::SASL_AUTHENTICATION_FAILED.0);
    let text = "Cannot change principals during re-authentication from User.alice: User.bob";
    assert_eq!(answer.error_message.as_deref(), Some(text));
    assert!(cluster.is_closed(link));
}

#[test]
fn without_sasl_it_is_an_illegal_state() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let answer = choose(&mut cluster, link, "PLAIN");
    assert_eq!(answer.error_code, ErrorCode::ILLEGAL_SASL_STATE.0);
    assert!(answer.mechanisms.is_empty());
    let answer = say(&mut cluster, link, &b"\0alice\0rabbit"[..]);
    assert_eq!(answer.error_code, ErrorCode::ILLEGAL_SASL_STATE.0);
    assert!(!cluster.is_closed(link));
}
