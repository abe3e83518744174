//! Accepting connections, up to a limit.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;

use crate::client::api_client::ApiClient;
use crate::server::auth::Authenticator;
use crate::server::builder::{HttpClientFn, Limits};
use crate::server::connection;
use crate::server::pending_connections::PendingConnections;
use crate::server::routes::Routes;
use crate::server::shutdown::ShutdownSignal;
use crate::session::settings::Settings;

/// The delay before the next attempt if accepting fails, for example for lack of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

/// State that all connections share.
pub(super) struct ServerState<C: ApiClient> {
    pub(super) authenticator: Authenticator,
    pub(super) routes: Routes<C>,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) check_availability: bool,
    pub(super) http: Option<HttpClientFn<C>>,
    pub(super) session_limit: Arc<SessionLimit>,
    pub(super) pending: Arc<PendingConnections>,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<tokio_rustls::TlsAcceptor>,
}

/// The number of sessions, and its limit.
pub(super) struct SessionLimit {
    limit: usize,
    permits: Arc<Semaphore>,
}

impl SessionLimit {
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.min(Semaphore::MAX_PERMITS);
        SessionLimit {
            limit,
            permits: Arc::new(Semaphore::new(limit)),
        }
    }

    pub(super) fn session_count(&self) -> usize {
        self.limit - self.permits.available_permits()
    }

    /// Reserves a place for one more session. The place is taken until the value is dropped.
    pub(super) fn acquire(&self) -> Option<OwnedSemaphorePermit> {
        self.permits.clone().try_acquire_owned().ok()
    }
}

/// Accepts connections until the server stops, and then waits until all of them have ended.
pub(super) async fn run<C: ApiClient>(
    listener: TcpListener,
    shared: Arc<ServerState<C>>,
    stop: ShutdownSignal,
) {
    let mut stopping = stop.clone();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopping.requested() => break,
            Some(ended) = connections.join_next() => log_panic(ended),
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let newcomer = shared.pending.add();
                    let (shared, stop) = (shared.clone(), stop.clone());
                    connections.spawn(connection::serve(stream, peer, newcomer, shared, stop));
                }
                Err(error) => {
                    tracing::warn!(%error, "no connection can be accepted");
                    shared.pending.evict_oldest();
                    sleep(ACCEPT_RETRY_DELAY).await;
                }
            },
        }
    }
    drop(listener);
    while let Some(ended) = connections.join_next().await {
        log_panic(ended);
    }
}

fn log_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection has panicked");
    }
}
