//! The builder of a client.

use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::time::Duration;

use crate::client::api_client::ApiClient;
use crate::client::connection::Connection;
use crate::client::credentials::Credentials;
use crate::client::server_version::ServerVersion;
#[cfg(feature = "client")]
use crate::error::types::Error;
use crate::event::bindings::Bindings;
use crate::routing::router::Router;
use crate::schema::operation::Version;
use crate::session::reconnect::ReconnectPolicy;
use crate::session::retry_policy::{Retries, RetryPolicy};
use crate::session::settings::Settings;
#[cfg(feature = "client")]
use crate::transport::http::http_transport::HttpTransport;
#[cfg(feature = "client")]
use crate::transport::http::proxy::Proxy;
#[cfg(feature = "client")]
use crate::transport::http::route::Route;
#[cfg(feature = "client")]
use crate::transport::http::settings::HttpSettings;
use crate::transport::transport_trait::Transport;

/// The settings of a new client.
#[derive(Clone)]
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder<C> {
    url: String,
    credentials: Option<Credentials>,
    connect_timeout: Duration,
    max_connections: usize,
    idle_timeout: Duration,
    settings: Settings,
    retry: Option<RetryPolicy>,
    enforce_availability: bool,
    server_version: Option<Version>,
    #[cfg(feature = "client")]
    route: Route,
    #[cfg(feature = "tls")]
    tls: crate::transport::tls::settings::TlsSettings,
    /// A setting that requires the feature `tls`, which is disabled.
    #[cfg(not(feature = "tls"))]
    needs_tls: Option<&'static str>,
    client: PhantomData<fn() -> C>,
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address that `build` would refuse may contain credentials.
        let url = match self.url.contains(['@', '?']) {
            true => "(may hold a password)",
            false => &self.url,
        };
        f.debug_struct("ClientBuilder")
            .field("url", &url)
            .field("credentials", &self.credentials)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_connections", &self.max_connections)
            .field("idle_timeout", &self.idle_timeout)
            .field("settings", &self.settings)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Creates a builder for a client that connects to the Asterisk at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        ClientBuilder {
            url: url.into(),
            credentials: None,
            connect_timeout: Duration::from_secs(10),
            max_connections: 80,
            idle_timeout: Duration::from_secs(10),
            settings: Settings::default(),
            retry: None,
            enforce_availability: false,
            server_version: None,
            #[cfg(feature = "client")]
            route: Route::default(),
            #[cfg(feature = "tls")]
            tls: Default::default(),
            #[cfg(not(feature = "tls"))]
            needs_tls: None,
            client: PhantomData,
        }
    }

    /// Sets the user of `ari.conf` to authenticate as.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(user, password));
        self
    }

    /// Sets the timeout for opening a connection, including a WebSocket. Defaults to 10 seconds.
    /// `client.with_timeout(…)` sets another timeout for connecting an application. It does not
    /// apply to reconnecting after a loss.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout for responses. Defaults to 120 seconds. Some operations (answering, setting
    /// a variable, joining a bridge) wait until a running playback has ended.
    /// `client.with_timeout(…)` sets another timeout for single requests.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets the maximum size of a response in bytes, over any transport. Defaults to 64 MiB, which
    /// a list of about 80,000 channels reaches. A longer response ends in
    /// [`Error::OutcomeUnknown`](crate::error::types::Error::OutcomeUnknown). Downloads have no limit, because
    /// they are streamed.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// Sets the maximum number of connections for concurrent requests. Defaults to 80. The minimum
    /// is 1. Further requests wait for a free connection as long as their timeout allows. Asterisk
    /// silently closes connections over the `sessionlimit` of http.conf (100 by default).
    /// WebSockets and the connections of other clients count there, too. A request that waits for a
    /// playback occupies its connection until the response.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Sets how long a connection that no request uses is kept open for the next one. Defaults to
    /// 10 seconds. [`Duration::ZERO`] disables reuse. Set it below `session_keep_alive` of
    /// `http.conf` (15 seconds by default): a request that is sent at the moment in which Asterisk
    /// closes the connection gets no response. A `GET` is then sent once more, on a new connection,
    /// if no byte of a response has arrived. All other requests end in
    /// [`Error::OutcomeUnknown`](crate::error::types::Error::OutcomeUnknown), because Asterisk may have read
    /// them.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets the number of events that each stream can buffer. Defaults to 8192. If more arrive, the
    /// stream yields [`Error::Lagged`](crate::error::types::Error::Lagged) in their place. Other streams are not
    /// affected.
    pub fn event_buffer_capacity(mut self, events: usize) -> Self {
        self.settings.set_buffer(events);
        self
    }

    /// Sets the policy for reopening a lost WebSocket. Defaults to unlimited attempts with
    /// increasing delays.
    pub fn reconnect(mut self, reconnect: ReconnectPolicy) -> Self {
        self.settings.reconnect = reconnect;
        self
    }

    /// Sends requests again after failures, as far as that is safe: see [`RetryPolicy`]. Off by
    /// default. It applies over any transport, and to requests over a WebSocket.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets the keepalive, which detects connections that have broken without notice. After
    /// `interval` without a frame on a WebSocket (15 seconds by default) a ping is sent. The
    /// connection counts as lost if nothing arrives within `timeout` (10 seconds by default). While
    /// a request over that WebSocket is in flight, a missing response to the ping is tolerated,
    /// because Asterisk processes one request at a time. An interval of [`Duration::MAX`] disables
    /// pings.
    pub fn keepalive(mut self, interval: Duration, timeout: Duration) -> Self {
        self.settings.set_keepalive(interval, timeout);
        self
    }

    /// Sets whether operations that the server's release lacks are refused before they are sent.
    /// Takes effect as soon as a response has shown the release. Defaults to false: such requests
    /// are sent.
    ///
    /// One kind is never sent: a request that the server would take for another operation. On
    /// Asterisk 12 and 13, `POST /channels/create` makes a phone ring, because these releases take
    /// it for originating a channel with the id `create`. If no response has shown the version yet,
    /// the server is asked before the first request of that kind.
    pub fn enforce_availability(mut self, check: bool) -> Self {
        self.enforce_availability = check;
        self
    }

    /// Sets the version of a server that does not report one itself, because it was built from a
    /// working tree (`GIT-master-1a2b3c`). It overrides the server's reports. Without it, a server
    /// without a version number counts as one that has every operation: nothing is refused before
    /// it is sent, and a 404 cannot be distinguished from an operation that the server lacks.
    pub fn server_version(mut self, version: Version) -> Self {
        self.server_version = Some(version);
        self
    }

    /// Connects through an HTTP proxy, for requests and WebSockets. The proxy resolves the host of
    /// the URL. Replaces [`ClientBuilder::unix_socket`]. No environment variable sets a proxy.
    #[cfg(feature = "client")]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.route = Route::Proxy(proxy);
        self
    }

    /// Connects to a Unix socket in place of the host and port of the URL, for requests and
    /// WebSockets: a reverse proxy such as haproxy or nginx listens there in front of Asterisk. The
    /// URL still sets the path, the `Host` header and, with `https`, the name of the certificate.
    /// Replaces [`ClientBuilder::proxy`].
    #[cfg(all(feature = "client", unix))]
    pub fn unix_socket(mut self, path: impl Into<PathBuf>) -> Self {
        self.route = Route::UnixSocket(path.into());
        self
    }

    /// Trusts the certificates of a PEM file, too, besides the platform's roots: for an Asterisk
    /// with a certificate of one's own. The certificate still has to name the host, and to be valid
    /// at this time. The server may show a certificate of the file itself, even if it is one for
    /// issuing others (`CA:TRUE`) and names its host only as the common name of its subject, as
    /// `openssl req -x509` makes it. Without the feature `tls` of this crate,
    /// [`ClientBuilder::build`] refuses it.
    pub fn add_root_certificate(mut self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        #[cfg(feature = "tls")]
        self.tls.ca_files.push(path);
        #[cfg(not(feature = "tls"))]
        self.refuse_for_tls("add_root_certificate", [path]);
        self
    }

    /// Presents a client certificate to the server. Takes PEM files of the certificate chain and of
    /// the key. Without this crate's feature `tls`, [`ClientBuilder::build`] returns an error.
    pub fn identity(mut self, chain: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        let (chain, key) = (chain.into(), key.into());
        #[cfg(feature = "tls")]
        {
            self.tls.identity = Some((chain, key));
        }
        #[cfg(not(feature = "tls"))]
        self.refuse_for_tls("identity", [chain, key]);
        self
    }

    /// Records a setting that this build does not support. Only `build` can return the error.
    #[cfg(not(feature = "tls"))]
    fn refuse_for_tls<const N: usize>(&mut self, setting: &'static str, _: [PathBuf; N]) {
        self.needs_tls.get_or_insert(setting);
    }

    /// Uses this rustls configuration, and ignores [`ClientBuilder::add_root_certificate`] and
    /// [`ClientBuilder::identity`].
    #[cfg(feature = "tls")]
    pub fn tls_config(
        mut self,
        config: std::sync::Arc<tokio_rustls::rustls::ClientConfig>,
    ) -> Self {
        self.tls.config = Some(config);
        self
    }

    /// Is refused by [`ClientBuilder::build`] without the feature `tls` of this crate. With it, the
    /// client uses this rustls configuration.
    #[cfg(not(feature = "tls"))]
    pub fn tls_config<T>(mut self, _config: T) -> Self {
        self.refuse_for_tls("tls_config", []);
        self
    }

    /// Creates the client over a custom transport: another HTTP client, a message bus, a test. Only
    /// the settings for events, retries and availability apply. Address, credentials, timeouts and
    /// TLS are up to the transport.
    pub fn build_with_transport(mut self, transport: impl Transport + 'static) -> C {
        // Clones of the builder build clients with budgets of their own.
        let retries = self.retry.map(Retries::new);
        self.settings.retries = retries.map(std::sync::Arc::new);
        let transport = std::sync::Arc::new(transport);
        let release = ServerVersion::default()
            .enforcing(self.enforce_availability)
            .with_configured(self.server_version);
        let connection = Connection::over_session(
            transport,
            None,
            release,
            Router::new(Bindings::for_events::<C::Event>()),
            self.settings,
        );
        C::from_connection(connection)
    }

    /// Returns the transport that [`ClientBuilder::build`] would use, to be wrapped by a transport
    /// that logs, measures or refuses requests. Pass that one to
    /// [`ClientBuilder::build_with_transport`]. It carries all requests of the client and its
    /// sessions, and reopens their WebSockets.
    ///
    /// # Errors
    /// Returns the errors of [`ClientBuilder::build`].
    #[cfg(feature = "client")]
    pub fn http_transport(&self) -> Result<HttpTransport, Error> {
        #[cfg(not(feature = "tls"))]
        if let Some(setting) = self.needs_tls {
            return Err(tls_is_off(setting));
        }
        HttpTransport::new(&self.http_settings())
    }

    #[cfg(feature = "client")]
    fn http_settings(&self) -> HttpSettings {
        HttpSettings {
            url: self.url.clone(),
            credentials: self.credentials.clone(),
            connect_timeout: self.connect_timeout,
            max_connections: self.max_connections,
            idle_timeout: self.idle_timeout,
            timeout: self.settings.timeout,
            max_response_size: self.settings.max_response_size,
            route: self.route.clone(),
            #[cfg(feature = "tls")]
            tls: self.tls.clone(),
        }
    }

    /// Creates the client. Nothing is sent yet.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`](crate::error::types::Error::InvalidConfig) if the address or the
    /// credentials cannot work, if a certificate or key cannot be used, or if the address is
    /// `https` without the feature `tls`.
    #[cfg(feature = "client")]
    pub fn build(self) -> Result<C, Error> {
        #[cfg(not(feature = "tls"))]
        if let Some(setting) = self.needs_tls {
            return Err(tls_is_off(setting));
        }
        let transport = HttpTransport::new(&self.http_settings())?;
        Ok(self.build_with_transport(transport))
    }
}

/// Returns the error for a setting that requires the feature `tls`.
#[cfg(all(feature = "client", not(feature = "tls")))]
pub(crate) fn tls_is_off(setting: &str) -> Error {
    Error::InvalidConfig(format!(
        "`{setting}` needs the feature `tls` of ari-api, which is off: write `ari-api = {{ version \
         = \"0.1\", features = [\"tls\"] }}` in Cargo.toml"
    ))
}
