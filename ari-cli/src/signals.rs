//! Ctrl-C and SIGTERM, heard while requests are under way.

use std::time::Duration;

use crate::error::CliError;

/// Ctrl-C.
pub(crate) const SIGINT: u8 = 2;

/// The signal that `kill` sends.
#[cfg(unix)]
const SIGTERM: u8 = 15;

/// The timeout for cleanup after a signal.
const CLEANUP_TIMEOUT: Duration = Duration::from_secs(2);

/// Listens from its making on, so that nothing is killed half-way.
pub(crate) struct Signals {
    /// The number of signals received.
    heard: u32,
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
            heard: 0,
            interrupt: signal(SignalKind::interrupt()).map_err(listen_error)?,
            terminate: signal(SignalKind::terminate()).map_err(listen_error)?,
        })
    }

    /// Waits for a signal, and tells its number.
    pub(crate) async fn next(&mut self) -> u8 {
        let signal = tokio::select! {
            _ = self.interrupt.recv() => SIGINT,
            _ = self.terminate.recv() => SIGTERM,
        };
        self.heard += 1;
        signal
    }
}

#[cfg(windows)]
impl Signals {
    pub(crate) fn new() -> Result<Self, CliError> {
        let interrupt = tokio::signal::windows::ctrl_c().map_err(listen_error)?;
        Ok(Signals {
            heard: 0,
            interrupt,
        })
    }

    /// Waits for Ctrl-C.
    pub(crate) async fn next(&mut self) -> u8 {
        self.interrupt.recv().await;
        self.heard += 1;
        SIGINT
    }
}

impl Signals {
    /// Does something that a signal breaks off.
    pub(crate) async fn run_until_signal<T>(
        &mut self,
        work: impl Future<Output = Result<T, CliError>>,
    ) -> Result<T, CliError> {
        tokio::select! {
            result = work => result,
            signal = self.next() => Err(CliError::interrupted(signal)),
        }
    }

    /// Tidies up at the end, whether after a signal or not: for two seconds at most, and no longer
    /// than until a second signal.
    pub(crate) async fn run_cleanup(&mut self, work: impl Future) {
        if self.heard > 1 {
            return;
        }
        tokio::select! {
            _ = work => {}
            () = tokio::time::sleep(CLEANUP_TIMEOUT) => {}
            _ = self.next() => self.heard += 1,
        }
    }
}

fn listen_error(error: std::io::Error) -> CliError {
    CliError::other(format!("cannot listen for signals: {error}"))
}
