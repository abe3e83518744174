//! A WebSocket over TCP or TLS, in the role of client or server.

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

use crate::error::types::TransportError;
use crate::transport::web_socket::{IncomingFrame, OutgoingFrame, WebSocket};

/// A WebSocket of tungstenite, in either role.
pub(crate) struct TungsteniteSocket<S> {
    socket: WebSocketStream<S>,
    /// The current message, kept while the session borrows it.
    current: Utf8Bytes,
    /// The code to close with.
    close_code: CloseCode,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> TungsteniteSocket<S> {
    pub(crate) fn new(socket: WebSocketStream<S>) -> Self {
        TungsteniteSocket {
            socket,
            current: Utf8Bytes::default(),
            close_code: CloseCode::Normal,
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> WebSocket for TungsteniteSocket<S> {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        // Cleared before the next read, because the library can reuse its buffer only if no part of
        // it is borrowed. Otherwise it allocates a small buffer for each message and makes a system
        // call for each.
        self.current = Utf8Bytes::default();
        let message = ready!(Pin::new(&mut self.socket).poll_next(context));
        Poll::Ready(match message {
            Some(Ok(Message::Text(text))) => {
                self.current = text;
                Some(Ok(IncomingFrame::Text(self.current.as_str())))
            }
            // tungstenite queues the pong for a ping itself. The next flush sends it.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                Some(Ok(IncomingFrame::Heartbeat))
            }
            Some(Ok(Message::Binary(bytes))) => Some(Ok(IncomingFrame::Binary(bytes.len()))),
            Some(Ok(Message::Close(frame))) => Some(Ok(IncomingFrame::Close(
                frame.map(|frame| (frame.code.into(), frame.reason.to_string())),
            ))),
            Some(Err(error)) => {
                self.close_code = match &error {
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

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        let message = match frame {
            OutgoingFrame::Text(text) => Message::text(text),
            OutgoingFrame::Ping => Message::Ping(Bytes::new()),
            OutgoingFrame::Close => Message::Close(Some(CloseFrame {
                code: self.close_code,
                reason: Utf8Bytes::default(),
            })),
        };
        match Pin::new(&mut self.socket).start_send(message) {
            Err(error) => Err(error.into()),
            Ok(()) => Ok(()),
        }
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Pin::new(&mut self.socket)
            .poll_flush(context)
            .map_err(Into::into)
    }
}
