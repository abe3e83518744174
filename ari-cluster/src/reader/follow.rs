//! Following the events of a counter of one application, without owning calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::inbox::{Item, Start};
use super::replay::{self, Counter};
use super::source::{Source, TICK};
use crate::bus::{BusError, SharedBus};
use crate::wire::card::Card;
use crate::wire::header::{Header, field};
use crate::wire::subject;

/// An application on a server, the server first.
pub(crate) type Place = (String, String);

struct Follower {
    bus: SharedBus,
    counter: Counter,
    place: Place,
    /// The time at which all subscriptions are known.
    begun: Instant,
    state: Mutex<State>,
    /// Set when there is something to ask the gateway for at once.
    asks: Notify,
}

struct State {
    source: Source<Bytes>,
    /// `None` after a gap: the socket has ended.
    events: Option<mpsc::UnboundedSender<Bytes>>,
}

/// Starts to follow. The receiver ends at the first gap. The tasks run until the set is dropped.
pub(crate) async fn start(
    bus: SharedBus,
    counter: Counter,
    place: Place,
) -> Result<(mpsc::UnboundedReceiver<Bytes>, JoinSet<()>), BusError> {
    let kind = match &counter {
        Counter::Kind(kind) => Some(&**kind),
        _ => None,
    };
    let subject = subject::events(Some(&place.0), Some(&place.1), kind);
    let mut messages = bus.subscribe(subject, None).await?;
    let mut beats = bus
        .subscribe(subject::beat_of(&place.0, &place.1), None)
        .await?;
    let (sender, receiver) = mpsc::unbounded_channel();
    let follower = Arc::new(Follower {
        bus,
        counter,
        place,
        begun: Instant::now(),
        state: Mutex::new(State {
            source: Source::new(Start::Asked, Instant::now()),
            events: Some(sender),
        }),
        asks: Notify::new(),
    });
    let mut tasks = JoinSet::new();
    let reading = follower.clone();
    tasks.spawn(async move {
        while let Some(message) = messages.next().await {
            reading.on_event(&message.header, message.body);
        }
    });
    let following = follower.clone();
    tasks.spawn(async move {
        while let Some(message) = beats.next().await {
            following.on_beat(&message.body);
        }
    });
    tasks.spawn(async move {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = ticks.tick() => follower.on_tick(),
                () = follower.asks.notified() => {}
            }
            follower.find_start().await;
            follower.fill().await;
        }
    });
    Ok((receiver, tasks))
}

impl Follower {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn on_event(&self, header: &str, body: Bytes) {
        let parsed = Header::parse(header).and_then(|header| {
            let epoch = header.text(field::EPOCH)?.into_owned();
            Some((epoch, header.number(self.counter.field())?))
        });
        if let Some((epoch, number)) = parsed {
            let is_large = Header::parse(header).is_some_and(Header::is_large_event);
            let mut state = self.lock();
            let items = match is_large {
                true => state.source.on_large_event(&epoch, number),
                false => state.source.on_event(&epoch, number, body),
            };
            state.deliver(items);
            if is_large || state.source.unknown_start().is_some() {
                self.asks.notify_one();
            }
        }
    }

    fn on_beat(&self, body: &[u8]) {
        let Ok(card) = serde_json::from_slice::<Card>(body) else {
            return;
        };
        let last = match &self.counter {
            Counter::All => Some(card.last_of(None)),
            Counter::Worker(worker) => card.last_for(worker),
            Counter::Kind(kind) => Some(card.last_of(Some(kind))),
        };
        let mut state = self.lock();
        let items = state.source.on_beat(&card, last, Instant::now());
        state.deliver(items);
    }

    fn on_tick(&self) {
        let mut state = self.lock();
        let items = state.source.on_tick(Instant::now());
        state.deliver(items);
    }

    /// Asks for the number of the first event, if it is not known.
    async fn find_start(&self) {
        let epoch = self.lock().source.unknown_start().map(str::to_owned);
        let Some(epoch) = epoch else { return };
        let place = (&*self.place.0, &*self.place.1);
        let first = replay::fetch_start(&*self.bus, place, &self.counter, &epoch, self.begun).await;
        let mut state = self.lock();
        let items = state.source.on_start(&epoch, first);
        state.deliver(items);
    }

    /// Asks for missing events, if there are any.
    async fn fill(&self) {
        let missing = self.lock().source.missing();
        let Some(missing) = missing else { return };
        let epoch = missing.epoch.clone();
        let place = (&*self.place.0, &*self.place.1);
        if let Some(replayed) = replay::fetch(&*self.bus, place, &self.counter, missing).await {
            for event in replayed.events {
                self.on_event(&event.header, event.body);
            }
            let mut state = self.lock();
            let items = state.source.on_replayed(&epoch, replayed.first_kept);
            state.deliver(items);
        }
    }
}

impl State {
    fn deliver(&mut self, items: Vec<Item<Bytes>>) {
        for item in items {
            match (item, &self.events) {
                (Item::Event(event), Some(events)) => {
                    if events.send(event).is_err() {
                        self.events = None;
                    }
                }
                (Item::Event(_), None) => {}
                (Item::Gap, _) => self.events = None,
            }
        }
    }
}
