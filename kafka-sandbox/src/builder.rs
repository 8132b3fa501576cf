//! How a sandbox is put together.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

use protocol::ErrorCode;

use crate::core::Core;
use crate::profile::{Profile, UnknownProfile};
use crate::sandbox::Sandbox;
use crate::security::SecuritySettings;
use crate::shell::{
    Authority, ClientAuth, Encryption, Limits, NoPort, Plan, Running, Shell, Thread, TlsError,
};
use crate::state::{BrokerSettings, Settings};
use crate::storage::{DirectoryStorage, MemoryStorage, Storage, StorageError};
use crate::time::Now;

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

/// The most brokers one sandbox has.
const BROKERS_MAX: i32 = 1000;
/// Replicas of a topic that the builder makes, where there are so many brokers.
const REPLICAS: i16 = 3;

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
            properties: BTreeMap::new(),
            security: SecuritySettings::default(),
            cluster_id: None,
            seed: None,
            limits: Limits::default(),
            tls: None,
            data_dir: None,
        }
    }
}

impl SandboxBuilder {
    /// How many brokers there are, with the ids 1, 2, 3 and so on; 3 unless said, at most 1000.
    pub fn brokers(mut self, count: i32) -> Self {
        self.brokers = count;
        self
    }

    /// Creates a topic at the start, unless it is there from an earlier run. Each partition has three replicas, or as
    /// many as there are brokers.
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

    /// Who may connect, and who may do what; everybody may do everything unless said.
    pub fn security(mut self, security: SecuritySettings) -> Self {
        self.security = security;
        self
    }

    /// A broker config by its Java name, as in `server.properties`.
    ///
    /// `max.connections` and `connections.max.idle.ms` count, too: see [`limits`](Self::limits).
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

    /// Starts the brokers. When this returns they answer.
    ///
    /// # Errors
    ///
    /// When a setting cannot be, a port is in use, or what is stored cannot be read.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let (ready, started) = tokio::sync::oneshot::channel();
        // Whoever gave up waiting drops what was started.
        let (security, thread) = self.spawn(move |result| drop(ready.send(result)))?;
        let started = started.await.map_err(|_| StartError::died())?;
        finish(started, security, thread)
    }

    /// As [`start`](Self::start), for callers without a runtime.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn start_blocking(self) -> Result<Sandbox, StartError> {
        let (ready, started) = mpsc::sync_channel(1);
        let (security, thread) = self.spawn(move |result| drop(ready.send(result)))?;
        let started = started.recv().map_err(|_| StartError::died())?;
        finish(started, security, thread)
    }

    fn spawn(
        self,
        ready: impl FnOnce(Result<Started, StartError>) + Send + 'static,
    ) -> Result<(Secured, Thread), StartError> {
        let profile = self.profile.clone()?;
        if !(1..=BROKERS_MAX).contains(&self.brokers) {
            return Err(StartError::Setting {
                name: "brokers",
                reason: format!("{} is not between 1 and {BROKERS_MAX}", self.brokers),
            });
        }
        if let Some(broker) = self
            .racks
            .keys()
            .find(|broker| !(1..=self.brokers).contains(broker))
        {
            return Err(StartError::Setting {
                name: "rack",
                reason: format!("there is no broker {broker}"),
            });
        }
        let (authority, encryption) = match self.client_auth()? {
            None => (None, None),
            Some(client_auth) => {
                let authority = Authority::new()?;
                let encryption = Encryption::new(&authority, &self.names(), client_auth)?;
                (Some(authority), Some(encryption))
            }
        };
        let listener: Arc<str> = if encryption.is_some() { "SSL" } else { "PLAINTEXT" }.into();
        let secured = Secured {
            listener: listener.clone(),
            authority,
        };
        let plan = Plan {
            addresses: self.addresses()?,
            limits: self.effective_limits()?,
            listener,
            encryption,
        };
        let open = move |now: Now, addresses: &BTreeMap<i32, SocketAddr>| self.open(now, profile, addresses);
        Ok((secured, Shell::start(plan, open, ready)?))
    }

    /// Whether there is TLS, and what clients have to show.
    fn client_auth(&self) -> Result<Option<ClientAuth>, StartError> {
        let name = "ssl.client.auth";
        match (self.tls, self.properties.get(name).map(String::as_str)) {
            (None, _) => Ok(None),
            (Some(client_auth), None) => Ok(Some(client_auth)),
            (Some(_), Some("none")) => Ok(Some(ClientAuth::None)),
            (Some(_), Some("requested")) => Ok(Some(ClientAuth::Requested)),
            (Some(_), Some("required")) => Ok(Some(ClientAuth::Required)),
            (Some(_), Some(other)) => Err(StartError::Setting {
                name,
                reason: format!("{other:?} is none of none, requested, required"),
            }),
        }
    }

    /// The names that certificates of brokers are for.
    fn names(&self) -> Vec<String> {
        let own = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let bare = |host: &String| host.trim_matches(['[', ']']).to_owned();
        let given = [Some(&self.host), self.advertised.as_ref()];
        let mut names: Vec<_> = own
            .into_iter()
            .chain(given.into_iter().flatten().map(bare))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Where each broker is to listen.
    fn addresses(&self) -> Result<BTreeMap<i32, SocketAddr>, StartError> {
        let host = resolve(&self.host)?;
        let mut addresses = BTreeMap::new();
        for broker in 1..=self.brokers {
            let port = match self.port {
                0 => Some(0),
                first => u16::try_from(i32::from(first) + broker - 1).ok(),
            };
            let port = port.ok_or_else(|| StartError::Setting {
                name: "port",
                reason: format!(
                    "from {} on there are not enough for {} brokers",
                    self.port, self.brokers
                ),
            })?;
            addresses.insert(broker, SocketAddr::new(host, port));
        }
        Ok(addresses)
    }

    /// The limits, with what the brokers' configs say of them.
    fn effective_limits(&self) -> Result<Limits, StartError> {
        let mut limits = self.limits.clone();
        let number = |name: &'static str| -> Result<Option<u64>, StartError> {
            let Some(value) = self.properties.get(name) else {
                return Ok(None);
            };
            value.trim().parse().map(Some).map_err(|_| StartError::Setting {
                name,
                reason: format!("{value:?} is no number"),
            })
        };
        if let Some(count) = number("max.connections")? {
            limits.connections = usize::try_from(count).unwrap_or(usize::MAX);
        }
        if let Some(millis) = number("connections.max.idle.ms")? {
            limits.idle = std::time::Duration::from_millis(millis);
        }
        Ok(limits)
    }

    fn open(
        self,
        now: Now,
        profile: Profile,
        addresses: &BTreeMap<i32, SocketAddr>,
    ) -> Result<(Core, Vec<BrokerSettings>), StartError> {
        let host = self
            .advertised
            .unwrap_or_else(|| match self.host.parse::<IpAddr>() {
                Ok(address) if address.is_unspecified() => "localhost".to_owned(),
                _ => self.host,
            });
        let brokers: Vec<_> = addresses
            .iter()
            .map(|(&id, address)| BrokerSettings {
                id,
                host: host.clone(),
                port: address.port(),
                rack: self.racks.get(&id).cloned(),
            })
            .collect();
        let settings = Settings {
            cluster_id: self.cluster_id,
            brokers: brokers.clone(),
            profile,
            properties: self.properties,
            security: self.security,
            seed: self.seed.unwrap_or_else(|| fastrand::u64(..)),
        };
        let storage: Box<dyn Storage> = match self.data_dir {
            None => Box::new(MemoryStorage::default()),
            Some(path) => Box::new(DirectoryStorage::open(path)?),
        };
        let mut core = Core::new(now, settings, storage)?;
        let replicas = i16::try_from(brokers.len()).map_or(REPLICAS, |count| count.min(REPLICAS));
        for (topic, partitions) in &self.topics {
            match core.create_topic(now, topic, *partitions, replicas) {
                Ok(()) | Err((ErrorCode::TOPIC_ALREADY_EXISTS, _)) => {}
                Err((code, message)) => {
                    let name = topic.clone();
                    return Err(StartError::Topic { name, code, message });
                }
            }
        }
        Ok((core, brokers))
    }
}

