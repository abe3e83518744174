//! The HTTP and WebSocket server on a loopback port, which gives access to the simulated PBX.

mod answer;
mod auth;
mod check;
mod fault;
mod http;
mod params;
mod rest;
mod route;
mod socket;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ari_api::runtime::{Method, Operation, Version};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::{AbortHandle, JoinHandle};

pub(crate) use answer::{Answer, Body, Reply};
pub(crate) use fault::{Fault, Harm};
pub(crate) use params::{Given, Params, leading_number, split};
use route::{Node, Route};

use crate::pbx::{SocketId, World};
use crate::shape::Shapes;
use crate::violation::ViolationKind;
use crate::{docs, operations};

/// A request that the server has received.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// The requested operation.
    pub operation: &'static Operation,
    /// The path below `/ari/`, as received, without the query.
    pub path: String,
    /// The decoded query parameters.
    pub query: Vec<(String, String)>,
    /// The body, if it is JSON.
    pub body: Option<serde_json::Value>,
    /// The status of the response; `None` until there is one.
    pub status: Option<u16>,
}

/// A request on its way to an operation.
pub(crate) struct Incoming<'a> {
    pub(crate) method: &'a str,
    /// The path below `/ari/`.
    pub(crate) path: &'a str,
    /// The host by which the client reached the server.
    pub(crate) host: Option<&'a str>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Given,
}

pub(crate) struct Server {
    world: Mutex<World>,
    /// Notifies of changes to the time of the next scheduled task or to the received requests.
    pub(crate) changed: Notify,
    pub(crate) routes: Node,
    pub(crate) version: Version,
    shapes: &'static Shapes,
    connections: Mutex<Vec<AbortHandle>>,
    /// The task of each WebSocket.
    sockets: Mutex<HashMap<SocketId, AbortHandle>>,
}

impl Server {
    pub(crate) fn new(world: World) -> Self {
        let version = world.settings.version;
        Server {
            world: Mutex::new(world),
            changed: Notify::new(),
            routes: Node::of(version),
            version,
            shapes: Shapes::of(version),
            connections: Mutex::new(Vec::new()),
            sockets: Mutex::new(HashMap::new()),
        }
    }

    /// Locks the state. Nothing may block or await while holding it.
    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a function on the state, and then the tasks that have become due.
    pub(crate) fn with<T>(&self, run: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.lock();
        world.run_due();
        let result = run(&mut world);
        world.run_due();
        drop(world);
        self.changed.notify_waiters();
        result
    }

