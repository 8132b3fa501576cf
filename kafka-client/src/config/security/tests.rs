use super::super::{Settings, SettingsBuilder};
use super::*;

const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nREVG\n-----END PRIVATE KEY-----\n";
/// An ECDSA key under the password `hunter2`, by `openssl pkcs8 -topk8 -v2 aes-256-cbc`.
const ENCRYPTED_KEY: &str = include_str!("encrypted-key.pem");
/// The same key in the clear.
const PLAIN_KEY: &str = include_str!("plain-key.pem");
const PLAIN_MODULE: &str = "org.apache.kafka.common.security.plain.PlainLoginModule";
const SCRAM_MODULE: &str = "org.apache.kafka.common.security.scram.ScramLoginModule";

fn builder(pairs: &[(&str, &str)]) -> SettingsBuilder {
    Settings::builder().set_all(pairs.iter().copied()).unwrap()
}

fn security(pairs: &[(&str, &str)]) -> Security {
    builder(pairs).build().unwrap().connection.security
}

fn error(pairs: &[(&str, &str)]) -> String {
    let error = builder(pairs)
        .build()
        .expect_err(&format!("{pairs:?} should be refused"))
        .to_string();
    assert!(!error.contains("hunter2"), "{error}");
    error
}

fn fixed(security: &Security) -> &Credentials {
    match &security.sasl.as_ref().unwrap().credentials {
        SaslCredentials::Fixed(credentials) => credentials,
        SaslCredentials::Provider(_) => panic!("a provider"),
    }
}

#[test]
fn plaintext_is_the_default() {
    let security = security(&[]);
    assert!(security.tls.is_none() && security.sasl.is_none());
}

#[test]
fn tls_trusts_the_system_unless_told_otherwise() {
    let tls = security(&[("security.protocol", "SSL")]).tls.unwrap();
    assert!(matches!(tls.roots, TlsRoots::Platform) && tls.identity.is_none() && tls.verify_host_name);
    let tls = security(&[
        ("security.protocol", "ssl"),
        ("ssl.truststore.type", "PEM"),
        (
            "ssl.truststore.certificates",
            "-----BEGIN CERTIFICATE----- QUJD -----END CERTIFICATE-----",
        ),
        ("ssl.endpoint.identification.algorithm", ""),
    ])
    .tls
    .unwrap();
    assert!(matches!(tls.roots, TlsRoots::Pem(text) if text == CERTIFICATE));
    assert!(!tls.verify_host_name);
}

#[test]
fn identities_come_from_a_store_or_inline_or_from_two_files() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (both, chain, key) = (
        write("both", &format!("{KEY}{CERTIFICATE}")),
        write("c", CERTIFICATE),
        write("k", KEY),
    );
    for pairs in [
        vec![
            ("ssl.keystore.location", both.as_str()),
            ("ssl.keystore.type", "PEM"),
        ],
        vec![("ssl.keystore.location", both.as_str())],
        vec![
            ("ssl.keystore.certificate.chain", CERTIFICATE),
            ("ssl.keystore.key", KEY),
        ],
        vec![
            ("ssl.certificate.location", chain.as_str()),
            ("ssl.key.location", key.as_str()),
        ],
    ] {
        let pairs: Vec<_> = [("security.protocol", "SSL")].into_iter().chain(pairs).collect();
        let identity = security(&pairs).tls.unwrap().identity.unwrap();
        assert_eq!(
            (identity.chain.as_str(), identity.key.expose()),
            (CERTIFICATE, KEY),
            "{pairs:?}"
        );
    }
}

#[test]
fn encrypted_keys_are_decrypted() {
    let with = |password: Option<&str>| {
        let mut pairs = vec![
            ("security.protocol", "SSL"),
            ("ssl.keystore.certificate.chain", CERTIFICATE),
            ("ssl.keystore.key", ENCRYPTED_KEY),
        ];
        pairs.extend(password.map(|password| ("ssl.key.password", password)));
        builder(&pairs).build()
    };
    let identity = with(Some("hunter2"))
        .unwrap()
        .connection
        .security
        .tls
        .unwrap()
        .identity
        .unwrap();
    assert_eq!(identity.key.expose(), PLAIN_KEY);
    let wrong = with(Some("hunter3")).unwrap_err().to_string();
    assert!(
        wrong.contains("`ssl.key.password` is wrong") && !wrong.contains("hunter3"),
        "{wrong}"
    );
    assert!(
        with(None)
            .unwrap_err()
            .to_string()
            .contains("`ssl.key.password` is not set")
    );
}

