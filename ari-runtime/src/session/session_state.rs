//! The shared state of a session, and the path of a message from the task that reads it to the
//! streams that want it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Waker;

use tokio::time::sleep;

use crate::error::types::{Error, TransportError};
use crate::event::bindings::AnyEvent;
use crate::event::connection_event::ConnectionEvent;
use crate::event::envelope::{AnyDepthKey, BRIDGE, CHANNEL, RawEvent};
use crate::event::object::ObjectRef;
use crate::event::object_key::ObjectKey;
use crate::protocol::{event_type, object_kind};
use crate::routing::lazy_event::{LazyEvent, decode_error};
use crate::routing::queue::{CloseReason, Item};
use crate::routing::reorder;
use crate::routing::reorder::{REORDER_DELAY, ReorderBuffer};
use crate::routing::router::Router;
use crate::routing::subscribers::Subscribers;
use crate::session::core::SessionCore;
use crate::session::counters::{add, add_unsynchronized};
use crate::session::log;
use crate::session::read_state::ReadState;

/// The shared state of a session.
pub(crate) struct SessionState {
    pub(crate) core: Arc<SessionCore>,
    pub(crate) router: Arc<Router>,
    pub(crate) reorder: ReorderBuffer,
    pub(crate) subscribers: Subscribers,
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

/// The streams that an event is for.
#[derive(Clone, Copy, PartialEq)]
enum Audience {
    /// Those of the application and those of the event's objects.
    All,
    /// Only those of the event's objects.
    Objects,
}

impl SessionState {
    /// Reports a connection event to every stream that may be concerned.
    pub(crate) fn broadcast(&self, event: &ConnectionEvent) {
        match event {
            ConnectionEvent::Disconnected { .. } => {
                log::warn(&self.core, format_args!("{event}"));
            }
            _ => log::info(&self.core, format_args!("{event}")),
        }
        let mut missed = self
            .subscribers
            .for_each(|queue| queue.push_connection_event(event.clone()));
        if !matches!(event, ConnectionEvent::Connected) {
            missed += self.router.broadcast(event);
        }
        add(&self.core.counters.dropped, missed);
    }

    /// Passes a message to the streams that want it. Returns the end of reading if the message
    /// requires it.
    pub(crate) fn on_message(
        self: &Arc<Self>,
        raw: &str,
        reader: &mut ReadState,
    ) -> Option<ReadEnd> {
        add_unsynchronized(&self.core.counters.received);
        let event = match RawEvent::new(raw, self.core.bindings.discriminator) {
            Ok(event) => event,
            Err(error) => {
                self.on_decode_error(None, raw, error, &mut reader.wakers);
                return None;
            }
        };
        let kind = event.kind();
        if kind == event_type::REST_RESPONSE && self.core.pending.deliver_response(raw) {
            return None;
        }
        if self.core.names.observe(&event) {
            self.on_names_changed();
        }
        self.core.inventory.apply_event(&event, &self.core.names);
        reader.candidates.clear();
        self.router.find_candidates(raw, &mut reader.candidates);
        let subscribers = self.subscribers.count(kind);
        let audience = if subscribers == 0 || self.router.private_channels.covers(&event) {
            Audience::Objects
        } else {
            Audience::All
        };
        if reader.candidates.is_empty() && audience == Audience::Objects {
            add_unsynchronized(&self.core.counters.skipped);
        } else if !reader.candidates.is_empty() && self.router.is_terminal(kind) {
            match (self.core.bindings.decode_as)(kind, raw) {
                Ok(event) => self.deliver(kind, audience, event, reader),
                Err(error) => self.on_decode_error(Some(kind), raw, error, &mut reader.wakers),
            }
        } else {
            let is_shared = subscribers + reader.candidates.len() > 1;
            self.deliver_undecoded(&event, audience, is_shared, reader);
        }
        match kind {
            // If Asterisk has opened the socket, it also sends this to us for our own applications
            // when it is reconfigured.
            event_type::APPLICATION_REPLACED if !self.core.names.is_discovered() => {
                self.on_replaced(&event)
            }
            // Unless the application is subscribed to them otherwise, no more events arrive of a
            // channel that has left it, and of a bridge that its channel has left.
            event_type::STASIS_END => {
                self.enqueue_check(object_kind::CHANNEL, &CHANNEL, &event);
                None
            }
            event_type::CHANNEL_LEFT_BRIDGE => {
                self.enqueue_check(object_kind::BRIDGE, &BRIDGE, &event);
                None
            }
            _ => None,
        }
    }

    /// Schedules a check of an event's channel or bridge.
    fn enqueue_check(&self, class: &str, key: &AnyDepthKey, event: &RawEvent<'_>) {
        let Some(id) = event.object_id(key) else {
            return;
        };
        if self.router.is_watched(class, &id) {
            self.core.work_queue.enqueue_objects(ObjectKey::new(
                self.core.bindings,
                ObjectRef::new(class, &id),
            ));
        }
    }

