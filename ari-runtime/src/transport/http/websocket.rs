//! A WebSocket over TCP or TLS, in the role of client or server.

use std::io;
use std::io::{Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, Role, WebSocketConfig, WebSocketContext};
use tungstenite::{Error as WsError, Message, Utf8Bytes};

use crate::error::types::TransportError;
use crate::transport::http::frame_boundary::FrameBoundary;
use crate::transport::web_socket::{IncomingFrame, OutgoingFrame, WebSocket};

/// A WebSocket of tungstenite, in either role.
pub(crate) struct TungsteniteSocket<S> {
    stream: S,
    protocol: WebSocketContext,
    /// True if reading has ended, regularly or with an error.
    has_ended: bool,
    /// The current message, kept while the session borrows it.
    current: Utf8Bytes,
    /// The code to close with.
    close_code: CloseCode,
    /// The position between two frames, if each needs a write of its own.
    boundary: Option<FrameBoundary>,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> TungsteniteSocket<S> {
    /// Returns the configuration for messages up to this size in bytes, with buffers of this size
    /// in bytes, one to read and one to write.
    pub(crate) fn config(max_message_size: usize, buffer_size: usize) -> WebSocketConfig {
        WebSocketConfig::default()
            .read_buffer_size(buffer_size)
            .write_buffer_size(buffer_size)
            .max_message_size(Some(max_message_size))
            .max_frame_size(Some(max_message_size))
    }

    /// Creates a WebSocket on a stream after the handshake. `read` is data that was read from the
    /// stream after the handshake.
    pub(crate) fn new(stream: S, read: Vec<u8>, role: Role, config: WebSocketConfig) -> Self {
        TungsteniteSocket {
            stream,
            protocol: WebSocketContext::from_partially_read(read, role, Some(config)),
            has_ended: false,
            current: Utf8Bytes::default(),
            close_code: CloseCode::Normal,
            boundary: None,
        }
    }

    /// Sets whether the stream is encrypted. Each frame then has TLS records of its own.
    pub(crate) fn encrypted(mut self, is_encrypted: bool) -> Self {
        self.boundary = is_encrypted.then(FrameBoundary::default);
        self
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> WebSocket for TungsteniteSocket<S> {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        // Cleared before the next read, because the library can reuse its buffer only if no part of
        // it is borrowed. Otherwise it allocates a small buffer for each message and makes a system
        // call for each.
        self.current = Utf8Bytes::default();
        let boundary = self.boundary.as_mut();
        let mut stream = NonBlocking::new(&mut self.stream, Some(context), boundary);
        Poll::Ready(match self.protocol.read(&mut stream) {
            Ok(Message::Text(text)) => {
                self.current = text;
                Some(Ok(IncomingFrame::Text(self.current.as_str())))
            }
            // tungstenite queues the pong for a ping itself. The next flush sends it.
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {
                Some(Ok(IncomingFrame::Heartbeat))
            }
            Ok(Message::Binary(bytes)) => Some(Ok(IncomingFrame::Binary(bytes))),
            Ok(Message::Close(frame)) => Some(Ok(IncomingFrame::Close(
                frame.map(|frame| (frame.code.into(), frame.reason.to_string())),
            ))),
            Err(error) if would_block(&error) => return Poll::Pending,
            Err(error) => {
                self.has_ended = true;
                self.close_code = match &error {
                    WsError::ConnectionClosed | WsError::AlreadyClosed => return Poll::Ready(None),
                    WsError::Capacity(_) => CloseCode::Size,
                    WsError::Utf8(_) => CloseCode::Invalid,
                    WsError::Protocol(_) => CloseCode::Protocol,
                    _ => CloseCode::Normal,
                };
                Some(Err(error.into()))
            }
        })
    }

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        let message = match frame {
            OutgoingFrame::Text(text) => Message::text(text),
            OutgoingFrame::Binary(bytes) => Message::Binary(bytes),
            OutgoingFrame::Ping => Message::Ping(Bytes::new()),
            OutgoingFrame::Close => Message::Close(Some(CloseFrame {
                code: self.close_code,
                reason: Utf8Bytes::default(),
            })),
        };
        let mut stream = NonBlocking::new(&mut self.stream, None, None);
        match self.protocol.write(&mut stream, message) {
            // The frame is in the buffer.
            Err(error) if would_block(&error) => Ok(()),
            sent => sent.map_err(Into::into),
        }
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        let boundary = self.boundary.as_mut();
        let mut stream = NonBlocking::new(&mut self.stream, Some(context), boundary);
        match self.protocol.flush(&mut stream) {
            Err(error) if would_block(&error) => Poll::Pending,
            // The last frame has been sent.
            Ok(()) | Err(WsError::ConnectionClosed) => Poll::Ready(Ok(())),
            Err(error) => Poll::Ready(Err(error.into())),
        }
    }
}

fn would_block(error: &WsError) -> bool {
    matches!(error, WsError::Io(error) if error.kind() == io::ErrorKind::WouldBlock)
}

/// An adapter that lets tungstenite read and write an asynchronous stream. A pending operation
/// returns [`io::ErrorKind::WouldBlock`], and wakes the task of the context once it is possible.
///
/// Without a context all operations return that error, so that frames are only buffered.
struct NonBlocking<'a, 'b, S> {
    stream: Pin<&'a mut S>,
    context: Option<&'a mut Context<'b>>,
    boundary: Option<&'a mut FrameBoundary>,
}

impl<'a, 'b, S: AsyncRead + AsyncWrite + Unpin> NonBlocking<'a, 'b, S> {
    fn new(
        stream: &'a mut S,
        context: Option<&'a mut Context<'b>>,
        boundary: Option<&'a mut FrameBoundary>,
    ) -> Self {
        NonBlocking {
            stream: Pin::new(stream),
            context,
            boundary,
        }
    }

    fn call<T>(
        &mut self,
        poll: impl FnOnce(Pin<&mut S>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> io::Result<T> {
        let context = self.context.as_deref_mut();
        match context.map(|context| poll(self.stream.as_mut(), context)) {
            Some(Poll::Ready(result)) => result,
            Some(Poll::Pending) | None => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Read for NonBlocking<'_, '_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(buffer);
        self.call(|stream, context| stream.poll_read(context, &mut buffer))?;
        Ok(buffer.filled().len())
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Write for NonBlocking<'_, '_, S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let boundary = self.boundary.as_deref_mut();
        let limit = boundary.map_or(bytes.len(), |boundary| boundary.limit(bytes));
        let written = self.call(|stream, context| stream.poll_write(context, &bytes[..limit]))?;
        if let Some(boundary) = &mut self.boundary {
            boundary.advance(written);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call(|stream, context| stream.poll_flush(context))
    }
}