#[test]
fn java_stores_are_refused_with_the_command_that_converts_them() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes, command) in [
        (
            "a.jks",
            &b"\xfe\xed\xfe\xed\0\0\0\x02"[..],
            "keytool -importkeystore",
        ),
        ("a.p12", &b"\x30\x82\x01\x00"[..], "openssl pkcs12 -in "),
        ("a.txt", &b"hunter2"[..], "neither PEM"),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let path = path.display().to_string();
        let text = error(&[("security.protocol", "SSL"), ("ssl.truststore.location", &path)]);
        assert!(
            text.starts_with("`ssl.truststore.location`: ") && text.contains(command),
            "{text}"
        );
        let text = error(&[
            ("security.protocol", "SSL"),
            ("ssl.keystore.location", &path),
            ("ssl.keystore.password", "hunter2"),
        ]);
        assert!(text.contains(command), "{text}");
    }
}

#[test]
fn tls_settings_that_do_not_go_together_name_both() {
    for (pairs, start) in [
        (
            &[("ssl.truststore.certificates", CERTIFICATE)][..],
            "`ssl.truststore.certificates` contradicts `security.protocol`",
        ),
        (
            &[
                ("security.protocol", "SASL_PLAINTEXT"),
                ("ssl.key.password", "hunter2"),
            ][..],
            "`ssl.key.password` contradicts `security.protocol`",
        ),
        (
            &[
                ("security.protocol", "SSL"),
                ("ssl.ca.location", "/x"),
                ("ssl.truststore.certificates", CERTIFICATE),
            ][..],
            "`ssl.truststore.certificates` contradicts `ssl.truststore.location`",
        ),
        (
            &[
                ("security.protocol", "SSL"),
                ("ssl.truststore.certificates", CERTIFICATE),
                ("ssl.truststore.password", "hunter2"),
            ][..],
            "`ssl.truststore.password` contradicts `ssl.truststore.certificates`",
        ),
        (
            &[
                ("security.protocol", "SSL"),
                ("ssl.keystore.location", "/x"),
                ("ssl.certificate.location", "/y"),
            ][..],
            "`ssl.certificate.location` contradicts `ssl.keystore.location`",
        ),
        (
            &[("security.protocol", "SSL"), ("ssl.keystore.key", KEY)][..],
            "`ssl.keystore.certificate.chain` is missing",
        ),
        (
            &[
                ("security.protocol", "SSL"),
                ("ssl.keystore.certificate.chain", CERTIFICATE),
            ][..],
            "`ssl.keystore.key` is missing",
        ),
        (
            &[("security.protocol", "SSL"), ("ssl.key.password", "hunter2")][..],
            "`ssl.keystore.location` is missing",
        ),
        (
            &[("security.protocol", "SSL"), ("ssl.ca.pem", "hunter2")][..],
            "`ssl.truststore.certificates`: it holds no",
        ),
        (
            &[("security.protocol", "SSL"), ("ssl.ca.location", "/nowhere/ca")][..],
            "cannot read /nowhere/ca",
        ),
    ] {
        let text = error(pairs);
        assert!(text.starts_with(start), "{text}");
    }
}

#[test]
fn passwords_come_by_jaas_or_by_name() {
    let jaas = format!("{PLAIN_MODULE} required username=\"alice\" password=\"hunter2\";");
    for pairs in [
        vec![("sasl.jaas.config", jaas.as_str())],
        vec![("sasl.username", "alice"), ("sasl.password", "hunter2")],
    ] {
        let pairs: Vec<_> = [("security.protocol", "SASL_SSL"), ("sasl.mechanism", "PLAIN")]
            .into_iter()
            .chain(pairs)
            .collect();
        let security = security(&pairs);
        assert!(security.tls.is_some());
        assert_eq!(security.sasl.as_ref().unwrap().mechanism, Mechanism::Plain);
        match fixed(&security) {
            Credentials::Password { username, password } => {
                assert_eq!((username.as_str(), password.expose()), ("alice", "hunter2"));
            }
            other => panic!("{other:?}"),
        }
        assert!(!format!("{security:?}").contains("hunter2"));
    }
}

