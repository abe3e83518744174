//! The WebSocket of events. A task of its own reads it whatever the application does: Asterisk
//! cuts off who does not read for a tenth of a second.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::header::{AUTHORIZATION, HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::connector::{Connector, Stream};
use super::http::{not_sent, unknown};
use crate::runtime::{Call, Error, Messages, Refusal};

/// Connects, upgrades, and starts the task that reads.
pub(super) async fn open(
    connector: &Connector,
    call: &Call,
    authorization: Option<&HeaderValue>,
    buffer: usize,
) -> Result<Messages, Error> {
    let operation = call.operation();
    let mut request = connector
        .address
        .websocket_url(&call.target())
        .into_client_request()
        .map_err(|source| not_sent(operation, source))?;
    let headers = request.headers_mut();
    if let Some(authorization) = authorization {
        headers.insert(AUTHORIZATION, authorization.clone());
    }
    if let Some(subprotocol) = operation.upgrade.filter(|name| !name.is_empty()) {
        headers.insert(
            SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(subprotocol),
        );
    }
    let stream = connector
        .open()
        .await
        .map_err(|source| not_sent(operation, source))?;
    let (socket, _) = match tokio_tungstenite::client_async(request, stream).await {
        Ok(opened) => opened,
        Err(WsError::Http(response)) => {
            let status = response.status().as_u16();
            let body = Bytes::from(response.into_body().unwrap_or_default());
            return Err(Error::Refused(Box::new(Refusal::new(
                operation, status, body,
            ))));
        }
        Err(error) => return Err(unknown(operation, error)),
    };
    let (sender, receiver) = mpsc::channel(buffer);
    tracing::debug!(%operation, "connected");
    tokio::spawn(read(socket, sender));
    Ok(Box::pin(Received(receiver)))
}

/// Reads until the socket closes or nobody listens any more.
async fn read(mut socket: WebSocketStream<Stream>, sender: mpsc::Sender<Result<String, Error>>) {
    // Events that found no room; told to the application as soon as there is room again.
    let mut missed = 0_u64;
    loop {
        let message = tokio::select! {
            message = socket.next() => message,
            () = sender.closed() => {
                // Best effort: the application is gone, and the server notices either way.
                let _ = socket.close(None).await;
                return;
            }
        };
        let (item, last) = match message {
            Some(Ok(Message::Text(text))) => (Ok(text.as_str().to_owned()), false),
            // tungstenite answers pings itself when the socket is polled next.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => continue,
            Some(Ok(Message::Binary(bytes))) => {
                tracing::warn!(
                    length = bytes.len(),
                    "binary message on the event WebSocket"
                );
                continue;
            }
            Some(Ok(Message::Close(None))) => (Err(closed("without a reason".into())), true),
            Some(Ok(Message::Close(Some(frame)))) => (
                Err(closed(format!(
                    "with code {} {}",
                    u16::from(frame.code),
                    frame.reason
                ))),
                true,
            ),
            Some(Err(error)) => {
                let reason = error.to_string();
                (
                    Err(Error::Disconnected {
                        reason,
                        source: Some(error.into()),
                    }),
                    true,
                )
            }
            None => return,
        };
        if last {
            // The end is worth waiting for: it must not be lost to a full buffer.
            if missed > 0 && sender.send(Err(Error::Lagged { missed })).await.is_err() {
                return;
            }
            let _ = sender.send(item).await;
            // Completes the closing handshake.
            let _ = socket.flush().await;
            return;
        }
        if missed > 0 && sender.try_send(Err(Error::Lagged { missed })).is_ok() {
            missed = 0;
        }
        if missed > 0 || sender.try_send(item).is_err() {
            missed += 1;
        }
    }
}

fn closed(reason: String) -> Error {
    Error::Disconnected {
        reason: format!("by the server, {reason}"),
        source: None,
    }
}

/// What the reading task hands over. When it is dropped, the task sees that nobody listens and
/// closes the socket.
struct Received(mpsc::Receiver<Result<String, Error>>);

impl futures_core::Stream for Received {
    type Item = Result<String, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
