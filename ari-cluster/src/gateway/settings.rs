//! The settings of a gateway.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::journal::Journal;
use super::reading::RingLimits;
use super::state::FORGET_AFTER;

/// The policy for a new call that no worker takes within two seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unserved {
    /// The channel continues in the dialplan, behind `Stasis`.
    Continue,
    /// The channel is hung up with a cause of Q.850, such as 42 (congestion).
    HangUp {
        /// The cause, from 0 to 127.
        cause: u8,
    },
    /// The call is offered again and again for this time, and then continues in the dialplan. The
    /// caller hears what the dialplan has started, such as ringing or music.
    Hold(Duration),
}

/// The policy for a call whose worker is gone and that no other worker takes in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Orphaned {
    /// Its channels are hung up.
    HangUp,
    /// Its channels continue in the dialplan.
    Continue,
}

/// A function that returns the time in milliseconds since 1970.
pub(crate) type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The settings of a gateway, with their defaults.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) server: String,
    pub(crate) unserved: Unserved,
    pub(crate) orphaned: Orphaned,
    /// The time for which a call without a worker is offered.
    pub(crate) orphan_limit: Duration,
    pub(crate) ring: RingLimits,
    /// The time after which a silent worker without calls is forgotten.
    pub(crate) forget_after: Duration,
    /// The maximum number of requests that are being executed.
    pub(crate) max_requests: usize,
    pub(crate) journal: Journal,
    pub(crate) clock: Clock,
}

impl Settings {
    pub(crate) fn new(server: String) -> Self {
        Settings {
            server,
            unserved: Unserved::Continue,
            orphaned: Orphaned::HangUp,
            orphan_limit: Duration::from_secs(30),
            ring: RingLimits {
                age: Duration::from_secs(60),
                bytes: 64 * 1024 * 1024,
            },
            forget_after: FORGET_AFTER,
            max_requests: 80,
            journal: Journal::default(),
            clock: Arc::new(|| {
                let now = SystemTime::now().duration_since(UNIX_EPOCH);
                let now = now.unwrap_or_default().as_millis();
                u64::try_from(now).unwrap_or(u64::MAX)
            }),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("server", &self.server)
            .field("unserved", &self.unserved)
            .field("orphaned", &self.orphaned)
            .field("orphan_limit", &self.orphan_limit)
            .finish_non_exhaustive()
    }
}
