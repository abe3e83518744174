//! A WebSocket, over TCP or TLS, of either side.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream as _;
use futures_util::Sink;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};

use crate::runtime::{Outgoing, Received, SendError, WebSocket};

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
        // Before the next one is read: the library can only use its buffer again when nobody holds
        // a part of it. Otherwise it makes a small one for each message, and asks the kernel each
        // time.
        self.current = Utf8Bytes::default();
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
