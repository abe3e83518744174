//! The history of calls: events of chosen types, in a stream of JetStream.
//!
//! It is never in the way of calls. Events wait in a queue of its own, and what JetStream does not take
//! is counted as lost.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use crate::bus::{Bus, BusError, SharedBus};
use crate::history::{self, StreamError};
use crate::wire::header::HeaderWriter;
use crate::wire::subject;

/// The number of events that wait for JetStream. Further ones are lost.
const CAPACITY: usize = 10_000;

/// The number of events that are stored at the same time.
const MAX_UNDER_WAY: usize = 64;

/// The time limit of storing an event.
const STORE_LIMIT: Duration = Duration::from_secs(5);

/// The pause before the stream is looked for again, if there is none or JetStream does not respond.
const PAUSE: Duration = Duration::from_secs(5);

/// The shortest time between two lines in the log about lost events.
const LOG_PAUSE: Duration = Duration::from_secs(10);

struct Entry {
    subject: String,
    body: Bytes,
}

/// The way of events into the history, which never waits.
#[derive(Clone, Debug)]
pub(super) struct History {
    kinds: Arc<BTreeSet<String>>,
    queue: mpsc::Sender<Entry>,
    pub(super) stored: Arc<AtomicU64>,
    pub(super) lost: Arc<AtomicU64>,
}

impl History {
    /// Returns the way in for events of these types, and the task that stores them.
    pub(super) fn new(
        bus: SharedBus,
        kinds: BTreeSet<String>,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, waiting) = mpsc::channel(CAPACITY);
        let history = History {
            kinds: Arc::new(kinds),
            queue,
            stored: Arc::default(),
            lost: Arc::default(),
        };
        let (stored, lost) = (history.stored.clone(), history.lost.clone());
        (history, run(bus, waiting, stored, lost))
    }

    pub(super) fn wants(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }

    /// Adds an event to the history of a call.
    pub(super) fn add(&self, subject: String, body: Bytes) {
        let entry = Entry { subject, body };
        if self.queue.try_send(entry).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Stores what waits, until the gateway ends.
async fn run(
    bus: SharedBus,
    waiting: mpsc::Receiver<Entry>,
    stored: Arc<AtomicU64>,
    lost: Arc<AtomicU64>,
) {
    while !has_stream(&*bus, &lost).await {
        sleep(PAUSE).await;
    }
    let mut looked = Instant::now();
    let entries = futures_util::stream::unfold(waiting, async |mut waiting| {
        Some((waiting.recv().await?, waiting))
    });
    let mut outcomes = entries
        .map(|entry| store(&*bus, entry))
        .buffered(MAX_UNDER_WAY)
        .boxed();
    let mut logged: Option<(Instant, u64)> = None;
    while let Some(outcome) = outcomes.next().await {
        match &outcome {
            Ok(()) => stored.fetch_add(1, Ordering::Relaxed),
            Err(_) => lost.fetch_add(1, Ordering::Relaxed),
        };
        let total = lost.load(Ordering::Relaxed);
        let is_due = logged.is_none_or(|(at, known)| known < total && at.elapsed() > LOG_PAUSE);
        if total > 0 && is_due {
            logged = Some((Instant::now(), total));
            let cause = outcome.as_ref().err().map(tracing::field::display);
            tracing::error!(total, cause, "events of the history are lost");
        }
        let is_gone = matches!(outcome, Err(StreamError::Bus(BusError::NoResponders(_))));
        if is_gone && looked.elapsed() > PAUSE {
            // Somebody has deleted it.
            has_stream(&*bus, &lost).await;
            looked = Instant::now();
        }
    }
}

/// Creates the stream, unless it exists. Returns false if that fails, which is logged.
async fn has_stream(bus: &dyn Bus, lost: &AtomicU64) -> bool {
    let created = history::ensure_stream(bus).await;
    if let Err(error) = &created {
        let total = lost.load(Ordering::Relaxed);
        tracing::error!(
            total,
            %error,
            "there is no stream for the history: its events wait, and those for which there is no room \
             are lost"
        );
    }
    created.is_ok()
}

/// Stores one event.
async fn store(bus: &dyn Bus, entry: Entry) -> Result<(), StreamError> {
    let header = HeaderWriter::new().finish();
    let storing = bus.request(entry.subject, header, entry.body, STORE_LIMIT);
    let response = storing.await?;
    let response: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    history::check(&response)
}

/// Returns the subject under which an event of a call is stored.
pub(super) fn subject_of(server: &str, application: &str, call: &str, kind: &str) -> String {
    subject::history(Some(server), Some(application), call, Some(kind))
}
