//! WebSockets, as transports hand them over: what a session reads from and writes to.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::SendError;

/// A WebSocket that is open. Pings are answered by the implementation; it never sends a pong that
/// nobody asked for, which crashes some releases of Asterisk.
pub trait WebSocket: Send {
    /// The next thing that arrives; none after the end.
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received<'_>, SendError>>>;

    /// Puts something into the buffer of what is to be sent.
    ///
    /// # Errors
    /// The socket is broken.
    fn send(&mut self, frame: Outgoing) -> Result<(), SendError>;

    /// Sends what is in the buffer; ready when nothing is left in it. Requests are put there one at
    /// a time, each when the one before has left.
    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), SendError>>;
}

/// What arrives on a WebSocket.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received<'a> {
    /// A whole message.
    Text(&'a str),
    /// A sign of life: a ping or a pong.
    Alive,
    /// A message of bytes, of this length: Asterisk sends none on the socket of events.
    Binary(usize),
    /// The other side closes the socket, with a code and a reason where it gives them.
    Close(Option<(u16, String)>),
}

/// What is sent on a WebSocket.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outgoing {
    /// A whole message.
    Text(String),
    /// Asks for a sign of life.
    Ping,
    /// Begins to close, with the code 1000, or with that of the error that was met before.
    Close,
}

/// A WebSocket that only receives: messages from any stream, for transports that carry no requests
/// over it, and for tests. What is sent vanishes.
pub struct ReceiveOnly<S> {
    messages: Pin<Box<S>>,
    current: String,
}

impl<S: Stream<Item = Result<String, SendError>> + Send> ReceiveOnly<S> {
    /// Messages from this stream.
    pub fn new(messages: S) -> Self {
        ReceiveOnly {
            messages: Box::pin(messages),
            current: String::new(),
        }
    }
}

impl<S: Stream<Item = Result<String, SendError>> + Send> WebSocket for ReceiveOnly<S> {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received<'_>, SendError>>> {
        let message = ready!(self.messages.as_mut().poll_next(context));
        Poll::Ready(match message {
            Some(Ok(text)) => {
                self.current = text;
                Some(Ok(Received::Text(&self.current)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }

    fn send(&mut self, _: Outgoing) -> Result<(), SendError> {
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Poll::Ready(Ok(()))
    }
}
