//! A node's `server.properties`.

use std::collections::BTreeMap;

use crate::{
    builder::ClusterBuilder,
    certificates::Certificates,
    node::Ports,
    release::{Quorum, Release},
    security::{Mechanism, Security},
};

/// The listener on which brokers talk to each other and the harness to them.
const INTERNAL: &str = "INTERNAL";
const CONTROLLER: &str = "CONTROLLER";

/// Who the brokers are to each other where an authorizer asks.
pub(crate) const INTERNAL_USER: &str = "real-kafka";
pub(crate) const INTERNAL_PASSWORD: &str = "between-brokers";

/// Properties by name.
pub(crate) type Properties = BTreeMap<String, String>;

/// What all nodes of a cluster have in common.
pub(crate) struct Common<'a> {
    pub(crate) release: Release,
    pub(crate) wanted: &'a ClusterBuilder,
    pub(crate) certificates: Option<&'a Certificates>,
    /// The ports of every node, the first one's first.
    pub(crate) ports: &'a [Ports],
    /// ZooKeeper's port, where there is one.
    pub(crate) zookeeper: Option<u16>,
}

/// Returns the properties of one node.
pub(crate) fn of_node(common: &Common<'_>, id: i32, ports: &Ports, log_dir: &str) -> Properties {
    let mut set = Setter(Properties::new());
    set.put("log.dirs", log_dir);
    quorum(&mut set, common, id);
    listeners(&mut set, common, ports);
    for &security in &common.wanted.listeners {
        listener_security(&mut set, common, security);
    }
    replication(&mut set, common.wanted.brokers);
    authorization(&mut set, common);
    // A group is not kept waiting for members that tests do not have.
    set.put("group.initial.rebalance.delay.ms", "0");
    // Lets a test see a member time out.
    set.put("group.min.session.timeout.ms", "500");
    // The default costs 130 MB of memory.
    set.put("log.cleaner.dedupe.buffer.size", "2097152");
    set.put("log.initial.task.delay.ms", "500");
    set.0.extend(common.wanted.properties.clone());
    set.0
}

/// Returns properties as the text of a file.
pub(crate) fn text(properties: &Properties) -> String {
    properties
        .iter()
        .map(|(name, value)| format!("{name}={value}\n"))
        .collect()
}

struct Setter(Properties);

impl Setter {
    fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }
}

fn quorum(set: &mut Setter, common: &Common<'_>, id: i32) {
    if common.release.quorum == Quorum::ZooKeeper {
        set.put("broker.id", id.to_string());
        set.put(
            "zookeeper.connect",
            format!("127.0.0.1:{}", common.zookeeper.unwrap_or_default()),
        );
        // A node started again must wait for its old session's end.
        set.put("zookeeper.session.timeout.ms", "3000");
        return;
    }
    set.put("process.roles", "broker,controller");
    set.put("node.id", id.to_string());
    set.put("controller.listener.names", CONTROLLER);
    let voters = (1..)
        .zip(common.ports)
        .map(|(id, ports)| format!("{id}@127.0.0.1:{}", ports.controller.number()));
    set.put("controller.quorum.voters", voters.collect::<Vec<_>>().join(","));
    // A lost node is noticed within seconds, and one that was killed and comes back is not taken for its own double for
    // nine.
    set.put("broker.heartbeat.interval.ms", "500");
    set.put("broker.session.timeout.ms", "3000");
    set.put("replica.lag.time.max.ms", "3000");
    set.put("controller.quorum.election.timeout.ms", "300");
    set.put("controller.quorum.election.backoff.max.ms", "100");
}

fn listeners(set: &mut Setter, common: &Common<'_>, ports: &Ports) {
    let internal_protocol = if common.wanted.super_users.is_some() {
        "SASL_PLAINTEXT"
    } else {
        "PLAINTEXT"
    };
    let mut bound = vec![format!("{INTERNAL}://127.0.0.1:{}", ports.internal.number())];
    let mut advertised = bound.clone();
    let mut protocols = vec![format!("{INTERNAL}:{internal_protocol}")];
    for (security, port) in &ports.listeners {
        let (name, port) = (security.listener(), port.number());
        let host = common
            .wanted
            .advertised
            .get(security)
            .map_or("127.0.0.1", String::as_str);
        bound.push(format!("{name}://127.0.0.1:{port}"));
        advertised.push(format!("{name}://{host}:{port}"));
        protocols.push(format!("{name}:{}", security.protocol()));
    }
    if common.release.quorum == Quorum::KRaft {
        bound.push(format!("{CONTROLLER}://127.0.0.1:{}", ports.controller.number()));
        protocols.push(format!("{CONTROLLER}:{internal_protocol}"));
    }
    set.put("listeners", bound.join(","));
    set.put("advertised.listeners", advertised.join(","));
    set.put("listener.security.protocol.map", protocols.join(","));
    set.put("inter.broker.listener.name", INTERNAL);
}

