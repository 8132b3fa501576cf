//! Two clusters that shall be one: a sandbox and a real Kafka, each with access control and the same users.

use std::future::Future;
use std::sync::OnceLock;
use std::time::Duration;

use kafka_client::admin::{CreateTopicsOptions, NewTopic};
use kafka_client::client::{Client, ClientBuilder};
use kafka_client::config::{SaslConfig, SaslCredentials, Settings};
use kafka_sandbox::{Sandbox, SaslSettings};
use protocol::sasl::{Credentials, Mechanism};
use real_kafka::{KafkaCluster, Security};

use crate::support::run;

/// Users by name and password: the first may do everything, the others nothing.
pub(super) const USERS: [(&str, &str); 6] = [
    ("admin", "admin-secret"),
    ("alice", "wonderland"),
    ("bob", "builder"),
    ("dave", "copperfield"),
    ("erin", "brockovich"),
    ("frank", "sinatra"),
];

/// Broker properties of both: quotas are measured over a second, not ten.
const PROPERTIES: [(&str, &str); 2] = [("quota.window.num", "2"), ("quota.window.size.seconds", "1")];

pub(super) const MECHANISMS: [Mechanism; 3] =
    [Mechanism::Plain, Mechanism::ScramSha256, Mechanism::ScramSha512];

/// How long something may take that a broker learns from another.
const PATIENCE: Duration = Duration::from_secs(15);

/// A cluster of one broker that demands SASL.
pub(super) enum Ground<'a> {
    Sandbox(Box<Sandbox>),
    Kafka(&'a KafkaCluster),
}

