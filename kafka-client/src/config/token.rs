use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use protocol::sasl::Secret;

/// A bearer token for OAUTHBEARER.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token itself.
    pub secret: Secret,
    /// What brokers are told beside it (KIP-342).
    pub extensions: Vec<(String, String)>,
    /// For how long it is valid from now on; none when that is not known, and then every connection asks for its own.
    pub expires_in: Option<Duration>,
}

/// Why there is no token. Its text reaches the user; it must hold no secret.
pub type TokenError = Box<dyn std::error::Error + Send + Sync>;

/// The future of a token.
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<Token, TokenError>> + Send>>;

/// Gives bearer tokens, e.g. by asking an identity provider (KIP-255, KIP-768).
///
/// The client asks early enough for a new token to be there before the old one expires, and never twice at once.
pub trait TokenProvider: Send + Sync + fmt::Debug {
    /// Asks for a token. Runs on the engine's thread: it must not block.
    fn token(&self) -> TokenFuture;
}
