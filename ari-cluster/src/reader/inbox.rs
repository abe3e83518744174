//! The order of the events of one counter of one application, such as those for one worker.
//!
//! Events may be lost, arrive twice, and arrive behind those that were asked for again. The reader
//! gets each once and in order, or is told that some are lost. Nothing here does I/O.

use std::collections::{BTreeMap, VecDeque};

use crate::hooks::{self, Mutant};

/// The number of ended epochs that are remembered, so that late events of theirs are ignored.
const MAX_ENDED: usize = 16;

/// The maximum number of events that wait for missing ones.
const MAX_WAITING: usize = 65_536;

/// An item of a reader's stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item<T> {
    /// The next event.
    Event(T),
    /// Events are lost for good: the gateway no longer has them, or does not read its socket, or
    /// cannot be reached. Those that follow are complete again.
    Gap,
}

/// The numbers of the events to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) epoch: String,
    pub(crate) from: u64,
    pub(crate) to: u64,
}

/// The position at which a reader begins in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// At the first event of the epoch. All of its events are for this reader.
    First,
    /// At the next event.
    Now,
    /// At the first event since the reader has begun. The gateway is asked for its number.
    Asked,
}

/// The events of one counter, in order.
#[derive(Debug)]
pub(crate) struct Inbox<T> {
    start: Start,
    epoch: Option<String>,
    ended: VecDeque<String>,
    /// The number of the next event. `None` until the first number is known.
    next: Option<u64>,
    waiting: BTreeMap<u64, T>,
    /// The greatest number that is known to exist.
    last: u64,
}

impl<T> Inbox<T> {
    pub(crate) fn new(start: Start) -> Self {
        let start = match start {
            Start::Asked if hooks::is_on(Mutant::BeginsAnywhere) => Start::Now,
            start => start,
        };
        Inbox {
            start,
            epoch: None,
            ended: VecDeque::new(),
            next: None,
            waiting: BTreeMap::new(),
            last: 0,
        }
    }

    /// Returns the current epoch.
    pub(crate) fn epoch(&self) -> Option<&str> {
        self.epoch.as_deref()
    }

    /// Processes an event.
    pub(crate) fn on_event(&mut self, epoch: &str, number: u64, event: T) -> Vec<Item<T>> {
        let mut items = Vec::new();
        if !self.enter(epoch, Some(number.saturating_sub(1)), &mut items) {
            return items;
        }
        if hooks::is_on(Mutant::NoCounters) {
            return vec![Item::Event(event)];
        }
        self.last = self.last.max(number);
        if self.next.is_none() && self.start != Start::Asked {
            self.next = Some(number);
        }
        if self.next.is_none_or(|next| number >= next) {
            self.waiting.insert(number, event);
            self.take_ready(&mut items);
        }
        if self.waiting.len() > MAX_WAITING {
            self.skip_to_waiting(&mut items);
        }
        items
    }

    /// Processes the number of an event that is too large for the bus. It is missing until the gateway
    /// was asked for it.
    pub(crate) fn on_large_event(&mut self, epoch: &str, number: u64) -> Vec<Item<T>> {
        let mut items = Vec::new();
        if !self.enter(epoch, Some(number.saturating_sub(1)), &mut items) {
            return items;
        }
        self.last = self.last.max(number);
        if self.next.is_none() && self.start != Start::Asked {
            self.next = Some(number);
        }
        if hooks::is_on(Mutant::SkipsLarge) && self.next == Some(number) {
            self.next = Some(number + 1);
            self.take_ready(&mut items);
        }
        items
    }

    /// Processes the number of an event before which the gateway has forgotten the reader, because it was
    /// silent for long. The event itself follows.
    pub(crate) fn on_first(&mut self, epoch: &str, first: u64) -> Vec<Item<T>> {
        let mut items = Vec::new();
        if !self.enter(epoch, Some(first.saturating_sub(1)), &mut items) {
            return items;
        }
        let Some(next) = self.next.filter(|next| *next < first) else {
            return items;
        };
        // A new reader, for which there was nothing before.
        let is_new = next == 1 && (self.last == 0 || self.last >= first);
        if !is_new {
            items.push(Item::Gap);
        }
        self.next = Some(first);
        self.waiting = self.waiting.split_off(&first);
        self.take_ready(&mut items);
        items
    }

    /// Processes the number of the latest event, as a heartbeat names it.
    pub(crate) fn on_beat(&mut self, epoch: &str, last: u64) -> Vec<Item<T>> {
        let mut items = Vec::new();
        if self.enter(epoch, Some(last), &mut items) {
            self.last = self.last.max(last);
            if self.start != Start::Asked {
                self.next.get_or_insert(last + 1);
            }
        }
        items
    }

