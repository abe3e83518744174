//! State that all connections of a server share.

use std::sync::Arc;
use std::time::Duration;

use crate::client::api_client::ApiClient;
use crate::server::auth::Authenticator;
use crate::server::incoming::HandshakeInfo;
use crate::server::pending_connections::PendingConnections;
use crate::server::routes::Routes;
use crate::server::session_limit::SessionLimit;
use crate::session::settings::Settings;
use crate::traffic::TrafficLog;

/// Returns the client for the Asterisk that has connected.
pub(super) type HttpClientFn<C> = Arc<dyn Fn(&HandshakeInfo) -> Option<C> + Send + Sync>;

/// Limits of a connection.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) max_sessions: usize,
    pub(super) max_media_sockets: usize,
    pub(super) handshake_timeout: Duration,
    pub(super) max_header_size: usize,
    pub(super) max_message_size: usize,
}

/// State that all connections share.
pub(super) struct ServerState<C: ApiClient> {
    pub(super) authenticator: Authenticator,
    pub(super) routes: Routes<C>,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) check_availability: bool,
    pub(super) http: Option<HttpClientFn<C>>,
    /// The log that sessions are recorded in.
    pub(super) traffic: Option<TrafficLog>,
    pub(super) session_limit: Arc<SessionLimit>,
    pub(super) media_limit: SessionLimit,
    pub(super) pending: Arc<PendingConnections>,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<tokio_rustls::TlsAcceptor>,
}
