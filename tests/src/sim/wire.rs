//! Reads along on the client's side of the network.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use kafka_client::cluster::TopicPartition;
use protocol::consumer_protocol::Assignment;
use protocol::frame::{FrameDecoder, decode_request_header, decode_response};
use protocol::messages::metadata::MetadataResponse;
use protocol::messages::offset_commit::{OffsetCommitRequest, OffsetCommitResponse};
use protocol::messages::produce::ProduceRequest;
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};
use protocol::records::Batch;
use protocol::{ApiKey, Decode, Uuid};

use super::event::{Event, RecordId};
use super::net::ConnId;
use super::trace::Trace;

/// An answer that arrived.
pub(crate) struct Received {
    pub(crate) api: ApiKey,
    pub(crate) version: i16,
    pub(crate) frame: Bytes,
}

/// What is known of the connections that somebody reads along on.
pub(crate) struct Wiretap {
    trace: Trace,
    names: BTreeMap<Uuid, Arc<str>>,
    lines: BTreeMap<ConnId, Line>,
    /// The ids of members that asked for their part of a generation.
    members: BTreeSet<String>,
}

/// One connection.
struct Line {
    process: usize,
    broker: i32,
    decoder: FrameDecoder,
    asked: VecDeque<Asked>,
}

/// A request that is to be answered.
struct Asked {
    correlation: i32,
    api: ApiKey,
    version: i16,
    detail: Detail,
}

enum Detail {
    Commit(Vec<(TopicPartition, i64)>),
    Metadata,
    Other,
    Sync {
        member: String,
        instance: Option<String>,
        generation: i32,
    },
}

impl Wiretap {
    pub(crate) fn new(trace: Trace) -> Self {
        Self {
            trace,
            names: BTreeMap::new(),
            lines: BTreeMap::new(),
            members: BTreeSet::new(),
        }
    }

    /// The ids of members that asked for their part of a generation.
    pub(crate) fn members(&self) -> &BTreeSet<String> {
        &self.members
    }

    /// Begins to read along on a connection.
    pub(crate) fn open(&mut self, conn: ConnId, process: usize, broker: i32) {
        let line = Line {
            process,
            broker,
            decoder: FrameDecoder::default(),
            asked: VecDeque::new(),
        };
        self.lines.insert(conn, line);
    }

    /// Ceases to.
    pub(crate) fn close(&mut self, conn: ConnId) {
        self.lines.remove(&conn);
    }

    /// Reads a request with its length.
    pub(crate) fn request(&mut self, conn: ConnId, framed: &Bytes) {
        let frame = framed.slice(4..);
        let Some(line) = self.lines.get_mut(&conn) else {
            return;
        };
        let Ok((header, mut body)) = decode_request_header(&frame) else {
            return self
                .trace
                .violate("wire", "a client sent what is no request".to_owned());
        };
        let (api, version) = (ApiKey(header.request_api_key), header.request_api_version);
        self.trace.tell(Event::Request {
            process: line.process,
            broker: line.broker,
            api,
            version,
            correlation: header.correlation_id,
            bytes: framed.len(),
        });
        let mut is_answered = true;
        let mut detail = Detail::Other;
        match api {
            ApiKey::PRODUCE => {
                if let Ok(request) = ProduceRequest::decode(&mut body, version) {
                    is_answered = request.acks != 0;
                    tell_batches(&self.trace, line.process, &self.names, request);
                }
            }
            ApiKey::OFFSET_COMMIT => {
                if let Ok(request) = OffsetCommitRequest::decode(&mut body, version) {
                    let offsets = offsets(&self.names, &request);
                    self.trace.tell(Event::CommitSent {
                        process: line.process,
                        generation: request.generation_id_or_member_epoch,
                        offsets: offsets.clone(),
                    });
                    detail = Detail::Commit(offsets);
                }
            }
            ApiKey::METADATA => detail = Detail::Metadata,
            ApiKey::SYNC_GROUP => {
                if let Ok(request) = SyncGroupRequest::decode(&mut body, version) {
                    self.members.insert(request.member_id.clone());
                    detail = Detail::Sync {
                        member: request.member_id,
                        instance: request.group_instance_id,
                        generation: request.generation_id,
                    };
                }
            }
            _ => {}
        }
        if is_answered {
            line.asked.push_back(Asked {
                correlation: header.correlation_id,
                api,
                version,
                detail,
            });
        }
    }

