use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::hash::{Hash, SaltedPassword};
use super::message::{GREETING, GREETING_BASE64, ServerFinal, ServerFirst, encode_name};
use crate::sasl::{AuthErrorKind, Credentials, Mechanism, NONCE_LEN, Secret, Step};

/// The client's side of one SCRAM exchange.
pub(in crate::sasl) struct ScramClient {
    hash: Hash,
    password: Secret,
    nonce: String,
    /// The first message without its greeting: both sides sign it.
    first_bare: String,
    salted: Option<SaltedPassword>,
    state: State,
}

enum State {
    AwaitingFirst,
    AwaitingFinal {
        server_key: Zeroizing<Vec<u8>>,
        auth_message: String,
    },
    Ended,
}

impl ScramClient {
    pub(in crate::sasl) fn new(
        mechanism: Mechanism,
        credentials: &Credentials,
        nonce: &[u8; NONCE_LEN],
    ) -> Result<Self, AuthErrorKind> {
        Self::with_nonce(mechanism, credentials, STANDARD.encode(nonce))
    }

    /// As [`new`](Self::new), with the very text of the nonce.
    pub(super) fn with_nonce(
        mechanism: Mechanism,
        credentials: &Credentials,
        nonce: String,
    ) -> Result<Self, AuthErrorKind> {
        let (name, password, extension) = match credentials {
            Credentials::Password { username, password } => (username, password, ""),
            Credentials::DelegationToken { token_id, hmac } => (token_id, hmac, ",tokenauth=true"),
            Credentials::Bearer { .. } => return Err(credentials.mismatch(mechanism)),
        };
        if name.is_empty() || password.is_empty() {
            return Err(AuthErrorKind::BadCredentials(
                "user name and password may not be empty",
            ));
        }
        if name.contains('\0') {
            return Err(AuthErrorKind::BadCredentials(
                "a user name may not contain the character NUL",
            ));
        }
        Ok(Self {
            hash: Hash::of(mechanism)?,
            password: password.clone(),
            first_bare: format!("n={},r={nonce}{extension}", encode_name(name)),
            nonce,
            salted: None,
            state: State::AwaitingFirst,
        })
    }

    pub(in crate::sasl) fn first_message(&self) -> Vec<u8> {
        [GREETING, &self.first_bare].concat().into_bytes()
    }

    pub(in crate::sasl) fn reuse(&mut self, salted: SaltedPassword) {
        self.salted = Some(salted);
    }

    pub(in crate::sasl) fn salted_password(&self) -> Option<&SaltedPassword> {
        self.salted.as_ref()
    }

    pub(in crate::sasl) fn challenge(&mut self, message: &[u8]) -> Result<Step, AuthErrorKind> {
        // An error leaves the exchange ended.
        let state = std::mem::replace(&mut self.state, State::Ended);
        let message =
            std::str::from_utf8(message).map_err(|_| AuthErrorKind::BadMessage("it is not UTF-8"))?;
        match state {
            State::AwaitingFirst => self.handle_first(message),
            State::AwaitingFinal {
                server_key,
                auth_message,
            } => match ServerFinal::parse(message).map_err(AuthErrorKind::BadMessage)? {
                ServerFinal::Rejected(reason) => Err(AuthErrorKind::rejected(reason.as_bytes())),
                ServerFinal::Signature(signature)
                    if self.hash.verify(&server_key, auth_message.as_bytes(), &signature) =>
                {
                    Ok(Step::Done)
                }
                ServerFinal::Signature(_) => Err(AuthErrorKind::BadServerSignature),
            },
            State::Ended => Err(AuthErrorKind::Unexpected),
        }
    }

    fn handle_first(&mut self, message: &str) -> Result<Step, AuthErrorKind> {
        if let Some(reason) = message.strip_prefix("e=") {
            return Err(AuthErrorKind::rejected(reason.as_bytes()));
        }
        let first = ServerFirst::parse(message).map_err(AuthErrorKind::BadMessage)?;
        // The server must add to the nonce, or an old exchange could be played back to us.
        if !first.nonce.starts_with(&self.nonce) || first.nonce.len() == self.nonce.len() {
            return Err(AuthErrorKind::NonceMismatch);
        }
        let salted = match self.salted.take() {
            Some(salted) if salted.fits(self.hash, &first.salt, first.iterations) => salted,
            _ => SaltedPassword::hash(self.hash, &self.password, &first.salt, first.iterations)?,
        };
        let final_bare = format!("c={GREETING_BASE64},r={}", first.nonce);
        let auth_message = format!("{},{message},{final_bare}", self.first_bare);
        let proof = salted.client_proof(auth_message.as_bytes());
        let answer = format!("{final_bare},p={}", STANDARD.encode(proof));
        self.state = State::AwaitingFinal {
            server_key: Zeroizing::new(salted.server_key()),
            auth_message,
        };
        self.salted = Some(salted);
        Ok(Step::Send(answer.into_bytes()))
    }
}
