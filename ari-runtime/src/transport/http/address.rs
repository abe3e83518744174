//! The address of an Asterisk: `http://HOST:PORT/PREFIX/ari`.

use hyper::Uri;
use hyper::header::HeaderValue;

use crate::error::types::Error;

/// Parts of the base URL of an Asterisk.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// Name or IP address, without the brackets of IPv6.
    pub(super) host: String,
    pub(super) port: u16,
    /// True for https.
    pub(super) secure: bool,
    /// Host and port as in the URL, for the `Host` header.
    pub(super) authority: HeaderValue,
    /// Path without a trailing slash. It usually ends in `/ari`.
    pub(super) base: String,
}

impl Address {
    pub(super) fn parse(url: &str) -> Result<Self, Error> {
        // The messages never repeat the address, which may hold a password.
        let refuse = |problem: &str| Error::InvalidConfig(problem.to_owned());
        let uri: Uri = url
            .parse()
            .map_err(|_| refuse("the address is no URL such as http://localhost:8088/ari"))?;
        let authority = uri.authority().ok_or_else(|| {
            refuse("the address lacks a host: expected http://localhost:8088/ari")
        })?;
        if authority.as_str().contains('@') {
            return Err(refuse(
                "the address holds credentials: give them by `credentials`, addresses end up in logs",
            ));
        }
        if authority.host().is_empty() {
            return Err(refuse(
                "the address lacks a host: expected http://localhost:8088/ari",
            ));
        }
        // `Uri` accepts any digits as a port.
        let has_port = !authority.as_str().ends_with(authority.host());
        if has_port && authority.port_u16().is_none_or(|port| port == 0) {
            return Err(refuse(
                "the address has a port that is none: ports are 1 to 65535",
            ));
        }
        let secure = match uri.scheme_str() {
            Some("http") => false,
            Some("https") if cfg!(feature = "tls") => true,
            Some("https") => {
                return Err(refuse(
                    "https needs the feature `tls` of ari-api, which is off: write \
                     `ari-api = { version = \"0.1\", features = [\"tls\"] }` in Cargo.toml",
                ));
            }
            Some("ws" | "wss") => {
                return Err(refuse(
                    "the address is that of a WebSocket: write http:// for ws:// and https:// for \
                     wss://, as in http://localhost:8088/ari",
                ));
            }
            _ => {
                return Err(refuse(
                    "the address begins neither with http:// nor with https://",
                ));
            }
        };
        if uri.path().trim_end_matches('/').ends_with("/ari/events") {
            return Err(refuse(
                "the address is that of the WebSocket, /ari/events: write it without /events, as in \
                 http://localhost:8088/ari",
            ));
        }
        if uri.query().is_some() {
            return Err(refuse(
                "the address holds a query: expected http://localhost:8088/ari",
            ));
        }
        Ok(Address {
            host: authority
                .host()
                .trim_start_matches('[')
                .trim_end_matches(']')
                .to_owned(),
            port: authority
                .port_u16()
                .unwrap_or(if secure { 443 } else { 80 }),
            secure,
            authority: HeaderValue::from_str(authority.as_str())
                .map_err(|_| refuse("the address has a host that is none"))?,
            base: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Returns the request target for a path and query of ARI.
    pub(super) fn path(&self, target: &str) -> String {
        format!("{}{target}", self.base)
    }

    /// Returns the request target for a path of Asterisk's HTTP server that is not ARI's: below the
    /// prefix of `http.conf`.
    pub(super) fn path_outside_ari(&self, target: &str) -> String {
        let prefix = self.base.strip_suffix("/ari").unwrap_or(&self.base);
        format!("{prefix}{target}")
    }

    /// Returns the base URL of ARI.
    pub(super) fn url(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        let authority = self.authority.to_str().unwrap_or_default();
        format!("{scheme}://{authority}{}", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parsed() {
        for (url, host, port, target) in [
            (
                "http://localhost:8088/ari",
                "localhost",
                8088,
                "http://localhost:8088/ari/channels",
            ),
            ("http://pbx/ari/", "pbx", 80, "http://pbx/ari/channels"),
            (
                "http://[::1]:8088/pbx/ari",
                "::1",
                8088,
                "http://[::1]:8088/pbx/ari/channels",
            ),
            #[cfg(feature = "tls")]
            ("https://pbx/ari", "pbx", 443, "https://pbx/ari/channels"),
        ] {
            let address = Address::parse(url).unwrap();
            assert_eq!((address.host.as_str(), address.port), (host, port));
            assert_eq!(
                address.url() + &address.path("/channels")[address.base.len()..],
                target
            );
        }
    }

    #[test]
    fn media_are_below_the_prefix() {
        for (url, target) in [
            ("http://localhost:8088/ari", "/media/1"),
            ("http://localhost:8088/pbx/one/ari/", "/pbx/one/media/1"),
            ("http://localhost:8088", "/media/1"),
        ] {
            let address = Address::parse(url).unwrap();
            assert_eq!(address.path_outside_ari("/media/1"), target);
        }
    }

    #[test]
    fn refused_addresses_are_not_repeated() {
        for url in [
            "http://user:hunter2@pbx/ari",
            "http://user:hunter2@pbx:99999/ari",
            "https://pbx/ari?api_key=user:hunter2",
            "http://pbx/ari?api_key=user:hunter2",
            "pbx:8088/ari",
            "http://:8088/ari",
            "http://pbx:99999/ari",
            "http://pbx:0/ari",
            "http://pbx:/ari",
            "http://pbx/ari/events?api_key=user:hunter2",
            "http://pbx/prefix/ari/events/",
            "ws://pbx/ari/hunter2",
            "hunter2",
            "",
        ] {
            let error = Address::parse(url).unwrap_err();
            assert!(matches!(error, Error::InvalidConfig(_)));
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
    }

    #[cfg(not(feature = "tls"))]
    #[test]
    fn https_without_tls_names_the_feature() {
        let error = Address::parse("https://pbx/ari").unwrap_err().to_string();
        let line = "ari-api = { version = \"0.1\", features = [\"tls\"] }";
        assert!(
            error.contains(line) && error.contains("Cargo.toml"),
            "{error}"
        );
    }
}
