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

/// A message of a [`ReadOnlySocket`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SocketMessage {
    /// A text message.
    Text(String),
    /// A ping or a pong.
    Heartbeat,
    /// A binary message.
    Binary(Bytes),
    /// A close frame of the peer.
    Close,
    /// The regular end of the session: see [`IncomingFrame::End`].
    End,
}

impl From<String> for SocketMessage {
    fn from(text: String) -> Self {
        SocketMessage::Text(text)
    }
}

/// A WebSocket that only receives: messages from any stream, for transports that carry no requests
/// over it, and for tests.
///
/// Pings are answered at once, so a transport that loses its peer must end the stream or yield an
/// error. A close frame drops the stream. Other sent frames are discarded.
pub struct ReadOnlySocket<S> {
    messages: Option<Pin<Box<S>>>,
    current: String,
    pong_due: bool,
}

impl<S, M> ReadOnlySocket<S>
where
    S: Stream<Item = Result<M, TransportError>> + Send,
    M: Into<SocketMessage>,
{
    /// Creates a WebSocket that receives the messages of a stream.
    pub fn new(messages: S) -> Self {
        ReadOnlySocket {
            messages: Some(Box::pin(messages)),
            current: String::new(),
            pong_due: false,
        }
    }
}

impl<S, M> WebSocket for ReadOnlySocket<S>
where
    S: Stream<Item = Result<M, TransportError>> + Send,
    M: Into<SocketMessage>,
{
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        if std::mem::take(&mut self.pong_due) {
            return Poll::Ready(Some(Ok(IncomingFrame::Heartbeat)));
        }
        let Some(messages) = &mut self.messages else {
            return Poll::Ready(None);
        };
        let message = ready!(messages.as_mut().poll_next(context));
        Poll::Ready(message.map(|message| {
            Ok(match message?.into() {
                SocketMessage::Text(text) => {
                    self.current = text;
                    IncomingFrame::Text(&self.current)
                }
                SocketMessage::Heartbeat => IncomingFrame::Heartbeat,
                SocketMessage::Binary(bytes) => IncomingFrame::Binary(bytes),
                SocketMessage::Close => IncomingFrame::Close(None),
                SocketMessage::End => IncomingFrame::End,
            })
        }))
    }

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        match frame {
            OutgoingFrame::Ping => self.pong_due = true,
            OutgoingFrame::Close => self.messages = None,
            OutgoingFrame::Text(_) | OutgoingFrame::Binary(_) => {}
        }
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use futures_lite::stream;

    use super::*;

    #[tokio::test]
    async fn read_only_socket_answers_pings_and_drops_its_stream_when_closed() {
        let mut messages = vec![
            Ok(SocketMessage::from("one".to_owned())),
            Err(TransportError::from("two")),
            Ok(SocketMessage::End),
        ];
        messages.reverse();
        let mut socket = ReadOnlySocket::new(stream::poll_fn(|_| match messages.pop() {
            Some(message) => Poll::Ready(Some(message)),
            None => Poll::Pending,
        }));
        for (sent, received) in [
            (None, "Some(Ok(Text(\"one\")))"),
            (Some(OutgoingFrame::Ping), "Some(Ok(Heartbeat))"),
            (None, "Some(Err(\"two\"))"),
            (Some(OutgoingFrame::Text("x".to_owned())), "Some(Ok(End))"),
            (Some(OutgoingFrame::Close), "None"),
        ] {
            if let Some(frame) = sent {
                socket.send(frame).unwrap();
            }
            let next = poll_fn(|context| {
                let frame = socket.poll_receive(context);
                frame.map(|frame| format!("{frame:?}"))
            });
            assert_eq!(next.await, received);
        }
    }
}
