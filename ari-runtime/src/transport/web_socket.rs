//! WebSockets as provided by transports: the interface that a session reads and writes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::error::types::TransportError;

/// An open WebSocket. The implementation responds to pings. It never sends a pong without a ping,
/// which crashes some releases of Asterisk.
pub trait WebSocket: Send {
    /// Polls for the next frame. `None` after the end.
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>>;

    /// Adds a frame to the send buffer.
    ///
    /// # Errors
    /// Returns an error if the socket is broken.
    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError>;

    /// Sends the buffered frames. Ready when the buffer is empty. Requests are added one at a time,
    /// each after the previous one was sent.
    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>>;
}

/// A received frame.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IncomingFrame<'a> {
    /// A whole text message.
    Text(&'a str),
    /// A ping or a pong.
    Heartbeat,
    /// A whole binary message. Media WebSockets carry audio in them. Asterisk sends none on the
    /// event socket.
    Binary(Bytes),
    /// A close frame of the peer, with its code and reason if it has any.
    Close(Option<(u16, String)>),
    /// The session has ended regularly: its streams end without an error, and the WebSocket is not
    /// opened again. WebSockets of Asterisk have no such frame; it is for transports of one's own.
    End,
}

/// A frame to send.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutgoingFrame {
    /// A whole text message.
    Text(String),
    /// A whole binary message, in one frame.
    Binary(Bytes),
    /// A ping.
    Ping,
    /// A close frame, with code 1000, or with the code of an earlier error.
    Close,
}

/// A WebSocket that only receives: messages from any stream, for transports that carry no requests
/// over it, and for tests. Sent frames are discarded.
pub struct ReadOnlySocket<S> {
    messages: Pin<Box<S>>,
    current: String,
}

impl<S: Stream<Item = Result<String, TransportError>> + Send> ReadOnlySocket<S> {
    /// Creates a WebSocket that receives the messages of a stream.
    pub fn new(messages: S) -> Self {
        ReadOnlySocket {
            messages: Box::pin(messages),
            current: String::new(),
        }
    }
}

impl<S: Stream<Item = Result<String, TransportError>> + Send> WebSocket for ReadOnlySocket<S> {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        let message = ready!(self.messages.as_mut().poll_next(context));
        Poll::Ready(match message {
            Some(Ok(text)) => {
                self.current = text;
                Some(Ok(IncomingFrame::Text(&self.current)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }

    fn send(&mut self, _: OutgoingFrame) -> Result<(), TransportError> {
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }
}
