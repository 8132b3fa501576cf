//! What the settings of `ssl.*` and `sasl.*` say together.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use protocol::sasl::{Credentials, Mechanism, Secret};

use super::draft::{SecurityDraft, Store};
use super::file::read_file;
use super::jaas::JaasEntry;
use super::unsecured::UnsecuredTokens;
use super::{ConfigError, Identity, SaslConfig, SaslCredentials, Security, TlsConfig, TlsRoots, pem};

#[cfg(test)]
mod tests;

/// Names the settings as they were given: by canonical name.
type Given = BTreeMap<&'static str, String>;

/// Puts the settings together. Reads the files that are named.
pub(super) fn resolve(draft: &SecurityDraft, given: &Given) -> Result<Security, ConfigError> {
    for (prefix, allowed, remedy) in [
        ("ssl.", draft.protocol.has_tls(), "set it to `SSL` or `SASL_SSL`"),
        (
            "sasl.",
            draft.protocol.has_sasl(),
            "set it to `SASL_SSL` or `SASL_PLAINTEXT`",
        ),
    ] {
        let stray = given.keys().find(|key| key.starts_with(prefix));
        if let (false, Some(&key)) = (allowed, stray) {
            return Err(ConfigError::Contradiction {
                key,
                other: "security.protocol",
                reason: format!("that is `{}`; {remedy}", draft.protocol.name()),
            });
        }
    }
    Ok(Security {
        tls: draft.protocol.has_tls().then(|| tls(draft)).transpose()?,
        sasl: draft.protocol.has_sasl().then(|| sasl(draft)).transpose()?,
    })
}

fn tls(draft: &SecurityDraft) -> Result<TlsConfig, ConfigError> {
    Ok(TlsConfig {
        roots: roots(&draft.truststore)?,
        identity: identity(draft)?,
        verify_host_name: draft.verify_host_name,
    })
}

fn roots(store: &Store) -> Result<TlsRoots, ConfigError> {
    const LOCATION: &str = "ssl.truststore.location";
    const INLINE: &str = "ssl.truststore.certificates";
    let (key, text) = match (&store.location, &store.pem) {
        (Some(_), Some(_)) => return Err(both(INLINE, LOCATION, "give the certificates once")),
        (None, None) => return Ok(TlsRoots::Platform),
        (Some(location), None) => (LOCATION, store_text(LOCATION, location, store)?),
        (None, Some(text)) => (INLINE, text.clone()),
    };
    no_password(store, "ssl.truststore.password", key)?;
    pem::certificates(&text)
        .map(TlsRoots::Pem)
        .map_err(|reason| unusable(key, reason))
}

fn identity(draft: &SecurityDraft) -> Result<Option<Identity>, ConfigError> {
    const STORE: &str = "ssl.keystore.location";
    const CHAIN: &str = "ssl.keystore.certificate.chain";
    const KEY: &str = "ssl.keystore.key";
    const CHAIN_FILE: &str = "ssl.certificate.location";
    const KEY_FILE: &str = "ssl.key.location";
    let store = &draft.keystore;
    let ways: Vec<&'static str> = [
        (STORE, store.location.is_some()),
        (CHAIN, store.pem.is_some()),
        (CHAIN_FILE, draft.certificate_location.is_some()),
    ]
    .into_iter()
    .filter_map(|(key, given)| given.then_some(key))
    .collect();
    if let [first, second, ..] = ways.as_slice() {
        return Err(both(second, first, "give the client's certificate once"));
    }
    if draft.key.is_some() && store.pem.is_none() {
        return Err(missing(
            CHAIN,
            "`ssl.keystore.key` is nothing without the certificate",
        ));
    }
    if draft.key_location.is_some() && draft.certificate_location.is_none() {
        return Err(missing(
            CHAIN_FILE,
            "`ssl.key.location` is nothing without the certificate",
        ));
    }
    let (chain_key, chain, key_key, key) = if let Some(location) = &store.location {
        no_password_if_pem(store, location)?;
        let text = store_text(STORE, location, store)?;
        (STORE, text.clone(), STORE, Secret::new(text))
    } else if let Some(chain) = &store.pem {
        let key = draft
            .key
            .clone()
            .ok_or_else(|| missing(KEY, "a certificate is nothing without its key"))?;
        (CHAIN, chain.clone(), KEY, key)
    } else if let Some(location) = &draft.certificate_location {
        let key_file = draft
            .key_location
            .as_ref()
            .ok_or_else(|| missing(KEY_FILE, "a certificate is nothing without its key"))?;
        let key = Secret::new(text_file(KEY_FILE, key_file)?);
        (CHAIN_FILE, text_file(CHAIN_FILE, location)?, KEY_FILE, key)
    } else if draft.key_password.is_some() {
        return Err(missing(STORE, "`ssl.key.password` is nothing without a key"));
    } else {
        return Ok(None);
    };
    Ok(Some(Identity {
        chain: pem::certificates(&chain).map_err(|reason| unusable(chain_key, reason))?,
        key: pem::private_key(key.expose(), draft.key_password.as_ref())
            .map_err(|reason| unusable(key_key, reason))?,
    }))
}

