use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Connections the system keeps for us until we take them.
const BACKLOG: u32 = 1024;

/// The port of a broker, which stays its own while the broker is down.
#[derive(Debug)]
pub(super) struct Listener {
    address: SocketAddr,
    state: State,
    /// Whether it should accept connections.
    wanted: bool,
    /// Connections that came in by it and are open.
    pub(super) open: usize,
}

#[derive(Debug)]
enum State {
    Accepting(TcpListener),
    /// Bound, so that nobody else gets the port, but not listening: whoever connects is refused.
    Reserved(TcpSocket),
    /// Somebody else has taken the port.
    Lost,
}

impl Listener {
    /// Takes a port, any free one for port 0. Must be called in the context of a runtime, as all else here.
    pub(super) fn reserve(address: SocketAddr) -> io::Result<Self> {
        let socket = bind(address)?;
        Ok(Self {
            address: socket.local_addr()?,
            state: State::Reserved(socket),
            wanted: false,
            open: 0,
        })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Says whether it should accept connections: [`open`](Self::open) and [`close`](Self::close) see to it.
    pub(super) fn accept(&mut self, wanted: bool) {
        self.wanted = wanted;
    }

    /// Begins to accept connections, if it should and does not yet.
    pub(super) fn open(&mut self) -> io::Result<()> {
        if !self.wanted {
            return Ok(());
        }
        let socket = match std::mem::replace(&mut self.state, State::Lost) {
            State::Accepting(listener) => {
                self.state = State::Accepting(listener);
                return Ok(());
            }
            State::Reserved(socket) => socket,
            State::Lost => bind(self.address)?,
        };
        self.state = State::Accepting(socket.listen(BACKLOG)?);
        Ok(())
    }

    /// Refuses connections from now on, also those that were not taken yet.
    pub(super) fn close(&mut self) {
        if matches!(self.state, State::Accepting(_)) {
            // The old socket has to be gone before the new one can be bound.
            self.state = State::Lost;
            if let Ok(socket) = bind(self.address) {
                self.state = State::Reserved(socket);
            }
        }
    }

    /// Takes a connection; pending while there is none, or while none are accepted.
    pub(super) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        match &self.state {
            State::Accepting(listener) => listener.poll_accept(cx),
            State::Reserved(_) | State::Lost => Poll::Pending,
        }
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    }?;
    // A port whose last connections are still being buried can be had at once. Elsewhere the option means that two
    // may share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
