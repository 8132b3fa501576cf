use std::net::SocketAddr;
use std::sync::Arc;

use protocol::wire::Frame;

use crate::cluster::Endpoint;

/// A connection, or the attempt to make one. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub(super) u64);

/// What the world is to do.
#[derive(Debug)]
pub enum Action {
    /// Close the connection, or give up the attempt; nothing of it is to be reported any more.
    Close(LinkId),
    /// Make a connection, with TLS if configured, then call [`Engine::handle_connected`](super::Engine::handle_connected).
    Connect {
        /// The connection.
        link: LinkId,
        /// Where to.
        address: SocketAddr,
        /// The name that the certificate must be for.
        host: Arc<str>,
    },
    /// Look a name up, then call [`Engine::handle_resolved`](super::Engine::handle_resolved).
    Resolve {
        /// The connection it is for.
        link: LinkId,
        /// The name, and the port that belongs into the addresses.
        endpoint: Endpoint,
    },
    /// Ask the token provider, then call [`Engine::handle_token`](super::Engine::handle_token).
    Token,
    /// Write a frame.
    Write {
        /// The connection.
        link: LinkId,
        /// The bytes.
        frame: Frame,
        /// Whether to call [`Engine::handle_written`](super::Engine::handle_written) afterwards.
        report: bool,
    },
}
