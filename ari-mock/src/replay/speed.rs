//! The speed of a replay.

use std::time::Duration;

/// The speed at which a recording is played.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Speed {
    /// As fast as the program acts: each message follows the one before at once, but messages that
    /// followed a request of the program wait for that request.
    Max,
    /// A multiple of the recorded speed: 1 for the recorded one, 10 for ten times as fast.
    Times(f64),
}

impl Speed {
    /// Waits for a time of the recording.
    pub(super) async fn wait(self, time: Duration) {
        match self {
            Speed::Times(factor) if factor > 0.0 => {
                let time = time.as_secs_f64() / factor;
                let time = Duration::try_from_secs_f64(time).unwrap_or(Duration::MAX);
                tokio::time::sleep(time).await;
            }
            // Lets the program act in between.
            _ => tokio::task::yield_now().await,
        }
    }
}
