use std::fmt;

use super::oauthbearer::{self, BearerClient};
use super::plain;
use super::scram::{SaltedPassword, ScramClient};
use super::step::{NONCE_LEN, Step};
use super::{AuthError, AuthErrorKind, Credentials, Mechanism};

/// The longest message of a peer that is looked at, in bytes.
const CHALLENGE_MAX: usize = 64 * 1024;

/// The client's side of one authentication.
pub struct SaslClient {
    mechanism: Mechanism,
    initial: Vec<u8>,
    exchange: Exchange,
}

enum Exchange {
    Bearer(BearerClient),
    Ended,
    Plain,
    Scram(ScramClient),
}

impl SaslClient {
    /// Starts an exchange. `nonce` must be random and used once; only SCRAM sends it.
    ///
    /// Fails when the credentials are of a kind that `mechanism` cannot use, are empty, or contain what the
    /// mechanism cannot transport.
    pub fn new(
        mechanism: Mechanism,
        credentials: &Credentials,
        nonce: &[u8; NONCE_LEN],
    ) -> Result<Self, AuthError> {
        Self::start(mechanism, credentials, nonce).map_err(|kind| kind.of(mechanism))
    }

    fn start(
        mechanism: Mechanism,
        credentials: &Credentials,
        nonce: &[u8; NONCE_LEN],
    ) -> Result<Self, AuthErrorKind> {
        let (initial, exchange) = match (mechanism, credentials) {
            (Mechanism::OAuthBearer, Credentials::Bearer { token, extensions }) => (
                oauthbearer::initial(token, extensions)?,
                Exchange::Bearer(BearerClient::default()),
            ),
            (Mechanism::Plain, Credentials::Password { username, password }) => {
                (plain::initial(username, password)?, Exchange::Plain)
            }
            (Mechanism::ScramSha256 | Mechanism::ScramSha512, _) => {
                let client = ScramClient::new(mechanism, credentials, nonce)?;
                (client.first_message(), Exchange::Scram(client))
            }
            _ => return Err(credentials.mismatch(mechanism)),
        };
        Ok(Self {
            mechanism,
            initial,
            exchange,
        })
    }

    /// Offers SCRAM the result of an earlier exchange, which saves the hashing when the broker asks for the same
    /// salt and iterations. It must come from the same user name and password.
    pub fn reuse(&mut self, salted: SaltedPassword) {
        if let Exchange::Scram(scram) = &mut self.exchange {
            scram.reuse(salted);
        }
    }

    /// Returns what SCRAM hashed the password to, to be given to [`reuse`](Self::reuse) on the next connection;
    /// `None` for other mechanisms and before the broker has named salt and iterations.
    ///
    /// Worth keeping only when the exchange ended with [`Step::Done`].
    pub fn salted_password(&self) -> Option<&SaltedPassword> {
        match &self.exchange {
            Exchange::Scram(scram) => scram.salted_password(),
            Exchange::Bearer(_) | Exchange::Ended | Exchange::Plain => None,
        }
    }

    /// Returns the mechanism in use.
    pub fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    /// Returns the first message, to be sent as it is. It holds secrets: it must not be logged.
    pub fn initial(&self) -> &[u8] {
        &self.initial
    }

    /// Returns why the broker rejects the token, when OAUTHBEARER has told so in its own words. The broker ends
    /// such an exchange with an error code, whose message may say less.
    pub fn rejection(&self) -> Option<&str> {
        match &self.exchange {
            Exchange::Bearer(bearer) => bearer.rejection(),
            Exchange::Ended | Exchange::Plain | Exchange::Scram(_) => None,
        }
    }

    /// Takes the broker's answer to the last message.
    ///
    /// **May take long for SCRAM**: the broker chooses how many times the password is hashed, at most
    /// [`ITERATIONS_MAX`](super::scram::ITERATIONS_MAX). Kafka's default of 4096 takes some milliseconds, the bound
    /// about a second; [`reuse`](Self::reuse) avoids it.
    pub fn challenge(&mut self, message: &[u8]) -> Result<Step, AuthError> {
        let step = if message.len() > CHALLENGE_MAX {
            Err(AuthErrorKind::BadMessage("it is longer than 64 KiB"))
        } else {
            match &mut self.exchange {
                Exchange::Bearer(bearer) => bearer.challenge(message),
                Exchange::Ended => Err(AuthErrorKind::Unexpected),
                Exchange::Plain => plain::challenge(message),
                Exchange::Scram(scram) => scram.challenge(message),
            }
        };
        match (&step, &self.exchange) {
            // SCRAM keeps its own end, so that the salted password can still be asked for.
            (Ok(Step::Done), Exchange::Scram(_)) | (Ok(Step::Send(_)), _) => {}
            _ => self.exchange = Exchange::Ended,
        }
        step.map_err(|kind| kind.of(self.mechanism))
    }
}

impl Drop for SaslClient {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.initial);
    }
}

impl fmt::Debug for SaslClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaslClient")
            .field("mechanism", &self.mechanism)
            .finish_non_exhaustive()
    }
}
