//! The cluster: the sandbox's core, and a line to it that no fault reaches.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::{Buf, Bytes};
use kafka_client::cluster::TopicPartition;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::core::{Action, Core, Peer};
use kafka_sandbox::security::SecuritySettings;
use kafka_sandbox::state::{BrokerSettings, Settings};
use kafka_sandbox::storage::MemoryStorage;
use kafka_sandbox::time::Now;
use protocol::frame::{decode_response, encode_request};
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::{Request, Uuid};

use super::log::Log;
use super::scenario::Scenario;

/// The time of day at which simulations start, in milliseconds since 1970.
const STARTED: i64 = 1_767_225_600_000;
/// The port of broker 0.
const PORT: u16 = 9092;

/// The core, and what it wants done.
pub(crate) struct Cluster {
    pub(crate) core: Core,
    pub(crate) topics: Vec<(String, Uuid, i32)>,
    /// Actions that are not about the operator's own line.
    actions: Vec<Action>,
}

impl Cluster {
    /// Starts one, with the scenario's topics.
    pub(crate) fn start(scenario: &Scenario) -> Result<Self, String> {
        let brokers = (1..=scenario.brokers).map(|id| BrokerSettings {
            id,
            host: host(id),
            port: port(id),
            rack: None,
        });
        let properties = [
            ("group.initial.rebalance.delay.ms", "100"),
            ("offsets.topic.num.partitions", "5"),
            ("transaction.state.log.num.partitions", "5"),
            ("broker.session.timeout.ms", "3000"),
        ];
        let properties = properties.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = Settings {
            cluster_id: Some("simulated".to_owned()),
            brokers: brokers.collect(),
            profile: scenario.profile,
            properties: BTreeMap::from(properties),
            security: SecuritySettings::default(),
            seed: scenario.seed,
        };
        let now = at(Duration::ZERO);
        let core = Core::new(now, settings, Box::<MemoryStorage>::default());
        let mut cluster = Self {
            core: core.map_err(|error| error.to_string())?,
            topics: Vec::new(),
            actions: Vec::new(),
        };
        for (name, partitions) in &scenario.topics {
            let topic = CreatableTopic {
                name: name.clone(),
                num_partitions: *partitions,
                replication_factor: scenario.replicas,
                ..CreatableTopic::default()
            };
            let request = CreateTopicsRequest {
                topics: vec![topic],
                timeout_ms: 1000,
                ..CreateTopicsRequest::default()
            };
            let created = cluster.ask(Duration::ZERO, 1, scenario.create_topics_version(), &request)?;
            let created = created.topics.first().ok_or("no topic was created")?;
            if created.error_code != 0 {
                return Err(format!("creating `{name}`: error {}", created.error_code));
            }
            cluster.topics.push((name.clone(), created.topic_id, *partitions));
        }
        Ok(cluster)
    }

    /// What the core wants done, the operator's own line apart.
    pub(crate) fn poll_action(&mut self) -> Option<Action> {
        match self.actions.is_empty() {
            true => self.core.poll_action(),
            false => Some(self.actions.remove(0)),
        }
    }

    /// Takes a client's connection in.
    pub(crate) fn open_link(&mut self, now: Duration, broker: i32) -> Option<LinkId> {
        self.core.open_link(at(now), broker, peer())
    }

    /// Asks a broker something that it answers at once.
    pub(crate) fn ask<R: Request>(
        &mut self,
        now: Duration,
        broker: i32,
        version: i16,
        request: &R,
    ) -> Result<R::Response, String> {
        let link = self
            .open_link(now, broker)
            .ok_or_else(|| format!("broker {broker} is down"))?;
        let frame =
            encode_request(1, Some("operator"), version, request).map_err(|error| error.to_string())?;
        self.core.handle_bytes(at(now), link, &frame.to_bytes());
        let mut answer = None;
        while let Some(action) = self.core.poll_action() {
            match action {
                Action::Write { link: to, frame, .. } if to == link => answer = Some(frame.to_bytes()),
                Action::Close(closed) if closed == link => {}
                other => self.actions.push(other),
            }
        }
        self.core.handle_closed(at(now), link);
        let mut answer: Bytes = answer.ok_or_else(|| format!("{} was not answered", R::NAME))?;
        answer.advance(4);
        let (_, response) = decode_response(&answer, version).map_err(|error| error.to_string())?;
        Ok(response)
    }

    /// What is in the logs of the scenario's topics.
    pub(crate) fn read(&mut self, now: Duration) -> Result<Log, String> {
        let mut log = Log::default();
        for (topic, _, partitions) in self.topics.clone() {
            for partition in 0..partitions {
                let bytes = self.read_partition(now, &topic, partition)?;
                log.add(TopicPartition::new(topic.as_str(), partition), bytes)?;
            }
        }
        Ok(log)
    }

    fn read_partition(&mut self, now: Duration, topic: &str, partition: i32) -> Result<Bytes, String> {
        let mut all = Vec::new();
        let mut from = 0;
        loop {
            let fetched = self.fetch(now, topic, partition, from)?;
            let mut next = from;
            for batch in protocol::records::Batches::new(fetched.clone()) {
                next = batch.map_err(|error| error.to_string())?.header().next_offset();
            }
            if next == from {
                return Ok(all.into());
            }
            from = next;
            all.extend_from_slice(&fetched);
        }
    }

    /// Reads from whichever broker leads.
    fn fetch(&mut self, now: Duration, topic: &str, partition: i32, from: i64) -> Result<Bytes, String> {
        let asked = FetchPartition {
            partition,
            fetch_offset: from,
            partition_max_bytes: 1 << 30,
            ..FetchPartition::default()
        };
        let request = FetchRequest {
            max_wait_ms: 0,
            min_bytes: 0,
            topics: vec![FetchTopic {
                topic: topic.to_owned(),
                partitions: vec![asked],
                ..FetchTopic::default()
            }],
            ..FetchRequest::default()
        };
        let mut why = "no broker".to_owned();
        for broker in 1.. {
            let mut response = match self.ask(now, broker, 10, &request) {
                Ok(response) => response,
                Err(error) => return Err(format!("{topic}-{partition} cannot be read: {why}, {error}")),
            };
            let data = response
                .responses
                .pop()
                .and_then(|mut topic| topic.partitions.pop());
            match data {
                Some(data) if data.error_code == 0 => return Ok(data.records.unwrap_or_default()),
                Some(data) => why = format!("error {}", data.error_code),
                None => why = "nothing was answered".to_owned(),
            }
        }
        Err(why)
    }
}

/// What the cluster's clocks show.
pub(crate) fn at(now: Duration) -> Now {
    Now::at(now, STARTED)
}

/// The name of a broker's machine.
pub(crate) fn host(broker: i32) -> String {
    format!("broker{broker}")
}

/// The port of a broker.
pub(crate) fn port(broker: i32) -> u16 {
    PORT + u16::try_from(broker).unwrap_or(0)
}

/// The broker of a port.
pub(crate) fn broker_at(port: u16) -> i32 {
    i32::from(port) - i32::from(PORT)
}

fn peer() -> Peer {
    Peer {
        host: "127.0.0.1".into(),
        listener: "PLAINTEXT".into(),
        principal: None,
    }
}
