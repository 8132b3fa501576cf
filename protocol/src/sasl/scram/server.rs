use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::hash::{Hash, SaltedPassword, StoredKeys};
use super::message::{GREETING, GREETING_BASE64, attribute, decode_name, is_nonce};
use crate::sasl::AuthErrorKind::BadMessage;
use crate::sasl::{AuthError, AuthErrorKind, Mechanism};

/// The client's first message: who wants to log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScramLogin {
    mechanism: Mechanism,
    name: String,
    token: bool,
    nonce: String,
    first_bare: String,
}

/// The server's side of one SCRAM exchange, after it has looked up the user.
#[derive(Debug)]
pub struct ScramServer {
    mechanism: Mechanism,
    hash: Hash,
    keys: StoredKeys,
    nonce: String,
    first: String,
    first_bare: String,
}

/// What the server answers to the client's last message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerStep {
    /// The client knows the password; these bytes prove that the server does too.
    Accepted(Vec<u8>),
    /// The client does not know the password. Kafka's brokers answer with `SASL_AUTHENTICATION_FAILED`.
    Rejected,
}

impl ScramLogin {
    /// Reads the client's first message.
    pub fn parse(mechanism: Mechanism, message: &[u8]) -> Result<Self, AuthError> {
        Self::read(mechanism, message).map_err(|kind| kind.of(mechanism))
    }

    fn read(mechanism: Mechanism, message: &[u8]) -> Result<Self, AuthErrorKind> {
        Hash::of(mechanism)?;
        let text = std::str::from_utf8(message).map_err(|_| BadMessage("it is not UTF-8"))?;
        let rest = text
            .strip_prefix("n,")
            .ok_or(BadMessage("it asks for channel binding"))?;
        let (authorization_id, first_bare) = rest.split_once(',').ok_or(BadMessage("it is too short"))?;
        let mut attributes = first_bare.split(',');
        let name = attribute(attributes.next(), "n=")
            .and_then(decode_name)
            .ok_or(BadMessage("the user name is missing or malformed"))?;
        let nonce = attribute(attributes.next(), "r=")
            .filter(|nonce| is_nonce(nonce))
            .ok_or(BadMessage("the nonce is missing or malformed"))?;
        if let Some(authorization_id) = attribute(Some(authorization_id), "a=") {
            if decode_name(authorization_id).as_ref() != Some(&name) {
                return Err(AuthErrorKind::Rejected(
                    "a client may act only as the user it authenticates as".to_owned(),
                ));
            }
        } else if !authorization_id.is_empty() {
            return Err(BadMessage("the authorization id is malformed"));
        }
        Ok(Self {
            mechanism,
            token: attributes.any(|extension| extension == "tokenauth=true"),
            nonce: nonce.to_owned(),
            first_bare: first_bare.to_owned(),
            name,
        })
    }

    /// Returns the user, or the id of the delegation token.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether [`name`](Self::name) is the id of a delegation token (KIP-48).
    pub fn is_delegation_token(&self) -> bool {
        self.token
    }

    /// Answers with the salt and iterations under which `keys` were made. `nonce` must be random and used once.
    pub fn accept(self, salt: &[u8], iterations: u32, keys: StoredKeys, nonce: &[u8]) -> ScramServer {
        self.accept_with(salt, iterations, keys, &STANDARD.encode(nonce))
    }

    /// As [`accept`](Self::accept) for a server that has the password at hand.
    pub fn accept_salted(self, salted: &SaltedPassword, nonce: &[u8]) -> ScramServer {
        self.accept(salted.salt(), salted.iterations(), salted.stored_keys(), nonce)
    }

    /// As [`accept`](Self::accept), with the very text that is added to the client's nonce.
    pub(super) fn accept_with(
        self,
        salt: &[u8],
        iterations: u32,
        keys: StoredKeys,
        nonce: &str,
    ) -> ScramServer {
        let nonce = self.nonce + nonce;
        let hash = match self.mechanism {
            Mechanism::ScramSha512 => Hash::Sha512,
            _ => Hash::Sha256,
        };
        ScramServer {
            mechanism: self.mechanism,
            hash,
            keys,
            first: format!("r={nonce},s={},i={iterations}", STANDARD.encode(salt)),
            first_bare: self.first_bare,
            nonce,
        }
    }
}

impl ScramServer {
    /// Returns the server's first message.
    pub fn first_message(&self) -> &[u8] {
        self.first.as_bytes()
    }

    /// Verifies the client's last message.
    pub fn finish(self, message: &[u8]) -> Result<ServerStep, AuthError> {
        let mechanism = self.mechanism;
        self.verify(message).map_err(|kind| kind.of(mechanism))
    }

    fn verify(self, message: &[u8]) -> Result<ServerStep, AuthErrorKind> {
        let text = std::str::from_utf8(message).map_err(|_| BadMessage("it is not UTF-8"))?;
        let (final_bare, proof) = text
            .rsplit_once(",p=")
            .ok_or(BadMessage("the proof is missing"))?;
        let mut attributes = final_bare.split(',');
        let binding =
            attribute(attributes.next(), "c=").ok_or(BadMessage("the channel binding is missing"))?;
        // A client that names itself in the greeting repeats that here.
        let named = || {
            STANDARD
                .decode(binding)
                .is_ok_and(|greeting| greeting.starts_with(b"n,a="))
        };
        if binding != GREETING_BASE64 && !named() {
            return Err(BadMessage(
                "the channel binding is not the one that was asked for",
            ));
        }
        debug_assert_eq!(STANDARD.encode(GREETING), GREETING_BASE64);
        if attribute(attributes.next(), "r=") != Some(&self.nonce) {
            return Err(AuthErrorKind::NonceMismatch);
        }
        let proof = STANDARD
            .decode(proof)
            .map_err(|_| BadMessage("the proof is not base64"))?;
        let auth_message = format!("{},{},{final_bare}", self.first_bare, self.first);
        if !self.keys.accepts(self.hash, &proof, auth_message.as_bytes()) {
            return Ok(ServerStep::Rejected);
        }
        let signature = self.hash.hmac(&self.keys.server_key, auth_message.as_bytes());
        Ok(ServerStep::Accepted(
            format!("v={}", STANDARD.encode(signature)).into_bytes(),
        ))
    }
}
