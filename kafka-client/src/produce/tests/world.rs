//! A scripted engine: takes the sender's wishes, gives it answers, moves the time.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use bytes::Bytes;
use protocol::compress::Decompressor;
use protocol::messages::init_producer_id::InitProducerIdResponse;
use protocol::messages::produce::{
    PartitionProduceResponse, ProduceRequest, ProduceResponse, TopicProduceResponse,
};
use protocol::records::{Batch, BatchHeader};
use protocol::{ApiKey, ErrorCode, Message, Response, Uuid};

use crate::client::Producer;
use crate::cluster::{Broker, Metadata, NodeId, Partition, Target, Topic};
use crate::config::{ConnectionConfig, ProducerConfig};
use crate::connection::{Answer, Ask, Reply};
use crate::error::{RequestError, TransportError, TransportPhase};
use crate::machine::{LeaderHint, Machine, Wish};
use crate::produce::{Clock, Delivery, ProduceError, Record, Written};
use crate::time::Moment;

pub(super) const PRODUCER_ID: i64 = 4000;

#[derive(Debug)]
pub(super) struct World {
    pub(super) producer: Option<Producer>,
    pub(super) machine: Box<dyn Machine>,
    pub(super) metadata: Metadata,
    pub(super) time: Arc<TestClock>,
    woken: Arc<Woken>,
    pub(super) requests: VecDeque<Produced>,
    pub(super) identity_asks: Vec<Ask>,
    pub(super) hints: Vec<LeaderHint>,
    pub(super) refreshes: usize,
    /// Whether requests for an id are answered at once.
    pub(super) gives_ids: bool,
    next_id: i64,
}

/// A Produce request that the sender wants sent.
#[derive(Debug)]
pub(super) struct Produced {
    pub(super) tag: u64,
    pub(super) node: NodeId,
    pub(super) at: Moment,
    pub(super) answered: bool,
    pub(super) version: i16,
    pub(super) body: ProduceRequest,
}

#[derive(Debug, Default)]
pub(super) struct TestClock {
    nanos: AtomicU64,
    pub(super) unix_ms: AtomicI64,
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment::after_start(Duration::from_nanos(self.nanos.load(Ordering::Relaxed)))
    }

    fn unix_ms(&self) -> i64 {
        self.unix_ms.load(Ordering::Relaxed)
    }
}

