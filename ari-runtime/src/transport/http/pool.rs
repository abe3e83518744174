//! A pool of connections that are kept alive between requests, with a maximum number.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures_lite::future;
use hyper::body::Incoming;
use hyper::{Method, Request as HttpRequest, Response as HttpResponse};
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::error::types::TransportError;
use crate::transport::http::connector::Connector;
use crate::transport::http::deadline::{Deadline, MAX_TIMEOUT};
use crate::transport::http::http_connection::{HttpConnection, SendFailure};
use crate::transport::http::request::FullBody;
use crate::transport::http::request_timer::{RequestTimer, client_closed_error};
use crate::transport::request_span::record_resend;

/// Reason why a request has no response.
pub(super) enum PoolError {
    /// No byte of the request was written.
    NotSent(TransportError),
    /// The request may have arrived.
    OutcomeUnknown(TransportError),
}

/// A pool of connections to one address.
pub(super) struct Pool(Arc<PoolState>);

struct PoolState {
    connector: Connector,
    /// One permit for each request in flight. Idle connections were in use before, so there are
    /// never more connections than permits.
    permits: Arc<Semaphore>,
    max_connections: usize,
    idle: Mutex<IdleConnections>,
    /// Signals the requests in flight that they are aborted.
    closing: Arc<Notify>,
    /// Signals the watching task that no idle connections are left.
    cleared: Arc<Notify>,
}

/// Idle connections, the one that has been idle longest first.
struct IdleConnections {
    connections: Vec<(Box<HttpConnection>, Instant)>,
    /// The maximum idle time.
    timeout: Duration,
    /// Time at which the last connection was returned. `None` since the pool was cleared.
    last_returned: Option<Instant>,
    /// True while a task closes the connections that have been idle too long.
    has_reaper: bool,
    /// The number of times that the pool was cleared. Connections from before the last time are not
    /// returned to it.
    generation: u64,
}

impl Pool {
    /// Creates a pool of at most `most` connections, each of which may be idle for `limit`.
    pub(super) fn new(connector: Connector, most: usize, limit: Duration) -> Self {
        let limit = limit.min(MAX_TIMEOUT);
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Pool(Arc::new(PoolState {
            connector,
            permits: Arc::new(Semaphore::new(most)),
            max_connections: most,
            idle: Mutex::new(IdleConnections {
                connections: Vec::new(),
                timeout: limit,
                last_returned: None,
                has_reaper: false,
                generation: 0,
            }),
            closing: Arc::default(),
            cleared: Arc::default(),
        }))
    }

    /// Sends a request on an idle connection, or on a new one. If an idle connection turns out to
    /// be closed before anything was written, the next one is tried. If it ends before a byte of
    /// the response has arrived, a GET request is sent once more on a new connection, because the
    /// server most likely closed the idle connection as the request arrived.
    pub(super) async fn send(
        &self,
        mut request: HttpRequest<FullBody>,
        deadline: Deadline,
    ) -> Result<(HttpResponse<Incoming>, PooledConnection), PoolError> {
        let shared = &self.0;
        let place = match shared.permits.clone().try_acquire_owned() {
            Ok(place) => place,
            // Boxed because this future is large and rarely needed.
            Err(_) => Box::pin(shared.acquire_permit(deadline))
                .await
                .map_err(PoolError::NotSent)?,
        };
        let mut is_again = false;
        loop {
            let idle = if is_again { None } else { shared.take_idle() };
            let (mut link, kept_alive) = match idle {
                Some(link) => (link, true),
                None => {
                    let opening = Box::pin(shared.open(deadline));
                    (opening.await.map_err(PoolError::NotSent)?, false)
                }
            };
            let asks = *request.method() == Method::GET;
            let spare = (kept_alive && asks).then(|| request.clone());
            return match link.send(request, deadline).await {
                Ok(response) => {
                    let held = PooledConnection {
                        shared: shared.clone(),
                        connection: link,
                        _place: place,
                    };
                    Ok((response, held))
                }
                Err(SendFailure::Unused(untouched, _)) if kept_alive => {
                    request = *untouched;
                    continue;
                }
                Err(SendFailure::Unused(_, error) | SendFailure::NotSent(error)) => {
                    Err(PoolError::NotSent(error))
                }
                Err(SendFailure::ConnectionBroken(error)) => match spare {
                    Some(spare) if !link.has_read() => {
                        record_resend();
                        request = spare;
                        is_again = true;
                        continue;
                    }
                    _ => Err(PoolError::OutcomeUnknown(error)),
                },
                Err(SendFailure::OutcomeUnknown(error)) => Err(PoolError::OutcomeUnknown(error)),
            };
        }
    }

    /// Closes the idle connections and aborts the requests in flight.
    pub(super) fn clear(&self) {
        self.clear_idle();
        self.0.closing.notify_waiters();
    }

    fn clear_idle(&self) {
        let mut idle = lock(&self.0.idle);
        idle.generation += 1;
        idle.last_returned = None;
        idle.connections.clear();
        drop(idle);
        self.0.cleared.notify_waiters();
    }
}

