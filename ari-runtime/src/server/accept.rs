//! Accepting connections, up to a limit.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;

use crate::client::api_client::ApiClient;
use crate::server::connection;
use crate::server::server_state::ServerState;
use crate::server::shutdown::ShutdownSignal;

/// The delay before the next attempt if accepting fails, for example for lack of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

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
                    let pending = shared.pending.add();
                    let (shared, stop) = (shared.clone(), stop.clone());
                    connections.spawn(connection::serve(stream, peer, pending, shared, stop));
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
