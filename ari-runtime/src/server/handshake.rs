//! The handshake of a WebSocket: reads one HTTP request and sends the upgrade or an error response.
//!
//! hyper parses the request, enforces the limit of its size, and encodes the upgrade. It has no
//! response to a request that is late, and one without a body to data that is not HTTP. So error
//! responses are sent here ([`ErrorResponse`]), and what hyper writes is sent only if the request
//! was accepted.

use std::error::Error as _;
use std::future::ready;
use std::io;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::body::Incoming;
use hyper::header::{
    AUTHORIZATION, CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request as HttpRequest, Response as HttpResponse, StatusCode, Version, rt};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use crate::error::types::TransportError;
use crate::protocol::subprotocol;
use crate::server::auth::Authenticator;
use crate::server::error_response::ErrorResponse;
use crate::server::session_limit::SessionLimit;
use crate::transport::http::request::FullBody;
use crate::transport::http::upgrade::{accept_key, has_token};
use crate::transport::http::wire::poll_read_into;

/// The size of the smallest buffer that hyper takes.
const MIN_BUFFER_SIZE: usize = 8192;

/// The subprotocol and the limit of the WebSockets on a path.
pub(super) struct Route<'a> {
    pub(super) subprotocol: &'static str,
    pub(super) limit: &'a SessionLimit,
}

/// The request that was accepted, and its user.
#[derive(Debug)]
pub(super) struct Handshake {
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) user: Option<String>,
    /// The place in the limit of sessions, or in that of media WebSockets.
    pub(super) session_permit: OwnedSemaphorePermit,
    /// The bytes that have arrived after the request.
    pub(super) trailing_bytes: Vec<u8>,
}

/// Reason why there is no WebSocket.
#[derive(Debug)]
pub(super) enum HandshakeError {
    Rejected(ErrorResponse),
    /// The peer has closed the connection, or it broke.
    Disconnected(TransportError),
}

impl From<ErrorResponse> for HandshakeError {
    fn from(refusal: ErrorResponse) -> Self {
        HandshakeError::Rejected(refusal)
    }
}

impl From<io::Error> for HandshakeError {
    fn from(error: io::Error) -> Self {
        HandshakeError::Disconnected(error.into())
    }
}

impl From<hyper::Error> for HandshakeError {
    fn from(error: hyper::Error) -> Self {
        match error.source().and_then(|cause| cause.downcast_ref()) {
            Some(refusal) => HandshakeError::Rejected(*refusal),
            None if error.is_parse_too_large() => TOO_LARGE.into(),
            None if error.is_parse() => bad_request("This is no HTTP request.").into(),
            None => HandshakeError::Disconnected(error.into()),
        }
    }
}

/// Reads the request and sends the upgrade if the request is valid. Otherwise the caller sends the
/// error response.
pub(super) async fn accept<'r, S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    gate: &Authenticator,
    find_route: impl Fn(&str) -> Option<Route<'r>>,
    limit: usize,
    deadline: Instant,
) -> Result<Handshake, HandshakeError> {
    let accepted = OnceLock::new();
    let service = service_fn(|request| {
        ready(
            upgrade_response(&request, gate, &find_route).map(|(response, handshake)| {
                let _ = accepted.set(handshake);
                response
            }),
        )
    });
    let io = HandshakeIo {
        stream: &mut *stream,
        response: Vec::new(),
    };
    let connection = http1::Builder::new()
        .max_header_size(limit)
        .max_buf_size(limit.max(MIN_BUFFER_SIZE))
        // A peer that sends nothing after its request still gets the response.
        .half_close(true)
        .auto_date_header(false)
        .header_read_timeout(None)
        .serve_connection(io, service);
    let reading = timeout_at(deadline, connection.without_shutdown());
    let parts = reading.await.map_err(|_| TOO_LATE)??;
    let (response, rest) = (parts.io.response, parts.read_buf);
    let mut handshake = accepted
        .into_inner()
        .ok_or(io::Error::from(io::ErrorKind::UnexpectedEof))?;
    handshake.trailing_bytes = rest.into();
    let writing = async {
        stream.write_all(&response).await?;
        stream.flush().await
    };
    timeout_at(deadline, writing)
        .await
        .map_err(|_| TOO_LATE)??;
    Ok(handshake)
}

