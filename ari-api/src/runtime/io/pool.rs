//! A pool of connections that are kept alive between requests, with a maximum number.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use hyper::{Method, Request as HttpRequest};
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::connector::Connector;
use super::deadline::{Deadline, FARTHEST};
use super::exchange::Exchange;
use super::link::{Link, Lost};
use super::patience::{Patience, client_closed};
use super::request::Whole;
use crate::runtime::SendError;
use crate::runtime::race::race;

/// Reason why a request has no response.
pub(super) enum Failure {
    /// No byte of the request was written.
    NotSent(SendError),
    /// The request may have arrived.
    Unknown(SendError),
}

/// A pool of connections to one address.
pub(super) struct Pool(Arc<Shared>);

struct Shared {
    connector: Connector,
    /// One permit for each request in flight. Idle connections were in use before, so there are
    /// never more connections than permits.
    places: Arc<Semaphore>,
    most: usize,
    idle: Mutex<Idle>,
    /// Signals the requests in flight that they are aborted.
    closing: Arc<Notify>,
    /// Signals the watching task that no idle connections are left.
    cleared: Arc<Notify>,
}

/// Idle connections, the one that has been idle longest first.
struct Idle {
    connections: Vec<(Box<Link>, Instant)>,
    /// The maximum idle time.
    limit: Duration,
    /// Time at which the last connection was returned. `None` since the pool was cleared.
    newest: Option<Instant>,
    /// True while a task closes the connections that have been idle too long.
    watched: bool,
    /// The number of times that the pool was cleared. Connections from before the last time are not
    /// returned to it.
    cleared: u64,
}

