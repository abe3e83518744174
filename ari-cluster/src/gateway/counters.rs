//! Counters of a gateway, for operators.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

/// The counters of one application of a gateway, since the gateway has started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatewayCounters {
    /// The application.
    pub application: String,
    /// True if the gateway reads the events of the application.
    pub is_connected: bool,
    /// True if the server takes no new calls of dialers.
    pub is_draining: bool,
    /// The number of calls now.
    pub calls: usize,
    /// The number of channels of these calls now.
    pub channels: usize,
    /// The number of requests now that are executed or wait.
    pub requests: usize,
    /// The number of events that were read from Asterisk.
    pub events_read: u64,
    /// The number of events that were published. An event of two calls is published to the worker of
    /// each.
    pub events_published: u64,
    /// The number of events that were not published, because too many waited for the connection to
    /// NATS. Their readers ask for them.
    pub events_dropped: u64,
    /// The number of times that readers have asked for events that NATS has dropped.
    pub replays_requested: u64,
    /// The number of times that all of these events were still kept.
    pub replays_filled: u64,
    /// The number of offers of calls, with repeated ones.
    pub offers: u64,
    /// The number of requests that were passed on to Asterisk.
    pub requests_executed: u64,
    /// The number of requests that were refused.
    pub requests_refused: u64,
    /// The number of these that were refused because another worker has the call, or because they
    /// counted on an epoch that has ended.
    pub requests_fenced: u64,
    /// The total time in which requests were executed.
    pub request_time: Duration,
    /// The number of gaps: times without a connection to Asterisk, whose events are lost. The current
    /// one counts.
    pub gaps: u64,
    /// The total length of the gaps.
    pub gap_time: Duration,
    /// The age of the oldest event that can still be asked for. `None` if there is none.
    pub oldest_event: Option<Duration>,
    /// The number of events of all applications of the gateway that the history has stored.
    pub history_stored: u64,
    /// The number of events of all applications that the history has lost, because JetStream did not
    /// take them or too many were waiting for it.
    pub history_lost: u64,
}

impl GatewayCounters {
    /// Returns the counters as JSON, with times in milliseconds.
    pub(super) fn to_json(&self) -> Value {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        json!({
            "application": self.application,
            "connected": self.is_connected,
            "draining": self.is_draining,
            "calls": self.calls,
            "channels": self.channels,
            "requests": self.requests,
            "events_read": self.events_read,
            "events_published": self.events_published,
            "events_dropped": self.events_dropped,
            "replays_requested": self.replays_requested,
            "replays_filled": self.replays_filled,
            "offers": self.offers,
            "requests_executed": self.requests_executed,
            "requests_refused": self.requests_refused,
            "requests_fenced": self.requests_fenced,
            "request_time_ms": millis(self.request_time),
            "gaps": self.gaps,
            "gap_time_ms": millis(self.gap_time),
            "oldest_event_ms": self.oldest_event.map(millis),
            "history_stored": self.history_stored,
            "history_lost": self.history_lost,
        })
    }
}

/// The counters in the state of an application.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(super) counted: GatewayCounters,
    /// The time since which nothing is read, unless another gateway reads.
    gap_since: Option<Instant>,
}

impl Tally {
    /// Notes that the connection to Asterisk is lost.
    pub(super) fn begin_gap(&mut self, now: Instant) {
        self.gap_since = Some(now);
    }

    /// Notes that events are read.
    pub(super) fn end_gap(&mut self, now: Instant) {
        if let Some(since) = self.gap_since.take() {
            self.counted.gaps += 1;
            self.counted.gap_time += now.saturating_duration_since(since);
        }
    }

    /// Returns the length of the current gap.
    pub(super) fn open_gap(&self, now: Instant) -> Option<Duration> {
        Some(now.saturating_duration_since(self.gap_since?))
    }

    /// Notes a request for lost events.
    pub(super) fn on_replay(&mut self, is_filled: bool) {
        self.counted.replays_requested += 1;
        self.counted.replays_filled += u64::from(is_filled);
    }
}
