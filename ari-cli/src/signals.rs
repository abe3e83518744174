//! Ctrl-C and SIGTERM.

use std::time::Duration;

use crate::error::CliError;

/// The number of the signal of Ctrl-C.
pub(crate) const SIGINT: u8 = 2;

/// The number of the signal that `kill` sends.
#[cfg(unix)]
const SIGTERM: u8 = 15;

/// The timeout for cleanup after a signal.
const CLEANUP_TIMEOUT: Duration = Duration::from_secs(2);

/// A listener for signals. From its creation, signals no longer kill the process.
pub(crate) struct Signals {
    /// The number of signals received.
    received: u32,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

#[cfg(unix)]
impl Signals {
    pub(crate) fn new() -> Result<Self, CliError> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            received: 0,
            interrupt: signal(SignalKind::interrupt()).map_err(listen_error)?,
            terminate: signal(SignalKind::terminate()).map_err(listen_error)?,
        })
    }

    /// Waits for a signal, and returns its number.
    pub(crate) async fn next(&mut self) -> u8 {
        let signal = tokio::select! {
            _ = self.interrupt.recv() => SIGINT,
            _ = self.terminate.recv() => SIGTERM,
        };
        self.received += 1;
        signal
    }
}

#[cfg(windows)]
impl Signals {
    pub(crate) fn new() -> Result<Self, CliError> {
        let interrupt = tokio::signal::windows::ctrl_c().map_err(listen_error)?;
        Ok(Signals {
            received: 0,
            interrupt,
        })
    }

    /// Waits for Ctrl-C.
    pub(crate) async fn next(&mut self) -> u8 {
        self.interrupt.recv().await;
        self.received += 1;
        SIGINT
    }
}

impl Signals {
    /// Runs a future until it completes or a signal arrives.
    pub(crate) async fn run_until_signal<T>(
        &mut self,
        work: impl Future<Output = Result<T, CliError>>,
    ) -> Result<T, CliError> {
        tokio::select! {
            result = work => result,
            signal = self.next() => Err(CliError::interrupted(signal)),
        }
    }

    /// Runs the cleanup at the end of a command, for two seconds at most, or until the second signal.
    pub(crate) async fn run_cleanup(&mut self, work: impl Future) {
        if self.received > 1 {
            return;
        }
        tokio::select! {
            _ = work => {}
            () = tokio::time::sleep(CLEANUP_TIMEOUT) => {}
            _ = self.next() => self.received += 1,
        }
    }
}

fn listen_error(error: std::io::Error) -> CliError {
    CliError::other(format!("cannot listen for signals: {error}"))
}
