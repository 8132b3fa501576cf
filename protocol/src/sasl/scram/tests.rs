use super::client::ScramClient;
use super::message::{ServerFirst, encode_name};
use super::*;
use crate::sasl::{AuthError, AuthErrorKind, Credentials, Mechanism, NONCE_LEN, SaslClient, Secret, Step};

const SALT: &[u8] = b"sixteen bytes of";

fn sent(step: Step) -> String {
    match step {
        Step::Send(message) => String::from_utf8(message).unwrap(),
        Step::Done => panic!("ended early"),
    }
}

fn hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// The whole exchange of RFC 7677, section 3.
#[test]
fn the_example_of_the_rfc_with_sha_256() {
    let credentials = Credentials::password("user", "pencil");
    let nonce = "rOprNGfwEbeRWgbNEkqO".to_owned();
    let mut client = ScramClient::with_nonce(Mechanism::ScramSha256, &credentials, nonce).unwrap();
    assert_eq!(client.first_message(), b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    let answer = client
        .challenge(b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
        .unwrap();
    assert_eq!(
        sent(answer),
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
         p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    );
    assert_eq!(
        client.challenge(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
        Ok(Step::Done)
    );
}

/// PBKDF2 with SHA-512, the vectors that were published to complement RFC 6070: checked here through 4096 rounds.
#[test]
fn salted_password_with_sha_512() {
    let salted =
        SaltedPassword::derive(Mechanism::ScramSha512, &Secret::from("password"), b"salt", 4096).unwrap();
    assert_eq!(
        salted.expose(),
        hex("d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5\
             143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5")
    );
}

fn login(mechanism: Mechanism, credentials: &Credentials) -> (SaslClient, ScramLogin) {
    let client = SaslClient::new(mechanism, credentials, &[7; NONCE_LEN]).unwrap();
    let login = ScramLogin::parse(mechanism, client.initial()).unwrap();
    (client, login)
}

#[test]
fn both_sides_agree() {
    for mechanism in [Mechanism::ScramSha256, Mechanism::ScramSha512] {
        for credentials in [
            Credentials::password("user", "pencil"),
            Credentials::password("a=b,c=2C", "p,a=ss\u{1}wörd 密"),
            Credentials::delegation_token("id", "aG1hYw=="),
        ] {
            let (name, password, token) = match &credentials {
                Credentials::Password { username, password } => (username, password, false),
                Credentials::DelegationToken { token_id, hmac } => (token_id, hmac, true),
                Credentials::Bearer { .. } => unreachable!(),
            };
            let (mut client, login) = login(mechanism, &credentials);
            assert_eq!(login.name(), name);
            assert_eq!(login.is_delegation_token(), token);
            let salted = SaltedPassword::derive(mechanism, password, SALT, 4096).unwrap();
            let server = login.accept_salted(&salted, b"more");
            let answer = sent(client.challenge(server.first_message()).unwrap());
            let ServerStep::Accepted(last) = server.finish(answer.as_bytes()).unwrap() else {
                panic!("rejected")
            };
            assert_eq!(client.challenge(&last), Ok(Step::Done));
            assert_eq!(client.salted_password().unwrap().expose(), salted.expose());
            let kind = client.challenge(&last).unwrap_err().kind;
            assert_eq!(kind, AuthErrorKind::Unexpected);
        }
    }
}

#[test]
fn a_wrong_password_is_rejected() {
    let mechanism = Mechanism::ScramSha256;
    let (mut client, login) = login(mechanism, &Credentials::password("user", "pencil"));
    let salted = SaltedPassword::derive(mechanism, &Secret::from("other"), SALT, 4096).unwrap();
    let server = login.accept_salted(&salted, b"more");
    let answer = sent(client.challenge(server.first_message()).unwrap());
    assert_eq!(server.finish(answer.as_bytes()), Ok(ServerStep::Rejected));
}

/// A reused hash is used when salt and iterations are the same and ignored otherwise: a hash of another password
/// shows which of the two happened.
#[test]
fn a_reused_hash_saves_the_hashing() {
    let mechanism = Mechanism::ScramSha512;
    let other = SaltedPassword::derive(mechanism, &Secret::from("other"), SALT, 4096).unwrap();
    let own = SaltedPassword::derive(mechanism, &Secret::from("pencil"), SALT, 4097).unwrap();
    for (server_has, accepted) in [(&other, true), (&own, true)] {
        let (mut client, login) = login(mechanism, &Credentials::password("user", "pencil"));
        client.reuse(other.clone());
        let server = login.accept_salted(server_has, b"more");
        let answer = sent(client.challenge(server.first_message()).unwrap());
        let step = server.finish(answer.as_bytes()).unwrap();
        assert_eq!(matches!(step, ServerStep::Accepted(_)), accepted);
    }
}

/// The error that the client ends with after the server's first message.
fn first_error(message: &str) -> AuthErrorKind {
    let credentials = Credentials::password("user", "pencil");
    let mut client = ScramClient::with_nonce(Mechanism::ScramSha256, &credentials, "abc".to_owned()).unwrap();
    let error = client.challenge(message.as_bytes()).unwrap_err();
    assert_eq!(client.challenge(b"v=").unwrap_err(), AuthErrorKind::Unexpected);
    error
}

#[test]
fn a_hostile_first_message_is_an_error() {
    for nonce in ["abc", "ab", "abd-more", "ABCmore"] {
        let message = format!("r={nonce},s=c2FsdA==,i=4096");
        assert_eq!(first_error(&message), AuthErrorKind::NonceMismatch, "{nonce}");
    }
    for iterations in [0, 1, 4095, ITERATIONS_MAX + 1, u32::MAX] {
        let message = format!("r=abcd,s=c2FsdA==,i={iterations}");
        assert_eq!(
            first_error(&message),
            AuthErrorKind::IterationsOutOfBounds(iterations)
        );
    }
    for message in [
        "",
        "r=abcd",
        "r=abcd,s=c2FsdA==",
        "r=abcd,s=,i=4096",
        "r=abcd,s=!,i=4096",
        "r=abcd,s=c2FsdA==,i=",
        "r=abcd,s=c2FsdA==,i=-1",
        "r=abcd,s=c2FsdA==,i=+4096",
        "r=abcd,s=c2FsdA==,i=4294967296",
        "r=abc d,s=c2FsdA==,i=4096",
        "m=x,r=abcd,s=c2FsdA==,i=4096",
        "s=c2FsdA==,r=abcd,i=4096",
    ] {
        assert!(
            matches!(first_error(message), AuthErrorKind::BadMessage(_)),
            "{message}"
        );
    }
    let rejected = AuthErrorKind::Rejected("no such\u{20}user".to_owned());
    assert_eq!(first_error("e=no such\u{7}user"), rejected);
}

#[test]
fn what_follows_the_iterations_is_ignored() {
    let first = ServerFirst::parse("r=a,s=c2FsdA==,i=4096,x=1").unwrap();
    assert_eq!(
        (first.nonce, first.salt.as_slice(), first.iterations),
        ("a", &b"salt"[..], 4096)
    );
}

#[test]
fn a_server_that_does_not_know_the_password_is_found_out() {
    for last in ["v=AAAA", "v=", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="] {
        let (mut client, login) = login(Mechanism::ScramSha256, &Credentials::password("user", "pencil"));
        let keys = StoredKeys {
            stored_key: vec![0; 32],
            server_key: vec![0; 32],
        };
        let server = login.accept(SALT, 4096, keys, b"more");
        sent(client.challenge(server.first_message()).unwrap());
        let error = client.challenge(last.as_bytes()).unwrap_err();
        assert_eq!(error.kind, AuthErrorKind::BadServerSignature, "{last}");
    }
}

#[test]
fn the_servers_reason_is_told() {
    let (mut client, login) = login(Mechanism::ScramSha256, &Credentials::password("user", "pencil"));
    let salted = SaltedPassword::derive(Mechanism::ScramSha256, &Secret::from("pencil"), SALT, 4096).unwrap();
    let server = login.accept_salted(&salted, b"more");
    sent(client.challenge(server.first_message()).unwrap());
    let error = client.challenge(b"e=invalid-proof").unwrap_err();
    assert_eq!(
        error.to_string(),
        "SCRAM-SHA-256 authentication: rejected: invalid-proof"
    );
}

#[test]
fn names_keep_their_meaning() {
    for (name, spelled) in [("a", "a"), ("=", "=3D"), (",", "=2C"), ("=2C,", "=3D2C=2C")] {
        assert_eq!(encode_name(name), spelled);
        assert_eq!(decode_name(spelled).as_deref(), Some(name));
    }
    for malformed in ["", "=", "=2", "=2c", "a=b", "a,b", "a\0", "é"] {
        assert_eq!(decode_name(malformed), None, "{malformed:?}");
    }
}

#[test]
fn the_server_side_refuses_what_is_malformed() {
    for message in [
        &b""[..],
        b"n,,",
        b"y,,n=user,r=abc",
        b"p=tls-unique,,n=user,r=abc",
        b"n,,n=,r=abc",
        b"n,,n=user,r=",
        b"n,,n=user,r=a b",
        b"n,,r=abc,n=user",
        b"n,x=user,n=user,r=abc",
        b"n,a=root,n=user,r=abc",
        b"n,,n=\xff,r=abc",
    ] {
        assert!(
            ScramLogin::parse(Mechanism::ScramSha256, message).is_err(),
            "{message:?}"
        );
    }
    assert!(ScramLogin::parse(Mechanism::Plain, b"n,,n=user,r=abc").is_err());
    let named = ScramLogin::parse(Mechanism::ScramSha256, b"n,a=user,n=user,r=abc").unwrap();
    assert_eq!(named.name(), "user");
}

#[test]
fn the_server_side_refuses_a_last_message_of_another_exchange() {
    let keys = StoredKeys {
        stored_key: vec![0; 32],
        server_key: vec![0; 32],
    };
    let finish = |message: &str| -> Result<ServerStep, AuthError> {
        let login = ScramLogin::parse(Mechanism::ScramSha256, b"n,,n=user,r=abc").unwrap();
        login
            .accept_with(SALT, 4096, keys.clone(), "def")
            .finish(message.as_bytes())
    };
    assert_eq!(finish("c=biws,r=abcdef,p=AAAA"), Ok(ServerStep::Rejected));
    assert_eq!(
        finish("c=biws,r=abcxyz,p=AAAA").unwrap_err().kind,
        AuthErrorKind::NonceMismatch
    );
    for malformed in [
        "",
        "c=biws,r=abcdef",
        "c=eSws,r=abcdef,p=AAAA",
        "c=biws,r=abcdef,p=!",
    ] {
        let kind = finish(malformed).unwrap_err().kind;
        assert!(matches!(kind, AuthErrorKind::BadMessage(_)), "{malformed}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let (mut client, login) = login(Mechanism::ScramSha256, &Credentials::password("user", "hunter2"));
    let salted =
        SaltedPassword::derive(Mechanism::ScramSha256, &Secret::from("hunter2"), SALT, 4096).unwrap();
    let server = login.accept_salted(&salted, b"more");
    let step = client.challenge(server.first_message()).unwrap();
    let printed = format!(
        "{client:?} {step:?} {salted:?} {server:?} {:?}",
        salted.stored_keys()
    );
    assert!(
        !printed.contains("hunter2") && !printed.contains("p="),
        "{printed}"
    );
    assert!(
        printed.contains("Send(") && printed.contains("StoredKeys(***)"),
        "{printed}"
    );
}

/// RFC 5802 and 7677 demand no less, and no exchange may cost more than the bound.
#[test]
fn derive_keeps_the_bounds() {
    for iterations in [ITERATIONS_MIN - 1, ITERATIONS_MAX + 1] {
        let error =
            SaltedPassword::derive(Mechanism::ScramSha256, &Secret::from("x"), SALT, iterations).unwrap_err();
        assert_eq!(error.kind, AuthErrorKind::IterationsOutOfBounds(iterations));
    }
}
