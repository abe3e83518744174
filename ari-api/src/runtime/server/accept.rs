//! Taking connections, as many as there may be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper::StatusCode;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;

use super::builder::Limits;
use super::connection;
use super::gate::Gate;
use super::refusal::Refusal;
use super::routes::Routes;
use super::stop::Stop;
use crate::runtime::Bindings;
use crate::runtime::events::Settings;

/// How long to wait when the system has no connection to give, for want of file descriptors, say.
const PAUSE: Duration = Duration::from_millis(100);

/// How many connections beyond the limit are told so at a time; more are just closed.
const TOLD: usize = 32;

/// What all connections share.
pub(super) struct Shared<C: Bindings> {
    pub(super) gate: Gate,
    pub(super) routes: Routes<C>,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) check_availability: bool,
    pub(super) load: Arc<Load>,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<tokio_rustls::TlsAcceptor>,
}

/// How much there is to do.
pub(super) struct Load {
    connections: Arc<Semaphore>,
    told: Arc<Semaphore>,
    sessions: AtomicUsize,
}

impl Load {
    pub(super) fn new(limit: usize) -> Self {
        Load {
            connections: Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS))),
            told: Arc::new(Semaphore::new(TOLD)),
            sessions: AtomicUsize::new(0),
        }
    }

    pub(super) fn sessions(&self) -> usize {
        self.sessions.load(Ordering::Relaxed)
    }

    /// Counts a session for as long as the value lives.
    pub(super) fn session(&self) -> impl Drop + use<'_> {
        struct Counted<'a>(&'a AtomicUsize);
        impl Drop for Counted<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        self.sessions.fetch_add(1, Ordering::Relaxed);
        Counted(&self.sessions)
    }
}

/// Accepts connections until the server stops, and then waits for the end of them all.
pub(super) async fn run<C: Bindings>(listener: TcpListener, shared: Arc<Shared<C>>, stop: Stop) {
    let mut stopping = stop.clone();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopping.asked() => break,
            Some(ended) = connections.join_next() => report(ended),
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    if let Ok(permit) = shared.load.connections.clone().try_acquire_owned() {
                        let serving = connection::serve(stream, peer, shared.clone(), stop.clone());
                        connections.spawn(while_held(permit, serving));
                    } else if let Ok(permit) = shared.load.told.clone().try_acquire_owned() {
                        tracing::warn!(%peer, "refused: too many connections");
                        if is_plain(&shared) {
                            connections.spawn(while_held(permit, tell(stream)));
                        }
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "no connection can be accepted");
                    sleep(PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    while let Some(ended) = connections.join_next().await {
        report(ended);
    }
}

async fn while_held(permit: OwnedSemaphorePermit, work: impl Future<Output = ()>) {
    work.await;
    drop(permit);
}

/// Whether an answer can be sent without more ado.
fn is_plain<C: Bindings>(shared: &Shared<C>) -> bool {
    #[cfg(feature = "tls")]
    return shared.tls.is_none();
    #[cfg(not(feature = "tls"))]
    {
        let _ = shared;
        true
    }
}

async fn tell(mut stream: TcpStream) {
    let text = "There are too many connections.";
    let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, text).with("Retry-After: 1\r\n");
    refusal.send(&mut stream).await;
}

fn report(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection has panicked");
    }
}
