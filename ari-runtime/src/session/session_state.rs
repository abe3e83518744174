//! The shared state of a session, and the path of a message from the task that reads it to the
//! streams that want it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;
use std::time::Duration;

use memchr::memmem::Finder;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::client::server_version::ServerVersion;
use crate::error::types::{Error, TransportError};
use crate::event::connection_event::ConnectionEvent;
use crate::event::envelope;
use crate::event::event_type::{EventType, find_event_type};
use crate::event::lazy_event::{LazyEvent, decode_error};
use crate::event::object::ObjectRef;
use crate::event::object_key::ObjectKey;
use crate::reconcile::control;
use crate::reconcile::work_queue::WorkQueue;
use crate::request::encoded::Request;
use crate::response::body::Response;
use crate::routing::queue::{CloseReason, Item};
use crate::routing::reorder;
use crate::routing::reorder::ReorderBuffer;
use crate::routing::router::Router;
use crate::routing::subscribers::Subscribers;
use crate::session::counters::{Counters, add, add_unsynchronized};
use crate::session::driver::ReadState;
use crate::session::log;
use crate::session::settings::Settings;
use crate::session::ws_requests;
use crate::session::ws_requests::InFlight;
use crate::session::ws_transport;
use crate::state::application_names::ApplicationNames;
use crate::state::inventory::Inventory;
use crate::state::sources::{AppSnapshot, may_cover};
use crate::state::subscriptions::SubscriptionChange;
use crate::transport::transport_trait::Transport;

/// The timeout of the session's own requests.
const CONTROL_TIMEOUT: Duration = Duration::from_secs(30);

/// The shared state of a session.
pub(crate) struct SessionState<E> {
    pub(crate) hub: Arc<Router<E>>,
    pub(crate) names: ApplicationNames,
    pub(crate) inventory: Inventory,
    pub(crate) work_queue: WorkQueue,
    pub(crate) reorder: ReorderBuffer<E>,
    /// Carries the requests that the socket cannot, and reopens the socket. `None` if Asterisk has
    /// connected to us and there is no HTTP client.
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) release: ServerVersion,
    pub(crate) settings: Settings,
    pub(crate) subscribers: Subscribers<E>,
    pub(crate) pending: InFlight,
    pub(crate) commands: mpsc::UnboundedSender<Command>,
    /// Ids of requests that are to be written.
    pub(crate) requests: mpsc::UnboundedSender<u64>,
    pub(crate) counters: Counters,
    /// Set when the streams have ended, for streams that are opened later.
    pub(crate) ended: AtomicBool,
    /// Set from the loss of the socket until it is open again and the changes are known.
    pub(crate) is_resyncing: AtomicBool,
    /// Its sender is dropped when no part of the task is left.
    pub(crate) done: watch::Receiver<()>,
}

/// A command to the session's task.
pub(crate) enum Command {
    /// Reconnect: the socket is open, but no events arrive on it.
    Reconnect(String),
    Close,
}

/// The reason why reading a socket has ended.
pub(crate) enum ReadEnd {
    /// The application has closed the session.
    Requested,
    /// Other clients have taken over every application of this socket.
    Replaced(String),
    /// The server has closed the socket regularly.
    Closed(String),
    Broken(String, Option<TransportError>),
}

impl<E: EventType> SessionState<E> {
    pub(crate) async fn close(&self, limit: Duration) {
        // Requests that wait longer fail when the socket closes.
        let _ = timeout(limit, self.pending.idle()).await;
        let _ = self.commands.send(Command::Close);
        self.ended().await;
    }

    pub(crate) async fn ended(&self) {
        // No value is ever sent. This waits until the sender is dropped.
        let _ = self.done.clone().changed().await;
    }

    /// Forces a reconnect.
    pub(crate) fn force_reconnect(&self, reason: &str) {
        // Without a task there is no socket.
        let _ = self.commands.send(Command::Reconnect(reason.to_owned()));
    }

