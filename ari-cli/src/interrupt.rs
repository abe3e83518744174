//! Ctrl-C and SIGTERM, heard while requests are under way.

use crate::failure::Failure;

/// Listens from its making on, so that nothing is killed half-way.
pub(crate) struct Interrupt {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Interrupt {
    pub(crate) fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        let problem = |error| Failure::other(format!("cannot listen for signals: {error}"));
        Ok(Interrupt {
            interrupt: signal(SignalKind::interrupt()).map_err(problem)?,
            terminate: signal(SignalKind::terminate()).map_err(problem)?,
        })
    }

    /// Waits for a signal, and tells its number.
    pub(crate) async fn next(&mut self) -> u8 {
        tokio::select! {
            _ = self.interrupt.recv() => 2,
            _ = self.terminate.recv() => 15,
        }
    }
}

#[cfg(not(unix))]
impl Interrupt {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Interrupt {})
    }

    /// Waits for Ctrl-C.
    pub(crate) async fn next(&mut self) -> u8 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        2
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
}