    /// Returns the epoch in which the number of the first event is to be asked for.
    pub(crate) fn unknown_start(&self) -> Option<&str> {
        let is_unknown = self.next.is_none() && self.start == Start::Asked;
        self.epoch.as_deref().filter(|_| is_unknown)
    }

    /// Processes the number of the first event since the reader has begun. `None` if the gateway does
    /// not tell it.
    pub(crate) fn on_start(&mut self, epoch: &str, first: Option<u64>) -> Vec<Item<T>> {
        let mut items = Vec::new();
        if self.unknown_start() != Some(epoch) {
            return items;
        }
        self.start = Start::Now;
        let arrived = self.waiting.first_key_value().map(|(number, _)| *number);
        let first = match (first, arrived) {
            // Events that have arrived belong to the reader in any case.
            (Some(first), arrived) => arrived.map_or(first, |arrived| first.min(arrived)),
            (None, arrived) => {
                items.push(Item::Gap);
                arrived.unwrap_or(self.last + 1)
            }
        };
        self.next = Some(first);
        self.take_ready(&mut items);
        items
    }

    /// Processes the name of the current epoch, without any number.
    pub(crate) fn on_epoch(&mut self, epoch: &str) -> Vec<Item<T>> {
        let mut items = Vec::new();
        self.enter(epoch, None, &mut items);
        items
    }

    /// Ends the epoch: the gateway does not read its socket any more, or cannot be reached. With
    /// `for_good`, late events of the epoch are ignored.
    pub(crate) fn end_epoch(&mut self, for_good: bool) -> Vec<Item<T>> {
        let Some(epoch) = self.epoch.take() else {
            return Vec::new();
        };
        if for_good {
            self.remember_ended(epoch);
        }
        self.next = None;
        self.last = 0;
        self.waiting.clear();
        // The reader learns that it is told nothing from here on.
        self.start = Start::Now;
        vec![Item::Gap]
    }

    /// Processes the response to [`Inbox::missing`], after its events. `first_kept` is the number of
    /// the first event that the gateway still has, if that is after the one that was asked for.
    pub(crate) fn on_replayed(&mut self, epoch: &str, first_kept: Option<u64>) -> Vec<Item<T>> {
        let mut items = Vec::new();
        let (Some(first), Some(next)) = (first_kept, self.next) else {
            return items;
        };
        if self.epoch.as_deref() == Some(epoch) && first > next {
            items.push(Item::Gap);
            self.next = Some(first);
            self.waiting = self.waiting.split_off(&first);
            self.take_ready(&mut items);
        }
        items
    }

    /// Returns the first events that are missing.
    pub(crate) fn missing(&self) -> Option<Missing> {
        let (epoch, next) = (self.epoch.as_ref()?, self.next?);
        let to = match self.waiting.first_key_value() {
            Some((first, _)) => first - 1,
            None => self.last,
        };
        (next <= to).then(|| Missing {
            epoch: epoch.clone(),
            from: next,
            to,
        })
    }

    /// Switches to a new epoch. Returns false if the epoch has ended, or is not the current one.
    fn enter(&mut self, epoch: &str, before: Option<u64>, items: &mut Vec<Item<T>>) -> bool {
        if self.epoch.as_deref() == Some(epoch) {
            return true;
        }
        if self.ended.iter().any(|ended| ended == epoch) {
            return false;
        }
        if self
            .epoch
            .as_deref()
            .is_some_and(|current| begun(epoch) <= begun(current))
        {
            // Most likely the gateway that was taken over. If the clocks are wrong and it is the new
            // one, the current one ends or falls silent within seconds.
            return false;
        }
        items.extend(self.end_epoch(false));
        self.epoch = Some(epoch.to_owned());
        self.next = match self.start {
            Start::First => Some(1),
            // The events before this one were for nobody, or were reported as lost.
            Start::Now => before.map(|before| before + 1),
            Start::Asked => None,
        };
        self.last = before.unwrap_or(0);
        true
    }

    fn remember_ended(&mut self, epoch: String) {
        self.ended.push_back(epoch);
        if self.ended.len() > MAX_ENDED {
            self.ended.pop_front();
        }
    }

    fn take_ready(&mut self, items: &mut Vec<Item<T>>) {
        while let Some(next) = self.next {
            let Some(event) = self.waiting.remove(&next) else {
                break;
            };
            items.push(Item::Event(event));
            self.next = Some(next + 1);
        }
    }

    fn skip_to_waiting(&mut self, items: &mut Vec<Item<T>>) {
        if let Some((first, _)) = self.waiting.first_key_value() {
            self.next = Some(*first);
            items.push(Item::Gap);
            self.take_ready(items);
        }
    }
}

