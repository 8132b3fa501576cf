//! A Metadata response of 1000 topics with 10 partitions each, three replicas: what a client of a large cluster
//! reads every few minutes, and at every change of leadership.

use bytes::Bytes;
use kafka_protocol::messages::MetadataResponse as Theirs;
use kafka_protocol::protocol::{Decodable, Encodable};
use protocol::messages::MetadataResponse as Ours;
use protocol::messages::metadata::{
    MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
};
use protocol::wire::{Reader, Writer};
use protocol::{Decode, Encode, Uuid};

use crate::compare::compare;

pub fn run(only: &str) {
    for version in [8, 12] {
        let bytes = encoded(&response(), version);
        let size = bytes.len();
        let name = format!("metadata v{version} 1000x10 decode, {size} bytes");
        if !name.contains(only) {
            continue;
        }
        let theirs = Theirs::decode(&mut bytes.clone(), version).expect("they read it");
        assert_eq!(theirs.topics.len(), 1000);
        assert_eq!(theirs.topics[7].partitions[3].replica_nodes.len(), 3);
        compare(
            &name,
            || Ours::decode(&mut Reader::new(&bytes), version).expect("ours"),
            || Theirs::decode(&mut bytes.clone(), version).expect("theirs"),
        );
        let ours = Ours::decode(&mut Reader::new(&bytes), version).expect("ours");
        compare(
            &format!("metadata v{version} 1000x10 encode"),
            || encoded(&ours, version),
            || {
                let mut buffer = bytes::BytesMut::new();
                theirs.encode(&mut buffer, version).expect("theirs");
                buffer
            },
        );
    }
}

fn encoded(response: &Ours, version: i16) -> Bytes {
    let mut w = Writer::new();
    response.encode(&mut w, version).expect("ours writes it");
    w.finish().to_bytes()
}

fn response() -> Ours {
    Ours {
        brokers: (0..9)
            .map(|node_id| MetadataResponseBroker {
                node_id,
                host: format!("broker-{node_id}.kafka.internal"),
                port: 9092,
                rack: Some(format!("rack-{}", node_id % 3)),
            })
            .collect(),
        cluster_id: Some("MkU3OEVBNTcwNTJENDM2Qg".to_owned()),
        controller_id: 1,
        topics: (0..1000)
            .map(|topic: u16| MetadataResponseTopic {
                name: Some(format!("service-{topic}-events")),
                topic_id: Uuid::from_bytes([u8::try_from(topic % 256).unwrap_or(0); 16]),
                partitions: (0..10).map(|index| partition(i32::from(topic), index)).collect(),
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    }
}

fn partition(topic: i32, index: i32) -> MetadataResponsePartition {
    let replicas: protocol::NodeIds = (0..3).map(|replica| (topic + index + replica) % 9).collect();
    MetadataResponsePartition {
        partition_index: index,
        leader_id: replicas[0],
        leader_epoch: 4,
        isr_nodes: replicas.clone(),
        replica_nodes: replicas,
        ..Default::default()
    }
}
