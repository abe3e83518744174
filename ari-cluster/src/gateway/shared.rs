//! The state that the tasks of a gateway share: that of an application, the bus, and the way to Asterisk.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ari_api::schema::Version;
use ari_api::transport::{BoxFuture, Transport};
use bytes::Bytes;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::time::Instant;

use super::history::{self, History};
use super::parts::{Bodies, RequestParts};
use super::reading::NumberedEvent;
use super::settings::Settings;
use super::state::{Action, State};
use crate::bus::SharedBus;
use crate::bus::parts::{self, MAX_BODY_SIZE};
use crate::wire::header::{Header, field};
use crate::wire::subject;

/// The number of calls that are offered at the same time.
const MAX_OFFERS: usize = 256;

/// Work that a step has started.
pub(super) enum Work {
    Offer(String),
    ApplyPolicy {
        channels: Vec<String>,
        resumed: bool,
    },
    /// Execute a request, whatever becomes of the epoch that it came in.
    Execute(BoxFuture<'static, ()>),
}

pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) bus: SharedBus,
    pub(super) asterisk: Arc<dyn Transport>,
    pub(super) settings: Settings,
    pub(super) application: String,
    /// True for the application that responds to questions that name none.
    pub(super) answers_for_any: bool,
    pub(super) history: Option<History>,
    /// The id of this gateway, by which a standby recognises its own heartbeats.
    pub(super) id: String,
    work: mpsc::UnboundedSender<Work>,
    /// Tells the reader that everything has been handed over.
    pub(super) handed_over: Notify,
    pub(super) permits: Semaphore,
    /// Limits the number of calls that are offered at the same time.
    pub(super) offer_permits: Semaphore,
    /// The requests that are executed or wait.
    pub(super) under_way: AtomicUsize,
    /// The requests that arrive in parts.
    pub(super) request_parts: Mutex<RequestParts>,
    /// The large bodies whose parts are being fetched.
    pub(super) bodies: Mutex<Bodies>,
    version: Mutex<Option<Version>>,
}

impl Shared {
    pub(super) fn new(
        settings: Settings,
        application: String,
        id: String,
        bus: SharedBus,
        asterisk: Arc<dyn Transport>,
    ) -> (Self, mpsc::UnboundedReceiver<Work>) {
        let (work, receiver) = mpsc::unbounded_channel();
        let mut state = State::new(
            settings.server.clone(),
            application.clone(),
            settings.ring,
            settings.journal.clone(),
        );
        state.forget_after = settings.forget_after;
        let shared = Shared {
            state: Mutex::new(state),
            bus,
            asterisk,
            permits: Semaphore::new(settings.max_requests),
            offer_permits: Semaphore::new(MAX_OFFERS),
            settings,
            application,
            answers_for_any: false,
            history: None,
            id,
            work,
            handed_over: Notify::new(),
            under_way: AtomicUsize::new(0),
            request_parts: Mutex::default(),
            bodies: Mutex::default(),
            version: Mutex::new(None),
        };
        (shared, receiver)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the state.
    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state.
    pub(super) fn update<T>(&self, change: impl FnOnce(&mut State, Instant) -> T) -> T {
        change(&mut self.lock(), Instant::now())
    }

    /// Performs a step, and what it has led to. Events are published before the next step, in the
    /// order of their numbers. Returns true if another client has taken the application over.
    pub(super) fn step(&self, run: impl FnOnce(&mut State, Instant) -> Vec<Action>) -> bool {
        let mut state = self.lock();
        let mut is_replaced = false;
        for action in run(&mut state, Instant::now()) {
            match action {
                Action::Publish(event) => {
                    self.store(&event);
                    // Readers ask for an event that the connection cannot take.
                    let is_sent = self.publish(event);
                    state.tally.counted.events_dropped += u64::from(!is_sent);
                }
                // The receiver ends with the gateway.
                Action::Offer(call) => drop(self.work.send(Work::Offer(call))),
                Action::ApplyPolicy { channels, resumed } => {
                    drop(self.work.send(Work::ApplyPolicy { channels, resumed }));
                }
                Action::Replaced => is_replaced = true,
            }
        }
        is_replaced
    }

    /// Publishes an event, or the notice of one that is too large for the bus. Its readers ask for it as
    /// for a lost one, and get it in parts.
    fn publish(&self, event: NumberedEvent) -> bool {
        if parts::fits(&*self.bus, &event.header, &event.body) {
            return self.bus.publish(&event.subject, event.header, event.body);
        }
        let (subject, size) = (&event.subject, event.body.len());
        let max_size = self.bus.max_size();
        if size > self.settings.ring.bytes.min(MAX_BODY_SIZE) {
            tracing::error!(
                subject,
                size,
                max_size,
                "an event is lost, which its readers learn: it is larger than NATS's max_payload and \
                 than what is kept for them; raise max_payload in the configuration of nats-server"
            );
        } else {
            tracing::debug!(
                subject,
                size,
                max_size,
                "an event is larger than NATS's max_payload: its readers fetch it in parts"
            );
        }
        let notice = large_event_notice(&event.header, size);
        self.bus.publish(&event.subject, notice, Bytes::new())
    }

    /// Adds an event to the history of its calls, if it is of a chosen type.
    fn store(&self, event: &NumberedEvent) {
        let Some(history) = &self.history else { return };
        let Some((server, application, kind)) = subject::parse_event(&event.subject) else {
            return;
        };
        if !history.wants(&kind) {
            return;
        }
        let calls = Header::parse(&event.header).map(|header| header.list(field::CALLS));
        for call in calls.unwrap_or_default() {
            let subject = history::subject_of(&server, &application, &call, &kind);
            history.add(subject, event.body.clone());
        }
    }

    /// Executes a request in a task of the gateway.
    pub(super) fn execute(&self, executing: BoxFuture<'static, ()>) {
        // The receiver ends with the gateway.
        let _ = self.work.send(Work::Execute(executing));
    }

    /// Returns the version of Asterisk, if a response has told it.
    pub(super) fn version(&self) -> Option<Version> {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn learn_version(&self, version: Option<Version>) {
        if let Some(version) = version {
            let mut known = self.version.lock().unwrap_or_else(PoisonError::into_inner);
            *known = Some(version);
        }
    }

    /// Counts a request until the returned value is dropped.
    pub(super) fn count_request(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(&self.under_way)
    }
}

/// Returns the header that announces an event of a size. It has the numbers of the event's header.
fn large_event_notice(header: &str, size: usize) -> String {
    // The list of calls has any length. Readers get it with the event.
    let is_calls = |text: &&str| {
        let value = text.strip_prefix(field::CALLS);
        value.is_some_and(|value| value.starts_with('='))
    };
    let fields = header.split(';').filter(|text| !is_calls(text));
    let fields: Vec<_> = fields.collect();
    format!("{};{}={size}", fields.join(";"), field::SIZE)
}

pub(super) struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