impl Ground<'_> {
    fn sandbox(properties: &[(&str, &str)]) -> Self {
        let sasl = SaslSettings::new(MECHANISMS.into_iter().chain([Mechanism::OAuthBearer]));
        let sasl = USERS
            .iter()
            .fold(sasl, |sasl, (name, password)| sasl.user(*name, *password));
        let builder = Sandbox::builder().brokers(1).sasl(sasl).acls(["User:admin"]);
        let builder = PROPERTIES
            .iter()
            .chain(properties)
            .fold(builder, |builder, (name, value)| builder.property(*name, *value));
        Self::Sandbox(Box::new(builder.start_blocking().unwrap()))
    }

    pub(super) fn bootstrap(&self) -> String {
        match self {
            Self::Sandbox(sandbox) => sandbox.bootstrap_servers(),
            Self::Kafka(cluster) => cluster.bootstrap(),
        }
    }

    /// The sandbox, for what only it can tell.
    pub(super) fn as_sandbox(&self) -> Option<&Sandbox> {
        match self {
            Self::Sandbox(sandbox) => Some(sandbox),
            Self::Kafka(_) => None,
        }
    }

    /// A client that logs in so.
    pub(super) fn login(&self, mechanism: Mechanism, user: &str, password: &str) -> ClientBuilder {
        Client::builder()
            .bootstrap(self.bootstrap())
            .client_id(user)
            .sasl(SaslConfig {
                mechanism,
                credentials: SaslCredentials::Fixed(Credentials::password(user, password)),
            })
    }

    /// A client that logs in with a token that nobody signed, as brokers take them unless told otherwise (KIP-255).
    pub(super) fn token(&self, user: &str) -> ClientBuilder {
        let login = format!(
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \
             unsecuredLoginStringClaim_sub=\"{user}\";"
        );
        let settings = Settings::builder()
            .set_all([
                ("bootstrap.servers", self.bootstrap().as_str()),
                ("client.id", user),
                ("security.protocol", "SASL_PLAINTEXT"),
                ("sasl.mechanism", "OAUTHBEARER"),
                ("sasl.jaas.config", &login),
            ])
            .and_then(|builder| builder.build());
        Client::builder().config(settings.unwrap().connection)
    }

    /// A connected client of one of the users.
    pub(super) async fn client(&self, user: &str) -> Client {
        let (_, password) = USERS.iter().find(|(name, _)| *name == user).unwrap();
        self.login(Mechanism::ScramSha256, user, password)
            .connect()
            .await
            .unwrap()
    }

    /// Creates a topic of one partition and returns its name.
    pub(super) async fn topic<'a>(&self, admin: &Client, name: &'a str) -> &'a str {
        let topic = NewTopic::new(name).partitions(1).replication_factor(1);
        let mut created = admin
            .admin()
            .create_topics([topic], CreateTopicsOptions::default())
            .await;
        created.remove(0).1.unwrap();
        name
    }

    /// Asks until the answer is as wanted. What was changed holds at once in the sandbox, while the broker of a real Kafka
    /// learns it from its controller.
    #[track_caller]
    pub(super) fn comes<T: std::fmt::Debug, F: Future<Output = T>>(
        &self,
        mut ask: impl FnMut() -> F,
        wanted: impl Fn(&T) -> bool,
    ) -> impl Future<Output = T> {
        let place = std::panic::Location::caller();
        let patience = match self {
            Self::Sandbox(_) => Duration::ZERO,
            Self::Kafka(_) => PATIENCE,
        };
        async move {
            let until = tokio::time::Instant::now() + patience;
            loop {
                let answer = ask().await;
                if wanted(&answer) {
                    return answer;
                }
                assert!(tokio::time::Instant::now() < until, "{place}: {answer:?}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Starts a real Kafka like the sandbox.
fn kafka(properties: &[(&str, &str)]) -> Result<KafkaCluster, String> {
    let builder = KafkaCluster::builder()
        .listener(Security::SaslPlaintext)
        .super_user("admin");
    let builder = USERS.iter().fold(builder, |builder, (name, password)| {
        builder.user(*name, *password)
    });
    let builder = PROPERTIES
        .iter()
        .chain(properties)
        .fold(builder, |builder, (name, value)| builder.property(*name, *value));
    builder.start().map_err(|error| error.to_string())
}

/// Runs a body on a sandbox.
pub(super) fn on_sandbox<T>(body: impl AsyncFn(&Ground<'_>) -> T) -> T {
    run(body(&Ground::sandbox(&[])))
}

/// Runs a body on a real Kafka that the bodies share: they use topics, groups and users of their own. None when there is
/// no Java, which the run says.
pub(super) fn on_kafka<T>(what: &str, body: impl AsyncFn(&Ground<'_>) -> T) -> Option<T> {
    static CLUSTER: OnceLock<Result<KafkaCluster, String>> = OnceLock::new();
    match CLUSTER.get_or_init(|| kafka(&[])) {
        Ok(cluster) => Some(run(body(&Ground::Kafka(cluster)))),
        Err(why) => {
            real_kafka::not_tested(what, why);
            None
        }
    }
}

/// Runs a body on a sandbox, and then on a real Kafka.
pub(super) fn twins(what: &str, body: impl AsyncFn(&Ground<'_>)) {
    on_sandbox(&body);
    println!("{what}: the sandbox did, now Kafka");
    on_kafka(what, &body);
}

/// Runs a body on a real Kafka of its own, with broker properties. None when there is no Java, which the run says.
pub(super) fn on_own_kafka<T>(
    what: &str,
    properties: &[(&str, &str)],
    body: impl AsyncFn(&Ground<'_>) -> T,
) -> Option<T> {
    match kafka(properties) {
        Ok(cluster) => Some(run(body(&Ground::Kafka(&cluster)))),
        Err(why) => {
            real_kafka::not_tested(what, &why);
            None
        }
    }
}

/// As [`twins`], with broker properties, and so with clusters of their own.
pub(super) fn twins_with(what: &str, properties: &[(&str, &str)], body: impl AsyncFn(&Ground<'_>)) {
    run(body(&Ground::sandbox(properties)));
    println!("{what}: the sandbox did, now Kafka");
    on_own_kafka(what, properties, &body);
}
