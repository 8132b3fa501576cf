//! Settings as they come in, before those that belong together are put together.

use std::time::Duration;

use protocol::compress::Compression;
use protocol::sasl::Mechanism;

use super::{ConnectionConfig, ConsumerConfig, ProducerConfig, Secret};

/// Everything that rows of the table can set.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) connection: ConnectionConfig,
    pub(super) consumer: ConsumerConfig,
    pub(super) producer: ProducerConfig,
    pub(super) security: SecurityDraft,
    pub(super) rebootstrap: bool,
    pub(super) rebootstrap_trigger: Duration,
    pub(super) group_protocol_consumer: bool,
    pub(super) levels: Levels,
}

impl Default for Draft {
    fn default() -> Self {
        let connection = ConnectionConfig::default();
        Self {
            rebootstrap: connection.rebootstrap_after.is_some(),
            rebootstrap_trigger: connection.rebootstrap_after.unwrap_or_default(),
            connection,
            consumer: ConsumerConfig::default(),
            producer: ProducerConfig::default(),
            security: SecurityDraft::default(),
            group_protocol_consumer: false,
            levels: Levels::default(),
        }
    }
}

/// The levels of the codecs, of which one is chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    pub(super) gzip: Option<i32>,
    pub(super) lz4: Option<i32>,
    pub(super) zstd: Option<i32>,
}

/// What is said about encryption and authentication.
#[derive(Clone, Debug)]
pub(super) struct SecurityDraft {
    pub(super) protocol: Protocol,
    pub(super) truststore: Store,
    pub(super) keystore: Store,
    pub(super) key: Option<Secret>,
    pub(super) certificate_location: Option<String>,
    pub(super) key_location: Option<String>,
    pub(super) key_password: Option<Secret>,
    pub(super) verify_host_name: bool,
    pub(super) mechanism: Option<Mechanism>,
    pub(super) jaas: Option<Secret>,
    pub(super) username: Option<String>,
    pub(super) password: Option<Secret>,
}

impl Default for SecurityDraft {
    fn default() -> Self {
        Self {
            protocol: Protocol::Plaintext,
            truststore: Store::default(),
            keystore: Store::default(),
            key: None,
            certificate_location: None,
            key_location: None,
            key_password: None,
            verify_host_name: true,
            mechanism: None,
            jaas: None,
            username: None,
            password: None,
        }
    }
}

/// A trust store or key store.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    /// `PEM`, `PKCS12` or `JKS`, if it was said.
    pub(super) kind: Option<String>,
    pub(super) location: Option<String>,
    pub(super) password: Option<Secret>,
    pub(super) pem: Option<String>,
}

/// `security.protocol`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Plaintext,
    SaslPlaintext,
    SaslSsl,
    Ssl,
}

impl Protocol {
    pub(super) const NAMES: &[&str] = &["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];

    /// The protocol of this name, one of [`NAMES`](Self::NAMES).
    pub(super) fn named(name: &str) -> Self {
        match name {
            "SSL" => Self::Ssl,
            "SASL_PLAINTEXT" => Self::SaslPlaintext,
            "SASL_SSL" => Self::SaslSsl,
            _ => Self::Plaintext,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plaintext => "PLAINTEXT",
            Self::SaslPlaintext => "SASL_PLAINTEXT",
            Self::SaslSsl => "SASL_SSL",
            Self::Ssl => "SSL",
        }
    }

    pub(super) fn has_tls(self) -> bool {
        matches!(self, Self::Ssl | Self::SaslSsl)
    }

    pub(super) fn has_sasl(self) -> bool {
        matches!(self, Self::SaslPlaintext | Self::SaslSsl)
    }
}

impl Levels {
    /// The level of this codec, if one was set.
    pub(super) fn of(&self, codec: Compression) -> Option<i32> {
        match codec {
            Compression::Gzip => self.gzip.filter(|&level| level != GZIP_DEFAULT),
            Compression::Lz4 => self.lz4,
            Compression::Zstd => self.zstd,
            _ => None,
        }
    }
}

/// What Java writes for the default of gzip.
const GZIP_DEFAULT: i32 = -1;
