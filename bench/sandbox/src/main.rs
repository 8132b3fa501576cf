//! The sandbox beside Apache Kafka 4.4, one broker each, with the same client in the same run.
//!
//! `cargo run --release -p bench-sandbox -- [RECORDS] [ROUNDS]`

mod process;

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use kafka_client::admin::{CreateTopicsOptions, NewTopic};
use kafka_client::client::{Client, Record};
use kafka_client::cluster::TopicPartition;
use kafka_sandbox::Sandbox;
use real_kafka::KafkaCluster;
use tokio::net::TcpStream;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PARTITIONS: i32 = 6;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let records: u64 = args.next().map_or(Ok(2_000_000), |arg| arg.parse())?;
    let rounds: usize = args.next().map_or(Ok(3), |arg| arg.parse())?;
    starts().await?;
    many_topics().await?;
    many_connections().await?;
    beside_kafka(records, rounds).await
}

/// A sandbox in a process of its own; ends with this value.
struct Cluster {
    child: Child,
    bootstrap: String,
}

impl Cluster {
    /// Starts one that keeps records in memory, or in a folder.
    fn start(folder: Option<&Path>) -> Outcome<Self> {
        let program: PathBuf = std::env::current_exe()?.with_file_name("cluster");
        let mut child = Command::new(program)
            .args(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut bootstrap = String::new();
        let stdout = child.stdout.take().ok_or("no stdout")?;
        BufReader::new(stdout).read_line(&mut bootstrap)?;
        let bootstrap = bootstrap.trim().to_owned();
        Ok(Self { child, bootstrap })
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

async fn starts() -> Outcome<()> {
    let mut times = Vec::new();
    for _ in 0..21 {
        let start = Instant::now();
        let sandbox = Sandbox::builder().brokers(3).start().await?;
        times.push(start.elapsed());
        sandbox.shutdown().await;
    }
    println!("three brokers in this process: {:?}", median(times));
    let mut times = Vec::new();
    for _ in 0..21 {
        let start = Instant::now();
        let cluster = Cluster::start(None)?;
        times.push(start.elapsed());
        drop(cluster);
    }
    println!("a process with one broker, until it prints its address: {:?}", median(times));
    Ok(())
}

async fn many_topics() -> Outcome<()> {
    let cluster = Cluster::start(None)?;
    let client = Client::connect(&cluster.bootstrap).await?;
    let admin = client.admin();
    let before = process::memory(cluster.pid())?;
    let start = Instant::now();
    // As with Kafka, one request creates at most 10 000 partitions.
    for thousand in 0..10 {
        let topics = (0..1000).map(|index| NewTopic::new(format!("topic-{thousand}{index:03}")).partitions(3));
        for (name, result) in admin.create_topics(topics, CreateTopicsOptions::default()).await {
            result.map_err(|error| format!("{name}: {error}"))?;
        }
    }
    let created = start.elapsed();
    let start = Instant::now();
    let listed = admin.list_topics().await?.len();
    let memory = process::memory(cluster.pid())? - before;
    println!(
        "10000 topics of 3 partitions: created in {created:?}, {listed} listed in {:?}, {} MB",
        start.elapsed(),
        memory / 1_000_000
    );
    Ok(())
}

async fn many_connections() -> Outcome<()> {
    let cluster = Cluster::start(None)?;
    let before = process::memory(cluster.pid())?;
    let mut clients = Vec::new();
    for _ in 0..1000 {
        clients.push(TcpStream::connect(&cluster.bootstrap).await?);
    }
    let client = Client::connect(&cluster.bootstrap).await?;
    client.admin().list_topics().await?;
    let memory = process::memory(cluster.pid())?.saturating_sub(before);
    let cpu = process::cpu_time(cluster.pid())?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let idle = process::cpu_time(cluster.pid())? - cpu;
    println!("1000 connections: {} KB, {idle:?} of CPU in 5 s", memory / 1000);
    drop(clients);
    Ok(())
}

/// Throughput and memory: the sandbox in memory and in a folder, Kafka with its own.
async fn beside_kafka(records: u64, rounds: usize) -> Outcome<()> {
    let kafka = KafkaCluster::builder().brokers(1).start()?;
    let node = kafka.nodes()?[0];
    for size in [100, 1024] {
        let records = records * 100 / size as u64;
        let mut runs: [Vec<Run>; 3] = Default::default();
        for round in 0..rounds {
            let topic = format!("bench-{size}-{round}");
            for (place, runs) in runs.iter_mut().enumerate() {
                let folder = std::env::temp_dir().join(format!("bench-sandbox-{}", std::process::id()));
                runs.push(match place {
                    0 => {
                        let cluster = Cluster::start(None)?;
                        measure(&cluster.bootstrap, cluster.pid(), &topic, records, size).await?
                    }
                    1 => {
                        let cluster = Cluster::start(Some(&folder))?;
                        measure(&cluster.bootstrap, cluster.pid(), &topic, records, size).await?
                    }
                    _ => measure(&kafka.bootstrap(), kafka.pid(node)?, &topic, records, size).await?,
                });
                let _ = std::fs::remove_dir_all(folder);
            }
        }
        let rate = |time: Duration| records as f64 / time.as_secs_f64() / 1e6;
        for (name, runs) in ["sandbox in memory", "sandbox in a folder", "Apache Kafka"].iter().zip(&runs) {
            println!(
                "{size} B, {name}: produce {:.2} M/s, consume {:.2} M/s, {} MB",
                rate(median(runs.iter().map(|run| run.produced).collect())),
                rate(median(runs.iter().map(|run| run.consumed).collect())),
                runs.iter().map(|run| run.memory).max().unwrap_or(0) / 1_000_000,
            );
        }
        println!("{size} B: {} MB of values", records * size as u64 / 1_000_000);
    }
    kafka.stop()?;
    Ok(())
}

/// What one run took.
struct Run {
    produced: Duration,
    consumed: Duration,
    /// Bytes of the broker's process afterwards.
    memory: u64,
}

async fn measure(bootstrap: &str, pid: u32, topic: &str, records: u64, size: usize) -> Outcome<Run> {
    let [produced, consumed] = throughput(bootstrap, topic, records, size).await?;
    let memory = process::memory(pid)?;
    Ok(Run { produced, consumed, memory })
}

/// The time that producing and consuming take.
async fn throughput(bootstrap: &str, topic: &str, records: u64, size: usize) -> Outcome<[Duration; 2]> {
    let client = Client::connect(bootstrap).await?;
    for (_, result) in client.admin().create_topics([NewTopic::new(topic).partitions(PARTITIONS)], CreateTopicsOptions::default()).await {
        result?;
    }
    let value = vec![b'x'; size];
    let producer = client.producer().configure(|config| config.batch_size = 128 * 1024).start()?;
    producer.partitions(topic).await?;
    let start = Instant::now();
    for _ in 0..records {
        let _ = producer.send(Record::to(topic).value(&value[..])).await?;
    }
    producer.flush().await?;
    let produced = start.elapsed();
    let partitions = (0..PARTITIONS).map(|partition| (TopicPartition::new(topic, partition), 0));
    let start = Instant::now();
    let mut consumer = client.standalone_consumer().assign(partitions).start().await?;
    let mut seen = 0;
    while seen < records {
        let batch = consumer.next().await?.ok_or("the consumer has ended")?;
        seen += batch.iter().filter(|record| record.value().is_some()).count() as u64;
    }
    Ok([produced, start.elapsed()])
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
