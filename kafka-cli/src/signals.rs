//! Ctrl-C and SIGTERM, as events.

use tokio::signal;

use crate::error::{CliError, Kind};

/// Listens for the signals that end a command.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    terminate: signal::unix::Signal,
}

impl Signals {
    /// Begins to listen; from now on the signals do not end the process by themselves.
    pub fn listen() -> Result<Self, CliError> {
        Ok(Self {
            #[cfg(unix)]
            terminate: signal::unix::signal(signal::unix::SignalKind::terminate())?,
        })
    }

    /// Waits for the next signal and says which end it asks for.
    pub async fn next(&mut self) -> Kind {
        #[cfg(unix)]
        {
            tokio::select! {
                _ = signal::ctrl_c() => Kind::Interrupted,
                _ = self.terminate.recv() => Kind::Terminated,
            }
        }
        #[cfg(not(unix))]
        {
            let _ = signal::ctrl_c().await;
            Kind::Interrupted
        }
    }
}