type Started = (Running, Vec<BrokerSettings>);

/// What clients have to know to get in.
struct Secured {
    listener: Arc<str>,
    authority: Option<Authority>,
}

fn finish(
    started: Result<Started, StartError>,
    secured: Secured,
    thread: Thread,
) -> Result<Sandbox, StartError> {
    let (running, brokers) = started?;
    let shell = Shell::of(running, secured.listener.clone(), thread);
    Ok(Sandbox::new(shell, brokers, secured.listener, secured.authority))
}

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A setting cannot be.
    #[error("setting {name}: {reason}")]
    Setting {
        /// Its name in the builder, or that of a property.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no such release to behave like.
    #[error(transparent)]
    Profile(#[from] UnknownProfile),
    /// The host has no address.
    #[error("{host:?} has no address to listen at")]
    Host {
        /// The host.
        host: String,
        /// What looking it up said, if it failed.
        source: Option<io::Error>,
    },
    /// A broker cannot listen.
    #[error("cannot listen at {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// There can be no TLS.
    #[error("cannot set TLS up")]
    Tls(#[from] TlsError),
    /// What is stored cannot be read.
    #[error("cannot open the storage")]
    Storage(#[from] StorageError),
    /// A topic cannot be created.
    #[error("cannot create topic {name:?}: {}", message.as_deref().unwrap_or_else(|| code.meaning()))]
    Topic {
        /// The topic.
        name: String,
        /// The broker's answer.
        code: ErrorCode,
        /// The broker's words.
        message: Option<String>,
    },
    /// The brokers' thread or its runtime cannot be started.
    #[error("cannot start the thread of the brokers")]
    Thread(#[from] io::Error),
}

impl StartError {
    /// The thread ended without a word, which it does when it panics.
    fn died() -> Self {
        Self::Thread(io::Error::other("the thread ended"))
    }
}

impl From<NoPort> for StartError {
    fn from(NoPort { address, source }: NoPort) -> Self {
        Self::Listen { address, source }
    }
}

fn resolve(host: &str) -> Result<IpAddr, StartError> {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Ok(address) = bare.unwrap_or(host).parse() {
        return Ok(address);
    }
    let no_host = |source| StartError::Host {
        host: host.to_owned(),
        source,
    };
    let found: Vec<_> = (host, 0)
        .to_socket_addrs()
        .map_err(|error| no_host(Some(error)))?
        .map(|address| address.ip())
        .collect();
    let first_v4 = found.iter().find(|address| address.is_ipv4());
    first_v4.or(found.first()).copied().ok_or_else(|| no_host(None))
}
