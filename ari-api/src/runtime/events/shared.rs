//! What a session's parts share, and the way of a message: from the task that reads it to the
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

/// How long the answer to a question of the session's own may take.
const QUESTION: Duration = Duration::from_secs(30);

/// What a session's parts share.
pub(crate) struct Core<E> {
    pub(super) hub: Arc<Hub<E>>,
    pub(super) names: Names,
    pub(super) memory: Memory,
    pub(super) doubts: Doubts,
    pub(super) held: Held<E>,
    /// Carries what the socket cannot, and opens it again; none where Asterisk has connected to us
    /// and the socket is all there is.
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) release: Release,
    pub(super) settings: Settings,
    pub(super) listeners: Listeners<E>,
    pub(super) pending: Pending,
    pub(super) commands: mpsc::UnboundedSender<Command>,
    /// Ids of requests that are to be written.
    pub(super) requests: mpsc::UnboundedSender<u64>,
    pub(super) counters: Counters,
    /// Set when streams have ended, for those that are opened later.
    pub(super) ended: AtomicBool,
    /// Set from the loss of the socket until it is open again and what that has changed is known.
    pub(super) in_gap: AtomicBool,
    /// Its sender is gone when nothing of the task is left.
    pub(super) over: watch::Receiver<()>,
}

/// What the task is told.
pub(super) enum Command {
    /// Connect again: the socket is open, but of no use.
    Renew(String),
    Close,
}

/// How reading a socket ends.
pub(super) enum End {
    /// The application wants no more.
    Asked,
    /// Other clients have taken over every application of this socket.
    Replaced(String),
    /// The server has closed the socket in good order.
    Closed(String),
    Broken(String, Option<SendError>),
}

impl<E: Message> Core<E> {
    pub(crate) async fn close(&self, limit: Duration) {
        // Whoever waits longer than this is told so when the socket closes.
        let _ = timeout(limit, self.pending.idle()).await;
        let _ = self.commands.send(Command::Close);
        self.ended().await;
    }

    pub(super) async fn ended(&self) {
        // Nothing is ever sent: this waits until the sender is gone.
        let _ = self.over.clone().changed().await;
    }

    /// Has the socket opened again.
    pub(super) fn renew(&self, reason: &str) {
        // Without a task there is no socket.
        let _ = self.commands.send(Command::Renew(reason.to_owned()));
    }

    /// How often the socket was lost and opened again.
    pub(super) fn reconnected(&self) -> u64 {
        self.counters.read().reconnected
    }

    /// Whether a channel is in an application of this session, as far as that has been told.
    pub(crate) fn has_entered(&self, channel: &str) -> bool {
        self.memory.is_inside(channel)
    }

    /// Notes what is granted to an application, and how many gaps the client had had when it was
    /// asked for. If there was one since, the server may have granted it to the application that
    /// it has forgotten, and what was put back after the gap does not include it.
    pub(super) fn note_change(&self, application: &str, change: &Change, gaps: u64) {
        if self.memory.note_change(application, change) {
            self.doubts.raise_known();
        }
        if self.in_gap.load(Ordering::Acquire) || self.hub.gaps() != gaps {
            self.doubts.raise_wishes();
        }
    }

    /// Notes what a call that has succeeded changes in what the applications are told.
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

    /// Notes what a call changes all the same that was refused: of several event sources those are
    /// subscribed to that stand in front of the one that does not exist.
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

    /// What a call changes in what one of the applications is told.
    fn change_by(&self, call: &Call) -> Option<(String, Change)> {
        let (application, change) = Change::of(call)?;
        let is_own = self.names.list().contains(&application);
        is_own.then_some((application, change))
    }

    /// Sends a call over the WebSocket.
    pub(super) async fn send_over_socket(&self, call: &Call) -> Result<Answer, Error> {
        match self.pending.request(call) {
            Ok(request) => self.send_request(call, request).await,
            Err(problem) => Err(over_socket::cannot_carry(call, &problem)),
        }
    }

    /// Sends the request that a call is.
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

    /// Sends a call of the session's own. None of these waits for anything at the server, so that
    /// one which is not answered holds up the others no longer than need be.
    pub(super) async fn ask(&self, call: &Call) -> Result<Answer, Error> {
        let call = &call.clone().within(self.settings.timeout.min(QUESTION));
        let answer = match &self.transport {
            Some(transport) if !self.names.are_learnt() => transport.send(call).await,
            // Where Asterisk has opened the socket, that is known to lead to it.
            _ => self.send_over_socket(call).await,
        }?;
        self.release.note(answer.version);
        Ok(answer)
    }

    /// Tells every stream that could be concerned.
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

    /// Takes a message to whom it concerns. Tells what it means for the session itself.
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
            // Where Asterisk has opened the socket it says this to us of our own applications, too,
            // when it is configured anew.
            "ApplicationReplaced" if !self.names.are_learnt() => self.replaced(raw),
            // Unless the application is subscribed to them otherwise, nothing will be heard any
            // more of a channel that leaves it, and of a bridge that its channel leaves.
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

    /// Has the server asked about the object under a key of an event.
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

    /// Tells those who may have wanted a message why they do not get it.
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
        // It may have been their end.
        self.doubts.raise(concerned);
    }

    /// Asterisk, which has opened the socket, has registered an application or the contrary. It
    /// does both in a moment when it is configured anew, so that this is no end.
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

    /// Another client has taken over one of the applications.
    fn replaced(&self, raw: &str) -> Option<End> {
        // What has been connected again begins with the first that was left.
        let left = self.left();
        let first = left.first().map(String::as_str);
        let application = self.memory.note_replaced(raw, first);
        log::warn(
            self,
            format_args!("another client has taken over {application:?}"),
        );
        if first == Some(application.as_str()) {
            // Asterisk answers requests in the name of the first application, and drops the
            // answers once that is another's.
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

    /// The applications that no other client has taken over.
    pub(super) fn left(&self) -> Vec<String> {
        let names = self.names.list();
        let left = names.iter().filter(|name| !self.memory.is_replaced(name));
        left.cloned().collect()
    }

    /// The last act of the task.
    pub(super) fn finish(self: &Arc<Self>, ending: Option<Ending>) {
        self.pending.close("the WebSocket has been closed");
        held::deliver_all(self);
        // First, so that who subscribes from now on sees the end.
        self.ended.store(true, Ordering::Release);
        self.listeners.each(|queue| {
            queue.end(ending.clone());
            true
        });
        self.hub.remove_session(self, ending);
    }
}
