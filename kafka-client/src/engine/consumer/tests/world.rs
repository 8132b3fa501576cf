use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use protocol::compress::Compressor;
use protocol::messages::fetch::{FetchRequest, FetchResponse, FetchableTopicResponse, PartitionData};
use protocol::records::{OpenBatch, ProducerStamp, SealOptions};
use protocol::{Decode, Encode, ErrorCode, Request, Response};

use super::super::{Command, ConsumerMachine};
use crate::cluster::{Lane, Metadata, TopicPartition};
use crate::config::{ConnectionConfig, ConsumerConfig};
use crate::connection::{Answer, Ask};
use crate::consume::{Buffer, Fault, Notice, Reader, SeekError, Settings, StartAt, Subscription};
use crate::machine::{LeaderHint, Machine, Wish};
use crate::oneshot::{Promised, promise};
use crate::port::{CallerPort, port};
use crate::script::{answer, metadata, read, topic_id};
use crate::time::Moment;

pub(super) struct World {
    pub(super) machine: ConsumerMachine,
    pub(super) buffer: Arc<Buffer>,
    pub(super) reader: Reader,
    pub(super) port: CallerPort<Command, ()>,
    pub(super) now: Moment,
    pub(super) metadata: Metadata,
    pub(super) asks: VecDeque<Ask>,
    pub(super) refreshes: usize,
    pub(super) forgotten: usize,
    pub(super) hints: Vec<LeaderHint>,
    owes: Option<u64>,
}

pub(super) fn tp(partition: i32) -> TopicPartition {
    TopicPartition::new("t", partition)
}

impl World {
    pub(super) fn new(change: impl FnOnce(&mut ConsumerConfig)) -> Self {
        Self::connected(ConnectionConfig::new(["b1:9092"]), change)
    }

    /// A consumer of a client with these settings.
    pub(super) fn connected(connection: ConnectionConfig, change: impl FnOnce(&mut ConsumerConfig)) -> Self {
        let mut config = ConsumerConfig {
            enable_auto_commit: false,
            ..ConsumerConfig::default()
        };
        change(&mut config);
        let settings = Settings::new(config, &connection, 1_000_000, 0);
        let buffer = Buffer::new(Waker::noop().clone());
        let reader = Reader::new(buffer.clone(), &settings.consumer);
        let (caller, engine) = port(Waker::noop().clone());
        let rng = fastrand::Rng::with_seed(3);
        let machine = ConsumerMachine::new(Moment::START, settings, buffer.clone(), engine, rng);
        Self {
            machine,
            buffer,
            reader,
            port: caller,
            now: Moment::START,
            metadata: metadata(&[("t", 6)]),
            asks: VecDeque::new(),
            refreshes: 0,
            forgotten: 0,
            hints: Vec::new(),
            owes: None,
        }
    }

    /// A consumer of partitions chosen by hand.
    pub(super) fn assigned(start: &[(i32, StartAt)], change: impl FnOnce(&mut ConsumerConfig)) -> Self {
        let mut world = Self::new(change);
        let (reply, _) = promise();
        let partitions = start
            .iter()
            .map(|(partition, start)| (tp(*partition), *start))
            .collect();
        world.command(Command::Assign { partitions, reply });
        world
    }

    /// A member of the group `g`.
    pub(super) fn subscribed(change: impl FnOnce(&mut ConsumerConfig)) -> Self {
        let mut world = Self::new(|config| {
            config.group_id = Some("g".to_owned());
            change(config);
        });
        let (reply, _) = promise();
        world.command(Command::Subscribe {
            subscription: Subscription::Topics(["t".into()].into()),
            reply,
        });
        world
    }

    pub(super) fn command(&mut self, command: Command) {
        assert!(self.port.send(command).is_ok());
        self.wake();
    }

    pub(super) fn wake(&mut self) {
        self.machine.handle_wakeup(self.now, &self.metadata);
        self.collect();
    }

    pub(super) fn seek(&mut self, partition: i32, to: impl Into<StartAt>) -> Option<Result<(), SeekError>> {
        let (reply, promised) = promise();
        self.command(Command::Seek {
            partition: tp(partition),
            to: to.into(),
            reply,
        });
        now_or_never(promised)
    }

    fn collect(&mut self) {
        while let Some(wish) = self.machine.poll_wish(self.now, &self.metadata) {
            match wish {
                Wish::Send(ask) => self.asks.push_back(ask),
                Wish::Refresh => self.refreshes += 1,
                Wish::ForgetCoordinator(..) => self.forgotten += 1,
                Wish::Leader(hint) => self.hints.push(hint),
            }
        }
    }

    /// The first request of this kind that is under way.
    pub(super) fn next<R: Request + Decode>(&mut self) -> (Ask, R) {
        let ask = self.try_next::<R>();
        ask.unwrap_or_else(|| panic!("no {} among {:?}", R::NAME, self.asks))
    }

    pub(super) fn try_next<R: Request + Decode>(&mut self) -> Option<(Ask, R)> {
        let at = self.asks.iter().position(|ask| ask.body.key() == R::KEY)?;
        let ask = self.asks.remove(at)?;
        let request = read(&ask);
        Some((ask, request))
    }

    pub(super) fn reply<R: Response + Encode>(&mut self, ask: &Ask, response: &R) {
        self.answer(answer(ask, response));
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        self.machine.handle_answer(self.now, &self.metadata, answer);
        self.collect();
    }

    /// Answers a fetch with these partitions of `t`.
    pub(super) fn fetched(&mut self, ask: &Ask, partitions: Vec<PartitionData>) {
        self.fetched_in(ask, 0, partitions);
    }

