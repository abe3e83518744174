//! A WebSocket of the library whose messages come from the bus.

use std::task::{Context, Poll, ready};

use ari_api::error::TransportError;
use ari_api::transport::{IncomingFrame, OutgoingFrame, WebSocket};
use bytes::Bytes;
use tokio::sync::mpsc;

/// The message that ends a session regularly.
pub(crate) const END: Bytes = Bytes::new();

/// The receiving end. It ends when the sender is dropped, which the library takes as a lost
/// WebSocket.
pub(crate) struct BusSocket {
    events: mpsc::UnboundedReceiver<Bytes>,
    current: String,
    /// A ping is answered here: heartbeats show that the gateway lives.
    pong_due: bool,
    /// A value that the socket keeps alive, such as a subscription.
    _guard: Option<Box<dyn Send>>,
}

impl BusSocket {
    pub(crate) fn new(events: mpsc::UnboundedReceiver<Bytes>) -> Self {
        BusSocket {
            events,
            current: String::new(),
            pong_due: false,
            _guard: None,
        }
    }

    /// Adds a value that is dropped with the socket.
    pub(crate) fn with_guard(mut self, guard: impl Send + 'static) -> Self {
        self._guard = Some(Box::new(guard));
        self
    }
}

impl WebSocket for BusSocket {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        if std::mem::take(&mut self.pong_due) {
            return Poll::Ready(Some(Ok(IncomingFrame::Heartbeat)));
        }
        let Some(event) = ready!(self.events.poll_recv(context)) else {
            return Poll::Ready(None);
        };
        if event.is_empty() {
            return Poll::Ready(Some(Ok(IncomingFrame::End)));
        }
        self.current = String::from_utf8_lossy(&event).into_owned();
        Poll::Ready(Some(Ok(IncomingFrame::Text(&self.current))))
    }

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        match frame {
            OutgoingFrame::Ping => self.pong_due = true,
            OutgoingFrame::Close => self.events.close(),
            _ => {}
        }
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }
}
