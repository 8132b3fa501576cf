//! The cluster as its user holds it.

use std::sync::Arc;
use std::time::Duration;

use protocol::ApiKey;
use protocol::sasl::Mechanism;
use tokio::io::DuplexStream;

use crate::fault::{Command, CommandError, ConnectionEntry, Fault, FaultError, On, Requests, Rule, RuleId};
use crate::profile::Profile;
use crate::security::{SaslSettings, UserSettings};
use crate::shell::{Authority, Identity, Shell, TlsError};
use crate::state::{BrokerSettings, BrokerStatus};

/// A cluster that runs in this process, on a thread of its own.
///
/// It ends, and its ports are free again, when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    shell: Shell,
    brokers: Vec<BrokerSettings>,
    access: Access,
}

/// What clients have to know to get in.
#[derive(Debug)]
pub(crate) struct Access {
    /// The name of the listeners, which is that of the security protocol.
    pub(crate) listener: Arc<str>,
    pub(crate) authority: Option<Authority>,
    pub(crate) sasl: Option<SaslSettings>,
}

impl Sandbox {
    pub(crate) fn new(shell: Shell, brokers: Vec<BrokerSettings>, access: Access) -> Self {
        Self {
            shell,
            brokers,
            access,
        }
    }

    /// Where clients connect: all brokers, as `host:port`, joined by commas.
    pub fn bootstrap_servers(&self) -> String {
        let addresses = self.brokers.iter().map(address);
        addresses.collect::<Vec<_>>().join(",")
    }

