//! Connections that are kept alive between calls.
//!
//! There are as many as calls at the same time: nothing waits for a connection to become free, and
//! nothing limits their number.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::body::Whole;
use super::connector::Connector;
use crate::runtime::SendError;

/// Asterisk closes connections that were idle for 15 seconds; letting go before that avoids
/// requests that meet a closing connection.
const IDLE: Duration = Duration::from_secs(10);

/// Why a request has no answer.
pub(super) enum Failure {
    /// No byte of it was written.
    NotSent(SendError),
    /// It may have arrived.
    Unknown(SendError),
}

/// Connections to one address.
pub(super) struct Pool {
    connector: Connector,
    idle: Arc<Mutex<Idle>>,
}

/// Connections that wait for the next call, the one that has waited longest first.
struct Idle {
    connections: Vec<(SendRequest<Whole>, Instant)>,
    /// How long they may wait.
    limit: Duration,
    /// The task that lets go of those that have waited too long, while there are any.
    watched: Option<AbortHandle>,
}

impl Pool {
    pub(super) fn new(connector: Connector) -> Self {
        Self::with_limit(connector, IDLE)
    }

    fn with_limit(connector: Connector, limit: Duration) -> Self {
        let idle = Idle {
            connections: Vec::new(),
            limit,
            watched: None,
        };
        Pool {
            connector,
            idle: Arc::new(Mutex::new(idle)),
        }
    }

    /// Sends a request on a connection that is idle, or else on a new one. When an idle one turns
    /// out to be closed before anything was written, the next one is taken.
    pub(super) async fn send(
        &self,
        mut request: Request<Whole>,
    ) -> Result<Response<Incoming>, Failure> {
        loop {
            let idle = lock(&self.idle).take();
            let (mut connection, kept_alive) = match idle {
                Some(connection) => (connection, true),
                None => (self.open().await?, false),
            };
            let mut failed = match connection.try_send_request(request).await {
                Ok(response) => {
                    self.keep(connection);
                    return Ok(response);
                }
                Err(failed) => failed,
            };
            let untouched = failed.take_message();
            let error = failed.into_error();
            match untouched {
                Some(untouched) if kept_alive => request = untouched,
                None if !error.is_canceled() => return Err(Failure::Unknown(error.into())),
                _ => return Err(Failure::NotSent(error.into())),
            }
        }
    }

    async fn open(&self) -> Result<SendRequest<Whole>, Failure> {
        let stream = match self.connector.open().await {
            Ok(stream) => stream,
            Err(error) => return Err(Failure::NotSent(error.into())),
        };
        let (sender, connection) = match http1::handshake(stream).await {
            Ok(opened) => opened,
            Err(error) => return Err(Failure::NotSent(error.into())),
        };
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                // Whoever waits for an answer on it is told, too.
                tracing::debug!(%error, "connection broken");
            }
        });
        Ok(sender)
    }

    /// Takes a connection back as soon as the answer on it has been read.
    fn keep(&self, mut connection: SendRequest<Whole>) {
        if connection.is_ready() {
            put(&self.idle, connection);
            return;
        }
        let idle = Arc::downgrade(&self.idle);
        tokio::spawn(async move {
            // An error: it was closed, or the answer was dropped before its end.
            if connection.ready().await.is_ok()
                && let Some(idle) = idle.upgrade()
            {
                put(&idle, connection);
            }
        });
    }
}

impl Pool {
    /// Lets go of the connections that are idle.
    pub(super) fn clear(&self) {
        let mut idle = lock(&self.idle);
        idle.connections.clear();
        let watching = idle.watched.take();
        // What the task drops when it ends takes the lock.
        drop(idle);
        if let Some(watching) = watching {
            watching.abort();
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Idle {
    /// The connection that was in use last: it is the least likely to be closed.
    fn take(&mut self) -> Option<SendRequest<Whole>> {
        while let Some((connection, since)) = self.connections.pop() {
            if connection.is_ready() && since.elapsed() < self.limit {
                return Some(connection);
            }
        }
        None
    }
}

fn put(idle: &Arc<Mutex<Idle>>, connection: SendRequest<Whole>) {
    let mut locked = lock(idle);
    locked.connections.push((connection, Instant::now()));
    if locked.watched.is_none() {
        let watching = tokio::spawn(watch(Watch(Arc::downgrade(idle))));
        locked.watched = Some(watching.abort_handle());
    }
}

/// Lets go of what has been idle for too long, until nothing is idle any more.
async fn watch(mut watch: Watch) {
    loop {
        let next = {
            let Some(watched) = watch.0.upgrade() else {
                return;
            };
            let mut idle = lock(&watched);
            let limit = idle.limit;
            idle.connections
                .retain(|(connection, since)| connection.is_ready() && since.elapsed() < limit);
            match idle.connections.first() {
                Some((_, since)) => *since + limit,
                None => {
                    idle.watched = None;
                    // From here on it is up to the next task.
                    watch.0 = Weak::new();
                    return;
                }
            }
        };
        tokio::time::sleep_until(next).await;
    }
}

/// Says that nobody watches any more, also when the runtime of the watching task ends before it.
struct Watch(Weak<Mutex<Idle>>);

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(idle) = self.0.upgrade() {
            lock(&idle).watched = None;
        }
    }
}

fn lock(idle: &Mutex<Idle>) -> MutexGuard<'_, Idle> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio::sync::mpsc;

