//! A running cluster.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::MutexGuard,
};

use crate::{
    Error, archive,
    builder::ClusterBuilder,
    certificates::Certificates,
    distribution::Distribution,
    node::{Node, lock},
    release::Release,
    security::{ClientProperties, Mechanism, Security},
    start::{self, Started},
};

/// An Apache Kafka cluster on the loopback address.
///
/// Its processes and files go when it is dropped, and also when this process ends without dropping it, be it killed.
pub struct KafkaCluster {
    origin: Origin,
}

enum Origin {
    Ours(Box<Started>),
    /// Somebody else's, by `KAFKACTL_TEST_BOOTSTRAP`.
    External(String),
}

impl ClusterBuilder {
    /// Starts the cluster and returns when it serves, groups and transactions included.
    ///
    /// # Errors
    /// When Java or Maven is missing, the jars cannot be had, or a node does not start; then with the end of its log.
    pub fn start(self) -> Result<KafkaCluster, Error> {
        KafkaCluster::start(self.checked()?)
    }
}

impl KafkaCluster {
    /// Returns a description of a cluster, to be adapted and started.
    pub fn builder() -> ClusterBuilder {
        ClusterBuilder::default()
    }

    /// Returns a stand-in for a running cluster that takes plaintext connections, which only has an address.
    #[must_use]
    pub fn external(bootstrap: impl Into<String>) -> Self {
        Self {
            origin: Origin::External(bootstrap.into()),
        }
    }

    pub(crate) fn start(wanted: ClusterBuilder) -> Result<Self, Error> {
        let cluster = Self {
            origin: Origin::Ours(Box::new(launch(wanted)?)),
        };
        cluster.wait_ready()?;
        Ok(cluster)
    }

    /// Returns whether the cluster is somebody else's: nodes, files and logs are out of reach.
    #[must_use]
    pub fn is_external(&self) -> bool {
        matches!(self.origin, Origin::External(_))
    }

    /// Returns the bootstrap servers of the first listener, such as `127.0.0.1:20000,127.0.0.1:20001`.
    #[must_use]
    pub fn bootstrap(&self) -> String {
        match &self.origin {
            Origin::Ours(started) => started.bootstrap(started.wanted.listeners[0]),
            Origin::External(bootstrap) => bootstrap.clone(),
        }
    }

    /// Returns the bootstrap servers of a listener.
    ///
    /// # Errors
    /// When the cluster has no such listener, or is external and `security` is not plaintext.
    pub fn bootstrap_of(&self, security: Security) -> Result<String, Error> {
        match &self.origin {
            Origin::Ours(started) if started.wanted.listeners.contains(&security) => {
                Ok(started.bootstrap(security))
            }
            Origin::Ours(_) => Err(Error::Config(format!(
                "the cluster was not started with a listener {security:?}"
            ))),
            Origin::External(bootstrap) if security == Security::Plaintext => Ok(bootstrap.clone()),
            Origin::External(_) => Err(Error::External {
                what: "a secured listener",
            }),
        }
    }

    /// Returns the address of one node's first listener, such as `127.0.0.1:20000`.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`].
    pub fn address(&self, node: i32) -> Result<String, Error> {
        let started = self.ours("the address of a node")?;
        let ports = &started.ports[started.index(node)?];
        Ok(format!(
            "127.0.0.1:{}",
            ports.listeners[&started.wanted.listeners[0]].number()
        ))
    }

    /// Returns the bootstrap servers of the brokers' own listener and what a super user's client needs there.
    ///
    /// # Errors
    /// [`Error::External`].
    pub fn internal(&self) -> Result<(String, ClientProperties), Error> {
        let started = self.ours("the internal listener")?;
        let addresses: Vec<_> = started
            .ports
            .iter()
            .map(|ports| format!("127.0.0.1:{}", ports.internal.number()))
            .collect();
        Ok((addresses.join(","), started.internal_properties()))
    }

    /// Returns what a client needs for a listener without SASL.
    ///
    /// # Errors
    /// As [`KafkaCluster::bootstrap_of`]; and when the listener asks for SASL.
    pub fn client_properties(&self, security: Security) -> Result<ClientProperties, Error> {
        let bootstrap = self.bootstrap_of(security)?;
        if security.uses_sasl() {
            return Err(Error::Config(format!(
                "listener {security:?} asks for SASL: use sasl_properties"
            )));
        }
        let mut properties = ClientProperties::new(security, self.certificates().ok());
        properties.set("bootstrap.servers", bootstrap);
        Ok(properties)
    }

    /// Returns what a client needs to log in to a SASL listener as one of the cluster's users.
    ///
    /// # Errors
    /// As [`KafkaCluster::bootstrap_of`]; and when there is no such user or the listener asks for none.
    pub fn sasl_properties(
        &self,
        security: Security,
        mechanism: Mechanism,
        user: &str,
    ) -> Result<ClientProperties, Error> {
        let bootstrap = self.bootstrap_of(security)?;
        let started = self.ours("a user")?;
        if !security.uses_sasl() {
            return Err(Error::Config(format!(
                "listener {security:?} knows no users: use client_properties"
            )));
        }
        let user = started.wanted.users.iter().find(|have| have.name == user);
        let user = user.ok_or_else(|| Error::Config("the cluster was not started with that user".into()))?;
        let properties = ClientProperties::new(security, self.certificates().ok());
        let mut properties = properties.sasl(mechanism, &user.name, &user.password);
        properties.set("bootstrap.servers", bootstrap);
        Ok(properties)
    }

