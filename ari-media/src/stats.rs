//! Counters of sessions and of their service.

use std::time::Duration;

use crate::capture::CaptureStats;
use crate::pcm::units_to_duration;
use crate::playout::Playout;

/// Counters of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MediaStats {
    /// Audio that the program has sent. It is the sum of the next four.
    pub pushed: Duration,
    /// Audio that was played to the call.
    pub played: Duration,
    /// Audio that was dropped by [`AudioSender::clear`](crate::AudioSender::clear), or when the session ended.
    pub cleared: Duration,
    /// Audio that was passed to Asterisk and is not known to be played.
    pub in_flight: Duration,
    /// Audio that waits in this process.
    pub queued: Duration,
    /// Frames of 20 ms that were sent.
    pub frames_sent: u64,
    /// Frames that were sent 20 ms late or more, because this process did not run in time. Over
    /// WebSocket, Asterisk keeps the time, and none is late.
    pub late_frames: u64,
    /// The largest delay of a frame.
    pub max_lateness: Duration,
    /// Marks that did not come back, after which the state of Asterisk's queue was requested.
    pub lost_marks: u64,
    /// Packets that were received.
    pub packets_received: u64,
    /// Packets that arrived twice, or after a later one.
    pub packets_ignored: u64,
    /// Silence that replaced audio that did not arrive.
    pub missing: Duration,
    /// Audio that was dropped because it arrived in a burst.
    pub dropped: Duration,
    /// Audio that was dropped because the program did not read it in time.
    pub unread: Duration,
}

impl MediaStats {
    pub(crate) fn new(playout: &Playout, capture: CaptureStats) -> Self {
        let (sent, accounts) = (playout.stats(), playout.accounting());
        let duration = |units| units_to_duration(units, accounts.units_per_second);
        MediaStats {
            pushed: duration(accounts.pushed),
            played: duration(accounts.played),
            cleared: duration(accounts.dropped),
            in_flight: duration(accounts.in_flight),
            queued: duration(accounts.queued),
            frames_sent: sent.frames,
            late_frames: sent.late,
            max_lateness: sent.max_lateness,
            lost_marks: sent.lost_marks,
            packets_received: capture.packets,
            packets_ignored: capture.ignored,
            missing: capture.filled,
            dropped: capture.dropped,
            unread: capture.overflowed,
        }
    }

    /// Adds the counters of another session. The largest delay is that of both.
    pub(crate) fn add(&mut self, other: &MediaStats) {
        self.pushed += other.pushed;
        self.played += other.played;
        self.cleared += other.cleared;
        self.in_flight += other.in_flight;
        self.queued += other.queued;
        self.frames_sent += other.frames_sent;
        self.late_frames += other.late_frames;
        self.max_lateness = self.max_lateness.max(other.max_lateness);
        self.lost_marks += other.lost_marks;
        self.packets_received += other.packets_received;
        self.packets_ignored += other.packets_ignored;
        self.missing += other.missing;
        self.dropped += other.dropped;
        self.unread += other.unread;
    }
}

/// Counters of a [`MediaService`](crate::MediaService) and its clones. A tap is two sessions here,
/// because it has two connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceStats {
    /// Sessions that are open now.
    pub open: usize,
    /// Sessions that were opened, with those that have ended.
    pub opened: u64,
    /// Sessions that could not be opened, for another reason than the limit.
    pub failed: u64,
    /// Sessions that were rejected because the limit was reached.
    pub rejected: u64,
    /// The sums of the counters of all sessions, with those that have ended. `max_lateness` is the
    /// largest of all.
    pub audio: MediaStats,
}
