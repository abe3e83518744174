//! The builder of a server.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::IncomingSession;
use super::Server;
use crate::client::api_client::ApiClient;
use crate::client::credentials::Credentials;
use crate::error::types::Error;
use crate::server::accept;
use crate::server::auth::Authenticator;
use crate::server::incoming::HandshakeInfo;
use crate::server::media::IncomingMediaSocket;
use crate::server::pending_connections::PendingConnections;
use crate::server::routes::{HandlerResult, Routes};
use crate::server::server_state::{HttpClientFn, Limits, ServerState};
use crate::server::session_limit::SessionLimit;
use crate::server::shutdown::ShutdownSignal;
use crate::session::settings::{MAX_RESPONSE_SIZE, Settings};
use crate::traffic::TrafficLog;

/// The settings of a new [`Server`].
#[must_use = "nothing is made until `serve` is called"]
pub struct ServerBuilder<C: ApiClient> {
    address: String,
    credentials: Vec<Credentials>,
    allows_anonymous: bool,
    routes: Routes<C>,
    limits: Limits,
    settings: Settings,
    enforce_availability: bool,
    http_client: Option<HttpClientFn<C>>,
    traffic: Option<TrafficLog>,
    #[cfg(feature = "tls")]
    tls: crate::server::tls::TlsSettings,
    /// True if TLS was requested. This build does not support it.
    #[cfg(not(feature = "tls"))]
    needs_tls: bool,
}

impl<C: ApiClient> Server<C> {
    /// Creates a builder for a server.
    pub fn builder() -> ServerBuilder<C> {
        ServerBuilder::new()
    }
}

impl<C: ApiClient> ServerBuilder<C> {
    pub(super) fn new() -> Self {
        ServerBuilder {
            address: "127.0.0.1:0".to_owned(),
            credentials: Vec::new(),
            allows_anonymous: false,
            routes: Routes::default(),
            limits: Limits {
                max_sessions: 1024,
                max_media_sockets: 1024,
                handshake_timeout: Duration::from_secs(10),
                max_header_size: 16 * 1024,
                max_message_size: MAX_RESPONSE_SIZE,
            },
            settings: Settings::default(),
            enforce_availability: false,
            http_client: None,
            traffic: None,
            #[cfg(feature = "tls")]
            tls: Default::default(),
            #[cfg(not(feature = "tls"))]
            needs_tls: false,
        }
    }

