//! One application's WebSocket: a task of its own reads it, whatever the application does, because
//! Asterisk cuts off who does not read for a tenth of a second; and opens it again when it is lost.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use memchr::memmem::Finder;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::counters::{Counters, SessionStats, add};
use super::doubt::{self, Doubts};
use super::held::{self, Held};
use super::hub::Hub;
use super::listeners::Listeners;
use super::log;
use super::memory::Memory;
use super::names::Names;
use super::object::ObjectKey;
use super::over_socket::{self, OverSocket};
use super::queue::{Ending, Item, Queue};
use super::raw::{Raw, decode_error};
use super::rest::{self, Pending};
use super::settings::Settings;
use super::wishes::Change;
use super::{ConnectionEvent, EventStream, Object, TypedStream, ask, reconcile, reconnect, text};
use crate::runtime::message::MessageType;
use crate::runtime::race::race;
use crate::runtime::release::Release;
use crate::runtime::{
    Answer, Call, Connection, Error, Message, Outgoing, Received, SendError, Transport, WebSocket,
    message_kind,
};

/// How many messages are read before other tasks get their turn.
const BURST: usize = 256;

/// How long the other side may take to complete a close.
const CLOSING: Duration = Duration::from_secs(1);

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
    release: Release,
    settings: Settings,
    listeners: Listeners<E>,
    pub(super) pending: Pending,
    commands: mpsc::UnboundedSender<Command>,
    /// Ids of requests that are to be written.
    requests: mpsc::UnboundedSender<u64>,
    pub(super) counters: Counters,
    /// Set when streams have ended, for those that are opened later.
    ended: AtomicBool,
    /// Its sender is gone when nothing of the task is left.
    over: watch::Receiver<()>,
}

/// What the task is told.
enum Command {
    /// Connect again: the socket is open, but of no use.
    Renew(String),
    Close,
}

/// How reading a socket ends.
enum End {
    /// The application wants no more.
    Asked,
    /// Other clients have taken over every application of this socket.
    Replaced(String),
    /// The server has closed the socket in good order.
    Closed(String),
    Broken(String, Option<SendError>),
}

/// A Stasis application that is connected: streams of its events, requests over its WebSocket,
/// and its end.
///
/// Cheap to clone. The WebSocket stays open while any clone, or any stream of
/// [`Session::events`], is left.
pub struct Session<E> {
    pub(super) core: Arc<Core<E>>,
    alive: Arc<Alive<E>>,
}

/// Closes the socket when the last of those who want it is gone.
struct Alive<E>(Arc<Core<E>>);

impl<E> Drop for Alive<E> {
    fn drop(&mut self) {
        // The task may have ended before.
        let _ = self.0.commands.send(Command::Close);
    }
}

impl<E> Clone for Session<E> {
    fn clone(&self) -> Self {
        Session {
            core: self.core.clone(),
            alive: self.alive.clone(),
        }
    }
}

impl<E: Message> Session<E> {
    /// Begins to read a socket that is open. Without names of applications they are learnt from
    /// what arrives. The transport carries what the socket does not, and opens it again by the call
    /// that has opened it.
    pub(crate) fn start(
        hub: &Arc<Hub<E>>,
        applications: Vec<String>,
        release: Release,
        settings: Settings,
        socket: Box<dyn WebSocket>,
        transport: Option<Arc<dyn Transport>>,
        again: Option<Call>,
    ) -> EventStream<E> {
        let (commands, told) = mpsc::unbounded_channel();
        let (requests, asked) = mpsc::unbounded_channel();
        let (running, over) = watch::channel(());
        let pending = Pending::new(settings.timeout);
        let core = Arc::new(Core {
            hub: hub.clone(),
            names: Names::new(applications),
            memory: Memory::default(),
            doubts: Doubts::default(),
            held: Held::default(),
            transport,
            release,
            settings,
            listeners: Listeners::default(),
            pending,
            commands,
            requests,
            counters: Counters::default(),
            ended: AtomicBool::new(false),
            over,
        });
        if let Some(call) = &again {
            core.memory.note_connect(&core.names.list(), call);
        }
        let session = Session {
            alive: Arc::new(Alive(core.clone())),
            core: core.clone(),
        };
        let stream = session.events();
        hub.add_session(core.clone());
        core.announce(&ConnectionEvent::Connected);
        let running = Running {
            core,
            ending: Some(Ending::Disconnected {
                reason: "the runtime that the session ran in has ended".to_owned(),
                source: None,
            }),
            _over: running,
        };
        tokio::spawn(run(running, told, asked, socket, again));
        stream
    }