/// Returns the time in an epoch's name, in milliseconds since 1970.
fn begun(epoch: &str) -> u64 {
    let time = epoch.split('-').next().unwrap_or_default();
    time.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(from: u64, to: u64) -> Option<Missing> {
        let epoch = "a".to_owned();
        Some(Missing { epoch, from, to })
    }

    #[test]
    fn holes_are_found_and_filled() {
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_event("a", 1, 1), [Item::Event(1)]);
        assert_eq!(inbox.missing(), None);
        assert_eq!(inbox.on_event("a", 4, 4), []);
        assert_eq!(inbox.missing(), missing(2, 3));
        // Twice.
        assert_eq!(inbox.on_event("a", 1, 1), []);
        assert_eq!(inbox.on_event("a", 4, 4), []);
        assert_eq!(inbox.on_event("a", 3, 3), []);
        assert_eq!(inbox.missing(), missing(2, 2));
        let filled = [Item::Event(2), Item::Event(3), Item::Event(4)];
        assert_eq!(inbox.on_event("a", 2, 2), filled);
        assert_eq!(inbox.missing(), None);
        // The last event is lost. The heartbeat shows it.
        assert_eq!(inbox.on_beat("a", 5), []);
        assert_eq!(inbox.missing(), missing(5, 5));
        // The gateway no longer has it.
        assert_eq!(inbox.on_replayed("a", Some(6)), [Item::Gap]);
        assert_eq!(inbox.missing(), None);
        assert_eq!(inbox.on_event("a", 6, 6), [Item::Event(6)]);
    }

    #[test]
    fn large_events_are_asked_for() {
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_large_event("a", 1), []);
        assert_eq!(inbox.missing(), missing(1, 1));
        assert_eq!(inbox.on_event("a", 2, 2), []);
        assert_eq!(inbox.missing(), missing(1, 1));
        assert_eq!(inbox.on_event("a", 1, 1), [Item::Event(1), Item::Event(2)]);
        // A copy.
        assert_eq!(inbox.on_large_event("a", 1), []);
        assert_eq!(inbox.missing(), None);
        // A reader whose first event it is.
        let mut inbox: Inbox<u64> = Inbox::new(Start::Now);
        assert_eq!(inbox.on_large_event("a", 7), []);
        assert_eq!(inbox.missing(), missing(7, 7));
        // One that nobody has any more.
        assert_eq!(inbox.on_replayed("a", Some(8)), [Item::Gap]);
        assert_eq!(inbox.missing(), None);
        let mut inbox: Inbox<u64> = Inbox::new(Start::Asked);
        assert_eq!(inbox.on_large_event("a", 7), []);
        assert_eq!((inbox.unknown_start(), inbox.missing()), (Some("a"), None));
    }

    #[test]
    fn first_events_of_a_worker_are_not_missed() {
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_event("a", 3, 3), []);
        assert_eq!(inbox.missing(), missing(1, 2));
        // A watcher begins with what it sees first.
        let mut inbox = Inbox::new(Start::Now);
        assert_eq!(inbox.on_event("a", 3, 3), [Item::Event(3)]);
        let mut inbox: Inbox<u64> = Inbox::new(Start::Now);
        assert_eq!(inbox.on_beat("a", 7), []);
        assert_eq!(inbox.missing(), None);
        assert_eq!(inbox.on_event("a", 9, 9), []);
        assert_eq!(inbox.missing(), missing(8, 8));
    }

    #[test]
    fn reader_asks_where_it_begins() {
        let mut inbox = Inbox::new(Start::Asked);
        assert_eq!(inbox.unknown_start(), None);
        assert_eq!(inbox.on_event("a", 5, 5), []);
        assert_eq!(inbox.on_beat("a", 6), []);
        assert_eq!((inbox.unknown_start(), inbox.missing()), (Some("a"), None));
        assert_eq!(inbox.on_start("b", Some(1)), []);
        assert_eq!(inbox.on_start("a", Some(4)), []);
        assert_eq!(inbox.missing(), missing(4, 4));
        assert_eq!(inbox.on_start("a", Some(1)), []);
        let filled = [Item::Event(4), Item::Event(5)];
        assert_eq!(inbox.on_event("a", 4, 4), filled);
        assert_eq!(inbox.missing(), missing(6, 6));
        // An event that has arrived is not too old.
        let mut inbox = Inbox::new(Start::Asked);
        assert_eq!(inbox.on_event("a", 5, 5), []);
        assert_eq!(inbox.on_start("a", Some(7)), [Item::Event(5)]);
        // The gateway does not tell it.
        let mut inbox = Inbox::new(Start::Asked);
        assert_eq!(inbox.on_event("a", 5, 5), []);
        assert_eq!(inbox.on_start("a", None), [Item::Gap, Item::Event(5)]);
        // Another gateway reads before that.
        let mut inbox = Inbox::new(Start::Asked);
        assert_eq!(inbox.on_event("1-a", 5, 5), []);
        assert_eq!(inbox.on_event("2-b", 2, 2), [Item::Gap, Item::Event(2)]);
        assert_eq!(inbox.on_start("2-b", Some(1)), []);
    }

    #[test]
    fn numbers_of_a_forgotten_reader_go_on() {
        // A new worker, whose first event has a greater number.
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_beat("a", 0), []);
        assert_eq!(inbox.on_first("a", 8), []);
        assert_eq!(inbox.on_event("a", 8, 8), [Item::Event(8)]);
        assert_eq!(inbox.missing(), None);
        // Its first event is lost, and asked for.
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_event("a", 9, 9), []);
        assert_eq!(inbox.missing(), missing(1, 8));
        assert_eq!(inbox.on_first("a", 8), []);
        let filled = [Item::Event(8), Item::Event(9)];
        assert_eq!(inbox.on_event("a", 8, 8), filled);
        assert_eq!(inbox.on_replayed("a", Some(8)), []);
        assert_eq!(inbox.missing(), None);
        // A worker that comes back. The event may arrive twice.
        assert_eq!(inbox.on_first("a", 20), [Item::Gap]);
        assert_eq!(inbox.on_event("a", 20, 20), [Item::Event(20)]);
        assert_eq!(inbox.on_first("a", 20), []);
        assert_eq!(inbox.on_event("a", 20, 20), []);
        assert_eq!(inbox.on_first("a", 8), []);
        assert_eq!(inbox.on_event("a", 21, 21), [Item::Event(21)]);
        // Nothing of what was for it has arrived.
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_beat("a", 3), []);
        assert_eq!(inbox.on_first("a", 8), [Item::Gap]);
        assert_eq!(inbox.on_event("a", 8, 8), [Item::Event(8)]);
    }

    #[test]
    fn epochs_that_have_ended_do_not_come_back() {
        let mut inbox = Inbox::new(Start::First);
        assert_eq!(inbox.on_event("1-a", 1, 1), [Item::Event(1)]);
        assert_eq!(inbox.on_beat("2-b", 0), [Item::Gap]);
        // The gateway that was taken over, or one that was frozen and wakes up.
        assert_eq!(inbox.on_event("1-a", 2, 2), []);
        assert_eq!(inbox.on_beat("1-a", 2), []);
        assert_eq!(inbox.epoch(), Some("2-b"));
        assert_eq!(inbox.on_event("2-b", 1, 3), [Item::Event(3)]);
        assert_eq!(inbox.end_epoch(false), [Item::Gap]);
        assert_eq!(inbox.end_epoch(false), []);
        // The same gateway can be reached again. What it sent meanwhile was reported as lost.
        assert_eq!(inbox.on_event("2-b", 5, 5), [Item::Event(5)]);
        assert_eq!(inbox.end_epoch(true), [Item::Gap]);
        assert_eq!(inbox.on_event("2-b", 6, 6), []);
        // A gateway whose clock is behind.
        assert_eq!(inbox.on_event("1-c", 1, 7), [Item::Event(7)]);
    }

    proptest::proptest! {
        /// Whatever is lost, doubled and delayed: the reader gets all in order once the gateway has
        /// filled the holes.
        #[test]
        fn every_event_arrives_once_and_in_order(
            count in 1_u64..60,
            fates in proptest::collection::vec(0_u8..10, 60),
            beat in 0_u64..60,
        ) {
            let mut inbox = Inbox::new(Start::First);
            let mut received = Vec::new();
            let mut delayed = Vec::new();
            let mut take = |items: Vec<Item<u64>>| {
                for item in items {
                    match item {
                        Item::Event(number) => received.push(number),
                        Item::Gap => panic!("nothing is lost for good"),
                    }
                }
            };
            for number in 1..=count {
                match fates[number as usize - 1] {
                    0..=1 => {}
                    2 => delayed.push(number),
                    3 => {
                        take(inbox.on_event("e", number, number));
                        take(inbox.on_event("e", number, number));
                    }
                    _ => take(inbox.on_event("e", number, number)),
                }
                if number == beat {
                    take(inbox.on_beat("e", number));
                }
            }
            for number in delayed {
                take(inbox.on_event("e", number, number));
            }
            take(inbox.on_beat("e", count));
            while let Some(missing) = inbox.missing() {
                // The gateway sends a part.
                take(inbox.on_event("e", missing.from, missing.from));
                take(inbox.on_replayed("e", None));
            }
            proptest::prop_assert_eq!(received, (1..=count).collect::<Vec<_>>());
        }
    }
}