    /// Returns the number of times that the socket was lost and reopened.
    pub(crate) fn reconnects(&self) -> u64 {
        self.counters.snapshot().reconnects
    }

    /// Returns true if a channel is in an application of this session, as far as known.
    pub(crate) fn is_in_application(&self, channel: &str) -> bool {
        self.inventory.is_in_application(channel)
    }

    /// Records a change that was granted to an application. `gaps` is the client's number of gaps
    /// when the request was sent. If there was a gap since then, the server may have applied the
    /// change to the application that it has since removed, and the restore after the gap does not
    /// include it.
    pub(crate) fn on_change(&self, application: &str, change: &SubscriptionChange, gaps: u64) {
        if self.inventory.on_change(application, change) {
            self.work_queue.enqueue_inventory();
        }
        if self.is_resyncing.load(Ordering::Acquire) || self.hub.reconnect_epoch() != gaps {
            self.work_queue.enqueue_subscriptions();
        }
    }

    /// Records the change of subscriptions or event filters by a successful request.
    pub(crate) fn on_request(&self, call: &Request, gaps: u64) {
        if let Some((application, change)) = self.change_from(call) {
            self.on_change(&application, &change, gaps);
            self.check_streams(&change);
        }
    }

    /// Checks the streams of the objects that a cancelled event source may cover.
    fn check_streams(&self, change: &SubscriptionChange) {
        if let SubscriptionChange::Unsubscribed(sources) = change {
            let concerned = |object: &ObjectKey| {
                let mut sources = sources.iter();
                sources.any(|source| may_cover(source, object.as_ref()))
            };
            let mut watched = self.hub.watched_objects();
            watched.retain(concerned);
            self.work_queue.enqueue(watched);
        }
    }

    /// Records the change of subscriptions by a refused request: of several event sources, Asterisk
    /// has subscribed to, or cancelled, those before the one that it refused.
    ///
    /// A source that is not subscribed to after the refusal of its cancellation is cancelled,
    /// whatever the reason: the server may have lost it in a gap.
    pub(crate) async fn on_refused(&self, call: &Request, gaps: u64) {
        let Some((application, change)) = self.change_from(call) else {
            return;
        };
        match &change {
            SubscriptionChange::Subscribed(sources) if sources.len() > 1 => {}
            SubscriptionChange::Unsubscribed(_) => {}
            _ => return,
        }
        let limit = call.timeout().unwrap_or(self.settings.timeout);
        let found = match timeout(limit, control::get_application(self, &application)).await {
            Ok(Ok(found)) => found,
            // Without the application there are no subscriptions.
            Ok(Err(error)) if error.status() == Some(404) => AppSnapshot::default(),
            Ok(Err(error)) => return log::warn(self, format_args!("{error}")),
            Err(_) => {
                return log::warn(
                    self,
                    format_args!(
                        "not told within {limit:?} what {application:?} is subscribed to since {} \
                         was refused: what it changed is not known after a gap",
                        call.operation()
                    ),
                );
            }
        };
        let change = change.retain(|source, is_wanted| found.has(source) == is_wanted);
        self.on_change(&application, &change, gaps);
        self.check_streams(&change);
    }

    /// Returns the change that a request makes to one of this session's applications.
    fn change_from(&self, call: &Request) -> Option<(String, SubscriptionChange)> {
        let (application, change) = SubscriptionChange::from_request(call)?;
        let is_own = self.names.list().contains(&application);
        is_own.then_some((application, change))
    }

    /// Sends a request over the WebSocket.
    pub(crate) async fn send_over_socket(&self, call: &Request) -> Result<Response, Error> {
        match self.pending.encode(call) {
            Ok(request) => self.send_request(call, request).await,
            Err(problem) => Err(ws_transport::cannot_send(call, &problem)),
        }
    }

