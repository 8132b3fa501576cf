use std::sync::Arc;

use super::client::{Client, ConnectError};
use crate::config::{ConnectionConfig, SaslConfig, TlsConfig};
use crate::io::Runtime;

/// Builds a [`Client`].
#[derive(Clone, Debug, Default)]
pub struct ClientBuilder {
    config: ConnectionConfig,
    runtime: Runtime,
}

impl Client {
    /// Connects to a cluster in plaintext. `bootstrap` names some of its brokers, `host:port`, separated by commas.
    ///
    /// # Errors
    ///
    /// When no broker can be reached in time, or trying again cannot help.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use kafka_client::client::{Client, Topics};
    ///
    /// let client = Client::connect("localhost:9092").await?;
    /// for broker in client.metadata(Topics::None).await?.brokers.values() {
    ///     println!("{} {}:{}", broker.id, broker.host, broker.port);
    /// }
    /// client.close().await;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(bootstrap: impl AsRef<str>) -> Result<Self, ConnectError> {
        Self::builder().bootstrap(bootstrap).connect().await
    }

    /// Begins to build a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl ClientBuilder {
    /// Adds brokers to start from, `host:port`, several separated by commas (`bootstrap.servers`).
    #[must_use]
    pub fn bootstrap(mut self, servers: impl AsRef<str>) -> Self {
        let named = servers
            .as_ref()
            .split(',')
            .map(str::trim)
            .filter(|server| !server.is_empty());
        self.config.bootstrap.extend(named.map(str::to_owned));
        self
    }

    /// Sets the name under which brokers log and limit the client (`client.id`).
    #[must_use]
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.config.client_id = id.into();
        self
    }

    /// Encrypts the connections (`security.protocol=SSL` or `SASL_SSL`).
    #[must_use]
    pub fn tls(mut self, tls: TlsConfig) -> Self {
        self.config.security.tls = Some(tls);
        self
    }

    /// Authenticates by SASL (`security.protocol=SASL_PLAINTEXT` or `SASL_SSL`).
    #[must_use]
    pub fn sasl(mut self, sasl: SaslConfig) -> Self {
        self.config.security.sasl = Some(sasl);
        self
    }

    /// Replaces all settings but the runtime.
    #[must_use]
    pub fn config(mut self, config: ConnectionConfig) -> Self {
        self.config = config;
        self
    }

    /// Changes settings that have no method of their own here.
    #[must_use]
    pub fn configure(mut self, change: impl FnOnce(&mut ConnectionConfig)) -> Self {
        change(&mut self.config);
        self
    }

    /// Says where the engine and the sockets run. Default: on a thread of their own.
    #[must_use]
    pub fn runtime(mut self, runtime: Runtime) -> Self {
        self.runtime = runtime;
        self
    }

    /// Starts the client without waiting for a broker.
    ///
    /// # Errors
    ///
    /// When the settings cannot be used.
    pub fn start(self) -> Result<Client, ConnectError> {
        Client::start(Arc::new(self.config), &self.runtime)
    }

    /// Starts the client and waits until a broker has described the cluster.
    ///
    /// # Errors
    ///
    /// When the settings cannot be used, no broker can be reached in time, or trying again cannot help.
    pub async fn connect(self) -> Result<Client, ConnectError> {
        let client = self.start()?;
        client.connected().await?;
        Ok(client)
    }
}
