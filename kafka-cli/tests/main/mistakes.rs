//! What goes wrong by misconfiguration: cause and remedy within seconds, an exit code, and JSON where it was asked for.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use real_kafka::{ClientProperties, KafkaCluster, Mechanism, Security};
use serde_json::Value;

use crate::secured::{secured, with_file};
use crate::support::{Kafkactl, at, file, kafkactl, path, shared};

/// Fails with this code, soon, saying all of `expected`; and the same as one JSON object.
#[track_caller]
fn fails(cli: &Kafkactl, code: i32, expected: &[&str]) {
    let plain = cli.run(&["topics", "list"]);
    assert_eq!((plain.code, plain.text().as_str()), (Some(code), ""), "{plain:?}");
    assert!(plain.took < Duration::from_secs(10), "{plain:?}");
    assert!(plain.err.starts_with("error: "), "{plain:?}");
    for part in expected {
        assert!(plain.err.contains(part), "`{}` does not say `{part}`", plain.err);
    }
    let json = cli.run(&["topics", "list", "-o", "json"]);
    assert_eq!((json.code, json.text().as_str()), (Some(code), ""), "{json:?}");
    let said: Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(
        (&said["apiVersion"], &said["kind"]),
        (&"kafkactl/v1".into(), &"Error".into())
    );
    assert_eq!(said["error"]["exitCode"], code);
    let all = said["error"].to_string();
    assert!(
        expected
            .iter()
            .all(|part| all.contains(&part.replace('"', "\\\""))),
        "{all}"
    );
}

fn changed(mut properties: ClientProperties, changes: &[(&str, &str)]) -> ClientProperties {
    for (name, value) in changes {
        properties.set(name, *value);
    }
    properties
}

#[test]
fn the_wrong_protocol_for_the_port() {
    real_kafka::require!(own);
    let cluster = secured();
    let address = |security| cluster.bootstrap_of(security).unwrap();
    fails(&at(&address(Security::Tls)), 5, &["TLS", "security.protocol=SSL"]);
    fails(
        &at(&address(Security::SaslPlaintext)),
        5,
        &["security.protocol=SASL_PLAINTEXT"],
    );
    let tls = cluster.client_properties(Security::Tls).unwrap();
    let plain = changed(
        tls.clone(),
        &[("bootstrap.servers", &address(Security::Plaintext))],
    );
    fails(
        &with_file("tls-on-plain", &plain),
        5,
        &["TLS handshake", "security.protocol=PLAINTEXT"],
    );
    let no_certificate = changed(tls, &[("bootstrap.servers", &address(Security::MutualTls))]);
    fails(
        &with_file("no-certificate", &no_certificate),
        4,
        &["certificate", "ssl.keystore"],
    );
}

#[test]
fn credentials_that_do_not_fit() {
    real_kafka::require!(own);
    let cluster = secured();
    for mechanism in Mechanism::WITH_PASSWORD {
        let right = cluster
            .sasl_properties(Security::SaslPlaintext, mechanism, "alice")
            .unwrap();
        let login = right
            .value("sasl.jaas.config")
            .unwrap()
            .replace("wonderland", "looking-glass");
        let wrong = with_file(
            &format!("password-{mechanism}"),
            &changed(right, &[("sasl.jaas.config", &login)]),
        );
        fails(
            &wrong,
            4,
            &["rejects the credentials", "SASL_AUTHENTICATION_FAILED"],
        );
        assert!(
            !wrong
                .run(&["topics", "list", "--verbose", "--verbose", "--verbose"])
                .err
                .contains("looking-glass")
        );
    }
    let right = cluster
        .sasl_properties(Security::SaslPlaintext, Mechanism::Plain, "alice")
        .unwrap();
    // One that no broker here offers.
    let other = kafkactl().with(&[
        "-b",
        &cluster.bootstrap_of(Security::SaslPlaintext).unwrap(),
        "-X",
        "security.protocol=SASL_PLAINTEXT",
        "-X",
        "sasl.mechanism=GSSAPI",
        "-X",
        "sasl.username=u",
        "-X",
        "sasl.password=p",
    ]);
    fails(&other, 2, &["sasl.mechanism", "SCRAM-SHA-512"]);
    drop(right);
}

#[test]
fn certificates_that_do_not_fit() {
    real_kafka::require!(own);
    let cluster = secured();
    let of = |security| cluster.client_properties(security).unwrap();
    fails(
        &with_file("expired", &of(Security::TlsExpired)),
        4,
        &["has expired", "renew"],
    );
    fails(
        &with_file("other-host", &of(Security::TlsOtherHost)),
        4,
        &["for another host", "ssl.endpoint.identification.algorithm"],
    );
    let other = cluster.certificates().unwrap().file("other-ca.pem");
    let unknown = changed(
        of(Security::Tls),
        &[("ssl.truststore.location", other.to_str().unwrap())],
    );
    fails(
        &with_file("unknown-authority", &unknown),
        4,
        &["does not trust", "ssl.truststore.location"],
    );
}

