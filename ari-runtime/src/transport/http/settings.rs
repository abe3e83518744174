//! The settings of the transport over HTTP.

use std::time::Duration;

use crate::client::credentials::Credentials;
use crate::transport::http::route::Route;
#[cfg(feature = "tls")]
use crate::transport::tls::settings::TlsSettings;

/// The settings of the transport over HTTP.
#[derive(Clone)]
pub(crate) struct HttpSettings {
    pub(crate) url: String,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_connections: usize,
    pub(crate) idle_timeout: Duration,
    /// The timeout for responses.
    pub(crate) timeout: Duration,
    /// The maximum size of a response, in bytes.
    pub(crate) max_response_size: usize,
    pub(crate) route: Route,
    #[cfg(feature = "tls")]
    pub(crate) tls: TlsSettings,
}
