use std::time::{Duration, Instant};

use kafka_client::client::{ClientBuilder, Topics};
use real_kafka::{KafkaCluster, Mechanism, Security};

use crate::support::{client, run, secured};

/// Connects and asks for the cluster's metadata.
fn asks(builder: ClientBuilder) {
    run(async {
        let client = builder.connect().await.unwrap();
        let metadata = client.metadata(Topics::None).await.unwrap();
        assert_eq!(metadata.brokers.len(), 1);
        client.close().await;
    });
}

#[test]
fn tls_with_the_authority_trusted() {
    let Some(cluster) = secured("TLS") else { return };
    asks(client(&cluster.client_properties(Security::Tls).unwrap()));
}

#[test]
fn tls_with_a_client_certificate() {
    let Some(cluster) = secured("mutual TLS") else {
        return;
    };
    asks(client(&cluster.client_properties(Security::MutualTls).unwrap()));
}

#[test]
fn tls_without_looking_at_the_host_name() {
    let Some(cluster) = secured("TLS without host names") else {
        return;
    };
    let mut properties = cluster.client_properties(Security::TlsOtherHost).unwrap();
    properties.set("ssl.endpoint.identification.algorithm", "");
    asks(client(&properties));
}

#[test]
fn sasl_with_every_mechanism_in_plaintext() {
    let Some(cluster) = secured("SASL") else { return };
    for mechanism in Mechanism::ALL {
        asks(client(
            &cluster
                .sasl_properties(Security::SaslPlaintext, mechanism, "alice")
                .unwrap(),
        ));
    }
}

#[test]
fn sasl_with_every_mechanism_in_tls() {
    let Some(cluster) = secured("SASL over TLS") else {
        return;
    };
    for mechanism in Mechanism::ALL {
        asks(client(
            &cluster
                .sasl_properties(Security::SaslTls, mechanism, "alice")
                .unwrap(),
        ));
    }
}

#[test]
fn c29_sessions_that_end_are_renewed_on_the_living_connection() {
    let cluster = KafkaCluster::builder()
        .listener(Security::SaslPlaintext)
        .user("alice", "wonderland")
        // A broker refuses to be asked again within a second.
        .property("connections.max.reauth.ms", "1500")
        .start();
    let cluster = match cluster {
        Ok(cluster) => cluster,
        Err(error) => return real_kafka::not_tested("re-authentication", &error.to_string()),
    };
    let properties = cluster
        .sasl_properties(Security::SaslPlaintext, Mechanism::ScramSha256, "alice")
        .unwrap();
    // A lost connection would show: no call has the time for a second attempt.
    let builder = client(&properties).configure(|config| {
        config.retry_backoff = Duration::from_secs(60);
        config.retry_backoff_max = Duration::from_secs(60);
        config.api_timeout = Duration::from_secs(10);
    });
    run(async {
        let client = builder.connect().await.unwrap();
        let started = Instant::now();
        // More than two sessions; a broker closes a connection upon a request after the end of its session.
        while started.elapsed() < Duration::from_millis(3500) {
            client.metadata(Topics::None).await.unwrap();
        }
        client.close().await;
    });
}