    /// Sets the address to listen on, such as `0.0.0.0:9000`. Defaults to a free port on the
    /// loopback address 127.0.0.1. [`Server::local_addr`] returns the actual address.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.address = address.into();
        self
    }

    /// Admits Asterisk with the `username` and `password` of its `websocket_client.conf`. Call it
    /// once for each user. [`IncomingSession::user`] returns the user of a session.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.push(Credentials::new(user, password));
        self
    }

    /// Admits every connection, with any credentials or none. Meant for tests, and for setups in
    /// which the network or [`ServerBuilder::tls_config`] identifies the peer.
    pub fn allow_anonymous(mut self) -> Self {
        self.allows_anonymous = true;
        self
    }

    /// Registers a handler for the sessions on one path. The path is that of `uri` in
    /// `websocket_client.conf`, without its query. Other paths get a 404 response.
    ///
    /// The handler is called once for each session, when its first message has named its
    /// application. Handlers run concurrently, each in a task of its own. When a handler returns,
    /// its session is closed. An error that it returns is logged.
    ///
    /// Asterisk reopens a WebSocket that it still needs, and the handler is called again. A
    /// persistent WebSocket then starts afresh. The WebSocket of a single call continues the call:
    /// [`IncomingSession::resumed`] returns its objects, and `StasisStart` is not sent again. A
    /// handler should therefore return only after `StasisEnd`, or hang up before it fails.
    pub fn route<H, F>(mut self, path: impl Into<String>, handler: H) -> Self
    where
        H: Fn(IncomingSession<C>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        self.routes.add_path(path.into(), handler);
        self
    }

    /// Registers a handler for the sessions of one application, on every path that has no handler
    /// of its own. They include the sessions of single calls, whose application names begin with
    /// the application's name and a colon. A session of several applications gets the handler of
    /// the first application that has one.
    ///
    /// In all other respects it is like [`ServerBuilder::route`].
    pub fn application<H, F>(mut self, name: impl Into<String>, handler: H) -> Self
    where
        H: Fn(IncomingSession<C>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        self.routes.add_application(name.into(), handler);
        self
    }

    /// Registers a handler for the media WebSockets on one path, each of which carries the audio of
    /// one channel of `chan_websocket`. The path is that of `uri` in `websocket_client.conf`, whose
    /// `protocols` is `media`. Asterisk 20.16, 21.11, 22.6 and later.
    ///
    /// The handler is called once for each connection. When it returns, or drops the socket, the
    /// connection is closed and Asterisk ends the channel. It does not connect again.
    pub fn media_route<H, F>(mut self, path: impl Into<String>, handler: H) -> Self
    where
        H: Fn(IncomingMediaSocket) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        self.routes.add_media(path.into(), handler);
        self
    }

    /// Sets the maximum number of media WebSockets. Defaults to 1024. Further ones get a 503
    /// response, after which Asterisk retries a few times and then ends the channel.
    pub fn max_media_sockets(mut self, connections: usize) -> Self {
        self.limits.max_media_sockets = connections;
        self
    }

    /// Sets the maximum number of sessions. Defaults to 1024. Further connections get a 503
    /// response, after which Asterisk tries again. With per-call WebSockets this is the number of
    /// concurrent calls.
    ///
    /// Connections that are not sessions yet do not count. The same number of them is allowed, but
    /// at least 256 and at most 1024. When there are more, the oldest is closed, so that clients
    /// that only connect cannot lock out Asterisk.
    pub fn max_sessions(mut self, connections: usize) -> Self {
        self.limits.max_sessions = connections;
        self
    }

    /// Sets the time within which a connection must become a session, including TLS, and the time
    /// after that within which its first message must name its application. Defaults to 10 seconds
    /// each.
    pub fn handshake_timeout(mut self, timeout: Duration) -> Self {
        self.limits.handshake_timeout = timeout;
        self
    }

    /// Sets the maximum size in bytes of the handshake request. Defaults to 16 KiB. Asterisk's
    /// request is smaller than 1 KiB.
    pub fn max_header_size(mut self, bytes: usize) -> Self {
        self.limits.max_header_size = bytes;
        self
    }

    /// Sets the maximum size of a message in bytes. Defaults to 64 MiB. A longer message ends its
    /// session. Events have about 500 bytes. Responses are messages, too: a list has about 500
    /// bytes for each channel, and the session itself requests the list of all channels if its
    /// application is subscribed to all of them.
    pub fn max_message_size(mut self, bytes: usize) -> Self {
        self.limits.max_message_size = bytes;
        self
    }

    /// See [`ClientBuilder::timeout`](crate::client::builder::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// See [`ClientBuilder::event_buffer_capacity`](crate::client::builder::ClientBuilder::event_buffer_capacity).
    pub fn event_buffer_capacity(mut self, events: usize) -> Self {
        self.settings.set_buffer(events);
        self
    }

    /// See [`ClientBuilder::keepalive`](crate::client::builder::ClientBuilder::keepalive).
    pub fn keepalive(mut self, interval: Duration, timeout: Duration) -> Self {
        self.settings.set_keepalive(interval, timeout);
        self
    }

    /// Sets a function that returns the HTTP client for the Asterisk that has connected, or `None`
    /// if that Asterisk cannot be reached by HTTP. The session uses it for requests that its
    /// WebSocket cannot carry or carries only at a cost: downloads of recordings, further
    /// WebSockets, requests of more than 64 KiB, and requests that wait for playbacks. It has
    /// credentials, certificates and timeouts of its own.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), ari_api::Error> {
    /// use ari_api::{Client, Server};
    ///
    /// let builder = Client::builder("http://pbx:8088/ari").credentials("aritest", "testme");
    /// let client = builder.build()?;
    /// let server = Server::builder().http_client(move |_| Some(client.clone()));
    /// # let _ = server;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// If several Asterisks connect, distinguish them by the [`HandshakeInfo`]: by the user that
    /// each connects as, or by the path.
    pub fn http_client<F>(mut self, client_of: F) -> Self
    where
        F: Fn(&HandshakeInfo) -> Option<C> + Send + Sync + 'static,
    {
        self.http_client = Some(Arc::new(client_of));
        self
    }

    /// Records all sessions: their events, and their requests over the WebSocket and by the client of
    /// [`ServerBuilder::http_client`], which needs no [`Recorder`](crate::traffic::Recorder) of its
    /// own. The `server` of each line is the user that Asterisk has authenticated as, an `@`, and the
    /// address that it has connected from, such as `pbx@10.0.0.5`. Media WebSockets are not recorded.
    pub fn record(mut self, log: &TrafficLog) -> Self {
        self.traffic = Some(log.clone());
        self
    }

    /// Sets whether operations that the server's release lacks are refused before they are sent.
    /// Defaults to false. Takes effect as soon as the release is known. In a session only the
    /// response to [`Connection::fetch_version`](crate::client::connection::Connection::fetch_version) reports
    /// the release. Responses to the client of [`ServerBuilder::http_client`] report it, too.
    pub fn enforce_availability(mut self, check: bool) -> Self {
        self.enforce_availability = check;
        self
    }

    /// Serves over TLS (`wss` in Asterisk's `uri`). Takes PEM files: the certificate with its
    /// chain, and the key. Without this crate's feature `tls`, [`ServerBuilder::serve`] returns an
    /// error.
    pub fn tls(mut self, chain: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        let identity = (chain.into(), key.into());
        #[cfg(feature = "tls")]
        {
            self.tls.identity = Some(identity);
        }
        #[cfg(not(feature = "tls"))]
        {
            let _: (PathBuf, PathBuf) = identity;
            self.needs_tls = true;
        }
        self
    }

    /// Serves over TLS with this rustls configuration, and ignores [`ServerBuilder::tls`]. Use it
    /// to request a client certificate from Asterisk, for example.
    #[cfg(feature = "tls")]
    pub fn tls_config(mut self, config: Arc<tokio_rustls::rustls::ServerConfig>) -> Self {
        self.tls.config = Some(config);
        self
    }

    /// Is refused by [`ServerBuilder::serve`] without the feature `tls` of this crate. With it, the
    /// server uses this rustls configuration.
    #[cfg(not(feature = "tls"))]
    pub fn tls_config<T>(mut self, _config: T) -> Self {
        self.needs_tls = true;
        self
    }

    /// Starts the server. It is listening when this returns.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if the address cannot be listened on, for example because
    /// it is in use, or for the reasons listed at [`ServerBuilder::serve_on`].
    pub async fn serve(self) -> Result<Server<C>, Error> {
        let listener = TcpListener::bind(&self.address).await.map_err(|error| {
            Error::InvalidConfig(format!("cannot listen on {}: {error}", self.address))
        })?;
        self.serve_on(listener)
    }

    /// Starts the server on a socket that is already listening.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if a route cannot work, if there are no credentials, if
    /// HTTP cannot carry the credentials, if the certificate or the key cannot be used, or if this
    /// is called outside of a tokio runtime.
    pub fn serve_on(self, listener: TcpListener) -> Result<Server<C>, Error> {
        let runtime = Handle::try_current().map_err(|_| {
            Error::InvalidConfig(
                "a server runs on tokio: start it within a runtime, `#[tokio::main]` say".into(),
            )
        })?;
        self.routes.validate()?;
        let gate = Authenticator::new(&self.credentials, self.allows_anonymous)?;
        #[cfg(feature = "tls")]
        let tls = self.tls.acceptor()?;
        #[cfg(not(feature = "tls"))]
        if self.needs_tls {
            return Err(crate::client::builder::tls_is_off("tls"));
        }
        let address = listener
            .local_addr()
            .map_err(|error| Error::InvalidConfig(format!("cannot listen: {error}")))?;
        let load = Arc::new(SessionLimit::new(self.limits.max_sessions));
        let media_limit = SessionLimit::new(self.limits.max_media_sockets);
        let media_sockets = match self.routes.serves_media() {
            true => self.limits.max_media_sockets,
            false => 0,
        };
        let expected = self.limits.max_sessions.saturating_add(media_sockets);
        let pending = Arc::new(PendingConnections::new(expected));
        let shared = Arc::new(ServerState {
            authenticator: gate,
            routes: self.routes,
            limits: self.limits,
            settings: self.settings,
            check_availability: self.enforce_availability,
            http: self.http_client,
            traffic: self.traffic,
            session_limit: load.clone(),
            media_limit,
            pending,
            #[cfg(feature = "tls")]
            tls,
        });
        let (stop, stopping) = ShutdownSignal::new();
        let (ending, ended) = watch::channel(());
        tracing::info!(%address, "listening for Asterisk");
        let task = runtime.spawn(async move {
            accept::run(listener, shared, stopping).await;
            drop(ending);
        });
        Ok(Server {
            address,
            session_limit: load,
            stop,
            ended,
            task,
            client: PhantomData,
        })
    }
}

impl<C: ApiClient> fmt::Debug for ServerBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBuilder")
            .field("address", &self.address)
            .field("credentials", &self.credentials)
            .field("routes", &self.routes)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
