//! WebSockets that the server opens, to the clients of `websocket_client.conf`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Empty;
use hyper::header::{AUTHORIZATION, CONNECTION, HOST, UPGRADE};
use hyper::upgrade::Upgraded;
use hyper::{Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::model::WebSocketClient;
use crate::server::handshake::accept_value;
#[cfg(feature = "tls")]
use crate::server::tls_client;

/// Connects to the program of a client. The error is the reason why it cannot be reached or refuses.
pub(in crate::server) async fn connect(
    client: &WebSocketClient,
    protocol: &'static str,
) -> Result<TokioIo<Upgraded>, String> {
    let uri: Uri = client.url.parse().map_err(|error| format!("{error}"))?;
    let host = uri.host().ok_or("the URL has no host")?;
    let port = uri.port_u16().unwrap_or(client.default_port());
    let stream = TcpStream::connect((host, port)).await;
    let stream = stream.map_err(|error| error.to_string())?;
    // Frames must not wait for one another.
    let _ = stream.set_nodelay(true);
    #[cfg(feature = "tls")]
    if let Some(tls) = &client.tls {
        let stream = tls_client::connect(stream, host, tls).await?;
        return upgrade(stream, client, &uri, protocol).await;
    }
    upgrade(stream, client, &uri, protocol).await
}

/// Opens a WebSocket over a connection.
async fn upgrade<S>(
    stream: S,
    client: &WebSocketClient,
    uri: &Uri,
    protocol: &'static str,
) -> Result<TokioIo<Upgraded>, String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let WebSocketClient { user, password, .. } = client;
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(client.default_port());
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| error.to_string())?;
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
    let request = request.body(Empty::<Bytes>::new());
    let request = request.map_err(|error| error.to_string())?;
    let response = sender.send_request(request).await;
    let response = response.map_err(|error| error.to_string())?;
    let status = response.status();
    if status != StatusCode::SWITCHING_PROTOCOLS {
        return Err(format!("the program responded {status}"));
    }
    let accept = response.headers().get("Sec-WebSocket-Accept");
    let accept = accept.and_then(|accept| accept.to_str().ok());
    if accept != Some(&*accept_value(key.as_bytes())) {
        return Err("the program's handshake is invalid".to_owned());
    }
    let upgraded = hyper::upgrade::on(response).await;
    Ok(TokioIo::new(upgraded.map_err(|error| error.to_string())?))
}