    /// Takes bytes that arrived at a client, and gives the frames that are whole with them; an error when it is no
    /// frame.
    pub(crate) fn receive(
        &mut self,
        conn: ConnId,
        bytes: &Bytes,
    ) -> Result<Vec<Received>, protocol::wire::DecodeError> {
        let mut frames = Vec::new();
        let Some(line) = self.lines.get_mut(&conn) else {
            return Ok(frames);
        };
        line.decoder.space().extend_from_slice(bytes);
        while let Some(frame) = line.decoder.next_frame()? {
            let asked = line.answered(&self.trace, &mut self.names, &frame);
            let (api, version) = asked.unwrap_or((ApiKey::API_VERSIONS, 0));
            frames.push(Received { api, version, frame });
        }
        Ok(frames)
    }
}

impl Line {
    /// Takes note of an answer. Returns what it answers: the API and the version.
    fn answered(
        &mut self,
        trace: &Trace,
        names: &mut BTreeMap<Uuid, Arc<str>>,
        frame: &Bytes,
    ) -> Option<(ApiKey, i16)> {
        let Some(asked) = self.asked.pop_front() else {
            trace.violate("wire", "a broker answered what nobody asked".to_owned());
            return None;
        };
        let is_for = Some((asked.api, asked.version));
        trace.tell(Event::Response {
            process: self.process,
            broker: self.broker,
            api: asked.api,
            correlation: asked.correlation,
            bytes: frame.len(),
        });
        match asked.detail {
            Detail::Commit(sent) => {
                let Ok((_, response)) = decode_response::<OffsetCommitResponse>(frame, asked.version) else {
                    return is_for;
                };
                // Answers name the partitions in the order of the request.
                let codes = response.topics.iter().flat_map(|topic| &topic.partitions);
                let offsets = sent
                    .into_iter()
                    .zip(codes)
                    .map(|((partition, offset), answer)| (partition, offset, answer.error_code));
                trace.tell(Event::CommitAnswered {
                    process: self.process,
                    offsets: offsets.collect(),
                });
            }
            // Nobody uses an id who has not learned it so.
            Detail::Metadata => {
                if let Ok((_, response)) = decode_response::<MetadataResponse>(frame, asked.version) {
                    let topics = response.topics.into_iter();
                    let known = topics.filter_map(|topic| Some((topic.topic_id, Arc::from(topic.name?))));
                    names.extend(known.filter(|(id, _)| !id.is_zero()));
                }
            }
            Detail::Sync {
                member,
                instance,
                generation,
            } => {
                let Ok((_, response)) = decode_response::<SyncGroupResponse>(frame, asked.version) else {
                    return is_for;
                };
                if response.error_code == 0 {
                    trace.tell(Event::Synced {
                        process: self.process,
                        member,
                        instance,
                        generation,
                        partitions: assigned(&response.assignment),
                    });
                }
            }
            Detail::Other => {}
        }
        is_for
    }
}

fn assigned(bytes: &Bytes) -> Vec<TopicPartition> {
    let assignment = Assignment::decode(bytes).unwrap_or_default();
    let topics = assignment.partitions.iter();
    topics
        .flat_map(|topic| {
            let partitions = topic.partitions.iter();
            partitions.map(|&partition| TopicPartition::new(topic.topic.as_str(), partition))
        })
        .collect()
}

fn offsets(names: &BTreeMap<Uuid, Arc<str>>, request: &OffsetCommitRequest) -> Vec<(TopicPartition, i64)> {
    let topics = request.topics.iter();
    topics
        .flat_map(|topic| {
            let name = names.get(&topic.topic_id).cloned();
            let name = name.unwrap_or_else(|| Arc::from(topic.name.as_str()));
            topic.partitions.iter().map(move |partition| {
                let place = TopicPartition::new(name.clone(), partition.partition_index);
                (place, partition.committed_offset)
            })
        })
        .collect()
}

fn tell_batches(trace: &Trace, process: usize, names: &BTreeMap<Uuid, Arc<str>>, request: ProduceRequest) {
    for topic in request.topic_data {
        let name = names.get(&topic.topic_id).cloned();
        let name = name.unwrap_or_else(|| Arc::from(topic.name.as_str()));
        for partition in topic.partition_data {
            let Some(Ok(batch)) = partition.records.map(Batch::whole) else {
                continue;
            };
            let header = batch.header();
            let first = batch
                .records(&mut protocol::compress::Decompressor::new(64 << 20))
                .ok()
                .and_then(|records| RecordId::of(records.iter().next()?.ok()?.value));
            trace.tell(Event::ProduceSent {
                process,
                partition: TopicPartition::new(name.clone(), partition.index),
                producer_id: header.producer_id,
                epoch: header.producer_epoch,
                sequence: header.base_sequence,
                first,
            });
        }
    }
}
