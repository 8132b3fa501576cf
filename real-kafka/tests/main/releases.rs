//! Every release starts and serves, secured and not.

use real_kafka::{KafkaCluster, Mechanism, Release, Security};

use crate::{list_topics, run};

/// Takes minutes when the jars of nine releases must be fetched: `cargo test -p real-kafka -- --ignored`.
#[test]
#[ignore = "fetches and starts every release"]
fn every_release_starts_with_every_kind_of_listener() {
    real_kafka::require!(own);
    for release in Release::all() {
        let begin = std::time::Instant::now();
        let cluster = KafkaCluster::builder()
            .version(release.version())
            .brokers(1)
            .listener(Security::Plaintext)
            .listener(Security::MutualTls)
            .listener(Security::SaslTls)
            .user("admin", "admin-secret")
            .super_user("admin")
            .super_user("client")
            // Before 2.2 the principal is the whole distinguished name (KIP-371).
            .super_user("CN=client")
            .super_user("ANONYMOUS")
            .start()
            .unwrap();
        eprintln!("{} after {:?}", release.version(), begin.elapsed());
        for security in [Security::Plaintext, Security::MutualTls] {
            let config = cluster.client_properties(security).unwrap();
            let config = cluster.write_properties("client", &config).unwrap();
            let listed = list_topics(&cluster.bootstrap_of(security).unwrap(), &config);
            assert!(
                listed.stdout.contains("__consumer_offsets"),
                "{}: {listed:?}",
                release.version()
            );
        }
        for mechanism in Mechanism::ALL {
            let config = cluster
                .sasl_properties(Security::SaslTls, mechanism, "admin")
                .unwrap();
            let config = cluster.write_properties("client", &config).unwrap();
            let listed = list_topics(&cluster.bootstrap_of(Security::SaslTls).unwrap(), &config);
            assert!(
                listed.stdout.contains("__consumer_offsets"),
                "{}: {listed:?}",
                release.version()
            );
        }
        cluster.kill(1).unwrap();
        cluster.restart(1).unwrap();
        cluster.wait_ready().unwrap();
        cluster.stop().unwrap();
    }
}

#[test]
fn features_and_advertised_hosts_are_as_asked_for() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder()
        .feature("transaction.version", 0)
        .listener(Security::Plaintext)
        .listener(Security::Tls)
        .advertised_host(Security::Tls, "elsewhere.invalid")
        .start()
        .unwrap();
    let features = run(
        "kafka-features",
        &["--bootstrap-server", &cluster.bootstrap(), "describe"],
    );
    let line = features
        .stdout
        .lines()
        .find(|line| line.contains("transaction.version"))
        .unwrap();
    assert!(line.contains("FinalizedVersionLevel: 0"), "{features:?}");

    let mut config = cluster.client_properties(Security::Tls).unwrap();
    config.set("default.api.timeout.ms", "2000");
    config.set("request.timeout.ms", "1500");
    let config = cluster.write_properties("client", &config).unwrap();
    let listed = list_topics(&cluster.bootstrap_of(Security::Tls).unwrap(), &config);
    assert_eq!(listed.code, 1, "{listed:?}");
    assert!(listed.stderr.contains("elsewhere.invalid"), "{listed:?}");
}

#[test]
fn an_unknown_release_is_answered_with_those_there_are() {
    let error = KafkaCluster::builder()
        .version("4.9.9")
        .start()
        .map(drop)
        .unwrap_err();
    assert!(error.to_string().contains("4.4.0, 4.3.1"), "{error}");
}
