//! The settings of a session, with the bounds of its intervals.

use std::sync::Arc;
use std::time::Duration;

use crate::session::reconnect::ReconnectPolicy;
use crate::session::retry_policy::Retries;

/// Bounds of the keepalive interval and timeout. The minimum avoids a busy loop, and the maximum is
/// what a clock can add.
const MIN_INTERVAL: Duration = Duration::from_millis(1);
pub(crate) const MAX_INTERVAL: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The default maximum size of a response in bytes. A list of 100,000 channels has this size.
pub(crate) const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// The settings of a session.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) buffer: usize,
    pub(crate) reconnect: ReconnectPolicy,
    /// The policy for sending requests again. `None` if none is sent again.
    pub(crate) retries: Option<Arc<Retries>>,
    /// The time without a frame after which a ping is sent.
    pub(crate) ping_interval: Duration,
    /// The time that the response to a ping may take.
    pub(crate) ping_timeout: Duration,
    /// The time that a response may take.
    pub(crate) timeout: Duration,
    /// The maximum size of a response in bytes.
    pub(crate) max_response_size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            buffer: 8192,
            reconnect: ReconnectPolicy::default(),
            retries: None,
            ping_interval: Duration::from_secs(15),
            ping_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(120),
            max_response_size: MAX_RESPONSE_SIZE,
        }
    }
}

impl Settings {
    /// Sets the keepalive interval and timeout.
    pub(crate) fn set_keepalive(&mut self, interval: Duration, timeout: Duration) {
        self.ping_interval = interval.clamp(MIN_INTERVAL, MAX_INTERVAL);
        self.ping_timeout = timeout.clamp(MIN_INTERVAL, MAX_INTERVAL);
    }

    /// Sets the number of events that each stream can buffer.
    pub(crate) fn set_buffer(&mut self, events: usize) {
        self.buffer = events.max(1);
    }
}
