//! Ctrl-C, SIGTERM and a terminal that is closed, as events.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::error::{CliError, Kind};

/// Listens for the signals that end a command.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    hang_up: Signal,
}

impl Signals {
    /// Begins to listen; from now on the signals do not end the process by themselves.
    pub fn listen() -> Result<Self, CliError> {
        Ok(Self {
            #[cfg(unix)]
            interrupt: signal(SignalKind::interrupt())?,
            #[cfg(unix)]
            terminate: signal(SignalKind::terminate())?,
            #[cfg(unix)]
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next signal and says which end it asks for.
    pub async fn next(&mut self) -> Kind {
        #[cfg(unix)]
        {
            tokio::select! {
                _ = self.interrupt.recv() => Kind::Interrupted,
                _ = self.terminate.recv() => Kind::Terminated,
                _ = self.hang_up.recv() => Kind::Terminated,
            }
        }
        #[cfg(not(unix))]
        {
            let _ = tokio::signal::ctrl_c().await;
            Kind::Interrupted
        }
    }
}
