//! Making a server.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::accept::{self, Load, Shared};
use super::gate::Gate;
use super::newcomers::Newcomers;
use super::routes::{Outcome, Routes};
use super::stop::Stop;
use super::{Incoming, Origin, Server};
use crate::runtime::events::{ANSWER_LIMIT, Settings};
use crate::runtime::{Bindings, Credentials, Error};

/// The settings of a [`Server`] that is about to be made.
#[must_use = "nothing is made until `serve` is called"]
pub struct ServerBuilder<C: Bindings> {
    address: String,
    credentials: Vec<Credentials>,
    anyone: bool,
    routes: Routes<C>,
    limits: Limits,
    settings: Settings,
    check_availability: bool,
    http: Option<ClientOf<C>>,
    #[cfg(feature = "tls")]
    tls: super::tls::TlsSettings,
    /// Whether TLS is asked for, which this build cannot do.
    #[cfg(not(feature = "tls"))]
    needs_tls: bool,
}

/// Which client reaches the Asterisk that has connected.
pub(super) type ClientOf<C> = Arc<dyn Fn(&Origin) -> Option<C> + Send + Sync>;

/// What a connection may take.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) connections: usize,
    pub(super) handshake: Duration,
    pub(super) head: usize,
    pub(super) message: usize,
}

impl<C: Bindings> ServerBuilder<C> {
    pub(super) fn new() -> Self {
        ServerBuilder {
            address: "127.0.0.1:0".to_owned(),
            credentials: Vec::new(),
            anyone: false,
            routes: Routes::default(),
            limits: Limits {
                connections: 1024,
                handshake: Duration::from_secs(10),
                head: 16 * 1024,
                message: ANSWER_LIMIT,
            },
            settings: Settings::default(),
            check_availability: false,
            http: None,
            #[cfg(feature = "tls")]
            tls: Default::default(),
            #[cfg(not(feature = "tls"))]
            needs_tls: false,
        }
    }

