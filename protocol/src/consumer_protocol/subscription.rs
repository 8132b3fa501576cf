use bytes::Bytes;

use super::TopicPartitions;
use crate::Message;
use crate::messages::consumer_protocol_subscription::{ConsumerProtocolSubscription, TopicPartition};
use crate::wire::{DecodeError, EncodeError};

/// What a member wants, and what it owns so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// The topics to be consumed.
    pub topics: Vec<String>,
    /// What the assignor has its members say beside.
    pub user_data: Option<Bytes>,
    /// The partitions the member holds on to; empty below version 1 (KIP-429).
    pub owned_partitions: Vec<TopicPartitions>,
    /// The generation in which the member got them; `None` when it got none or below version 2 (KIP-792).
    pub generation: Option<i32>,
    /// Where the member runs; `None` when it does not say or below version 3 (KIP-881).
    pub rack: Option<String>,
}

impl Subscription {
    /// The newest version that is known.
    pub const VERSION_MAX: i16 = ConsumerProtocolSubscription::VERSIONS.last;

    /// Writes the subscription in `version`, which leaves out what the version does not have.
    ///
    /// Fails when there is no such version, and when a text or list is longer than the protocol can say.
    pub fn encode(&self, version: i16) -> Result<Bytes, EncodeError> {
        let message = ConsumerProtocolSubscription {
            topics: self.topics.clone(),
            user_data: self.user_data.clone(),
            owned_partitions: self.owned_partitions.iter().map(to_wire).collect(),
            generation_id: self.generation.unwrap_or(-1),
            rack_id: self.rack.clone(),
        };
        super::encode(&message, version)
    }

    /// Reads a subscription that came with its version; of a newer version than [`Self::VERSION_MAX`], the part
    /// that is known.
    pub fn decode(bytes: &Bytes) -> Result<Self, DecodeError> {
        let message: ConsumerProtocolSubscription = super::decode(bytes)?;
        Ok(Self {
            topics: message.topics,
            user_data: message.user_data,
            owned_partitions: message.owned_partitions.into_iter().map(from_wire).collect(),
            generation: (message.generation_id >= 0).then_some(message.generation_id),
            rack: message.rack_id,
        })
    }
}

fn to_wire(owned: &TopicPartitions) -> TopicPartition {
    TopicPartition {
        topic: owned.topic.clone(),
        partitions: owned.partitions.clone(),
    }
}

fn from_wire(owned: TopicPartition) -> TopicPartitions {
    TopicPartitions {
        topic: owned.topic,
        partitions: owned.partitions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::DecodeErrorKind;

    fn full() -> Subscription {
        Subscription {
            topics: vec!["orders".to_owned(), "é".to_owned()],
            user_data: Some(Bytes::from_static(b"x")),
            owned_partitions: vec![TopicPartitions {
                topic: "orders".to_owned(),
                partitions: vec![0, 7],
            }],
            generation: Some(5),
            rack: Some("a".to_owned()),
        }
    }

    #[test]
    fn versions_carry_what_they_have() {
        let all = full();
        for version in 0..=3 {
            let expected = Subscription {
                owned_partitions: if version >= 1 {
                    all.owned_partitions.clone()
                } else {
                    Vec::new()
                },
                generation: if version >= 2 { all.generation } else { None },
                rack: if version >= 3 { all.rack.clone() } else { None },
                ..all.clone()
            };
            let bytes = all.encode(version).unwrap();
            assert_eq!(bytes[..2], version.to_be_bytes());
            assert_eq!(Subscription::decode(&bytes), Ok(expected));
        }
        assert!(all.encode(4).is_err() && all.encode(-1).is_err());
    }

    #[test]
    fn null_and_unknown_survive() {
        let bytes = Subscription::default().encode(3).unwrap();
        assert_eq!(
            &bytes[..],
            b"\0\x03\0\0\0\0\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff"
        );
        assert_eq!(Subscription::decode(&bytes), Ok(Subscription::default()));
    }

    #[test]
    fn a_newer_version_is_read_as_far_as_it_is_known() {
        let mut bytes = full().encode(3).unwrap().to_vec();
        bytes[..2].copy_from_slice(&9_i16.to_be_bytes());
        bytes.extend_from_slice(b"something new");
        assert_eq!(Subscription::decode(&bytes.into()), Ok(full()));
    }

    #[test]
    fn hostile_bytes_are_errors() {
        let bytes = full().encode(3).unwrap();
        for length in 0..bytes.len() {
            let error = Subscription::decode(&bytes.slice(..length)).unwrap_err();
            assert_eq!(
                error.message(),
                "ConsumerProtocolSubscription",
                "{length}: {error}"
            );
        }
        let error = Subscription::decode(&Bytes::from_static(b"\xff\xff\0\0\0\0")).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::UnsupportedVersion(-1));
        let huge = Bytes::from_static(b"\0\x01\x7f\xff\xff\xff");
        assert!(Subscription::decode(&huge).is_err());
    }
}
