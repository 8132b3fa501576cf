//! Scripts for machines: reads what they ask and answers it, without sockets and in virtual time.

use std::sync::Arc;

use protocol::wire::Writer;
use protocol::{Decode, Encode, ErrorCode, Message, Request, Response, Uuid};

use crate::cluster::{Broker, Metadata, NodeId, Partition, Topic};
use crate::connection::{Answer, Ask, Reply};
use crate::error::{RequestError, TransportError, TransportPhase};

/// Reads a request as a broker that knows the newest version would.
pub(crate) fn read<R: Request + Decode + Message>(ask: &Ask) -> R {
    read_at(ask, ask.body.versions().last)
}

/// Reads a request in a version.
pub(crate) fn read_at<R: Request + Decode + Message>(ask: &Ask, version: i16) -> R {
    assert_eq!(ask.body.key(), R::KEY);
    let frame = ask.body.encode(1, "script", version).unwrap().to_bytes();
    protocol::frame::decode_request(&frame.slice(4..)).unwrap().1
}

/// Answers a request in the newest version.
pub(crate) fn answer<R: Response + Encode>(ask: &Ask, response: &R) -> Answer {
    answer_at(ask, response, ask.body.versions().last)
}

/// Answers a request in a version.
pub(crate) fn answer_at<R: Response + Encode>(ask: &Ask, response: &R, version: i16) -> Answer {
    assert_eq!(ask.body.key(), R::KEY);
    let mut writer = Writer::new();
    response.encode(&mut writer, version).unwrap();
    let body = writer.finish().to_bytes();
    Answer {
        tag: ask.tag,
        node: Some(NodeId(1)),
        outcome: Ok(Reply {
            key: R::KEY,
            version,
            body,
        }),
    }
}

/// Breaks the connection before the answer comes.
pub(crate) fn cut_off(ask: &Ask) -> Answer {
    let error = TransportError {
        address: "script:9092".to_owned(),
        phase: TransportPhase::Established,
        sent: true,
        permanent: false,
        reason: "the connection broke".to_owned(),
        source: None,
    };
    Answer {
        tag: ask.tag,
        node: Some(NodeId(1)),
        outcome: Err(RequestError::Transport(error)),
    }
}

/// Metadata of brokers 1 to 3 and of topics with so many partitions, which are led by the brokers in turn.
pub(crate) fn metadata(topics: &[(&str, usize)]) -> Metadata {
    let broker = |id: i32| {
        let broker = Broker {
            id: NodeId(id),
            host: format!("b{id}"),
            port: 9092,
            rack: Some(format!("r{id}")),
        };
        (NodeId(id), Arc::new(broker))
    };
    let mut metadata = Metadata {
        brokers: (1..=3).map(broker).collect(),
        revision: 1,
        ..Metadata::default()
    };
    for (name, count) in topics {
        put_topic(&mut metadata, name, topic_id(name), *count, 5);
    }
    metadata
}

/// Puts a topic into metadata, or replaces it.
pub(crate) fn put_topic(metadata: &mut Metadata, name: &str, id: Uuid, count: usize, epoch: i32) {
    let partition = |number: usize| Partition {
        leader: Some(NodeId(i32::try_from(number % 3).unwrap() + 1)),
        leader_epoch: epoch,
        replicas: Vec::new(),
        in_sync: Vec::new(),
        offline: Vec::new(),
        error: None,
    };
    let name: Arc<str> = Arc::from(name);
    let topic = Topic {
        name: name.clone(),
        id,
        internal: false,
        error: None,
        partitions: (0..count).map(partition).collect(),
    };
    metadata.names.insert(id, name.clone());
    metadata.topics.insert(name, Arc::new(topic));
    metadata.revision += 1;
}

/// Says that a topic cannot be described.
pub(crate) fn fail_topic(metadata: &mut Metadata, name: &str, error: ErrorCode) {
    let name: Arc<str> = Arc::from(name);
    let topic = Topic {
        name: name.clone(),
        id: Uuid::ZERO,
        internal: false,
        error: Some(error),
        partitions: Vec::new(),
    };
    metadata.topics.insert(name, Arc::new(topic));
    metadata.revision += 1;
}

/// The id of a topic in scripts: from its name.
pub(crate) fn topic_id(name: &str) -> Uuid {
    let mut bytes = [7; 16];
    for (at, byte) in name.bytes().take(16).enumerate() {
        bytes[at] = byte;
    }
    Uuid::from_bytes(bytes)
}
