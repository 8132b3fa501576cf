//! kafka-client: `send` for each record, `next` for each batch.

use bench_clients::{Job, Meter, PARTITIONS, TOPIC, VALUE_LEN};
use kafka_client::client::{Client, Record};
use kafka_client::cluster::TopicPartition;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let job = Job::from_args()?;
    let client = Client::connect(&job.bootstrap).await?;
    if job.consume { consume(&client, &job).await } else { produce(&client, &job).await }
}

async fn produce(client: &Client, job: &Job) -> Outcome {
    let compression = job.codec.parse()?;
    let producer = client
        .producer()
        .configure(|config| {
            config.compression = compression;
            config.batch_size = 128 * 1024;
        })
        .start()?;
    producer.partitions(TOPIC).await?;
    let meter = Meter::start()?;
    for index in 0..job.records {
        // Whether all were written is told by the flush.
        let _ = producer.send(Record::to(TOPIC).value(job.value(index))).await?;
    }
    producer.flush().await?;
    meter.report()?;
    Ok(())
}

async fn consume(client: &Client, job: &Job) -> Outcome {
    let partitions = (0..PARTITIONS).map(|partition| (TopicPartition::new(TOPIC, partition), 0));
    let mut consumer = client.standalone_consumer().assign(partitions).start().await?;
    // The first batch shows that the client is up; what counts comes after it.
    consumer.next().await?;
    let meter = Meter::start()?;
    let (mut seen, mut bytes) = (0, 0);
    while seen < job.records {
        let Some(batch) = consumer.next().await? else { return Err("the consumer has ended".into()) };
        for record in &batch {
            bytes += record.value().map_or(0, <[u8]>::len);
        }
        seen += batch.len() as u64;
    }
    meter.report()?;
    assert_eq!(bytes as u64, seen * VALUE_LEN as u64);
    Ok(())
}
