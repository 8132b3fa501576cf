//! What the scenarios have in common.

use std::future::Future;
use std::sync::Once;

use real_kafka::KafkaCluster;

/// Runs a scenario. `RUST_LOG` says what it tells of itself.
pub(crate) fn run<T>(scenario: impl Future<Output = T>) -> T {
    static LOGS: Once = Once::new();
    LOGS.call_once(|| {
        let filter = tracing_subscriber::EnvFilter::from_default_env();
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_test_writer()
            .init();
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(scenario)
}

/// The cluster that scenarios share which leave it as they found it. None when there is no Java, which the run says.
pub(crate) fn shared(what: &str) -> Option<&'static KafkaCluster> {
    match real_kafka::shared() {
        Ok(cluster) => Some(cluster),
        Err(error) => {
            real_kafka::not_tested(what, &error.to_string());
            None
        }
    }
}
