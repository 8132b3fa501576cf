//! The world around the core: sockets on a thread of their own, so that a caller who blocks its runtime does not stall
//! the brokers.
//!
//! One task takes connections in and follows the core's deadlines; one task per connection moves bytes. All of them share
//! the core behind one lock, which nobody holds while waiting. Nothing ticks: without connections nothing runs.

mod clock;
mod connection;
mod driver;
mod limits;
mod listener;
mod outbox;
mod outflow;
mod shared;
mod stream;
mod tls;
mod world;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use tokio::io::DuplexStream;
use tokio::sync::oneshot;

use crate::core::{Core, Peer};
use crate::time::Now;

use clock::Clock;
use connection::Connection;
use driver::{Door, Driver};
pub use limits::Limits;
use listener::Listener;
pub(crate) use shared::Shared;
use stream::Stream;
pub(crate) use tls::{Authority, Encryption};
pub use tls::{ClientAuth, Identity, TlsError};

/// Bytes that wait between the two ends of a connection without a socket, each way.
const MEMORY_BUFFER: usize = 64 * 1024;

/// What a shell is to run.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Where each broker listens, by its id; port 0 for any free one.
    pub(crate) addresses: BTreeMap<i32, SocketAddr>,
    pub(crate) limits: Limits,
    /// The name of the listeners, e.g. `PLAINTEXT`.
    pub(crate) listener: Arc<str>,
    /// What encrypts connections; none for plain text.
    pub(crate) encryption: Option<Encryption>,
}

/// A port that cannot be had.
#[derive(Debug)]
pub(crate) struct NoPort {
    pub(crate) address: SocketAddr,
    pub(crate) source: io::Error,
}

/// A thread that runs brokers.
#[derive(Debug)]
pub(crate) struct Shell {
    running: Running,
    listener: Arc<str>,
    thread: Thread,
}

/// A thread, and word of its end.
#[derive(Debug)]
pub(crate) struct Thread {
    handle: Option<JoinHandle<()>>,
    /// Closed when the thread has let go of everything.
    gone: oneshot::Receiver<()>,
}

/// What a thread runs; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Running(Arc<Shared>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Shell {
    /// Starts the thread. `make` says what to run, and what makes the core once the ports are known; `ready` gets the shell,
    /// or what failed. Both run on the shell's own thread.
    pub(crate) fn start<T, E, O>(
        make: impl FnOnce() -> Result<(Plan, O), E> + Send + 'static,
        ready: impl FnOnce(Result<(Running, T), E>) + Send + 'static,
    ) -> io::Result<Thread>
    where
        E: From<NoPort> + From<io::Error> + 'static,
        T: 'static,
        O: FnOnce(Now, &BTreeMap<i32, SocketAddr>) -> Result<(Core, T), E> + 'static,
    {
        let (still_there, gone) = oneshot::channel::<()>();
        let run = move || {
            // Dropped last.
            let _still_there = still_there;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_io()
                .enable_time()
                .build();
            let runtime = match runtime {
                Ok(runtime) => runtime,
                Err(error) => return ready(Err(error.into())),
            };
            let (plan, open) = match make() {
                Ok(made) => made,
                Err(error) => return ready(Err(error)),
            };
            let door = Door {
                listener: plan.listener.clone(),
                encryption: plan.encryption.clone(),
                patience: plan.limits.setup,
            };
            let started = runtime.block_on(async { start(plan, open) });
            let shared = match started {
                Ok((shared, made)) => {
                    ready(Ok((Running(shared.clone()), made)));
                    shared
                }
                Err(error) => return ready(Err(error)),
            };
            runtime.block_on(async { Driver::new(shared.clone(), Arc::new(door)).await });
            shared.close();
        };
        let handle = Builder::new().name("kafka-sandbox".to_owned()).spawn(run)?;
        Ok(Thread {
            handle: Some(handle),
            gone,
        })
    }

    /// A shell whose thread runs.
    pub(crate) fn of(running: Running, listener: Arc<str>, thread: Thread) -> Self {
        Self {
            running,
            listener,
            thread,
        }
    }

    /// What the shell runs.
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.running.0
    }

    /// Ends the thread and returns when it is gone.
    pub(crate) async fn end(mut self) {
        self.shared().end();
        // Nothing is ever sent.
        let _ = (&mut self.thread.gone).await;
    }

    /// Connects to a broker without a socket; none when it is down.
    pub(crate) fn connect(&self, broker: i32) -> Option<DuplexStream> {
        let (ours, theirs) = tokio::io::duplex(MEMORY_BUFFER);
        let peer = Peer {
            host: Arc::from("127.0.0.1"),
            listener: self.listener.clone(),
            principal: None,
        };
        let link = self.shared().open_link(broker, peer)?;
        let connection = Connection::new(link, self.shared().clone(), Stream::Memory(ours));
        self.shared().spawn(connection);
        Some(theirs)
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.shared().end();
        // What a thread panicked with was printed when it did.
        let _ = self.thread.handle.take().map(JoinHandle::join);
    }
}

fn start<T, E: From<NoPort>>(
    plan: Plan,
    open: impl FnOnce(Now, &BTreeMap<i32, SocketAddr>) -> Result<(Core, T), E>,
) -> Result<(Arc<Shared>, T), E> {
    let mut listeners = BTreeMap::new();
    for (broker, address) in plan.addresses {
        let listener = Listener::reserve(address).and_then(|mut listener| {
            listener.accept(true);
            listener.open()?;
            Ok(listener)
        });
        listeners.insert(broker, listener.map_err(|source| NoPort { address, source })?);
    }
    let addresses = listeners
        .iter()
        .map(|(&broker, listener)| (broker, listener.address()))
        .collect();
    let clock = Clock::start();
    let (core, made) = open(clock.now(), &addresses)?;
    let shared = Shared::new(core, clock, plan.limits, listeners);
    Ok((Arc::new(shared), made))
}
