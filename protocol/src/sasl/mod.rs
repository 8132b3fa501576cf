//! The SASL exchanges by which a client proves who it is, as machines without a socket.
//!
//! ```text
//! SaslHandshake(mechanism)     choose one that the broker offers
//! SaslClient::initial()   ──►  SaslAuthenticate
//! SaslClient::challenge() ◄──  its answer
//!      Step::Send         ──►  SaslAuthenticate, and so on
//!      Step::Done              the connection is authenticated
//! ```
//!
//! Nothing here reads a clock or draws random numbers: the nonce is an argument. The other side of each
//! exchange sits behind the feature `server`.

mod client;
mod credentials;
mod error;
#[cfg(feature = "testing")]
pub(crate) mod fuzz;
mod oauthbearer;
mod plain;
pub mod scram;
mod secret;
mod step;

pub use client::SaslClient;
pub use credentials::Credentials;
pub use error::{AuthError, AuthErrorKind};
#[cfg(any(feature = "server", test))]
pub use oauthbearer::BearerLogin;
#[cfg(any(feature = "server", test))]
pub use plain::PlainLogin;
pub use secret::Secret;
pub use step::{NONCE_LEN, Step};

use std::fmt;
use std::str::FromStr;

/// A way to authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mechanism {
    /// A bearer token (RFC 7628, KIP-255).
    OAuthBearer,
    /// User name and password as they are (RFC 4616): only safe inside TLS.
    Plain,
    /// A password proved by SHA-256 without sending it (RFC 7677, KIP-84).
    ScramSha256,
    /// A password proved by SHA-512 without sending it (KIP-84).
    ScramSha512,
}

impl Mechanism {
    /// Every mechanism, strongest first where they compare.
    pub const ALL: [Self; 4] = [
        Self::OAuthBearer,
        Self::ScramSha512,
        Self::ScramSha256,
        Self::Plain,
    ];

    /// Returns the name that `SaslHandshake` and `sasl.mechanism` know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OAuthBearer => "OAUTHBEARER",
            Self::Plain => "PLAIN",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::ScramSha512 => "SCRAM-SHA-512",
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Mechanism {
    type Err = UnknownMechanism;

    fn from_str(name: &str) -> Result<Self, UnknownMechanism> {
        Self::ALL
            .into_iter()
            .find(|mechanism| mechanism.name() == name)
            .ok_or_else(|| UnknownMechanism(name.to_owned()))
    }
}

/// A name that is not that of a [`Mechanism`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMechanism(pub String);

impl fmt::Display for UnknownMechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown SASL mechanism `{}`; use one of",
            self.0.escape_debug()
        )?;
        for (place, mechanism) in Mechanism::ALL.into_iter().enumerate() {
            write!(f, "{} {mechanism}", if place == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownMechanism {}
