//! Reads, alone or as a member of a group, and writes down what it was handed.

use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::client::{Consumer, ConsumerEvent, StartConsumerError};
use kafka_client::cluster::TopicPartition;
use kafka_client::consume::{Batch, ConsumeError};

use super::Life;
use crate::sim::event::{Event, RecordId};
use crate::sim::executor::either;
use crate::sim::scenario::ConsumerRole;

/// How long closing may take: that of the consumer, and some.
const CLOSE_MAX: Duration = Duration::from_secs(45);

/// No batch of the simulation is larger. One that is fetched alone may exceed the memory, and one of each partition lies
/// decompressed beside.
const BATCH_MAX: usize = 8 * 1024;

/// A consumer and what its caller knows.
struct Caller<'a> {
    life: &'a Life,
    role: &'a ConsumerRole,
    consumer: Consumer,
    /// The first offset that was handed out of each partition.
    earliest: BTreeMap<TopicPartition, i64>,
}

pub(super) async fn run(role: ConsumerRole, life: &Life) {
    while !life.stop.is_given() && !life.done.is_given() {
        let consumer = match start(&role, life).await {
            Ok(consumer) => consumer,
            Err(error) => return life.improper(format!("the consumer does not start: {error}")),
        };
        let mut caller = Caller {
            life,
            role: &role,
            consumer,
            earliest: BTreeMap::new(),
        };
        let gauge = caller.consumer.gauge();
        let is_over = caller.read().await;
        let process = life.process;
        life.trace.tell(Event::Asked { process });
        if either(caller.consumer.close(), life.clock.sleep(CLOSE_MAX))
            .await
            .is_err()
        {
            life.improper("closing the consumer takes longer than it may".to_owned());
        }
        // The engine forgets it with its next step.
        life.clock.sleep(Duration::from_millis(1)).await;
        if let Some(bytes) = gauge.bytes() {
            life.improper(format!("{bytes} bytes of the consumer are held after the close"));
        }
        if is_over {
            return;
        }
        life.pause(Duration::from_millis(500)).await;
    }
}

async fn start(role: &ConsumerRole, life: &Life) -> Result<Consumer, StartConsumerError> {
    life.trace.tell(Event::ConsumerStarted {
        process: life.process,
        audience: role.audience,
        committed_only: role.committed_only(),
        auto_commits: role.config.enable_auto_commit,
        is_member: role.config.group_id.is_some(),
    });
    let builder = life.client.consumer_with(role.config.clone());
    let builder = match role.config.group_id {
        Some(_) => builder.topics(role.topics.iter().map(|(topic, _)| topic.as_str())),
        None => builder.assign(role.partitions().map(|partition| (partition, 0))),
    };
    let consumer = builder.start().await?;
    if role.config.group_id.is_none() {
        life.trace.tell(Event::Assigned {
            process: life.process,
            partitions: role.partitions().collect(),
        });
    }
    Ok(consumer)
}

impl Caller<'_> {
    /// Reads until it is time to end. Says whether it is for good.
    async fn read(&mut self) -> bool {
        let (life, process) = (self.life, self.life.process);
        loop {
            life.trace.tell(Event::Asked { process });
            self.look();
            let end = either(life.stop.given(), life.done.given());
            match either(self.consumer.next_event(), end).await {
                Err(_) => return true,
                Ok(Ok(Some(event))) => self.handle(event).await,
                Ok(Ok(None)) => {
                    life.improper("the consumer ended by itself".to_owned());
                    return true;
                }
                Ok(Err(error)) => {
                    life.trace.note(format_args!("process {process}: {error}"));
                    if matches!(error, ConsumeError::Group { .. }) {
                        return false;
                    }
                }
            }
        }
    }

    /// Looks whether the memory bound is kept.
    fn look(&self) {
        let held = self.consumer.gauge().bytes().unwrap_or(0);
        let partitions = self.role.partitions().count();
        let bound = self.role.config.buffer_memory + BATCH_MAX * (partitions + 1);
        if held > bound {
            self.life.improper(format!(
                "the consumer holds {held} bytes, {bound} at most are right"
            ));
        }
    }

    async fn handle(&mut self, event: ConsumerEvent) {
        let process = self.life.process;
        let trace = &self.life.trace;
        match event {
            ConsumerEvent::Assigned(partitions) => trace.tell(Event::Assigned { process, partitions }),
            ConsumerEvent::Lost(partitions) => trace.tell(Event::Lost { process, partitions }),
            ConsumerEvent::Revoked(partitions) => {
                trace.tell(Event::Revoked { process, partitions });
                self.life.think(self.role.think).await;
            }
            ConsumerEvent::Batch(batch) => self.process(&batch).await,
            _ => self.life.improper("an event that nobody knows".to_owned()),
        }
    }

    async fn process(&mut self, batch: &Batch) {
        let life = self.life;
        let partition = batch.topic_partition().clone();
        let records: Vec<_> = batch
            .iter()
            .filter_map(|record| Some((record.offset(), RecordId::of(record.value())?)))
            .collect();
        if let Some((first, _)) = records.first() {
            let earliest = self.earliest.entry(partition.clone()).or_insert(*first);
            *earliest = (*earliest).min(*first);
        }
        life.trace.tell(Event::Handed {
            process: life.process,
            partition: partition.clone(),
            records,
            next: batch.next_offset(),
        });
        life.think(self.role.think).await;
        if self.role.config.group_id.is_some() && !self.role.config.enable_auto_commit {
            self.commit(batch).await;
        }
        let (seeks, skips, pauses, far) = life.draw(|rng| (rng.f64(), rng.f64(), rng.f64(), rng.f64()));
        // When the faults are over everybody is to come to the end.
        if seeks < self.role.seeks && !life.calm.is_given() {
            let next = batch.next_offset();
            let earliest = self.earliest.get(&partition).copied().unwrap_or(next);
            self.seek(&partition, next - share(next - earliest, far)).await;
        } else if skips < self.role.skips && !life.calm.is_given() {
            let lag = self.consumer.lag(&partition).unwrap_or(0);
            self.seek(&partition, batch.next_offset() + share(lag, far)).await;
        }
        if pauses < self.role.pauses && self.consumer.pause(&partition).is_ok() {
            life.think(self.role.think * 3).await;
            // It may be gone by now.
            let _ = self.consumer.resume(&partition);
        }
    }

    async fn commit(&self, batch: &Batch) {
        let life = self.life;
        let commit = self.consumer.commit(batch);
        let (process, trace) = (life.process, life.trace.clone());
        let offsets = vec![(batch.topic_partition().clone(), batch.next_offset())];
        let told = async move {
            let is_ok = commit.await.is_ok();
            trace.tell(Event::CommitEnded {
                process,
                offsets,
                is_ok,
            });
        };
        match life.draw(|rng| rng.bool()) {
            true => told.await,
            false => life.spawn(told),
        }
    }

    /// Goes elsewhere: back to what it has read, or on.
    async fn seek(&self, partition: &TopicPartition, to: i64) {
        if self.consumer.seek(partition, to).await.is_ok() {
            self.life.trace.tell(Event::Sought {
                process: self.life.process,
                partition: partition.clone(),
                to,
            });
        }
    }
}

/// A share of `whole`, for a part of one.
fn share(whole: i64, part: f64) -> i64 {
    let thousandths = (0..1000)
        .take_while(|step| f64::from(*step) / 1000.0 < part)
        .count();
    whole * i64::try_from(thousandths).unwrap_or(0) / 1000
}