fn listener_security(set: &mut Setter, common: &Common<'_>, security: Security) {
    let prefix = format!("listener.name.{}", security.listener().to_lowercase());
    if let Some(certificates) = common.certificates.filter(|_| security.uses_tls()) {
        let own = match security {
            Security::TlsExpired => "expired",
            Security::TlsOtherHost => "elsewhere",
            _ => "server",
        };
        let mut store = |kind: &str, name: &str| {
            if common.release.pem_stores {
                set.put(&format!("{prefix}.ssl.{kind}.type"), "PEM");
                set.put(
                    &format!("{prefix}.ssl.{kind}.location"),
                    path(certificates, &format!("{name}.pem")),
                );
            } else {
                set.put(&format!("{prefix}.ssl.{kind}.type"), "PKCS12");
                set.put(
                    &format!("{prefix}.ssl.{kind}.location"),
                    path(certificates, &format!("{name}.p12")),
                );
                set.put(&format!("{prefix}.ssl.{kind}.password"), crate::pkcs12::PASSWORD);
            }
        };
        store("keystore", own);
        store("truststore", "ca");
        if !common.release.pem_stores {
            set.put(&format!("{prefix}.ssl.key.password"), crate::pkcs12::PASSWORD);
        }
        if security == Security::MutualTls {
            set.put(&format!("{prefix}.ssl.client.auth"), "required");
            set.put(
                &format!("{prefix}.ssl.principal.mapping.rules"),
                "RULE:^CN=([^,]+).*$/$1/,DEFAULT",
            );
        }
    }
    if security.uses_sasl() {
        let users: String = common
            .wanted
            .users
            .iter()
            .map(|user| format!(" user_{}=\"{}\"", user.name, user.password))
            .collect();
        for mechanism in Mechanism::ALL {
            let options = match mechanism {
                Mechanism::Plain => users.as_str(),
                Mechanism::ScramSha256 | Mechanism::ScramSha512 => "",
                Mechanism::OAuthBearer => " unsecuredLoginStringClaim_sub=\"broker\"",
            };
            let name = format!("{prefix}.{}.sasl.jaas.config", mechanism.name().to_lowercase());
            set.put(&name, format!("{} required{options};", mechanism.login_module()));
        }
        set.put(
            &format!("{prefix}.sasl.enabled.mechanisms"),
            Mechanism::ALL.map(Mechanism::name).join(","),
        );
    }
}

fn replication(set: &mut Setter, brokers: i32) {
    let (factor, in_sync) = (
        brokers.min(3).to_string(),
        (brokers.min(3) - 1).max(1).to_string(),
    );
    set.put("offsets.topic.replication.factor", &*factor);
    set.put("offsets.topic.num.partitions", "4");
    for topic in ["transaction.state.log", "share.coordinator.state.topic"] {
        set.put(&format!("{topic}.replication.factor"), &*factor);
        set.put(&format!("{topic}.min.isr"), &*in_sync);
    }
    set.put("transaction.state.log.num.partitions", "4");
    set.put("share.coordinator.state.topic.num.partitions", "4");
}

fn authorization(set: &mut Setter, common: &Common<'_>) {
    let Some(super_users) = &common.wanted.super_users else {
        return;
    };
    set.put("authorizer.class.name", common.release.authorizer);
    let names: Vec<_> = super_users
        .iter()
        .map(String::as_str)
        .chain([INTERNAL_USER])
        .collect();
    set.put(
        "super.users",
        names
            .iter()
            .map(|name| format!("User:{name}"))
            .collect::<Vec<_>>()
            .join(";"),
    );
    // Anonymous brokers would have to be super users, and with them whoever uses a plaintext listener.
    let module = Mechanism::Plain.login_module();
    let login = format!(
        "{module} required username=\"{INTERNAL_USER}\" password=\"{INTERNAL_PASSWORD}\" \
         user_{INTERNAL_USER}=\"{INTERNAL_PASSWORD}\";"
    );
    for listener in [INTERNAL, CONTROLLER] {
        let prefix = format!("listener.name.{}", listener.to_lowercase());
        set.put(&format!("{prefix}.plain.sasl.jaas.config"), &*login);
        set.put(&format!("{prefix}.sasl.enabled.mechanisms"), "PLAIN");
    }
    set.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    set.put("sasl.mechanism.controller.protocol", "PLAIN");
}

fn path(certificates: &Certificates, file: &str) -> String {
    certificates.file(file).display().to_string()
}