impl Pool {
    /// Creates a pool of at most `most` connections, each of which may be idle for `limit`.
    pub(super) fn new(connector: Connector, most: usize, limit: Duration) -> Self {
        let limit = limit.min(FARTHEST);
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Pool(Arc::new(Shared {
            connector,
            places: Arc::new(Semaphore::new(most)),
            most,
            idle: Mutex::new(Idle {
                connections: Vec::new(),
                limit,
                newest: None,
                watched: false,
                cleared: 0,
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
        mut request: HttpRequest<Whole>,
        deadline: Deadline,
    ) -> Result<Exchange, Failure> {
        let shared = &self.0;
        let place = match shared.places.clone().try_acquire_owned() {
            Ok(place) => place,
            // Boxed because this future is large and rarely needed.
            Err(_) => Box::pin(shared.place(deadline))
                .await
                .map_err(Failure::NotSent)?,
        };
        let mut is_again = false;
        loop {
            let idle = if is_again { None } else { shared.take() };
            let (mut link, kept_alive) = match idle {
                Some(link) => (link, true),
                None => {
                    let opening = Box::pin(shared.open(deadline));
                    (opening.await.map_err(Failure::NotSent)?, false)
                }
            };
            let asks = *request.method() == Method::GET;
            let spare = (kept_alive && asks).then(|| request.clone());
            return match link.send(request, deadline).await {
                Ok(response) => {
                    let held = Held {
                        shared: shared.clone(),
                        link,
                        _place: place,
                    };
                    Ok(Exchange::new(response, held))
                }
                Err(Lost::Untouched(untouched, _)) if kept_alive => {
                    request = *untouched;
                    continue;
                }
                Err(Lost::Untouched(_, error) | Lost::NotSent(error)) => {
                    Err(Failure::NotSent(error))
                }
                Err(Lost::Broken(error)) => match spare {
                    Some(spare) if !link.has_read() => {
                        request = spare;
                        is_again = true;
                        continue;
                    }
                    _ => Err(Failure::Unknown(error)),
                },
                Err(Lost::Unknown(error)) => Err(Failure::Unknown(error)),
            };
        }
    }

    /// Closes the idle connections and aborts the requests in flight.
    pub(super) fn clear(&self) {
        self.let_go();
        self.0.closing.notify_waiters();
    }

    fn let_go(&self) {
        let mut idle = lock(&self.0.idle);
        idle.cleared += 1;
        idle.newest = None;
        idle.connections.clear();
        drop(idle);
        self.0.cleared.notify_waiters();
    }
}

impl Drop for Pool {
    /// Only streamed bodies can still be in flight now. They continue.
    fn drop(&mut self) {
        self.let_go();
    }
}

impl Shared {
    /// Waits until one more connection may be in use.
    async fn place(&self, deadline: Deadline) -> Result<OwnedSemaphorePermit, SendError> {
        let closed = self.closing.notified();
        let place = timeout_at(deadline.at, self.places.clone().acquire_owned());
        match race(place, closed).await {
            Ok(Ok(place)) => Ok(place?),
            Ok(Err(_)) => Err(format!(
                "all {} connections were in use for {:?}: allow more by `max_connections`, if \
                 `sessionlimit` in http.conf does, too",
                self.most, deadline.limit
            )
            .into()),
            Err(()) => Err(client_closed()),
        }
    }

    /// Opens a new connection.
    async fn open(&self, deadline: Deadline) -> Result<Box<Link>, SendError> {
        // Read before the first await, so that closing the client in between is noticed.
        let cleared = lock(&self.idle).cleared;
        let closing = self.closing.clone().notified_owned();
        let closed = self.closing.notified();
        let opening = timeout_at(deadline.at, self.connector.open());
        let stream = match race(opening, closed).await {
            Ok(Ok(stream)) => stream?,
            Ok(Err(_)) => return Err(deadline.passed("no connection")),
            Err(()) => return Err(client_closed()),
        };
        let patience = Patience::new(deadline, Some(closing));
        let mut link = Link::over(stream, patience).await?;
        link.cleared = cleared;
        Ok(link)
    }

    /// Takes the connection that was used last, which is the least likely to be closed.
    fn take(&self) -> Option<Box<Link>> {
        let mut idle = lock(&self.idle);
        let (link, since) = idle.connections.pop()?;
        if since.elapsed() < idle.limit {
            return Some(link);
        }
        // The others have been idle longer.
        idle.connections.clear();
        None
    }

    fn put(self: &Arc<Self>, link: Box<Link>) {
        let mut idle = lock(&self.idle);
        if link.cleared != idle.cleared {
            return;
        }
        let now = Instant::now();
        idle.connections.push((link, now));
        idle.newest = Some(now);
        // A streamed body can be read to its end outside of any runtime. The next connection that
        // is returned then starts the watching task, and `take` checks the idle time anyway.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let watched = std::mem::replace(&mut idle.watched, true);
        // If the task can no longer be spawned, dropping it takes the lock.
        drop(idle);
        if !watched {
            runtime.spawn(watch(Watch(Arc::downgrade(self))));
        }
    }
}

/// A connection in use, with its permit.
pub(super) struct Held {
    shared: Arc<Shared>,
    pub(super) link: Box<Link>,
    _place: OwnedSemaphorePermit,
}

impl Held {
    /// Returns the connection to the pool if it can be used again. The permit is released only
    /// afterwards, so that the request that waits for it finds the connection.
    pub(super) fn give_back(self) {
        let Held {
            shared,
            mut link,
            _place,
        } = self;
        if link.settle() {
            shared.put(link);
        }
    }
}

/// Closes connections that have been idle too long. Ends when no connection was returned for that
/// long. Ending as soon as none is idle would start a new task for every request.
async fn watch(mut watch: Watch) {
    loop {
        let (next, cleared) = {
            let Some(shared) = watch.0.upgrade() else {
                return;
            };
            let cleared = shared.cleared.clone().notified_owned();
            let mut idle = lock(&shared.idle);
            let Idle { limit, newest, .. } = *idle;
            let old = idle
                .connections
                .partition_point(|(_, since)| since.elapsed() >= limit);
            idle.connections.drain(..old);
            let next = match (idle.connections.first(), newest) {
                (Some((_, since)), _) => *since + limit,
                (None, Some(newest)) if newest.elapsed() < limit => newest + limit,
                (None, _) => {
                    idle.watched = false;
                    // From here on the next task is responsible.
                    watch.0 = Weak::new();
                    return;
                }
            };
            (next, cleared)
        };
        // In both cases the idle connections have to be checked.
        let _ = race(sleep_until(next), cleared).await;
    }
}

/// Records that no task watches any longer, even if the runtime ends before the watching task does.
struct Watch(Weak<Shared>);

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(shared) = self.0.upgrade() {
            lock(&shared.idle).watched = false;
        }
    }
}

fn lock(idle: &Mutex<Idle>) -> MutexGuard<'_, Idle> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
