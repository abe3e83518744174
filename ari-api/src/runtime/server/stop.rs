//! The word that the server stops.

use tokio::sync::watch;
use tokio::time::Instant;

/// Until when everything has to have ended; none while the server runs.
pub(super) type Deadline = Option<Instant>;

/// Tells everything of a server that it stops.
#[derive(Clone)]
pub(super) struct Stop(watch::Receiver<Deadline>);

impl Stop {
    pub(super) fn new() -> (watch::Sender<Deadline>, Self) {
        let (sender, receiver) = watch::channel(None);
        (sender, Stop(receiver))
    }

    /// Waits until the server stops; tells until when everything has to have ended.
    pub(super) async fn asked(&mut self) -> Instant {
        match self.0.wait_for(Option::is_some).await {
            Ok(deadline) => deadline.unwrap_or_else(Instant::now),
            // The server has been dropped.
            Err(_) => Instant::now(),
        }
    }
}