#[derive(Debug, Default)]
struct Woken(AtomicBool, AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

impl World {
    /// A producer of topic `t`, whose partitions have the leaders 0, 1, 0, 1 …
    pub(super) fn new(config: ProducerConfig, partitions: i32) -> Self {
        let time = Arc::new(TestClock::default());
        time.unix_ms.store(1_700_000_000_000, Ordering::Relaxed);
        let woken = Arc::new(Woken::default());
        let connection = ConnectionConfig::default();
        let (producer, machine) =
            Producer::assemble(config, &connection, time.clone(), Waker::from(woken.clone()), 7)
                .expect("a valid configuration");
        let mut world = Self {
            producer: Some(producer),
            machine,
            metadata: Metadata::default(),
            time,
            woken,
            requests: VecDeque::new(),
            identity_asks: Vec::new(),
            hints: Vec::new(),
            refreshes: 0,
            gives_ids: true,
            next_id: PRODUCER_ID,
        };
        for id in 0..3 {
            let broker = Broker {
                id: NodeId(id),
                host: "localhost".to_owned(),
                port: 9092,
                rack: None,
            };
            world.metadata.brokers.insert(NodeId(id), Arc::new(broker));
        }
        world.describe(
            "t",
            Uuid::from_bytes([1; 16]),
            (0..partitions).map(|p| Some(p % 2)).collect(),
        );
        let known = world.run(|producer| async move { producer.partitions("t").await });
        assert_eq!(
            known.expect("the topic is known"),
            u32::try_from(partitions).expect("not negative")
        );
        world.step();
        world
    }

    pub(super) fn producer(&self) -> Producer {
        self.producer.clone().expect("the producer is not closed")
    }

    /// How often the engine was woken.
    pub(super) fn wakes(&self) -> usize {
        self.woken.1.load(Ordering::Relaxed)
    }

    pub(super) fn now(&self) -> Moment {
        self.time.now()
    }

    /// Sets what metadata says of a topic, without telling the machine.
    pub(super) fn describe(&mut self, name: &str, id: Uuid, leaders: Vec<Option<i32>>) {
        let name: Arc<str> = name.into();
        let epoch = i32::try_from(self.metadata.revision).expect("small");
        let partition = |leader: Option<i32>| Partition {
            leader: leader.map(NodeId),
            leader_epoch: epoch,
            replicas: Vec::new(),
            in_sync: Vec::new(),
            offline: Vec::new(),
            error: None,
        };
        let topic = Topic {
            name: name.clone(),
            id,
            internal: false,
            error: None,
            partitions: leaders.into_iter().map(partition).collect(),
        };
        self.metadata.topics.insert(name.clone(), Arc::new(topic));
        self.metadata.names.insert(id, name);
        self.metadata.revision += 1;
    }

    /// Sets and tells the leaders of `t`.
    pub(super) fn lead(&mut self, leaders: Vec<Option<i32>>) {
        let id = self.metadata.topic("t").expect("described").id;
        self.describe("t", id, leaders);
        self.tell_metadata();
    }

    pub(super) fn tell_metadata(&mut self) {
        let now = self.now();
        self.machine.handle_metadata(now, &self.metadata);
        self.step();
    }

    /// Lets the machine do what can be done now.
    pub(super) fn step(&mut self) {
        loop {
            let now = self.now();
            if self.woken.0.swap(false, Ordering::Relaxed) {
                self.machine.handle_wakeup(now, &self.metadata);
            }
            let mut is_refresh_due = false;
            while let Some(wish) = self.machine.poll_wish(now, &self.metadata) {
                match wish {
                    Wish::Send(ask) => self.take_ask(ask),
                    Wish::Refresh => {
                        self.refreshes += 1;
                        is_refresh_due = self.refreshes == 1;
                    }
                    Wish::Leader(hint) => self.hints.push(hint),
                    Wish::ForgetCoordinator(..) => panic!("a plain producer has no coordinator"),
                }
            }
            // Only the first one, for the topic to be known: later ones are the script's.
            if is_refresh_due {
                self.machine.handle_metadata(now, &self.metadata);
            }
            let is_idle = !self.woken.0.load(Ordering::Relaxed) && !is_refresh_due;
            if is_idle && (self.identity_asks.is_empty() || !self.gives_ids) {
                return;
            }
            if self.gives_ids {
                for ask in std::mem::take(&mut self.identity_asks) {
                    let id = self.next_id;
                    self.next_id += 1;
                    self.give_id(&ask, id, 0);
                }
            }
        }
    }

    pub(super) fn give_id(&mut self, ask: &Ask, producer_id: i64, producer_epoch: i16) {
        let response = InitProducerIdResponse {
            producer_id,
            producer_epoch,
            ..Default::default()
        };
        self.reply(ask.tag, &response, 5);
    }

    fn take_ask(&mut self, ask: Ask) {
        if ask.body.key() == ApiKey::INIT_PRODUCER_ID {
            assert_eq!(ask.target, Target::Any);
            self.identity_asks.push(ask);
            return;
        }
        assert_eq!(ask.body.key(), ApiKey::PRODUCE);
        let version = ask.body.versions().last;
        let frame = ask
            .body
            .encode(1, "test", version)
            .expect("a request that can be encoded")
            .to_bytes();
        let (_, body) = protocol::frame::decode_request::<ProduceRequest>(&frame.slice(4..))
            .expect("a request that can be read");
        let Target::Node(node) = ask.target else {
            panic!("to a leader: {:?}", ask.target)
        };
        let at = self.now();
        self.requests.push_back(Produced {
            tag: ask.tag,
            node,
            at,
            answered: ask.answered,
            version,
            body,
        });
    }

    /// Moves the time, and the machine with it.
    pub(super) fn advance(&mut self, by: Duration) {
        let end = self.now() + by;
        loop {
            self.step();
            let Some(next) = self.machine.next_deadline().filter(|next| *next <= end) else {
                break;
            };
            self.set_time(next.max(self.now()));
            let now = self.now();
            self.machine.handle_deadline(now, &self.metadata);
            self.step();
            let again = self.machine.next_deadline();
            assert!(
                again.is_none_or(|again| again > now),
                "a deadline that stays due: {again:?} at {now:?}"
            );
        }
        self.set_time(end);
        self.step();
    }

    fn set_time(&self, to: Moment) {
        let passed = to.since(self.now());
        self.time.nanos.store(
            u64::try_from(to.since_start().as_nanos()).expect("small"),
            Ordering::Relaxed,
        );
        let millis = i64::try_from(passed.as_millis()).expect("small");
        self.time.unix_ms.fetch_add(millis, Ordering::Relaxed);
    }

    /// Past the default linger.
    pub(super) fn linger(&mut self) {
        self.advance(Duration::from_millis(5));
    }

    /// Runs a future that the machine alone can complete, at the present time.
    pub(super) fn run<T, F: Future<Output = T>>(&mut self, call: impl FnOnce(Producer) -> F) -> T {
        let mut future = Box::pin(call(self.producer()));
        for _ in 0..100 {
            if let Poll::Ready(output) = poll(future.as_mut()) {
                return output;
            }
            self.step();
        }
        panic!("the future waits for more than the machine");
    }

    pub(super) fn send(&self, record: Record<'_>) -> Delivery {
        let producer = self.producer();
        let mut future = Box::pin(producer.send(record));
        match poll(future.as_mut()) {
            Poll::Ready(delivery) => delivery.expect("a record that is taken"),
            Poll::Pending => panic!("the record has to wait"),
        }
    }

    /// A batch of its own in partition `partition`, with one record of this value.
    pub(super) fn batch(&mut self, partition: i32, value: &str) -> Delivery {
        let delivery = self.send(Record::to("t").partition(partition).value(value));
        self.seal();
        delivery
    }

    /// Has a batch written in partition 0, with number 0: the broker knows the producer from then on, and several
    /// batches may be under way.
    pub(super) fn introduce(&mut self) {
        let first = self.batch(0, "first");
        let request = self.request();
        assert_eq!(request.stamp(), (0, 0));
        self.acknowledge(&request, 0);
        assert_eq!(written(&first).offset, 0);
    }

    /// Seals what is open and lets it go.
    pub(super) fn seal(&mut self) {
        let producer = self.producer();
        let mut flush = Box::pin(producer.flush());
        let _ = poll(flush.as_mut());
        self.step();
    }

    /// The next request.
    pub(super) fn request(&mut self) -> Produced {
        self.step();
        self.requests.pop_front().expect("a request")
    }

    pub(super) fn assert_quiet(&mut self) {
        self.step();
        assert!(self.requests.is_empty(), "{:?}", self.requests);
    }

    fn reply<R: Response + protocol::Encode>(&mut self, tag: u64, response: &R, version: i16) {
        let mut writer = protocol::wire::Writer::new();
        response
            .encode(&mut writer, version)
            .expect("a response that can be encoded");
        let reply = Reply {
            key: <R as Response>::KEY,
            version,
            body: writer.finish().to_bytes(),
        };
        self.outcome(tag, Ok(reply));
    }

    pub(super) fn outcome(&mut self, tag: u64, outcome: Result<Reply, RequestError>) {
        let now = self.now();
        self.machine.handle_answer(
            now,
            &self.metadata,
            Answer {
                tag,
                node: Some(NodeId(0)),
                outcome,
            },
        );
        self.step();
    }

    pub(super) fn respond(&mut self, request: &Produced, response: &ProduceResponse) {
        self.reply(request.tag, response, request.version);
    }

    /// Answers every partition of a request in the same way.
    pub(super) fn answer(&mut self, request: &Produced, answer: impl Fn(i32) -> PartitionProduceResponse) {
        let response = request.response(answer);
        self.respond(request, &response);
    }

    pub(super) fn acknowledge(&mut self, request: &Produced, base_offset: i64) {
        self.answer(request, |index| accepted(index, base_offset));
    }

    pub(super) fn refuse(&mut self, request: &Produced, code: ErrorCode) {
        self.answer(request, |index| refused(index, code));
    }

    /// The connection breaks after the request has left.
    pub(super) fn lose(&mut self, request: &Produced) {
        let error = broken(true);
        self.outcome(request.tag, Err(error));
    }

    /// Shows the machine what it waits for, and lets all pauses pass.
    pub(super) fn after_backoff(&mut self) {
        self.advance(Duration::from_millis(1300));
    }
}

impl Produced {
    pub(super) fn response(&self, answer: impl Fn(i32) -> PartitionProduceResponse) -> ProduceResponse {
        let topic = |topic: &protocol::messages::produce::TopicProduceData| TopicProduceResponse {
            name: topic.name.clone(),
            topic_id: topic.topic_id,
            partition_responses: topic.partition_data.iter().map(|p| answer(p.index)).collect(),
        };
        ProduceResponse {
            responses: self.body.topic_data.iter().map(topic).collect(),
            ..Default::default()
        }
    }

    /// The partitions it carries.
    pub(super) fn partitions(&self) -> Vec<i32> {
        let topics = self.body.topic_data.iter();
        topics
            .flat_map(|topic| topic.partition_data.iter().map(|partition| partition.index))
            .collect()
    }

    /// The bytes for its only partition.
    pub(super) fn bytes(&self) -> Bytes {
        let [topic] = self.body.topic_data.as_slice() else {
            panic!("one topic: {self:?}")
        };
        let [partition] = topic.partition_data.as_slice() else {
            panic!("one partition: {self:?}")
        };
        partition.records.clone().expect("a batch")
    }

    pub(super) fn header(&self) -> BatchHeader {
        let batch = Batch::whole(self.bytes()).expect("one whole batch");
        batch.verify().expect("the right checksum");
        *batch.header()
    }

    /// Epoch and first sequence number.
    pub(super) fn stamp(&self) -> (i16, i32) {
        let header = self.header();
        (header.producer_epoch, header.base_sequence)
    }

    /// The values of its only partition.
    pub(super) fn values(&self) -> Vec<String> {
        let records = Batch::whole(self.bytes())
            .and_then(|batch| batch.records(&mut Decompressor::new(1 << 20)))
            .expect("a batch that can be read");
        let text =
            |bytes: Option<&[u8]>| String::from_utf8(bytes.unwrap_or_default().to_vec()).expect("text");
        records
            .iter()
            .map(|record| text(record.expect("a whole record").value))
            .collect()
    }
}

pub(super) fn accepted(index: i32, base_offset: i64) -> PartitionProduceResponse {
    PartitionProduceResponse {
        index,
        base_offset,
        ..Default::default()
    }
}

pub(super) fn refused(index: i32, code: ErrorCode) -> PartitionProduceResponse {
    PartitionProduceResponse {
        index,
        error_code: code.0,
        base_offset: -1,
        ..Default::default()
    }
}

pub(super) fn broken(sent: bool) -> RequestError {
    TransportError {
        address: "localhost:9092".to_owned(),
        phase: if sent {
            TransportPhase::Established
        } else {
            TransportPhase::Connect
        },
        sent,
        permanent: false,
        reason: "the connection broke".to_owned(),
        source: None,
    }
    .into()
}

pub(super) fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The outcome of a delivery that must be there.
pub(super) fn outcome(delivery: &Delivery) -> Result<Written, ProduceError> {
    delivery.outcome().expect("an outcome")
}

pub(super) fn written(delivery: &Delivery) -> Written {
    outcome(delivery).expect("a record that was written")
}

pub(super) fn failed(delivery: &Delivery) -> ProduceError {
    outcome(delivery).expect_err("a record that was not written")
}

const _: () = assert!(<ProduceResponse as Message>::VERSIONS.last == 13);
