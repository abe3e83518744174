//! The WebSocket of events, over TCP or TLS.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream as _;
use futures_util::Sink;
use hyper::header::{AUTHORIZATION, HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};

use super::connector::Connector;
use super::http::{not_sent, unknown};
use crate::runtime::{Call, Error, Outgoing, Received, Refusal, SendError, WebSocket};

/// How many bytes a message may have, in one frame or several: Asterisk writes each in one frame.
const MESSAGE_LIMIT: usize = 64 * 1024 * 1024;

/// Connects and upgrades.
pub(super) async fn open(
    connector: &Connector,
    call: &Call,
    authorization: Option<&HeaderValue>,
) -> Result<Box<dyn WebSocket>, Error> {
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
    let config = WebSocketConfig::default()
        .max_message_size(Some(MESSAGE_LIMIT))
        .max_frame_size(Some(MESSAGE_LIMIT));
    match tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await {
        Ok((socket, _)) => Ok(Box::new(Tungstenite::new(socket))),
        Err(WsError::Http(response)) => {
            let status = response.status().as_u16();
            let body = Bytes::from(response.into_body().unwrap_or_default());
            Err(Error::Refused(Box::new(Refusal::new(
                operation, status, body,
            ))))
        }
        Err(error) => Err(unknown(operation, error)),
    }
}

/// A socket of tungstenite, of either side.
pub(crate) struct Tungstenite<S> {
    socket: WebSocketStream<S>,
    /// Kept here while the session looks at it.
    current: Utf8Bytes,
    /// With which code to close.
    code: CloseCode,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Tungstenite<S> {
    pub(crate) fn new(socket: WebSocketStream<S>) -> Self {
        Tungstenite {
            socket,
            current: Utf8Bytes::default(),
            code: CloseCode::Normal,
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> WebSocket for Tungstenite<S> {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received<'_>, SendError>>> {
        let message = ready!(Pin::new(&mut self.socket).poll_next(context));
        Poll::Ready(match message {
            Some(Ok(Message::Text(text))) => {
                self.current = text;
                Some(Ok(Received::Text(self.current.as_str())))
            }
            // tungstenite queues the pong to a ping itself; the next flush sends it.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                Some(Ok(Received::Alive))
            }
            Some(Ok(Message::Binary(bytes))) => Some(Ok(Received::Binary(bytes.len()))),
            Some(Ok(Message::Close(frame))) => Some(Ok(Received::Close(
                frame.map(|frame| (frame.code.into(), frame.reason.to_string())),
            ))),
            Some(Err(error)) => {
                self.code = match &error {
                    WsError::Capacity(_) => CloseCode::Size,
                    WsError::Utf8(_) => CloseCode::Invalid,
                    WsError::Protocol(_) => CloseCode::Protocol,
                    _ => CloseCode::Normal,
                };
                Some(Err(error.into()))
            }
            None => None,
        })
    }

    fn send(&mut self, frame: Outgoing) -> Result<(), SendError> {
        let message = match frame {
            Outgoing::Text(text) => Message::text(text),
            Outgoing::Ping => Message::Ping(Bytes::new()),
            Outgoing::Close => Message::Close(Some(CloseFrame {
                code: self.code,
                reason: Utf8Bytes::default(),
            })),
        };
        match Pin::new(&mut self.socket).start_send(message) {
            Err(error) => Err(error.into()),
            Ok(()) => Ok(()),
        }
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Pin::new(&mut self.socket)
            .poll_flush(context)
            .map_err(Into::into)
    }
}
