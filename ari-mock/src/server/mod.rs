//! The HTTP and WebSocket server on a loopback port, which gives access to the simulated PBX.

mod auth;
mod fault;
mod http;
mod param_lint;
mod params;
mod response;
mod route;
mod socket;
mod ws_requests;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ari_api::schema::{Method, Operation, Version};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::{AbortHandle, JoinHandle};

pub(crate) use fault::{Fault, FaultAction};
pub(crate) use params::{Params, RequestBody, parse_leading_number, split_list};
pub(crate) use response::{Body, DeferredResponse, Response};
use route::{Route, RouteNode};

use crate::pbx::{PbxState, SocketId};
use crate::release_schema::ReleaseSchema;
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
pub(crate) struct IncomingRequest<'a> {
    pub(crate) method: &'a str,
    /// The path below `/ari/`.
    pub(crate) path: &'a str,
    /// The host by which the client reached the server.
    pub(crate) host: Option<&'a str>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: RequestBody,
}

pub(crate) struct Server {
    state: Mutex<PbxState>,
    /// Notifies of changes to the time of the next scheduled task or to the received requests.
    pub(crate) changed: Notify,
    pub(crate) routes: RouteNode,
    pub(crate) version: Version,
    schema: &'static ReleaseSchema,
    connections: Mutex<Vec<AbortHandle>>,
    /// The task of each WebSocket.
    sockets: Mutex<HashMap<SocketId, AbortHandle>>,
}

impl Server {
    pub(crate) fn new(world: PbxState) -> Self {
        let version = world.settings.version;
        Server {
            state: Mutex::new(world),
            changed: Notify::new(),
            routes: RouteNode::for_version(version),
            version,
            schema: ReleaseSchema::for_version(version),
            connections: Mutex::new(Vec::new()),
            sockets: Mutex::new(HashMap::new()),
        }
    }

    /// Locks the state. Nothing may block or await while holding it.
    fn lock(&self) -> MutexGuard<'_, PbxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a function on the state, and then the tasks that have become due.
    pub(crate) fn update<T>(&self, run: impl FnOnce(&mut PbxState) -> T) -> T {
        let mut world = self.lock();
        world.run_due_tasks();
        let result = run(&mut world);
        world.run_due_tasks();
        drop(world);
        self.changed.notify_waiters();
        result
    }

