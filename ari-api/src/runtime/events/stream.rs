//! The streams of events that an application sees.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use futures_core::Stream;

use super::hub::Hub;
use super::queue::{Item, Queue};
use super::shared::Core;
use super::{ConnectionEvent, Object, Session};
use crate::runtime::message::MessageType;
use crate::runtime::{Error, Message};

/// All events of an application's WebSocket, in the order in which the server sent them.
///
/// What happens to the connection stands between them, as events of their own: see
/// [`ConnectionEvent`]. An event that cannot be decoded is an error with the raw text, and the
/// stream goes on behind it; so it does behind [`Error::Lagged`]. The stream ends when the session
/// is closed; where it ends for another reason, the last item is [`Error::Disconnected`].
///
/// A message may have 64 MiB: a longer one breaks the connection, which says so and is made again.
///
/// The WebSocket is closed when the last of its streams and of the clones of its [`Session`] is
/// dropped.
pub struct EventStream<E: Message> {
    session: Session<E>,
    queue: Arc<Queue<E>>,
}

impl<E: Message> EventStream<E> {
    pub(super) fn new(session: Session<E>, queue: Arc<Queue<E>>) -> Self {
        EventStream { session, queue }
    }

    /// Returns the next event; `None` after the end.
    ///
    /// Cancel-safe: if the future is dropped before it is ready, as in `tokio::select!` or a
    /// timeout, no event is lost.
    ///
    /// # Errors
    /// [`Error::Decode`] for an event that cannot be decoded, [`Error::Lagged`] where events were
    /// lost because they were not taken in time, [`Error::Disconnected`] where the WebSocket is
    /// lost for good.
    pub async fn next(&mut self) -> Option<Result<Arc<E>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event if it has arrived already, without waiting. `None` if none has, and
    /// at the end of the stream; `next` distinguishes the two.
    ///
    /// # Errors
    /// Those of `next`.
    pub fn try_next(&mut self) -> Option<Result<Arc<E>, Error>> {
        take_arrived(|context| self.poll(context))
    }

    /// Returns the events that have arrived already, without waiting. Events that arrive while the
    /// iterator is used are included.
    ///
    /// # Errors
    /// The items have those of `next`.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<Arc<E>, Error>> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    /// The session that the events come from: more streams, requests over the same WebSocket,
    /// counts, the end.
    pub fn session(&self) -> &Session<E> {
        &self.session
    }

    /// Keeps the application connected without reading its events: nothing is queued or decoded
    /// for a stream any more, and the WebSocket stays open, and is opened again after a loss, while
    /// the session or a clone of it is left. [`Session::events`] reads again.
    pub fn into_session(self) -> Session<E> {
        self.session.clone()
    }

    /// See [`Session::events_of`].
    pub fn events_of<T: MessageType<E>>(&self) -> TypedStream<T, E> {
        self.session.events_of()
    }

    /// See [`Session::close`].
    pub async fn close(&self, limit: Duration) {
        self.session.close(limit).await;
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Arc<E>, Error>>> {
        let item = ready!(self.queue.poll(context));
        Poll::Ready(yielded(decoded(item, &self.session.core)))
    }
}

impl<E: Message> Stream for EventStream<E> {
    type Item = Result<Arc<E>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E: Message> Drop for EventStream<E> {
    fn drop(&mut self) {
        self.session.leave(None, &self.queue);
    }
}

impl<E: Message> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventStream").field(&self.session).finish()
    }
}

/// The events of one object: a channel, a bridge, a playback, …, whichever of the client's
/// applications they were sent to.
///
/// The stream ends by itself behind the event that tells the object's end. Where the object has
/// gone without one, because the WebSocket was not connected or because the application is no
/// longer subscribed to it, the last item is [`Error::Gone`]. Several applications that are
/// subscribed to the object get a copy of an event each, and so does the stream.
///
/// What happens to the connections of the client's applications stands between the events, as in
/// [`EventStream`]. The stream does not keep a WebSocket open.
pub struct ObjectStream<E: Message> {
    pub(super) hub: Arc<Hub<E>>,
    class: Box<str>,
    id: Box<str>,
    queue: Arc<Queue<E>>,
}

impl<E: Message> ObjectStream<E> {
    pub(crate) fn open(hub: &Arc<Hub<E>>, object: Object<'_>, buffer: usize) -> Self {
        let queue = Queue::new(buffer);
        hub.watch(object, queue.clone());
        ObjectStream {
            hub: hub.clone(),
            class: object.class.into(),
            id: object.id.into(),
            queue,
        }
    }

    /// Returns the next event; `None` after the end.
    ///
    /// Cancel-safe: if the future is dropped before it is ready, as in `tokio::select!` or a
    /// timeout, no event is lost.
    ///
    /// # Errors
    /// Those of [`EventStream::next`], and [`Error::Gone`].
    pub async fn next(&mut self) -> Option<Result<Arc<E>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event if it has arrived already, without waiting. `None` if none has, and
    /// at the end of the stream; `next` distinguishes the two.
    ///
    /// # Errors
    /// Those of `next`.
    pub fn try_next(&mut self) -> Option<Result<Arc<E>, Error>> {
        take_arrived(|context| self.poll(context))
    }

