//! The shutdown signal of the server, with its deadline.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::session::settings::MAX_INTERVAL;

/// The deadline of the shutdown. `None` while the server runs.
pub(super) type Deadline = Option<Instant>;

/// Returns the instant after a duration, which may be longer than the clock can represent.
pub(super) fn deadline_after(time: Duration) -> Instant {
    Instant::now() + time.min(MAX_INTERVAL)
}

/// Signals the shutdown to every part of the server.
#[derive(Clone)]
pub(super) struct ShutdownSignal(watch::Receiver<Deadline>);

impl ShutdownSignal {
    pub(super) fn new() -> (watch::Sender<Deadline>, Self) {
        let (sender, receiver) = watch::channel(None);
        (sender, ShutdownSignal(receiver))
    }

    /// Waits until the shutdown begins. Returns the deadline, as it is at that time.
    pub(super) async fn requested(&mut self) -> Instant {
        match self.0.wait_for(Option::is_some).await {
            Ok(deadline) => deadline.unwrap_or_else(Instant::now),
            // The server has been dropped.
            Err(_) => Instant::now(),
        }
    }
    /// Waits until the deadline of the shutdown has passed. A later call of `shutdown` can only
    /// bring the deadline forward.
    pub(super) async fn deadline_passed(&mut self) {
        loop {
            let deadline = self.requested().await;
            tokio::select! {
                () = sleep_until(deadline) => return,
                _ = self.0.changed() => {}
            }
        }
    }
}
