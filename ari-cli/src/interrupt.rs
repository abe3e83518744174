//! Ctrl-C and SIGTERM, heard while requests are under way.

use std::time::Duration;

use crate::failure::Failure;

/// Ctrl-C.
pub(crate) const SIGINT: u8 = 2;

/// The signal that `kill` sends.
#[cfg(unix)]
const SIGTERM: u8 = 15;

/// The timeout for cleanup after a signal.
const TIDYING: Duration = Duration::from_secs(2);

/// Listens from its making on, so that nothing is killed half-way.
pub(crate) struct Interrupt {
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
impl Interrupt {
    pub(crate) fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Interrupt {
            heard: 0,
            interrupt: signal(SignalKind::interrupt()).map_err(deaf)?,
            terminate: signal(SignalKind::terminate()).map_err(deaf)?,
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
impl Interrupt {
    pub(crate) fn new() -> Result<Self, Failure> {
        let interrupt = tokio::signal::windows::ctrl_c().map_err(deaf)?;
        Ok(Interrupt {
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

impl Interrupt {
    /// Does something that a signal breaks off.
    pub(crate) async fn or<T>(
        &mut self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::select! {
            result = work => result,
            signal = self.next() => Err(Failure::interrupted(signal)),
        }
    }

    /// Tidies up at the end, whether after a signal or not: for two seconds at most, and no longer
    /// than until a second signal.
    pub(crate) async fn briefly(&mut self, work: impl Future) {
        if self.heard > 1 {
            return;
        }
        tokio::select! {
            _ = work => {}
            () = tokio::time::sleep(TIDYING) => {}
            _ = self.next() => self.heard += 1,
        }
    }
}

fn deaf(error: std::io::Error) -> Failure {
    Failure::other(format!("cannot listen for signals: {error}"))
}
