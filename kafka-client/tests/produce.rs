//! What sending costs.

use kafka_client::client::Record;
use kafka_client::config::ProducerConfig;
use protocol::compress::Compression;

use crate::allocation::count;
use crate::instant::{InstantEngine, now};

const VALUE: [u8; 100] = [b'v'; 100];
const RECORDS: usize = 20_000;

#[test]
fn appending_to_an_open_batch_allocates_nothing() {
    let (producer, mut engine) = InstantEngine::start(ProducerConfig::default(), 1);
    // The batch's buffer grows with its first records.
    for _ in 0..100 {
        drop(
            producer
                .try_send(Record::to("t").value(&VALUE))
                .expect("there is room"),
        );
    }
    let ((), calls) = count(|| {
        for _ in 0..40 {
            let delivery = now(producer.send(Record::to("t").value(&VALUE)));
            drop(delivery.expect("there is room"));
        }
    });
    engine.linger();
    assert_eq!(engine.batches, 1, "nothing else was measured");
    assert_eq!(calls, 0);
}

#[test]
fn sending_allocates_per_batch_and_never_per_record() {
    for compression in [Compression::None, Compression::Lz4] {
        let config = ProducerConfig {
            compression,
            ..ProducerConfig::default()
        };
        let (producer, mut engine) = InstantEngine::start(config, 8);
        for round in 0..4 {
            let before = engine.batches;
            let ((), calls) = count(|| {
                for n in 0..RECORDS {
                    let key = (n as u64).to_be_bytes();
                    let record = Record::to("t").key(&key).value(&VALUE);
                    drop(now(producer.send(record)).expect("there is room"));
                }
            });
            engine.linger();
            let batches = engine.batches - before;
            assert!(
                batches > 100,
                "{RECORDS} records do not fit into {batches} batches"
            );
            if round == 3 {
                let per_batch = calls as f64 / batches as f64;
                assert!(
                    per_batch <= 5.0,
                    "{compression}: {per_batch} allocations for each batch"
                );
            }
        }
    }
}

#[test]
fn awaiting_deliveries_in_order_allocates_nothing() {
    let (producer, mut engine) = InstantEngine::start(ProducerConfig::default(), 1);
    let mut deliveries = Vec::with_capacity(RECORDS);
    // In the first round, what keeps the outcomes of batches grows to its size.
    for round in 0..2 {
        for _ in 0..RECORDS {
            let delivery = producer.try_send(Record::to("t").value(&VALUE));
            deliveries.push(delivery.expect("there is room"));
        }
        engine.linger();
        let (written, calls) = count(|| {
            let outcomes = deliveries.drain(..).map(now);
            outcomes.filter(Result::is_ok).count()
        });
        assert_eq!(written, RECORDS);
        assert!(round == 0 || calls == 0, "{calls} allocations");
    }
}
