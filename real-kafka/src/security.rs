//! Listeners: how each is secured, on the broker's side and on a client's.

use std::{fmt, path::Path};

use crate::certificates::Certificates;

/// How one of a cluster's listeners is secured. A cluster may have several, each kind at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Security {
    /// No encryption, no authentication.
    Plaintext,
    /// TLS; the server's certificate names `localhost` and 127.0.0.1.
    Tls,
    /// TLS with a server certificate that expired in 2021.
    TlsExpired,
    /// TLS with a server certificate for `elsewhere.invalid` only.
    TlsOtherHost,
    /// TLS that demands a client certificate of the same authority. Its common name becomes the principal, before
    /// 2.2 (KIP-371) its whole distinguished name.
    MutualTls,
    /// SASL without encryption, with every [`Mechanism`].
    SaslPlaintext,
    /// SASL over TLS, with every [`Mechanism`].
    SaslTls,
}

impl Security {
    /// Returns the value of `security.protocol` that a client needs.
    #[must_use]
    pub fn protocol(self) -> &'static str {
        match self {
            Self::Plaintext => "PLAINTEXT",
            Self::Tls | Self::TlsExpired | Self::TlsOtherHost | Self::MutualTls => "SSL",
            Self::SaslPlaintext => "SASL_PLAINTEXT",
            Self::SaslTls => "SASL_SSL",
        }
    }

    /// Returns whether it speaks TLS.
    #[must_use]
    pub fn uses_tls(self) -> bool {
        !matches!(self, Self::Plaintext | Self::SaslPlaintext)
    }

    /// Returns whether it asks for SASL.
    #[must_use]
    pub fn uses_sasl(self) -> bool {
        matches!(self, Self::SaslPlaintext | Self::SaslTls)
    }

    /// Returns the listener's name in the broker's properties, where it prefixes what is set for it alone:
    /// `listener.name.` and the name in lower case.
    #[must_use]
    pub fn listener(self) -> &'static str {
        match self {
            Self::Plaintext => "PLAIN",
            Self::Tls => "TLS",
            Self::TlsExpired => "TLSEXPIRED",
            Self::TlsOtherHost => "TLSOTHERHOST",
            Self::MutualTls => "MTLS",
            Self::SaslPlaintext => "SASL",
            Self::SaslTls => "SASLTLS",
        }
    }
}

/// A SASL mechanism that the listeners offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mechanism {
    /// PLAIN (RFC 4616).
    Plain,
    /// SCRAM-SHA-256 (RFC 7677).
    ScramSha256,
    /// SCRAM-SHA-512.
    ScramSha512,
    /// OAUTHBEARER (RFC 7628) with unsigned tokens, as brokers take them unless told otherwise (KIP-255). The user is
    /// whom the token names; there is no password.
    OAuthBearer,
}

impl Mechanism {
    /// Every mechanism.
    pub const ALL: [Self; 4] = [
        Self::Plain,
        Self::ScramSha256,
        Self::ScramSha512,
        Self::OAuthBearer,
    ];

    /// Those with which a user proves that a password is known.
    pub const WITH_PASSWORD: [Self; 3] = [Self::Plain, Self::ScramSha256, Self::ScramSha512];

    pub(crate) const SCRAM: [Self; 2] = [Self::ScramSha256, Self::ScramSha512];

    /// Returns its name as in `sasl.mechanism`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::ScramSha512 => "SCRAM-SHA-512",
            Self::OAuthBearer => "OAUTHBEARER",
        }
    }

    pub(crate) fn login_module(self) -> &'static str {
        match self {
            Self::Plain => "org.apache.kafka.common.security.plain.PlainLoginModule",
            Self::ScramSha256 | Self::ScramSha512 => {
                "org.apache.kafka.common.security.scram.ScramLoginModule"
            }
            Self::OAuthBearer => "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A user of the SASL listeners. The password is not printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) password: String,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What a client needs to speak to a listener, as Java property names.
#[derive(Clone, Debug, Default)]
pub struct ClientProperties {
    lines: Vec<(String, String)>,
}

impl ClientProperties {
    pub(crate) fn new(security: Security, certificates: Option<&Certificates>) -> Self {
        let mut properties = Self::default();
        properties.set("security.protocol", security.protocol());
        if let Some(certificates) = certificates.filter(|_| security.uses_tls()) {
            properties.set("ssl.truststore.type", "PEM");
            properties.set("ssl.truststore.location", path(&certificates.authority()));
            if security == Security::MutualTls {
                properties.set("ssl.keystore.type", "PEM");
                properties.set("ssl.keystore.location", path(&certificates.client()));
            }
        }
        properties
    }

    pub(crate) fn sasl(mut self, mechanism: Mechanism, user: &str, password: &str) -> Self {
        self.set("sasl.mechanism", mechanism.name());
        let module = mechanism.login_module();
        let login = match mechanism {
            Mechanism::OAuthBearer => format!("unsecuredLoginStringClaim_sub=\"{user}\""),
            _ => format!("username=\"{user}\" password=\"{password}\""),
        };
        self.set("sasl.jaas.config", format!("{module} required {login};"));
        self
    }

    /// Adds a property or replaces its value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.lines.iter_mut().find(|(have, _)| have == name) {
            Some((_, have)) => *have = value,
            None => self.lines.push((name.to_owned(), value)),
        }
    }

    /// Returns the value of a property.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.lines
            .iter()
            .find(|(have, _)| have == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns names and values in the order they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The text of a `.properties` file.
impl fmt::Display for ClientProperties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines
            .iter()
            .try_for_each(|(name, value)| writeln!(f, "{name}={value}"))
    }
}

fn path(path: &Path) -> String {
    path.display().to_string()
}
