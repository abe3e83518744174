//! The shared state of a session, and the path of a message from the task that reads it to the
//! streams that want it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;
use std::time::Duration;

use memchr::memmem::Finder;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::counters::{Counters, add, add_alone};
use super::doubt::Doubts;
use super::hearing::may_bring;
use super::held::{self, Held};
use super::hub::Hub;
use super::listeners::Listeners;
use super::log;
use super::memory::Memory;
use super::names::Names;
use super::object::ObjectKey;
use super::over_socket;
use super::queue::{Ending, Item};
use super::raw::{Raw, decode_error};
use super::rest::{self, Pending};
use super::settings::Settings;
use super::task::Reader;
use super::wishes::Change;
use super::{ConnectionEvent, Object, ask, text};
use crate::runtime::release::Release;
use crate::runtime::{Answer, Call, Error, Message, SendError, Transport, message_kind};

/// The timeout of the session's own requests.
const QUESTION: Duration = Duration::from_secs(30);

/// The shared state of a session.
pub(crate) struct Core<E> {
    pub(super) hub: Arc<Hub<E>>,
    pub(super) names: Names,
    pub(super) memory: Memory,
    pub(super) doubts: Doubts,
    pub(super) held: Held<E>,
    /// Carries the requests that the socket cannot, and reopens the socket. `None` if Asterisk has
    /// connected to us and there is no HTTP client.
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) release: Release,
    pub(super) settings: Settings,
    pub(super) listeners: Listeners<E>,
    pub(super) pending: Pending,
    pub(super) commands: mpsc::UnboundedSender<Command>,
    /// Ids of requests that are to be written.
    pub(super) requests: mpsc::UnboundedSender<u64>,
    pub(super) counters: Counters,
    /// Set when the streams have ended, for streams that are opened later.
    pub(super) ended: AtomicBool,
    /// Set from the loss of the socket until it is open again and the changes are known.
    pub(super) in_gap: AtomicBool,
    /// Its sender is dropped when no part of the task is left.
    pub(super) over: watch::Receiver<()>,
}

/// A command to the session's task.
pub(super) enum Command {
    /// Reconnect: the socket is open, but no events arrive on it.
    Renew(String),
    Close,
}

/// The reason why reading a socket has ended.
pub(super) enum End {
    /// The application has closed the session.
    Asked,
    /// Other clients have taken over every application of this socket.
    Replaced(String),
    /// The server has closed the socket regularly.
    Closed(String),
    Broken(String, Option<SendError>),
}

impl<E: Message> Core<E> {
    pub(crate) async fn close(&self, limit: Duration) {
        // Requests that wait longer fail when the socket closes.
        let _ = timeout(limit, self.pending.idle()).await;
        let _ = self.commands.send(Command::Close);
        self.ended().await;
    }

    pub(super) async fn ended(&self) {
        // No value is ever sent. This waits until the sender is dropped.
        let _ = self.over.clone().changed().await;
    }

    /// Forces a reconnect.
    pub(super) fn renew(&self, reason: &str) {
        // Without a task there is no socket.
        let _ = self.commands.send(Command::Renew(reason.to_owned()));
    }

    /// Returns the number of times that the socket was lost and reopened.
    pub(super) fn reconnected(&self) -> u64 {
        self.counters.read().reconnected
    }

    /// Returns true if a channel is in an application of this session, as far as known.
    pub(crate) fn has_entered(&self, channel: &str) -> bool {
        self.memory.is_inside(channel)
    }

    /// Records a change that was granted to an application. `gaps` is the client's number of gaps
    /// when the request was sent. If there was a gap since then, the server may have applied the
    /// change to the application that it has since removed, and the restore after the gap does not
    /// include it.
    pub(super) fn note_change(&self, application: &str, change: &Change, gaps: u64) {
        if self.memory.note_change(application, change) {
            self.doubts.raise_known();
        }
        if self.in_gap.load(Ordering::Acquire) || self.hub.gaps() != gaps {
            self.doubts.raise_wishes();
        }
    }

