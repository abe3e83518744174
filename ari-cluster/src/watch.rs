//! Streams of the events of all servers, for dashboards: they may read, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ari_api::stream::EventType as _;
use ari_api::{Error, Event};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::bus::{SharedBus, Subscription};
use crate::error::ClusterError;
use crate::reader::inbox::{Item, Missing, Start};
use crate::reader::replay::{self, Counter};
use crate::reader::source::{Source, TICK};
use crate::wire::card::Card;
use crate::wire::header::{Header, field};
use crate::wire::subject;

/// An event of a server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WatchedEvent {
    /// The server.
    pub server: String,
    /// The application.
    pub application: String,
    /// The event. [`Error::Disconnected`] if events of this server and application may be missing: its
    /// gateway has lost its connection to Asterisk, cannot be reached, or no longer has events that
    /// the bus has dropped. [`Error::Decode`] if the text is not that of an event.
    pub event: Result<Arc<Event>, Arc<Error>>,
}

/// Settings of a stream of the events of all servers.
#[must_use = "nothing is watched until `start` is awaited"]
pub struct Watch {
    bus: SharedBus,
    server: Option<String>,
    application: Option<String>,
    kinds: Vec<String>,
}

impl Watch {
    pub(crate) fn new(bus: SharedBus) -> Self {
        Watch {
            bus,
            server: None,
            application: None,
            kinds: Vec::new(),
        }
    }

    /// Watches one server. By default all.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Watches one application. By default all.
    pub fn application(mut self, name: impl Into<String>) -> Self {
        self.application = Some(name.into());
        self
    }

    /// Watches events of these types, such as `StasisStart`. By default all. The bus carries no others
    /// to this program.
    pub fn types<K: Into<String>>(mut self, kinds: impl IntoIterator<Item = K>) -> Self {
        self.kinds.extend(kinds.into_iter().map(Into::into));
        self
    }

    /// Starts to watch, from now on. Events that the bus drops are asked for from here on, also the
    /// first ones.
    ///
    /// # Errors
    /// Returns an error if the bus cannot be reached.
    pub async fn start(self) -> Result<WatchStream, ClusterError> {
        let (server, application) = (self.server.as_deref(), self.application.as_deref());
        let (sender, receiver) = mpsc::unbounded_channel();
        let watcher = Arc::new(Watcher {
            bus: self.bus.clone(),
            application: self.application.clone(),
            kinds: match self.kinds.is_empty() {
                true => vec![None],
                false => self.kinds.iter().cloned().map(Some).collect(),
            },
            begun: OnceLock::new(),
            asks: Notify::new(),
            inboxes: Mutex::default(),
            items: sender,
        });
        let mut tasks = JoinSet::new();
        for kind in &watcher.kinds {
            let subject = subject::events(server, application, kind.as_deref());
            let events = self
                .bus
                .subscribe(subject, None)
                .await
                .map_err(ClusterError::bus)?;
            tasks.spawn(watcher.clone().read_events(events));
        }
        let beats = self.bus.subscribe(subject::beat(server), None).await;
        tasks.spawn(
            watcher
                .clone()
                .read_beats(beats.map_err(ClusterError::bus)?),
        );
        // All subscriptions are known.
        let _ = watcher.begun.set(Instant::now());
        tasks.spawn(watcher.run());
        Ok(WatchStream {
            items: receiver,
            _tasks: tasks,
        })
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("server", &self.server)
            .field("application", &self.application)
            .field("types", &self.kinds)
            .finish_non_exhaustive()
    }
}

/// A stream of the events of all servers. The events of one server and application are in order.
#[must_use = "dropping the stream ends it"]
pub struct WatchStream {
    items: mpsc::UnboundedReceiver<WatchedEvent>,
    _tasks: JoinSet<()>,
}

impl WatchStream {
    /// Returns the next event. Cancel-safe: if the future is dropped, no event is lost.
    pub async fn next(&mut self) -> Option<WatchedEvent> {
        self.items.recv().await
    }
}

impl fmt::Debug for WatchStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchStream").finish_non_exhaustive()
    }
}

/// The server, the application, and the type if types are watched.
type Key = (String, String, Option<String>);

struct Watcher {
    bus: SharedBus,
    application: Option<String>,
    /// The types that are watched, which have counters of their own. One `None` for all.
    kinds: Vec<Option<String>>,
    /// The time at which all subscriptions were known.
    begun: OnceLock<Instant>,
    /// Set when there is something to ask a gateway for at once.
    asks: Notify,
    inboxes: Mutex<BTreeMap<Key, Source<Bytes>>>,
    items: mpsc::UnboundedSender<WatchedEvent>,
}

