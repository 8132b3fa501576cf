//! One broker and Kafka's own tools.

use std::time::Instant;

use real_kafka::{shared, tools};

#[test]
fn a_topic_is_created_and_described_by_the_tools() {
    real_kafka::require!();
    let begin = Instant::now();
    let cluster = shared().unwrap();
    eprintln!("started in {:?}", begin.elapsed());
    let bootstrap = cluster.bootstrap();
    for command in [
        &["--create", "--topic", "first", "--partitions", "3"][..],
        &["--describe", "--topic", "first"],
        &["--list"],
    ] {
        let begin = Instant::now();
        let mut arguments = vec!["--bootstrap-server", &bootstrap];
        arguments.extend(command);
        let output = tools().unwrap().run("kafka-topics", &arguments).unwrap();
        eprintln!("{command:?} in {:?}: {output:?}", begin.elapsed());
        assert_eq!(output.code, 0);
    }
}