    /// Sends an encoded request.
    pub(crate) async fn send_request(
        &self,
        call: &Request,
        request: ws_requests::EncodedRequest,
    ) -> Result<Response, Error> {
        let limit = call.timeout().unwrap_or(self.settings.timeout);
        let hand_over = |id| {
            // Without a task the request has failed already.
            let _ = self.requests.send(id);
        };
        self.pending.send(request, limit, hand_over).await
    }

    /// Sends a request of the session's own. The server does not wait for anything in these
    /// requests, so a short timeout suffices, and a lost response does not delay the others for
    /// long.
    pub(crate) async fn request(&self, call: &Request) -> Result<Response, Error> {
        let call = &call
            .clone()
            .with_timeout(self.settings.timeout.min(CONTROL_TIMEOUT));
        let answer = match &self.transport {
            Some(transport) if !self.names.is_discovered() => transport.send(call).await,
            // If Asterisk has opened the socket, the socket is known to reach it.
            _ => self.send_over_socket(call).await,
        }?;
        self.release.update(answer.version);
        Ok(answer)
    }

    /// Reports a connection event to every stream that may be concerned.
    pub(crate) fn broadcast(&self, event: &ConnectionEvent) {
        match event {
            ConnectionEvent::Disconnected { .. } => {
                log::warn(self, format_args!("{event}"));
            }
            _ => log::info(self, format_args!("{event}")),
        }
        let mut missed = self
            .subscribers
            .for_each(|queue| queue.push_connection_event(event.clone()));
        if !matches!(event, ConnectionEvent::Connected) {
            missed += self.hub.broadcast(event);
        }
        add(&self.counters.dropped, missed);
    }

    /// Passes a message to the streams that want it. Returns the end of reading if the message
    /// requires it.
    pub(crate) fn on_message(
        self: &Arc<Self>,
        raw: &str,
        reader: &mut ReadState<E>,
    ) -> Option<ReadEnd> {
        add_unsynchronized(&self.counters.received);
        let kind = match find_event_type(raw, E::DISCRIMINATOR) {
            Ok(kind) => kind,
            Err(error) => {
                self.on_decode_error(None, raw, error, &mut reader.wakers);
                return None;
            }
        };
        if kind == ws_requests::RESPONSE_TYPE && self.pending.deliver_response(raw) {
            return None;
        }
        if self.names.observe(&kind, raw) {
            self.on_names_changed();
        }
        self.inventory.apply_event(&kind, raw, &self.names);
        if self.hub.may_match(raw) {
            match E::decode_as(&kind, raw) {
                Ok(event) => self.deliver(&kind, Arc::new(event), reader),
                Err(error) => self.on_decode_error(Some(&kind), raw, error, &mut reader.wakers),
            }
        } else if self.subscribers.is_wanted(&kind) {
            let shared = LazyEvent::new(raw);
            let item = || Item::Raw(shared.clone());
            let missed = self.subscribers.deliver(&kind, item, &mut reader.wakers);
            add(&self.counters.dropped, missed);
        } else {
            add_unsynchronized(&self.counters.skipped);
        }
        match kind.as_ref() {
            // If Asterisk has opened the socket, it also sends this to us for our own applications
            // when it is reconfigured.
            "ApplicationReplaced" if !self.names.is_discovered() => self.on_replaced(raw),
            // Unless the application is subscribed to them otherwise, no more events arrive of a
            // channel that has left it, and of a bridge that its channel has left.
            "StasisEnd" => {
                self.enqueue_checks("channel", &envelope::CHANNEL, raw);
                None
            }
            "ChannelLeftBridge" => {
                self.enqueue_checks("bridge", &envelope::BRIDGE, raw);
                None
            }
            _ => None,
        }
    }

    /// Schedules a check of the object under a key of an event.
    fn enqueue_checks(&self, class: &str, key: &Finder<'_>, raw: &str) {
        let Some(id) = envelope::object_id(raw, key) else {
            return;
        };
        if self.hub.is_watched(class, &id) {
            self.work_queue
                .enqueue(ObjectKey::from_object::<E>(ObjectRef::new(class, &id)));
        }
    }

