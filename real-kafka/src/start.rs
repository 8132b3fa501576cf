//! From a description to running processes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Error,
    builder::ClusterBuilder,
    certificates::Certificates,
    distribution::Distribution,
    format,
    guard::Guard,
    java,
    node::{Launch, Node, Ports, START_PATIENCE, lock},
    pkcs12,
    ports::Port,
    probe::{Coordinator, Probe},
    properties::{self, Common, INTERNAL_PASSWORD, INTERNAL_USER},
    release::{Logging, Quorum},
    security::{ClientProperties, Mechanism, Security},
};

/// The processes of a cluster and what is known about them.
///
/// Fields drop in order: the processes before the folder they use.
pub(crate) struct Started {
    pub(crate) nodes: Vec<Mutex<Node>>,
    zookeeper: Option<Mutex<Node>>,
    pub(crate) ports: Vec<Ports>,
    pub(crate) certificates: Option<Certificates>,
    pub(crate) wanted: ClusterBuilder,
    pub(crate) distribution: Distribution,
    pub(crate) guard: Arc<Guard>,
}

/// Starts a cluster with an option for its virtual machines.
pub(crate) fn launch(
    distribution: Distribution,
    wanted: ClusterBuilder,
    option: Option<String>,
) -> Result<Started, Error> {
    let guard = Guard::over_new_folder("real-kafka-")?;
    let certificates = certificates(&distribution, &wanted, guard.folder())?;
    let logging = logging_option(distribution.release().logging, guard.folder())?;
    let java: Vec<String> = [
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-Djava.awt.headless=true",
    ]
    .map(String::from)
    .into_iter()
    .chain(option)
    .chain([logging, "-cp".into(), distribution.class_path().into()])
    .collect();
    let ports = claim_ports(&wanted)?;

    let zookeeper = match distribution.release().quorum {
        Quorum::KRaft => None,
        Quorum::ZooKeeper => Some(start_zookeeper(&guard, &java, &distribution, &wanted)?),
    };
    let zookeeper_port = zookeeper.as_ref().map(|(_, port)| port.number());
    let common = Common {
        release: distribution.release(),
        wanted: &wanted,
        certificates: certificates.as_ref(),
        ports: &ports,
        zookeeper: zookeeper_port,
    };
    let mut nodes = broker_nodes(&guard, &java, &distribution, &common)?;
    for node in &mut nodes {
        node.launch()?;
    }
    for node in &mut nodes {
        node.wait_started()?;
    }
    let nodes = nodes.into_iter().map(Mutex::new).collect();
    let zookeeper = zookeeper.map(|(node, _)| Mutex::new(node));
    Ok(Started {
        nodes,
        zookeeper,
        ports,
        certificates,
        wanted,
        distribution,
        guard,
    })
}

/// Returns where a node keeps its records.
pub(crate) fn data_dir(folder: &Path, node: i32) -> PathBuf {
    folder.join(format!("data{node}"))
}

impl Started {
    pub(crate) fn bootstrap(&self, security: Security) -> String {
        let ports = self
            .ports
            .iter()
            .filter_map(|ports| ports.listeners.get(&security));
        ports
            .map(|port| format!("127.0.0.1:{}", port.number()))
            .collect::<Vec<_>>()
            .join(",")
    }

    pub(crate) fn index(&self, node: i32) -> Result<usize, Error> {
        let index = usize::try_from(node).ok().and_then(|node| node.checked_sub(1));
        index
            .filter(|&index| index < self.nodes.len())
            .ok_or(Error::NoSuchNode(node))
    }

    pub(crate) fn internal_properties(&self) -> ClientProperties {
        match self.login() {
            Some((user, password)) => {
                ClientProperties::new(Security::SaslPlaintext, None).sasl(Mechanism::Plain, user, password)
            }
            None => ClientProperties::new(Security::Plaintext, None),
        }
    }

