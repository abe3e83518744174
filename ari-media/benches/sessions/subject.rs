//! The two programs that are compared: one with the library's sessions, and one without.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use ari_media::{Carrier, SampleRate};
use tokio::sync::watch;

/// The carrier and the rate that are measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) carrier: Carrier,
    pub(crate) rate: SampleRate,
    /// Formats of Asterisk's audio and of the program's, over RTP.
    pub(crate) format: &'static str,
    pub(crate) outgoing: &'static str,
}

impl Case {
    /// Returns true if audio comes back unchanged, so that the levels of frames can be told.
    pub(crate) fn is_lossless(&self) -> bool {
        self.outgoing != "g722"
    }
}

/// The activity of all sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Activity {
    /// Reads.
    Rest,
    /// Reads, and speaks without pause.
    Speak,
    /// Sends what it reads.
    Echo,
}

/// The activity, for tasks that look at it with each frame and for those that wait for a change.
#[derive(Clone)]
pub(crate) struct Control {
    current: Arc<AtomicU8>,
    changes: watch::Sender<Activity>,
}

impl Control {
    pub(crate) fn new() -> Self {
        Control {
            current: Arc::new(AtomicU8::new(Activity::Rest as u8)),
            changes: watch::Sender::new(Activity::Rest),
        }
    }

    pub(crate) fn set(&self, activity: Activity) {
        self.current.store(activity as u8, Ordering::Relaxed);
        self.changes.send_replace(activity);
    }

    pub(crate) fn is(&self, activity: Activity) -> bool {
        self.current.load(Ordering::Relaxed) == activity as u8
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<Activity> {
        self.changes.subscribe()
    }
}

/// Returns the delay before a session speaks: calls begin at any time.
pub(crate) fn phase(number: usize) -> Duration {
    Duration::from_micros(u64::try_from(number * 617 % 20_000).unwrap_or(0))
}
