//! Making a client.

use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::time::Duration;

use super::events::{Hub, Settings};
use super::release::Release;
use super::{Bindings, Connection, Credentials, Reconnect, Transport, Version};

/// The settings of a client that is about to be made.
#[derive(Clone)]
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder<C> {
    pub(super) url: String,
    pub(super) credentials: Option<Credentials>,
    pub(super) connect_timeout: Duration,
    pub(super) max_connections: usize,
    pub(super) idle_timeout: Duration,
    settings: Settings,
    check_availability: bool,
    server_version: Option<Version>,
    #[cfg(feature = "tls")]
    pub(super) tls: super::tls::TlsSettings,
    /// A setting that takes the feature `tls`, which is off.
    #[cfg(not(feature = "tls"))]
    needs_tls: Option<&'static str>,
    client: PhantomData<fn() -> C>,
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whatever is refused later stands in it, credentials perhaps.
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
            .finish_non_exhaustive()
    }
}

impl<C: Bindings> ClientBuilder<C> {
    /// Begins a client of the Asterisk at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        ClientBuilder {
            url: url.into(),
            credentials: None,
            connect_timeout: Duration::from_secs(10),
            max_connections: 80,
            idle_timeout: Duration::from_secs(10),
            settings: Settings::default(),
            check_availability: false,
            server_version: None,
            #[cfg(feature = "tls")]
            tls: Default::default(),
            #[cfg(not(feature = "tls"))]
            needs_tls: None,
            client: PhantomData,
        }
    }

    /// The user of `ari.conf` to connect as.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(user, password));
        self
    }

    /// How long making a connection may take, a WebSocket included: 10 seconds unless set.
    /// `client.within(…)` sets another limit for connecting an application, not for what connects
    /// it again after a loss.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an answer may take: 120 seconds unless set. Some operations (answering, setting a
    /// variable, joining a bridge) rightly wait until a running playback has ended. Single requests
    /// are given another limit by `client.within(…)`.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How long answers may take, and how many bytes they may have.
    #[cfg(feature = "client")]
    pub(super) fn answer_limits(&self) -> (Duration, usize) {
        (self.settings.timeout, self.settings.answer_limit)
    }

    /// How many bytes an answer may have, whichever way it comes: 64 MiB unless set, for which a
    /// server has to have some 80,000 channels. A longer one is
    /// [`Error::OutcomeUnknown`](super::Error::OutcomeUnknown). Downloads have no limit: they are
    /// handed on as they arrive.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.settings.answer_limit = bytes;
        self
    }

    /// How many connections requests may take at the same time: 80 unless set, at least 1. Further
    /// requests wait until one is free, for as long as their answer may take. Asterisk closes what
    /// is over `sessionlimit` of http.conf (100 unless set) without a word, and every WebSocket and
    /// every other client counts there, too. A request that waits behind a playback keeps its
    /// connection meanwhile.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Sets how long a connection that no request uses is kept open for the next one: 10 seconds
    /// unless set, not at all with [`Duration::ZERO`]. Set it below `session_keep_alive` of
    /// `http.conf` (15 seconds unless set): a request that comes in the instant in which Asterisk
    /// closes the connection has no answer. A `GET` is sent once more then, on a new connection, if
    /// not a byte of an answer has come; anything else is
    /// [`Error::OutcomeUnknown`](super::Error::OutcomeUnknown), since Asterisk may have read it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// How many events may wait in each stream: 8192 unless set. When more arrive, the stream
    /// yields [`Error::Lagged`](super::Error::Lagged) in their place; other streams do not notice.
    pub fn event_buffer(mut self, events: usize) -> Self {
        self.settings.set_buffer(events);
        self
    }

    /// How a WebSocket that is lost is opened again: for ever, with growing pauses, unless set.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.settings.reconnect = reconnect;
        self
    }

    /// How links that have died unnoticed are found: after `interval` of silence on a WebSocket (15
    /// seconds unless set) the server is asked for a sign of life, and is given `timeout` (10
    /// seconds) for it. While a request over that WebSocket is under way the sign may fail to come:
    /// Asterisk works on one thing at a time. An interval of [`Duration::MAX`] asks for none.
    pub fn ping(mut self, interval: Duration, timeout: Duration) -> Self {
        self.settings.set_ping(interval, timeout);
        self
    }

    /// Whether to refuse operations that the server's release lacks before they are sent, as soon
    /// as an answer has told which release it is. They are sent unless set: the server knows best.
    ///
    /// One kind is never sent, set or not: a request that the server would take for another
    /// operation. `POST /channels/create` makes a phone ring on Asterisk 12 and 13, which take it
    /// for originating a channel with the id `create`. If no answer has told the version yet, the
    /// server is asked before the first request of that kind.
    pub fn check_availability(mut self, check: bool) -> Self {
        self.check_availability = check;
        self
    }

    /// Sets the version of the server, for one that does not name it itself: it was built from a
    /// working tree (`GIT-master-1a2b3c`). What it says does not count then. Unless set, a server
    /// without a number counts as one that has everything: nothing is refused before it is sent,
    /// and a 404 is not told apart from an operation that the server lacks.
    pub fn server_version(mut self, version: Version) -> Self {
        self.server_version = Some(version);
        self
    }

    /// Trusts the certificates of a PEM file, too, besides the platform's roots: for an Asterisk
    /// with a certificate of one's own. The certificate still has to name the host, and to be valid
    /// at this time. The server may show a certificate of the file itself, even if it is one for
    /// issuing others (`CA:TRUE`) and names its host only as the common name of its subject, as
    /// `openssl req -x509` makes it. Without the feature `tls` of this crate,
    /// [`ClientBuilder::build`] refuses it.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        #[cfg(feature = "tls")]
        self.tls.ca_files.push(path);
        #[cfg(not(feature = "tls"))]
        self.refuse_for_tls("ca_file", [path]);
        self
    }

    /// Shows a certificate to the server: PEM files of the chain and of the key. Without the
    /// feature `tls` of this crate, [`ClientBuilder::build`] refuses it.
    pub fn client_certificate(
        mut self,
        chain: impl Into<PathBuf>,
        key: impl Into<PathBuf>,
    ) -> Self {
        let (chain, key) = (chain.into(), key.into());
        #[cfg(feature = "tls")]
        {
            self.tls.identity = Some((chain, key));
        }
        #[cfg(not(feature = "tls"))]
        self.refuse_for_tls("client_certificate", [chain, key]);
        self
    }

    /// Notes a setting that this build cannot honour: `build` is the first that can say so.
    #[cfg(not(feature = "tls"))]
    fn refuse_for_tls<const N: usize>(&mut self, setting: &'static str, _: [PathBuf; N]) {
        self.needs_tls.get_or_insert(setting);
    }

    /// Uses this configuration of rustls, and nothing of [`ClientBuilder::ca_file`] and
    /// [`ClientBuilder::client_certificate`].
    #[cfg(feature = "tls")]
    pub fn tls_config(
        mut self,
        config: std::sync::Arc<tokio_rustls::rustls::ClientConfig>,
    ) -> Self {
        self.tls.config = Some(config);
        self
    }

    /// The client over a transport of one's own: another HTTP client, a message bus, a test. Of the
    /// settings those count that concern events and availability; address, credentials, time limits
    /// and TLS are up to the transport.
    pub fn build_with(self, transport: impl Transport + 'static) -> C {
        let transport = std::sync::Arc::new(transport);
        let release = Release::default()
            .checking(self.check_availability)
            .with_given(self.server_version);
        let connection = Connection::over(transport, None, release, Hub::new(), self.settings);
        C::from_connection(connection)
    }

    /// Returns the transport that [`ClientBuilder::build`] would use, for another one that wraps
    /// it: a transport that logs, measures or refuses requests, and is given to
    /// [`ClientBuilder::build_with`]. It carries everything that the client and its sessions send,
    /// and opens their WebSockets again.
    ///
    /// # Errors
    /// Returns those of [`ClientBuilder::build`].
    #[cfg(feature = "client")]
    pub fn http_transport(&self) -> Result<Box<dyn Transport>, super::Error> {
        #[cfg(not(feature = "tls"))]
        if let Some(setting) = self.needs_tls {
            return Err(tls_is_off(setting));
        }
        Ok(Box::new(super::io::Http::new(self)?))
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Configuration`](super::Error::Configuration): an address or credentials that
    /// cannot work, a certificate or key that cannot be used, or `https` without the feature
    /// `tls`.
    #[cfg(feature = "client")]
    pub fn build(self) -> Result<C, super::Error> {
        #[cfg(not(feature = "tls"))]
        if let Some(setting) = self.needs_tls {
            return Err(tls_is_off(setting));
        }
        let transport = super::io::Http::new(&self)?;
        Ok(self.build_with(transport))
    }
}

/// The error of a setting that takes the feature `tls`.
#[cfg(all(feature = "client", not(feature = "tls")))]
pub(super) fn tls_is_off(setting: &str) -> super::Error {
    super::Error::Configuration(format!(
        "`{setting}` needs the feature `tls` of ari-api, which is off: write `ari-api = {{ version \
         = \"0.1\", features = [\"tls\"] }}` in Cargo.toml"
    ))
}

#[cfg(all(test, feature = "client", feature = "bindings", not(feature = "tls")))]
mod tests {
    use crate::Client;

    #[test]
    fn settings_of_a_feature_that_is_off_are_refused() {
        let builder = || Client::builder("http://localhost:8088/ari");
        for (builder, setting) in [
            (builder().ca_file("ca.pem"), "ca_file"),
            (
                builder().client_certificate("chain.pem", "key.pem"),
                "client_certificate",
            ),
        ] {
            let text = builder.build().expect_err("no TLS").to_string();
            assert!(
                text.contains(setting) && text.contains("features = [\"tls\"]"),
                "{text}"
            );
        }
    }
}
