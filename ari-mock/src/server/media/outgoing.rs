//! WebSockets that the server opens, to the clients of `websocket_client.conf`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Empty;
use hyper::header::{AUTHORIZATION, CONNECTION, HOST, UPGRADE};
use hyper::upgrade::Upgraded;
use hyper::{Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::server::handshake::accept_value;

/// Connects to a program. Returns `None` if it cannot be reached or refuses.
pub(in crate::server) async fn connect(
    address: &str,
    user: &str,
    password: &str,
    protocol: &'static str,
) -> Option<TokioIo<Upgraded>> {
    let uri: Uri = address.parse().ok()?;
    let host = uri.host()?;
    let port = uri.port_u16().unwrap_or(80);
    let stream = TcpStream::connect((host, port)).await.ok()?;
    // Frames must not wait for one another.
    let _ = stream.set_nodelay(true);
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.ok()?;
    // It ends when both halves of the upgraded connection are dropped.
    tokio::spawn(connection.with_upgrades());

    let key = STANDARD.encode(&ari_api::client::unique_id().as_bytes()[..16]);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::get(path)
        .header(HOST, format!("{host}:{port}"))
        .header(UPGRADE, "websocket")
        .header(CONNECTION, "Upgrade")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", &key)
        .header("Sec-WebSocket-Protocol", protocol);
    if !user.is_empty() {
        let credentials = STANDARD.encode(format!("{user}:{password}"));
        request = request.header(AUTHORIZATION, format!("Basic {credentials}"));
    }
    let request = request.body(Empty::<Bytes>::new()).ok()?;
    let response = sender.send_request(request).await.ok()?;
    let accept = response
        .headers()
        .get("Sec-WebSocket-Accept")?
        .to_str()
        .ok()?;
    if response.status() != StatusCode::SWITCHING_PROTOCOLS
        || accept != accept_value(key.as_bytes())
    {
        return None;
    }
    Some(TokioIo::new(hyper::upgrade::on(response).await.ok()?))
}
