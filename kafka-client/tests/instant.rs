//! An engine without sockets whose brokers acknowledge at once: what is left is the producer alone.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use kafka_client::client::Producer;
use kafka_client::cluster::{Metadata, NodeId, Partition, Topic};
use kafka_client::config::{ConnectionConfig, ProducerConfig};
use kafka_client::connection::{Answer, Ask, Reply};
use kafka_client::machine::{Machine, Wish};
use kafka_client::produce::Clock;
use kafka_client::time::Moment;
use protocol::messages::init_producer_id::InitProducerIdResponse;
use protocol::messages::produce::{
    PartitionProduceResponse, ProduceRequest, ProduceResponse, TopicProduceResponse,
};
use protocol::wire::Writer;
use protocol::{ApiKey, Encode, Response, Uuid};

/// Runs a producer's machine on the thread of the caller.
pub struct InstantEngine {
    machine: Box<dyn Machine>,
    metadata: Metadata,
    clock: Arc<Stopwatch>,
    woken: Arc<Woken>,
    /// Records acknowledged, by their batches' headers.
    pub batches: u64,
}

/// Stands still unless it is moved: what is measured must not wait for linger.
#[derive(Debug, Default)]
struct Stopwatch(AtomicU64);

impl Clock for Stopwatch {
    fn now(&self) -> Moment {
        Moment::after_start(Duration::from_nanos(self.0.load(Ordering::Relaxed)))
    }

    fn unix_ms(&self) -> i64 {
        1_700_000_000_000
    }
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl InstantEngine {
    /// A producer and its engine, with a topic `t` of so many partitions that is known to both.
    pub fn start(config: ProducerConfig, partitions: usize) -> (Producer, Self) {
        let (clock, woken) = (Arc::new(Stopwatch::default()), Arc::new(Woken::default()));
        let connection = ConnectionConfig::default();
        let waker = Waker::from(woken.clone());
        let (producer, machine) =
            Producer::assemble(config, &connection, clock.clone(), waker, 1).expect("valid settings");
        let partition = Partition {
            leader: Some(NodeId(1)),
            leader_epoch: 1,
            replicas: Vec::new(),
            in_sync: Vec::new(),
            offline: Vec::new(),
            error: None,
        };
        let topic = Topic {
            name: "t".into(),
            id: Uuid::from_bytes([1; 16]),
            internal: false,
            error: None,
            partitions: vec![partition; partitions],
        };
        let mut metadata = Metadata::default();
        metadata.topics.insert("t".into(), Arc::new(topic));
        let mut engine = Self {
            machine,
            metadata,
            clock,
            woken,
            batches: 0,
        };
        {
            let mut known = pin!(producer.partitions("t"));
            while poll(known.as_mut()).is_pending() {
                engine.turn();
                engine
                    .machine
                    .handle_metadata(engine.clock.now(), &engine.metadata);
            }
        }
        (producer, engine)
    }

    /// Does all that is to be done now.
    pub fn turn(&mut self) {
        loop {
            let now = self.clock.now();
            if self.woken.0.swap(false, Ordering::Relaxed) {
                self.machine.handle_wakeup(now, &self.metadata);
            }
            let mut is_idle = true;
            while let Some(wish) = self.machine.poll_wish(now, &self.metadata) {
                if let Wish::Send(ask) = wish {
                    let answer = self.answer(&ask);
                    drop(ask);
                    self.machine.handle_answer(now, &self.metadata, answer);
                    is_idle = false;
                }
            }
            if is_idle && !self.woken.0.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    /// Lets linger pass.
    pub fn linger(&mut self) {
        self.clock.0.fetch_add(1_000_000_000, Ordering::Relaxed);
        self.machine.handle_deadline(self.clock.now(), &self.metadata);
        self.turn();
    }

    fn answer(&mut self, ask: &Ask) -> Answer {
        let reply = if ask.body.key() == ApiKey::INIT_PRODUCER_ID {
            reply(
                &InitProducerIdResponse {
                    producer_id: 1,
                    ..InitProducerIdResponse::default()
                },
                5,
            )
        } else {
            let frame = ask.body.encode(1, "", 13).expect("can be encoded").to_bytes();
            let (_, request) =
                protocol::frame::decode_request::<ProduceRequest>(&frame.slice(4..)).expect("can be read");
            let responses = request.topic_data.into_iter().map(|topic| {
                let partitions = topic.partition_data.into_iter();
                let accept = |index| PartitionProduceResponse {
                    index,
                    ..PartitionProduceResponse::default()
                };
                let partition_responses: Vec<_> = partitions.map(|data| accept(data.index)).collect();
                self.batches += partition_responses.len() as u64;
                TopicProduceResponse {
                    name: String::new(),
                    topic_id: topic.topic_id,
                    partition_responses,
                }
            });
            let responses = responses.collect();
            reply(
                &ProduceResponse {
                    responses,
                    ..ProduceResponse::default()
                },
                13,
            )
        };
        Answer {
            tag: ask.tag,
            node: Some(NodeId(1)),
            outcome: Ok(reply),
        }
    }
}

fn reply<R: Response + Encode>(response: &R, version: i16) -> Reply {
    let mut writer = Writer::new();
    response.encode(&mut writer, version).expect("can be encoded");
    Reply {
        key: <R as Response>::KEY,
        version,
        body: writer.finish().to_bytes(),
    }
}

/// Polls a future once, with a waker that does nothing.
#[inline(always)]
pub fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The output of a future that does not have to wait.
#[inline(always)]
pub fn now<F: Future>(future: F) -> F::Output {
    match poll(pin!(future)) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it has to wait"),
    }
}

/// How long `work` takes, by the system's clock.
#[allow(dead_code, reason = "the benchmark measures, the tests count")]
pub fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
