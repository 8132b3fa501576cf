use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::thread::JoinHandle;

use parking_lot::Mutex;

use super::clock::CoarseClock;
use super::driver::{Driver, World};
use super::shared::{Event, Shared};
use super::tls::Tls;
use crate::cluster::{EndpointError, Metadata};
use crate::config::{ConnectionConfig, SaslCredentials};
use crate::engine::{Engine, Status};
use crate::machine::Machine;

/// Where the engine and the sockets run.
#[derive(Clone, Debug, Default)]
pub enum Runtime {
    /// On a thread of their own: a task of the application that never yields cannot starve them.
    #[default]
    OwnThread,
    /// On this runtime, which must have I/O and time enabled.
    Tokio(tokio::runtime::Handle),
}

/// Why an engine could not be started.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A bootstrap server is not `host:port`, or there is none.
    #[error("bootstrap.servers: {0}")]
    Bootstrap(#[from] EndpointError),
    /// There are no random numbers to be had.
    #[error("the system gives no random numbers")]
    Random,
    /// The thread or its runtime could not be made.
    #[error("cannot start the client's thread")]
    Thread(#[source] Arc<std::io::Error>),
    /// A certificate or key cannot be used.
    #[error("TLS: {0}")]
    Tls(String),
}

/// Holds an engine that runs. Cheap to clone; when the last one is dropped the engine ends by itself.
#[derive(Clone, Debug)]
pub struct EngineHandle(Arc<Owner>);

#[derive(Debug)]
struct Owner {
    shared: Arc<Shared>,
    waker: Waker,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl EngineHandle {
    /// Starts an engine.
    ///
    /// # Errors
    ///
    /// When the settings cannot be used, or the system gives no thread. No broker is needed yet.
    pub fn start(config: Arc<ConnectionConfig>, runtime: &Runtime) -> Result<Self, StartError> {
        let mut seed = [0; 32];
        rustls::crypto::ring::default_provider()
            .secure_random
            .fill(&mut seed)
            .map_err(|_| StartError::Random)?;
        let tls = config
            .security
            .tls
            .as_ref()
            .map(Tls::new)
            .transpose()
            .map_err(StartError::Tls)?;
        let tokens = match config.security.sasl.as_ref().map(|sasl| &sasl.credentials) {
            Some(SaslCredentials::Provider(provider)) => Some(provider.clone()),
            Some(SaslCredentials::Fixed(_)) | None => None,
        };
        let world = World {
            tls: tls.map(Arc::new),
            tokens,
            frame_max: config.frame_max,
        };
        let mut engine = Engine::new(config, seed)?;
        let shared = Arc::new(Shared::new(CoarseClock::start()));
        engine.handle_start(shared.clock.exact());
        let (ours, thread) = (shared.clone(), |error| StartError::Thread(Arc::new(error)));
        let thread = match runtime {
            Runtime::Tokio(handle) => {
                let _guard = handle.enter();
                handle.spawn(Driver::new(engine, world, ours));
                None
            }
            Runtime::OwnThread => {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_io()
                    .enable_time()
                    .max_blocking_threads(4)
                    .thread_keep_alive(std::time::Duration::from_millis(100))
                    .build()
                    .map_err(thread)?;
                let run = move || {
                    runtime.block_on(async { Driver::new(engine, world, ours).await });
                    // A name server that does not answer must not hold up whoever closes the client.
                    runtime.shutdown_background();
                };
                Some(
                    std::thread::Builder::new()
                        .name("kafka-client".to_owned())
                        .spawn(run)
                        .map_err(thread)?,
                )
            }
        };
        Ok(Self::over(shared, thread))
    }

    pub(super) fn over(shared: Arc<Shared>, thread: Option<JoinHandle<()>>) -> Self {
        Self(Arc::new(Owner {
            waker: Waker::from(shared.clone()),
            shared,
            thread: Mutex::new(thread),
        }))
    }

    /// Hands a machine to the engine. It is dropped at once when the engine has ended.
    pub fn install(&self, machine: Box<dyn Machine>) {
        self.0.shared.post(Event::Install(machine));
    }

    /// The waker that makes the engine look at its machines.
    pub fn waker(&self) -> Waker {
        self.0.waker.clone()
    }

    /// A clock that costs next to nothing.
    pub fn clock(&self) -> CoarseClock {
        self.0.shared.clock.clone()
    }

    /// What is known of the cluster.
    pub fn metadata(&self) -> Arc<Metadata> {
        self.0.shared.metadata()
    }

    /// Waits until `look` finds something in the status; none when the engine has ended before. Look is called again
    /// at each change.
    pub async fn watch<T>(&self, mut look: impl FnMut(&Status) -> Option<T>) -> Option<T> {
        poll_fn(|cx| {
            let found = self
                .0
                .shared
                .watch(cx.waker(), |status, ended, _| match look(status) {
                    Some(found) => Some(Some(found)),
                    None => ended.then_some(None),
                });
            found.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    /// Ends the engine: machines are dropped and tell their callers, sockets are closed. Returns when nothing of it
    /// is left. Does the same for all clones of the handle.
    pub async fn close(&self) {
        self.0.shared.stop();
        poll_fn(|cx| {
            let ended = self.0.shared.watch(cx.waker(), |_, ended, _| ended.then_some(()));
            ended.map_or(Poll::Pending, Poll::Ready)
        })
        .await;
        // The task is over: the thread has only its runtime left to drop.
        if let Some(thread) = self.0.thread.lock().take() {
            let _ = thread.join();
        }
    }

    /// What the engine died of, if it did not end in peace.
    pub fn panic(&self) -> Option<String> {
        self.0
            .shared
            .watch(Waker::noop(), |_, _, panic| Some(panic.map(str::to_owned)))
            .flatten()
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.shared.stop();
    }
}
