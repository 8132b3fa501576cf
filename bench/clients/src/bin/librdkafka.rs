//! librdkafka as a peer, through the crate `rdkafka`: plain `send` with its own background thread.

use std::time::Duration;

use bench_clients::{Job, Meter, PARTITIONS, TOPIC};
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{Offset, TopicPartitionList};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let job = Job::from_args()?;
    if job.consume { consume(&job) } else { produce(&job) }
}

fn produce(job: &Job) -> Result<(), Box<dyn std::error::Error>> {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", &job.bootstrap)
        .set("compression.type", &job.codec)
        .set("enable.idempotence", "true")
        .set("linger.ms", "5")
        .set("batch.size", "131072")
        .set("queue.buffering.max.messages", "1000000")
        .create()?;
    producer.client().fetch_metadata(Some(TOPIC), Duration::from_secs(10))?;
    let meter = Meter::start()?;
    for index in 0..job.records {
        let mut record = BaseRecord::<[u8], [u8]>::to(TOPIC).payload(job.value(index));
        loop {
            match producer.send(record) {
                Ok(()) => break,
                Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), back)) => {
                    record = back;
                    producer.poll(Duration::from_millis(10));
                }
                Err((error, _)) => return Err(error.into()),
            }
        }
        if index % 1024 == 0 {
            producer.poll(Duration::ZERO);
        }
    }
    producer.flush(Duration::from_secs(60))?;
    meter.report()?;
    Ok(())
}

fn consume(job: &Job) -> Result<(), Box<dyn std::error::Error>> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &job.bootstrap)
        .set("group.id", "bench")
        .set("enable.auto.commit", "false")
        .set("check.crcs", "true")
        .create()?;
    let mut partitions = TopicPartitionList::new();
    for partition in 0..PARTITIONS {
        partitions.add_partition_offset(TOPIC, partition, Offset::Offset(0))?;
    }
    consumer.assign(&partitions)?;
    let mut bytes = 0;
    // The first record shows that the client is up; what counts comes after it.
    while consumer.poll(Duration::from_millis(100)).is_none() {}
    let meter = Meter::start()?;
    let mut left = job.records;
    while left > 0 {
        if let Some(message) = consumer.poll(Duration::from_millis(100)) {
            bytes += message?.payload().map_or(0, <[u8]>::len);
            left -= 1;
        }
    }
    meter.report()?;
    assert_eq!(bytes as u64, job.records * 100);
    Ok(())
}
