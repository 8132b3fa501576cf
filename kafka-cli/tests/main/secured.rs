//! `-F client.properties`: TLS, client certificates, SASL, and what the authorizer allows.

use std::{path::PathBuf, sync::OnceLock};

use real_kafka::{ClientProperties, KafkaCluster, Mechanism, Security};
use serde_json::Value;

use crate::support::{Kafkactl, kafkactl, numbered};

/// A broker with a listener of every kind, where alice may do nothing.
pub(crate) fn secured() -> &'static KafkaCluster {
    static CLUSTER: OnceLock<KafkaCluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let kinds = [
            Security::Plaintext,
            Security::Tls,
            Security::TlsExpired,
            Security::TlsOtherHost,
            Security::MutualTls,
            Security::SaslPlaintext,
            Security::SaslTls,
        ];
        kinds
            .into_iter()
            .fold(KafkaCluster::builder(), |builder, kind| builder.listener(kind))
            .user("admin", "admin-secret")
            .user("alice", "wonderland")
            .super_user("admin")
            .super_user("client")
            .super_user("ANONYMOUS")
            .start()
            .unwrap()
    })
}

/// Writes the properties to a file whose name is the test's own.
pub(crate) fn written(name: &str, properties: &ClientProperties) -> PathBuf {
    secured().write_properties(name, properties).unwrap()
}

/// kafkactl with a properties file, which names the brokers, too.
pub(crate) fn with_file(name: &str, properties: &ClientProperties) -> Kafkactl {
    kafkactl().with(&["-F", written(name, properties).to_str().unwrap()])
}

/// Writes and reads through this listener.
fn works(name: &str, properties: &ClientProperties) {
    let cli = with_file(name, properties);
    let topic = format!("secured-{name}");
    cli.create(&topic, &[]);
    let lines = numbered("line", 100);
    cli.produce(&topic, &lines, &[]);
    assert_eq!(cli.consume(&topic, &["--group", &topic]), lines, "{name}");
    let described = cli.json(&["groups", "describe", &topic]);
    assert_eq!(described["items"][0]["totalLag"], 0, "{name}");
}

#[test]
fn every_way_to_connect() {
    real_kafka::require!(own);
    let cluster = secured();
    works("tls", &cluster.client_properties(Security::Tls).unwrap());
    works("mutual", &cluster.client_properties(Security::MutualTls).unwrap());
    for security in [Security::SaslPlaintext, Security::SaslTls] {
        for mechanism in Mechanism::WITH_PASSWORD {
            let properties = cluster.sasl_properties(security, mechanism, "admin").unwrap();
            works(&format!("{security:?}-{mechanism}"), &properties);
        }
    }
}

#[test]
fn a_context_with_tls_and_sasl() {
    real_kafka::require!(own);
    let cluster = secured();
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(home.path().join("password"), "admin-secret\n").unwrap();
    let text = format!(
        "[context.c]\nbootstrap = [\"{}\"]\ntls = {{ ca = \"{}\" }}\n\
         sasl = {{ mechanism = \"SCRAM-SHA-512\", username = \"admin\", password = {{ file = \"password\" }} }}\n",
        cluster.bootstrap_of(Security::SaslTls).unwrap(),
        cluster.certificates().unwrap().authority().display(),
    );
    std::fs::write(&config, text).unwrap();
    let cli = kafkactl().with(&["--config-file", config.to_str().unwrap(), "-C", "c"]);
    assert!(cli.ok(&["cluster", "info"]).contains("Brokers:     1"));
    let shown = cli.ok(&["contexts", "show"]);
    assert!(
        shown.contains("SASL_SSL") && !shown.contains("admin-secret"),
        "{shown}"
    );
}

#[test]
fn what_is_not_allowed_is_told() {
    real_kafka::require!(own);
    let cluster = secured();
    let admin = with_file(
        "acl-admin",
        &cluster.client_properties(Security::MutualTls).unwrap(),
    );
    let alice = cluster
        .sasl_properties(Security::SaslPlaintext, Mechanism::ScramSha256, "alice")
        .unwrap();
    let alice = with_file("acl-alice", &alice);
    tells_what_is_not_allowed(&admin, &alice);
}

/// Has alice, who may do nothing, try things that an administrator could.
pub(crate) fn tells_what_is_not_allowed(admin: &Kafkactl, alice: &Kafkactl) {
    admin.create("forbidden", &[]);
    assert_eq!(alice.ok(&["topics", "list", "-o", "name"]), "");
    for arguments in [
        &["produce", "forbidden", "-v", "x"][..],
        &["consume", "forbidden", "--from-beginning", "--exit"],
        &["topics", "describe", "forbidden"],
        &["topics", "delete", "forbidden", "--yes"],
    ] {
        let said = alice.fails(4, arguments);
        assert!(
            said.contains("forbidden") && said.contains("hint: "),
            "{arguments:?}: {said}"
        );
    }
    let said: Value =
        serde_json::from_str(&alice.fails(4, &["produce", "forbidden", "-v", "x", "-o", "json"])).unwrap();
    assert_eq!(said["error"]["kind"], "denied");
    let said = alice.run(&["topics", "create", "mine"]).failed(4);
    assert!(said.contains("administrator"), "{said}");
    let said = alice.fails(4, &["groups", "describe", "theirs"]);
    assert!(
        said.contains("group theirs") && said.contains("administrator"),
        "{said}"
    );
}