impl Drop for Pool {
    /// Only streamed bodies can still be in flight now. They continue.
    fn drop(&mut self) {
        self.clear_idle();
    }
}

impl PoolState {
    /// Waits until one more connection may be in use.
    async fn acquire_permit(
        &self,
        deadline: Deadline,
    ) -> Result<OwnedSemaphorePermit, TransportError> {
        let place = timeout_at(deadline.at, self.permits.clone().acquire_owned());
        match self.unless_closed(place).await? {
            Ok(place) => Ok(place?),
            Err(_) => Err(format!(
                "all {} connections were in use for {:?}: allow more by `max_connections`, if \
                 `sessionlimit` in http.conf does, too",
                self.max_connections, deadline.limit
            )
            .into()),
        }
    }

    /// Opens a new connection.
    async fn open(&self, deadline: Deadline) -> Result<Box<HttpConnection>, TransportError> {
        // Read before the first await, so that closing the client in between is noticed.
        let cleared = lock(&self.idle).generation;
        let closing = self.closing.clone().notified_owned();
        let opening = timeout_at(deadline.at, self.connector.open());
        let stream = match self.unless_closed(opening).await? {
            Ok(stream) => stream?,
            Err(_) => return Err(deadline.timed_out("no connection")),
        };
        let patience = RequestTimer::new(deadline, Some(closing));
        let mut link = HttpConnection::handshake(stream, patience).await?;
        link.pool_generation = cleared;
        Ok(link)
    }

    /// Waits for an operation, unless the client is closed before it has finished.
    async fn unless_closed<T>(
        &self,
        operation: impl Future<Output = T>,
    ) -> Result<T, TransportError> {
        let closed = self.closing.notified();
        let finished = async { Ok(operation.await) };
        let closed = async {
            closed.await;
            Err(client_closed_error())
        };
        future::or(finished, closed).await
    }

    /// Takes the connection that was used last, which is the least likely to be closed.
    fn take_idle(&self) -> Option<Box<HttpConnection>> {
        let mut idle = lock(&self.idle);
        let (link, since) = idle.connections.pop()?;
        if since.elapsed() < idle.timeout {
            return Some(link);
        }
        // The others have been idle longer.
        idle.connections.clear();
        None
    }

    fn put_idle(self: &Arc<Self>, link: Box<HttpConnection>) {
        let mut idle = lock(&self.idle);
        if link.pool_generation != idle.generation {
            return;
        }
        let now = Instant::now();
        idle.connections.push((link, now));
        idle.last_returned = Some(now);
        // A streamed body can be read to its end outside of any runtime. The next connection that
        // is returned then starts the watching task, and `take` checks the idle time anyway.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let watched = std::mem::replace(&mut idle.has_reaper, true);
        // If the task can no longer be spawned, dropping it takes the lock.
        drop(idle);
        if !watched {
            runtime.spawn(reap_idle(ReaperGuard(Arc::downgrade(self))));
        }
    }
}

/// A connection in use, with its permit.
pub(super) struct PooledConnection {
    shared: Arc<PoolState>,
    pub(super) connection: Box<HttpConnection>,
    _place: OwnedSemaphorePermit,
}

impl PooledConnection {
    /// Returns the connection to the pool if it can be used again. The permit is released only
    /// afterwards, so that the request that waits for it finds the connection.
    pub(super) fn release(self) {
        let PooledConnection {
            shared,
            connection: link,
            _place,
        } = self;
        if link.is_open() {
            shared.put_idle(link);
        }
    }
}

/// Closes connections that have been idle too long. Ends when no connection was returned for that
/// long. Ending as soon as none is idle would start a new task for every request.
async fn reap_idle(mut watch: ReaperGuard) {
    loop {
        let (next, cleared) = {
            let Some(shared) = watch.0.upgrade() else {
                return;
            };
            let cleared = shared.cleared.clone().notified_owned();
            let mut idle = lock(&shared.idle);
            let IdleConnections {
                timeout: limit,
                last_returned: newest,
                ..
            } = *idle;
            let old = idle
                .connections
                .partition_point(|(_, since)| since.elapsed() >= limit);
            idle.connections.drain(..old);
            let next = match (idle.connections.first(), newest) {
                (Some((_, since)), _) => *since + limit,
                (None, Some(newest)) if newest.elapsed() < limit => newest + limit,
                (None, _) => {
                    idle.has_reaper = false;
                    // From here on the next task is responsible.
                    watch.0 = Weak::new();
                    return;
                }
            };
            (next, cleared)
        };
        // In both cases the idle connections have to be checked.
        let _ = timeout_at(next, cleared).await;
    }
}

/// Records that no task watches any longer, even if the runtime ends before the watching task does.
struct ReaperGuard(Weak<PoolState>);

impl Drop for ReaperGuard {
    fn drop(&mut self) {
        if let Some(shared) = self.0.upgrade() {
            lock(&shared.idle).has_reaper = false;
        }
    }
}

fn lock(idle: &Mutex<IdleConnections>) -> MutexGuard<'_, IdleConnections> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
