//! What the scenarios have in common.

use std::error::Error;
use std::fmt::Write;
use std::future::Future;
use std::sync::{Once, OnceLock};

use kafka_client::client::{Client, ClientBuilder};
use kafka_client::config::Settings;
use real_kafka::{ClientProperties, KafkaCluster, Security};

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

/// A broker with a listener of every kind, and the user alice.
pub(crate) fn secured(what: &str) -> Option<&'static KafkaCluster> {
    static CLUSTER: OnceLock<Result<KafkaCluster, String>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| {
        let kinds = [
            Security::Plaintext,
            Security::Tls,
            Security::TlsExpired,
            Security::TlsOtherHost,
            Security::MutualTls,
            Security::SaslPlaintext,
            Security::SaslTls,
        ];
        let builder = kinds
            .into_iter()
            .fold(KafkaCluster::builder(), |builder, kind| builder.listener(kind));
        builder
            .user("alice", "wonderland")
            .start()
            .map_err(|error| error.to_string())
    });
    match cluster {
        Ok(cluster) => Some(cluster),
        Err(error) => {
            real_kafka::not_tested(what, error);
            None
        }
    }
}

/// A client with the settings of a `.properties` file.
pub(crate) fn client(properties: &ClientProperties) -> ClientBuilder {
    let settings = Settings::builder()
        .set_all(properties.iter())
        .and_then(|builder| builder.build());
    Client::builder().config(settings.expect("valid settings").connection)
}

/// An error with all that it came from.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, "; {error}");
        source = error.source();
    }
    text
}
