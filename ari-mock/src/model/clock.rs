//! The server's clock, which either runs or is paused and advanced by the test.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ari_api::Timestamp;
use tokio::time::Instant;

/// The time since the server was started.
pub(crate) struct Clock {
    /// The date at which the server was started.
    started: SystemTime,
    /// The time that had passed at `since`, or the total if the clock is paused.
    elapsed: Duration,
    /// The time at which the clock was last started, if it is running.
    running_since: Option<Instant>,
}

impl Clock {
    pub(crate) fn new(started: SystemTime, running: bool) -> Self {
        Clock {
            started,
            elapsed: Duration::ZERO,
            running_since: running.then(Instant::now),
        }
    }

    pub(crate) fn now(&self) -> Duration {
        self.elapsed
            + self
                .running_since
                .map(|since| since.elapsed())
                .unwrap_or_default()
    }

    pub(crate) fn is_running(&self) -> bool {
        self.running_since.is_some()
    }

    pub(crate) fn pause(&mut self) {
        self.elapsed = self.now();
        self.running_since = None;
    }

    pub(crate) fn resume(&mut self) {
        self.running_since.get_or_insert_with(Instant::now);
    }

    /// Sets the time of a paused clock.
    pub(crate) fn set(&mut self, now: Duration) {
        self.elapsed = now;
        if self.running_since.is_some() {
            self.running_since = Some(Instant::now());
        }
    }

    /// Returns the seconds since 1970, which are used in channel ids.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.unix().as_secs()
    }

    fn unix(&self) -> Duration {
        let unix = self.started.duration_since(UNIX_EPOCH);
        unix.unwrap_or_default() + self.now()
    }

    /// Returns the time in Asterisk's format: `2026-11-23T01:08:51.332+0000`.
    pub(crate) fn timestamp(&self) -> String {
        Timestamp::from(UNIX_EPOCH + self.unix()).to_string()
    }
}
