//! Logging in.

use bytes::Bytes;
use kafka_sandbox::{Mechanism, Sandbox, SaslSettings};
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::metadata::MetadataRequest;
use protocol::messages::sasl_authenticate::SaslAuthenticateRequest;
use protocol::messages::sasl_handshake::SaslHandshakeRequest;

use super::Replay;

#[test]
fn logging_in_answers_as_kafka() {
    let sasl = SaslSettings::new([Mechanism::Plain, Mechanism::ScramSha256]).user("alice", "wonderland");
    let mut run = Replay::on(Sandbox::builder().brokers(1).sasl(sasl));
    let s = &mut run.node(1);
    run.say(
        s,
        "an unknown mechanism",
        SaslHandshakeRequest {
            mechanism: "NONSENSE".into(),
        },
    );
    run.say(
        s,
        "an unknown mechanism, again",
        SaslHandshakeRequest {
            mechanism: "PLAIN".into(),
        },
    );
    let s = &mut run.node(1);
    run.say_in(s, 9, "before authentication", MetadataRequest::default());
    let s = &mut run.node(1);
    run.say(
        s,
        "before a handshake",
        SaslAuthenticateRequest {
            auth_bytes: Bytes::from_static(b"\0alice\0wonderland"),
        },
    );
    for (w, b) in [
        ("PLAIN, wrong password", &b"\0alice\0wrong"[..]),
        ("PLAIN, unknown user", b"\0nobody\0x"),
        ("PLAIN, another authorization id", b"bob\0alice\0wonderland"),
        ("PLAIN, no user", b"\0\0x"),
        ("PLAIN, no password", b"\0alice\0"),
        ("PLAIN, too few parts", b"alice"),
        ("PLAIN, too many parts", b"a\0b\0c\0d"),
        ("PLAIN, empty", b""),
        ("PLAIN, good", b"\0alice\0wonderland"),
    ] {
        let s = &mut run.node(1);
        s.ask(&SaslHandshakeRequest {
            mechanism: "PLAIN".into(),
        });
        run.say(
            s,
            w,
            SaslAuthenticateRequest {
                auth_bytes: Bytes::from_static(b),
            },
        );
    }
    for (w, b) in [
        ("SCRAM, unknown user", &b"n,,n=nobody,r=abc"[..]),
        ("SCRAM, no client-first message", b"nonsense"),
        ("SCRAM, a channel binding", b"p=tls-unique,,n=alice,r=abc"),
        ("SCRAM, another authorization id", b"n,a=bob,n=alice,r=abc"),
    ] {
        let s = &mut run.node(1);
        s.ask(&SaslHandshakeRequest {
            mechanism: "SCRAM-SHA-256".into(),
        });
        run.say(
            s,
            w,
            SaslAuthenticateRequest {
                auth_bytes: Bytes::from_static(b),
            },
        );
    }
    for (w, f) in [
        (
            "SCRAM, a wrong proof",
            "c=biws,r=NONCE,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        ),
        ("SCRAM, a proof that is too short", "c=biws,r=NONCE,p=AAAA"),
        ("SCRAM, another nonce", "c=biws,r=zzz,p=AAAA"),
        ("SCRAM, no client-final message", "nonsense"),
    ] {
        let s = &mut run.node(1);
        s.ask(&SaslHandshakeRequest {
            mechanism: "SCRAM-SHA-256".into(),
        });
        let r = s.ask(&SaslAuthenticateRequest {
            auth_bytes: Bytes::from_static(b"n,,n=alice,r=abc"),
        });
        let server = String::from_utf8_lossy(&r.auth_bytes).to_string();
        let nonce = server.split(',').next().unwrap()[2..].to_string();
        run.say(
            s,
            w,
            SaslAuthenticateRequest {
                auth_bytes: f.replace("NONCE", &nonce).into_bytes().into(),
            },
        );
    }

    let s = &mut run.node(1);
    s.ask(&SaslHandshakeRequest {
        mechanism: "PLAIN".into(),
    });
    s.ask(&SaslAuthenticateRequest {
        auth_bytes: Bytes::from_static(b"\0alice\0wrong"),
    });
    run.say_in(
        s,
        2,
        "after a failed one, on the same connection",
        SaslAuthenticateRequest {
            auth_bytes: Bytes::from_static(b"\0alice\0wonderland"),
        },
    );
    let s = &mut run.node(1);
    s.ask(&SaslHandshakeRequest {
        mechanism: "PLAIN".into(),
    });
    run.say_in(
        s,
        3,
        "between handshake and authentication",
        ApiVersionsRequest {
            client_software_name: "a".into(),
            client_software_version: "1".into(),
            ..Default::default()
        },
    );

    run.finish();
}