    /// Reads the state without notifying of a change, so a task that waits for a change may call
    /// this.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        let mut world = self.lock();
        world.run_due();
        look(&world)
    }

    /// Returns the server name, such as `Asterisk/22.10.1`.
    pub(crate) fn name(&self) -> String {
        format!("Asterisk/{}", self.version)
    }

    /// Runs scheduled tasks when they fall due, for as long as the server runs.
    pub(crate) async fn keep_time(self: Arc<Self>) {
        loop {
            let changed = self.changed.notified();
            let wait = {
                let world = self.lock();
                let due = world.next_due().filter(|_| world.clock.is_running());
                due.map(|due| due.saturating_sub(world.clock.now()))
            };
            match wait {
                // A timer has a resolution of one millisecond.
                Some(wait) => tokio::select! {
                    () = tokio::time::sleep(wait.max(Duration::from_micros(100))) => {
                        self.lock().run_due();
                    }
                    () = changed => {}
                },
                None => changed.await,
            }
        }
    }

    /// Stores the task of a connection, so that it can be aborted.
    pub(crate) fn remember(&self, task: &JoinHandle<()>) {
        let mut connections = self.connections();
        connections.retain(|connection| !connection.is_finished());
        connections.push(task.abort_handle());
    }

    /// Stores the task of a WebSocket, so that it can be aborted.
    pub(crate) fn remember_socket(&self, socket: SocketId, task: &JoinHandle<()>) {
        self.remember(task);
        let mut sockets = self.sockets();
        sockets.retain(|_, task| !task.is_finished());
        sockets.insert(socket, task.abort_handle());
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<SocketId, AbortHandle>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Aborts one WebSocket. Returns `false` if it does not exist.
    pub(crate) fn cut_off_socket(&self, socket: SocketId) -> bool {
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
    pub(crate) fn cut_off(&self) {
        for connection in self.connections().drain(..) {
            connection.abort();
        }
    }

    /// Accepts connections.
    pub(crate) async fn listen(self: Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let server = Arc::clone(&self);
                    let task = tokio::spawn(http::serve(server, stream));
                    self.remember(&task);
                }
                // Most likely there are too many open files, and some may be closed soon.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// Responds to an authenticated request.
    pub(crate) async fn answer(&self, incoming: Incoming<'_>) -> Answer {
        let Incoming {
            method,
            path,
            host,
            query,
            body,
        } = incoming;
        if path.ends_with('/') {
            let path = path.trim_end_matches('/');
            let message = format!("ARI URLs do not end with a slash. Try /ari/{path}");
            return Answer::refused(404, message);
        }
        if let Some(name) = path.strip_prefix("api-docs/") {
            return self.spec(method, name, host);
        }
        let resource = path.split('/').next().unwrap_or_default();
        if self.look(|world| world.modules.lack(resource)) {
            return Answer::refused(404, "Resource not found");
        }
        let (operation, variables) = match self.routes.find(method, path) {
            Route::Found(operation, variables) => (operation, variables),
            Route::Options { allow } => return Answer::done().header("Allow", allow),
            Route::WrongMethod { allow } => {
                self.with(|world| tell_of_other_releases(world, method, path));
                return Answer::refused(405, "Invalid method").header("Allow", allow);
            }
            Route::Nothing => {
                self.with(|world| tell_of_other_releases(world, method, path));
                return Answer::refused(404, "Resource not found");
            }
        };
        let request = Request {
            operation,
            path: path.to_owned(),
            query: query.clone(),
            body: match &body {
                Given::Json(value) => Some(value.clone()),
                _ => None,
            },
            status: None,
        };
        let bad = matches!(body, Given::Bad);
        let mut params = Params::new(operation, self.version, variables, query, body);
        let wrong = std::mem::take(&mut params.wrong);
        let number = self.with(|world| {
            let number = world.requests.len();
            world.requests.push(request);
            for (kind, detail) in wrong {
                world.violation(Some(operation), kind, detail);
            }
            if path.contains("//") {
                let what =
                    format!("{path:?} has an empty segment: the rest of the path is not read");
                world.violation(Some(operation), ViolationKind::EmptySegment, what);
            }
            number
        });
        let answer = match self.suffer(operation).await {
            Some(answer) => answer,
            None => self.perform(operation, &params, bad).await,
        };
        self.with(|world| {
            if let Some(request) = world.requests.get_mut(number) {
                request.status = Some(answer.status);
            }
        });
        answer
    }

    /// Executes an operation. `bad` is true if the body cannot be parsed.
    async fn perform(&self, operation: &'static Operation, params: &Params, bad: bool) -> Answer {
        if bad {
            return Answer::refused(400, "Error parsing request body");
        }
        if let Some(message) = params.too_long(operation) {
            return Answer::refused(400, message);
        }
        let answer = match self.with(|world| operations::run(world, operation, params)) {
            Reply::Now(answer) => answer,
            Reply::Later(answer) => match answer.await {
                Ok(answer) => answer,
                Err(_) => Answer::refused(500, "Internal Server Error"),
            },
        };
        let answer = answer.trimmed(self.shapes, operation.response);
        match &answer.body {
            Body::Json(json) if (200..300).contains(&answer.status) && json.is_broken() => {
                match operation.method {
                    Method::Get => Answer::allocation_failed(),
                    // The operation was executed, but its result cannot be sent.
                    _ => Answer::nothing(answer.status),
                }
            }
            _ => answer,
        }
    }

    /// Applies the faults that a test has requested. Returns the response if one of them replaces
    /// it.
    async fn suffer(&self, operation: &Operation) -> Option<Answer> {
        let (fault, delay) = self.with(|world| fault::strike(world, operation));
        if !delay.is_zero() {
            let (done, due) = oneshot::channel();
            self.with(|world| {
                world.after(delay, move |_| {
                    // The waiting connection may have been aborted.
                    let _ = done.send(());
                });
            });
            // This returns an error if the server has been stopped, because that clears the
            // schedule.
            let _ = due.await;
        }
        fault
    }

    /// Responds with a spec, such as `channels.json`.
    fn spec(&self, method: &str, name: &str, host: Option<&str>) -> Answer {
        if method != "GET" {
            return Answer::refused(405, "Unsupported method");
        }
        match docs::served(self.version, name, host) {
            Some(text) => Answer::text(text),
            None => Answer::refused(404, "Resource not found"),
        }
    }
}

/// Records a violation for a path that only another release has, because the response is the same
/// as for an unknown path.
fn tell_of_other_releases(world: &mut World, method: &str, path: &str) {
    let served = world.settings.version;
    for release in ari_api::operations::RELEASES.iter().rev() {
        let version = Version::new(*release, u16::MAX, 0);
        let Route::Found(operation, _) = Node::of(version).find(method, path) else {
            continue;
        };
        // Otherwise this is the path of an object, which the other release treats as an operation.
        if !operation.availability.includes(served) {
            let what = format!(
                "{served} does not have this operation: {}",
                operation.availability
            );
            world.violation(Some(operation), ViolationKind::NotInThisRelease, what);
        }
        return;
    }
}

/// Listens on a port of the loopback interface. 0 means any free port.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await
}
