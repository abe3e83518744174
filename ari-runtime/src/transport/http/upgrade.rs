//! The handshake that upgrades an HTTP connection to a WebSocket.
//!
//! hyper sends the request, because the WebSocket library logs the whole request, including the
//! password.

use std::future::poll_fn;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::StatusCode;
use hyper::body::Incoming;
use hyper::header::{
    CONNECTION, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_EXTENSIONS,
    SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use tungstenite::protocol::Role;

use crate::error::types::{Error, ErrorResponse, TransportError};
use crate::protocol::subprotocol;
use crate::request::untyped_request::Request;
use crate::transport::http::connector::Connector;
use crate::transport::http::deadline::Deadline;
use crate::transport::http::errors::{not_sent, outcome_unknown, redirect_target};
use crate::transport::http::http_connection::{HttpConnection, SendFailure, into_stream};
use crate::transport::http::request::http_request;
use crate::transport::http::request_timer::RequestTimer;
use crate::transport::http::stream::Stream;
use crate::transport::http::websocket::TungsteniteSocket;
use crate::transport::web_socket::WebSocket;
use crate::values::body::random;

/// The maximum size of a message, and of a frame, in bytes. Asterisk sends each message in one
/// frame.
const MAX_MESSAGE_SIZE: usize = 64 * 1024 * 1024;

/// The maximum size of a message of audio, in bytes. Asterisk sends a message for each 20 ms: 7680
/// bytes at 192 kHz. Asterisk accepts up to 65,527 bytes, and its own messages are shorter.
pub(crate) const MAX_MEDIA_MESSAGE_SIZE: usize = 64 * 1024;

/// The size of the buffers of the WebSocket of events.
const BUFFER_SIZE: usize = 128 * 1024;

/// The size of the buffers of a media WebSocket. There is one for each call.
const MEDIA_BUFFER_SIZE: usize = 8 * 1024;

/// The number of bytes of an error response that are read.
const MAX_ERROR_SIZE: usize = 64 * 1024;

/// Connects and upgrades within the request's own timeout, or `limit` if it has none.
pub(super) async fn open(
    connector: &Connector,
    request: &Request,
    authorization: Option<&HeaderValue>,
    limit: Duration,
) -> Result<Box<dyn WebSocket>, Error> {
    let operation = request.operation();
    let address = &connector.address;
    let key = new_key();
    let subprotocol = operation.websocket_protocol.filter(|name| !name.is_empty());
    let is_media = subprotocol == Some(subprotocol::MEDIA);
    // Asterisk requires no credentials for it, because the address is the secret.
    let authorization = authorization.filter(|_| !is_media);
    let mut http_request = http_request(address, authorization, request)?;
    let headers = http_request.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    let key_header = HeaderValue::from_str(&key);
    let key_header = key_header.map_err(|source| not_sent(operation, address, source))?;
    headers.insert(SEC_WEBSOCKET_KEY, key_header);
    if let Some(subprotocol) = subprotocol {
        let subprotocol = HeaderValue::from_static(subprotocol);
        headers.insert(SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }

    let limit = request.timeout().unwrap_or(limit);
    let deadline = Deadline::within(limit);
    let stream = connector.open_within(limit).await;
    let stream = stream.map_err(|source| not_sent(operation, address, source))?;
    let link = HttpConnection::handshake(stream, RequestTimer::new(deadline, None)).await;
    let mut link = link.map_err(|source| not_sent(operation, address, source))?;
    let response = link.send(http_request, deadline).await;
    let response = response.map_err(|lost| match lost {
        SendFailure::Unused(_, source) | SendFailure::NotSent(source) => {
            not_sent(operation, address, source)
        }
        SendFailure::ConnectionBroken(source) | SendFailure::OutcomeUnknown(source) => {
            outcome_unknown(operation, address, source)
        }
    })?;
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let (head, body) = response.into_parts();
        let body = error_body(&mut link, body).await;
        let location = redirect_target(&head.headers);
        let refusal = ErrorResponse::new(operation, head.status.as_u16(), location, body);
        return Err(Error::Response(Box::new(refusal)));
    }
    if let Some(problem) = handshake_problem(response.headers(), &key, subprotocol) {
        return Err(outcome_unknown(operation, address, problem));
    }
    let (stream, read) = into_stream(response)
        .await
        .map_err(|source| outcome_unknown(operation, address, source))?;
    let config = match is_media {
        true => TungsteniteSocket::<Stream>::config(MAX_MEDIA_MESSAGE_SIZE, MEDIA_BUFFER_SIZE),
        false => TungsteniteSocket::<Stream>::config(MAX_MESSAGE_SIZE, BUFFER_SIZE),
    };
    let is_encrypted = stream.is_encrypted();
    let socket = TungsteniteSocket::new(stream, read.into(), Role::Client, config);
    let socket = socket.encrypted(is_encrypted);
    Ok(Box::new(socket))
}

/// Returns a key as RFC 6455, section 4.1, requires: 16 random bytes.
fn new_key() -> String {
    let bits = u128::from(random()) << 64 | u128::from(random());
    STANDARD.encode(bits.to_ne_bytes())
}

/// Returns the `Sec-WebSocket-Accept` value for a key (RFC 6455, section 4.2.2).
pub(crate) fn accept_key(key: &[u8]) -> String {
    let mut hash = sha1_smol::Sha1::from(key);
    hash.update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    STANDARD.encode(hash.digest().bytes())
}

/// Returns true if a header with a comma-separated list contains this value, in any case.
pub(crate) fn has_token(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    let lists = headers.get_all(name).into_iter();
    lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|value| value.trim().eq_ignore_ascii_case(token))
}

