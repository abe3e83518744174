//! The handle of one connected WebSocket with its applications.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::client::connection::Connection;
use crate::client::server_version::ServerVersion;
use crate::event::connection_event::ConnectionEvent;
use crate::event::event_type::EventPayload;
use crate::event::event_type::EventType;
#[cfg(feature = "server")]
use crate::race::race;
use crate::reconcile::work_queue::WorkQueue;
use crate::request::encoded::Request;
use crate::routing::queue::{CloseReason, Queue};
use crate::routing::reorder::ReorderBuffer;
use crate::routing::router::Router;
use crate::routing::stream::{EventStream, TypedStream};
use crate::routing::subscribers::Subscribers;
use crate::session::counters::{Counters, SessionStats};
use crate::session::driver::{DriverGuard, run};
use crate::session::session_state::{Command, SessionState};
use crate::session::settings::Settings;
use crate::session::ws_requests::InFlight;
use crate::session::ws_transport::WsTransport;
use crate::state::application_names::ApplicationNames;
use crate::state::inventory::Inventory;
use crate::transport::transport_trait::Transport;
use crate::transport::web_socket::WebSocket;

/// A connected Stasis application: streams of its events, and requests over its WebSocket.
///
/// Cheap to clone. The WebSocket stays open as long as any clone or any stream of
/// [`Session::events`] exists.
pub struct Session<E> {
    pub(crate) state: Arc<SessionState<E>>,
    keep_open: Arc<KeepOpen<E>>,
}

/// Closes the socket when the last owner is dropped.
struct KeepOpen<E>(Arc<SessionState<E>>);

impl<E> Drop for KeepOpen<E> {
    fn drop(&mut self) {
        // The task may have ended before.
        let _ = self.0.commands.send(Command::Close);
    }
}

impl<E> Clone for Session<E> {
    fn clone(&self) -> Self {
        Session {
            state: self.state.clone(),
            keep_open: self.keep_open.clone(),
        }
    }
}

impl<E: EventType> Session<E> {
    /// Starts to read an open socket. If no application names are given, they are taken from
    /// messages. The transport carries the requests that the socket does not, and reopens the
    /// socket with the request that has opened it.
    pub(crate) fn start(
        hub: &Arc<Router<E>>,
        applications: Vec<String>,
        release: ServerVersion,
        settings: Settings,
        socket: Box<dyn WebSocket>,
        transport: Option<Arc<dyn Transport>>,
        again: Option<Request>,
    ) -> EventStream<E> {
        let (commands, told) = mpsc::unbounded_channel();
        let (requests, asked) = mpsc::unbounded_channel();
        let (running, over) = watch::channel(());
        let pending = InFlight::new(settings.timeout, settings.max_response_size);
        let core = Arc::new(SessionState {
            hub: hub.clone(),
            names: ApplicationNames::new(applications),
            inventory: Inventory::default(),
            work_queue: WorkQueue::default(),
            reorder: ReorderBuffer::default(),
            transport,
            release,
            settings,
            subscribers: Subscribers::default(),
            pending,
            commands,
            requests,
            counters: Counters::default(),
            ended: AtomicBool::new(false),
            is_resyncing: AtomicBool::new(false),
            done: over,
        });
        if let Some(call) = &again {
            core.inventory.on_connect(&core.names.list(), call);
        }
        let session = Session {
            keep_open: Arc::new(KeepOpen(core.clone())),
            state: core.clone(),
        };
        let stream = session.events();
        hub.add_session(core.clone());
        core.broadcast(&ConnectionEvent::Connected);
        let running = DriverGuard {
            core,
            ending: Some(CloseReason::Disconnected {
                reason: "the runtime that the session ran in has ended".to_owned(),
                source: None,
            }),
            _done: running,
        };
        tokio::spawn(run(running, told, asked, socket, again));
        stream
    }

    /// Returns a stream of all events that arrive from now on. Events that no stream wants are not
    /// decoded.
    pub fn events(&self) -> EventStream<E> {
        let queue = Queue::new(self.state.settings.buffer);
        self.state.subscribers.add(None, queue.clone());
        if self.state.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        EventStream::new(self.clone(), queue)
    }

    /// Returns a stream of all events of one type that arrive from now on.
    pub fn events_of<T: EventPayload<E>>(&self) -> TypedStream<T, E> {
        let queue = Queue::new(self.state.settings.buffer);
        self.state.subscribers.add(Some(T::KIND), queue.clone());
        if self.state.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        TypedStream::new(self.clone(), queue)
    }

    /// Returns the names of the applications that are connected by this WebSocket. If Asterisk has
    /// opened it, the names come from its messages, and the list is empty before the first one.
    pub fn applications(&self) -> Arc<[String]> {
        self.state.names.list()
    }

    /// Waits until the name of an application is known. Returns false if the session ends before.
    #[cfg(feature = "server")]
    pub(crate) async fn wait_named(&self) -> bool {
        // The list of names shows which of the two has finished.
        let _ = race(self.state.names.find(|_| Some(())), self.ended()).await;
        !self.state.names.list().is_empty()
    }

    /// Waits until there is an application for which `find` returns something.
    #[cfg(feature = "server")]
    pub(crate) async fn find_application<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.state.names.find(find).await
    }

    /// Waits until the session has ended.
    #[cfg(feature = "server")]
    pub(crate) async fn ended(&self) {
        self.state.ended().await;
    }

    /// Returns the counters since the session began.
    pub fn stats(&self) -> SessionStats {
        self.state.counters.snapshot()
    }

    /// Returns a connection that sends requests over this WebSocket (Asterisk 20.14, 21.9, 22.4 and
    /// later). This saves connections, not time. Requests that the socket cannot carry (a download,
    /// another WebSocket), and requests that wait for playbacks and would block the socket, are
    /// still sent over HTTP if the session was connected by a client that has an address. All
    /// requests are sent over HTTP once a response has shown that the server is an older release.
    pub fn connection(&self) -> Connection<E> {
        Connection::over_session(
            Arc::new(WsTransport::new(self.clone())),
            self.state.transport.clone(),
            self.state.release.clone(),
            self.state.hub.clone(),
            self.state.settings.clone(),
        )
    }

    /// Closes the WebSocket and ends its streams, after waiting for the responses of pending
    /// requests, but no longer than `limit`. No task of the session is running when this returns.
    pub async fn close(&self, limit: Duration) {
        self.state.close(limit).await;
    }

    pub(crate) fn remove_stream(&self, kind: Option<&'static str>, queue: &Arc<Queue<E>>) {
        self.state.subscribers.remove(kind, queue);
    }
}

impl<E> fmt::Debug for Session<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("applications", &self.state.names.list())
            .field("stats", &self.state.counters.snapshot())
            .finish_non_exhaustive()
    }
}
