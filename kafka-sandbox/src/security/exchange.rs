//! The broker's side of a SASL exchange.

use std::fmt;

use protocol::sasl::scram::{ScramLogin, ScramServer, ServerStep};
use protocol::sasl::{AuthErrorKind, BearerLogin, Mechanism};

use super::{Credentials, bearer, plain};

/// An exchange that is going on.
pub(super) enum Exchange {
    /// The client's message is awaited.
    Begun(Mechanism),
    /// The client's proof is awaited.
    Scram {
        mechanism: Mechanism,
        user: String,
        server: Box<ScramServer>,
    },
    /// The client was told why its token is refused, and is to acknowledge that.
    BearerRefused(String),
}

/// What an exchange needs to know beside its messages.
pub(crate) struct Surroundings<'a> {
    pub(crate) credentials: &'a Credentials,
    /// Random bytes, used once.
    pub(crate) nonce: [u8; 24],
    /// The time of day, in milliseconds since 1970.
    pub(crate) timestamp: i64,
    /// Whether the client had authenticated before (KIP-368): it is named so in what it is told.
    pub(crate) again: bool,
}

/// What a message led to.
pub(super) enum Progress {
    /// The exchange goes on after this answer.
    Challenge(Vec<u8>, Exchange),
    /// The client is who it claims to be.
    Done {
        user: String,
        message: Vec<u8>,
        /// When what the client proved itself by expires, in milliseconds since 1970.
        expires_ms: Option<i64>,
    },
    /// The client is not; it is told why.
    Failed(String),
    /// The message is such that a broker closes the connection without an answer.
    Broken,
}

pub(super) const OTHER_AUTHORIZATION_ID: &str =
    "Authentication failed: Client requested an authorization id that is different from username";

impl Exchange {
    pub(super) fn mechanism(&self) -> Mechanism {
        match self {
            Self::Begun(mechanism) | Self::Scram { mechanism, .. } => *mechanism,
            Self::BearerRefused(_) => Mechanism::OAuthBearer,
        }
    }

    /// Takes the client's next message.
    pub(super) fn take(self, message: &[u8], around: &Surroundings<'_>) -> Progress {
        match self {
            Self::Begun(Mechanism::Plain) => match plain::log_in(message, around.credentials) {
                Ok(user) => Progress::Done {
                    user,
                    message: Vec::new(),
                    expires_ms: None,
                },
                Err(refusal) => Progress::Failed(refusal),
            },
            Self::Begun(Mechanism::OAuthBearer) => bear(message, around),
            Self::Begun(mechanism) => greet(mechanism, message, around),
            Self::Scram {
                mechanism,
                user,
                server,
            } => {
                let of_other_length = is_proof_of_other_length(mechanism, message);
                match server.finish(message) {
                    Ok(ServerStep::Accepted(message)) => Progress::Done {
                        user,
                        message,
                        expires_ms: None,
                    },
                    // Kafka looks at the proof last.
                    Ok(ServerStep::Rejected) if of_other_length => Progress::Broken,
                    Ok(ServerStep::Rejected) | Err(_) => {
                        Progress::Failed(invalid_credentials(mechanism, around))
                    }
                }
            }
            Self::BearerRefused(refusal) => match message {
                [1] => Progress::Failed(refusal),
                _ => bear(message, around),
            },
        }
    }
}

fn greet(mechanism: Mechanism, message: &[u8], around: &Surroundings<'_>) -> Progress {
    let login = match ScramLogin::parse(mechanism, message) {
        Ok(login) => login,
        Err(error) if matches!(error.kind, AuthErrorKind::Rejected(_)) => {
            return Progress::Failed(OTHER_AUTHORIZATION_ID.to_owned());
        }
        Err(_) => return Progress::Failed(invalid_credentials(mechanism, around)),
    };
    let user = login.name().to_owned();
    let credential = around.credentials.scram(&user, mechanism);
    let Some(credential) = credential.filter(|_| !login.is_delegation_token()) else {
        return Progress::Failed(invalid_credentials(mechanism, around));
    };
    let (salt, iterations, keys) = (&credential.salt, credential.iterations, credential.keys.clone());
    let server = login.accept(salt, iterations, keys, &around.nonce);
    let challenge = server.first_message().to_vec();
    let server = Box::new(server);
    let next = Exchange::Scram {
        mechanism,
        user,
        server,
    };
    Progress::Challenge(challenge, next)
}

fn bear(message: &[u8], around: &Surroundings<'_>) -> Progress {
    let Ok(login) = BearerLogin::parse(message) else {
        return Progress::Failed(invalid_credentials(Mechanism::OAuthBearer, around));
    };
    let Some(claims) = bearer::read(login.token.expose(), around.timestamp) else {
        let refusal = r#"{"status":"invalid_token"}"#.to_owned();
        let challenge = refusal.clone().into_bytes();
        return Progress::Challenge(challenge, Exchange::BearerRefused(refusal));
    };
    let wanted = &login.authorization_id;
    if !wanted.is_empty() && *wanted != claims.subject {
        return Progress::Failed(format!(
            "Authentication failed: Client requested an authorization id ({wanted}) that is different from the \
             token's principal name ({})",
            claims.subject
        ));
    }
    Progress::Done {
        user: claims.subject,
        message: Vec::new(),
        expires_ms: Some(claims.expires_ms),
    }
}

fn invalid_credentials(mechanism: Mechanism, around: &Surroundings<'_>) -> String {
    let what = if around.again {
        "re-authentication"
    } else {
        "authentication"
    };
    format!("Authentication failed during {what} due to invalid credentials with SASL mechanism {mechanism}")
}

/// Whether the proof in a SCRAM client's last message cannot be one for its length: Kafka's brokers fail over it.
fn is_proof_of_other_length(mechanism: Mechanism, message: &[u8]) -> bool {
    let proof_len = match mechanism {
        Mechanism::ScramSha512 => 64,
        _ => 32,
    };
    let text = std::str::from_utf8(message).unwrap_or_default();
    let Some((_, proof)) = text.rsplit_once(",p=") else {
        return false;
    };
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let digits = proof.trim_end_matches('=');
    proof.len() % 4 == 0
        && !digits.is_empty()
        && digits.bytes().all(is_base64)
        && digits.len() * 3 / 4 < proof_len
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begun(mechanism) => f.debug_tuple("Begun").field(mechanism).finish(),
            Self::Scram { mechanism, user, .. } => {
                f.debug_tuple("Scram").field(mechanism).field(user).finish()
            }
            Self::BearerRefused(_) => f.write_str("BearerRefused"),
        }
    }
}
