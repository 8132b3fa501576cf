//! What goes wrong with brokers, partitions and groups.

use std::sync::Arc;

use kafka_client::cluster::TopicPartition;
use kafka_sandbox::fault::Command;
use kafka_sandbox::profile::Profile;
use kafka_sandbox::state::BrokerStatus;

use crate::sim::cluster::{TRANSACTION_PARTITIONS, at};
use crate::sim::event::Event;
use crate::sim::scenario::{DRAFTS, READERS};
use crate::sim::world::World;

impl World {
    /// Ends everything that is wrong.
    pub(crate) fn heal(&mut self) {
        let now = self.now();
        self.cluster.core.clear_rules(at(now));
        let brokers: Vec<_> = self.cluster.core.brokers().collect();
        for (id, status) in brokers {
            match status {
                BrokerStatus::Up => {}
                BrokerStatus::Paused { .. } => self.command(&Command::Resume(id)),
                BrokerStatus::Down => self.command(&Command::Restart(id)),
            }
        }
        self.damage = None;
        self.net.heal(now);
    }

    /// Kills or stops a broker, or brings one back.
    pub(super) fn strike_a_broker(&mut self) {
        let id = self.some_broker();
        let status = self.cluster.core.brokers().find(|(broker, _)| *broker == id);
        let command = match status.map(|(_, status)| status) {
            Some(BrokerStatus::Down) => Command::Restart(id),
            Some(BrokerStatus::Paused { .. }) => Command::Resume(id),
            _ => match self.rng.u8(..3) {
                0 => Command::Kill(id),
                1 => Command::Pause(id),
                _ => Command::Restart(id),
            },
        };
        self.command(&command);
    }

    pub(super) fn move_a_leader(&mut self) {
        let topics = self.cluster.topics.clone();
        let Some((topic, partitions)) = self.rng.choice(topics) else {
            return;
        };
        let command = Command::MoveLeader {
            topic: Arc::from(topic),
            partition: self.rng.i32(0..partitions),
            to: self.some_broker(),
        };
        self.command(&command);
    }

    /// Lets another broker coordinate the group, or some transactions.
    pub(super) fn move_a_coordinator(&mut self) {
        let to = self.some_broker();
        let command = match self.rng.bool() {
            true => Command::MoveCoordinator {
                group: Arc::from(READERS),
                to,
            },
            false => Command::MoveLeader {
                topic: Arc::from("__transaction_state"),
                partition: self.rng.i32(0..TRANSACTION_PARTITIONS),
                to,
            },
        };
        self.command(&command);
    }

    /// Takes a member of the group for lost.
    pub(super) fn expire_a_member(&mut self) {
        let members: Vec<String> = self.wiretap.members().iter().cloned().collect();
        if let Some(member) = self.rng.choice(members) {
            let command = Command::ExpireMember {
                group: Arc::from(READERS),
                member: Arc::from(member),
            };
            self.command(&command);
        }
    }

    /// Lets a broker be another Kafka from its next connection on.
    pub(super) fn change_a_version(&mut self) {
        if !self.scenario.perils.changes_versions {
            return;
        }
        let profiles: Vec<Profile> = Profile::all().collect();
        let command = Command::SetProfile {
            broker: self.some_broker(),
            profile: profiles[self.rng.usize(..profiles.len())],
        };
        self.command(&command);
    }

    /// Takes something away from the topic whose records may be lost.
    pub(super) fn strike_a_topic(&mut self) {
        let topics = self.scenario.topics.iter();
        let partitions = topics
            .filter(|(name, _)| name == DRAFTS)
            .map(|(_, partitions)| *partitions);
        let Some(partitions) = partitions.max() else {
            return;
        };
        let partition = TopicPartition::new(DRAFTS, self.rng.i32(0..partitions));
        let perils = self.scenario.perils;
        match self.rng.u8(..3) {
            0 if perils.recreates => self.recreate_drafts(partitions),
            1 if perils.cuts => self.take_away(&partition, "cut"),
            2 if perils.trims => self.take_away(&partition, "trim"),
            _ => {}
        }
    }

    fn recreate_drafts(&mut self, partitions: i32) {
        if self.rng.bool() {
            // Somebody learns of it when much is in the new topic already.
            self.seclude_one();
        }
        match self.cluster.recreate(self.now(), DRAFTS) {
            Ok(()) => {
                self.trace.note(format_args!("{DRAFTS} is another topic"));
                for index in 0..partitions {
                    let partition = TopicPartition::new(DRAFTS, index);
                    self.trace.tell(Event::Disturbed { partition });
                }
            }
            Err(error) => self
                .trace
                .note(format_args!("{DRAFTS} cannot be recreated: {error}")),
        }
    }

    /// Loses the end of a partition, or deletes its beginning.
    fn take_away(&mut self, partition: &TopicPartition, what: &str) {
        let now = self.now();
        let rng = &mut self.rng;
        let outcome = self.cluster.extent(now, partition).and_then(|(start, end)| {
            let offset = rng.i64(start..=end);
            match what {
                "cut" => self.cluster.cut(now, partition, offset),
                _ => self.cluster.trim(now, partition, offset),
            }?;
            Ok(offset)
        });
        match outcome {
            Ok(offset) => {
                self.trace.note(format_args!("{what}: {partition} at {offset}"));
                let partition = partition.clone();
                self.trace.tell(Event::Disturbed { partition });
            }
            Err(error) => self.trace.note(format_args!("{what}: {partition}: {error}")),
        }
    }

    /// Does something to the cluster; what it cannot do at present is left.
    fn command(&mut self, command: &Command) {
        match self.cluster.core.perform(at(self.now()), command) {
            Ok(()) => self.trace.note(format_args!("{command:?}")),
            Err(error) => self.trace.note(format_args!("{command:?}: {error}")),
        }
    }
}