    /// Returns the events that have arrived already, without waiting. Events that arrive while the
    /// iterator is used are included.
    ///
    /// # Errors
    /// The items have those of `next`.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<Arc<E>, Error>> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    /// The next item as it was queued.
    pub(super) async fn next_item(&mut self) -> Item<E> {
        poll_fn(|context| self.queue.poll(context)).await
    }

    /// What the stream follows, less its scope.
    pub(super) fn object(&self) -> Object<'_> {
        Object::new(&self.class, &self.id)
    }

    /// Whether an event tells the end of the object.
    pub(super) fn ends_with(&self, event: &E) -> bool {
        let own = self.object();
        let mut told = false;
        event.objects(&mut |object, ends| told |= ends && object == own);
        told
    }

    /// The id or name of the object.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Arc<E>, Error>>> {
        self.queue.poll(context).map(yielded)
    }
}

impl<E: Message> Stream for ObjectStream<E> {
    type Item = Result<Arc<E>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E: Message> Drop for ObjectStream<E> {
    fn drop(&mut self) {
        self.hub.forget(&self.class, &self.id, &self.queue);
    }
}

impl<E: Message> fmt::Debug for ObjectStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectStream")
            .field("class", &self.class)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The events of one type of an application.
///
/// A gap in the connection is [`Error::Interrupted`], an application of several that another client
/// has taken over [`Error::Replaced`]; behind both the stream goes on.
pub struct TypedStream<T, E: Message> {
    session: Session<E>,
    queue: Arc<Queue<E>>,
    kind: &'static str,
    events: PhantomData<fn() -> T>,
}

impl<T: MessageType<E>, E: Message> TypedStream<T, E> {
    pub(super) fn new(session: Session<E>, queue: Arc<Queue<E>>) -> Self {
        TypedStream {
            session,
            queue,
            kind: T::KIND,
            events: PhantomData,
        }
    }

    /// Returns the next event; `None` after the end.
    ///
    /// Cancel-safe: if the future is dropped before it is ready, as in `tokio::select!` or a
    /// timeout, no event is lost.
    ///
    /// # Errors
    /// Those of [`EventStream::next`], [`Error::Interrupted`] and [`Error::Replaced`].
    pub async fn next(&mut self) -> Option<Result<Arc<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event if it has arrived already, without waiting. `None` if none has, and
    /// at the end of the stream; `next` distinguishes the two.
    ///
    /// # Errors
    /// Those of `next`.
    pub fn try_next(&mut self) -> Option<Result<Arc<T>, Error>> {
        take_arrived(|context| self.poll(context))
    }

    /// Returns the events that have arrived already, without waiting. Events that arrive while the
    /// iterator is used are included.
    ///
    /// # Errors
    /// The items have those of `next`.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<Arc<T>, Error>> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Arc<T>, Error>>> {
        loop {
            let item = ready!(self.queue.poll(context));
            return Poll::Ready(match decoded(item, &self.session.core) {
                Item::Event(event) => match T::of(&event) {
                    Some(event) => Some(Ok(event.clone())),
                    // The queue is filed under this type alone.
                    None => continue,
                },
                Item::Connection(ConnectionEvent::Reconnected { gap, .. }) => {
                    Some(Err(Error::Interrupted { gap }))
                }
                Item::Connection(ConnectionEvent::Replaced { application }) => {
                    Some(Err(Error::Replaced { application }))
                }
                Item::Connection(_) => continue,
                other => failure(other),
            });
        }
    }
}

impl<T: MessageType<E>, E: Message> Stream for TypedStream<T, E> {
    type Item = Result<Arc<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T, E: Message> TypedStream<T, E> {
    /// The session that the events come from.
    pub fn session(&self) -> &Session<E> {
        &self.session
    }
}

impl<T, E: Message> Drop for TypedStream<T, E> {
    fn drop(&mut self) {
        self.session.leave(Some(self.kind), &self.queue);
    }
}

impl<T, E: Message> fmt::Debug for TypedStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedStream").field(&self.session).finish()
    }
}

/// Returns what a stream yields at once.
fn take_arrived<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<Option<T>>) -> Option<T> {
    match poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(item) => item,
        Poll::Pending => None,
    }
}

/// The same item, where it is an event, decoded.
fn decoded<E: Message>(item: Item<E>, session: &Core<E>) -> Item<E> {
    match item {
        Item::Raw(raw) => match raw.decode(session) {
            Ok(event) => Item::Event(event),
            Err(error) => Item::Undecodable(error),
        },
        other => other,
    }
}

/// What all streams but the typed ones make of an item.
fn yielded<E: Message>(item: Item<E>) -> Option<Result<Arc<E>, Error>> {
    match item {
        Item::Event(event) => Some(Ok(event)),
        Item::Connection(event) => Some(Ok(Arc::new(E::of_connection(event)))),
        other => failure(other),
    }
}

/// What every stream makes of items that are no events.
pub(super) fn failure<E, T>(item: Item<E>) -> Option<Result<T, Error>> {
    match item {
        Item::Undecodable(error) => Some(Err(Error::Decode(Box::new((*error).clone())))),
        Item::Missed(missed) => Some(Err(Error::Lagged { missed })),
        Item::End(ending) => ending.map(|ending| Err(ending.into())),
        Item::Event(_) | Item::Raw(_) | Item::Connection(_) => None,
    }
}
