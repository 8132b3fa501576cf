//! A transactional writer that speaks to the cluster directly, on a line that no connection fault reaches.
//!
//! What is not answered, or refused, makes it start over under a new epoch, which aborts what was open.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bytes::Bytes;
use protocol::Request;
use protocol::compress::Compressor;
use protocol::messages::add_partitions_to_txn::{AddPartitionsToTxnRequest, AddPartitionsToTxnTopic};
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};
use protocol::records::{OpenBatch, ProducerStamp, SealOptions};

use super::cluster::{Cluster, at};
use super::trace::{Event, RecordId, Trace};

/// A writer, and where its transaction stands.
#[derive(Debug)]
pub(crate) struct Writer {
    topic: String,
    partitions: i32,
    /// Tells its records apart from those of others.
    producer: u16,
    brokers: i32,
    identity: Option<(i64, i16)>,
    next_record: u32,
    sequences: BTreeMap<i32, i32>,
    /// What the open transaction has written, and where.
    open: Vec<RecordId>,
    touched: BTreeSet<i32>,
}

/// The time after which the coordinator aborts a transaction, in milliseconds.
const TIMEOUT_MS: i32 = 4_000;

impl Writer {
    pub(crate) fn new(topic: &str, partitions: i32, producer: u16, brokers: i32) -> Self {
        Self {
            topic: topic.to_owned(),
            partitions,
            producer,
            brokers,
            identity: None,
            next_record: 0,
            sequences: BTreeMap::new(),
            open: Vec::new(),
            touched: BTreeSet::new(),
        }
    }

    /// Takes the next step: begins, writes, commits or aborts.
    pub(crate) fn step(
        &mut self,
        now: Duration,
        cluster: &mut Cluster,
        trace: &Trace,
        rng: &mut fastrand::Rng,
    ) {
        let outcome = match self.identity {
            None => self.begin(now, cluster, trace),
            Some(identity) if self.open.len() < 8 && rng.u8(..4) != 0 => {
                let partition = rng.i32(0..self.partitions);
                self.write(now, cluster, identity, partition, rng.usize(1..4))
            }
            Some(_) if self.open.is_empty() => Ok(()),
            Some(identity) => self.end(now, cluster, trace, identity, rng.bool()),
        };
        if let Err(why) = outcome {
            trace.note(format_args!("writer {}: {why}", self.producer));
            self.identity = None;
        }
    }

    /// Whether nothing is open.
    pub(crate) fn is_idle(&self) -> bool {
        self.identity.is_some() && self.open.is_empty()
    }

    /// Ends what is open.
    pub(crate) fn finish(&mut self, now: Duration, cluster: &mut Cluster, trace: &Trace) {
        let outcome = match self.identity {
            None => self.begin(now, cluster, trace),
            Some(identity) if !self.open.is_empty() => self.end(now, cluster, trace, identity, true),
            Some(_) => Ok(()),
        };
        if let Err(why) = outcome {
            trace.note(format_args!("writer {}: {why}", self.producer));
            self.identity = None;
        }
    }

    fn name(&self) -> String {
        format!("writer-{}", self.producer)
    }

    /// Gets an id and epoch; what was open is aborted by that.
    fn begin(&mut self, now: Duration, cluster: &mut Cluster, trace: &Trace) -> Result<(), String> {
        let request = InitProducerIdRequest {
            transactional_id: Some(self.name()),
            transaction_timeout_ms: TIMEOUT_MS,
            ..InitProducerIdRequest::default()
        };
        // Asking for its coordinator makes the cluster set one up.
        let search = FindCoordinatorRequest {
            key: self.name(),
            key_type: 1,
            ..FindCoordinatorRequest::default()
        };
        self.ask(now, cluster, 1, &search, |response| response.error_code)?;
        let got = self.ask(now, cluster, 1, &request, |response| response.error_code)?;
        if !self.open.is_empty() {
            // Whether the one before ended, and how, is not known when its end was not answered.
            trace.note(format_args!("writer {}: starts over", self.producer));
        }
        self.open.clear();
        self.touched.clear();
        self.sequences.clear();
        self.identity = Some((got.producer_id, got.producer_epoch));
        Ok(())
    }

