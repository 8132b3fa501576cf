use kafka_client::client::Client;
use kafka_client::cluster::OffsetSpec;
use kafka_client::cluster::TopicPartition;
use kafka_client::config::IsolationLevel;
use real_kafka::tools;

use super::{create_topic, numbered, produce, read_values};
use crate::support::{run, shared};

#[test]
fn aborted_transactions_of_a_java_producer_are_not_seen() {
    let Some(cluster) = shared("reading committed transactions") else {
        return;
    };
    create_topic(cluster, "txn-in", 1, 1, &[]);
    create_topic(cluster, "txn-out", 1, 1, &[]);
    let lines = numbered("t", 2000);
    produce(cluster, "txn-in", &lines, &[]);
    let bootstrap = cluster.bootstrap();
    let copier = "org.apache.kafka.tools.TransactionalMessageCopier";
    let arguments = [
        "--broker-list",
        &bootstrap,
        "--transactional-id",
        "copier",
        "--consumer-group",
        "copier",
        "--input-topic",
        "txn-in",
        "--input-partition",
        "0",
        "--output-topic",
        "txn-out",
        "--transaction-size",
        "50",
        "--max-messages",
        "2000",
        "--enable-random-aborts",
    ];
    tools()
        .unwrap()
        .run(copier, &arguments)
        .unwrap()
        .success()
        .unwrap();
    run(async {
        let client = Client::connect(&bootstrap).await.unwrap();
        let partition = TopicPartition::new("txn-out", 0);
        let reader = |level| {
            client
                .standalone_consumer()
                .assign([(partition.clone(), OffsetSpec::Earliest)])
                .isolation_level(level)
                .start()
        };
        let mut committed = reader(IsolationLevel::ReadCommitted).await.unwrap();
        assert_eq!(read_values(&mut committed, 2000).await, lines);
        while committed.lag(&partition) != Some(0) {
            let more = tokio::time::timeout(std::time::Duration::from_millis(50), committed.next()).await;
            assert!(more.is_err(), "{more:?}");
        }
        let end = committed.position(&partition).unwrap();
        // Every transaction ends with a marker, and about half of them were aborted.
        assert!(end > 2040, "{end}");

        let mut all = reader(IsolationLevel::ReadUncommitted).await.unwrap();
        let mut count = 0;
        while all.position(&partition) != Some(end) {
            count += all.next().await.unwrap().unwrap().len();
        }
        assert!(count > 2000, "{count}");
        committed.close().await;
        all.close().await;
        client.close().await;
    });
}