#[test]
fn delegation_tokens_are_told_apart() {
    let jaas = format!("{SCRAM_MODULE} required username=\"id\" password=\"hmac\" tokenauth=\"true\";");
    let security = security(&[
        ("security.protocol", "SASL_PLAINTEXT"),
        ("sasl.mechanism", "scram-sha-512"),
        ("sasl.jaas.config", &jaas),
    ]);
    assert_eq!(security.sasl.as_ref().unwrap().mechanism, Mechanism::ScramSha512);
    assert!(
        matches!(fixed(&security), Credentials::DelegationToken { token_id, hmac }
        if token_id == "id" && hmac.expose() == "hmac")
    );
}

#[test]
fn unsecured_tokens_have_a_provider() {
    let security = security(&[
        ("security.protocol", "SASL_PLAINTEXT"),
        ("sasl.mechanism", "OAUTHBEARER"),
        (
            "sasl.jaas.config",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \
             unsecuredLoginStringClaim_sub=\"alice\";",
        ),
    ]);
    assert!(matches!(
        security.sasl.unwrap().credentials,
        SaslCredentials::Provider(_)
    ));
}

#[test]
fn sasl_settings_that_do_not_go_together_name_both() {
    let plain = format!("{PLAIN_MODULE} required username=\"alice\" password=\"hunter2\";");
    let no_user = format!("{PLAIN_MODULE} required password=\"hunter2\";");
    let sasl = ("security.protocol", "SASL_PLAINTEXT");
    for (pairs, start) in [
        (
            vec![("sasl.mechanism", "PLAIN")],
            "`sasl.mechanism` contradicts `security.protocol`",
        ),
        (
            vec![("security.protocol", "SSL"), ("sasl.password", "hunter2")],
            "`sasl.password` contradicts `security.protocol`",
        ),
        (
            vec![sasl, ("sasl.jaas.config", &plain)],
            "`sasl.mechanism` is missing: `security.protocol=SASL_PLAINTEXT` needs",
        ),
        (
            vec![sasl, ("sasl.mechanism", "PLAIN")],
            "`sasl.username` is missing: PLAIN needs a user",
        ),
        (
            vec![sasl, ("sasl.mechanism", "PLAIN"), ("sasl.username", "a")],
            "`sasl.password` is missing",
        ),
        (
            vec![sasl, ("sasl.mechanism", "OAUTHBEARER")],
            "`sasl.jaas.config` is missing",
        ),
        (
            vec![
                sasl,
                ("sasl.mechanism", "SCRAM-SHA-256"),
                ("sasl.jaas.config", &plain),
            ],
            "`sasl.jaas.config` contradicts `sasl.mechanism`",
        ),
        (
            vec![
                sasl,
                ("sasl.mechanism", "PLAIN"),
                ("sasl.jaas.config", &plain),
                ("sasl.password", "hunter2"),
            ],
            "`sasl.password` contradicts `sasl.jaas.config`",
        ),
        (
            vec![sasl, ("sasl.mechanism", "PLAIN"), ("sasl.jaas.config", &no_user)],
            "`sasl.jaas.config`: `PlainLoginModule` has no option `username`",
        ),
        (
            vec![sasl, ("sasl.mechanism", "PLAIN"), ("sasl.jaas.config", "hunter2")],
            "`sasl.jaas.config`: the class name",
        ),
    ] {
        let text = error(&pairs);
        assert!(text.starts_with(start), "{text}");
    }
    let unknown = Settings::builder()
        .set("sasl.mechanism", "GSSAPI")
        .unwrap_err()
        .to_string();
    assert!(
        unknown.contains("`sasl.mechanism` is `GSSAPI`, expected `PLAIN`"),
        "{unknown}"
    );
}
