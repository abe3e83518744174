//! Accepting connections, up to a limit.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;

use super::builder::{ClientOf, Limits};
use super::connection;
use super::gate::Gate;
use super::newcomers::Newcomers;
use super::routes::Routes;
use super::stop::Stop;
use crate::runtime::Bindings;
use crate::runtime::events::Settings;

/// The delay before the next attempt if accepting fails, for example for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// State that all connections share.
pub(super) struct Shared<C: Bindings> {
    pub(super) gate: Gate,
    pub(super) routes: Routes<C>,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) check_availability: bool,
    pub(super) http: Option<ClientOf<C>>,
    pub(super) load: Arc<Load>,
    pub(super) newcomers: Arc<Newcomers>,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<tokio_rustls::TlsAcceptor>,
}

/// The number of sessions, and its limit.
pub(super) struct Load {
    limit: usize,
    free: Arc<Semaphore>,
}

impl Load {
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.min(Semaphore::MAX_PERMITS);
        Load {
            limit,
            free: Arc::new(Semaphore::new(limit)),
        }
    }

    pub(super) fn sessions(&self) -> usize {
        self.limit - self.free.available_permits()
    }

    /// Reserves a place for one more session. The place is taken until the value is dropped.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        self.free.clone().try_acquire_owned().ok()
    }
}

/// Accepts connections until the server stops, and then waits until all of them have ended.
pub(super) async fn run<C: Bindings>(listener: TcpListener, shared: Arc<Shared<C>>, stop: Stop) {
    let mut stopping = stop.clone();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopping.asked() => break,
            Some(ended) = connections.join_next() => report(ended),
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let newcomer = shared.newcomers.enter();
                    let (shared, stop) = (shared.clone(), stop.clone());
                    connections.spawn(connection::serve(stream, peer, newcomer, shared, stop));
                }
                Err(error) => {
                    tracing::warn!(%error, "no connection can be accepted");
                    shared.newcomers.make_room();
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

fn report(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection has panicked");
    }
}