    pub(super) fn fetched_in(&mut self, ask: &Ask, session_id: i32, partitions: Vec<PartitionData>) {
        let topic = FetchableTopicResponse {
            topic_id: topic_id("t"),
            partitions,
            ..Default::default()
        };
        self.reply(
            ask,
            &FetchResponse {
                session_id,
                responses: vec![topic],
                ..FetchResponse::default()
            },
        );
    }

    /// Answers the fetch of partition 0 that comes next with these records.
    pub(super) fn feed(&mut self, records: Bytes, high_watermark: i64) {
        let (ask, _) = self.next::<FetchRequest>();
        self.fetched(&ask, vec![data(0, high_watermark, records)]);
    }

    pub(super) fn new_metadata(&mut self) {
        self.machine.handle_metadata(self.now, &self.metadata);
        self.collect();
    }

    /// Lets time pass; deadlines are kept.
    pub(super) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        let mut steps = 0;
        while let Some(due) = self.machine.next_deadline().filter(|due| *due <= end) {
            steps += 1;
            assert!(steps < 10_000, "it spins at {due:?}");
            self.now = self.now.max(due);
            self.machine.handle_deadline(self.now, &self.metadata);
            self.collect();
        }
        self.now = end;
    }

    /// What the caller gets when it asks: offsets of records, an error, a rebalance, or nothing.
    pub(super) fn ask(&mut self) -> String {
        self.reader.mark_processed();
        self.buffer.ask();
        if let Some(number) = self.owes.take() {
            assert!(self.port.send(Command::HandedOver(number)).is_ok());
        }
        self.wake();
        let list =
            |list: Vec<TopicPartition>| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let notice = self.buffer.lock().take_notice();
        let said = match notice {
            Some(Notice::Assigned(partitions)) => format!("assigned {}", list(partitions)),
            Some(Notice::Closed) => "closed".to_owned(),
            Some(Notice::Error(error) | Notice::Failed(error)) => format!("error: {error}"),
            Some(Notice::Lost(partitions)) => format!("lost {}", list(partitions)),
            Some(Notice::Revoke(number, partitions)) => {
                self.owes = Some(number);
                format!("revoke {}", list(partitions))
            }
            None => match self.reader.next() {
                Some(Ok(batch)) => {
                    let offsets: Vec<_> = batch.iter().map(|record| record.offset().to_string()).collect();
                    format!("{}: {}", batch.topic_partition(), offsets.join(" "))
                }
                Some(Err(Fault {
                    slot,
                    version,
                    position,
                    error,
                })) => {
                    assert!(
                        self.port
                            .send(Command::Faulty {
                                slot,
                                version,
                                position
                            })
                            .is_ok()
                    );
                    format!("error: {error}")
                }
                None => "nothing".to_owned(),
            },
        };
        self.wake();
        said
    }
}

/// The answer for a partition.
pub(super) fn data(partition_index: i32, high_watermark: i64, records: Bytes) -> PartitionData {
    PartitionData {
        partition_index,
        high_watermark,
        last_stable_offset: high_watermark,
        log_start_offset: 0,
        records: Some(records),
        ..PartitionData::default()
    }
}

pub(super) fn failed(partition_index: i32, code: ErrorCode) -> PartitionData {
    PartitionData {
        partition_index,
        error_code: code.0,
        high_watermark: -1,
        log_start_offset: -1,
        records: Some(Bytes::new()),
        ..PartitionData::default()
    }
}

/// A batch of `count` records from `offset` on, written under a leader epoch.
pub(super) fn batch(offset: i64, count: i32, epoch: i32) -> Bytes {
    batch_by(offset, count, epoch, SealOptions::default())
}

/// The same, within a transaction of this producer.
pub(super) fn transactional(offset: i64, count: i32, producer_id: i64) -> Bytes {
    let producer = ProducerStamp {
        producer_id,
        epoch: 0,
        base_sequence: 0,
    };
    batch_by(
        offset,
        count,
        1,
        SealOptions {
            producer,
            transactional: true,
            ..SealOptions::default()
        },
    )
}

pub(super) fn batch_by(offset: i64, count: i32, epoch: i32, options: SealOptions) -> Bytes {
    let mut open = OpenBatch::new(1 << 20);
    for number in 0..count {
        open.append(
            1_000 + i64::from(number),
            None,
            Some(b"value"),
            std::iter::empty(),
        )
        .unwrap();
    }
    let sealed = open.seal(&options, &mut Compressor::new()).unwrap();
    place(sealed.bytes(), offset, epoch)
}

/// Puts a batch to an offset, as the broker does: neither offset nor epoch are under the checksum.
pub(super) fn place(batch: &Bytes, offset: i64, epoch: i32) -> Bytes {
    let mut bytes = BytesMut::from(&batch[..]);
    bytes[..8].copy_from_slice(&offset.to_be_bytes());
    bytes[12..16].copy_from_slice(&epoch.to_be_bytes());
    bytes.freeze()
}

pub(super) fn join(batches: &[Bytes]) -> Bytes {
    batches.iter().flat_map(|batch| batch.iter().copied()).collect()
}

/// The partitions that a fetch asks for, with their offsets.
pub(super) fn wanted(request: &FetchRequest) -> Vec<(i32, i64)> {
    request
        .topics
        .iter()
        .flat_map(|topic| topic.partitions.iter().map(|p| (p.partition, p.fetch_offset)))
        .collect()
}

pub(super) fn is_waiting(ask: &Ask) -> bool {
    matches!(ask.lane, Lane::FetchWait(_))
}

pub(super) fn now_or_never<T>(mut promised: Promised<T>) -> Option<T> {
    match Pin::new(&mut promised).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => None,
    }
}