    /// A stream of all events that arrive from here on. What nobody has a stream for is not
    /// decoded.
    pub fn events(&self) -> EventStream<E> {
        let queue = Queue::new(self.core.settings.buffer);
        self.core.listeners.add(None, queue.clone());
        if self.core.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        EventStream::new(self.clone(), queue)
    }

    /// A stream of all events of one type that arrive from here on.
    pub fn events_of<T: MessageType<E>>(&self) -> TypedStream<T, E> {
        let queue = Queue::new(self.core.settings.buffer);
        self.core.listeners.add(Some(T::KIND), queue.clone());
        if self.core.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        TypedStream::new(self.clone(), queue)
    }

    /// The names of the applications that are connected by this WebSocket. One that Asterisk has
    /// opened tells them by its messages: there are none before the first.
    pub fn applications(&self) -> Arc<[String]> {
        self.core.names.list()
    }

    /// Waits until the name of an application is known; false where the session ends before.
    #[cfg(feature = "server")]
    pub(crate) async fn named(&self) -> bool {
        // Which of them it was, the names tell.
        let _ = race(self.core.names.find(|_| Some(())), self.ended()).await;
        !self.core.names.list().is_empty()
    }

    /// Waits until there is an application for which something is found.
    #[cfg(feature = "server")]
    pub(crate) async fn find_application<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.core.names.find(find).await
    }

    /// Waits until the session has ended.
    #[cfg(feature = "server")]
    pub(crate) async fn ended(&self) {
        self.core.ended().await;
    }

    /// What has been counted since the session began.
    pub fn stats(&self) -> SessionStats {
        self.core.counters.read()
    }

    /// A connection whose requests travel over this WebSocket: Asterisk 20.14, 21.9, 22.4 and
    /// later. It saves connections, not time. What the socket cannot carry (a download, another
    /// WebSocket), and what waits behind playbacks and would hold up everything else on the socket,
    /// still goes over HTTP where the session was connected by a client that knows an address.
    pub fn connection(&self) -> Connection<E> {
        Connection::over(
            Arc::new(OverSocket::new(self.clone())),
            self.core.release.clone(),
            self.core.hub.clone(),
            self.core.settings.clone(),
        )
    }

    /// Closes the WebSocket and ends its streams, after waiting until the requests that travel
    /// over it are answered, but not for longer than `limit`. Nothing runs any more when this
    /// returns.
    pub async fn close(&self, limit: Duration) {
        self.core.close(limit).await;
    }

    pub(super) fn leave(&self, kind: Option<&'static str>, queue: &Arc<Queue<E>>) {
        self.core.listeners.remove(kind, queue);
    }
}

impl<E> fmt::Debug for Session<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("applications", &self.core.names.list())
            .field("stats", &self.core.counters.read())
            .finish_non_exhaustive()
    }
}

impl<E: Message> Core<E> {
    pub(crate) async fn close(&self, limit: Duration) {
        // Whoever waits longer than this is told so when the socket closes.
        let _ = timeout(limit, self.pending.idle()).await;
        let _ = self.commands.send(Command::Close);
        self.ended().await;
    }