/// The text of a PEM store; for the formats of Java the way to convert them.
fn store_text(key: &'static str, location: &str, store: &Store) -> Result<String, ConfigError> {
    let bytes = read_file(key, Path::new(location))?;
    let kind = match (store.kind.as_deref(), bytes.as_slice()) {
        (_, [0xfe, 0xed, 0xfe, 0xed, ..]) => "JKS",
        // A sequence in DER: PKCS #12, or a certificate that is not in PEM.
        (_, [0x30, ..]) => "PKCS12",
        (Some("JKS" | "PKCS12") | None, bytes) if !is_pem(bytes) => {
            return Err(unusable(
                key,
                "it is neither PEM nor any other key store".to_owned(),
            ));
        }
        _ => "PEM",
    };
    let out = if key.contains("truststore") {
        "-nokeys"
    } else {
        "-nodes"
    };
    let convert = format!("openssl pkcs12 -in STORE.p12 {out} -out STORE.pem");
    match kind {
        "PEM" => String::from_utf8(bytes).map_err(|_| unusable(key, "it is not text".to_owned())),
        "JKS" => {
            let reason = format!(
                "`{location}` is a JKS store; convert it with `keytool -importkeystore -srckeystore {location} \
                 -destkeystore STORE.p12 -deststoretype PKCS12` and `{convert}`, then name STORE.pem"
            );
            Err(unusable(key, reason))
        }
        _ => {
            let convert = convert.replace("STORE.p12", location);
            Err(unusable(
                key,
                format!("`{location}` is not PEM; convert it with `{convert}`, then name STORE.pem"),
            ))
        }
    }
}

fn is_pem(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.contains("-----BEGIN "))
}

fn text_file(key: &'static str, location: &str) -> Result<String, ConfigError> {
    String::from_utf8(read_file(key, Path::new(location))?)
        .map_err(|_| unusable(key, "it is not PEM".to_owned()))
}

/// As in Java, a PEM store has no password of its own.
fn no_password(store: &Store, password: &'static str, other: &'static str) -> Result<(), ConfigError> {
    match store.password {
        None => Ok(()),
        Some(_) => Err(both(password, other, "PEM has no store password; leave it out")),
    }
}

fn no_password_if_pem(store: &Store, location: &str) -> Result<(), ConfigError> {
    if is_pem(&read_file("ssl.keystore.location", Path::new(location))?) && store.password.is_some() {
        let reason = "a PEM store has no password of its own; that of the key is `ssl.key.password`";
        return Err(both("ssl.keystore.password", "ssl.keystore.location", reason));
    }
    Ok(())
}

fn sasl(draft: &SecurityDraft) -> Result<SaslConfig, ConfigError> {
    let Some(mechanism) = draft.mechanism else {
        let reason = format!(
            "`security.protocol={}` needs one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER; Java's default, \
             GSSAPI (Kerberos), is not spoken",
            draft.protocol.name()
        );
        return Err(missing("sasl.mechanism", &reason));
    };
    let user = (&draft.username, &draft.password);
    let credentials = match (&draft.jaas, user) {
        (Some(_), (Some(_), _)) => {
            return Err(both("sasl.username", "sasl.jaas.config", "give the user once"));
        }
        (Some(_), (_, Some(_))) => {
            return Err(both(
                "sasl.password",
                "sasl.jaas.config",
                "give the password once",
            ));
        }
        (Some(jaas), (None, None)) => of_jaas(mechanism, jaas)?,
        (None, _) if mechanism == Mechanism::OAuthBearer => {
            let reason = "OAUTHBEARER needs a login module, or a `TokenProvider` given to the client";
            return Err(missing("sasl.jaas.config", reason));
        }
        (None, (Some(username), Some(password))) => {
            SaslCredentials::Fixed(Credentials::password(username, password.clone()))
        }
        (None, (None, _)) => return Err(missing("sasl.username", &format!("{mechanism} needs a user"))),
        (None, (_, None)) => return Err(missing("sasl.password", &format!("{mechanism} needs a password"))),
    };
    Ok(SaslConfig {
        mechanism,
        credentials,
    })
}

fn of_jaas(mechanism: Mechanism, text: &Secret) -> Result<SaslCredentials, ConfigError> {
    const JAAS: &str = "sasl.jaas.config";
    let entry = JaasEntry::parse(text.expose()).map_err(|reason| unusable(JAAS, reason))?;
    let wanted = match mechanism {
        Mechanism::OAuthBearer => "OAuthBearerLoginModule",
        Mechanism::Plain => "PlainLoginModule",
        _ => "ScramLoginModule",
    };
    if entry.module_name() != wanted {
        return Err(ConfigError::Contradiction {
            key: JAAS,
            other: "sasl.mechanism",
            reason: format!(
                "it names `{}`, but {mechanism} goes with `{wanted}`",
                entry.module
            ),
        });
    }
    if mechanism == Mechanism::OAuthBearer {
        let tokens = UnsecuredTokens::of(&entry.options).map_err(|reason| unusable(JAAS, reason))?;
        return Ok(SaslCredentials::Provider(Arc::new(tokens)));
    }
    let option = |name: &str| {
        entry
            .option(name)
            .cloned()
            .ok_or_else(|| unusable(JAAS, format!("`{wanted}` has no option `{name}`")))
    };
    let (username, password) = (option("username")?, option("password")?);
    let is_token = entry
        .option("tokenauth")
        .is_some_and(|value| value.expose().eq_ignore_ascii_case("true"));
    Ok(SaslCredentials::Fixed(
        if is_token && mechanism != Mechanism::Plain {
            Credentials::delegation_token(username.expose(), password)
        } else {
            Credentials::password(username.expose(), password)
        },
    ))
}

fn both(key: &'static str, other: &'static str, reason: &str) -> ConfigError {
    ConfigError::Contradiction {
        key,
        other,
        reason: reason.to_owned(),
    }
}

fn missing(key: &'static str, reason: &str) -> ConfigError {
    ConfigError::Missing {
        key,
        reason: reason.to_owned(),
    }
}

fn unusable(key: &'static str, reason: String) -> ConfigError {
    ConfigError::Unsupported {
        key: key.to_owned(),
        reason,
    }
}