/// Returns the problem with a response that switches protocols, if any. The server may not have
/// understood the request.
fn handshake_problem(
    headers: &HeaderMap,
    key: &str,
    subprotocol: Option<&str>,
) -> Option<TransportError> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let problem = if !has_token(headers, UPGRADE, "websocket")
        || !has_token(headers, CONNECTION, "upgrade")
    {
        "the server switches to another protocol than WebSocket"
    } else if text(SEC_WEBSOCKET_ACCEPT) != Some(&accept_key(key.as_bytes())) {
        "the server's Sec-WebSocket-Accept does not fit the request"
    } else if text(SEC_WEBSOCKET_PROTOCOL).is_some_and(|found| Some(found) != subprotocol) {
        "the server chose a subprotocol that was not offered"
    } else if headers.contains_key(SEC_WEBSOCKET_EXTENSIONS) {
        "the server uses an extension that was not offered"
    } else {
        return None;
    };
    Some(problem.into())
}

/// Reads the body of an error response, as far as it arrives.
async fn error_body(link: &mut HttpConnection, mut body: Incoming) -> Bytes {
    let mut whole = Vec::new();
    while let Some(Ok(piece)) = poll_fn(|context| link.poll_body(&mut body, context)).await {
        let left = MAX_ERROR_SIZE - whole.len();
        whole.extend_from_slice(&piece[..piece.len().min(left)]);
        if whole.len() == MAX_ERROR_SIZE {
            break;
        }
    }
    whole.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_that_resemble_an_upgrade_are_refused() {
        let key = "dGhlIHNhbXBsZSBub25jZQ==";
        let good = [
            ("upgrade", "WebSocket"),
            ("connection", "keep-alive, Upgrade"),
            ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            ("sec-websocket-protocol", "ari"),
        ];
        for (name, value, expected) in [
            ("x-more", "", None),
            ("upgrade", "h2c", Some("another protocol")),
            ("connection", "close", Some("another protocol")),
            ("sec-websocket-accept", "x", Some("does not fit")),
            ("sec-websocket-protocol", "sip", Some("not offered")),
            (
                "sec-websocket-extensions",
                "permessage-deflate",
                Some("extension"),
            ),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in good.into_iter().chain([(name, value)]) {
                let name = HeaderName::from_static(name);
                headers.insert(name, HeaderValue::from_static(value));
            }
            let found =
                handshake_problem(&headers, key, Some("ari")).map(|found| found.to_string());
            match expected {
                None => assert_eq!(found, None),
                Some(part) => assert!(found.unwrap_or_default().contains(part), "{name}"),
            }
        }
    }
}
