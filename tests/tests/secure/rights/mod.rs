//! What each right is good for: users with one right each send every request there is, and what they are told is compared
//! with what Kafka 4.4 told them.
//!
//! `rights.tsv` has, for each request, the answers by who got them; `others` are all who are not named beside another answer.

mod probes;

use std::collections::BTreeMap;
use std::fmt::Write;

use kafka_client::client::Client;
use kafka_client::cluster::Target;
use protocol::messages::alter_user_scram_credentials::{
    AlterUserScramCredentialsRequest, ScramCredentialUpsertion,
};
use protocol::messages::create_acls::{AclCreation, CreateAclsRequest};
use protocol::sasl::scram::SaltedPassword;
use protocol::sasl::{Mechanism, Secret};

use super::ground::{Ground, on_kafka, on_sandbox};
use probes::Probing;
pub(super) use probes::{begin, id_of};

const OBSERVED: &str = include_str!("rights.tsv");

/// Resources by name and number, each with the operations that there are for it.
const RESOURCES: [(&str, i8, &[&str]); 4] = [
    (
        "topic",
        2,
        &[
            "All",
            "Read",
            "Write",
            "Create",
            "Delete",
            "Alter",
            "Describe",
            "DescribeConfigs",
            "AlterConfigs",
        ],
    ),
    (
        "group",
        3,
        &[
            "All",
            "Read",
            "Delete",
            "Describe",
            "DescribeConfigs",
            "AlterConfigs",
        ],
    ),
    (
        "cluster",
        4,
        &[
            "All",
            "Create",
            "Alter",
            "Describe",
            "ClusterAction",
            "DescribeConfigs",
            "AlterConfigs",
            "IdempotentWrite",
        ],
    ),
    ("transaction", 5, &["All", "Write", "Describe"]),
];

/// Operations by name and number.
const OPERATIONS: [(&str, i8); 11] = [
    ("All", 2),
    ("Read", 3),
    ("Write", 4),
    ("Create", 5),
    ("Delete", 6),
    ("Alter", 7),
    ("Describe", 8),
    ("ClusterAction", 9),
    ("DescribeConfigs", 10),
    ("AlterConfigs", 11),
    ("IdempotentWrite", 12),
];

/// Rights that are of use together.
const TOGETHER: [&[(&str, &str)]; 4] = [
    &[("topic", "Read"), ("group", "Read")],
    &[("topic", "Write"), ("transaction", "Write")],
    &[("group", "Read"), ("transaction", "Write")],
    &[("topic", "Read"), ("group", "Read"), ("transaction", "Write")],
];

/// A user, and what it may do with what begins with its name.
struct User {
    name: String,
    rights: Vec<(i8, i8)>,
}

fn users() -> Vec<User> {
    let number = |resource: &str, operation: &str| {
        let kind = RESOURCES.iter().find(|(name, ..)| *name == resource).unwrap().1;
        let what = OPERATIONS.iter().find(|(name, _)| *name == operation).unwrap().1;
        (kind, what)
    };
    let mut users = vec![User {
        name: "nothing".to_owned(),
        rights: Vec::new(),
    }];
    for (resource, _, operations) in RESOURCES {
        users.extend(operations.iter().map(|operation| User {
            name: format!("{resource}.{operation}"),
            rights: vec![number(resource, operation)],
        }));
    }
    users.extend(TOGETHER.iter().map(|together| {
        User {
            name: together
                .iter()
                .map(|(resource, operation)| format!("{resource}.{operation}"))
                .collect::<Vec<_>>()
                .join("."),
            rights: together
                .iter()
                .map(|(resource, operation)| number(resource, operation))
                .collect(),
        }
    }));
    users.push(User {
        name: "everything".to_owned(),
        rights: RESOURCES.iter().map(|(_, kind, _)| (*kind, 2)).collect(),
    });
    users
}

const PASSWORD: &str = "of no importance";

