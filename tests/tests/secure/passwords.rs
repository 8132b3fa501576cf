//! Passwords: right ones, wrong ones, and new ones; and tokens.

use std::collections::BTreeSet;

use kafka_client::client::{Client, ClientBuilder, ConnectError, Topics};
use kafka_client::error::Class;
use protocol::sasl::Mechanism;

use super::acls::{producer, send};
use super::admin::{Operation, Resource, allow, set_password};
use super::ground::{Ground, MECHANISMS, twins};
use crate::support::chain;

/// What a login with a password that is not the user's ends with.
fn is_refused(outcome: &Result<(), ConnectError>) -> bool {
    matches!(outcome, Err(error @ ConnectError::Hopeless(_)) if chain(error).contains("SASL_AUTHENTICATION_FAILED"))
}

/// Logs in, asks something, and goes.
async fn visit(builder: ClientBuilder) -> Result<(), ConnectError> {
    let client = builder.connect().await?;
    asks(&client).await;
    client.close().await;
    Ok(())
}

async fn asks(client: &Client) {
    let metadata = client.metadata(Topics::None).await.unwrap();
    assert_eq!(metadata.brokers.len(), 1);
}

#[test]
fn the_right_password_lets_in_and_no_other() {
    twins("passwords", async |ground| {
        for mechanism in MECHANISMS {
            visit(ground.login(mechanism, "alice", "wonderland"))
                .await
                .unwrap();
            for (user, password) in [
                ("alice", "looking-glass"),
                ("alice", "Wonderland"),
                ("alice", "wonderlan"),
                ("alice", "builder"),
                ("nobody", "wonderland"),
            ] {
                let outcome = visit(ground.login(mechanism, user, password)).await;
                assert!(is_refused(&outcome), "{mechanism} {user} {password}: {outcome:?}");
                let text = chain(&outcome.unwrap_err());
                assert!(!text.contains(password), "{text}");
            }
        }
    });
}

#[test]
fn a_new_password_is_for_new_connections() {
    twins("a password that is altered", async |ground| {
        let admin = ground.client("admin").await;
        for mechanism in [Mechanism::ScramSha256, Mechanism::ScramSha512] {
            let user = &format!("carol-{mechanism}");
            let login = |password| visit(ground.login(mechanism, user, password));
            assert!(is_refused(&login("first").await), "nobody knows her yet");

            set_password(&admin, mechanism, user, Some("first")).await;
            ground.comes(|| login("first"), Result::is_ok).await.unwrap();
            let stays = ground
                .login(mechanism, user, "first")
                .client_id(format!("{user} stays"));
            let stays = stays.connect().await.unwrap();
            asks(&stays).await;
            let before = connections(ground, &format!("{user} stays"));

            set_password(&admin, mechanism, user, Some("second")).await;
            ground.comes(|| login("second"), Result::is_ok).await.unwrap();
            assert!(is_refused(&login("first").await));
            asks(&stays).await;

            set_password(&admin, mechanism, user, None).await;
            ground.comes(|| login("second"), is_refused).await.unwrap_err();
            asks(&stays).await;
            let after = connections(ground, &format!("{user} stays"));
            assert_eq!(before, after, "who is in is not asked again");
            stays.close().await;
        }
        admin.close().await;
    });
}

#[test]
fn a_token_is_for_whom_it_names() {
    twins("tokens", async |ground| {
        let (admin, heidi) = (ground.client("admin").await, ground.token("heidi"));
        let heidi = heidi.connect().await.unwrap();
        let topic = ground.topic(&admin, "secure-token").await;
        let writer = producer(&heidi, false);
        let refused = send(&writer, topic, "x").await.unwrap_err();
        assert_eq!(refused.class(), Class::Denied, "{}", chain(&refused));
        allow(&admin, "heidi", Operation::Write, Resource::Topic(topic)).await;
        ground
            .comes(|| send(&writer, topic, "x"), Result::is_ok)
            .await
            .unwrap();
        admin.close().await;
        heidi.close().await;
    });
}

/// Between whom and the sandbox there were how many connections; a real Kafka does not tell.
fn connections(ground: &Ground<'_>, client_id: &str) -> usize {
    let Some(sandbox) = ground.as_sandbox() else {
        return 0;
    };
    let requests = sandbox.requests().from(client_id);
    let links: BTreeSet<_> = requests.iter().map(|entry| entry.link).collect();
    links.len()
}
