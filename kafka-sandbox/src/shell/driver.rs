//! The task that takes connections in and does what is due.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::connection::Connection;
use super::shared::Shared;
use super::stream::Stream;
use super::tls::Encryption;
use super::world::Accepted;
use crate::core::Peer;

/// How many connections are taken in a row before others have their turn.
const ACCEPTS_PER_TURN: usize = 64;
/// How long no connections are taken after one could not be: most often the process has no file descriptors left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How connections come in.
#[derive(Debug)]
pub(super) struct Door {
    /// The name of the listeners, e.g. `PLAINTEXT`.
    pub(super) listener: Arc<str>,
    /// What encrypts connections; none for plain text.
    pub(super) encryption: Option<Encryption>,
    /// How long a handshake may take.
    pub(super) patience: Duration,
}

/// Runs until the sandbox ends.
#[derive(Debug)]
pub(super) struct Driver {
    shared: Arc<Shared>,
    door: Arc<Door>,
    sleep: Pin<Box<Sleep>>,
    /// No connections are taken until then.
    accepts_at: Option<Instant>,
}

impl Driver {
    pub(super) fn new(shared: Arc<Shared>, door: Arc<Door>) -> Self {
        Self {
            shared,
            door,
            sleep: Box::pin(tokio::time::sleep(Duration::ZERO)),
            accepts_at: None,
        }
    }

    /// Takes connections in until none is left.
    fn accept(&mut self, cx: &mut Context<'_>) {
        for _ in 0..ACCEPTS_PER_TURN {
            match self.shared.poll_accept(cx) {
                Poll::Pending => return,
                Poll::Ready(Ok(accepted)) => self.serve(accepted),
                Poll::Ready(Err(error)) => {
                    tracing::warn!("a connection cannot be taken: {error}");
                    self.accepts_at = Some(Instant::now() + ACCEPT_PAUSE);
                    return;
                }
            }
        }
        cx.waker().wake_by_ref();
    }

    fn serve(&self, accepted: Accepted) {
        let Accepted {
            broker,
            stream: Some(stream),
            from,
        } = accepted
        else {
            tracing::debug!(
                "a connection from {} is refused: there are too many",
                accepted.from
            );
            return;
        };
        let counted = Counted {
            broker,
            shared: self.shared.clone(),
        };
        // Answers leave as a whole: waiting for more would only delay them.
        let _ = stream.set_nodelay(true);
        let peer = Peer {
            host: from.ip().to_canonical().to_string().into(),
            listener: self.door.listener.clone(),
            principal: None,
        };
        if self.door.encryption.is_some() {
            tokio::spawn(encrypt(counted, stream, peer, self.door.clone()));
        } else if let Some(link) = self.shared.open_link(broker, peer) {
            let connection = Connection::new(link, self.shared.clone(), Stream::Plain(stream));
            tokio::spawn(serve(counted, connection));
        }
    }
}

impl Future for Driver {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            let mut until = None;
            if this.shared.poll_due(cx, &mut until).is_ready() {
                return Poll::Ready(());
            }
            match this.accepts_at {
                Some(pause) if Instant::now() < pause => {
                    until = Some(until.map_or(pause, |due| due.min(pause)))
                }
                _ => {
                    this.accepts_at = None;
                    this.accept(cx);
                    if let Some(pause) = this.accepts_at {
                        until = Some(until.map_or(pause, |due| due.min(pause)));
                    }
                }
            }
            let Some(until) = until else {
                return Poll::Pending;
            };
            this.sleep.as_mut().reset(until);
            if this.sleep.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
        }
    }
}

/// A connection that counts among those of a broker.
struct Counted {
    broker: i32,
    shared: Arc<Shared>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.shared.uncount(self.broker);
    }
}

/// Serves a connection until its end.
async fn serve(_counted: Counted, connection: Connection) {
    connection.await;
}

/// Shakes hands, then serves the connection until its end.
async fn encrypt(counted: Counted, stream: TcpStream, mut peer: Peer, door: Arc<Door>) {
    let Some(encryption) = &door.encryption else {
        return;
    };
    // Boxed, so that the handshake is gone when it is over.
    let shaken = Box::pin(tokio::time::timeout(door.patience, encryption.accept(stream)));
    let (stream, principal) = match shaken.await {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => return tracing::debug!("no TLS with {}: {error}", peer.host),
        Err(_) => return tracing::debug!("no TLS with {} in time", peer.host),
    };
    drop(door);
    peer.principal = principal;
    if let Some(link) = counted.shared.open_link(counted.broker, peer) {
        Connection::new(link, counted.shared.clone(), Stream::Tls(stream)).await;
    }
}
