//! The way to the server: direct, by a proxy, or by a Unix socket.

use std::io;
#[cfg(unix)]
use std::path::PathBuf;

use hyper::header::HeaderValue;

use crate::error::types::Error;
use crate::transport::http::proxy::Proxy;

/// The way to the server, as the builder of a client has it.
#[derive(Clone, Debug, Default)]
pub(crate) enum Route {
    /// To the host and port of the URL.
    #[default]
    Direct,
    Proxy(Proxy),
    #[cfg(unix)]
    UnixSocket(PathBuf),
}

/// The way to the server, with the header for the proxy.
#[derive(Clone)]
pub(super) enum PreparedRoute {
    Direct,
    Proxy(Proxy, Option<HeaderValue>),
    #[cfg(unix)]
    UnixSocket(PathBuf),
}

impl Route {
    /// Checks the credentials for the proxy.
    pub(super) fn prepare(self) -> Result<PreparedRoute, Error> {
        Ok(match self {
            Route::Direct => PreparedRoute::Direct,
            Route::Proxy(proxy) => {
                let authorization = proxy.authorization()?;
                PreparedRoute::Proxy(proxy, authorization)
            }
            #[cfg(unix)]
            Route::UnixSocket(path) => PreparedRoute::UnixSocket(path),
        })
    }
}

/// Returns an error that names the proxy or the socket. It has no kind, because hints about
/// Asterisk's port would not help.
pub(super) fn name_hop(hop: impl std::fmt::Display, error: &io::Error) -> io::Error {
    io::Error::other(format!("no connection by {hop}: {error}"))
}
