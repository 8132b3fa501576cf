//! The task that takes connections in and does what is due.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::connection::Connection;
use super::shared::{Accepted, Shared};
use super::stream::Stream;
use super::tls::Encryption;
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
        tokio::spawn(serve(counted, stream, from, self.door.clone()));
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
async fn serve(counted: Counted, stream: TcpStream, from: SocketAddr, door: Arc<Door>) {
    // Answers leave as a whole: waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let (stream, principal) = match &door.encryption {
        None => (Stream::Plain(stream), None),
        Some(encryption) => {
            // Boxed, so that connections without TLS do not have its size.
            let shaken = Box::pin(tokio::time::timeout(door.patience, encryption.accept(stream)));
            match shaken.await {
                Ok(Ok((stream, principal))) => (Stream::Tls(stream), principal),
                Ok(Err(error)) => return tracing::debug!("no TLS with {from}: {error}"),
                Err(_) => return tracing::debug!("no TLS with {from} in time"),
            }
        }
    };
    let peer = Peer {
        host: from.ip().to_canonical().to_string().into(),
        listener: door.listener.clone(),
        principal,
    };
    drop(door);
    let Some(link) = counted.shared.open_link(counted.broker, peer) else {
        return;
    };
    Connection::new(link, counted.shared.clone(), stream).await;
}
