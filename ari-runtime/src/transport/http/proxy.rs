//! HTTP proxies: their address, and the credentials for them.

use std::fmt;

use hyper::Uri;
use hyper::header::HeaderValue;

use crate::client::credentials::Credentials;
use crate::error::types::Error;
use crate::transport::http::address::Address;
use crate::transport::http::basic::basic;

/// An HTTP proxy on the way to Asterisk, for requests and WebSockets:
/// [`ClientBuilder::proxy`](crate::client::ClientBuilder::proxy).
///
/// The proxy opens a tunnel (`CONNECT`) to the host and port of the client's URL, and resolves the
/// name of the host. Plain HTTP uses a tunnel, too, so that the proxy neither reads nor changes
/// requests, and WebSockets work. Proxies such as Squid permit tunnels only to port 443 by default:
/// permit Asterisk's port there.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    host: String,
    port: u16,
    credentials: Option<Credentials>,
}

impl Proxy {
    /// Creates a proxy from its URL, such as `http://proxy.example:3128`. The port defaults to 80.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if the URL does not begin with `http://`, has no valid host
    /// and port, contains credentials, or has a path or query.
    pub fn new(url: &str) -> Result<Self, Error> {
        // The messages never repeat the address, which may hold a password.
        let refuse = |problem: &str| Error::InvalidConfig(format!("the proxy's URL {problem}"));
        let uri: Uri = url
            .parse()
            .map_err(|_| refuse("is no URL such as http://proxy.example:3128"))?;
        if uri.scheme_str() != Some("http") {
            return Err(refuse("does not begin with http://"));
        }
        if uri.authority().is_some_and(|it| it.as_str().contains('@')) {
            return Err(refuse(
                "contains credentials: pass them to `Proxy::credentials`, because URLs end up in logs",
            ));
        }
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(refuse("has a path or a query: expected http://HOST:PORT"));
        }
        let Address { host, port, .. } = Address::parse(url)?;
        Ok(Proxy {
            host,
            port,
            credentials: None,
        })
    }

    /// Sets the user and the password for the proxy (Basic authentication).
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(user, password));
        self
    }

    pub(super) fn host(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// Returns the header with the credentials.
    pub(super) fn authorization(&self) -> Result<Option<HeaderValue>, Error> {
        self.credentials.as_ref().map(basic).transpose()
    }
}

/// Writes the URL.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", authority(&self.host, self.port))
    }
}

/// Shows the URL and the user, never the password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("url", &self.to_string())
            .field("credentials", &self.credentials)
            .finish()
    }
}

/// Returns a host and port as in a URL.
pub(super) fn authority(host: &str, port: u16) -> String {
    match host.contains(':') {
        true => format!("[{host}]:{port}"),
        false => format!("{host}:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_parsed_and_hide_passwords() {
        let proxy = Proxy::new("http://[::1]:3128/").unwrap();
        assert_eq!(proxy.host(), ("::1", 3128));
        let shown = format!("{proxy} {:?}", proxy.clone().credentials("me", "hunter2"));
        assert!(
            shown.contains("http://[::1]:3128") && shown.contains("me"),
            "{shown}"
        );
        assert!(!shown.contains("hunter2"), "{shown}");
        for url in [
            "http://me:hunter2@proxy:3128",
            "socks5://proxy/hunter2",
            "https://proxy/hunter2",
            "http://proxy:3128/hunter2",
            "http://proxy:99999",
            "hunter2",
        ] {
            let error = Proxy::new(url).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