/// Makes the users known, with their rights.
async fn prepare(admin: &Client, users: &[User]) {
    let mechanism = Mechanism::ScramSha256;
    let salted = SaltedPassword::derive(mechanism, &Secret::new(PASSWORD), b"salt", 4096).unwrap();
    let upsertions = users.iter().map(|user| ScramCredentialUpsertion {
        name: user.name.clone(),
        mechanism: 1,
        iterations: 4096,
        salt: salted.salt().to_vec().into(),
        salted_password: salted.expose().to_vec().into(),
    });
    let request = AlterUserScramCredentialsRequest {
        upsertions: upsertions.collect(),
        ..AlterUserScramCredentialsRequest::default()
    };
    let answer = admin.call(Target::Controller, request, |_| None).await.unwrap();
    assert!(
        answer.results.iter().all(|result| result.error_code == 0),
        "{answer:?}"
    );

    const LITERAL: i8 = 3;
    const PREFIXED: i8 = 4;
    const CLUSTER: i8 = 4;
    const ALLOW: i8 = 3;
    let creations = users.iter().flat_map(|user| {
        user.rights.iter().map(|&(resource_type, operation)| {
            let (resource_name, resource_pattern_type) = match resource_type {
                CLUSTER => ("kafka-cluster".to_owned(), LITERAL),
                _ => (format!("{}-", user.name), PREFIXED),
            };
            AclCreation {
                resource_type,
                resource_name,
                resource_pattern_type,
                principal: format!("User:{}", user.name),
                host: "*".to_owned(),
                operation,
                permission_type: ALLOW,
            }
        })
    });
    let request = CreateAclsRequest {
        creations: creations.collect(),
    };
    let answer = admin.call(Target::Controller, request, |_| None).await.unwrap();
    assert!(
        answer.results.iter().all(|result| result.error_code == 0),
        "{answer:?}"
    );
}

/// Has every user send everything. Returns the answers as in `rights.tsv`.
async fn observe(ground: &Ground<'_>) -> String {
    let admin = ground.client("admin").await;
    let users = users();
    prepare(&admin, &users).await;
    let connect = async |user: &User| {
        ground
            .login(Mechanism::ScramSha256, &user.name, PASSWORD)
            .connect()
            .await
    };
    // What was made last is known last.
    let last = users.last().unwrap();
    ground.topic(&admin, &format!("{}-first", last.name)).await;
    let is_ready = async || {
        let client = connect(last).await.ok()?;
        let ready = probes::sees(&client, &format!("{}-first", last.name)).await;
        client.close().await;
        ready.then_some(())
    };
    ground.comes(is_ready, Option::is_some).await;
    ground.comes(|| begin(&admin), |code| code.is_ok()).await;

    let mut order = Vec::new();
    let mut answers: BTreeMap<&str, BTreeMap<String, Vec<&str>>> = BTreeMap::new();
    for user in &users {
        let topic = format!("{}-topic", user.name);
        ground.topic(&admin, &topic).await;
        let id = ground.comes(|| id_of(&admin, &topic), Option::is_some).await;
        let client = connect(user).await.unwrap();
        let probing = Probing::new(client, &user.name, id.unwrap());
        for (probe, answer) in probing.all().await {
            if !order.contains(&probe) {
                order.push(probe);
            }
            let by_answer = answers.entry(probe).or_default();
            by_answer.entry(answer).or_default().push(&user.name);
        }
    }
    admin.close().await;

    let mut text = String::new();
    for probe in order {
        let by_answer = &answers[probe];
        let most = by_answer.values().map(Vec::len).max().unwrap();
        let others = by_answer.iter().find(|(_, who)| who.len() == most).unwrap().0;
        for (answer, who) in by_answer {
            let who = if answer == others {
                "others".to_owned()
            } else {
                who.join(" ")
            };
            writeln!(text, "{probe}\t{answer}\t{who}").unwrap();
        }
    }
    text
}

/// Compares line by line, for a failure that can be read.
fn compare(found: &str) {
    let (found, observed): (Vec<_>, Vec<_>) = (found.lines().collect(), OBSERVED.lines().collect());
    let only = |these: &[&str], those: &[&str], mark: char| {
        let lines = these.iter().filter(|line| !those.contains(line));
        lines.map(|line| format!("{mark} {line}\n")).collect::<Vec<_>>()
    };
    let mut differences = only(&found, &observed, '+');
    differences.extend(only(&observed, &found, '-'));
    differences.sort_by(|a, b| a[2..].cmp(&b[2..]));
    assert!(differences.is_empty(), "\n{}", differences.concat());
}

#[test]
fn every_right_is_good_for_what_it_is_in_kafka() {
    compare(&on_sandbox(observe));
}

#[test]
fn what_is_written_down_is_what_kafka_answers() {
    if let Some(found) = on_kafka("rights", observe) {
        compare(&found);
    }
}
