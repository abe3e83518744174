//! The word that the server stops, and until when things have to happen.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::runtime::events::LONGEST;

/// Until when everything has to have ended; none while the server runs.
pub(super) type Deadline = Option<Instant>;

/// When so much time has passed, which may be more than a clock can add.
pub(super) fn after(time: Duration) -> Instant {
    Instant::now() + time.min(LONGEST)
}

/// Tells everything of a server that it stops.
#[derive(Clone)]
pub(super) struct Stop(watch::Receiver<Deadline>);

impl Stop {
    pub(super) fn new() -> (watch::Sender<Deadline>, Self) {
        let (sender, receiver) = watch::channel(None);
        (sender, Stop(receiver))
    }

    /// Waits until the server stops; tells until when everything has to have ended, as far as is
    /// known by now.
    pub(super) async fn asked(&mut self) -> Instant {
        match self.0.wait_for(Option::is_some).await {
            Ok(deadline) => deadline.unwrap_or_else(Instant::now),
            // The server has been dropped.
            Err(_) => Instant::now(),
        }
    }
    /// Waits until the server stops and everything has to have ended. Who is asked again to stop,
    /// sooner, stops sooner.
    pub(super) async fn over(&mut self) {
        loop {
            let deadline = self.asked().await;
            tokio::select! {
                () = sleep_until(deadline) => return,
                _ = self.0.changed() => {}
            }
        }
    }
}
