//! The server's clock: it runs, or stands still until it is advanced.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ari_api::runtime::Timestamp;
use tokio::time::Instant;

/// Time since the server was started.
pub(crate) struct Clock {
    started: SystemTime,
    /// What has passed up to `since`, or in all while the clock stands.
    passed: Duration,
    /// Since when it runs.
    since: Option<Instant>,
}

impl Clock {
    pub(crate) fn new(running: bool) -> Self {
        Clock {
            started: SystemTime::now(),
            passed: Duration::ZERO,
            since: running.then(Instant::now),
        }
    }

    pub(crate) fn now(&self) -> Duration {
        self.passed + self.since.map(|since| since.elapsed()).unwrap_or_default()
    }

    pub(crate) fn is_running(&self) -> bool {
        self.since.is_some()
    }

    pub(crate) fn pause(&mut self) {
        self.passed = self.now();
        self.since = None;
    }

    pub(crate) fn resume(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    /// Sets a standing clock.
    pub(crate) fn set(&mut self, now: Duration) {
        self.passed = now;
        if self.since.is_some() {
            self.since = Some(Instant::now());
        }
    }

    /// Seconds since 1970, as in the ids of channels.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.unix().as_secs()
    }

    fn unix(&self) -> Duration {
        let unix = self.started.duration_since(UNIX_EPOCH);
        unix.unwrap_or_default() + self.now()
    }

    /// As Asterisk writes it: `2026-11-23T01:08:51.332+0000`.
    pub(crate) fn timestamp(&self) -> String {
        Timestamp::from(UNIX_EPOCH + self.unix()).to_string()
    }
}