    use super::*;
    use crate::runtime::io::address::Address;

    /// A server that answers `answers` requests on each connection and closes it then; it tells of
    /// every connection when it begins (true) and ends (false).
    async fn server(answers: usize) -> (Connector, mpsc::UnboundedReceiver<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (events, receiver) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let events = events.clone();
                tokio::spawn(async move {
                    let _ = events.send(true);
                    let mut buffer = [0; 1024];
                    for _ in 0..answers {
                        let mut request = Vec::new();
                        while !request.ends_with(b"\r\n\r\n") {
                            match stream.read(&mut buffer).await {
                                Ok(length @ 1..) => request.extend_from_slice(&buffer[..length]),
                                _ => {
                                    let _ = events.send(false);
                                    return;
                                }
                            }
                        }
                        // So that all calls of a test are under way at the same time.
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                        stream.write_all(answer).await.unwrap();
                    }
                    let _ = events.send(false);
                });
            }
        });
        let address = Address::parse(&format!("http://{address}/ari")).unwrap();
        (Connector::plain(address, Duration::from_secs(10)), receiver)
    }

    async fn call(pool: &Pool) {
        let request = Request::get("/ari").header("Host", "x");
        let response = pool.send(request.body(Whole::new(None)).unwrap()).await;
        let Ok(response) = response else {
            panic!("no answer")
        };
        let body = super::super::body::collect(response.into_body(), 2).await;
        assert_eq!(body.unwrap(), "{}");
        // The task of the connection notices the end of the answer.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    #[tokio::test]
    async fn one_connection_serves_calls_that_follow_each_other() {
        let (connector, mut events) = server(usize::MAX).await;
        let pool = Pool::new(connector);
        for _ in 0..5 {
            call(&pool).await;
        }
        assert_eq!(events.recv().await, Some(true));
        assert!(events.try_recv().is_err());
        drop(pool);
        assert_eq!(events.recv().await, Some(false));
    }

    #[tokio::test]
    async fn calls_at_the_same_time_do_not_wait_for_each_other() {
        let (connector, mut events) = server(usize::MAX).await;
        let pool = Arc::new(Pool::new(connector));
        for _ in 0..2 {
            let calls: Vec<_> = (0..50)
                .map(|_| {
                    let pool = Arc::clone(&pool);
                    tokio::spawn(async move { call(&pool).await })
                })
                .collect();
            for call in calls {
                call.await.unwrap();
            }
        }
        for _ in 0..50 {
            assert_eq!(events.recv().await, Some(true));
        }
        assert!(events.try_recv().is_err());
        assert_eq!(lock(&pool.idle).connections.len(), 50);
    }

    #[tokio::test]
    async fn connections_that_the_server_closes_are_replaced() {
        let (connector, mut events) = server(1).await;
        let pool = Pool::new(connector);
        for _ in 0..3 {
            call(&pool).await;
            assert_eq!(events.recv().await, Some(true));
            assert_eq!(events.recv().await, Some(false));
        }
    }

    #[tokio::test]
    async fn idle_connections_are_let_go_of() {
        let (connector, mut events) = server(usize::MAX).await;
        let pool = Pool::with_limit(connector, Duration::from_millis(100));
        for _ in 0..2 {
            call(&pool).await;
            assert_eq!(events.recv().await, Some(true));
            assert_eq!(events.recv().await, Some(false));
            assert!(lock(&pool.idle).connections.is_empty());
        }
    }
}