    pub(crate) fn wait_ready(&self) -> Result<(), Error> {
        let deadline = Instant::now() + START_PATIENCE;
        while let Err(why) = self.look_ready()? {
            if Instant::now() > deadline {
                return Err(Error::Timeout(format!(
                    "the cluster was not ready within {} s: {why}",
                    START_PATIENCE.as_secs()
                )));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    pub(crate) fn stop(&self) -> Result<(), Error> {
        // All at once: the last of three controllers would wait in vain for a quorum to hand over to.
        for node in &self.nodes {
            lock(node).ask_to_stop()?;
        }
        for node in &self.nodes {
            lock(node).wait_stopped()?;
        }
        if let Some(zookeeper) = &self.zookeeper {
            lock(zookeeper).kill()?;
        }
        Ok(())
    }

    /// Returns what is still missing, in the inner result.
    fn look_ready(&self) -> Result<Result<(), String>, Error> {
        let mut running = Vec::new();
        for (id, (node, ports)) in (1..).zip(self.nodes.iter().zip(&self.ports)) {
            if lock(node).is_running()? {
                running.push((id, ports.internal.number()));
            }
        }
        if running.is_empty() {
            return Err(Error::Config("no node is running".into()));
        }
        for &(_, port) in &running {
            let look = || {
                let mut probe = Probe::connect(port, self.login())?;
                let seen = probe.brokers()?;
                match running.iter().find(|(id, _)| !seen.contains(id)) {
                    Some((missing, _)) => Err(format!("port {port} does not know node {missing} yet")),
                    None => Ok(probe),
                }
            };
            let ready = look().and_then(|mut probe| {
                probe.find_coordinator(Coordinator::Group)?;
                probe.find_coordinator(Coordinator::Transaction)
            });
            if ready.is_err() {
                return Ok(ready);
            }
        }
        Ok(Ok(()))
    }

    fn login(&self) -> Option<(&'static str, &'static str)> {
        self.wanted
            .super_users
            .is_some()
            .then_some((INTERNAL_USER, INTERNAL_PASSWORD))
    }
}

fn certificates(
    distribution: &Distribution,
    wanted: &ClusterBuilder,
    folder: &Path,
) -> Result<Option<Certificates>, Error> {
    if !wanted.listeners.iter().any(|security| security.uses_tls()) {
        return Ok(None);
    }
    let made = Certificates::make_in(&folder.join("certificates"))?;
    if !distribution.release().pem_stores {
        pkcs12::convert(distribution, &made)?;
    }
    Ok(Some(made))
}

/// Writes the logging configuration and returns the option that names it.
fn logging_option(logging: Logging, folder: &Path) -> Result<String, Error> {
    let path = folder.join("log4j.properties");
    let (text, option) = match logging {
        Logging::Log4j2 => (
            "status=warn\nappender.out.type=Console\nappender.out.name=out\nappender.out.layout.type=PatternLayout\n\
             appender.out.layout.pattern=[%d] %p %m (%c)%n\nrootLogger.level=info\nrootLogger.appenderRef.out.ref=out\n",
            format!("-Dlog4j2.configurationFile={}", path.display()),
        ),
        Logging::Reload4j | Logging::Included => (
            "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\n\
             log4j.appender.out.layout=org.apache.log4j.PatternLayout\n\
             log4j.appender.out.layout.ConversionPattern=[%d] %p %m (%c)%n\n",
            format!("-Dlog4j.configuration=file:{}", path.display()),
        ),
    };
    fs::write(&path, text).map_err(Error::io(format!("write {}", path.display())))?;
    Ok(option)
}

fn claim_ports(wanted: &ClusterBuilder) -> Result<Vec<Ports>, Error> {
    let mut nodes = Vec::new();
    for node in 0..wanted.brokers {
        let mut listeners = BTreeMap::new();
        for (index, &security) in (0..).zip(&wanted.listeners) {
            let port = match wanted.first_port {
                Some(first) => {
                    let number = u16::try_from(i32::from(first) + index * wanted.brokers + node);
                    Port::exactly(
                        number.map_err(|_| Error::Config(format!("ports from {first} on do not suffice")))?,
                    )?
                }
                None => Port::any()?,
            };
            listeners.insert(security, port);
        }
        nodes.push(Ports {
            internal: Port::any()?,
            controller: Port::any()?,
            listeners,
        });
    }
    Ok(nodes)
}

fn broker_nodes(
    guard: &Arc<Guard>,
    java: &[String],
    distribution: &Distribution,
    common: &Common<'_>,
) -> Result<Vec<Node>, Error> {
    let kraft = distribution.release().quorum == Quorum::KRaft;
    let template = if kraft {
        Some(format::template(distribution, common.wanted)?)
    } else {
        None
    };
    let cluster = format::random_cluster_id();
    let mut nodes = Vec::new();
    for (id, ports) in (1..).zip(common.ports) {
        let data = data_dir(guard.folder(), id);
        if let Some(template) = &template {
            format::lay_out(template, &data, &cluster, id)?;
        }
        let config = guard.folder().join(format!("server{id}.properties"));
        let properties = properties::of_node(common, id, ports, &data.display().to_string());
        fs::write(&config, properties::text(&properties))
            .map_err(Error::io(format!("write {}", config.display())))?;
        let mut java = java.to_vec();
        java.extend(["kafka.Kafka".into(), config.display().to_string()]);
        let ready = if kraft {
            "Kafka Server started".into()
        } else {
            format!("[KafkaServer id={id}] started")
        };
        let log = guard.folder().join(format!("server{id}.log"));
        nodes.push(Node::new(
            format!("node {id}"),
            guard,
            Launch { java, ready },
            log,
        ));
    }
    Ok(nodes)
}

/// Starts ZooKeeper and puts the users into it.
fn start_zookeeper(
    guard: &Arc<Guard>,
    java: &[String],
    distribution: &Distribution,
    wanted: &ClusterBuilder,
) -> Result<(Node, Port), Error> {
    let port = Port::any()?;
    let config = guard.folder().join("zookeeper.properties");
    let text = format!(
        "dataDir={}\nclientPort={}\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\ntickTime=1000\nmaxClientCnxns=0\n",
        guard.folder().join("zookeeper").display(),
        port.number()
    );
    fs::write(&config, text).map_err(Error::io(format!("write {}", config.display())))?;
    let mut launch = java.to_vec();
    let main = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
    launch.extend([main.into(), config.display().to_string()]);
    let launch = Launch {
        java: launch,
        ready: "binding to port".into(),
    };
    let mut node = Node::new(
        "ZooKeeper".into(),
        guard,
        launch,
        guard.folder().join("zookeeper.log"),
    );
    node.launch()?;
    node.wait_started()?;
    for user in wanted.users.iter().filter(|_| wanted.uses_sasl()) {
        let password = &user.password;
        let credentials = format!("SCRAM-SHA-256=[password={password}],SCRAM-SHA-512=[password={password}]");
        let mut tool = Command::new(java::program("java"));
        tool.args([
            "-XX:TieredStopAtLevel=1",
            "-cp",
            distribution.class_path(),
            "kafka.admin.ConfigCommand",
        ]);
        tool.args([
            "--zookeeper",
            &format!("127.0.0.1:{}", port.number()),
            "--alter",
            "--entity-type",
            "users",
        ]);
        tool.args(["--entity-name", &user.name, "--add-config", &credentials]);
        java::run_jdk("adding a SCRAM user", &mut tool)?;
    }
    Ok((node, port))
}
