//! The handshake of WebSockets on the side of the server, by RFC 6455.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONNECTION, HeaderMap, HeaderValue, UPGRADE};
use hyper::{Response as HttpResponse, StatusCode};

use crate::rest::Response;

/// A request for a WebSocket that the server accepts.
pub(crate) struct Handshake {
    key: String,
    protocol: Option<&'static str>,
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Returns whether a request asks for a WebSocket.
pub(crate) fn is_upgrade(headers: &HeaderMap) -> bool {
    header(headers, "upgrade").is_some_and(|name| name.eq_ignore_ascii_case("websocket"))
}

impl Handshake {
    /// Checks the protocol, which is optional, the version and the key.
    pub(crate) fn check(headers: &HeaderMap, protocol: &'static str) -> Result<Self, Response> {
        let refused = || Response::empty(400).with_header("Sec-WebSocket-Version", "7, 8, 13");
        let offered = header(headers, "sec-websocket-protocol");
        if let Some(offered) = offered
            && !offered.split(',').any(|name| name.trim() == protocol)
        {
            return Err(refused());
        }
        header(headers, "sec-websocket-version")
            .filter(|version| matches!(*version, "7" | "8" | "13"))
            .ok_or_else(refused)?;
        let key = header(headers, "sec-websocket-key").ok_or_else(refused)?;
        Ok(Handshake {
            key: key.to_owned(),
            protocol: offered.map(|_| protocol),
        })
    }

    /// Returns the response that switches to the protocol.
    pub(crate) fn response(self) -> HttpResponse<Full<Bytes>> {
        let mut response = HttpResponse::new(Full::default());
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        if let Ok(key) = HeaderValue::from_str(&accept_value(self.key.as_bytes())) {
            headers.insert("Sec-WebSocket-Accept", key);
        }
        if let Some(protocol) = self.protocol {
            let protocol = HeaderValue::from_static(protocol);
            headers.insert("Sec-WebSocket-Protocol", protocol);
        }
        response
    }
}

/// Returns the accept value for a key, by section 4.2.2. Implemented here because the handshake of
/// tungstenite would add eight crates.
pub(crate) fn accept_value(key: &[u8]) -> String {
    let mut hash = sha1_smol::Sha1::from(key);
    hash.update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    STANDARD.encode(hash.digest().bytes())
}
