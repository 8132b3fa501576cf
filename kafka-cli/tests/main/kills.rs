//! A sandbox that is killed again and again while it works: what it acknowledged is there once, and so are the offsets that
//! groups committed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, SystemTime};

use kafka_client::client::{Client, Record};

use crate::support::{Running, at, kafkactl};

const KILLS: usize = 50;
const TOPIC: &str = "orders";

/// What was acknowledged before all the kills.
#[derive(Default)]
struct Acknowledged {
    values: Vec<String>,
    /// Next offsets by group and partition.
    offsets: BTreeMap<(String, i32), i64>,
}

#[test]
fn what_was_acknowledged_survives_fifty_kills() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let mut seed = since_1970.as_secs() ^ u64::from(since_1970.subsec_nanos()) << 32;
    println!("seed {seed}");
    let mut known = Acknowledged::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for round in 0..KILLS {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let acknowledged = 20 + (seed >> 33) % 1500;
        let (running, bootstrap) = up(data);
        runtime.block_on(work(&running, &bootstrap, round, acknowledged, &mut known));
        assert_eq!(running.end().code, None, "it was killed");
    }
    let (running, bootstrap) = up(data);
    let (records, groups) = check(&bootstrap, &known);
    println!(
        "{} records acknowledged, {records} there; offsets of {groups} groups",
        known.values.len()
    );
    running.signal("TERM");
    assert_eq!(running.end().code, Some(0));
}

fn up(data: &str) -> (Running, String) {
    let flags = [
        "sandbox",
        "up",
        "--port",
        "0",
        "--brokers",
        "1",
        "--topic",
        "orders:3",
        "--data",
        data,
    ];
    let running = kafkactl().start(&flags);
    let text = running.wait_out(|text| text.contains('\n'));
    let bootstrap = text.lines().next().unwrap().to_owned();
    (running, bootstrap)
}

/// Writes, reads and commits until so many records were acknowledged, then kills the sandbox in the middle of it.
async fn work(running: &Running, bootstrap: &str, round: usize, enough: u64, known: &mut Acknowledged) {
    let client = Client::connect(bootstrap).await.unwrap();
    let producer = client.producer().start().unwrap();
    let group = format!("group-{round}");
    let consumer = client.consumer(&group).topics([TOPIC]).auto_commit(false);
    let mut consumer = consumer.start().await.unwrap();
    let mut sent = Vec::new();
    let (mut next, mut done) = (0, 0);
    while done < enough {
        for _ in 0..20 {
            let value = format!("{round}-{next}");
            next += 1;
            let delivery = producer.send(Record::to(TOPIC).value(&value)).await.unwrap();
            sent.push((value, delivery));
        }
        done += u64::try_from(take_acknowledged(&mut sent, known)).unwrap();
        if let Some(batch) = consumer.try_next().unwrap()
            && consumer.commit(&batch).await.is_ok()
        {
            let place = (group.clone(), batch.partition());
            known.offsets.insert(place, batch.next_offset());
        }
        tokio::task::yield_now().await;
    }
    running.signal("KILL");
    // What is under way ends either way, and what was acknowledged counts.
    let _ = producer.close(Duration::from_millis(1)).await;
    take_acknowledged(&mut sent, known);
}

/// Takes the records that were acknowledged out of `sent`. Returns how many.
fn take_acknowledged(
    sent: &mut Vec<(String, kafka_client::client::Delivery)>,
    known: &mut Acknowledged,
) -> usize {
    let before = known.values.len();
    sent.retain(|(value, delivery)| match delivery.outcome() {
        None => true,
        Some(Ok(_)) => {
            known.values.push(value.clone());
            false
        }
        Some(Err(_)) => false,
    });
    known.values.len() - before
}

/// Fails unless all that was acknowledged is there, and once. Returns how many records there are, and how many groups committed.
fn check(bootstrap: &str, known: &Acknowledged) -> (usize, usize) {
    let cli = at(bootstrap);
    let read = cli.ok(&["consume", TOPIC, "--from-beginning", "--exit"]);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in read.lines() {
        *times.entry(line).or_default() += 1;
    }
    let lost: Vec<&String> = known
        .values
        .iter()
        .filter(|value| !times.contains_key(value.as_str()))
        .collect();
    assert!(
        lost.is_empty(),
        "{} of {} are lost: {:?}",
        lost.len(),
        known.values.len(),
        &lost[..1]
    );
    let doubled: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
    assert!(doubled.is_empty(), "{doubled:?}");

    assert!(!known.offsets.is_empty(), "nothing was committed");
    let groups: HashSet<&String> = known.offsets.keys().map(|(group, _)| group).collect();
    let count = groups.len();
    for group in groups {
        let described = cli.json(&["groups", "describe", group]);
        let rows = described["items"][0]["partitions"].as_array().unwrap().clone();
        let of_group = known.offsets.iter().filter(|((other, _), _)| other == group);
        for ((_, partition), offset) in of_group {
            let row = rows.iter().find(|row| row["partition"] == *partition);
            let committed = row.and_then(|row| row["committedOffset"].as_i64()).unwrap_or(-1);
            assert!(
                committed >= *offset,
                "{group} had committed {offset} of {partition}: {described}"
            );
        }
    }
    (read.lines().count(), count)
}
