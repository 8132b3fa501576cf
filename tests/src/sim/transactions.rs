//! A transactional writer that speaks the protocol itself.
//!
//! What is not answered, or refused, makes it start over under a new epoch, which aborts what was open.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
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

use super::cluster::at;
use super::event::{Event, RecordId};
use super::executor::{Clock, Signal, either};
use super::lines::Lines;
use super::trace::Trace;

/// A writer, and where its transaction stands.
pub(crate) struct Writer {
    /// What outlives its process: a writer that starts under the same number fences this one.
    pub(crate) number: u16,
    pub(crate) topic: &'static str,
    pub(crate) partitions: i32,
    /// Tells its records apart from those of others.
    pub(crate) producer: u16,
    pub(crate) brokers: i32,
    pub(crate) lines: Lines,
    pub(crate) clock: Clock,
    pub(crate) trace: Trace,
    pub(crate) rng: Rc<RefCell<fastrand::Rng>>,
    /// Given when the faults are over.
    pub(crate) calm: Signal,
    /// Given when it is to end.
    pub(crate) stop: Signal,
    pub(crate) books: Books,
}

/// What it knows of its transaction.
#[derive(Default)]
pub(crate) struct Books {
    identity: Option<(i64, i16)>,
    next_record: u32,
    sequences: BTreeMap<i32, i32>,
    /// What the open transaction has written, and where.
    open: Vec<RecordId>,
    touched: BTreeSet<i32>,
}

/// The time after which the coordinator aborts a transaction, in milliseconds.
const TIMEOUT_MS: i32 = 4_000;
/// The mean pause between two steps.
const PAUSE: Duration = Duration::from_millis(60);

impl Writer {
    /// Writes until it is to end. When the faults are over it ends what is open.
    pub(crate) async fn run(mut self) {
        while !self.calm.is_given() && !self.stop.is_given() {
            let outcome = self.step().await;
            self.judge(outcome);
            let pause = self
                .clock
                .sleep(PAUSE.mul_f64(0.1 + 2.0 * self.draw(fastrand::Rng::f64)));
            let _ = either(pause, either(self.calm.given(), self.stop.given())).await;
        }
        while self.calm.is_given() && !self.stop.is_given() && !self.is_idle() {
            let outcome = self.finish().await;
            self.judge(outcome);
            self.clock.sleep(PAUSE).await;
        }
    }

    fn draw<T>(&self, from: impl FnOnce(&mut fastrand::Rng) -> T) -> T {
        from(&mut self.rng.borrow_mut())
    }

    fn judge(&mut self, outcome: Result<(), String>) {
        if let Err(why) = outcome {
            self.trace.note(format_args!(
                "{} in process {}: {why}",
                self.name(),
                self.producer
            ));
            self.books.identity = None;
        }
    }

    /// Takes the next step: begins, writes, commits or aborts.
    async fn step(&mut self) -> Result<(), String> {
        let Some(identity) = self.books.identity else {
            return self.begin().await;
        };
        let open = self.books.open.len();
        if open < 8 && self.draw(|rng| rng.u8(..4)) != 0 {
            let partitions = self.partitions;
            let (partition, count) = self.draw(|rng| (rng.i32(0..partitions), rng.usize(1..4)));
            return self.write(identity, partition, count).await;
        }
        if open == 0 {
            return Ok(());
        }
        let committed = self.draw(fastrand::Rng::bool);
        self.end(identity, committed).await
    }

    /// Whether nothing is open.
    fn is_idle(&self) -> bool {
        self.books.identity.is_some() && self.books.open.is_empty()
    }

    /// Ends what is open.
    async fn finish(&mut self) -> Result<(), String> {
        match self.books.identity {
            None => self.begin().await,
            Some(identity) => self.end(identity, true).await,
        }
    }

    fn name(&self) -> String {
        format!("writer-{}", self.number)
    }

    /// Gets an id and epoch; what was open is aborted by that.
    async fn begin(&mut self) -> Result<(), String> {
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
        self.ask(1, &search, |response| response.error_code).await?;
        let got = self.ask(1, &request, |response| response.error_code).await?;
        // Whether the transaction before ended, and how, is not known when its end was not answered.
        self.books = Books {
            identity: Some((got.producer_id, got.producer_epoch)),
            next_record: self.books.next_record,
            ..Books::default()
        };
        Ok(())
    }

    async fn write(
        &mut self,
        (producer_id, epoch): (i64, i16),
        partition: i32,
        count: usize,
    ) -> Result<(), String> {
        if !self.books.touched.contains(&partition) {
            let request = AddPartitionsToTxnRequest {
                v3_and_below_transactional_id: self.name(),
                v3_and_below_producer_id: producer_id,
                v3_and_below_producer_epoch: epoch,
                v3_and_below_topics: vec![AddPartitionsToTxnTopic {
                    name: self.topic.to_owned(),
                    partitions: vec![partition],
                }],
                ..AddPartitionsToTxnRequest::default()
            };
            self.ask(1, &request, |response| {
                let topics = response.results_by_topic_v3_and_below.iter();
                let mut codes = topics.flat_map(|topic| &topic.results_by_partition);
                codes.next().map_or(-1, |result| result.partition_error_code)
            })
            .await?;
            self.books.touched.insert(partition);
        }
        let sequence = self.books.sequences.entry(partition).or_insert(0);
        let stamp = ProducerStamp {
            producer_id,
            epoch,
            base_sequence: *sequence,
        };
        *sequence += i32::try_from(count).unwrap_or(0);
        let records: Vec<RecordId> = (0..count)
            .map(|_| {
                self.books.next_record += 1;
                RecordId {
                    producer: self.producer,
                    number: self.books.next_record,
                }
            })
            .collect();
        let request = ProduceRequest {
            transactional_id: Some(self.name()),
            acks: -1,
            timeout_ms: 1_000,
            topic_data: vec![TopicProduceData {
                name: self.topic.to_owned(),
                partition_data: vec![PartitionProduceData {
                    index: partition,
                    records: Some(batch(self.clock.now(), &records, stamp)?),
                }],
                ..TopicProduceData::default()
            }],
        };
        // Whatever becomes of it, it belongs to the transaction.
        self.books.open.extend(records);
        let answered = self.ask(7, &request, |response| {
            let topics = response.responses.iter();
            let mut codes = topics.flat_map(|topic| &topic.partition_responses);
            codes.next().map_or(-1, |result| result.error_code)
        });
        answered.await.map(drop)
    }

    async fn end(
        &mut self,
        (producer_id, producer_epoch): (i64, i16),
        committed: bool,
    ) -> Result<(), String> {
        let request = EndTxnRequest {
            transactional_id: self.name(),
            producer_id,
            producer_epoch,
            committed,
        };
        self.ask(1, &request, |response| response.error_code).await?;
        self.trace.tell(Event::TransactionEnded {
            records: std::mem::take(&mut self.books.open),
            committed,
        });
        self.books.touched.clear();
        Ok(())
    }

    /// Asks one broker after the other until one does not refuse.
    async fn ask<R: Request>(
        &self,
        version: i16,
        request: &R,
        code: impl Fn(&R::Response) -> i16,
    ) -> Result<R::Response, String> {
        let mut why = String::new();
        for broker in 1..=self.brokers {
            match self.lines.ask(broker, version, request).await {
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
