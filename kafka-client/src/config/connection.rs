use std::sync::Arc;
use std::time::Duration;

use protocol::sasl::{Credentials, Mechanism, Secret};

use super::token::TokenProvider;

/// What the engine needs to know to reach a cluster. Plain values; the typed builders and the property files fill it.
#[derive(Clone, Debug)]
pub struct ConnectionConfig {
    /// `host:port` of some brokers, from which the others are learnt; an IPv6 address stands in brackets
    /// (`bootstrap.servers`). Must not be empty.
    pub bootstrap: Vec<String>,
    /// The name under which brokers log and limit this client (`client.id`). Default: `kafka-client`.
    pub client_id: String,
    /// How connections are encrypted and authenticated (`security.protocol`). Default: neither.
    pub security: Security,
    /// How long [`Client::connect`](crate::client) tries to reach a first broker. A fault that trying again cannot
    /// mend ends it earlier. Default: 10 s; Java has no such setting.
    pub connect_timeout: Duration,
    /// How long a broker may take to answer one request (`request.timeout.ms`). Default: 30 s.
    pub request_timeout: Duration,
    /// How long a call may take with all its retries (`default.api.timeout.ms`). Default: 60 s.
    pub api_timeout: Duration,
    /// How long one connection may take until requests can be sent: socket, TLS, versions and authentication
    /// (`socket.connection.setup.timeout.ms`, KIP-601). Doubles at each failure. Default: 10 s.
    pub setup_timeout: Duration,
    /// What [`setup_timeout`](Self::setup_timeout) grows to (`socket.connection.setup.timeout.max.ms`). Default: 30 s.
    pub setup_timeout_max: Duration,
    /// The pause before a broker is tried again; doubles at each failure, ±20 % (`reconnect.backoff.ms`).
    /// Default: 50 ms.
    pub reconnect_backoff: Duration,
    /// What [`reconnect_backoff`](Self::reconnect_backoff) grows to (`reconnect.backoff.max.ms`). Default: 1 s.
    pub reconnect_backoff_max: Duration,
    /// The pause before a request is repeated; doubles at each failure, ±20 % (`retry.backoff.ms`, KIP-580).
    /// Default: 100 ms.
    pub retry_backoff: Duration,
    /// What [`retry_backoff`](Self::retry_backoff) grows to (`retry.backoff.max.ms`). Default: 1 s.
    pub retry_backoff_max: Duration,
    /// After which time without use a connection is closed (`connections.max.idle.ms`). Default: 9 min.
    pub idle_timeout: Duration,
    /// After which time metadata is refreshed without a cause (`metadata.max.age.ms`). Default: 5 min.
    pub metadata_max_age: Duration,
    /// For how long metadata may fail to come before the client starts over from
    /// [`bootstrap`](Self::bootstrap) (`metadata.recovery.rebootstrap.trigger.ms`, KIP-1102); none means that it never
    /// does (`metadata.recovery.strategy=none`). Default: 5 min.
    pub rebootstrap_after: Option<Duration>,
    /// Whether brokers are told which cluster and broker the client believes to speak to, so that a misrouted
    /// connection is noticed (`metadata.cluster.check.enable`, KIP-1242). Default: true.
    pub cluster_check: bool,
    /// The longest reply that is accepted, in bytes. Default: 100 MiB.
    pub frame_max: usize,
    /// The most requests that wait for their replies on one connection. Machines that need fewer, such as an
    /// idempotent producer, see to it themselves. Default: 64.
    pub in_flight_max: usize,
}

impl ConnectionConfig {
    /// The defaults, with these brokers to start from.
    pub fn new<S: Into<String>>(bootstrap: impl IntoIterator<Item = S>) -> Self {
        Self {
            bootstrap: bootstrap.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }
}

impl Default for ConnectionConfig {
    fn default() -> Self {
        Self {
            bootstrap: Vec::new(),
            client_id: "kafka-client".to_owned(),
            security: Security::default(),
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            api_timeout: Duration::from_secs(60),
            setup_timeout: Duration::from_secs(10),
            setup_timeout_max: Duration::from_secs(30),
            reconnect_backoff: Duration::from_millis(50),
            reconnect_backoff_max: Duration::from_secs(1),
            retry_backoff: Duration::from_millis(100),
            retry_backoff_max: Duration::from_secs(1),
            idle_timeout: Duration::from_secs(9 * 60),
            metadata_max_age: Duration::from_secs(5 * 60),
            rebootstrap_after: Some(Duration::from_secs(5 * 60)),
            cluster_check: true,
            frame_max: 100 * 1024 * 1024,
            in_flight_max: 64,
        }
    }
}

/// How connections are encrypted and authenticated; `security.protocol` is which of the two is there.
#[derive(Clone, Debug, Default)]
pub struct Security {
    /// Encryption; none is PLAINTEXT or SASL_PLAINTEXT.
    pub tls: Option<TlsConfig>,
    /// Authentication by SASL; none is PLAINTEXT or SSL.
    pub sasl: Option<SaslConfig>,
}

/// Encryption by TLS 1.2 and 1.3.
#[derive(Clone, Debug)]
pub struct TlsConfig {
    /// Who may sign the brokers' certificates. Default: whom the system trusts.
    pub roots: TlsRoots,
    /// What the client shows of itself when brokers ask for it (mutual TLS). Default: nothing.
    pub identity: Option<Identity>,
    /// Whether the broker's certificate must be for the host that was dialled; false is
    /// `ssl.endpoint.identification.algorithm=` and gives up the protection against impostors. Default: true.
    pub verify_host_name: bool,
}

impl Default for TlsConfig {
    fn default() -> Self {
        Self {
            roots: TlsRoots::Platform,
            identity: None,
            verify_host_name: true,
        }
    }
}

/// Who may sign the brokers' certificates.
#[derive(Clone, Debug, Default)]
pub enum TlsRoots {
    /// Those in this PEM text (`ssl.truststore.certificates`).
    Pem(String),
    /// Whom the system trusts.
    #[default]
    Platform,
}

/// A client certificate and its key.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate and those that lead from it to a root, as PEM (`ssl.keystore.certificate.chain`).
    pub chain: String,
    /// The unencrypted private key as PEM: PKCS #8, PKCS #1 or SEC 1 (`ssl.keystore.key`).
    pub key: Secret,
}

/// Authentication by SASL.
#[derive(Clone, Debug)]
pub struct SaslConfig {
    /// The mechanism (`sasl.mechanism`).
    pub mechanism: Mechanism,
    /// What proves the identity.
    pub credentials: SaslCredentials,
}

/// What proves the identity to SASL.
#[derive(Clone, Debug)]
pub enum SaslCredentials {
    /// Always the same: a password, or a delegation token.
    Fixed(Credentials),
    /// A bearer token that is asked for when the last one is about to expire.
    Provider(Arc<dyn TokenProvider>),
}
