//! What happens at the start: ports, certificates, storage, the core.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use protocol::ErrorCode;

use super::SandboxBuilder;
use super::error::StartError;
use crate::core::Core;
use crate::profile::Profile;
use crate::sandbox::{Access, Sandbox};
use crate::shell::{Authority, ClientAuth, Encryption, Limits, Plan, Running, Shell, Thread};
use crate::state::{BrokerSettings, Settings};
use crate::storage::{DirectoryStorage, MemoryStorage, Storage};
use crate::time::Now;

/// Replicas of a topic that the builder makes, where there are so many brokers.
const REPLICAS: i16 = 3;

impl SandboxBuilder {
    /// Starts the brokers. When this returns they answer.
    ///
    /// # Errors
    ///
    /// When a setting cannot be, a port is in use, or what is stored cannot be read.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let (ready, started) = tokio::sync::oneshot::channel();
        // Whoever gave up waiting drops what was started.
        let thread = self.spawn(move |result| drop(ready.send(result)))?;
        let started = started.await.map_err(|_| StartError::died())?;
        finish(started, thread)
    }

    /// As [`start`](Self::start), for callers without a runtime.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn start_blocking(self) -> Result<Sandbox, StartError> {
        let (ready, started) = mpsc::sync_channel(1);
        let thread = self.spawn(move |result| drop(ready.send(result)))?;
        let started = started.recv().map_err(|_| StartError::died())?;
        finish(started, thread)
    }

    /// Starts the thread, which does all the rest: hosts are looked up and keys made there, not where the caller's tasks run.
    /// `ready` learns what came of it.
    fn spawn(
        self,
        ready: impl FnOnce(Result<Started, StartError>) + Send + 'static,
    ) -> Result<Thread, StartError> {
        Ok(Shell::start(move || self.plan(), ready)?)
    }

    /// What is to run, and how its core is made once the ports are known.
    fn plan(self) -> Result<(Plan, Open), StartError> {
        let profile = self.profile.clone()?;
        self.check(profile)?;
        let (authority, encryption) = match self.client_auth()? {
            None => (None, None),
            Some(client_auth) => {
                let authority = Authority::new()?;
                let encryption = Encryption::new(&authority, &self.names(), client_auth)?;
                (Some(authority), Some(encryption))
            }
        };
        let listener: Arc<str> = match (self.security.sasl.is_some(), encryption.is_some()) {
            (false, false) => "PLAINTEXT",
            (false, true) => "SSL",
            (true, false) => "SASL_PLAINTEXT",
            (true, true) => "SASL_SSL",
        }
        .into();
        let access = Access {
            listener: listener.clone(),
            authority,
            sasl: self.security.sasl.clone(),
        };
        let plan = Plan {
            addresses: self.addresses()?,
            limits: self.effective_limits(),
            listener,
            encryption,
        };
        let open = move |now: Now, addresses: &BTreeMap<i32, SocketAddr>| {
            let (core, brokers) = self.open(now, profile, addresses)?;
            Ok((core, (brokers, access)))
        };
        Ok((plan, Box::new(open)))
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
            (Some(_), Some(other)) => Err(StartError::Property {
                name: name.to_owned(),
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
    fn effective_limits(&self) -> Limits {
        let mut limits = self.limits.clone();
        // Checked before.
        let number = |name: &str| self.properties.get(name)?.trim().parse::<i64>().ok();
        if let Some(count) = number("max.connections") {
            limits.connections = usize::try_from(count).unwrap_or(usize::MAX);
        }
        if let Some(millis) = number("connections.max.idle.ms") {
            // A negative number is for ever.
            limits.idle = u64::try_from(millis).map_or(Duration::MAX, Duration::from_millis);
        }
        limits
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
        let missing = core.missing_brokers();
        if let Some(last) = missing.last() {
            return Err(StartError::Setting {
                name: "brokers",
                reason: format!(
                    "what is stored has replicas on brokers up to {last}, so that as many are needed"
                ),
            });
        }
        let replicas = i16::try_from(brokers.len()).map_or(REPLICAS, |count| count.min(REPLICAS));
        for (topic, partitions) in &self.topics {
            match core.create_topic(now, topic, *partitions, replicas) {
                Ok(()) => {}
                Err((ErrorCode::TOPIC_ALREADY_EXISTS, _)) => check_partitions(&core, topic, *partitions)?,
                Err((code, message)) => {
                    let name = topic.clone();
                    return Err(StartError::Topic { name, code, message });
                }
            }
        }
        Ok((core, brokers))
    }
}

/// Refuses another number of partitions than a topic has from an earlier run.
fn check_partitions(core: &Core, topic: &str, wanted: i32) -> Result<(), StartError> {
    match core.partition_count(topic) {
        Some(count) if usize::try_from(wanted) != Ok(count) => Err(StartError::Topic {
            name: topic.to_owned(),
            code: ErrorCode::TOPIC_ALREADY_EXISTS,
            message: Some(format!("it is there with {count} partitions instead of {wanted}")),
        }),
        _ => Ok(()),
    }
}

/// Makes the core, once it is known where the brokers listen.
type Open = Box<dyn FnOnce(Now, &BTreeMap<i32, SocketAddr>) -> Opened>;

/// A core that was made, its brokers, and what clients need to know.
type Opened = Result<(Core, (Vec<BrokerSettings>, Access)), StartError>;

/// What a thread that started gives back.
pub(super) type Started = (Running, (Vec<BrokerSettings>, Access));

/// Puts together what the user holds.
fn finish(started: Result<Started, StartError>, thread: Thread) -> Result<Sandbox, StartError> {
    let (running, (brokers, access)) = started?;
    let shell = Shell::of(running, access.listener.clone(), thread);
    Ok(Sandbox::new(shell, brokers, access))
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
    first_v4
        .or_else(|| found.first())
        .copied()
        .ok_or_else(|| no_host(None))
}
