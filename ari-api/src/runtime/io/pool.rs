//! Connections that are kept alive between calls, and how many there may be.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use hyper::{Method, Request};
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

/// Why a request has no answer.
pub(super) enum Failure {
    /// No byte of it was written.
    NotSent(SendError),
    /// It may have arrived.
    Unknown(SendError),
}

/// Connections to one address.
pub(super) struct Pool(Arc<Shared>);

struct Shared {
    connector: Connector,
    /// One for each call under way. Whatever is idle was in use before, so there are never more
    /// connections than places.
    places: Arc<Semaphore>,
    most: usize,
    idle: Mutex<Idle>,
    /// Tells the calls under way that they are given up.
    closing: Arc<Notify>,
    /// Tells the task that watches that there is nothing to watch any more.
    cleared: Arc<Notify>,
}

/// Connections that wait for the next call, the one that has waited longest first.
struct Idle {
    connections: Vec<(Box<Link>, Instant)>,
    /// How long they may wait.
    limit: Duration,
    /// When the last one was given back; none since the pool was cleared.
    newest: Option<Instant>,
    /// Whether a task lets go of those that have waited too long.
    watched: bool,
    /// How often the pool was cleared: connections from before that do not come back.
    cleared: u64,
}

impl Pool {
    /// A pool of at most `most` connections, each of which may be idle for as long as `limit`.
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

    /// Sends a request on a connection that is idle, or else on a new one. When an idle one turns
    /// out to be closed before anything was written, the next one is taken. When it ends before a
    /// byte of the answer has come, a request that only asks is sent once more, on a new
    /// connection: the server has closed it as the request came, most likely.
    pub(super) async fn send(
        &self,
        mut request: Request<Whole>,
        deadline: Deadline,
    ) -> Result<Exchange, Failure> {
        let shared = &self.0;
        let place = match shared.places.clone().try_acquire_owned() {
            Ok(place) => place,
            // Boxed, as these are large, and rare.
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

    /// Lets go of the connections that are idle, and gives up the calls that are under way.
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
    /// Only downloads can be under way by now, and they go on.
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

    /// A new connection.
    async fn open(&self, deadline: Deadline) -> Result<Box<Link>, SendError> {
        // Before anything is waited for, so that being closed meanwhile is noticed.
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

    /// The connection that was in use last: it is the least likely to be closed.
    fn take(&self) -> Option<Box<Link>> {
        let mut idle = lock(&self.idle);
        let (link, since) = idle.connections.pop()?;
        if since.elapsed() < idle.limit {
            return Some(link);
        }
        // The others have waited longer.
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
        // A download can be read to its end outside of any runtime: who gives a connection back
        // next has it watched, and who takes it looks how long it has waited.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let watched = std::mem::replace(&mut idle.watched, true);
        // A task that cannot begin any more takes the lock when it ends.
        drop(idle);
        if !watched {
            runtime.spawn(watch(Watch(Arc::downgrade(self))));
        }
    }
}

/// A connection that is in use, and its place.
pub(super) struct Held {
    shared: Arc<Shared>,
    pub(super) link: Box<Link>,
    _place: OwnedSemaphorePermit,
}

impl Held {
    /// Gives the connection back, if it can be used again. Its place becomes free only then, so
    /// that whoever waits for that finds the connection.
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

/// Lets go of what has been idle for too long, until nothing was given back for so long. Not as
/// soon as nothing is idle: then every call that follows another would begin a task.
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
                    // From here on it is up to the next task.
                    watch.0 = Weak::new();
                    return;
                }
            };
            (next, cleared)
        };
        // Either way there is something to look at.
        let _ = race(sleep_until(next), cleared).await;
    }
}

/// Says that nobody watches any more, also when the runtime of the watching task ends before it.
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
