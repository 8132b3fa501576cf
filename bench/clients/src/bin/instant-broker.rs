//! A broker that acknowledges at once and keeps nothing: what remains is the cost of the client. It prints its address.
//!
//! A fetch is answered with the same batches again and again, under the offsets that were asked for.

use std::io::{self, IoSlice, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use bench_clients::{PARTITIONS, TOPIC, VALUE_LEN, VALUES, values};
use bytes::{Bytes, BytesMut};
use protocol::compress::{Compression, Compressor};
use protocol::frame::{self, FrameDecoder};
use protocol::messages::api_versions::{ApiVersion, ApiVersionsRequest, ApiVersionsResponse};
use protocol::messages::fetch::{
    FetchRequest, FetchResponse, FetchableTopicResponse, PartitionData,
};
use protocol::messages::init_producer_id::{InitProducerIdRequest, InitProducerIdResponse};
use protocol::messages::list_offsets::{
    ListOffsetsPartitionResponse, ListOffsetsRequest, ListOffsetsResponse, ListOffsetsTopicResponse,
};
use protocol::messages::metadata::{
    MetadataRequest, MetadataResponse, MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
};
use protocol::messages::produce::{
    PartitionProduceResponse, ProduceRequest, ProduceResponse, TopicProduceResponse,
};
use protocol::records::{OpenBatch, SealOptions};
use protocol::wire::Frame;
use protocol::{ApiKey, Message, Request, Uuid};

const TOPIC_ID: Uuid = Uuid::from_bytes(*b"bench-topic-id--");
/// Batches in the answer to a fetch, per partition.
const BATCHES: usize = 8;
/// Bytes of a fetched batch before compression.
const BATCH_BYTES: usize = 128 * 1024;

struct Broker {
    port: u16,
    /// One partition's fetched batches and how many records each has.
    batches: Vec<(Bytes, i64)>,
}

fn main() -> io::Result<()> {
    let codec = std::env::args().nth(1).unwrap_or_default();
    let codec = if codec == "lz4" { Compression::Lz4 } else { Compression::None };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    println!("127.0.0.1:{port}");
    let broker = Arc::new(Broker { port, batches: batches(codec)? });
    for stream in listener.incoming() {
        let (stream, broker) = (stream?, broker.clone());
        std::thread::spawn(move || {
            if let Err(error) = broker.serve(stream)
                && !matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
            {
                eprintln!("instant-broker: {error}");
            }
        });
    }
    Ok(())
}

fn batches(codec: Compression) -> io::Result<Vec<(Bytes, i64)>> {
    let values = values();
    let mut compressor = Compressor::new();
    let options = SealOptions { compression: codec, ..SealOptions::default() };
    let mut index = 0;
    (0..BATCHES)
        .map(|_| {
            let mut open = OpenBatch::new(BATCH_BYTES);
            while open
                .append(1_700_000_000_000, None, Some(&values[index * VALUE_LEN..][..VALUE_LEN]), std::iter::empty())
                .is_ok()
            {
                index = (index + 1) % VALUES;
            }
            let sealed = open.seal(&options, &mut compressor).map_err(io::Error::other)?;
            Ok((sealed.bytes().clone(), sealed.count().into()))
        })
        .collect()
}

impl Broker {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut decoder = FrameDecoder::default();
        let mut chunk = vec![0; 256 * 1024];
        loop {
            let count = stream.read(&mut chunk)?;
            if count == 0 {
                return Ok(());
            }
            decoder.space().extend_from_slice(&chunk[..count]);
            while let Some(request) = decoder.next_frame().map_err(io::Error::other)? {
                if let Some(answer) = self.answer(&request)? {
                    write_all(&mut stream, &answer)?;
                }
            }
        }
    }

    fn answer(&self, request: &Bytes) -> io::Result<Option<Frame>> {
        let key = ApiKey(i16::from_be_bytes([request[0], request[1]]));
        match key {
            ApiKey::PRODUCE => {
                let (header, body) = decode::<ProduceRequest>(request)?;
                let answer = produce(&body);
                if body.acks == 0 {
                    return Ok(None);
                }
                reply::<ProduceRequest>(&header, &answer)
            }
            ApiKey::FETCH => {
                let (header, body) = decode::<FetchRequest>(request)?;
                reply::<FetchRequest>(&header, &self.fetch(&body))
            }
            ApiKey::LIST_OFFSETS => {
                let (header, body) = decode::<ListOffsetsRequest>(request)?;
                reply::<ListOffsetsRequest>(&header, &list_offsets(&body))
            }
            ApiKey::METADATA => {
                let (header, _) = decode::<MetadataRequest>(request)?;
                reply::<MetadataRequest>(&header, &self.metadata())
            }
            ApiKey::INIT_PRODUCER_ID => {
                let (header, _) = decode::<InitProducerIdRequest>(request)?;
                let answer = InitProducerIdResponse { producer_id: 1, ..Default::default() };
                reply::<InitProducerIdRequest>(&header, &answer)
            }
            ApiKey::API_VERSIONS => self.api_versions(request),
            other => Err(io::Error::other(format!("{other} is not answered here"))),
        }
    }

    fn api_versions(&self, request: &Bytes) -> io::Result<Option<Frame>> {
        let version = i16::from_be_bytes([request[2], request[3]]);
        let correlation_id = i32::from_be_bytes([request[4], request[5], request[6], request[7]]);
        let known = ApiVersionsRequest::VERSIONS.contains(version);
        let range = |key: ApiKey, versions: protocol::VersionRange| ApiVersion {
            api_key: key.0,
            min_version: versions.first,
            max_version: versions.last,
            ..Default::default()
        };
        let answer = ApiVersionsResponse {
            error_code: if known { 0 } else { 35 },
            api_keys: vec![
                range(ProduceRequest::KEY, ProduceRequest::VERSIONS),
                // Without topic ids and sessions of their own, so that each client sends what it always sends.
                range(FetchRequest::KEY, FetchRequest::VERSIONS),
                range(ListOffsetsRequest::KEY, ListOffsetsRequest::VERSIONS),
                range(MetadataRequest::KEY, MetadataRequest::VERSIONS),
                range(InitProducerIdRequest::KEY, InitProducerIdRequest::VERSIONS),
                range(ApiVersionsRequest::KEY, ApiVersionsRequest::VERSIONS),
            ],
            ..Default::default()
        };
        let version = if known { version } else { 0 };
        frame::encode_response(correlation_id, version, &answer).map(Some).map_err(io::Error::other)
    }

    fn metadata(&self) -> MetadataResponse {
        let partition = |index| MetadataResponsePartition {
            partition_index: index,
            leader_id: 1,
            leader_epoch: 0,
            replica_nodes: vec![1].into(),
            isr_nodes: vec![1].into(),
            ..Default::default()
        };
        MetadataResponse {
            brokers: vec![MetadataResponseBroker {
                node_id: 1,
                host: "127.0.0.1".to_owned(),
                port: self.port.into(),
                ..Default::default()
            }],
            cluster_id: Some("bench".to_owned()),
            controller_id: 1,
            topics: vec![MetadataResponseTopic {
                name: Some(TOPIC.to_owned()),
                topic_id: TOPIC_ID,
                partitions: (0..PARTITIONS).map(partition).collect(),
                ..Default::default()
            }],
            ..Default::default()
        }
    }

    fn fetch(&self, request: &FetchRequest) -> FetchResponse {
        let responses = request
            .topics
            .iter()
            .map(|topic| FetchableTopicResponse {
                topic: topic.topic.clone(),
                topic_id: topic.topic_id,
                partitions: topic
                    .partitions
                    .iter()
                    .map(|partition| PartitionData {
                        partition_index: partition.partition,
                        high_watermark: i64::MAX / 2,
                        last_stable_offset: i64::MAX / 2,
                        log_start_offset: 0,
                        records: Some(self.batches_from(partition.fetch_offset)),
                        ..Default::default()
                    })
                    .collect(),
                ..Default::default()
            })
            .collect();
        FetchResponse { responses, ..Default::default() }
    }

    /// The batches, numbered from `offset` on. The base offset is the first field of a batch and not under its CRC.
    fn batches_from(&self, mut offset: i64) -> Bytes {
        let size = self.batches.iter().map(|(batch, _)| batch.len()).sum();
        let mut whole = BytesMut::with_capacity(size);
        for (batch, count) in &self.batches {
            whole.extend_from_slice(&offset.to_be_bytes());
            whole.extend_from_slice(&batch[8..]);
            offset += count;
        }
        whole.freeze()
    }
}