    /// Passes an event to the streams that want it or may want it.
    fn deliver_undecoded(
        &self,
        event: &RawEvent<'_>,
        audience: Audience,
        is_shared: bool,
        reader: &mut ReadState,
    ) {
        let text = reader.texts.copy(event.text());
        let lazy = LazyEvent::new(text, &self.core, is_shared);
        let item = || Item::Raw(lazy.clone());
        let wakers = &mut reader.wakers;
        let mut missed = match audience {
            Audience::All => self.subscribers.deliver(event.kind(), item, wakers),
            Audience::Objects => 0,
        };
        for queue in &reader.candidates {
            missed += u64::from(!queue.push(item(), wakers));
        }
        add(&self.core.counters.dropped, missed);
    }

    /// Passes a decoded event, which may report the end of an object, to the streams that want it.
    fn deliver(
        self: &Arc<Self>,
        kind: &str,
        audience: Audience,
        event: Arc<AnyEvent>,
        reader: &mut ReadState,
    ) {
        add(&self.core.counters.decoded, 1);
        let waiting = &mut reader.wakers;
        let item = || Item::Event(event.clone());
        let mut missed = match audience {
            Audience::All => self.subscribers.deliver(kind, item, waiting),
            Audience::Objects => 0,
        };
        if reorder::needs_reordering(self.core.bindings, kind) && self.router.has_other_sessions() {
            add(&self.core.counters.dropped, missed);
            self.reorder.push(event);
            reader.tasks.spawn(deliver_after_delay(self.clone()));
            return;
        }
        missed += self.router.deliver(&event, waiting);
        add(&self.core.counters.dropped, missed);
    }

    /// Passes a decoding error to the streams that may have wanted the message.
    fn on_decode_error(
        &self,
        kind: Option<&str>,
        raw: &str,
        error: Error,
        waiting: &mut Vec<Waker>,
    ) {
        add(&self.core.counters.decode_errors, 1);
        log::warn(&self.core, format_args!("{error}"));
        let error = Arc::new(decode_error(error, raw));
        let item = || Item::DecodeError(error.clone());
        let missed = match kind {
            Some(kind) => self.subscribers.deliver(kind, item, waiting),
            None => self
                .subscribers
                .for_each(|queue| queue.push(item(), waiting)),
        };
        let (more, concerned) = self.router.deliver_decode_error(raw, &error, waiting);
        add(&self.core.counters.dropped, missed + more);
        // It may have been the end event of these objects.
        self.core.work_queue.enqueue_objects(concerned);
    }

    /// Handles a registration or deregistration of an application by Asterisk, which has opened the
    /// socket. Asterisk sends both in quick succession when it is reconfigured, so an empty list is
    /// not the end.
    fn on_names_changed(&self) {
        let applications = self.core.names.list();
        if applications.is_empty() {
            self.core.pending.close(
                "no application is registered on this WebSocket any more, so Asterisk does not \
                 respond to requests over it",
            );
        } else {
            self.core.pending.open();
        }
        log::info(
            &self.core,
            format_args!("Asterisk serves these applications here"),
        );
    }

    /// Handles the takeover of one of the applications by another client.
    fn on_replaced(&self, event: &RawEvent<'_>) -> Option<ReadEnd> {
        // A reconnected socket begins with the first application that is left.
        let left = self.core.active_applications();
        let first = left.first().map(String::as_str);
        let application = self.core.inventory.on_replaced(event, first);
        log::warn(
            &self.core,
            format_args!("another client has taken over {application:?}"),
        );
        if first == Some(application.as_str()) {
            // Asterisk sends responses in the name of the first application, and drops them once
            // that belongs to another client.
            self.core.pending.close(&format!(
                "another client has taken over the application {application:?}, to which \
                 Asterisk sends the responses to requests over this WebSocket"
            ));
        }
        if self.core.active_applications().is_empty() {
            return Some(ReadEnd::Replaced(application));
        }
        self.broadcast(&ConnectionEvent::Replaced { application });
        self.core
            .work_queue
            .enqueue_objects(self.router.watched_objects());
        None
    }

    /// Ends the session, as the last step of the task.
    pub(crate) fn finish(self: &Arc<Self>, ending: Option<CloseReason>) {
        self.core.pending.close("the WebSocket has been closed");
        self.deliver_all();
        // Set first, so that streams that are opened from now on end, too.
        self.core.ended.store(true, Ordering::Release);
        self.subscribers.for_each(|queue| {
            queue.end(ending.clone());
            true
        });
        self.router.remove_session(&self.core, ending);
    }

    /// Delivers all delayed events immediately, because the session ends.
    fn deliver_all(&self) {
        while self.deliver_next() {}
    }

    fn deliver_next(&self) -> bool {
        let Some(event) = self.reorder.pop() else {
            return false;
        };
        let mut waiting = Vec::new();
        let missed = self.router.deliver(&event, &mut waiting);
        add(&self.core.counters.dropped, missed);
        for waker in waiting {
            waker.wake();
        }
        true
    }
}

/// Delivers one delayed event after the delay.
async fn deliver_after_delay(session: Arc<SessionState>) {
    sleep(REORDER_DELAY).await;
    session.deliver_next();
}
