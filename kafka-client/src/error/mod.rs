//! Errors: shared leaves here, one enum per operation beside the operation's own file.

mod class;
mod request;

pub use class::Class;
pub use request::{AuthError, BrokerError, RequestError, TransportError, TransportPhase, VersionError};