    /// The brokers, by ascending id.
    pub fn brokers(&self) -> impl Iterator<Item = BrokerHandle<'_>> {
        self.brokers.iter().map(|settings| BrokerHandle {
            sandbox: self,
            settings,
        })
    }

    /// One broker; the first has the id 1.
    ///
    /// # Panics
    ///
    /// When there is no broker of that id.
    #[track_caller]
    pub fn broker(&self, id: i32) -> BrokerHandle<'_> {
        let found = self.brokers().find(|broker| broker.id() == id);
        found.unwrap_or_else(|| panic!("there is no broker {id}: there are {}", self.brokers.len()))
    }

    /// How clients connect, as their `security.protocol` has it: `PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`.
    pub fn security_protocol(&self) -> &str {
        &self.access.listener
    }

    /// The certificate in PEM that clients have to trust; none without TLS.
    pub fn ca_certificate(&self) -> Option<&str> {
        self.access.authority.as_ref().map(Authority::pem)
    }

    /// A certificate by which a client is `User:CN=name`.
    ///
    /// # Errors
    ///
    /// When the sandbox was started without TLS, or the name cannot be in a certificate.
    pub fn client_certificate(&self, name: &str) -> Result<Identity, TlsError> {
        let authority = self.access.authority.as_ref().ok_or(TlsError::Off)?;
        authority.for_client(name)
    }

    /// What clients have to set, by its Java name: `bootstrap.servers`, `security.protocol`, and what follows from that. With
    /// SASL they are those of the first user, password included.
    pub fn client_properties(&self) -> Vec<(String, String)> {
        let mut properties = vec![
            ("bootstrap.servers", self.bootstrap_servers()),
            ("security.protocol", self.security_protocol().to_owned()),
        ];
        if let Some(certificate) = self.ca_certificate() {
            properties.push(("ssl.truststore.type", "PEM".to_owned()));
            properties.push(("ssl.truststore.certificates", certificate.to_owned()));
        }
        if let Some(sasl) = &self.access.sasl
            && let Some(&mechanism) = sasl.mechanisms.iter().find(|&&one| one != Mechanism::OAuthBearer)
        {
            properties.push(("sasl.mechanism", mechanism.to_string()));
            let login = sasl.users.first().map(|user| login(mechanism, user));
            properties.extend(login.map(|login| ("sasl.jaas.config", login)));
        }
        let properties = properties.into_iter();
        properties.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The id of the cluster.
    pub fn cluster_id(&self) -> String {
        self.shell
            .shared()
            .with_core(|core, _| core.cluster_id().to_owned())
    }

    /// Begins a rule for requests of an API: what happens to those that match it. It is in force once it is whole, and until it
    /// has struck as often as it is to, or [`remove_rule`](Self::remove_rule) or [`clear_rules`](Self::clear_rules).
    ///
    /// The oldest rule that matches a request strikes it, and no other: those behind wait for the next.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kafka_sandbox::{ApiKey, ErrorCode, Sandbox};
    ///
    /// let cluster = Sandbox::builder().topic("orders", 6).start().await?;
    /// // The first three requests to broker 2 are refused; after them, and elsewhere, the first one is written and its answer lost.
    /// cluster.on(ApiKey::PRODUCE).broker(2).times(3).reply(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    /// cluster.on(ApiKey::PRODUCE).once().after_apply().drop_connection();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Where the rule is ended, when it could never strike: as for a topic of requests that name none, or a broker that does not
    /// exist.
    pub fn on(&self, api: ApiKey) -> On<impl FnOnce(Rule) -> RuleId> {
        On::new(Some(api), |rule| self.add_rule(rule))
    }

    /// As [`on`](Self::on), for requests of any API.
    ///
    /// # Panics
    ///
    /// As [`on`](Self::on).
    pub fn on_any(&self) -> On<impl FnOnce(Rule) -> RuleId> {
        On::new(None, |rule| self.add_rule(rule))
    }

    /// Puts a rule in force.
    ///
    /// # Panics
    ///
    /// When it could never strike: see [`Rule::check`].
    pub fn add_rule(&self, rule: Rule) -> RuleId {
        let text = rule.to_string();
        let added = self.shell.shared().with_core(|core, _| core.add_rule(rule));
        added.unwrap_or_else(|error| panic!("the rule {text:?} could never strike: {error}"))
    }

    /// Takes a fault as `kafkactl sandbox faults add` does: what is so already is fine, and the last broker that runs does not
    /// end for it.
    ///
    /// # Errors
    ///
    /// When a rule could never strike, or a command does not fit the cluster as it is.
    pub fn take_fault(&self, fault: Fault) -> Result<(), FaultError> {
        self.shell
            .shared()
            .with_core(|core, now| core.take_fault(now, fault))
    }

    /// Takes a rule out of force. Returns whether it was in. Requests and answers that it holds up go on.
    pub fn remove_rule(&self, id: RuleId) -> bool {
        self.shell
            .shared()
            .with_core(|core, now| core.remove_rule(now, id))
    }

    /// Takes all rules out of force. Requests and answers that rules hold up go on, also those of rules that have come to their
    /// end.
    pub fn clear_rules(&self) {
        self.shell.shared().with_core(|core, now| core.clear_rules(now));
    }

    /// The rules in force with what is left of their counts, oldest first.
    pub fn rules(&self) -> Vec<(RuleId, Rule)> {
        self.shell
            .shared()
            .with_core(|core, _| core.rules().cloned().collect())
    }

    /// The requests that arrived, with their times: the latest 65 536, and fewer where they take more than 16 MiB with all that
    /// they name; [`Requests::dropped`] says how many were forgotten.
    pub fn requests(&self) -> Requests {
        self.shell.shared().with_core(|core, _| core.requests())
    }

    /// Waits until `enough` finds in the requests what it looks for, and returns them. It is asked at once, and whenever requests
    /// have arrived; put a time-out around it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    /// use kafka_client::client::Client;
    /// use kafka_sandbox::{ApiKey, Sandbox};
    ///
    /// let cluster = Sandbox::builder().topic("orders", 1).start().await?;
    /// let client = Client::connect(cluster.bootstrap_servers()).await?;
    /// let mut consumer = client.consumer("billing").topics(["orders"]).start().await?;
    /// let fetched = cluster.requests_until(|requests| requests.of(ApiKey::FETCH).about("orders").count() > 0);
    /// tokio::select! {
    ///     requests = tokio::time::timeout(Duration::from_secs(30), fetched) => assert!(requests?.count() > 0),
    ///     batch = consumer.next() => panic!("there is nothing to read, and yet there came {batch:?}"),
    /// }
    /// # consumer.close().await;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn requests_until(&self, mut enough: impl FnMut(Requests) -> bool) -> Requests {
        loop {
            let mut arrival = std::pin::pin!(self.shell.shared().arrivals().notified());
            // Lest what arrives between the look and the wait is missed.
            arrival.as_mut().enable();
            let requests = self.requests();
            if enough(requests.clone()) {
                return requests;
            }
            arrival.await;
        }
    }

    /// The connections that brokers took, with their times: the latest 16 384, oldest first. A broker that is down takes none, and
    /// whoever tries is seen by nobody.
    pub fn connections(&self) -> Vec<ConnectionEntry> {
        self.shell
            .shared()
            .with_core(|core, _| core.connections().cloned().collect())
    }

    /// Forgets the requests that arrived, and the connections.
    pub fn clear_requests(&self) {
        self.shell.shared().with_core(|core, _| core.clear_requests());
    }

    /// Does something to the cluster. It is done when this returns: of a broker that was killed the port refuses connections.
    ///
    /// # Errors
    ///
    /// When it does not fit the cluster as it is; nothing has changed then.
    pub fn perform(&self, command: &Command) -> Result<(), CommandError> {
        self.shell
            .shared()
            .with_core(|core, now| core.perform(now, command))
    }

    /// Has another of its replicas lead a partition.
    ///
    /// # Errors
    ///
    /// When there is no such partition, or the broker is down or holds no replica of it.
    pub fn move_leader(&self, topic: &str, partition: i32, broker: i32) -> Result<(), CommandError> {
        self.perform(&Command::MoveLeader {
            topic: Arc::from(topic),
            partition,
            to: broker,
        })
    }

    /// Deletes a topic and creates it again, empty, with the same partitions and configs and another id.
    ///
    /// # Errors
    ///
    /// When there is no such topic.
    pub fn recreate_topic(&self, topic: &str) -> Result<(), CommandError> {
        self.perform(&Command::RecreateTopic(Arc::from(topic)))
    }

    /// Has another broker coordinate a group.
    ///
    /// # Errors
    ///
    /// When no client has asked for a coordinator yet, or the broker is down or holds no replica of what keeps the group.
    pub fn move_coordinator(&self, group: &str, broker: i32) -> Result<(), CommandError> {
        self.perform(&Command::MoveCoordinator {
            group: Arc::from(group),
            to: broker,
        })
    }

    /// Has another broker coordinate a transactional id.
    ///
    /// # Errors
    ///
    /// When no client has asked for a coordinator yet, or the broker is down or holds no replica of what keeps the id.
    pub fn move_transaction_coordinator(&self, id: &str, broker: i32) -> Result<(), CommandError> {
        self.perform(&Command::MoveTransactionCoordinator {
            transactional_id: Arc::from(id),
            to: broker,
        })
    }

    /// Aborts the open transaction of a transactional id, as if its time-out were over: its producer is fenced.
    ///
    /// # Errors
    ///
    /// When it has none, or nobody coordinates it.
    pub fn expire_transaction(&self, id: &str) -> Result<(), CommandError> {
        self.perform(&Command::ExpireTransaction(Arc::from(id)))
    }

    /// Has the markers of transactions written so long after their end was decided; at once with zero, as in the beginning.
    pub fn delay_markers(&self, delay: Duration) {
        // It always can.
        let _ = self.perform(&Command::DelayMarkers(delay));
    }

    /// Loses the records of a partition from an offset on, as an unclean election does.
    ///
    /// # Errors
    ///
    /// When there is no such partition, or its storage fails.
    pub fn cut_log(&self, topic: &str, partition: i32, offset: i64) -> Result<(), CommandError> {
        self.perform(&Command::CutLog {
            topic: Arc::from(topic),
            partition,
            offset,
        })
    }

    /// The ids of a group's members, sorted; none when there is no such group.
    pub fn members(&self, group: &str) -> Vec<String> {
        self.shell.shared().with_core(|core, _| core.members(group))
    }

    /// Takes a member of a group for lost, as if its session were over. [`members`](Self::members) says the ids.
    ///
    /// # Errors
    ///
    /// When there is no such member.
    pub fn expire_member(&self, group: &str, member: &str) -> Result<(), CommandError> {
        self.perform(&Command::ExpireMember {
            group: Arc::from(group),
            member: Arc::from(member),
        })
    }

    /// Ends the cluster and returns when its thread is gone and its ports are free. Dropping it does the same, but has the
    /// caller's thread wait.
    pub async fn shutdown(self) {
        self.shell.end().await;
    }
}

