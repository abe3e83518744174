//! The events of one counter with the life of the gateway that they come from.

use std::time::Duration;

use tokio::time::Instant;

use super::inbox::{Inbox, Item, Missing, Start};
use crate::wire::card::Card;

/// The time without a heartbeat after which a gateway counts as unreachable: three in a row are missing.
const BEAT_LIMIT: Duration = Duration::from_millis(3500);

/// The interval at which silent gateways and missing events are looked for.
pub(crate) const TICK: Duration = Duration::from_millis(250);

/// A gateway with the number of its latest heartbeat, and the epoch that it reads or has read.
struct Reader {
    gateway: String,
    latest: u64,
    epoch: String,
}

/// A source of events.
pub(crate) struct Source<T> {
    inbox: Inbox<T>,
    /// The gateway that was last heard to read, if any.
    reader: Option<Reader>,
    last_beat: Instant,
}

impl<T> Source<T> {
    pub(crate) fn new(start: Start, now: Instant) -> Self {
        Source {
            inbox: Inbox::new(start),
            reader: None,
            last_beat: now,
        }
    }

    /// Returns the current epoch.
    pub(crate) fn epoch(&self) -> Option<&str> {
        self.inbox.epoch()
    }

    /// Returns the first events that are missing.
    pub(crate) fn missing(&self) -> Option<Missing> {
        self.inbox.missing()
    }

    /// See [`Inbox::unknown_start`].
    pub(crate) fn unknown_start(&self) -> Option<&str> {
        self.inbox.unknown_start()
    }

    /// See [`Inbox::on_start`].
    pub(crate) fn on_start(&mut self, epoch: &str, first: Option<u64>) -> Vec<Item<T>> {
        self.inbox.on_start(epoch, first)
    }

    /// See [`Inbox::on_first`].
    pub(crate) fn on_first(&mut self, epoch: &str, first: u64) -> Vec<Item<T>> {
        self.inbox.on_first(epoch, first)
    }

    /// See [`Inbox::on_event`].
    pub(crate) fn on_event(&mut self, epoch: &str, number: u64, event: T) -> Vec<Item<T>> {
        self.inbox.on_event(epoch, number, event)
    }

    /// See [`Inbox::on_replayed`].
    pub(crate) fn on_replayed(&mut self, epoch: &str, first_kept: Option<u64>) -> Vec<Item<T>> {
        self.inbox.on_replayed(epoch, first_kept)
    }

    /// See [`Inbox::on_epoch`]. The gateway has just been heard.
    pub(crate) fn on_epoch(&mut self, epoch: &str, now: Instant) -> Vec<Item<T>> {
        let items = self.inbox.on_epoch(epoch);
        if self.inbox.epoch() == Some(epoch) {
            self.last_beat = now;
        }
        items
    }

    /// Processes the number of the last event of an epoch, from the gateway itself.
    pub(crate) fn on_last(&mut self, epoch: &str, last: u64) -> Vec<Item<T>> {
        self.inbox.on_beat(epoch, last)
    }

    /// See [`Inbox::on_large_event`].
    pub(crate) fn on_large_event(&mut self, epoch: &str, number: u64) -> Vec<Item<T>> {
        self.inbox.on_large_event(epoch, number)
    }

    /// Processes a heartbeat. `last` is the number of the last event, if the message has it.
    pub(crate) fn on_beat(
        &mut self,
        card: &Card,
        last: impl Into<Option<u64>>,
        now: Instant,
    ) -> Vec<Item<T>> {
        let known = self.reader.as_mut();
        let mut has_read_current = false;
        if let Some(reader) = known.filter(|reader| reader.gateway == card.gateway) {
            if card.sequence <= reader.latest {
                return Vec::new();
            }
            reader.latest = card.sequence;
            has_read_current = self.inbox.epoch() == Some(&reader.epoch);
        }
        match &card.epoch {
            Some(epoch) => {
                let items = match last.into() {
                    Some(last) => self.inbox.on_beat(epoch, last),
                    None => Vec::new(),
                };
                if self.inbox.epoch() == Some(epoch) {
                    self.reader = Some(Reader {
                        gateway: card.gateway.clone(),
                        latest: card.sequence,
                        epoch: epoch.clone(),
                    });
                    self.last_beat = now;
                }
                items
            }
            // The gateway has lost its socket. A standby, and one that was replaced, has none in any
            // case.
            None if has_read_current && !card.handed_over => {
                self.last_beat = now;
                self.inbox.end_epoch(true)
            }
            None => Vec::new(),
        }
    }

    /// Processes the passing of time: a gateway that is silent for long counts as unreachable.
    pub(crate) fn on_tick(&mut self, now: Instant) -> Vec<Item<T>> {
        match now.saturating_duration_since(self.last_beat) >= BEAT_LIMIT {
            true => self.inbox.end_epoch(false),
            false => Vec::new(),
        }
    }
}
