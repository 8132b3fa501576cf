//! Who may do what: users and how they prove who they are, and access control entries.
//!
//! | file | what it holds |
//! |---|---|
//! | `settings` | what a cluster is started with |
//! | `credentials` | users: passwords for PLAIN, keys for SCRAM |
//! | `exchange`, `plain`, `bearer` | the broker's side of the SASL mechanisms |
//! | `session` | how far a connection is: what it may ask before it is authenticated, and until when it stays so |
//! | `acl` | access control entries, and filters for them |
//! | `authorizer` | what they allow |

pub(crate) mod acl;
mod authorizer;
mod bearer;
mod credentials;
mod exchange;
mod plain;
mod session;
mod settings;

pub(crate) use authorizer::{Authorizer, Who};
pub(crate) use credentials::{Credentials, ScramCredential};
pub(crate) use exchange::Surroundings;
pub(crate) use session::{Authentication, Choice, Session, Software};
pub use settings::{SaslSettings, SecuritySettings, UserSettings};

use std::collections::BTreeMap;

use protocol::sasl::Mechanism;

use acl::Acl;

/// What a cluster knows of users and their rights.
#[derive(Debug)]
pub(crate) struct Security {
    /// The mechanisms that connections must authenticate by; none when they need not.
    pub(crate) mechanisms: Option<Vec<Mechanism>>,
    pub(crate) credentials: Credentials,
    /// None when everybody may do everything.
    pub(crate) authorizer: Option<Authorizer>,
}

impl Security {
    /// Adds an access control entry, where they are kept.
    pub(crate) fn create_acl(&mut self, acl: Acl) {
        if let Some(authorizer) = &mut self.authorizer {
            authorizer.add(acl);
        }
    }

    /// Removes an access control entry.
    pub(crate) fn delete_acl(&mut self, acl: &Acl) {
        if let Some(authorizer) = &mut self.authorizer {
            authorizer.remove(acl);
        }
    }

    /// What `settings` want, with the brokers' `properties` beside them.
    pub(crate) fn new(settings: &SecuritySettings, properties: &BTreeMap<String, String>) -> Self {
        let property = |name: &str| properties.get(name).map_or("", |value| value.trim());
        let has_authorizer = settings.acls || !property("authorizer.class.name").is_empty();
        let authorizer = has_authorizer.then(|| {
            let named = property("super.users").split(';').map(str::trim);
            let named = named.filter(|name| !name.is_empty());
            let super_users = settings.super_users.iter().map(String::as_str).chain(named);
            let allow_everyone = property("allow.everyone.if.no.acl.found").eq_ignore_ascii_case("true");
            Authorizer::new(super_users, allow_everyone)
        });
        Self {
            mechanisms: settings.sasl.as_ref().map(|sasl| sasl.mechanisms.clone()),
            credentials: Credentials::new(settings.sasl.as_ref()),
            authorizer,
        }
    }
}
