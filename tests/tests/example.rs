//! The example of `kafka-client`, run as it stands.

#[allow(
    dead_code,
    unreachable_pub,
    reason = "an example has a `main`, and is read by itself"
)]
#[path = "../../kafka-client/examples/orders.rs"]
mod orders;

use crate::support;

#[test]
fn the_example_reads_what_it_wrote_and_leaves_no_lag() {
    let Some(cluster) = support::shared("the example") else {
        return;
    };
    support::run(async {
        let bootstrap = cluster.bootstrap();
        let read = orders::orders(&bootstrap, "example-orders", "example-billing").await;
        assert_eq!(read.expect("the example works"), 3);
        let client = kafka_client::client::Client::connect(&bootstrap)
            .await
            .expect("a connection");
        let (_, lag) = client.admin().group_lags(["example-billing"]).await.remove(0);
        let lags: Vec<_> = lag
            .expect("the group's lag")
            .partitions
            .iter()
            .map(|partition| partition.lag())
            .collect();
        assert!(
            !lags.is_empty() && lags.iter().all(|lag| *lag == Some(0)),
            "{lags:?}"
        );
    });
}
