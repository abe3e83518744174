//! What a session is made with, and the bounds of what clocks are asked for.

use std::time::Duration;

use super::Reconnect;

/// Bounds of what waits for signs of life: what does not keep a processor busy, and what a clock
/// can add.
const SHORTEST: Duration = Duration::from_millis(1);
pub(in crate::runtime) const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How many bytes an answer may have unless that is set: a list of 100,000 channels has as many.
pub(in crate::runtime) const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// What a session is made with.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) buffer: usize,
    pub(crate) reconnect: Reconnect,
    /// After so long a silence the server is asked for a sign of life.
    pub(super) ping_interval: Duration,
    /// How long that sign may take.
    pub(super) ping_timeout: Duration,
    /// How long an answer may take.
    pub(crate) timeout: Duration,
    /// How many bytes it may have.
    pub(crate) answer_limit: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            buffer: 8192,
            reconnect: Reconnect::default(),
            ping_interval: Duration::from_secs(15),
            ping_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(120),
            answer_limit: ANSWER_LIMIT,
        }
    }
}

impl Settings {
    /// When the server is asked for a sign of life, and how long that may take.
    pub(crate) fn set_ping(&mut self, interval: Duration, timeout: Duration) {
        self.ping_interval = interval.clamp(SHORTEST, LONGEST);
        self.ping_timeout = timeout.clamp(SHORTEST, LONGEST);
    }

    /// How many events may wait in each stream.
    pub(crate) fn set_buffer(&mut self, events: usize) {
        self.buffer = events.max(1);
    }
}