const TOO_LATE: ErrorResponse = ErrorResponse::new(
    StatusCode::REQUEST_TIMEOUT,
    "The request did not arrive in time.",
);

const TOO_LARGE: ErrorResponse = ErrorResponse::new(
    StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
    "The request has too many headers, or too long ones.",
);

const fn bad_request(text: &'static str) -> ErrorResponse {
    ErrorResponse::new(StatusCode::BAD_REQUEST, text)
}

/// Returns the upgrade response to a request, and what is known of its peer.
fn upgrade_response<'r>(
    request: &HttpRequest<Incoming>,
    gate: &Authenticator,
    find_route: impl Fn(&str) -> Option<Route<'r>>,
) -> Result<(HttpResponse<FullBody>, Handshake), ErrorResponse> {
    if request.method() != Method::GET {
        let text = "There are only WebSockets here: send GET.";
        let refusal = ErrorResponse::new(StatusCode::METHOD_NOT_ALLOWED, text);
        return Err(refusal.with_headers("Allow: GET\r\n"));
    }
    if request.version() != Version::HTTP_11 {
        return Err(bad_request("A WebSocket takes HTTP/1.1."));
    }
    let headers = request.headers();
    let uri = request.uri();
    // Authenticate first, so that unauthenticated peers learn nothing about the paths.
    let authorization = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let user = gate.authenticate(authorization).ok_or(
        ErrorResponse::new(
            StatusCode::UNAUTHORIZED,
            "The user or the password is wrong: see `username` and `password` in \
             websocket_client.conf.",
        )
        .with_headers("WWW-Authenticate: Basic realm=\"ari\", charset=\"UTF-8\"\r\n"),
    )?;
    let route = find_route(uri.path()).ok_or(ErrorResponse::new(
        StatusCode::NOT_FOUND,
        "Nothing is served at this path: see `uri` in websocket_client.conf.",
    ))?;
    let version = headers.get(SEC_WEBSOCKET_VERSION);
    if !has_token(headers, CONNECTION, "upgrade")
        || !has_token(headers, UPGRADE, "websocket")
        || version.is_none_or(|version| version != "13")
    {
        return Err(ErrorResponse::new(
            StatusCode::UPGRADE_REQUIRED,
            "There are only WebSockets here, of version 13.",
        )
        .with_headers("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"));
    }
    if !has_token(headers, SEC_WEBSOCKET_PROTOCOL, route.subprotocol) {
        return Err(bad_request(match route.subprotocol {
            subprotocol::MEDIA => {
                "The subprotocol `media` is not among those offered: see `protocols` in \
                 websocket_client.conf."
            }
            _ => {
                "The subprotocol `ari` is not among those offered: see `protocols` in \
                 websocket_client.conf."
            }
        }));
    }
    let key = headers.get(SEC_WEBSOCKET_KEY).map(HeaderValue::as_bytes);
    let key = key.filter(|key| STANDARD.decode(key).is_ok_and(|key| key.len() == 16));
    let accept = key.and_then(|key| HeaderValue::try_from(accept_key(key)).ok());
    let accept = accept.ok_or(bad_request("This is no request for a WebSocket."))?;
    let session_permit = route.limit.acquire().ok_or(
        ErrorResponse::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "There are as many sessions as there may be.",
        )
        .with_headers("Retry-After: 1\r\n"),
    )?;
    let mut response = HttpResponse::new(FullBody::new(None));
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    for (name, value) in [
        (CONNECTION, HeaderValue::from_static("Upgrade")),
        (UPGRADE, HeaderValue::from_static("websocket")),
        (SEC_WEBSOCKET_ACCEPT, accept),
        (
            SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(route.subprotocol),
        ),
    ] {
        response.headers_mut().insert(name, value);
    }
    let handshake = Handshake {
        path: uri.path().to_owned(),
        query: uri.query().map(str::to_owned),
        user: user.map(str::to_owned),
        session_permit,
        trailing_bytes: Vec::new(),
    };
    Ok((response, handshake))
}

/// A stream as hyper sees it: it is read, but what hyper writes is kept.
struct HandshakeIo<S> {
    stream: S,
    response: Vec<u8>,
}

impl<S: AsyncRead + Unpin> rt::Read for HandshakeIo<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        poll_read_into(&mut self.stream, context, into, |_| {})
    }
}

impl<S: Unpin> rt::Write for HandshakeIo<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.response.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
