//! The HTTP server of a replay.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue, SERVER};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::message::Message;
use super::socket;
use super::state::Shared;
use crate::server::{Handshake, is_upgrade};

/// Accepts connections. They end with this future.
pub(super) async fn listen(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(serve(Arc::clone(&shared), stream))),
            // Most likely there are too many open files, and some may be closed soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(shared: Arc<Shared>, stream: TcpStream) {
    // Responses are written in one piece, so delaying them would only cost time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { respond(shared, request).await }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // Errors of the connection are visible to the client.
    let _ = connection.await;
}

/// Responds to a request. An error closes the connection.
async fn respond(
    shared: Arc<Shared>,
    mut request: Request<Incoming>,
) -> io::Result<Response<Full<Bytes>>> {
    let uri = request.uri().clone();
    let Some(path) = uri.path().strip_prefix("/ari/") else {
        return Ok(response(&shared, 404, Vec::new()));
    };
    let query = uri.query().unwrap_or_default();
    if path == "events" && is_upgrade(request.headers()) {
        return Ok(upgrade(&shared, &mut request, query));
    }
    let method = request.method().as_str().to_owned();
    let body = request.into_body().collect().await;
    let body = body.map_err(io::Error::other)?.to_bytes();
    let message = Message::new(&method, path, query, &body);
    match shared.respond(message).await {
        Some((status, body)) => Ok(response(&shared, status, body)),
        None => Err(io::Error::other("the recording has no response")),
    }
}

fn response(shared: &Shared, status: u16, body: Vec<u8>) -> Response<Full<Bytes>> {
    let is_json = matches!(body.first(), Some(b'{' | b'[' | b'"'));
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let headers = response.headers_mut();
    let version = shared.version.map(|version| format!("Asterisk/{version}"));
    let name = version.and_then(|version| HeaderValue::from_str(&version).ok());
    headers.insert(SERVER, name.unwrap_or(HeaderValue::from_static("Asterisk")));
    if is_json {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

/// Upgrades the connection to a WebSocket.
fn upgrade(
    shared: &Arc<Shared>,
    request: &mut Request<Incoming>,
    query: &str,
) -> Response<Full<Bytes>> {
    let Ok(handshake) = Handshake::check(request.headers(), "ari") else {
        return response(shared, 400, Vec::new());
    };
    let upgrading = hyper::upgrade::on(request);
    let texts = shared.connect(&socket::applications(query));
    let shared = Arc::clone(shared);
    // It ends when the replay closes the socket, which it does at the latest when it is dropped.
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrading.await {
            let io = TokioIo::new(upgraded);
            let stream = WebSocketStream::from_raw_socket(io, Role::Server, None).await;
            socket::serve(&shared, texts, stream).await;
        }
    });
    handshake.response()
}
