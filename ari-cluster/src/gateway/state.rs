//! The state of a gateway: the calls of one application on one server, and who has them.
//!
//! Nothing here does I/O or waits. Each method is one step, after which the state is consistent, so
//! that a task of the gateway can end at any point.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::answered::Answered;
use super::call::Call;
use super::counters::Tally;
use super::journal::{Journal, Record};
use super::reading::{Counters, NumberedEvent, Reading, RingLimits};
use crate::wire::subject::NOBODY;

/// The time for which the events of an ended reading can still be asked for.
const LINGER: Duration = Duration::from_secs(20);

/// The time after which a worker that has no calls and is silent is forgotten. Workers report every 30
/// seconds as long as they live.
pub(super) const FORGET_AFTER: Duration = Duration::from_secs(600);

/// The number of calls that are remembered after their end, so that nobody claims them.
pub(super) const MAX_ENDED_CALLS: usize = 10_000;

/// The work that a step leaves to the gateway.
#[derive(Debug)]
pub(crate) enum Action {
    /// Publish an event.
    Publish(NumberedEvent),
    /// Offer a call to workers.
    Offer(String),
    /// Apply the policy for calls that nobody serves to channels.
    ApplyPolicy {
        /// The call's channels in the application.
        channels: Vec<String>,
        /// True if the call had a worker.
        resumed: bool,
    },
    /// Another client has taken the application over.
    Replaced,
}

/// The calls of one application on one server.
pub(crate) struct State {
    pub(crate) server: String,
    pub(crate) application: String,
    pub(super) ring: RingLimits,
    /// The time after which a silent worker without calls is forgotten.
    pub(super) forget_after: Duration,
    pub(super) reading: Option<Reading>,
    /// The last reading, for readers that have lost its last events.
    pub(super) ended: Option<(Instant, Reading)>,
    pub(super) calls: BTreeMap<String, Call>,
    /// The call of each channel and bridge.
    pub(super) objects: HashMap<String, String>,
    /// The call of each playback and recording, as `kind:id`.
    pub(super) media: HashMap<String, String>,
    pub(super) answered: Answered,
    /// The time at which the epoch has begun. It is the first generation of calls that are found on
    /// the server, so that generations grow even if an earlier gateway has left nothing.
    pub(super) begun: u64,
    /// The last generations of calls that have ended, oldest first.
    pub(super) ended_calls: VecDeque<(String, u64)>,
    /// Until then, calls that the gateway does not know are accepted from the workers that serve
    /// them.
    pub(super) claims_until: Option<Instant>,
    /// True if another client has taken the application over. Its last events are still read, but
    /// nothing else is done: another gateway responds to requests that arrive from now on.
    pub(super) is_replaced: bool,
    /// True if the other client is a gateway, and everything has been handed over to it.
    pub(super) is_handed_over: bool,
    /// The time of the last event.
    pub(super) last_event: Option<Instant>,
    /// True if the server takes no new calls.
    pub(crate) is_draining: bool,
    /// The number of heartbeats so far.
    pub(crate) beats: u64,
    pub(crate) tally: Tally,
    pub(super) journal: Journal,
}

impl State {
    pub(crate) fn new(
        server: String,
        application: String,
        ring: RingLimits,
        journal: Journal,
    ) -> Self {
        State {
            server,
            application,
            ring,
            forget_after: FORGET_AFTER,
            reading: None,
            ended: None,
            calls: BTreeMap::new(),
            objects: HashMap::new(),
            media: HashMap::new(),
            answered: Answered::default(),
            begun: 0,
            ended_calls: VecDeque::new(),
            claims_until: None,
            is_replaced: false,
            is_handed_over: false,
            last_event: None,
            is_draining: false,
            beats: 0,
            tally: Tally::default(),
            journal,
        }
    }

    /// Returns the current epoch.
    pub(crate) fn epoch(&self) -> Option<&str> {
        self.reading.as_ref().map(|reading| &*reading.epoch)
    }

    /// Returns the counters of the current epoch.
    pub(crate) fn counters(&self) -> Option<&Counters> {
        self.reading.as_ref().map(|reading| &reading.counters)
    }

    /// Returns the sizes of the tables.
    #[cfg(test)]
    pub(super) fn table_sizes(&self) -> Vec<(&'static str, usize)> {
        let counters = self.counters().cloned().unwrap_or_default();
        let reading = self.reading.as_ref();
        vec![
            ("calls", self.calls.len()),
            ("objects", self.objects.len()),
            ("playbacks and recordings", self.media.len()),
            ("requests", self.answered.len()),
            ("events", reading.map_or(0, Reading::kept_count)),
            ("destinations", counters.destinations.len()),
            ("types", counters.kinds.len()),
            // These are limited, and not by time.
            (
                "ended calls",
                self.ended_calls.len().saturating_sub(MAX_ENDED_CALLS),
            ),
        ]
    }

    /// Returns the numbers of calls and of channels.
    pub(crate) fn load(&self) -> (usize, usize) {
        let channels = self.calls.values().map(|call| call.channels.len());
        (self.calls.len(), channels.sum())
    }

    /// Begins a new epoch, at `begun` in milliseconds since 1970. Until `claims_until`, workers claim the calls that they serve.
    pub(crate) fn begin_reading(&mut self, epoch: String, begun: u64, claims_until: Instant) {
        self.begin(Reading::new(epoch, self.ring), begun, claims_until, false);
    }

    /// Continues the epoch of another gateway. All of its calls are known.
    pub(super) fn begin_continued(&mut self, reading: Reading, begun: u64, now: Instant) {
        self.begin(reading, begun, now, true);
    }

    fn begin(&mut self, reading: Reading, begun: u64, claims_until: Instant, is_continued: bool) {
        self.journal.write(|| Record::ReadingStarted {
            epoch: reading.epoch.clone(),
            is_continued,
        });
        self.tally.end_gap(Instant::now());
        if !is_continued {
            self.forget_media();
        }
        self.reading = Some(reading);
        self.begun = begun;
        self.claims_until = Some(claims_until);
        self.is_replaced = false;
        self.is_handed_over = false;
    }

    /// Ends the epoch. Events that were read can still be asked for.
    pub(crate) fn end_reading(&mut self, now: Instant) {
        if self.is_replaced {
            // The calls are the other gateway's.
            self.calls.clear();
            self.objects.clear();
            self.media.clear();
        }
        if let Some(reading) = self.reading.take() {
            self.journal.write(|| Record::ReadingEnded {
                epoch: reading.epoch.clone(),
            });
            self.ended = Some((now, reading));
            if !self.is_replaced {
                self.tally.begin_gap(now);
            }
        }
    }

    /// Removes what is too old.
    pub(crate) fn expire(&mut self, now: Instant) {
        let workers = self.workers();
        if let Some(reading) = &mut self.reading {
            reading.expire(now);
            let has_calls = |name: &str| workers.binary_search_by(|it| (**it).cmp(name)).is_ok();
            let is_in_use = |name: &str| name == NOBODY || has_calls(name);
            reading.forget_destinations(is_in_use, self.forget_after, now);
        }
        self.ended
            .take_if(|(since, _)| now.saturating_duration_since(*since) > LINGER);
        self.answered.expire(now);
    }
}