fn produce(request: &ProduceRequest) -> ProduceResponse {
    let responses = request
        .topic_data
        .iter()
        .map(|topic| TopicProduceResponse {
            name: topic.name.clone(),
            topic_id: topic.topic_id,
            partition_responses: topic
                .partition_data
                .iter()
                .map(|partition| PartitionProduceResponse { index: partition.index, ..Default::default() })
                .collect(),
        })
        .collect();
    ProduceResponse { responses, ..Default::default() }
}

fn list_offsets(request: &ListOffsetsRequest) -> ListOffsetsResponse {
    let topics = request
        .topics
        .iter()
        .map(|topic| ListOffsetsTopicResponse {
            name: topic.name.clone(),
            partitions: topic
                .partitions
                .iter()
                .map(|partition| ListOffsetsPartitionResponse {
                    partition_index: partition.partition_index,
                    offset: 0,
                    leader_epoch: 0,
                    ..Default::default()
                })
                .collect(),
        })
        .collect();
    ListOffsetsResponse { topics, ..Default::default() }
}

type Header = protocol::messages::RequestHeader;

fn decode<R: Request + protocol::Decode>(request: &Bytes) -> io::Result<(Header, R)> {
    frame::decode_request(request).map_err(io::Error::other)
}

fn reply<R: Request>(header: &Header, answer: &R::Response) -> io::Result<Option<Frame>>
where
    R::Response: protocol::Encode,
{
    frame::encode_response(header.correlation_id, header.request_api_version, answer).map(Some).map_err(io::Error::other)
}

fn write_all(stream: &mut TcpStream, frame: &Frame) -> io::Result<()> {
    let mut slices: Vec<IoSlice<'_>> = frame.chunks.iter().map(|chunk| IoSlice::new(chunk)).collect();
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        let count = stream.write_vectored(rest)?;
        IoSlice::advance_slices(&mut rest, count);
    }
    Ok(())
}