    /// Records the change of subscriptions or event filters by a successful request.
    pub(crate) fn note_call(&self, call: &Call, gaps: u64) {
        let Some((application, change)) = self.change_by(call) else {
            return;
        };
        self.note_change(&application, &change, gaps);
        if let Change::Unsubscribed(sources) = change {
            let concerned = |object: &ObjectKey| {
                let mut sources = sources.iter();
                sources.any(|source| may_bring(source, object.object()))
            };
            let mut watched = self.hub.watched();
            watched.retain(concerned);
            self.doubts.raise(watched);
        }
    }

    /// Records the change of subscriptions by a refused request: of several event sources, Asterisk
    /// has subscribed to those before the one that does not exist.
    pub(crate) async fn note_refused(&self, call: &Call, gaps: u64) {
        let Some((application, Change::Subscribed(mut sources))) = self.change_by(call) else {
            return;
        };
        if sources.len() < 2 {
            return;
        }
        let limit = call.time_limit().unwrap_or(self.settings.timeout);
        match timeout(limit, ask::application(self, &application)).await {
            Ok(Ok(found)) => {
                sources.retain(|source| found.has(source));
                self.note_change(&application, &Change::Subscribed(sources), gaps);
            }
            Ok(Err(error)) => log::warn(self, format_args!("{error}")),
            Err(_) => log::warn(
                self,
                format_args!(
                    "not told within {limit:?} what {application:?} is subscribed to since {} was \
                     refused: after a gap none of that is put back",
                    call.operation()
                ),
            ),
        }
    }

    /// Returns the change that a request makes to one of this session's applications.
    fn change_by(&self, call: &Call) -> Option<(String, Change)> {
        let (application, change) = Change::of(call)?;
        let is_own = self.names.list().contains(&application);
        is_own.then_some((application, change))
    }

    /// Sends a request over the WebSocket.
    pub(super) async fn send_over_socket(&self, call: &Call) -> Result<Answer, Error> {
        match self.pending.request(call) {
            Ok(request) => self.send_request(call, request).await,
            Err(problem) => Err(over_socket::cannot_carry(call, &problem)),
        }
    }

    /// Sends an encoded request.
    pub(super) async fn send_request(
        &self,
        call: &Call,
        request: rest::Request,
    ) -> Result<Answer, Error> {
        let limit = call.time_limit().unwrap_or(self.settings.timeout);
        let hand_over = |id| {
            // Without a task the request has failed already.
            let _ = self.requests.send(id);
        };
        self.pending.send(request, limit, hand_over).await
    }

    /// Sends a request of the session's own. The server does not wait for anything in these
    /// requests, so a short timeout suffices, and a lost response does not delay the others for
    /// long.
    pub(super) async fn ask(&self, call: &Call) -> Result<Answer, Error> {
        let call = &call.clone().within(self.settings.timeout.min(QUESTION));
        let answer = match &self.transport {
            Some(transport) if !self.names.are_learnt() => transport.send(call).await,
            // If Asterisk has opened the socket, the socket is known to reach it.
            _ => self.send_over_socket(call).await,
        }?;
        self.release.note(answer.version);
        Ok(answer)
    }

    /// Reports a connection event to every stream that may be concerned.
    pub(super) fn announce(&self, event: &ConnectionEvent) {
        match event {
            ConnectionEvent::Disconnected { .. } => {
                log::warn(self, format_args!("{event}"));
            }
            _ => log::info(self, format_args!("{event}")),
        }
        let mut missed = self.listeners.each(|queue| queue.announce(event.clone()));
        if !matches!(event, ConnectionEvent::Connected) {
            missed += self.hub.announce(event);
        }
        add(&self.counters.missed, missed);
    }

