use super::super::draft::Protocol;
use super::super::parse;
use super::{Clients, Kind, Setting};

const fn row(name: &'static str, default: &'static str, kind: Kind, doc: &'static str) -> Setting {
    Setting::new(Clients::All, name, default, kind, doc)
}

pub(super) const ROWS: &[Setting] = &[
    row(
        "security.protocol",
        "PLAINTEXT",
        Kind::Choice(
            Protocol::NAMES,
            |draft, word| draft.security.protocol = Protocol::named(word),
            |draft| draft.security.protocol.name().to_owned(),
        ),
        "How connections are encrypted and authenticated: `PLAINTEXT` not at all, `SSL` by TLS, \
         `SASL_PLAINTEXT` by SASL in the clear, `SASL_SSL` by SASL inside TLS.",
    ),
    row(
        "ssl.truststore.location",
        "",
        Kind::Text(|draft| &mut draft.security.truststore.location),
        "A file with the certificates of those who may sign the brokers' certificates, in PEM. \
         Without it those are trusted whom the system trusts.",
    )
    .also(&["ssl.ca.location"]),
    row(
        "ssl.truststore.certificates",
        "",
        Kind::Text(|draft| &mut draft.security.truststore.pem),
        "The same certificates themselves, in PEM (KIP-651).",
    )
    .also(&["ssl.ca.pem"]),
    row(
        "ssl.truststore.type",
        "",
        Kind::Other(
            "`PEM`, `PKCS12` or `JKS`",
            |draft, text| store_type(&mut draft.security.truststore.kind, text),
            |draft| draft.security.truststore.kind.clone().unwrap_or_default(),
        ),
        "The format of the trust store. Without it the file's first bytes tell. Only PEM is read.",
    ),
    row(
        "ssl.truststore.password",
        "",
        Kind::Secret(|draft| &mut draft.security.truststore.password),
        "The password of a trust store that is not PEM.",
    ),
    row(
        "ssl.keystore.location",
        "",
        Kind::Text(|draft| &mut draft.security.keystore.location),
        "A file with the client's private key and its certificates, in PEM, for brokers that ask for \
         them (mutual TLS).",
    ),
    row(
        "ssl.keystore.certificate.chain",
        "",
        Kind::Text(|draft| &mut draft.security.keystore.pem),
        "The client's certificates themselves, its own first, in PEM (KIP-651). Goes with \
         `ssl.keystore.key`.",
    )
    .also(&["ssl.certificate.pem"]),
    row(
        "ssl.certificate.location",
        "",
        Kind::Text(|draft| &mut draft.security.certificate_location),
        "A PEM file with the client's certificates, where the key is in a file of its own. Goes with \
         `ssl.key.location`. Java has no such setting.",
    ),
    row(
        "ssl.keystore.key",
        "",
        Kind::Secret(|draft| &mut draft.security.key),
        "The client's private key itself, in PEM: PKCS #8, plain or encrypted, PKCS #1 or SEC 1 \
         (KIP-651).",
    )
    .also(&["ssl.key.pem"]),
    row(
        "ssl.key.location",
        "",
        Kind::Text(|draft| &mut draft.security.key_location),
        "A PEM file with the client's private key. Goes with `ssl.certificate.location`. Java has no \
         such setting.",
    ),
    row(
        "ssl.keystore.type",
        "",
        Kind::Other(
            "`PEM`, `PKCS12` or `JKS`",
            |draft, text| store_type(&mut draft.security.keystore.kind, text),
            |draft| draft.security.keystore.kind.clone().unwrap_or_default(),
        ),
        "The format of the key store. Without it the file's first bytes tell. Only PEM is read.",
    ),
    row(
        "ssl.keystore.password",
        "",
        Kind::Secret(|draft| &mut draft.security.keystore.password),
        "The password of a key store that is not PEM.",
    ),
    row(
        "ssl.key.password",
        "",
        Kind::Secret(|draft| &mut draft.security.key_password),
        "The password of the client's private key, when that is encrypted (PKCS #8 with PBES2).",
    ),
    row(
        "ssl.endpoint.identification.algorithm",
        "https",
        Kind::Other(
            "`https`, or nothing to switch the check off",
            |draft, text| {
                draft.security.verify_host_name = match text.to_ascii_lowercase().as_str() {
                    "https" => true,
                    "" | "none" => false,
                    _ => return Err(String::new()),
                };
                Ok(())
            },
            |draft| {
                if draft.security.verify_host_name {
                    "https".to_owned()
                } else {
                    String::new()
                }
            },
        ),
        "Whether the broker's certificate must be for the host that was dialled. An empty value \
         switches that off, and with it the protection against impostors.",
    ),
    row(
        "ssl.enabled.protocols",
        "TLSv1.2,TLSv1.3",
        Kind::Other(
            "`TLSv1.2,TLSv1.3`",
            |_, text| {
                let given = parse::list(text);
                let known = given
                    .iter()
                    .all(|name| matches!(*name, "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3"));
                if known && given.contains(&"TLSv1.2") && given.contains(&"TLSv1.3") {
                    Ok(())
                } else {
                    Err(String::new())
                }
            },
            |_| "TLSv1.2,TLSv1.3".to_owned(),
        ),
        "The versions of TLS: 1.2 and 1.3, of which the broker chooses. They cannot be narrowed; \
         older ones are never spoken.",
    ),
    row(
        "sasl.mechanism",
        "",
        Kind::Other(
            "`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`",
            |draft, text| {
                draft.security.mechanism =
                    Some(text.to_ascii_uppercase().parse().map_err(|_| String::new())?);
                Ok(())
            },
            |draft| {
                draft
                    .security
                    .mechanism
                    .map(|mechanism| mechanism.name().to_owned())
                    .unwrap_or_default()
            },
        ),
        "How the client proves who it is to SASL. Java's default, GSSAPI (Kerberos), is not spoken.",
    )
    .also(&["sasl.mechanisms"]),
    row(
        "sasl.jaas.config",
        "",
        Kind::Secret(|draft| &mut draft.security.jaas),
        "The credentials, in the form that Java wants: \
         `org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\" \
         password=\"secret\";`. Understood are PlainLoginModule, ScramLoginModule (with \
         `tokenauth=\"true\"` for a delegation token), and OAuthBearerLoginModule with unsecured \
         tokens.",
    ),
    row(
        "sasl.username",
        "",
        Kind::Text(|draft| &mut draft.security.username),
        "The user for PLAIN and SCRAM, shorter than by `sasl.jaas.config`. Java has no such setting.",
    ),
    row(
        "sasl.password",
        "",
        Kind::Secret(|draft| &mut draft.security.password),
        "The password of `sasl.username`. Java has no such setting.",
    ),
];

fn store_type(kind: &mut Option<String>, text: &str) -> Result<(), String> {
    let upper = text.to_ascii_uppercase();
    if !matches!(upper.as_str(), "PEM" | "PKCS12" | "JKS") {
        return Err(String::new());
    }
    *kind = Some(upper);
    Ok(())
}