    async fn ended(&self) {
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

    /// Notes what a call that has succeeded changes in what the applications are told.
    pub(crate) fn note_call(&self, call: &Call) {
        let Some((application, change)) = self.change_by(call) else {
            return;
        };
        self.memory.note_change(&application, &change);
        match change {
            Change::Subscribed(sources) if self.memory.hears_more(&sources) => {
                self.doubts.raise_known();
            }
            Change::Subscribed(_) => {}
            Change::Unsubscribed(_) => self.doubts.raise(self.hub.watched()),
            Change::Filtered(_) => {}
        }
    }

    /// Notes what a call changes all the same that was refused: of several event sources those are
    /// subscribed to that stand in front of the one that does not exist.
    pub(crate) async fn note_refused(&self, call: &Call) {
        let Some((application, Change::Subscribed(mut sources))) = self.change_by(call) else {
            return;
        };
        if sources.len() < 2 {
            return;
        }
        match ask::application(self, &application).await {
            Ok(found) => {
                sources.retain(|source| found.has(source));
                let change = Change::Subscribed(sources);
                self.memory.note_change(&application, &change);
            }
            Err(error) => log::warn(self, format_args!("{error}")),
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

    /// Sends a call of the session's own.
    pub(super) async fn ask(&self, call: &Call) -> Result<Answer, Error> {
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
    fn receive(self: &Arc<Self>, raw: &str, reader: &mut Reader<E>) -> Option<End> {
        add(&self.counters.received, 1);
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
            add(&self.counters.unwanted, 1);
        }
        match kind.as_ref() {
            // Where Asterisk has opened the socket it says this to us of our own applications, too,
            // when it is configured anew.
            "ApplicationReplaced" if !self.names.are_learnt() => self.replaced(raw),
            // Unless the application is subscribed to them otherwise, nothing will be heard any more
            // of a channel that leaves it, and of a bridge that its channel leaves.
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

    /// Asterisk, which has opened the socket, has registered an application or the contrary. It does
    /// both in a moment when it is configured anew, so that this is no end.
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
    fn finish(self: &Arc<Self>, ending: Option<Ending>) {
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

/// What the task needs while it reads.
struct Reader<E> {
    /// Tasks that ask the server what an event has left open. They end with this.
    helpers: JoinSet<()>,
    /// Streams that have the current event already.
    served: Vec<Arc<Queue<E>>>,
    /// Who waits for what has been read: woken when all that is there has been.
    waiting: Vec<Waker>,
    heard: Instant,
    /// Whether anything was heard since the socket was opened.
    has_heard: bool,
    pinged: bool,
    timer: Pin<Box<Sleep>>,
}

/// A session whose task lives. However that ends, even with its runtime, nobody waits any more.
struct Running<E: Message> {
    core: Arc<Core<E>>,
    ending: Option<Ending>,
    _over: watch::Sender<()>,
}

impl<E: Message> Drop for Running<E> {
    fn drop(&mut self) {
        self.core.finish(self.ending.take());
    }
}

/// Reads, and connects again, until the session ends.
async fn run<E: Message>(
    mut running: Running<E>,
    mut commands: mpsc::UnboundedReceiver<Command>,
    mut requests: mpsc::UnboundedReceiver<u64>,
    mut socket: Box<dyn WebSocket>,
    call: Option<Call>,
) {
    let core = running.core.clone();
    let mut comparing = JoinSet::new();
    let mut reader = Reader {
        helpers: JoinSet::new(),
        served: Vec::new(),
        waiting: Vec::new(),
        heard: Instant::now(),
        has_heard: false,
        pinged: false,
        timer: Box::pin(sleep(core.settings.ping_interval)),
    };
    reader
        .helpers
        .spawn(reconcile::after_connecting(core.clone()));
    reader.helpers.spawn(doubt::settle_all(core.clone()));
    let mut attempts = 0;
    let ending = loop {
        let opened = Instant::now();
        reader.heard = opened;
        reader.has_heard = false;
        reader.pinged = false;
        reader
            .timer
            .as_mut()
            .reset(opened + core.settings.ping_interval);
        let end = std::future::poll_fn(|context| {
            let socket = socket.as_mut();
            let turn = turn(&core, &mut reader, &mut commands, socket, context);
            reader.waiting.drain(..).for_each(Waker::wake);
            match turn {
                Poll::Ready(end) => Poll::Ready(end),
                Poll::Pending => write(&core, &mut requests, socket, context),
            }
        })
        .await;
        let lost = Instant::now();
        // Waited for, so that it tells nothing behind the word of this loss.
        comparing.shutdown().await;
        let (reason, source, in_order) = match end {
            End::Asked => {
                close(socket).await;
                break None;
            }
            End::Replaced(application) => {
                close(socket).await;
                break Some(Ending::Disconnected {
                    reason: format!(
                        "another client has taken over the application {application:?}"
                    ),
                    source: None,
                });
            }
            End::Closed(reason) => (reason, None, true),
            End::Broken(reason, source) => (reason, source, false),
        };
        let reason = match source {
            Some(source) => format!("{reason}: {}", chain(source.as_ref())),
            None => reason,
        };
        core.pending.close(&reason);
        let (Some(transport), Some(call)) = (&core.transport, &call) else {
            // Asterisk connects again if it wants to, and ends a session of one call in order.
            close(socket).await;
            break (!in_order).then(|| disconnected(reason));
        };
        // One that never said anything does not show that connecting works.
        if reader.has_heard && core.settings.reconnect.is_stable(lost - opened) {
            attempts = 0;
        }
        if core.settings.reconnect.pause(attempts + 1).is_none() {
            close(socket).await;
            break Some(disconnected(reason));
        }
        core.announce(&ConnectionEvent::Disconnected { reason });
        // Completes the closing handshake, or drops what is broken.
        close(socket).await;
        // What is another client's now is not taken back.
        let left = core.left();
        let call = call.clone().with_query("app", left.join(","));
        let before = attempts;
        match again(
            &core,
            transport.as_ref(),
            &call,
            &mut commands,
            &mut attempts,
        )
        .await
        {
            Ok(Some(opened)) => socket = opened,
            Ok(None) => break None,
            Err(ending) => break Some(ending),
        }
        add(&core.counters.reconnected, 1);
        core.pending.open();
        let gap = lost.elapsed();
        let attempts = attempts - before;
        core.announce(&ConnectionEvent::Reconnected { gap, attempts });
        comparing.spawn(reconcile::after_gap(core.clone()));
    };
    reader.helpers.shutdown().await;
    running.ending = ending;
}

fn disconnected(reason: String) -> Ending {
    Ending::Disconnected {
        reason,
        source: None,
    }
}

/// One turn of the task: hears what it is told, reads what has arrived, looks for signs of life.
fn turn<E: Message>(
    core: &Arc<Core<E>>,
    reader: &mut Reader<E>,
    commands: &mut mpsc::UnboundedReceiver<Command>,
    socket: &mut dyn WebSocket,
    context: &mut Context<'_>,
) -> Poll<End> {
    if let Poll::Ready(command) = commands.poll_recv(context) {
        return Poll::Ready(match command {
            Some(Command::Renew(reason)) => End::Broken(reason, None),
            Some(Command::Close) | None => End::Asked,
        });
    }
    let mut heard = false;
    for count in 0.. {
        if count == BURST {
            context.waker().wake_by_ref();
            break;
        }
        match socket.poll_receive(context) {
            Poll::Pending => break,
            Poll::Ready(None) => {
                return Poll::Ready(End::Broken("the connection ended".into(), None));
            }
            Poll::Ready(Some(Err(error))) => return Poll::Ready(broken(error)),
            Poll::Ready(Some(Ok(received))) => {
                heard = true;
                match received {
                    Received::Text(raw) => {
                        if let Some(end) = core.receive(raw, reader) {
                            return Poll::Ready(end);
                        }
                    }
                    Received::Alive => {}
                    Received::Binary(length) => {
                        log::warn(
                            core,
                            format_args!("a message of {length} bytes that are no text"),
                        );
                    }
                    Received::Close(reason) => {
                        return Poll::Ready(End::Closed(match reason {
                            Some((code, text)) => {
                                format!("closed by the server, with code {code} {text}")
                            }
                            None => "closed by the server, without a reason".to_owned(),
                        }));
                    }
                }
            }
        }
    }
    while reader.helpers.try_join_next().is_some() {}
    let now = Instant::now();
    let settings = &core.settings;
    if heard {
        reader.heard = now;
        reader.has_heard = true;
        if std::mem::take(&mut reader.pinged) {
            // It waits for the sign that has come.
            reader.timer.as_mut().reset(now + settings.ping_interval);
        }
    }
    while reader.timer.as_mut().poll(context).is_ready() {
        let silent_for = now.saturating_duration_since(reader.heard);
        let next = if silent_for < settings.ping_interval {
            reader.heard + settings.ping_interval
        } else if !reader.pinged {
            if let Err(error) = socket.send(Outgoing::Ping) {
                return Poll::Ready(broken(error));
            }
            reader.pinged = true;
            now + settings.ping_timeout
        } else if core.pending.excuses_silence_since(reader.heard) {
            // Asterisk answers pings of this socket only after the request that it works on.
            now + settings.ping_timeout
        } else {
            let reason = format!("no sign of life for {silent_for:?}");
            return Poll::Ready(End::Broken(reason, None));
        };
        reader.timer.as_mut().reset(next);
    }
    Poll::Pending
}

/// Writes what is to be written: one request after the other, so that those that a full socket
/// holds up can still be taken back, and are known not to have left when it is lost.
fn write<E: Message>(
    core: &Core<E>,
    requests: &mut mpsc::UnboundedReceiver<u64>,
    socket: &mut dyn WebSocket,
    context: &mut Context<'_>,
) -> Poll<End> {
    loop {
        match socket.poll_flush(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) => return Poll::Ready(broken(error)),
            Poll::Ready(Ok(())) => {}
        }
        let Poll::Ready(Some(id)) = requests.poll_recv(context) else {
            return Poll::Pending;
        };
        let Some(text) = core.pending.write(id) else {
            continue;
        };
        if let Err(error) = socket.send(Outgoing::Text(text)) {
            return Poll::Ready(broken(error));
        }
    }
}

fn broken(error: SendError) -> End {
    End::Broken("the WebSocket broke".into(), Some(error))
}

/// Closes in order, as far as the other side plays along.
async fn close(mut socket: Box<dyn WebSocket>) {
    if socket.send(Outgoing::Close).is_err() {
        return;
    }
    let closing = std::future::poll_fn(|context| {
        if let Poll::Ready(Err(_)) = socket.poll_flush(context) {
            return Poll::Ready(());
        }
        loop {
            match socket.poll_receive(context) {
                Poll::Ready(Some(Ok(Received::Close(_)) | Err(_)) | None) => {
                    return Poll::Ready(());
                }
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Pending => return Poll::Pending,
            }
        }
    });
    // Who does not answer is left.
    let _ = timeout(CLOSING, closing).await;
}

/// Connects again; nothing where the application wants no more meanwhile.
async fn again<E: Message>(
    core: &Core<E>,
    transport: &dyn Transport,
    call: &Call,
    commands: &mut mpsc::UnboundedReceiver<Command>,
    attempts: &mut u32,
) -> Result<Option<Box<dyn WebSocket>>, Ending> {
    let mut last: Option<Error> = None;
    loop {
        let Some(pause) = core.settings.reconnect.pause(*attempts + 1) else {
            return Err(Ending::Disconnected {
                reason: format!("gave up after {attempts} attempts to connect again"),
                source: last.map(Arc::new),
            });
        };
        *attempts = attempts.saturating_add(1);
        let attempt = async {
            sleep(pause).await;
            transport.connect(call).await
        };
        let Ok(result) = race(attempt, asked_to_close(commands)).await else {
            return Ok(None);
        };
        match result {
            Ok(socket) => return Ok(Some(socket)),
            Err(error) => {
                let chain = chain(&error);
                log::warn(
                    core,
                    format_args!("attempt {attempts} to connect again: {chain}"),
                );
                if !reconnect::is_passing(&error) {
                    return Err(Ending::Disconnected {
                        reason: format!("cannot connect again: {chain}"),
                        source: Some(Arc::new(error)),
                    });
                }
                last = Some(error);
            }
        }
    }
}

/// Until the session is to be closed.
async fn asked_to_close(commands: &mut mpsc::UnboundedReceiver<Command>) {
    while let Some(Command::Renew(_)) = commands.recv().await {}
}

/// An error with its causes, in one line.
pub(in crate::runtime) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
