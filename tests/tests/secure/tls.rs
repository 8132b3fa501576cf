//! TLS, and clients that come with the wrong protocol: one clear error each, at once. What a real Kafka makes of them is in
//! `connect::mistakes`; the words are the same.

use std::time::{Duration, Instant};

use kafka_client::client::{Client, ClientBuilder, ConnectError, Topics};
use kafka_client::config::{Identity, SaslConfig, SaslCredentials, Secret, TlsConfig, TlsRoots};
use kafka_sandbox::{ClientAuth, Mechanism, Sandbox, SandboxBuilder, SaslSettings};
use protocol::sasl::Credentials;

use super::acls::{producer, send};
use super::admin::{Operation, Resource, allow};
use crate::support::{chain, run};

fn sandbox(with: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Sandbox {
    let builder = Sandbox::builder().brokers(1).topic("orders", 1);
    with(builder).start_blocking().unwrap()
}

fn trusting(cluster: &Sandbox) -> TlsConfig {
    TlsConfig {
        roots: TlsRoots::Pem(cluster.ca_certificate().unwrap().to_owned()),
        ..TlsConfig::default()
    }
}

fn to(cluster: &Sandbox) -> ClientBuilder {
    Client::builder().bootstrap(cluster.bootstrap_servers())
}

fn alice(password: &str) -> SaslConfig {
    SaslConfig {
        mechanism: Mechanism::ScramSha512,
        credentials: SaslCredentials::Fixed(Credentials::password("alice", password)),
    }
}

fn users() -> SaslSettings {
    SaslSettings::new([Mechanism::ScramSha512])
        .user("admin", "admin-secret")
        .user("alice", "wonderland")
}

#[track_caller]
fn works(builder: ClientBuilder) {
    run(async {
        let client = builder.connect().await.unwrap();
        assert_eq!(client.metadata(Topics::None).await.unwrap().brokers.len(), 1);
        assert_eq!(send(&producer(&client, true), "orders", "x").await.unwrap(), 0);
        client.close().await;
    });
}

#[track_caller]
fn fails(builder: ClientBuilder, expected: &[&str]) {
    let started = Instant::now();
    let error = run(builder.connect()).expect_err("it must fail");
    let text = chain(&error);
    assert!(started.elapsed() < Duration::from_secs(5), "{text}");
    for part in expected {
        assert!(text.contains(part), "`{text}` does not say `{part}`");
    }
    assert!(matches!(error, ConnectError::Hopeless(_)), "{error:?}");
}

#[test]
fn a_client_trusts_the_authority_it_was_given_and_no_other() {
    let cluster = sandbox(|builder| builder.tls(ClientAuth::None));
    works(to(&cluster).tls(trusting(&cluster)));
    let other = sandbox(|builder| builder.tls(ClientAuth::None));
    fails(
        to(&cluster).tls(trusting(&other)),
        &["another CA of the same name", "ssl.truststore.location"],
    );
    fails(to(&cluster).tls(TlsConfig::default()), &["does not trust"]);
}

#[test]
fn who_comes_without_tls_or_with_it_in_vain_is_told_what_to_set() {
    let encrypted = sandbox(|builder| builder.tls(ClientAuth::None));
    fails(to(&encrypted), &["TLS", "security.protocol=SSL"]);
    let plain = sandbox(|builder| builder);
    let tls = to(&plain).tls(trusting(&encrypted));
    fails(tls, &["TLS handshake", "security.protocol=PLAINTEXT"]);
}

#[test]
fn who_comes_without_a_login_or_with_one_in_vain_is_told_what_to_set() {
    let cluster = sandbox(|builder| builder.sasl(users()));
    fails(to(&cluster), &["security.protocol=SASL_PLAINTEXT"]);
    let plain = sandbox(|builder| builder);
    fails(
        to(&plain).sasl(alice("wonderland")),
        &["does not authenticate", "security.protocol=PLAINTEXT"],
    );
    let unknown = SaslConfig {
        mechanism: Mechanism::Plain,
        ..alice("wonderland")
    };
    fails(to(&cluster).sasl(unknown), &["PLAIN", "SCRAM-SHA-512"]);
}

#[test]
fn tls_and_a_password_go_together() {
    let cluster = sandbox(|builder| builder.tls(ClientAuth::None).sasl(users()));
    works(to(&cluster).tls(trusting(&cluster)).sasl(alice("wonderland")));
    fails(
        to(&cluster).tls(trusting(&cluster)).sasl(alice("looking-glass")),
        &["rejects the credentials", "SASL_AUTHENTICATION_FAILED"],
    );
    fails(to(&cluster).sasl(alice("wonderland")), &["security.protocol=SSL"]);
    fails(
        to(&cluster).tls(trusting(&cluster)),
        &["security.protocol=SASL_PLAINTEXT (or SASL_SSL)"],
    );
}

#[test]
fn a_certificate_is_who_the_client_is() {
    let cluster = sandbox(|builder| builder.tls(ClientAuth::Required).acls(["User:CN=admin"]));
    fails(to(&cluster).tls(trusting(&cluster)), &["certificate"]);
    let with = |name: &str| {
        let identity = cluster.client_certificate(name).unwrap();
        to(&cluster).tls(TlsConfig {
            identity: Some(Identity {
                chain: identity.certificate_chain,
                key: Secret::new(identity.private_key),
            }),
            ..trusting(&cluster)
        })
    };
    run(async {
        let admin = with("admin").connect().await.unwrap();
        let alice = with("alice").connect().await.unwrap();
        let writer = producer(&alice, false);
        let refused = send(&writer, "orders", "x").await.unwrap_err();
        assert!(
            chain(&refused).contains("TOPIC_AUTHORIZATION_FAILED"),
            "{}",
            chain(&refused)
        );
        allow(&admin, "CN=alice", Operation::Write, Resource::Topic("orders")).await;
        assert_eq!(send(&writer, "orders", "x").await.unwrap(), 0);
        admin.close().await;
        alice.close().await;
    });
}
