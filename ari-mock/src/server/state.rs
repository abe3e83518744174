//! The shared state of the server, and the tasks of its connections.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ari_api::schema::Version;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};

use crate::model::SocketId;
use crate::pbx::PbxState;
use crate::release_schema::ReleaseSchema;
use crate::rest::RouteNode;

pub(crate) struct Server {
    state: Mutex<PbxState>,
    /// The number of changes of the state so far.
    changes: AtomicU64,
    /// Notifies of changes to the time of the next scheduled task or to the received requests.
    pub(crate) changed: Notify,
    pub(crate) routes: RouteNode,
    pub(crate) version: Version,
    /// The prefix of all paths.
    pub(crate) http_prefix: String,
    pub(crate) schema: &'static ReleaseSchema,
    connections: Mutex<Vec<AbortHandle>>,
    /// The connections of clients of the control API.
    control_connections: Mutex<Vec<AbortHandle>>,
    /// False while the server is stopped.
    listening: AtomicBool,
    /// The task of each WebSocket.
    sockets: Mutex<HashMap<SocketId, AbortHandle>>,
}

impl Server {
    pub(crate) fn new(pbx: PbxState) -> Self {
        let version = pbx.settings.version;
        let http_prefix = pbx.settings.http_prefix.clone();
        Server {
            state: Mutex::new(pbx),
            changes: AtomicU64::new(0),
            changed: Notify::new(),
            routes: RouteNode::for_version(version),
            version,
            http_prefix,
            schema: ReleaseSchema::for_version(version),
            connections: Mutex::new(Vec::new()),
            control_connections: Mutex::new(Vec::new()),
            listening: AtomicBool::new(true),
            sockets: Mutex::new(HashMap::new()),
        }
    }

    /// Locks the state. Nothing may block or await while holding it.
    fn lock(&self) -> MutexGuard<'_, PbxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a function on the state, and then the tasks that have become due.
    pub(crate) fn update<T>(&self, run: impl FnOnce(&mut PbxState) -> T) -> T {
        let mut pbx = self.lock();
        pbx.run_due_tasks();
        let result = run(&mut pbx);
        pbx.run_due_tasks();
        drop(pbx);
        self.changes.fetch_add(1, Ordering::Relaxed);
        self.changed.notify_waiters();
        result
    }

    /// Returns the number of changes so far, which shows that a program is active.
    pub(crate) fn change_count(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// Reads the state without notifying of a change, so a task that waits for a change may call
    /// this.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&PbxState) -> T) -> T {
        let mut pbx = self.lock();
        pbx.run_due_tasks();
        look(&pbx)
    }

    /// Returns the server name, such as `Asterisk/22.10.1`.
    pub(crate) fn server_name(&self) -> String {
        format!("Asterisk/{}", self.version)
    }

    /// Returns the part of a path below `/ari/`, if it is a path of ARI.
    pub(crate) fn find_ari_path<'a>(&self, path: &'a str) -> Option<&'a str> {
        let rest = path.strip_prefix(&*self.http_prefix)?;
        match rest.strip_prefix("/ari")? {
            "" => Some(""),
            rest => rest.strip_prefix('/'),
        }
    }

    /// Runs scheduled tasks when they fall due, for as long as the server runs.
    pub(crate) async fn run_scheduler(self: Arc<Self>) {
        loop {
            let changed = self.changed.notified();
            let wait = {
                let pbx = self.lock();
                let due = pbx.next_task_time().filter(|_| pbx.clock.is_running());
                due.map(|due| due.saturating_sub(pbx.clock.now()))
            };
            match wait {
                // A timer has a resolution of one millisecond.
                Some(wait) => tokio::select! {
                    biased;
                    () = tokio::time::sleep(wait.max(Duration::from_micros(100))) => {
                        self.lock().run_due_tasks();
                    }
                    () = changed => {}
                },
                None => changed.await,
            }
        }
    }

    /// Returns false while the server is stopped.
    pub(crate) fn is_listening(&self) -> bool {
        self.listening.load(Ordering::Acquire)
    }

    /// Marks the server as stopped or started.
    pub(crate) fn set_listening(&self, listening: bool) {
        self.listening.store(listening, Ordering::Release);
    }

    /// Stores the task of a connection or of a request, so that it can be aborted.
    pub(crate) fn track_connection<T>(&self, task: &JoinHandle<T>) {
        let mut connections = self.connections();
        connections.retain(|connection| !connection.is_finished());
        connections.push(task.abort_handle());
    }

    /// Stores the task of a WebSocket, so that it can be aborted.
    pub(crate) fn track_socket(&self, socket: SocketId, task: &JoinHandle<()>) {
        self.track_connection(task);
        let mut sockets = self.sockets();
        sockets.retain(|_, task| !task.is_finished());
        sockets.insert(socket, task.abort_handle());
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<SocketId, AbortHandle>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Aborts one WebSocket. Returns `false` if it does not exist.
    pub(crate) fn abort_socket(&self, socket: SocketId) -> bool {
        let task = self.sockets().remove(&socket);
        if let Some(task) = &task {
            task.abort();
        }
        task.is_some()
    }

    fn connections(&self) -> MutexGuard<'_, Vec<AbortHandle>> {
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Aborts all connections without a closing handshake.
    pub(crate) fn abort_connections(&self) {
        self.abort_client_connections();
        for connection in self.control_connections().drain(..) {
            connection.abort();
        }
    }

    /// Aborts all connections but those of clients of the control API.
    pub(crate) fn abort_client_connections(&self) {
        for connection in self.connections().drain(..) {
            connection.abort();
        }
    }

    /// Marks the connection of a task as that of a client of the control API.
    #[cfg(feature = "control")]
    pub(crate) fn keep_connection(&self, task: Option<tokio::task::Id>) {
        let mut connections = self.connections();
        let found = connections.iter().position(|one| Some(one.id()) == task);
        if let Some(index) = found {
            let connection = connections.swap_remove(index);
            let mut kept = self.control_connections();
            kept.retain(|connection| !connection.is_finished());
            kept.push(connection);
        }
    }

    fn control_connections(&self) -> MutexGuard<'_, Vec<AbortHandle>> {
        let connections = self.control_connections.lock();
        connections.unwrap_or_else(PoisonError::into_inner)
    }
}