    fn deliver(self: &Arc<Self>, kind: &str, event: Arc<E>, reader: &mut ReadState<E>) {
        add(&self.counters.decoded, 1);
        let ReadState {
            served,
            wakers: waiting,
            ..
        } = reader;
        let item = || Item::Event(event.clone());
        let mut missed = self.subscribers.deliver(kind, item, waiting);
        if reorder::needs_reordering::<E>(kind) && self.hub.has_other_sessions() {
            add(&self.counters.dropped, missed);
            self.reorder.push(event);
            reader
                .tasks
                .spawn(reorder::deliver_after_delay(self.clone()));
            return;
        }
        served.clear();
        missed += self.hub.deliver(&event, served, waiting);
        add(&self.counters.dropped, missed);
    }

    /// Passes a decoding error to the streams that may have wanted the message.
    fn on_decode_error(
        &self,
        kind: Option<&str>,
        raw: &str,
        error: Error,
        waiting: &mut Vec<Waker>,
    ) {
        add(&self.counters.decode_errors, 1);
        log::warn(self, format_args!("{error}"));
        let error = Arc::new(decode_error(error, raw));
        let item = || Item::DecodeError(error.clone());
        let missed = match kind {
            Some(kind) => self.subscribers.deliver(kind, item, waiting),
            None => self
                .subscribers
                .for_each(|queue| queue.push(item(), waiting)),
        };
        let (more, concerned) = self.hub.deliver_decode_error(raw, &error, waiting);
        add(&self.counters.dropped, missed + more);
        // It may have been the end event of these objects.
        self.work_queue.enqueue(concerned);
    }

    /// Handles a registration or deregistration of an application by Asterisk, which has opened the
    /// socket. Asterisk sends both in quick succession when it is reconfigured, so an empty list is
    /// not the end.
    fn on_names_changed(&self) {
        let applications = self.names.list();
        if applications.is_empty() {
            self.pending.close(
                "no application is registered on this WebSocket any more, in whose name Asterisk \
                 would answer requests over it",
            );
        } else {
            self.pending.open();
        }
        log::info(
            self,
            format_args!("Asterisk serves these applications here"),
        );
    }

    /// Handles the takeover of one of the applications by another client.
    fn on_replaced(&self, raw: &str) -> Option<ReadEnd> {
        // A reconnected socket begins with the first application that is left.
        let left = self.active_applications();
        let first = left.first().map(String::as_str);
        let application = self.inventory.on_replaced(raw, first);
        log::warn(
            self,
            format_args!("another client has taken over {application:?}"),
        );
        if first == Some(application.as_str()) {
            // Asterisk sends responses in the name of the first application, and drops them once
            // that belongs to another client.
            self.pending.close(&format!(
                "another client has taken over the application {application:?}, in whose name \
                 Asterisk answers requests over this WebSocket"
            ));
        }
        if self.active_applications().is_empty() {
            return Some(ReadEnd::Replaced(application));
        }
        self.broadcast(&ConnectionEvent::Replaced { application });
        self.work_queue.enqueue(self.hub.watched_objects());
        None
    }

    /// Returns the applications that no other client has taken over.
    pub(crate) fn active_applications(&self) -> Vec<String> {
        let names = self.names.list();
        let left = names
            .iter()
            .filter(|name| !self.inventory.is_replaced(name));
        left.cloned().collect()
    }

    /// Ends the session, as the last step of the task.
    pub(crate) fn finish(self: &Arc<Self>, ending: Option<CloseReason>) {
        self.pending.close("the WebSocket has been closed");
        reorder::deliver_all(self);
        // Set first, so that streams that are opened from now on end, too.
        self.ended.store(true, Ordering::Release);
        self.subscribers.for_each(|queue| {
            queue.end(ending.clone());
            true
        });
        self.hub.remove_session(self, ending);
    }
}
