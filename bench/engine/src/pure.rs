use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use kafka_client::cluster::{Lane, Metadata, NodeId, Target};
use kafka_client::config::ConnectionConfig;
use kafka_client::connection::{Answer, Ask};
use kafka_client::engine::{Action, Engine, LinkId};
use kafka_client::machine::{Machine, TopicInterest, Wish};
use kafka_client::time::Moment;
use protocol::messages::heartbeat::HeartbeatRequest;

use crate::{broker, count};

/// Asks once at each wake-up, with a body that was made beforehand.
#[derive(Debug)]
struct Asker {
    bodies: Vec<Box<HeartbeatRequest>>,
    next: Option<Ask>,
    answered: Arc<AtomicU64>,
}

impl Machine for Asker {
    fn handle_wakeup(&mut self, _: Moment, _: &Metadata) {
        self.next = self.bodies.pop().map(|body| Ask {
            tag: 1,
            target: Target::Node(NodeId(1)),
            lane: Lane::Control,
            body,
            timeout: Duration::from_secs(30),
            answered: true,
        });
    }
    fn handle_metadata(&mut self, _: Moment, _: &Metadata) {}
    fn handle_answer(&mut self, _: Moment, _: &Metadata, answer: Answer) {
        assert!(answer.outcome.is_ok());
        self.answered.fetch_add(1, Ordering::Relaxed);
    }
    fn handle_deadline(&mut self, _: Moment, _: &Metadata) {}
    fn poll_wish(&mut self, _: Moment, _: &Metadata) -> Option<Wish> {
        self.next.take().map(Wish::Send)
    }
    fn next_deadline(&self) -> Option<Moment> {
        None
    }
    fn topics(&self) -> TopicInterest {
        TopicInterest::None
    }
    fn is_done(&self) -> bool {
        false
    }
}

const ROUNDS: usize = 200_000;

fn drive(engine: &mut Engine, now: Moment) {
    while let Some(action) = engine.poll_action() {
        match action {
            Action::Connect { link, .. } => engine.handle_connected(now, link, Ok(())),
            Action::Write { link, frame, .. } => {
                let reply = broker::reply(&frame.to_bytes().slice(4..), 9092);
                engine.handle_frame(now, link, reply.to_bytes().slice(4..));
            }
            other => panic!("{other:?}"),
        }
    }
}

pub fn run() {
    let now = Moment::START;
    let config = ConnectionConfig::new(["127.0.0.1:9092"]);
    let mut engine = Engine::new(Arc::new(config), [1; 32]).expect("an engine");
    engine.handle_start(now);
    drive(&mut engine, now);
    let answered = Arc::new(AtomicU64::new(0));
    let bodies = (0..ROUNDS + 2).map(|_| Box::default()).collect();
    engine.install(now, Box::new(Asker { bodies, next: None, answered: answered.clone() }));
    drive(&mut engine, now);

    let mut asked = (Duration::ZERO, 0);
    let mut replied = (Duration::ZERO, 0);
    for _ in 0..ROUNDS {
        let (start, before) = (Instant::now(), count::allocations());
        engine.handle_wakeup(now);
        let Some(Action::Write { link, frame, .. }) = engine.poll_action() else { panic!("nothing to write") };
        asked.0 += start.elapsed();
        asked.1 += count::allocations() - before;
        let reply = reply(&frame.to_bytes());
        let (start, before) = (Instant::now(), count::allocations());
        answer(&mut engine, now, link, reply);
        replied.0 += start.elapsed();
        replied.1 += count::allocations() - before;
    }
    assert_eq!(answered.load(Ordering::Relaxed) as usize, ROUNDS + 1);
    let show = |what: &str, (time, allocations): (Duration, u64)| {
        println!(
            "{what}: {:.0} ns, {:.2} allocations",
            time.as_nanos() as f64 / ROUNDS as f64,
            allocations as f64 / ROUNDS as f64
        );
    };
    show("ask → write", asked);
    show("frame → answer", replied);
}

fn reply(request: &Bytes) -> Bytes {
    broker::reply(&request.slice(4..), 9092).to_bytes().slice(4..)
}

fn answer(engine: &mut Engine, now: Moment, link: LinkId, frame: Bytes) {
    engine.handle_frame(now, link, frame);
}
