//! The handle of one connected WebSocket with its applications.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::counters::{Counters, SessionStats};
use super::doubt::Doubts;
use super::held::Held;
use super::hub::Hub;
use super::listeners::Listeners;
use super::memory::Memory;
use super::names::Names;
use super::over_socket::OverSocket;
use super::queue::{Ending, Queue};
use super::rest::Pending;
use super::settings::Settings;
use super::shared::{Command, Core};
use super::task::{Running, run};
use super::{ConnectionEvent, EventStream, TypedStream};
use crate::runtime::message::MessageType;
#[cfg(feature = "server")]
use crate::runtime::race::race;
use crate::runtime::release::Release;
use crate::runtime::{Call, Connection, Message, Transport, WebSocket};

/// A connected Stasis application: streams of its events, and requests over its WebSocket.
///
/// Cheap to clone. The WebSocket stays open as long as any clone or any stream of
/// [`Session::events`] exists.
pub struct Session<E> {
    pub(super) core: Arc<Core<E>>,
    alive: Arc<Alive<E>>,
}

/// Closes the socket when the last owner is dropped.
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
    /// Starts to read an open socket. If no application names are given, they are taken from
    /// messages. The transport carries the requests that the socket does not, and reopens the
    /// socket with the request that has opened it.
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
        let pending = Pending::new(settings.timeout, settings.answer_limit);
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
            in_gap: AtomicBool::new(false),
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

    /// Returns a stream of all events that arrive from now on. Events that no stream wants are not
    /// decoded.
    pub fn events(&self) -> EventStream<E> {
        let queue = Queue::new(self.core.settings.buffer);
        self.core.listeners.add(None, queue.clone());
        if self.core.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        EventStream::new(self.clone(), queue)
    }

    /// Returns a stream of all events of one type that arrive from now on.
    pub fn events_of<T: MessageType<E>>(&self) -> TypedStream<T, E> {
        let queue = Queue::new(self.core.settings.buffer);
        self.core.listeners.add(Some(T::KIND), queue.clone());
        if self.core.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        TypedStream::new(self.clone(), queue)
    }

    /// Returns the names of the applications that are connected by this WebSocket. If Asterisk has
    /// opened it, the names come from its messages, and the list is empty before the first one.
    pub fn applications(&self) -> Arc<[String]> {
        self.core.names.list()
    }

    /// Waits until the name of an application is known. Returns false if the session ends before.
    #[cfg(feature = "server")]
    pub(crate) async fn named(&self) -> bool {
        // The list of names shows which of the two has finished.
        let _ = race(self.core.names.find(|_| Some(())), self.ended()).await;
        !self.core.names.list().is_empty()
    }

    /// Waits until there is an application for which `find` returns something.
    #[cfg(feature = "server")]
    pub(crate) async fn find_application<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.core.names.find(find).await
    }

    /// Waits until the session has ended.
    #[cfg(feature = "server")]
    pub(crate) async fn ended(&self) {
        self.core.ended().await;
    }

    /// Returns the counters since the session began.
    pub fn stats(&self) -> SessionStats {
        self.core.counters.read()
    }

    /// Returns a connection that sends requests over this WebSocket (Asterisk 20.14, 21.9, 22.4 and
    /// later). This saves connections, not time. Requests that the socket cannot carry (a download,
    /// another WebSocket), and requests that wait for playbacks and would block the socket, are
    /// still sent over HTTP if the session was connected by a client that has an address. All
    /// requests are sent over HTTP once a response has shown that the server is an older release.
    pub fn connection(&self) -> Connection<E> {
        Connection::over(
            Arc::new(OverSocket::new(self.clone())),
            self.core.transport.clone(),
            self.core.release.clone(),
            self.core.hub.clone(),
            self.core.settings.clone(),
        )
    }

    /// Closes the WebSocket and ends its streams, after waiting for the responses of pending
    /// requests, but no longer than `limit`. No task of the session is running when this returns.
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
