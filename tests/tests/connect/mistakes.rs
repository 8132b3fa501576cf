//! What goes wrong by misconfiguration gives one clear error with its remedy, within seconds.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use kafka_client::client::{Client, ClientBuilder, ConnectError, Topics};
use kafka_client::cluster::Target;
use kafka_client::config::TlsConfig;
use protocol::messages::describe_log_dirs::DescribeLogDirsRequest;
use real_kafka::{KafkaCluster, Mechanism, Security};

use crate::support::{chain, client, run, secured};

/// Fails to connect soon, with an error that says all of `expected`.
#[track_caller]
fn fails(builder: ClientBuilder, expected: &[&str]) {
    let started = Instant::now();
    let error = run(builder.connect()).expect_err("it must fail");
    let text = chain(&error);
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{text} took {:?}",
        started.elapsed()
    );
    for part in expected {
        assert!(text.contains(part), "`{text}` does not say `{part}`");
    }
    assert!(matches!(error, ConnectError::Hopeless(_)), "{error:?}");
}

fn plaintext(bootstrap: impl AsRef<str>) -> ClientBuilder {
    Client::builder().bootstrap(bootstrap)
}

#[test]
fn plaintext_client_on_a_tls_port() {
    let Some(cluster) = secured("plaintext on a TLS port") else {
        return;
    };
    let builder = plaintext(cluster.bootstrap_of(Security::Tls).unwrap());
    fails(builder, &["TLS", "security.protocol=SSL"]);
}

#[test]
fn tls_client_on_a_plaintext_port() {
    let Some(cluster) = secured("TLS on a plaintext port") else {
        return;
    };
    let mut properties = cluster.client_properties(Security::Tls).unwrap();
    properties.set("bootstrap.servers", cluster.bootstrap());
    fails(
        client(&properties),
        &["TLS handshake", "security.protocol=PLAINTEXT"],
    );
}

#[test]
fn plaintext_client_on_a_sasl_port() {
    let Some(cluster) = secured("plaintext on a SASL port") else {
        return;
    };
    let builder = plaintext(cluster.bootstrap_of(Security::SaslPlaintext).unwrap());
    fails(builder, &["security.protocol=SASL_PLAINTEXT"]);
}

#[test]
fn sasl_client_on_a_plaintext_port() {
    let Some(cluster) = secured("SASL on a plaintext port") else {
        return;
    };
    let mut properties = cluster
        .sasl_properties(Security::SaslPlaintext, Mechanism::Plain, "alice")
        .unwrap();
    properties.set("bootstrap.servers", cluster.bootstrap());
    fails(
        client(&properties),
        &["does not authenticate", "security.protocol=PLAINTEXT"],
    );
}

#[test]
fn c26_wrong_password() {
    let Some(cluster) = secured("a wrong password") else {
        return;
    };
    for mechanism in Mechanism::WITH_PASSWORD {
        let mut properties = cluster
            .sasl_properties(Security::SaslPlaintext, mechanism, "alice")
            .unwrap();
        let login = properties
            .value("sasl.jaas.config")
            .unwrap()
            .replace("wonderland", "looking-glass");
        properties.set("sasl.jaas.config", login);
        fails(
            client(&properties),
            &["rejects the credentials", "SASL_AUTHENTICATION_FAILED"],
        );
    }
}

#[test]
fn c25_expired_certificate() {
    let Some(cluster) = secured("an expired certificate") else {
        return;
    };
    fails(
        client(&cluster.client_properties(Security::TlsExpired).unwrap()),
        &["has expired", "renew"],
    );
}

#[test]
fn c25_certificate_for_another_host() {
    let Some(cluster) = secured("a certificate for another host") else {
        return;
    };
    let properties = cluster.client_properties(Security::TlsOtherHost).unwrap();
    fails(
        client(&properties),
        &["for another host", "ssl.endpoint.identification.algorithm"],
    );
}