    fn write(
        &mut self,
        now: Duration,
        cluster: &mut Cluster,
        (producer_id, epoch): (i64, i16),
        partition: i32,
        count: usize,
    ) -> Result<(), String> {
        if !self.touched.contains(&partition) {
            let request = AddPartitionsToTxnRequest {
                v3_and_below_transactional_id: self.name(),
                v3_and_below_producer_id: producer_id,
                v3_and_below_producer_epoch: epoch,
                v3_and_below_topics: vec![AddPartitionsToTxnTopic {
                    name: self.topic.clone(),
                    partitions: vec![partition],
                }],
                ..AddPartitionsToTxnRequest::default()
            };
            self.ask(now, cluster, 1, &request, |response| {
                let topics = response.results_by_topic_v3_and_below.iter();
                let mut codes = topics.flat_map(|topic| &topic.results_by_partition);
                codes.next().map_or(-1, |result| result.partition_error_code)
            })?;
            self.touched.insert(partition);
        }
        let sequence = self.sequences.entry(partition).or_insert(0);
        let stamp = ProducerStamp {
            producer_id,
            epoch,
            base_sequence: *sequence,
        };
        *sequence += i32::try_from(count).unwrap_or(0);
        let records: Vec<RecordId> = (0..count)
            .map(|_| {
                self.next_record += 1;
                RecordId {
                    producer: self.producer,
                    number: self.next_record,
                }
            })
            .collect();
        let request = ProduceRequest {
            transactional_id: Some(self.name()),
            acks: -1,
            timeout_ms: 1_000,
            topic_data: vec![TopicProduceData {
                name: self.topic.clone(),
                partition_data: vec![PartitionProduceData {
                    index: partition,
                    records: Some(batch(now, &records, stamp)?),
                }],
                ..TopicProduceData::default()
            }],
        };
        // Whatever becomes of it, it belongs to the transaction.
        self.open.extend(records);
        let answered = self.ask(now, cluster, 7, &request, |response| {
            let topics = response.responses.iter();
            let mut codes = topics.flat_map(|topic| &topic.partition_responses);
            codes.next().map_or(-1, |result| result.error_code)
        });
        answered.map(drop)
    }

    fn end(
        &mut self,
        now: Duration,
        cluster: &mut Cluster,
        trace: &Trace,
        (producer_id, producer_epoch): (i64, i16),
        committed: bool,
    ) -> Result<(), String> {
        let request = EndTxnRequest {
            transactional_id: self.name(),
            producer_id,
            producer_epoch,
            committed,
        };
        self.ask(now, cluster, 1, &request, |response| response.error_code)?;
        trace.tell(Event::TransactionEnded {
            records: std::mem::take(&mut self.open),
            committed,
        });
        self.touched.clear();
        Ok(())
    }

    /// Asks one broker after the other until one does not refuse.
    fn ask<R: Request>(
        &self,
        now: Duration,
        cluster: &mut Cluster,
        version: i16,
        request: &R,
        code: impl Fn(&R::Response) -> i16,
    ) -> Result<R::Response, String> {
        let mut why = String::new();
        for broker in 1..=self.brokers {
            match cluster.ask(now, broker, version, request) {
                Ok(response) if code(&response) == 0 => return Ok(response),
                Ok(response) => why = format!("{}: error {}", R::NAME, code(&response)),
                Err(error) => why = error,
            }
        }
        Err(why)
    }
}

fn batch(now: Duration, records: &[RecordId], producer: ProducerStamp) -> Result<Bytes, String> {
    let mut open = OpenBatch::new(usize::MAX);
    for record in records {
        let value = record.to_bytes();
        open.append(at(now).timestamp, None, Some(&value), std::iter::empty())
            .map_err(|error| error.to_string())?;
    }
    let options = SealOptions {
        producer,
        transactional: true,
        ..SealOptions::default()
    };
    let sealed = open.seal(&options, &mut Compressor::default());
    Ok(sealed.map_err(|error| error.to_string())?.bytes().clone())
}