impl Watcher {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Source<Bytes>>> {
        self.inboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update(&self, key: Key, change: impl FnOnce(&mut Source<Bytes>) -> Vec<Item<Bytes>>) {
        let mut inboxes = self.lock();
        let watched = inboxes
            .entry(key.clone())
            .or_insert_with(|| Source::new(Start::Asked, Instant::now()));
        let was_unknown = watched.unknown_start().is_some();
        for item in change(watched) {
            let event = match item {
                Item::Event(text) => decode(&text).map(Arc::new).map_err(Arc::new),
                Item::Gap => Err(Arc::new(Error::Disconnected {
                    reason: format!("events of the server {:?} may be missing", key.0),
                    source: None,
                })),
            };
            // The receiver ends with the stream.
            let _ = self.items.send(WatchedEvent {
                server: key.0.clone(),
                application: key.1.clone(),
                event,
            });
        }
        if watched.unknown_start().is_some() && !was_unknown {
            self.asks.notify_one();
        }
    }

    fn counter(&self, kind: Option<&String>) -> Counter {
        match kind {
            Some(kind) => Counter::Kind(kind.clone()),
            None => Counter::All,
        }
    }

    fn on_event(&self, subject: &str, header: &str, body: Bytes) -> Option<()> {
        let (server, application, kind) = subject::parse_event(subject)?;
        let kind = (self.kinds[..] != [None]).then_some(kind);
        let header = Header::parse(header)?;
        let epoch = header.text(field::EPOCH)?;
        let number = header.number(self.counter(kind.as_ref()).field())?;
        let is_large = header.is_large_event();
        self.update((server, application, kind), |watched| match is_large {
            true => watched.on_large_event(&epoch, number),
            false => watched.on_event(&epoch, number, body),
        });
        if is_large {
            self.asks.notify_one();
        }
        Some(())
    }

    async fn read_events(self: Arc<Self>, mut events: Subscription) {
        while let Some(message) = events.next().await {
            self.on_event(&message.subject, &message.header, message.body);
        }
    }

    async fn read_beats(self: Arc<Self>, mut beats: Subscription) {
        while let Some(message) = beats.next().await {
            let Ok(card) = serde_json::from_slice::<Card>(&message.body) else {
                continue;
            };
            let mut watched = self.application.iter();
            if !watched.all(|application| *application == card.application) {
                continue;
            }
            for kind in &self.kinds {
                let key = (card.server.clone(), card.application.clone(), kind.clone());
                let last = card.last_of(kind.as_deref());
                self.update(key, |watched| watched.on_beat(&card, last, Instant::now()));
            }
        }
    }

    /// Looks for silent gateways, and asks for missing events.
    async fn run(self: Arc<Self>) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut asking = BTreeSet::new();
        let mut questions = JoinSet::new();
        loop {
            let is_tick = tokio::select! {
                biased;
                _ = ticks.tick() => true,
                () = self.asks.notified() => false,
            };
            while let Some(asked) = questions.try_join_next() {
                if let Ok(key) = asked {
                    asking.remove(&key);
                }
            }
            let keys: Vec<_> = self.lock().keys().cloned().collect();
            for key in keys {
                let mut question = None;
                self.update(key.clone(), |watched| {
                    let items = match is_tick {
                        true => watched.on_tick(Instant::now()),
                        false => Vec::new(),
                    };
                    question = Question::of(watched);
                    items
                });
                if let Some(question) = question
                    && asking.insert(key.clone())
                {
                    questions.spawn(self.clone().ask(key, question));
                }
            }
        }
    }

    async fn ask(self: Arc<Self>, key: Key, question: Question) -> Key {
        let counter = self.counter(key.2.as_ref());
        let place = (&*key.0, &*key.1);
        match question {
            Question::Start(epoch) => {
                let begun = self.begun.get().copied().unwrap_or_else(Instant::now);
                let first = replay::fetch_start(&*self.bus, place, &counter, &epoch, begun).await;
                self.update(key.clone(), |watched| watched.on_start(&epoch, first));
            }
            Question::Missing(missing) => {
                let fetched = replay::fetch(&*self.bus, place, &counter, missing).await;
                if let Some(replayed) = fetched {
                    for event in replayed.events {
                        self.on_event(&event.subject, &event.header, event.body);
                    }
                    self.update(key.clone(), |watched| {
                        watched.on_replayed(&replayed.epoch, replayed.first_kept)
                    });
                }
            }
        }
        key
    }
}

/// A question to a gateway.
enum Question {
    /// The number of the first event in an epoch.
    Start(String),
    Missing(Missing),
}

impl Question {
    fn of(watched: &Source<Bytes>) -> Option<Question> {
        let start = watched.unknown_start().map(str::to_owned);
        let start = start.map(Question::Start);
        start.or_else(|| watched.missing().map(Question::Missing))
    }
}

fn decode(text: &[u8]) -> Result<Event, Error> {
    Event::decode(&String::from_utf8_lossy(text))
}
