//! How a sandbox is put together.

mod check;
mod error;
mod start;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use crate::profile::{Profile, UnknownProfile};
use crate::sandbox::Sandbox;
use crate::security::{SaslSettings, SecuritySettings};
use crate::shell::{ClientAuth, Limits};

pub use error::StartError;

/// Settings of a sandbox, for [`Sandbox::builder`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), kafka_sandbox::StartError> {
/// let cluster = kafka_sandbox::Sandbox::builder()
///     .brokers(3)
///     .topic("orders", 6)
///     .property("message.max.bytes", "2000000")
///     .start()
///     .await?;
/// assert_eq!(cluster.bootstrap_servers().split(',').count(), 3);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is started"]
pub struct SandboxBuilder {
    brokers: i32,
    racks: BTreeMap<i32, String>,
    topics: Vec<(String, i32)>,
    host: String,
    advertised: Option<String>,
    port: u16,
    profile: Result<Profile, UnknownProfile>,
    properties: BTreeMap<String, String>,
    security: SecuritySettings,
    cluster_id: Option<String>,
    seed: Option<u64>,
    limits: Limits,
    tls: Option<ClientAuth>,
    data_dir: Option<PathBuf>,
}

/// As the `server.properties` has it that comes with Kafka: whoever tries things out need not wait for more members.
const NO_DELAY: [&str; 2] = ["group.initial.rebalance.delay.ms", "0"];

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            brokers: 3,
            racks: BTreeMap::new(),
            topics: Vec::new(),
            host: Ipv4Addr::LOCALHOST.to_string(),
            advertised: None,
            port: 0,
            profile: Ok(Profile::default()),
            properties: BTreeMap::from([NO_DELAY.map(str::to_owned).into()]),
            security: SecuritySettings::default(),
            cluster_id: None,
            seed: None,
            limits: Limits::default(),
            tls: None,
            data_dir: None,
        }
    }
}

impl Sandbox {
    /// Begins to put a cluster together; without any setting it has three brokers that keep their records in memory.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }
}

impl SandboxBuilder {
    /// How many brokers there are, with the ids 1, 2, 3 and so on; 3 unless said, at most 1000.
    pub fn brokers(mut self, count: i32) -> Self {
        self.brokers = count;
        self
    }

    /// Creates a topic of 1 to 10 000 partitions at the start, unless it is there from an earlier run with as many. Each
    /// partition has three replicas, or as many as there are brokers.
    pub fn topic(mut self, name: impl Into<String>, partitions: i32) -> Self {
        self.topics.push((name.into(), partitions));
        self
    }

    /// The port of the first broker; the others take those that follow. Unless said, or 0: each takes any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The address to listen at; 127.0.0.1 unless said, so that nobody else reaches the brokers. A name stands for its
    /// first IPv4 address, or its first.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// The host that clients are told to connect to. Unless said it is the [`host`](Self::host), or `localhost` when that is
    /// an address for all interfaces.
    pub fn advertise(mut self, host: impl Into<String>) -> Self {
        self.advertised = Some(host.into());
        self
    }

    /// The release of Apache Kafka to behave like: `2.1`, `2.8`, `3.9`, `4.0` or `4.4`, which is the default. Any other is an
    /// error at the start.
    pub fn profile(mut self, release: &str) -> Self {
        self.profile = release.parse();
        self
    }

    /// Has clients prove who they are. Unless said they need not, and are `User:ANONYMOUS`, or who their certificate says.
    pub fn sasl(mut self, sasl: SaslSettings) -> Self {
        self.security.sasl = Some(sasl);
        self
    }

    /// Keeps access control entries and enforces them; everything is allowed to `super_users`, such as `User:admin`, and to
    /// those of the property `super.users`. Unless said, everybody may do everything.
    pub fn acls<S: Into<String>>(mut self, super_users: impl IntoIterator<Item = S>) -> Self {
        self.security.acls = true;
        let super_users = super_users.into_iter().map(Into::into);
        self.security.super_users.extend(super_users);
        self
    }

    /// A broker config by its Java name, as in `server.properties`. Unless said, all have the defaults of the release, but for
    /// `group.initial.rebalance.delay.ms`, which is 0: a new group does not wait three seconds for more members.
    ///
    /// `max.connections` and `connections.max.idle.ms` count, too: see [`limits`](Self::limits). A name that brokers of the
    /// release do not know, and a value that they do not take, are errors at the start.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// The rack of a broker.
    pub fn rack(mut self, broker: i32, rack: impl Into<String>) -> Self {
        self.racks.insert(broker, rack.into());
        self
    }

    /// The id of the cluster, where none is stored; drawn unless said.
    pub fn cluster_id(mut self, id: impl Into<String>) -> Self {
        self.cluster_id = Some(id.into());
        self
    }

    /// Where random choices come from, such as ids of topics; drawn unless said.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Keeps records, and all else that lasts, in this directory, which is made if it is not there. Unless said they are
    /// kept in memory and gone with the sandbox.
    ///
    /// What was acknowledged survives the end of the process, however it ends.
    pub fn data_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(path.into());
        self
    }

    /// Encrypts connections by TLS 1.2 and 1.3, and asks clients for certificates, or not. The property `ssl.client.auth`
    /// (`none`, `requested`, `required`) is the stronger word.
    ///
    /// The CA that signs is made at the start: [`Sandbox::ca_certificate`] is what clients have to trust.
    pub fn tls(mut self, client_auth: ClientAuth) -> Self {
        self.tls = Some(client_auth);
        self
    }

    /// What connections may take.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}