    /// Writes properties to a file that lives as long as the cluster and returns its path.
    ///
    /// # Errors
    /// [`Error::External`]; or when the file cannot be written.
    pub fn write_properties(&self, name: &str, properties: &ClientProperties) -> Result<PathBuf, Error> {
        let path = self.folder()?.join(format!("{name}.properties"));
        fs::write(&path, properties.to_string()).map_err(Error::io(format!("write {}", path.display())))?;
        Ok(path)
    }

    /// Returns the cluster's certificates.
    ///
    /// # Errors
    /// [`Error::External`]; or when no listener speaks TLS.
    pub fn certificates(&self) -> Result<&Certificates, Error> {
        let started = self.ours("a certificate")?;
        let none = || {
            Error::Config("the cluster was not started with a TLS listener and has no certificates".into())
        };
        started.certificates.as_ref().ok_or_else(none)
    }

    /// Returns the folder of everything that goes with the cluster.
    ///
    /// # Errors
    /// [`Error::External`].
    pub fn folder(&self) -> Result<&Path, Error> {
        Ok(self.ours("a folder of its own")?.guard.folder())
    }

    /// Returns the release that runs.
    ///
    /// # Errors
    /// [`Error::External`].
    pub fn release(&self) -> Result<Release, Error> {
        Ok(self.ours("the release")?.distribution.release())
    }

    /// Returns the ids of the nodes, running or not.
    ///
    /// # Errors
    /// [`Error::External`].
    pub fn nodes(&self) -> Result<Vec<i32>, Error> {
        Ok((1..=self.ours("a list of nodes")?.wanted.brokers).collect())
    }

    /// Returns a node's log directory.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`].
    pub fn data_dir(&self, node: i32) -> Result<PathBuf, Error> {
        let started = self.ours("a data directory")?;
        started.index(node)?;
        Ok(start::data_dir(started.guard.folder(), node))
    }

    /// Returns the last lines a node wrote to its log.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`].
    pub fn log_tail(&self, node: i32) -> Result<String, Error> {
        Ok(self.node("a broker's log", node)?.log_tail())
    }

    /// Returns the path of a node's log.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`].
    pub fn log_path(&self, node: i32) -> Result<PathBuf, Error> {
        Ok(self.node("a broker's log", node)?.log().to_owned())
    }

    /// Returns the process id of a running node.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`]; or when it is not running.
    pub fn pid(&self, node: i32) -> Result<u32, Error> {
        let process = self.node("a process id", node)?;
        process
            .pid()
            .ok_or_else(|| Error::Config(format!("node {node} is not running")))
    }

    /// Kills a node with SIGKILL and returns when it is gone.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`].
    pub fn kill(&self, node: i32) -> Result<(), Error> {
        self.node("killing a node", node)?.kill()
    }

    /// Ends a node in order: it hands its leaders over first. Returns when it is gone, after 30 s by force.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`].
    pub fn shut_down(&self, node: i32) -> Result<(), Error> {
        let mut node = self.node("shutting a node down", node)?;
        node.ask_to_stop()?;
        node.wait_stopped()
    }

    /// Freezes a node with SIGSTOP: its sockets stay open and nothing answers.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`]; or when it is not running.
    pub fn pause(&self, node: i32) -> Result<(), Error> {
        self.node("pausing a node", node)?.signal("STOP")
    }

    /// Lets a frozen node go on.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`]; or when it is not running.
    pub fn resume(&self, node: i32) -> Result<(), Error> {
        self.node("resuming a node", node)?.signal("CONT")
    }

    /// Starts a node that was killed or shut down; one that runs is shut down first. Returns when it serves.
    ///
    /// # Errors
    /// [`Error::NoSuchNode`]; [`Error::External`]; or when it does not start, with the end of its log.
    pub fn restart(&self, node: i32) -> Result<(), Error> {
        let mut process = self.node("restarting a node", node)?;
        process.ask_to_stop()?;
        process.wait_stopped()?;
        process.launch()?;
        process.wait_started()
    }

    /// Waits until every running node sees every other and a group and a transaction find their coordinators.
    ///
    /// # Errors
    /// When a running node ends meanwhile or that takes longer than two minutes.
    pub fn wait_ready(&self) -> Result<(), Error> {
        match &self.origin {
            Origin::Ours(started) => started.wait_ready(),
            Origin::External(_) => Ok(()),
        }
    }

    /// Ends all nodes in order and removes their files.
    ///
    /// # Errors
    /// When a process cannot be signalled.
    pub fn stop(self) -> Result<(), Error> {
        match &self.origin {
            Origin::Ours(started) => started.stop(),
            Origin::External(_) => Ok(()),
        }
    }

    fn ours(&self, what: &'static str) -> Result<&Started, Error> {
        match &self.origin {
            Origin::Ours(started) => Ok(started),
            Origin::External(_) => Err(Error::External { what }),
        }
    }

    fn node(&self, what: &'static str, node: i32) -> Result<MutexGuard<'_, Node>, Error> {
        let started = self.ours(what)?;
        Ok(lock(&started.nodes[started.index(node)?]))
    }
}

/// Starts a cluster, with a class archive if there is one or one is due.
fn launch(wanted: ClusterBuilder) -> Result<Started, Error> {
    let distribution = Distribution::obtain(Release::of(&wanted.version)?)?;
    archive::make_if_due(&distribution, wanted.brokers)?;
    let archive = distribution
        .archive()
        .map(|archive| format!("-XX:SharedArchiveFile={}", archive.display()));
    start::launch(distribution, wanted, archive)
}
