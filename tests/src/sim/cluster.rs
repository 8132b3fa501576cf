//! The cluster: the sandbox's core, and a line to it that no fault reaches.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::{Buf, Bytes};
use kafka_client::cluster::TopicPartition;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::core::{Action, Core, Peer};
use kafka_sandbox::fault::Command;
use kafka_sandbox::security::SecuritySettings;
use kafka_sandbox::state::{BrokerSettings, Settings};
use kafka_sandbox::storage::MemoryStorage;
use kafka_sandbox::time::Now;
use protocol::Request;
use protocol::frame::{decode_response, encode_request};
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::delete_records::{DeleteRecordsPartition, DeleteRecordsRequest, DeleteRecordsTopic};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};

use super::log::{Entry, Log, Version, read};
use super::scenario::Scenario;

/// The time of day at which simulations start, in milliseconds since 1970.
const STARTED: i64 = 1_767_225_600_000;
/// The port of broker 0.
const PORT: u16 = 9092;

/// The partitions of the topic that keeps transactions.
pub(crate) const TRANSACTION_PARTITIONS: i32 = 5;

/// The core, and what it wants done.
pub(crate) struct Cluster {
    pub(crate) core: Core,
    brokers: i32,
    pub(crate) topics: Vec<(String, i32)>,
    /// Actions that are not about the operator's own line.
    actions: Vec<Action>,
    /// Where partitions begin of which records were deleted.
    starts: BTreeMap<TopicPartition, i64>,
    /// What was in partitions before something of it was taken away.
    past: BTreeMap<TopicPartition, Vec<Version>>,
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
            (
                "transaction.state.log.num.partitions",
                &TRANSACTION_PARTITIONS.to_string(),
            ),
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
            brokers: scenario.brokers,
            topics: Vec::new(),
            actions: Vec::new(),
            starts: BTreeMap::new(),
            past: BTreeMap::new(),
        };
        if let Some((broker, profile)) = scenario.odd_one {
            let command = Command::SetProfile { broker, profile };
            let outcome = cluster.core.perform(now, &command);
            outcome.map_err(|error| error.to_string())?;
        }
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
            cluster.topics.push((name.clone(), *partitions));
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

    /// Loses the records of a partition from an offset on, as after an unclean election.
    pub(crate) fn cut(
        &mut self,
        now: Duration,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<(), String> {
        self.keep(now, partition)?;
        let command = Command::CutLog {
            topic: partition.topic.clone(),
            partition: partition.partition,
            offset,
        };
        let outcome = self.core.perform(at(now), &command);
        outcome.map_err(|error| error.to_string())
    }

    /// Deletes the records of a partition before an offset.
    pub(crate) fn trim(
        &mut self,
        now: Duration,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<(), String> {
        self.keep(now, partition)?;
        let asked = DeleteRecordsPartition {
            partition_index: partition.partition,
            offset,
        };
        let request = DeleteRecordsRequest {
            topics: vec![DeleteRecordsTopic {
                name: partition.topic.to_string(),
                partitions: vec![asked],
            }],
            timeout_ms: 1000,
        };
        let mut why = String::new();
        for broker in 1..=self.brokers {
            let answered = self.ask(now, broker, 1, &request);
            let result = answered.map(|mut response| {
                let topic = response.topics.pop();
                topic.and_then(|mut topic| topic.partitions.pop())
            });
            match result {
                Ok(Some(result)) if result.error_code == 0 => {
                    self.starts.insert(partition.clone(), result.low_watermark);
                    return Ok(());
                }
                Ok(result) => why = format!("{:?}", result.map(|result| result.error_code)),
                Err(error) => why = error,
            }
        }
        Err(why)
    }

    /// Deletes a topic and creates it again.
    pub(crate) fn recreate(&mut self, now: Duration, topic: &str) -> Result<(), String> {
        let known = self.topics.iter().find(|(name, _)| name == topic);
        let partitions = known.map_or(0, |(_, partitions)| *partitions);
        let partitions: Vec<_> = (0..partitions)
            .map(|index| TopicPartition::new(topic, index))
            .collect();
        // Each of them can be read, or none is kept.
        for partition in &partitions {
            self.read_partition(now, partition)?;
        }
        for partition in &partitions {
            self.keep(now, partition)?;
            self.starts.remove(partition);
        }
        let command = Command::RecreateTopic(topic.into());
        let outcome = self.core.perform(at(now), &command);
        outcome.map_err(|error| error.to_string())
    }

    /// How far a partition reaches: where it begins and where it ends.
    pub(crate) fn extent(&mut self, now: Duration, partition: &TopicPartition) -> Result<(i64, i64), String> {
        let start = self.starts.get(partition).copied().unwrap_or(0);
        let entries = self.read_partition(now, partition)?;
        Ok((start, entries.last().map_or(start, |entry| entry.offset + 1)))
    }

    /// Takes note of what is in a partition, for something of it is about to be taken away.
    fn keep(&mut self, now: Duration, partition: &TopicPartition) -> Result<(), String> {
        let entries = self.read_partition(now, partition)?;
        let version = Version {
            until: Some(now),
            entries,
        };
        self.past.entry(partition.clone()).or_default().push(version);
        Ok(())
    }

    /// What is in the logs of the scenario's topics.
    pub(crate) fn read(&mut self, now: Duration) -> Result<Log, String> {
        let mut log = Log {
            past: self.past.clone(),
            ..Log::default()
        };
        for (topic, partitions) in self.topics.clone() {
            for index in 0..partitions {
                let partition = TopicPartition::new(topic.as_str(), index);
                let entries = self.read_partition(now, &partition)?;
                log.partitions.insert(partition, entries);
            }
        }
        Ok(log)
    }

    fn read_partition(&mut self, now: Duration, partition: &TopicPartition) -> Result<Vec<Entry>, String> {
        let start = self.starts.get(partition).copied().unwrap_or(0);
        let mut all = Vec::new();
        let mut from = start;
        loop {
            let fetched = self.fetch(now, &partition.topic, partition.partition, from)?;
            let mut next = from;
            for batch in protocol::records::Batches::new(fetched.clone()) {
                next = batch.map_err(|error| error.to_string())?.header().next_offset();
            }
            if next == from {
                return read(partition, all.into(), start);
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
        for broker in 1..=self.brokers {
            let mut response = match self.ask(now, broker, 10, &request) {
                Ok(response) => response,
                Err(error) => {
                    why = error;
                    continue;
                }
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
        Err(format!("{topic}-{partition} cannot be read: {why}"))
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
