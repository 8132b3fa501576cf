//! Sends numbered records and writes down what became of each.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use kafka_client::client::{Delivery, ProduceError, Producer, Record, Written};
use kafka_client::config::{Acks, ProducerConfig};
use protocol::compress::Compression;

use super::Life;
use crate::sim::event::{Event, RecordId};
use crate::sim::executor::either;
use crate::sim::scenario::{DRAFTS, ProducerRole};

/// Records that are sent when the faults are over, and must be written.
const PROBES: u32 = 5;
/// How long the last faults may be felt: attempts to connect that hang, back-offs.
const GRACE: Duration = Duration::from_secs(15);
/// How long closing may take.
const CLOSE_MAX: Duration = Duration::from_secs(60);

/// A record that is not decided, and the bytes of its value.
type Waiting = (RecordId, usize, Delivery);

/// A producer's books.
struct Books {
    life: Life,
    number: u16,
    next: u32,
    /// Oldest first.
    waiting: Rc<RefCell<VecDeque<Waiting>>>,
    config: ProducerConfig,
}

pub(super) async fn run(role: ProducerRole, life: &Life) {
    let builder = life.client.producer().config(role.config.clone());
    let producer = match builder.start() {
        Ok(producer) => producer,
        Err(error) => return life.improper(format!("the producer does not start: {error}")),
    };
    let mut books = Books {
        life: life.clone(),
        number: u16::try_from(life.process).unwrap_or(u16::MAX),
        next: 0,
        waiting: Rc::default(),
        config: role.config.clone(),
    };
    life.trace.tell(Event::ProducerStarted {
        process: life.process,
        producer: books.number,
        is_idempotent: role.config.is_idempotent(),
        has_keys: role.has_keys,
    });
    while books.next < role.records && !life.stop.is_given() && !life.calm.is_given() {
        if books.send(&producer, &role).await.is_err() {
            life.pause(Duration::from_millis(100)).await;
        }
        books.look(&producer);
        if life.draw(|rng| rng.u8(..100)) == 0 {
            // Whoever flushes learns of failures, which are in the books already.
            let _ = producer.flush().await;
            books.settle().await;
        }
        let _ = either(life.pause(role.pause), life.stop.given()).await;
    }
    let _ = either(life.calm.given(), life.stop.given()).await;
    if life.calm.is_given() {
        life.clock.sleep(GRACE).await;
        books.probe(&producer, &role).await;
    }
    let rest = producer.clone();
    if either(producer.close(CLOSE_MAX), life.clock.sleep(CLOSE_MAX * 2))
        .await
        .is_err()
    {
        life.improper("closing the producer takes longer than it may".to_owned());
    }
    books.close(&rest);
}

impl Books {
    /// Sends the next record.
    async fn send(&mut self, producer: &Producer, role: &ProducerRole) -> Result<(), String> {
        let record = RecordId {
            producer: self.number,
            number: self.next,
        };
        self.next += 1;
        let mut value = record.to_bytes().to_vec();
        let (size, key) = self.life.draw(|rng| (rng.usize(..role.value_max), rng.u8(..20)));
        // Halfway between what compresses well and what does not.
        let filling = (0..size).map(|at| match at % 2 {
            0 => 7,
            _ => u8::try_from(at % 251).unwrap_or(0) ^ key,
        });
        value.extend(filling);
        let key = [key];
        let mut outgoing = Record::to(role.topic).value(&value);
        if role.has_keys {
            outgoing = outgoing.key(&key);
        }
        match producer.send(outgoing).await {
            Ok(delivery) => {
                self.life.trace.tell(Event::Sent { record });
                self.waiting
                    .borrow_mut()
                    .push_back((record, value.len(), delivery));
                Ok(())
            }
            Err(error) => {
                self.decided(record, Err(*error.clone()));
                Err(error.to_string())
            }
        }
    }

    /// Writes down what is decided, and looks whether the memory bound is kept.
    fn look(&self, producer: &Producer) {
        let all = std::mem::take(&mut *self.waiting.borrow_mut());
        let mut held = 0;
        for (record, size, delivery) in all {
            match delivery.outcome() {
                Some(outcome) => self.decided(record, outcome),
                None => {
                    held += size;
                    self.waiting.borrow_mut().push_back((record, size, delivery));
                }
            }
        }
        let total = self.config.buffer_memory;
        // A record larger than all the memory is let in alone.
        let is_alone = self.waiting.borrow().len() == 1;
        if self.config.compression == Compression::None && held > total && !is_alone {
            self.life
                .improper(format!("values of {held} bytes wait in a memory of {total}"));
        }
        if producer.free_memory() > total {
            self.life.improper("more memory is free than there is".to_owned());
        }
    }

    fn decided(&self, record: RecordId, outcome: Result<Written, ProduceError>) {
        self.life.trace.tell(match outcome {
            Ok(written) => Event::Acked {
                record,
                partition: written.partition,
                offset: written.offset,
                by_all: self.config.acks == Acks::All,
            },
            Err(error) => Event::Failed {
                record,
                fate: error.fate(),
                error: error.to_string(),
            },
        });
    }

    /// Waits until everything is decided.
    async fn settle(&self) {
        loop {
            let Some((record, _, delivery)) = self.waiting.borrow_mut().pop_front() else {
                return;
            };
            self.decided(record, delivery.await);
        }
    }

    /// Sends records that must be written, for nothing is wrong any more.
    async fn probe(&mut self, producer: &Producer, role: &ProducerRole) {
        // What was sent before may still fail of old troubles.
        self.settle().await;
        // Whoever has slept since the topic was deleted and created again learns of it by the first records.
        if self.send_probes(producer, role, role.topic == DRAFTS).await {
            self.send_probes(producer, role, false).await;
        }
    }

    /// Sends some records and waits for them. They may fail because the topic is another one, if `may_be_new`: says
    /// whether one did.
    async fn send_probes(&mut self, producer: &Producer, role: &ProducerRole, may_be_new: bool) -> bool {
        for _ in 0..PROBES {
            if let Err(error) = self.send(producer, role).await {
                self.life
                    .improper(format!("a record is refused though nothing is wrong: {error}"));
            }
        }
        let mut is_new = false;
        loop {
            let Some((record, _, delivery)) = self.waiting.borrow_mut().pop_front() else {
                return is_new;
            };
            let outcome = delivery.await;
            match &outcome {
                Err(ProduceError::TopicRecreated { .. }) if may_be_new => is_new = true,
                Err(error) => self
                    .life
                    .improper(format!("{record:?} failed though nothing is wrong: {error:?}")),
                Ok(_) => {}
            }
            self.decided(record, outcome);
        }
    }

    /// Looks whether nothing is left after the close.
    fn close(&self, producer: &Producer) {
        self.look(producer);
        if let Some((record, ..)) = self.waiting.borrow().front() {
            self.life
                .improper(format!("{record:?} is undecided after the close"));
        }
        let (free, total) = (producer.free_memory(), self.config.buffer_memory);
        if free != total {
            self.life
                .improper(format!("{free} of {total} bytes are free after the close"));
        }
    }
}
