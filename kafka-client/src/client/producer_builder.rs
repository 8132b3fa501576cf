use std::sync::Arc;
use std::time::Duration;

use protocol::compress::Compression;

use super::client::Client;
use super::producer::Producer;
use crate::config::{Acks, ConfigError, Partitioner, ProducerConfig};
use crate::io::CoarseClock;
use crate::produce::Clock;
use crate::time::Moment;

/// Builds a [`Producer`].
#[derive(Clone, Debug)]
pub struct ProducerBuilder {
    client: Client,
    config: ProducerConfig,
}

impl Client {
    /// Begins to build a producer. Without further settings it is idempotent and waits for all in-sync replicas.
    ///
    /// ```no_run
    /// # async fn example(client: kafka_client::client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use kafka_client::client::Record;
    /// use protocol::compress::Compression;
    ///
    /// let producer = client.producer().compression(Compression::Lz4).start()?;
    /// let delivery = producer.send(Record::to("orders").key("42").value("{}")).await?;
    /// let written = delivery.await?;
    /// println!("partition {} offset {}", written.partition, written.offset);
    /// # Ok(())
    /// # }
    /// ```
    pub fn producer(&self) -> ProducerBuilder {
        ProducerBuilder {
            client: self.clone(),
            config: ProducerConfig::default(),
        }
    }
}

impl ProducerBuilder {
    /// Sets whose word a record needs to count as written (`acks`). Less than all gives idempotence up.
    #[must_use]
    pub fn acks(mut self, acks: Acks) -> Self {
        self.config.acks = acks;
        self
    }

    /// Sets the codec of batches (`compression.type`).
    #[must_use]
    pub fn compression(mut self, compression: Compression) -> Self {
        self.config.compression = compression;
        self
    }

    /// Sets how long an incomplete batch waits for company (`linger.ms`).
    #[must_use]
    pub fn linger(mut self, linger: Duration) -> Self {
        self.config.linger = linger;
        self
    }

    /// Sets where records without a key go.
    #[must_use]
    pub fn partitioner(mut self, partitioner: Partitioner) -> Self {
        self.config.partitioner = partitioner;
        self
    }

    /// Replaces all settings.
    #[must_use]
    pub fn config(mut self, config: ProducerConfig) -> Self {
        self.config = config;
        self
    }

    /// Changes settings that have no method of their own here.
    #[must_use]
    pub fn configure(mut self, change: impl FnOnce(&mut ProducerConfig)) -> Self {
        change(&mut self.config);
        self
    }

    /// Starts the producer. No broker is asked before the first record.
    ///
    /// # Errors
    ///
    /// The settings are out of bounds or exclude each other.
    pub fn start(self) -> Result<Producer, ConfigError> {
        let engine = self.client.engine();
        let clock = Arc::new(engine.clock());
        let (producer, machine) = Producer::assemble(
            self.config,
            self.client.config(),
            clock,
            engine.waker(),
            fastrand::u64(..),
        )?;
        engine.install(machine);
        Ok(producer.keeping(self.client))
    }
}

impl Clock for CoarseClock {
    fn now(&self) -> Moment {
        Self::now(self)
    }

    fn unix_ms(&self) -> i64 {
        self.wall_millis()
    }
}