    /// Reads the state without notifying of a change, so a task that waits for a change may call
    /// this.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&PbxState) -> T) -> T {
        let mut world = self.lock();
        world.run_due_tasks();
        look(&world)
    }

    /// Returns the server name, such as `Asterisk/22.10.1`.
    pub(crate) fn server_name(&self) -> String {
        format!("Asterisk/{}", self.version)
    }

    /// Runs scheduled tasks when they fall due, for as long as the server runs.
    pub(crate) async fn run_scheduler(self: Arc<Self>) {
        loop {
            let changed = self.changed.notified();
            let wait = {
                let world = self.lock();
                let due = world.next_task_time().filter(|_| world.clock.is_running());
                due.map(|due| due.saturating_sub(world.clock.now()))
            };
            match wait {
                // A timer has a resolution of one millisecond.
                Some(wait) => tokio::select! {
                    () = tokio::time::sleep(wait.max(Duration::from_micros(100))) => {
                        self.lock().run_due_tasks();
                    }
                    () = changed => {}
                },
                None => changed.await,
            }
        }
    }

    /// Stores the task of a connection, so that it can be aborted.
    pub(crate) fn track_connection(&self, task: &JoinHandle<()>) {
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
                    self.track_connection(&task);
                }
                // Most likely there are too many open files, and some may be closed soon.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// Responds to an authenticated request.
    pub(crate) async fn respond(&self, incoming: IncomingRequest<'_>) -> Response {
        let IncomingRequest {
            method,
            path,
            host,
            query,
            body,
        } = incoming;
        if path.ends_with('/') {
            let path = path.trim_end_matches('/');
            let message = format!("ARI URLs do not end with a slash. Try /ari/{path}");
            return Response::error(404, message);
        }
        if let Some(name) = path.strip_prefix("api-docs/") {
            return self.serve_spec(method, name, host);
        }
        let resource = path.split('/').next().unwrap_or_default();
        if self.read(|world| world.modules.is_unavailable(resource)) {
            return Response::error(404, "Resource not found");
        }
        let (operation, variables) = match self.routes.find(method, path) {
            Route::Found(operation, variables) => (operation, variables),
            Route::Options { allow } => return Response::no_content().with_header("Allow", allow),
            Route::WrongMethod { allow } => {
                self.update(|world| report_other_release(world, method, path));
                return Response::error(405, "Invalid method").with_header("Allow", allow);
            }
            Route::NotFound => {
                self.update(|world| report_other_release(world, method, path));
                return Response::error(404, "Resource not found");
            }
        };
        let request = Request {
            operation,
            path: path.to_owned(),
            query: query.clone(),
            body: match &body {
                RequestBody::Json(value) => Some(value.clone()),
                _ => None,
            },
            status: None,
        };
        let bad = matches!(body, RequestBody::Invalid);
        let mut params = Params::new(operation, self.version, variables, query, body);
        let wrong = std::mem::take(&mut params.violations);
        let number = self.update(|world| {
            let number = world.requests.len();
            world.requests.push(request);
            for (kind, detail) in wrong {
                world.record_violation(Some(operation), kind, detail);
            }
            if path.contains("//") {
                let what =
                    format!("{path:?} has an empty segment: the rest of the path is not read");
                world.record_violation(Some(operation), ViolationKind::EmptySegment, what);
            }
            number
        });
        let answer = match self.apply_faults(operation).await {
            Some(answer) => answer,
            None => self.execute(operation, &params, bad).await,
        };
        self.update(|world| {
            if let Some(request) = world.requests.get_mut(number) {
                request.status = Some(answer.status);
            }
        });
        answer
    }

    /// Executes an operation. `bad` is true if the body cannot be parsed.
    async fn execute(&self, operation: &'static Operation, params: &Params, bad: bool) -> Response {
        if bad {
            return Response::error(400, "Error parsing request body");
        }
        if let Some(message) = params.check_list_lengths(operation) {
            return Response::error(400, message);
        }
        let answer = match self.update(|world| operations::run(world, operation, params)) {
            DeferredResponse::Ready(answer) => answer,
            DeferredResponse::Pending(answer) => match answer.await {
                Ok(answer) => answer,
                Err(_) => Response::error(500, "Internal Server Error"),
            },
        };
        let answer = answer.trimmed(self.schema, operation.response);
        match &answer.body {
            Body::Json(json) if (200..300).contains(&answer.status) && json.has_invalid_bytes() => {
                match operation.method {
                    Method::Get => Response::allocation_failed(),
                    // The operation was executed, but its result cannot be sent.
                    _ => Response::empty(answer.status),
                }
            }
            _ => answer,
        }
    }

    /// Applies the faults that a test has requested. Returns the response if one of them replaces
    /// it.
    async fn apply_faults(&self, operation: &Operation) -> Option<Response> {
        let (fault, delay) = self.update(|world| fault::inject(world, operation));
        if !delay.is_zero() {
            let (done, due) = oneshot::channel();
            self.update(|world| {
                world.run_after(delay, move |_| {
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
    fn serve_spec(&self, method: &str, name: &str, host: Option<&str>) -> Response {
        if method != "GET" {
            return Response::error(405, "Unsupported method");
        }
        match docs::served_spec(self.version, name, host) {
            Some(text) => Response::json_text(text),
            None => Response::error(404, "Resource not found"),
        }
    }
}

/// Records a violation for a path that only another release has, because the response is the same
/// as for an unknown path.
fn report_other_release(world: &mut PbxState, method: &str, path: &str) {
    let served = world.settings.version;
    for release in ari_api::operations::RELEASES.iter().rev() {
        let version = Version::new(*release, u16::MAX, 0);
        let Route::Found(operation, _) = RouteNode::for_version(version).find(method, path) else {
            continue;
        };
        // Otherwise this is the path of an object, which the other release treats as an operation.
        if !operation.availability.includes(served) {
            let what = format!(
                "{served} does not have this operation: {}",
                operation.availability
            );
            world.record_violation(Some(operation), ViolationKind::NotInThisRelease, what);
        }
        return;
    }
}

/// Listens on a port of the loopback interface. 0 means any free port.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await
}
