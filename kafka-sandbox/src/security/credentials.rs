//! Users: passwords for PLAIN, which come from the settings alone, and keys for SCRAM, which can be altered.

use std::collections::BTreeMap;
use std::fmt;

use protocol::sasl::scram::{ITERATIONS_MIN, SaltedPassword, StoredKeys};
use protocol::sasl::{Mechanism, Secret};
use serde::{Deserialize, Serialize};

use super::SaslSettings;

/// What is known of the users' passwords.
#[derive(Debug, Default)]
pub(crate) struct Credentials {
    passwords: BTreeMap<String, Secret>,
    scram: BTreeMap<String, BTreeMap<Mechanism, ScramCredential>>,
    /// Users of the settings, with what is yet to be hashed of their passwords.
    unhashed: Vec<(String, Secret, Mechanism)>,
}

/// What a broker keeps to verify a user by SCRAM.
///
/// It is written to the journal: neither the password nor what a client proves itself by can be had from it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ScramCredential {
    #[serde(with = "text")]
    pub(crate) salt: Vec<u8>,
    pub(crate) iterations: u32,
    #[serde(flatten, with = "Keys")]
    pub(crate) keys: StoredKeys,
}

/// How keys are written to the journal.
#[derive(Serialize, Deserialize)]
#[serde(remote = "StoredKeys")]
struct Keys {
    #[serde(with = "text")]
    stored_key: Vec<u8>,
    #[serde(with = "text")]
    server_key: Vec<u8>,
}

/// Bytes in base64.
mod text {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}

/// Bytes of the salt that the users of the settings get.
const SALT_LEN: usize = 16;

impl Credentials {
    /// The users of the settings.
    pub(crate) fn new(settings: Option<&SaslSettings>) -> Self {
        let Some(settings) = settings else {
            return Self::default();
        };
        let mut credentials = Self::default();
        for user in &settings.users {
            let scram = [Mechanism::ScramSha256, Mechanism::ScramSha512].into_iter();
            for mechanism in scram.filter(|one| settings.mechanisms.contains(one)) {
                let (name, password) = (user.name.clone(), user.password.clone());
                credentials.unhashed.push((name, password, mechanism));
            }
            let password = user.password.clone();
            credentials.passwords.insert(user.name.clone(), password);
        }
        credentials
    }

    /// Hashes the passwords of the settings for SCRAM, over whatever the users had before. Takes some milliseconds for each.
    pub(crate) fn hash_passwords(&mut self, rng: &mut fastrand::Rng) {
        for (user, password, mechanism) in std::mem::take(&mut self.unhashed) {
            let salt: Vec<u8> = std::iter::repeat_with(|| rng.u8(..)).take(SALT_LEN).collect();
            match SaltedPassword::derive(mechanism, &password, &salt, ITERATIONS_MIN) {
                Ok(salted) => {
                    let keys = salted.stored_keys();
                    let iterations = ITERATIONS_MIN;
                    self.set_scram(
                        user,
                        mechanism,
                        ScramCredential {
                            salt,
                            iterations,
                            keys,
                        },
                    );
                }
                Err(error) => tracing::error!("user {user:?} cannot log in: {error}"),
            }
        }
    }

    /// Whether this is the user's password for PLAIN.
    pub(crate) fn accepts(&self, user: &str, password: &Secret) -> bool {
        self.passwords.get(user).is_some_and(|known| known == password)
    }

    /// What is needed to verify a user by SCRAM.
    pub(crate) fn scram(&self, user: &str, mechanism: Mechanism) -> Option<&ScramCredential> {
        self.scram.get(user)?.get(&mechanism)
    }

    /// The users with SCRAM credentials, by name.
    pub(crate) fn scram_users(&self) -> impl Iterator<Item = &str> {
        self.scram.keys().map(String::as_str)
    }

    /// The SCRAM credentials of a user.
    pub(crate) fn scram_of(&self, user: &str) -> impl Iterator<Item = (Mechanism, &ScramCredential)> {
        let credentials = self.scram.get(user).into_iter().flatten();
        credentials.map(|(&mechanism, credential)| (mechanism, credential))
    }

    /// Gives a user a SCRAM credential in place of the one there was.
    pub(crate) fn set_scram(&mut self, user: String, mechanism: Mechanism, credential: ScramCredential) {
        self.scram.entry(user).or_default().insert(mechanism, credential);
    }

    /// Takes a SCRAM credential from a user.
    pub(crate) fn remove_scram(&mut self, user: &str, mechanism: Mechanism) {
        if let Some(credentials) = self.scram.get_mut(user) {
            credentials.remove(&mechanism);
            if credentials.is_empty() {
                self.scram.remove(user);
            }
        }
    }
}

impl fmt::Debug for ScramCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScramCredential")
            .field("iterations", &self.iterations)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_of_the_settings_get_keys_for_the_mechanisms_that_are_offered() {
        let settings = SaslSettings::new([Mechanism::Plain, Mechanism::ScramSha256]).user("alice", "secret");
        let mut credentials = Credentials::new(Some(&settings));
        credentials.hash_passwords(&mut fastrand::Rng::with_seed(1));
        assert!(credentials.accepts("alice", &Secret::from("secret")));
        assert!(!credentials.accepts("alice", &Secret::from("Secret")));
        assert!(!credentials.accepts("bob", &Secret::from("")));
        assert!(credentials.scram("alice", Mechanism::ScramSha256).is_some());
        assert!(credentials.scram("alice", Mechanism::ScramSha512).is_none());
        let shown = format!("{settings:?} {credentials:?}");
        assert!(!shown.contains("secret"), "{shown}");
        credentials.remove_scram("alice", Mechanism::ScramSha256);
        assert_eq!(credentials.scram_users().count(), 0);
    }
}
