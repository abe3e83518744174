//! Making a client.

use std::marker::PhantomData;
use std::time::Duration;

use super::{Connection, Credentials};

/// The settings of a client that is about to be made.
#[derive(Clone, Debug)]
#[must_use = "nothing is made until `build` is called"]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only transports read the fields")
)]
pub struct ClientBuilder<C> {
    pub(super) url: String,
    pub(super) credentials: Option<Credentials>,
    pub(super) connect_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) event_buffer: usize,
    check_availability: bool,
    #[cfg(feature = "tls")]
    pub(super) tls: super::tls::TlsSettings,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Connection>> ClientBuilder<C> {
    /// Begins a client of the Asterisk at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        ClientBuilder {
            url: url.into(),
            credentials: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(120),
            event_buffer: 8192,
            check_availability: false,
            #[cfg(feature = "tls")]
            tls: Default::default(),
            client: PhantomData,
        }
    }

    /// The user of `ari.conf` to connect as.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(user, password));
        self
    }

    /// How long making a connection may take: 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an answer may take: 120 seconds unless set. Some operations (answering, setting a
    /// variable, joining a bridge) rightly wait until a running playback has ended.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many events may wait for the application on each WebSocket: 8192 unless set. When more
    /// arrive, the stream yields [`Error::Lagged`](super::Error::Lagged) in their place.
    pub fn event_buffer(mut self, events: usize) -> Self {
        self.event_buffer = events.max(1);
        self
    }

    /// Whether to refuse operations that the server's release lacks before they are sent, as soon
    /// as an answer has told which release it is. They are sent unless set: the server knows best.
    pub fn check_availability(mut self, check: bool) -> Self {
        self.check_availability = check;
        self
    }

    /// Trusts the certificates of a PEM file, too, besides the platform's roots: for an Asterisk
    /// with a certificate of one's own. The certificate still has to name the host.
    #[cfg(feature = "tls")]
    pub fn ca_file(mut self, path: impl Into<std::path::PathBuf>) -> Self {
        self.tls.ca_files.push(path.into());
        self
    }

    /// Shows a certificate to the server: PEM files of the chain and of the key.
    #[cfg(feature = "tls")]
    pub fn client_certificate(
        mut self,
        chain: impl Into<std::path::PathBuf>,
        key: impl Into<std::path::PathBuf>,
    ) -> Self {
        self.tls.identity = Some((chain.into(), key.into()));
        self
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

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Configuration`](super::Error::Configuration): an address or credentials that
    /// cannot work.
    #[cfg(feature = "client")]
    pub fn build(self) -> Result<C, super::Error> {
        let transport = super::io::Http::new(&self)?;
        Ok(Connection::new(transport)
            .checking_availability(self.check_availability)
            .into())
    }
}
