use kafka_client::client::{ClientBuilder, Topics};
use real_kafka::{Mechanism, Security};

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
