//! Every kind of listener, on one broker, with Kafka's own client.

use std::sync::OnceLock;

use real_kafka::{KafkaCluster, Mechanism, Security};

use crate::{list_topics, run};

/// One broker with all listeners and an authorizer.
fn cluster() -> &'static KafkaCluster {
    static CLUSTER: OnceLock<KafkaCluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        KafkaCluster::builder()
            .listener(Security::Plaintext)
            .listener(Security::Tls)
            .listener(Security::TlsExpired)
            .listener(Security::TlsOtherHost)
            .listener(Security::MutualTls)
            .listener(Security::SaslPlaintext)
            .listener(Security::SaslTls)
            .user("admin", "admin-secret")
            .user("alice", "alice-secret")
            .super_user("admin")
            .super_user("client")
            .super_user("ANONYMOUS")
            .start()
            .unwrap()
    })
}

/// What the lists show only to whom may see it.
fn create_topic(name: &str) {
    let cluster = cluster();
    let (bootstrap, properties) = cluster.internal().unwrap();
    let config = cluster.write_properties("internal", &properties).unwrap();
    let config = config.to_str().unwrap();
    let arguments = [
        "--bootstrap-server",
        &bootstrap,
        "--command-config",
        config,
        "--create",
        "--topic",
        name,
    ];
    run("kafka-topics", &arguments).success().unwrap();
}

#[test]
fn every_listener_serves_a_client_with_its_properties() {
    real_kafka::require!(own);
    let cluster = cluster();
    create_topic("seen-by-all");
    for security in [Security::Plaintext, Security::Tls, Security::MutualTls] {
        let config = cluster.client_properties(security).unwrap();
        let config = cluster
            .write_properties(&format!("{security:?}"), &config)
            .unwrap();
        let listed = list_topics(&cluster.bootstrap_of(security).unwrap(), &config);
        assert!(
            listed.code == 0 && listed.stdout.contains("seen-by-all"),
            "{security:?}: {listed:?}"
        );
    }
    for security in [Security::SaslPlaintext, Security::SaslTls] {
        for mechanism in Mechanism::ALL {
            let config = cluster.sasl_properties(security, mechanism, "admin").unwrap();
            let config = cluster
                .write_properties(&format!("{security:?}{mechanism}"), &config)
                .unwrap();
            let listed = list_topics(&cluster.bootstrap_of(security).unwrap(), &config);
            assert!(
                listed.code == 0 && listed.stdout.contains("seen-by-all"),
                "{security:?} {mechanism}: {listed:?}"
            );
        }
    }
}

#[test]
fn an_authorizer_hides_what_is_not_allowed() {
    real_kafka::require!(own);
    let cluster = cluster();
    create_topic("hidden");
    let config = cluster
        .sasl_properties(Security::SaslPlaintext, Mechanism::ScramSha256, "alice")
        .unwrap();
    let config = cluster.write_properties("alice", &config).unwrap();
    let listed = list_topics(&cluster.bootstrap_of(Security::SaslPlaintext).unwrap(), &config);
    assert_eq!((listed.code, listed.stdout.trim()), (0, ""), "{listed:?}");
}

#[test]
fn certificates_that_do_not_fit_are_refused() {
    real_kafka::require!(own);
    let cluster = cluster();
    let refusal = |security: Security, change: &dyn Fn(&mut real_kafka::ClientProperties), name: &str| {
        let mut config = cluster.client_properties(security).unwrap();
        config.set("default.api.timeout.ms", "5000");
        config.set("request.timeout.ms", "4000");
        change(&mut config);
        let config = cluster.write_properties(name, &config).unwrap();
        let listed = list_topics(&cluster.bootstrap_of(security).unwrap(), &config);
        assert_eq!(listed.code, 1, "{name}: {listed:?}");
        format!("{}{}", listed.stdout, listed.stderr)
    };
    let expired = refusal(Security::TlsExpired, &|_| {}, "expired");
    assert!(expired.contains("NotAfter: Fri Jan 01"), "{expired}");
    let other_host = refusal(Security::TlsOtherHost, &|_| {}, "other-host");
    assert!(
        other_host.contains("No subject alternative names matching IP address 127.0.0.1 found"),
        "{other_host}"
    );
    let certificates = cluster.certificates().unwrap();
    let other = certificates.file("other-ca.pem").display().to_string();
    let distrust = refusal(
        Security::Tls,
        &|config| config.set("ssl.truststore.location", other.clone()),
        "distrust",
    );
    assert!(
        distrust.contains("unable to find valid certification path"),
        "{distrust}"
    );
    let stranger = certificates.file("stranger.pem").display().to_string();
    refusal(
        Security::MutualTls,
        &|config| config.set("ssl.keystore.location", stranger.clone()),
        "stranger",
    );
}

#[test]
fn a_wrong_password_is_refused() {
    real_kafka::require!(own);
    let cluster = cluster();
    for mechanism in Mechanism::WITH_PASSWORD {
        let mut config = cluster
            .sasl_properties(Security::SaslTls, mechanism, "alice")
            .unwrap();
        let login = config
            .value("sasl.jaas.config")
            .unwrap()
            .replace("alice-secret", "guess");
        config.set("sasl.jaas.config", login);
        let config = cluster
            .write_properties(&format!("wrong-{mechanism}"), &config)
            .unwrap();
        let listed = list_topics(&cluster.bootstrap_of(Security::SaslTls).unwrap(), &config);
        assert_eq!(listed.code, 1, "{mechanism}: {listed:?}");
        assert!(
            listed.stderr.contains("Authentication failed"),
            "{mechanism}: {listed:?}"
        );
    }
}

#[test]
fn what_a_listener_cannot_give_is_said() {
    real_kafka::require!(own);
    let cluster = cluster();
    assert!(
        cluster
            .client_properties(Security::SaslTls)
            .unwrap_err()
            .to_string()
            .contains("asks for SASL")
    );
    assert!(
        cluster
            .sasl_properties(Security::Tls, Mechanism::Plain, "alice")
            .is_err()
    );
    let nobody = cluster
        .sasl_properties(Security::SaslTls, Mechanism::Plain, "nobody")
        .unwrap_err();
    assert!(nobody.to_string().contains("not started with that user"));
}