#[test]
fn nobody_answers() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    fails(
        &at(&free).with(&["--timeout", "1s"]),
        5,
        &[&free, "nobody listens", "-b HOST:PORT"],
    );
    fails(
        &at("no-such-host.invalid:9092"),
        5,
        &["no-such-host.invalid", "does not resolve"],
    );
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    fails(
        &at(&address).with(&["--timeout", "1s"]),
        5,
        &["did not answer in time"],
    );
}

#[test]
fn a_web_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 64]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    fails(&at(&address), 5, &["HTTP server", "bootstrap.servers"]);
}

#[test]
fn an_advertised_listener_that_cannot_be_reached() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder()
        .advertised_host(Security::Plaintext, "no-such-host.invalid")
        .start()
        .unwrap();
    let (internal, properties) = cluster.internal().unwrap();
    let internal_file = cluster.write_properties("internal", &properties).unwrap();
    at(&internal)
        .with(&["-F", internal_file.to_str().unwrap()])
        .create("anywhere", &[]);
    // The bootstrap address serves for metadata; records come from and go to the leader.
    let cli = at(&cluster.bootstrap()).with(&["--timeout", "1s"]);
    let told = |said: &str| {
        assert!(
            said.contains("no-such-host.invalid") && said.contains("advertised.listeners"),
            "{said}"
        );
    };
    let read = cli.run(&["consume", "anywhere", "--from-beginning", "--exit"]);
    assert!(read.took < Duration::from_secs(8), "{read:?}");
    told(&read.failed(5));
    // Without an end it goes on trying, and says why nothing comes.
    for flags in [&[][..], &["--group", "anywhere"]] {
        let reading = cli.start(&[&["consume", "anywhere", "--from-beginning"][..], flags].concat());
        told(&reading.wait_err(|text| text.contains("advertised.listeners")));
        reading.signal("INT");
        let ended = reading.end();
        assert!(ended.took < Duration::from_secs(15), "{ended:?}");
        let warnings = ended.err.lines().count();
        assert!(warnings < 20, "{}", ended.err);
        ended.failed(130);
    }
    let flags = [
        "-X",
        "delivery.timeout.ms=4000",
        "-X",
        "request.timeout.ms=2000",
        "-X",
        "linger.ms=0",
    ];
    let written = cli.run(&[&["produce", "anywhere", "-v", "x"][..], &flags].concat());
    assert!(written.took < Duration::from_secs(15), "{written:?}");
    // Told at once, and the delivery fails in its own time.
    let said = written.failed(5);
    assert!(said.starts_with("warning: anywhere-0: "), "{said}");
    told(&said);
}

#[test]
fn settings_that_are_wrong() {
    let unknown = file("bootstrap.servers=127.0.0.1:1\nsecurity.protocoll=SSL\n");
    fails(
        &kafkactl().with(&["-F", path(&unknown)]),
        2,
        &["security.protocoll", "security.protocol"],
    );
    let value = file("security.protocol=TLS\n");
    fails(
        &kafkactl().with(&["-F", path(&value)]),
        2,
        &["security.protocol", "TLS", "SASL_SSL"],
    );
    fails(
        &kafkactl().with(&["-F", "/no/such.properties"]),
        2,
        &["cannot read /no/such.properties"],
    );
    fails(
        &kafkactl().with(&["-X", "request.timeout.ms=soon"]),
        2,
        &["request.timeout.ms", "soon"],
    );
    fails(&at("localhost"), 2, &["localhost", "port"]);
}

#[test]
fn json_errors_of_commands_on_things() {
    real_kafka::require!();
    let cli = shared();
    for (arguments, code, kind) in [
        (&["topics", "describe", "missing-thing"][..], 3, "notFound"),
        (&["produce", "missing-thing", "-v", "x"], 3, "notFound"),
        (&["consume", "missing-thing", "--exit"], 3, "notFound"),
        (&["topics", "list", "("], 2, "usage"),
    ] {
        let ended = cli.run(&[arguments, &["-o", "json"]].concat());
        if !ended.out.is_empty() {
            let listing: Value = serde_json::from_slice(&ended.out).unwrap();
            assert_eq!(listing["errors"].as_array().map(Vec::len), Some(1), "{listing}");
        }
        let said: Value = serde_json::from_str(&ended.failed(code)).unwrap();
        assert_eq!(said["error"]["kind"], kind, "{arguments:?}");
    }
}