    /// The address to listen on, such as `0.0.0.0:9000`. Unless set it is any free port of this
    /// machine alone, which [`Server::local_addr`] tells.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.address = address.into();
        self
    }

    /// The `username` and `password` of `websocket_client.conf`. Called more than once, each of
    /// them is admitted, and [`Incoming::user`] tells whose session it is.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.push(Credentials::new(user, password));
        self
    }

    /// Admits whoever connects, with whatever credentials: for tests, and where the network or
    /// [`ServerBuilder::tls_config`] knows who is there.
    pub fn without_credentials(mut self) -> Self {
        self.anyone = true;
        self
    }

    /// Has a handler serve the sessions of one path, which is that of `uri` in
    /// `websocket_client.conf`, without its query. Other paths are answered with 404.
    ///
    /// The handler is called for each session, when its first message has told its application;
    /// many run at once, each in a task of its own. When it is done the session is closed. What it
    /// fails with is logged.
    ///
    /// A WebSocket that is still wanted Asterisk opens again, and the handler is called again. For
    /// a persistent one that is a fresh start. For that of a single call it is not: its
    /// `StasisStart` does not come once more, and the call waits until somebody hangs up. So a
    /// handler stays until `StasisEnd`, or hangs up before it fails.
    pub fn route<H, F>(mut self, path: impl Into<String>, handler: H) -> Self
    where
        H: Fn(Incoming<C>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: Outcome,
    {
        self.routes.add_path(path.into(), handler);
        self
    }

    /// Has a handler serve the sessions of one application, on any path that has no handler of its
    /// own. Those of its single calls, whose names begin with the application's and a colon, are
    /// among them. A session of several applications goes by the first that has a handler.
    ///
    /// Other than that it is like [`ServerBuilder::route`].
    pub fn application<H, F>(mut self, name: impl Into<String>, handler: H) -> Self
    where
        H: Fn(Incoming<C>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: Outcome,
    {
        self.routes.add_application(name.into(), handler);
        self
    }

    /// How many sessions there may be: 1024 unless set. More are answered with 503, upon which
    /// Asterisk tries again. With WebSockets per call this is the number of calls.
    ///
    /// Connections that are about to become one do not count. There may be as many of them, but no
    /// less than 256 and no more than 1024: when more come, the one that takes longest is closed,
    /// so that nobody who only connects keeps Asterisk out.
    pub fn connection_limit(mut self, connections: usize) -> Self {
        self.limits.connections = connections;
        self
    }

    /// How long a connection may take to become a session, TLS included, and then once more until
    /// its first message tells its application: 10 seconds unless set.
    pub fn handshake_timeout(mut self, timeout: Duration) -> Self {
        self.limits.handshake = timeout;
        self
    }

    /// How many bytes the request for a WebSocket may have: 16 KiB unless set. Asterisk's has less
    /// than one.
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.limits.head = bytes;
        self
    }

    /// How many bytes a message may have: 64 MiB unless set. A longer one ends its session. Events
    /// have about 500 bytes, but answers come in messages, too: a list has that much for each
    /// channel, and the session itself asks for that of all where its application is subscribed to
    /// all.
    pub fn message_limit(mut self, bytes: usize) -> Self {
        self.limits.message = bytes;
        self
    }

    /// See [`ClientBuilder::timeout`](crate::runtime::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// See [`ClientBuilder::event_buffer`](crate::runtime::ClientBuilder::event_buffer).
    pub fn event_buffer(mut self, events: usize) -> Self {
        self.settings.set_buffer(events);
        self
    }

    /// See [`ClientBuilder::ping`](crate::runtime::ClientBuilder::ping).
    pub fn ping(mut self, interval: Duration, timeout: Duration) -> Self {
        self.settings.set_ping(interval, timeout);
        self
    }

    /// Tells the client that reaches an Asterisk by HTTP; none for one that cannot be reached. It
    /// carries what the WebSocket of a session cannot, or only at a cost: recordings that are
    /// downloaded, further WebSockets, requests of more than 64 KiB, and those that wait behind
    /// playbacks. It has credentials, certificates and time limits of its own.
    ///
    /// ```no_run
    /// # #[cfg(feature = "bindings")]
    /// # fn example() -> Result<(), ari_api::Error> {
    /// use ari_api::{Client, Server};
    ///
    /// let builder = Client::builder("http://pbx:8088/ari").credentials("aritest", "testme");
    /// let client = builder.build()?;
    /// let server = Server::builder().http(move |_| Some(client.clone()));
    /// # let _ = server;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Where several Asterisks connect, they are told apart by the [`Origin`]: the user that each
    /// connects as, or the path.
    pub fn http<F>(mut self, client_of: F) -> Self
    where
        F: Fn(&Origin) -> Option<C> + Send + Sync + 'static,
    {
        self.http = Some(Arc::new(client_of));
        self
    }

    /// Whether to refuse operations that the server's release lacks before they are sent, as soon
    /// as it is known which one it is. Nothing of a session tells that but the answer to
    /// [`Connection::ask_version`](crate::runtime::Connection::ask_version); answers to the client
    /// of [`ServerBuilder::http`] do. They are sent unless set.
    pub fn check_availability(mut self, check: bool) -> Self {
        self.check_availability = check;
        self
    }

    /// Serves over TLS, as `wss` in Asterisk's `uri`: PEM files of the certificate, with those that
    /// signed it, and of its key. Without the feature `tls` of this crate,
    /// [`ServerBuilder::serve`] refuses it.
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

    /// Serves over TLS with this configuration of rustls, and nothing of [`ServerBuilder::tls`]:
    /// to ask Asterisk for a certificate, say.
    #[cfg(feature = "tls")]
    pub fn tls_config(mut self, config: Arc<tokio_rustls::rustls::ServerConfig>) -> Self {
        self.tls.config = Some(config);
        self
    }

    /// The server. It listens when this returns.
    ///
    /// # Errors
    /// [`Error::Configuration`]: an address that is taken, or what [`ServerBuilder::serve_on`]
    /// refuses.
    pub async fn serve(self) -> Result<Server<C>, Error> {
        let listener = TcpListener::bind(&self.address).await.map_err(|error| {
            Error::Configuration(format!("cannot listen on {}: {error}", self.address))
        })?;
        self.serve_on(listener)
    }

    /// The server, on a socket that listens already.
    ///
    /// # Errors
    /// [`Error::Configuration`]: a route that cannot work, no credentials or such as HTTP cannot
    /// carry, a certificate or key that cannot be used, no runtime of tokio around the call.
    pub fn serve_on(self, listener: TcpListener) -> Result<Server<C>, Error> {
        let runtime = Handle::try_current().map_err(|_| {
            Error::Configuration(
                "a server runs on tokio: start it within a runtime, `#[tokio::main]` say".into(),
            )
        })?;
        self.routes.check()?;
        let gate = Gate::new(&self.credentials, self.anyone)?;
        #[cfg(feature = "tls")]
        let tls = self.tls.acceptor()?;
        #[cfg(not(feature = "tls"))]
        if self.needs_tls {
            return Err(crate::runtime::builder::tls_is_off("tls"));
        }
        let address = listener
            .local_addr()
            .map_err(|error| Error::Configuration(format!("cannot listen: {error}")))?;
        let load = Arc::new(Load::new(self.limits.connections));
        let newcomers = Arc::new(Newcomers::new(self.limits.connections));
        let shared = Arc::new(Shared {
            gate,
            routes: self.routes,
            limits: self.limits,
            settings: self.settings,
            check_availability: self.check_availability,
            http: self.http,
            load: load.clone(),
            newcomers,
            #[cfg(feature = "tls")]
            tls,
        });
        let (stop, stopping) = Stop::new();
        let (ending, ended) = watch::channel(());
        tracing::info!(%address, "listening for Asterisk");
        let task = runtime.spawn(async move {
            accept::run(listener, shared, stopping).await;
            drop(ending);
        });
        Ok(Server {
            address,
            load,
            stop,
            ended,
            task,
            client: PhantomData,
        })
    }
}

impl<C: Bindings> fmt::Debug for ServerBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBuilder")
            .field("address", &self.address)
            .field("credentials", &self.credentials)
            .field("routes", &self.routes)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
