//! What a cluster is started with.

use protocol::sasl::{Mechanism, Secret};

/// Who may connect to the cluster, and who may do what. The default lets everybody do everything.
#[derive(Clone, Debug, Default)]
pub struct SecuritySettings {
    /// How clients prove who they are; none when they need not. It holds for every listener of the cluster; TLS is a matter of
    /// the listener and goes with either.
    pub sasl: Option<SaslSettings>,
    /// Whether access control entries are kept and enforced, as by Kafka's `StandardAuthorizer`. The property
    /// `authorizer.class.name`, when it is not empty, says the same.
    pub acls: bool,
    /// Principals to whom everything is allowed, as `User:admin`, beside those of the property `super.users`. Without
    /// them and with `acls`, nobody may create the first entry, unless `allow.everyone.if.no.acl.found` is `true`.
    pub super_users: Vec<String>,
}

/// How clients prove who they are.
#[derive(Clone, Debug)]
pub struct SaslSettings {
    /// The mechanisms that are offered. OAUTHBEARER takes unsecured tokens (`"alg": "none"`), as Kafka does when nothing
    /// is set for it.
    pub mechanisms: Vec<Mechanism>,
    /// The users. Each can log in by PLAIN and both SCRAMs, as far as they are offered. A cluster that is started again
    /// gives them these passwords again; other users and their SCRAM credentials are kept with its data.
    pub users: Vec<UserSettings>,
}

/// A user that is there from the start.
#[derive(Clone, Debug)]
pub struct UserSettings {
    /// The name, as `alice` in `User:alice`.
    pub name: String,
    /// The password.
    pub password: Secret,
}

impl SaslSettings {
    /// Offers `mechanisms`, to no user yet.
    pub fn new(mechanisms: impl IntoIterator<Item = Mechanism>) -> Self {
        Self {
            mechanisms: mechanisms.into_iter().collect(),
            users: Vec::new(),
        }
    }

    /// Adds a user.
    #[must_use]
    pub fn user(mut self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.users.push(UserSettings {
            name: name.into(),
            password: Secret::new(password.into()),
        });
        self
    }
}