#[test]
fn c25_unknown_authority() {
    let Some(cluster) = secured("an unknown authority") else {
        return;
    };
    let mut properties = cluster.client_properties(Security::Tls).unwrap();
    let other = cluster.certificates().unwrap().file("other-ca.pem");
    properties.set("ssl.truststore.location", other.display().to_string());
    fails(
        client(&properties),
        &["does not trust", "ssl.truststore.location"],
    );
}

#[test]
fn c25_missing_client_certificate() {
    let Some(cluster) = secured("a missing client certificate") else {
        return;
    };
    let mut properties = cluster.client_properties(Security::Tls).unwrap();
    properties.set(
        "bootstrap.servers",
        cluster.bootstrap_of(Security::MutualTls).unwrap(),
    );
    fails(client(&properties), &["certificate", "ssl.keystore"]);
}

#[test]
fn c22_a_name_that_does_not_resolve() {
    fails(
        plaintext("no-such-host.invalid:9092"),
        &["no-such-host.invalid", "does not resolve"],
    );
}

#[test]
fn an_http_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 64];
        let _ = stream.read(&mut request);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    });
    fails(
        plaintext(address.to_string()),
        &["HTTP server", "bootstrap.servers"],
    );
    server.join().unwrap();
}

#[test]
fn c24_a_reset_during_the_handshake_is_no_reason_to_give_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (counted, counts) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // What was sent is not read: the close is a reset.
            drop(stream);
            if counted.send(()).is_err() {
                break;
            }
        }
    });
    let builder = plaintext(address.to_string()).configure(|config| {
        config.security.tls = Some(TlsConfig::default());
        config.connect_timeout = Duration::from_secs(1);
    });
    let error = run(builder.connect()).expect_err("it must fail");
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error:?}");
    let text = chain(&error);
    assert!(
        text.contains("TLS handshake") && text.contains("security.protocol"),
        "{text}"
    );
    assert!(
        counts.try_iter().count() >= 3,
        "it is tried again while there is time"
    );
}

#[test]
fn nobody_listens() {
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = plaintext(address.to_string())
        .configure(|config| config.connect_timeout = Duration::from_millis(500));
    let error = run(builder.connect()).expect_err("it must fail");
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error:?}");
    let text = chain(&error);
    assert!(
        text.contains("nobody listens") && text.contains("Connection refused"),
        "{text}"
    );
}

#[test]
fn c16_half_open_peer_at_the_first_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let builder = plaintext(address.to_string()).configure(|config| {
        config.setup_timeout = Duration::from_millis(300);
        config.connect_timeout = Duration::from_millis(800);
    });
    let error = run(builder.connect()).expect_err("it must fail");
    let text = chain(&error);
    assert!(text.contains("did not answer in time"), "{text}");
    drop(listener);
}

#[test]
fn an_advertised_listener_that_cannot_be_reached() {
    let cluster = KafkaCluster::builder()
        .advertised_host(Security::Plaintext, "no-such-host.invalid")
        .start();
    let cluster = match cluster {
        Ok(cluster) => cluster,
        Err(error) => {
            return real_kafka::not_tested("an unreachable advertised listener", &error.to_string());
        }
    };
    run(async {
        let builder = plaintext(cluster.bootstrap())
            .configure(|config| config.connect_timeout = Duration::from_secs(2));
        let client = builder.connect().await.unwrap();
        let metadata = client.metadata(Topics::None).await.unwrap();
        let (&node, _) = metadata.brokers.first_key_value().unwrap();
        let started = Instant::now();
        let asked = client
            .call(Target::Node(node), DescribeLogDirsRequest::default(), |_| None)
            .await;
        let text = chain(&asked.expect_err("it must fail"));
        assert!(started.elapsed() < Duration::from_secs(6), "{text}");
        assert!(
            text.contains("no-such-host.invalid") && text.contains("advertised.listeners"),
            "{text}"
        );
        client.close().await;
    });
}
