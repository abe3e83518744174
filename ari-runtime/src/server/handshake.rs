//! The handshake of a WebSocket: reads one HTTP request and sends the upgrade or an error response.
//!
//! tungstenite parses the request and creates the response. The rest is done here instead of by a
//! complete HTTP server, because there is only ever one request, without a body.

use std::io;

use hyper::StatusCode;
use hyper::header::{
    CONNECTION, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::handshake::machine::TryParse as _;
use tokio_tungstenite::tungstenite::handshake::server::{
    Request as HttpRequest, create_response, write_response,
};
use zeroize::Zeroizing;

use crate::server::auth::Authenticator;
use crate::server::error_response::ErrorResponse;
use crate::server::request_head::RequestHead;
use crate::server::session_limit::SessionLimit;

/// The subprotocol of ARI.
const PROTOCOL: &str = "ari";

/// The request that was accepted, and its user.
#[derive(Debug)]
pub(super) struct Handshake {
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) user: Option<String>,
    /// The session's place in the limit.
    pub(super) session_permit: OwnedSemaphorePermit,
    /// The bytes that have arrived after the request.
    pub(super) trailing_bytes: Vec<u8>,
}

/// Reason why there is no WebSocket.
#[derive(Debug)]
pub(super) enum HandshakeError {
    Rejected(ErrorResponse),
    /// The peer has closed the connection, or it broke.
    Disconnected(io::Error),
}

impl From<ErrorResponse> for HandshakeError {
    fn from(refusal: ErrorResponse) -> Self {
        HandshakeError::Rejected(refusal)
    }
}

impl From<io::Error> for HandshakeError {
    fn from(error: io::Error) -> Self {
        HandshakeError::Disconnected(error)
    }
}

/// Reads the request and sends the upgrade if the request is valid. Otherwise the caller sends the
/// error response.
pub(super) async fn accept<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    gate: &Authenticator,
    has_path: impl Fn(&str) -> bool,
    load: &SessionLimit,
    limit: usize,
    deadline: Instant,
) -> Result<Handshake, HandshakeError> {
    let slow = |_| {
        ErrorResponse::new(
            StatusCode::REQUEST_TIMEOUT,
            "The request did not arrive in time.",
        )
    };
    let reading = timeout_at(deadline, read_request(stream, limit));
    let UpgradeRequest {
        request,
        authorization,
        trailing_bytes: rest,
    } = reading.await.map_err(slow)??;
    let authorization = authorization.as_deref().map(Vec::as_slice);
    let (answer, user) = upgrade_response(&request, authorization, gate, has_path)?;
    let place = load.acquire().ok_or(
        ErrorResponse::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "There are as many sessions as there may be.",
        )
        .with_headers("Retry-After: 1\r\n"),
    )?;
    let writing = timeout_at(deadline, stream.write_all(&answer));
    writing.await.map_err(slow)??;
    let uri = request.uri();
    Ok(Handshake {
        path: uri.path().to_owned(),
        query: uri.query().map(str::to_owned),
        user,
        session_permit: place,
        trailing_bytes: rest,
    })
}

/// A parsed request, and the bytes that have arrived after it.
struct UpgradeRequest {
    request: HttpRequest,
    authorization: Option<Zeroizing<Vec<u8>>>,
    trailing_bytes: Vec<u8>,
}

/// Reads a request.
async fn read_request<S: AsyncRead + Unpin>(
    stream: &mut S,
    limit: usize,
) -> Result<UpgradeRequest, HandshakeError> {
    let mut head = RequestHead::new(limit);
    loop {
        let before = head.bytes().len();
        let (bytes, room) = head.spare_capacity().ok_or(TOO_LARGE)?;
        if (&mut *stream).take(room as u64).read_buf(bytes).await? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        // Parse again only when a further line is complete.
        if !head.bytes()[before..].contains(&b'\n') {
            continue;
        }
        let authorization = head.take_authorization();
        match HttpRequest::try_parse(head.bytes()) {
            Ok(None) => {}
            Ok(Some((length, request))) => {
                return Ok(UpgradeRequest {
                    request,
                    authorization,
                    trailing_bytes: head.trailing_bytes(length),
                });
            }
            Err(error) => return Err(parse_error_response(&error).into()),
        }
    }
}

/// Returns the error response for a request that tungstenite rejects.
fn parse_error_response(error: &WsError) -> ErrorResponse {
    match error {
        WsError::Capacity(_) => TOO_LARGE,
        WsError::Protocol(ProtocolError::WrongHttpMethod) => ErrorResponse::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "There are only WebSockets here: send GET.",
        )
        .with_headers("Allow: GET\r\n"),
        WsError::Protocol(ProtocolError::WrongHttpVersion) => {
            bad_request("A WebSocket takes HTTP/1.1.")
        }
        _ => bad_request("This is no HTTP request."),
    }
}

const TOO_LARGE: ErrorResponse = ErrorResponse::new(
    StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
    "The request has too many headers, or too long ones.",
);

const fn bad_request(text: &'static str) -> ErrorResponse {
    ErrorResponse::new(StatusCode::BAD_REQUEST, text)
}

/// Returns the upgrade response to a request, and the user.
fn upgrade_response(
    request: &HttpRequest,
    authorization: Option<&[u8]>,
    gate: &Authenticator,
    has_path: impl Fn(&str) -> bool,
) -> Result<(Vec<u8>, Option<String>), ErrorResponse> {
    let headers = request.headers();
    // Authenticate first, so that unauthenticated peers learn nothing about the paths.
    let user = gate.authenticate(authorization).ok_or(
        ErrorResponse::new(
            StatusCode::UNAUTHORIZED,
            "The user or the password is wrong: see `username` and `password` in \
             websocket_client.conf.",
        )
        .with_headers("WWW-Authenticate: Basic realm=\"ari\", charset=\"UTF-8\"\r\n"),
    )?;
    if !has_path(request.uri().path()) {
        return Err(ErrorResponse::new(
            StatusCode::NOT_FOUND,
            "Nothing is served at this path: see `uri` in websocket_client.conf.",
        ));
    }
    let upgrade = ErrorResponse::new(
        StatusCode::UPGRADE_REQUIRED,
        "There are only WebSockets here, of version 13.",
    )
    .with_headers("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    let version = headers.get(SEC_WEBSOCKET_VERSION);
    if !has_token(headers, CONNECTION, "upgrade")
        || !has_token(headers, UPGRADE, "websocket")
        || version.is_none_or(|version| version != "13")
    {
        return Err(upgrade);
    }
    if !has_token(headers, SEC_WEBSOCKET_PROTOCOL, PROTOCOL) {
        return Err(bad_request(
            "The subprotocol `ari` is not among those offered: see `protocols` in \
             websocket_client.conf.",
        ));
    }
    let mut response =
        create_response(request).map_err(|_| bad_request("This is no request for a WebSocket."))?;
    response
        .headers_mut()
        .insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    let mut answer = Vec::new();
    write_response(&mut answer, &response)
        .map_err(|_| bad_request("No response can be made for this request."))?;
    Ok((answer, user.map(str::to_owned)))
}

/// Returns true if a header with a comma-separated list contains this value, in any case.
fn has_token(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    let lists = headers.get_all(name).into_iter();
    lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|value| value.trim().eq_ignore_ascii_case(token))
}
