//! The shared state of a session, and the path of a message from the task that reads it to the
//! streams that want it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Waker;

use memchr::memmem::Finder;
use tokio::time::sleep;

use crate::error::types::{Error, TransportError};
use crate::event::connection_event::ConnectionEvent;
use crate::event::envelope;
use crate::event::event_type::{EventType, find_event_type};
use crate::event::object::ObjectRef;
use crate::event::object_key::ObjectKey;
use crate::routing::lazy_event::{LazyEvent, decode_error};
use crate::routing::queue::{CloseReason, Item};
use crate::routing::reorder;
use crate::routing::reorder::{REORDER_DELAY, ReorderBuffer};
use crate::routing::router::Router;
use crate::routing::subscribers::Subscribers;
use crate::session::core::SessionCore;
use crate::session::counters::{add, add_unsynchronized};
use crate::session::read_state::ReadState;
use crate::session::{log, ws_requests};

/// The shared state of a session.
pub(crate) struct SessionState<E> {
    pub(crate) core: Arc<SessionCore>,
    pub(crate) router: Arc<Router<E>>,
    pub(crate) reorder: ReorderBuffer<E>,
    pub(crate) subscribers: Subscribers<E>,
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
        reader: &mut ReadState<E>,
    ) -> Option<ReadEnd> {
        add_unsynchronized(&self.core.counters.received);
        let kind = match find_event_type(raw, E::DISCRIMINATOR) {
            Ok(kind) => kind,
            Err(error) => {
                self.on_decode_error(None, raw, error, &mut reader.wakers);
                return None;
            }
        };
        if kind == ws_requests::RESPONSE_TYPE && self.core.pending.deliver_response(raw) {
            return None;
        }
        if self.core.names.observe(&kind, raw) {
            self.on_names_changed();
        }
        self.core
            .inventory
            .apply_event(&kind, raw, &self.core.names);
        if self.router.may_match(raw) {
            match E::decode_as(&kind, raw) {
                Ok(event) => self.deliver(&kind, Arc::new(event), reader),
                Err(error) => self.on_decode_error(Some(&kind), raw, error, &mut reader.wakers),
            }
        } else if self.subscribers.is_wanted(&kind) {
            let shared = LazyEvent::new(raw);
            let item = || Item::Raw(shared.clone());
            let missed = self.subscribers.deliver(&kind, item, &mut reader.wakers);
            add(&self.core.counters.dropped, missed);
        } else {
            add_unsynchronized(&self.core.counters.skipped);
        }
        match kind.as_ref() {
            // If Asterisk has opened the socket, it also sends this to us for our own applications
            // when it is reconfigured.
            "ApplicationReplaced" if !self.core.names.is_discovered() => self.on_replaced(raw),
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
        if self.router.is_watched(class, &id) {
            self.core
                .work_queue
                .enqueue(ObjectKey::from_object::<E>(ObjectRef::new(class, &id)));
        }
    }

    fn deliver(self: &Arc<Self>, kind: &str, event: Arc<E>, reader: &mut ReadState<E>) {
        add(&self.core.counters.decoded, 1);
        let ReadState {
            served,
            wakers: waiting,
            ..
        } = reader;
        let item = || Item::Event(event.clone());
        let mut missed = self.subscribers.deliver(kind, item, waiting);
        if reorder::needs_reordering::<E>(kind) && self.router.has_other_sessions() {
            add(&self.core.counters.dropped, missed);
            self.reorder.push(event);
            reader.tasks.spawn(deliver_after_delay(self.clone()));
            return;
        }
        served.clear();
        missed += self.router.deliver(&event, served, waiting);
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
        self.core.work_queue.enqueue(concerned);
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
    fn on_replaced(&self, raw: &str) -> Option<ReadEnd> {
        // A reconnected socket begins with the first application that is left.
        let left = self.core.active_applications();
        let first = left.first().map(String::as_str);
        let application = self.core.inventory.on_replaced(raw, first);
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
        self.core.work_queue.enqueue(self.router.watched_objects());
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
        let missed = self.router.deliver(&event, &mut Vec::new(), &mut waiting);
        add(&self.core.counters.dropped, missed);
        for waker in waiting {
            waker.wake();
        }
        true
    }
}

/// Delivers one delayed event after the delay.
async fn deliver_after_delay<E: EventType>(session: Arc<SessionState<E>>) {
    sleep(REORDER_DELAY).await;
    session.deliver_next();
}
