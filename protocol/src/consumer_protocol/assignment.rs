use bytes::Bytes;

use super::TopicPartitions;
use crate::Message;
use crate::messages::consumer_protocol_assignment::{ConsumerProtocolAssignment, TopicPartition};
use crate::wire::{DecodeError, EncodeError};

/// What a member is to consume from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The partitions.
    pub partitions: Vec<TopicPartitions>,
    /// What the assignor has to say beside.
    pub user_data: Option<Bytes>,
}

impl Assignment {
    /// The newest version that is known.
    pub const VERSION_MAX: i16 = ConsumerProtocolAssignment::VERSIONS.last;

    /// Writes the assignment in `version`; all of them look the same.
    ///
    /// Fails when there is no such version, and when a text or list is longer than the protocol can say.
    pub fn encode(&self, version: i16) -> Result<Bytes, EncodeError> {
        let message = ConsumerProtocolAssignment {
            assigned_partitions: self.partitions.iter().map(to_wire).collect(),
            user_data: self.user_data.clone(),
        };
        super::encode(&message, version)
    }

    /// Reads an assignment that came with its version; of a newer version than [`Self::VERSION_MAX`], the part
    /// that is known.
    ///
    /// A member that is assigned nothing by a leader that did not think of it gets no bytes at all: that is
    /// [`Assignment::default`].
    pub fn decode(bytes: &Bytes) -> Result<Self, DecodeError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let message: ConsumerProtocolAssignment = super::decode(bytes)?;
        Ok(Self {
            partitions: message.assigned_partitions.into_iter().map(from_wire).collect(),
            user_data: message.user_data,
        })
    }
}

fn to_wire(assigned: &TopicPartitions) -> TopicPartition {
    TopicPartition {
        topic: assigned.topic.clone(),
        partitions: assigned.partitions.clone(),
    }
}

fn from_wire(assigned: TopicPartition) -> TopicPartitions {
    TopicPartitions {
        topic: assigned.topic,
        partitions: assigned.partitions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Assignment {
        Assignment {
            partitions: vec![
                TopicPartitions {
                    topic: "orders".to_owned(),
                    partitions: vec![0, 7],
                },
                TopicPartitions::default(),
            ],
            user_data: Some(Bytes::new()),
        }
    }

    #[test]
    fn every_version_carries_all() {
        for version in 0..=3 {
            let bytes = full().encode(version).unwrap();
            assert_eq!(Assignment::decode(&bytes), Ok(full()));
        }
        assert!(full().encode(4).is_err());
    }

    #[test]
    fn nothing_at_all_is_an_empty_assignment() {
        assert_eq!(Assignment::decode(&Bytes::new()), Ok(Assignment::default()));
    }

    #[test]
    fn a_newer_version_is_read_as_far_as_it_is_known() {
        let mut bytes = full().encode(0).unwrap().to_vec();
        bytes[..2].copy_from_slice(&i16::MAX.to_be_bytes());
        bytes.push(1);
        assert_eq!(Assignment::decode(&bytes.into()), Ok(full()));
    }

    #[test]
    fn hostile_bytes_are_errors() {
        let bytes = full().encode(0).unwrap();
        for length in 1..bytes.len() {
            let error = Assignment::decode(&bytes.slice(..length)).unwrap_err();
            assert_eq!(error.message(), "ConsumerProtocolAssignment", "{length}: {error}");
        }
        assert!(Assignment::decode(&Bytes::from_static(b"\0\0\x7f\xff\xff\xff")).is_err());
    }
}
