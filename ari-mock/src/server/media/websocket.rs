//! The WebSocket of a media channel.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Method, Request, Response as HttpResponse};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::UNREAD_LIMIT;
use super::fragments::ObservedStream;
use crate::model::ChannelRef;
use crate::pbx::WebSocketEnd;
use crate::rest::Response;
use crate::server::handshake::{Handshake, is_upgrade};
use crate::server::state::Server;

/// The longest message that is read.
const MAX_MESSAGE: usize = 65_527;

/// The time that a program has to close the connection after the server did.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// Returns the limits of a media connection.
fn configuration() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE))
}

/// Upgrades a connection to the WebSocket of a channel. Credentials are not needed, because the id
/// is the secret.
pub(crate) fn upgrade(
    server: &Arc<Server>,
    request: &mut Request<Incoming>,
    connection: &str,
) -> Result<HttpResponse<Full<Bytes>>, Response> {
    let refused = |status, text| Response::html(status, text, &server.server_name());
    let channel = server
        .update(|pbx| pbx.take_websocket_connection(connection))
        .map_err(|status| match status {
            409 => refused(409, "The WebSocket is in use."),
            _ => refused(404, "The requested URL was not found on this server.")
                .with_phrase("Not found"),
        })?;
    // A failed handshake does not use up the channel's only connection.
    let checked = match (request.method(), is_upgrade(request.headers())) {
        (&Method::GET, true) => Handshake::check(request.headers(), "media"),
        (&Method::GET, false) => Err(refused(426, "")),
        _ => Err(refused(
            501,
            "Attempt to use unimplemented / unsupported method",
        )),
    };
    let handshake = checked.inspect_err(|_| {
        server.update(|pbx| pbx.release_websocket_connection(&channel));
    })?;
    let arriving = hyper::upgrade::on(request);
    let for_task = Arc::clone(server);
    let task = tokio::spawn(async move {
        match arriving.await {
            Ok(upgraded) => {
                serve(for_task, channel, TokioIo::new(upgraded), Role::Server).await;
            }
            Err(_) => for_task.update(|pbx| pbx.on_websocket_ended(&channel, WebSocketEnd::Lost)),
        }
    });
    server.track_connection(&task);
    Ok(handshake.response())
}

/// Serves the WebSocket of a channel until either ends.
pub(super) async fn serve<S>(server: Arc<Server>, channel: ChannelRef, stream: S, role: Role)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (stream, fragments) = ObservedStream::new(stream);
    let limits = Some(configuration());
    let stream = WebSocketStream::from_raw_socket(stream, role, limits).await;
    let (sender, mut outgoing) = mpsc::unbounded_channel();
    if !server.update(|pbx| pbx.on_websocket_connected(&channel, sender)) {
        return;
    }
    let end = |end| server.update(|pbx| pbx.on_websocket_ended(&channel, end));
    let (mut sink, mut arriving) = stream.split();
    let reading = async {
        loop {
            match arriving.next().await {
                Some(Ok(Message::Text(_) | Message::Binary(_)))
                    if fragments.next_is_fragmented() =>
                {
                    server.update(|pbx| pbx.on_websocket_fragments(&channel));
                }
                Some(Ok(Message::Text(text))) => {
                    server.update(|pbx| pbx.on_websocket_text(&channel, &text));
                }
                Some(Ok(Message::Binary(bytes))) => {
                    server.update(|pbx| pbx.on_websocket_audio(&channel, &bytes));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                    if server.read(|pbx| pbx.pings_hang_up()) {
                        end(WebSocketEnd::Ping);
                    }
                }
                // The library closes the connection, and the stream ends after that.
                Some(Ok(Message::Close(_))) => end(WebSocketEnd::Closed),
                Some(Ok(Message::Frame(_))) => {}
                Some(Err(Error::Capacity(_))) => {
                    end(WebSocketEnd::TooLong);
                    // The writing half of this function closes the connection.
                    return std::future::pending().await;
                }
                Some(Err(_)) | None => return end(WebSocketEnd::Lost),
            }
        }
    };
    let writing = async {
        while let Some(message) = outgoing.recv().await {
            match timeout(UNREAD_LIMIT, sink.send(message)).await {
                Ok(Ok(())) => {}
                // The reading half of this function notices that the connection is closed.
                Ok(Err(_)) => return std::future::pending().await,
                Err(_) => return end(WebSocketEnd::Unread),
            }
        }
        // Does nothing if a close message has been sent.
        let normal = Message::Close(Some(CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        }));
        let _ = sink.send(normal).await;
        tokio::time::sleep(CLOSE_LIMIT).await;
    };
    tokio::select! {
        () = reading => {}
        () = writing => {}
    }
}
