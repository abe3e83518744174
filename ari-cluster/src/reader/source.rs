//! The events of one counter with the life of the gateway that they come from.

use std::time::Duration;

use tokio::time::Instant;

use super::inbox::{Inbox, Item, Missing, Start};
use crate::wire::card::Card;

/// The time without a heartbeat after which a gateway counts as unreachable.
const BEAT_LIMIT: Duration = Duration::from_secs(3);

/// The interval at which silent gateways and missing events are looked for.
pub(crate) const TICK: Duration = Duration::from_millis(250);

/// A source of events.
pub(crate) struct Source<T> {
    inbox: Inbox<T>,
    /// The gateway that reads the current epoch, and the number of its latest heartbeat.
    gateway: Option<(String, u64)>,
    last_beat: Instant,
}

impl<T> Source<T> {
    pub(crate) fn new(start: Start, now: Instant) -> Self {
        Source {
            inbox: Inbox::new(start),
            gateway: None,
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

    /// Processes a heartbeat. `last` is the number of the last event.
    pub(crate) fn on_beat(&mut self, card: &Card, last: u64, now: Instant) -> Vec<Item<T>> {
        let known = self
            .gateway
            .as_ref()
            .filter(|(gateway, _)| *gateway == card.gateway);
        if known.is_some_and(|(_, latest)| card.sequence <= *latest) {
            return Vec::new();
        }
        let is_reader = known.is_some();
        match &card.epoch {
            Some(epoch) => {
                let items = self.inbox.on_beat(epoch, last);
                if self.inbox.epoch() == Some(epoch) {
                    self.gateway = Some((card.gateway.clone(), card.sequence));
                    self.last_beat = now;
                }
                items
            }
            // The gateway has lost its socket. A standby has none in any case.
            None if is_reader => {
                self.gateway = Some((card.gateway.clone(), card.sequence));
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
