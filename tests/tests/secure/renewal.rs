//! Sessions that end (KIP-368): the client proves anew who it is, on the connection it has.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use kafka_client::client::{Client, Topics};
use kafka_client::error::{Class, RequestError};
use protocol::ApiKey;
use protocol::sasl::Mechanism;

use super::admin::set_password;
use super::ground::{Ground, twins_with};
use crate::support::chain;

/// Long enough for a busy machine: a client renews its session when a twentieth of it is left, or a little more.
const SESSION: (&str, &str) = ("connections.max.reauth.ms", "4000");

/// A client that would show a connection that is lost: no call has the time for a second attempt.
async fn impatient(ground: &Ground<'_>, user: &str, password: &str) -> Client {
    let builder = ground.login(Mechanism::ScramSha256, user, password);
    let builder = builder.configure(|config| {
        config.retry_backoff = Duration::from_secs(60);
        config.retry_backoff_max = Duration::from_secs(60);
        config.api_timeout = Duration::from_secs(10);
    });
    builder.connect().await.unwrap()
}

#[test]
fn sessions_are_renewed_on_the_connection_there_is() {
    twins_with("sessions that end", &[SESSION], async |ground| {
        let client = impatient(ground, "alice", "wonderland").await;
        let started = Instant::now();
        // More than two sessions.
        while started.elapsed() < Duration::from_millis(8500) {
            client.metadata(Topics::None).await.unwrap();
            // All that is asked shall still be remembered at the end.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        if let Some(sandbox) = ground.as_sandbox() {
            let requests = sandbox.requests().from("alice");
            let logins = requests.clone().of(ApiKey::SASL_HANDSHAKE);
            let links: BTreeSet<_> = requests.iter().map(|entry| entry.link).collect();
            assert!(logins.count() >= links.len() + 2, "{:?}", logins.gaps());
        }
        client.close().await;
    });
}

#[test]
fn who_cannot_renew_is_put_out() {
    twins_with("a session that cannot be renewed", &[SESSION], async |ground| {
        let admin = ground.client("admin").await;
        set_password(&admin, Mechanism::ScramSha256, "grace", Some("first")).await;
        let login = async || {
            let client = ground
                .login(Mechanism::ScramSha256, "grace", "first")
                .connect()
                .await?;
            client.close().await;
            Ok::<_, kafka_client::client::ConnectError>(())
        };
        ground.comes(&login, Result::is_ok).await.unwrap();
        let client = ground.login(Mechanism::ScramSha256, "grace", "first");
        let client = client.connect().await.unwrap();
        client.metadata(Topics::None).await.unwrap();
        set_password(&admin, Mechanism::ScramSha256, "grace", None).await;
        let started = Instant::now();
        let error = loop {
            if let Err(error) = client.metadata(Topics::None).await {
                break error;
            }
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "the session never ends"
            );
        };
        assert!(matches!(error, RequestError::Auth(_)), "{error:?}");
        assert_eq!(error.class(), Class::Denied);
        assert!(
            chain(&error).contains("SASL_AUTHENTICATION_FAILED"),
            "{}",
            chain(&error)
        );
        client.close().await;
        admin.close().await;
    });
}
