//! The stream of events that an application sees.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::transport::Messages;
use super::{Error, Message};

/// Events of a WebSocket, in the order in which the server sent them.
///
/// An event that cannot be decoded is an error with the raw text, and the stream goes on behind
/// it. The stream ends when the socket has closed; an abnormal end is an error before that.
pub struct EventStream<E> {
    messages: Messages,
    events: PhantomData<fn() -> E>,
}

impl<E: Message> EventStream<E> {
    /// Decodes these messages.
    pub fn new(messages: Messages) -> Self {
        EventStream {
            messages,
            events: PhantomData,
        }
    }

    /// The next event; none after the socket has closed.
    ///
    /// # Errors
    /// [`Error::Decode`] for an event that cannot be decoded, [`Error::Lagged`] where events were
    /// lost because they were not taken in time, [`Error::Disconnected`] where the socket broke.
    pub async fn next(&mut self) -> Option<Result<Arc<E>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<E: Message> Stream for EventStream<E> {
    type Item = Result<Arc<E>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.messages.as_mut().poll_next(context).map(|message| {
            message.map(|message| message.and_then(|raw| E::decode(&raw)).map(Arc::new))
        })
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}