    /// Passes a message to the streams that want it. Returns the end of reading if the message
    /// requires it.
    pub(super) fn receive(self: &Arc<Self>, raw: &str, reader: &mut Reader<E>) -> Option<End> {
        add_alone(&self.counters.received);
        let kind = match message_kind(raw, E::DISCRIMINATOR) {
            Ok(kind) => kind,
            Err(error) => {
                self.undecodable(None, raw, error, &mut reader.waiting);
                return None;
            }
        };
        if kind == rest::ANSWER && self.pending.answer(raw) {
            return None;
        }
        if self.names.learn(&kind, raw) {
            self.named_anew();
        }
        self.memory.note(&kind, raw, &self.names);
        if self.hub.may_want(raw) {
            match E::decode_kind(&kind, raw) {
                Ok(event) => self.deliver(&kind, Arc::new(event), reader),
                Err(error) => self.undecodable(Some(&kind), raw, error, &mut reader.waiting),
            }
        } else if self.listeners.want(&kind) {
            let shared = Raw::new(raw);
            let item = || Item::Raw(shared.clone());
            let missed = self.listeners.deliver(&kind, item, &mut reader.waiting);
            add(&self.counters.missed, missed);
        } else {
            add_alone(&self.counters.unwanted);
        }
        match kind.as_ref() {
            // If Asterisk has opened the socket, it also sends this to us for our own applications
            // when it is reconfigured.
            "ApplicationReplaced" if !self.names.are_learnt() => self.replaced(raw),
            // Unless the application is subscribed to them otherwise, no more events arrive of a
            // channel that has left it, and of a bridge that its channel has left.
            "StasisEnd" => {
                self.doubt("channel", &text::CHANNEL, raw);
                None
            }
            "ChannelLeftBridge" => {
                self.doubt("bridge", &text::BRIDGE, raw);
                None
            }
            _ => None,
        }
    }

    /// Schedules a check of the object under a key of an event.
    fn doubt(&self, class: &str, key: &Finder<'_>, raw: &str) {
        let Some(id) = text::id_in(raw, key) else {
            return;
        };
        if self.hub.is_watched(class, &id) {
            self.doubts
                .raise(ObjectKey::of::<E>(Object::new(class, &id)));
        }
    }

    fn deliver(self: &Arc<Self>, kind: &str, event: Arc<E>, reader: &mut Reader<E>) {
        add(&self.counters.decoded, 1);
        let Reader {
            served, waiting, ..
        } = reader;
        let item = || Item::Event(event.clone());
        let mut missed = self.listeners.deliver(kind, item, waiting);
        if held::may_overtake::<E>(kind) && self.hub.has_other_sessions() {
            add(&self.counters.missed, missed);
            self.held.push(event);
            reader.helpers.spawn(held::deliver(self.clone()));
            return;
        }
        served.clear();
        missed += self.hub.deliver(&event, served, waiting);
        add(&self.counters.missed, missed);
    }

    /// Passes a decoding error to the streams that may have wanted the message.
    fn undecodable(&self, kind: Option<&str>, raw: &str, error: Error, waiting: &mut Vec<Waker>) {
        add(&self.counters.undecodable, 1);
        log::warn(self, format_args!("{error}"));
        let error = Arc::new(decode_error(error, raw));
        let item = || Item::Undecodable(error.clone());
        let missed = match kind {
            Some(kind) => self.listeners.deliver(kind, item, waiting),
            None => self.listeners.each(|queue| queue.push(item(), waiting)),
        };
        let (more, concerned) = self.hub.deliver_undecodable(raw, &error, waiting);
        add(&self.counters.missed, missed + more);
        // It may have been the end event of these objects.
        self.doubts.raise(concerned);
    }

    /// Handles a registration or deregistration of an application by Asterisk, which has opened the
    /// socket. Asterisk sends both in quick succession when it is reconfigured, so an empty list is
    /// not the end.
    fn named_anew(&self) {
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
    fn replaced(&self, raw: &str) -> Option<End> {
        // A reconnected socket begins with the first application that is left.
        let left = self.left();
        let first = left.first().map(String::as_str);
        let application = self.memory.note_replaced(raw, first);
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
        if self.left().is_empty() {
            return Some(End::Replaced(application));
        }
        self.announce(&ConnectionEvent::Replaced { application });
        self.doubts.raise(self.hub.watched());
        None
    }

    /// Returns the applications that no other client has taken over.
    pub(super) fn left(&self) -> Vec<String> {
        let names = self.names.list();
        let left = names.iter().filter(|name| !self.memory.is_replaced(name));
        left.cloned().collect()
    }

    /// Ends the session, as the last step of the task.
    pub(super) fn finish(self: &Arc<Self>, ending: Option<Ending>) {
        self.pending.close("the WebSocket has been closed");
        held::deliver_all(self);
        // Set first, so that streams that are opened from now on end, too.
        self.ended.store(true, Ordering::Release);
        self.listeners.each(|queue| {
            queue.end(ending.clone());
            true
        });
        self.hub.remove_session(self, ending);
    }
}