/// A broker of a sandbox.
#[derive(Clone, Copy, Debug)]
pub struct BrokerHandle<'a> {
    sandbox: &'a Sandbox,
    settings: &'a BrokerSettings,
}

impl BrokerHandle<'_> {
    /// Its id.
    pub fn id(&self) -> i32 {
        self.settings.id
    }

    /// Where clients connect to it, as `host:port`.
    pub fn address(&self) -> String {
        address(self.settings)
    }

    /// The host that clients are told to connect to.
    pub fn host(&self) -> &str {
        &self.settings.host
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.settings.port
    }

    /// Its rack, if it has one.
    pub fn rack(&self) -> Option<&str> {
        self.settings.rack.as_deref()
    }

    /// Whether it does its work.
    pub fn status(&self) -> BrokerStatus {
        let found = self.sandbox.shell.shared().with_core(|core, _| {
            let status = core.brokers().find(|&(id, _)| id == self.id());
            status.map(|(_, status)| status)
        });
        found.unwrap_or(BrokerStatus::Down)
    }

    /// Makes it cease to read and write and keep its connections, as after SIGSTOP. The others take its partitions over when
    /// its session has timed out (`broker.session.timeout.ms`, 9 s). Until then, or until `replica.lag.time.max.ms` is over,
    /// writes with acks=all wait for its replicas, and the high watermark with them.
    ///
    /// # Errors
    ///
    /// When it is not up.
    pub fn pause(&self) -> Result<(), CommandError> {
        self.sandbox.perform(&Command::Pause(self.id()))
    }

    /// Lets it go on when it is paused.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn resume(&self) -> Result<(), CommandError> {
        self.sandbox.perform(&Command::Resume(self.id()))
    }

    /// Ends it at once, as SIGKILL does: its connections break, its port refuses new ones, the others take its partitions over.
    /// What is written meanwhile its replicas lack: one that leads next, in an unclean election, loses it.
    ///
    /// # Errors
    ///
    /// When it is down.
    pub fn kill(&self) -> Result<(), CommandError> {
        self.sandbox.perform(&Command::Kill(self.id()))
    }

    /// Starts it again at the same port; when it is up, it ends first.
    ///
    /// # Errors
    ///
    /// When it cannot be.
    pub fn restart(&self) -> Result<(), CommandError> {
        self.sandbox.perform(&Command::Restart(self.id()))
    }

    /// Has it speak the versions of another Kafka from now on. Its connections end, as they do when a broker is upgraded.
    pub fn set_profile(&self, profile: Profile) {
        let broker = self.id();
        // There is such a broker.
        let _ = self.sandbox.perform(&Command::SetProfile { broker, profile });
    }

    /// Has it forget its fetch sessions, as a broker does whose cache is full (KIP-227).
    pub fn forget_fetch_sessions(&self) {
        // There is such a broker.
        let _ = self.sandbox.perform(&Command::ForgetFetchSessions(self.id()));
    }

    /// Connects to it without a socket. What is written to the stream it reads; none when the broker is down.
    ///
    /// Such a connection does not count among those of [`Limits::connections`](crate::Limits::connections).
    pub fn connect(&self) -> Option<DuplexStream> {
        self.sandbox.shell.connect(self.id())
    }
}

fn address(broker: &BrokerSettings) -> String {
    let BrokerSettings { host, port, .. } = broker;
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

/// The JAAS configuration by which a client is this user.
fn login(mechanism: Mechanism, user: &UserSettings) -> String {
    let module = match mechanism {
        Mechanism::Plain => "plain.PlainLoginModule",
        _ => "scram.ScramLoginModule",
    };
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let (name, password) = (quoted(&user.name), quoted(user.password.expose()));
    format!("org.apache.kafka.common.security.{module} required username=\"{name}\" password=\"{password}\";")
}
