//! `DefaultPrincipalData`: not a call, but data.

use protocol_derive::Data;

/// The principal of a request that is passed on to the controller (KIP-590).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct DefaultPrincipalData {
    /// The type of the principal, as `User`.
    pub r#type: String,
    /// The name of the principal.
    pub name: String,
    /// Whether the principal authenticated with a delegation token.
    pub token_authenticated: bool,
}
