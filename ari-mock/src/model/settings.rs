//! Settings of the server.

#[cfg(feature = "tls")]
use std::path::PathBuf;
use std::time::Duration;

use crate::sorted_map::SortedMap;

use ari_api::schema::Version;

use super::{Dialplan, Journal, PersistentWebSocket};

/// A user of `ari.conf`.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) read_only: bool,
}

/// Settings that do not change while the server runs.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) version: Version,
    pub(crate) entity_id: String,
    pub(crate) users: Vec<User>,
    /// The lengths of sounds. Those of a language other than English begin with its code and a
    /// slash, as their files do.
    pub(crate) sounds: SortedMap<String, Duration>,
    /// The languages of sounds, apart from English.
    pub(crate) sound_languages: Vec<String>,
    pub(crate) dialplan: Dialplan,
    /// The behaviour of endpoints, such as `PJSIP/alice`, when they are called; `None` for one that
    /// is offline.
    pub(crate) endpoints: SortedMap<String, Option<EndpointBehavior>>,
    /// The prefix of all paths, as `prefix` in `http.conf`: empty, or with a leading slash.
    pub(crate) http_prefix: String,
    /// The clients of `websocket_client.conf`, by name.
    pub(crate) websocket_clients: SortedMap<String, WebSocketClient>,
    /// The applications that get a WebSocket for each call, with their names in
    /// `websocket_client.conf`.
    pub(crate) per_call_apps: SortedMap<String, String>,
    /// The WebSockets that the server opens when it starts.
    pub(crate) persistent_websockets: Vec<PersistentWebSocket>,
    /// Modules that are not installed.
    pub(crate) missing_modules: Vec<String>,
    /// The time limit for a test that waits for a request.
    pub(crate) wait_timeout: Duration,
    pub(crate) journal: Journal,
    /// True if the server has the control API.
    #[cfg(feature = "control")]
    pub(crate) has_control: bool,
    /// True if the server listens on the loopback interface.
    #[cfg(feature = "control")]
    pub(crate) is_local: bool,
    /// The files of the certificate chain and of its key, if the server accepts TLS.
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
}

impl Settings {
    /// Returns whether connections use TLS.
    pub(crate) fn is_tls(&self) -> bool {
        #[cfg(feature = "tls")]
        return self.tls.is_some();
        #[cfg(not(feature = "tls"))]
        return false;
    }
}

/// An outgoing WebSocket of `websocket_client.conf`.
#[derive(Clone, Debug)]
pub(crate) struct WebSocketClient {
    pub(crate) url: String,
    pub(crate) user: String,
    pub(crate) password: String,
    /// Present if connections use TLS.
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<WebSocketTls>,
}

impl WebSocketClient {
    /// Returns the port of a URL without one.
    pub(crate) fn default_port(&self) -> u16 {
        match self.url.starts_with("wss:") {
            true => 443,
            false => 80,
        }
    }
}

/// TLS of a client of `websocket_client.conf`: `tls_enabled`, and how the program's certificate is
/// verified. Whether the URL begins with `wss` does not matter, as on a real server (22.10).
#[cfg(feature = "tls")]
#[derive(Clone, Debug)]
pub struct WebSocketTls {
    pub(crate) ca_list_file: Option<PathBuf>,
    pub(crate) verifies_certificate: bool,
    pub(crate) verifies_hostname: bool,
}

#[cfg(feature = "tls")]
impl WebSocketTls {
    /// Creates the settings `tls_enabled = yes` with `ca_list_file`: a PEM file of the authority, or of
    /// the program's own certificate.
    pub fn with_ca_file(file: impl Into<PathBuf>) -> Self {
        WebSocketTls {
            ca_list_file: Some(file.into()),
            verifies_certificate: true,
            verifies_hostname: true,
        }
    }

    /// Creates the settings `tls_enabled = yes` with `verify_server_cert = no`: every certificate is
    /// accepted, for any host.
    pub fn without_verification() -> Self {
        WebSocketTls {
            ca_list_file: None,
            verifies_certificate: false,
            verifies_hostname: false,
        }
    }

    /// Accepts certificates for other hosts, as `verify_server_hostname = no` does.
    pub fn without_hostname_verification(mut self) -> Self {
        self.verifies_hostname = false;
        self
    }
}

/// The behaviour of a phone when it is called.
#[derive(Clone, Debug)]
pub(crate) enum EndpointBehavior {
    /// The behaviour of the dialled extension of `testari`: `PJSIP/busy@loop` is busy.
    Dialplan,
    /// Always the same: an extension of its own.
    Fixed,
}
