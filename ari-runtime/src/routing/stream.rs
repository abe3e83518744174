//! The public event streams.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::error::Error;
use crate::event::bindings::AnyEvent;
use crate::event::connection_event::ConnectionEvent;
use crate::event::event_type::{EventPayload, EventType};
use crate::event::object::ObjectRef;
use crate::routing::queue::{Item, Queue};
use crate::routing::router::Router;
use crate::routing::span::ObjectSpan;
use crate::session::handle::Session;

/// All events of an application's WebSocket, in the order in which the server sent them.
///
/// Changes of the connection appear between them, as events of their own: see [`ConnectionEvent`].
/// An event that cannot be decoded is an error with the raw text. The stream continues after it,
/// and also after [`Error::Lagged`]. The stream ends when the session is closed. If it ends for
/// another reason, the last item is [`Error::Disconnected`].
///
/// A message may have up to 64 MiB. A longer one breaks the connection, which is reported and then
/// reopened.
///
/// The WebSocket is closed when the last of its streams and of the clones of its [`Session`] is
/// dropped.
pub struct EventStream<E: EventType> {
    session: Session<E>,
    queue: Arc<Queue>,
}

impl<E: EventType> EventStream<E> {
    pub(crate) fn new(session: Session<E>, queue: Arc<Queue>) -> Self {
        EventStream { session, queue }
    }

    /// Returns the next event. `None` after the end.
    ///
    /// Cancel-safe: if the future is dropped before it is ready, as in `tokio::select!` or a
    /// timeout, no event is lost.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] if an event cannot be decoded, [`Error::Lagged`] if events were
    /// lost because they were not taken in time, and [`Error::Disconnected`] if the WebSocket is
    /// lost permanently.
    pub async fn next(&mut self) -> Option<Result<Arc<E>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event if it has arrived already, without waiting. `None` if none has, and
    /// at the end of the stream. `next` distinguishes the two.
    ///
    /// # Errors
    /// Returns the same errors as `next`.
    pub fn try_next(&mut self) -> Option<Result<Arc<E>, Error>> {
        poll_now(|context| self.poll(context))
    }

    /// Returns the events that have arrived already, without waiting. Events that arrive while the
    /// iterator is used are included.
    ///
    /// # Errors
    /// The items have the same errors as `next`.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<Arc<E>, Error>> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    /// Returns the session that the events come from. It gives access to further streams, requests
    /// over the same WebSocket, counters, and closing.
    pub fn session(&self) -> &Session<E> {
        &self.session
    }

    /// Keeps the application connected without reading its events. No more events are queued or
    /// decoded for this stream. The WebSocket stays open, and is reopened after a loss, as long as
    /// the session or a clone of it exists. [`Session::events`] reads events again.
    pub fn into_session(self) -> Session<E> {
        self.session.clone()
    }

    /// See [`Session::events_of`].
    pub fn events_of<T: EventPayload<E>>(&self) -> TypedStream<T, E> {
        self.session.events_of()
    }

    /// See [`Session::close`].
    pub async fn close(&self, limit: Duration) {
        self.session.close(limit).await;
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Arc<E>, Error>>> {
        let item = ready!(self.queue.poll(context));
        Poll::Ready(into_event(decode_item(item)))
    }
}

impl<E: EventType> Stream for EventStream<E> {
    type Item = Result<Arc<E>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E: EventType> Drop for EventStream<E> {
    fn drop(&mut self) {
        self.session.remove_stream(None, &self.queue);
    }
}

impl<E: EventType> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventStream").field(&self.session).finish()
    }
}

/// The events of one object, such as a channel, a bridge or a playback, whichever of the client's
/// applications they were sent to.
///
/// The stream ends after the event that reports the object's end. If the object has ended without
/// that event, because the WebSocket was not connected or because the application is no longer
/// subscribed to it, the last item is [`Error::ObjectGone`]. If several applications are subscribed
/// to the object, each gets a copy of an event, and the stream yields all copies.
///
/// Changes of the client's connections appear between the events, as in [`EventStream`]. The stream
/// does not keep a WebSocket open.
pub struct ObjectStream<E: EventType> {
    pub(crate) untyped: UntypedObjectStream,
    events: PhantomData<fn() -> E>,
}

/// An [`ObjectStream`] without the type of its events.
pub(crate) struct UntypedObjectStream {
    pub(crate) router: Arc<Router>,
    kind: Box<str>,
    scope: Box<str>,
    id: Box<str>,
    queue: Arc<Queue>,
    has_yielded: bool,
    span: ObjectSpan,
}

impl UntypedObjectStream {
    pub(crate) fn open(router: &Arc<Router>, object: ObjectRef<'_>, buffer: usize) -> Self {
        let queue = Queue::new(buffer);
        router.add_watcher(object, queue.clone());
        UntypedObjectStream {
            router: router.clone(),
            kind: object.kind.into(),
            scope: object.scope.into(),
            id: object.id.into(),
            queue,
            has_yielded: false,
            span: ObjectSpan::of_stream(object),
        }
    }

    /// Returns the object of the stream.
    pub(crate) fn object(&self) -> ObjectRef<'_> {
        ObjectRef::scoped(&self.kind, &self.scope, &self.id)
    }

    /// Polls for the next item, decoded. Skips events that contain the id of the object and are
    /// about another one.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Item> {
        loop {
            let item = match ready!(self.queue.poll(context)) {
                raw @ Item::Raw(_) => match decode_item(raw) {
                    Item::Event(event) if !self.is_about(event.as_ref()) => continue,
                    item => item,
                },
                item => item,
            };
            self.has_yielded = true;
            self.span.record_item(&item);
            return Poll::Ready(item);
        }
    }

    fn is_about(&self, event: &AnyEvent) -> bool {
        let own = self.object();
        let mut is_about = false;
        (self.router.bindings.visit_objects)(event, &mut |object, _| is_about |= object == own);
        is_about
    }

    /// Returns true if an event reports the end of the object.
    pub(crate) fn ends_with(&self, event: &AnyEvent) -> bool {
        let own = self.object();
        let mut told = false;
        (self.router.bindings.visit_objects)(event, &mut |object, ends| {
            told |= ends && object == own
        });
        told
    }
}

impl Drop for UntypedObjectStream {
    fn drop(&mut self) {
        self.router
            .remove_watcher(&self.kind, &self.id, &self.queue);
    }
}

impl<E: EventType> ObjectStream<E> {
    /// Adds the type of the events, which must be that of the stream's bindings.
    pub(crate) fn new(untyped: UntypedObjectStream) -> Self {
        ObjectStream {
            untyped,
            events: PhantomData,
        }
    }

    /// Returns `true` if anything was taken from the stream, so that it no longer yields all
    /// events of the object.
    #[doc(hidden)]
    pub fn has_yielded(&self) -> bool {
        self.untyped.has_yielded
    }

    /// Returns the next event. `None` after the end.
    ///
    /// Cancel-safe: if the future is dropped before it is ready, as in `tokio::select!` or a
    /// timeout, no event is lost.
    ///
    /// # Errors
    /// Returns the same errors as [`EventStream::next`], and [`Error::ObjectGone`] if the object
    /// has ended without an event or is no longer subscribed to.
    pub async fn next(&mut self) -> Option<Result<Arc<E>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event if it has arrived already, without waiting. `None` if none has, and
    /// at the end of the stream. `next` distinguishes the two.
    ///
    /// # Errors
    /// Returns the same errors as `next`.
    pub fn try_next(&mut self) -> Option<Result<Arc<E>, Error>> {
        poll_now(|context| self.poll(context))
    }

    /// Returns the events that have arrived already, without waiting. Events that arrive while the
    /// iterator is used are included.
    ///
    /// # Errors
    /// The items have the same errors as `next`.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<Arc<E>, Error>> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    /// Returns the id or name of the object.
    pub fn id(&self) -> &str {
        &self.untyped.id
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Arc<E>, Error>>> {
        self.untyped.poll(context).map(into_event)
    }
}

impl<E: EventType> Stream for ObjectStream<E> {
    type Item = Result<Arc<E>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E: EventType> fmt::Debug for ObjectStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectStream")
            .field("class", &self.untyped.kind)
            .field("id", &self.untyped.id)
            .finish_non_exhaustive()
    }
}

/// The events of one type of an application.
///
/// A gap in the connection is reported as [`Error::ConnectionGap`]. If there are several
/// applications and another client has taken over one of them, that is reported as
/// [`Error::ApplicationReplaced`]. The stream continues after both.
pub struct TypedStream<T, E: EventType> {
    session: Session<E>,
    queue: Arc<Queue>,
    kind: &'static str,
    events: PhantomData<fn() -> T>,
}

impl<T: EventPayload<E>, E: EventType> TypedStream<T, E> {
    pub(crate) fn new(session: Session<E>, queue: Arc<Queue>) -> Self {
        TypedStream {
            session,
            queue,
            kind: T::KIND,
            events: PhantomData,
        }
    }

    /// Returns the next event. `None` after the end.
    ///
    /// Cancel-safe: if the future is dropped before it is ready, as in `tokio::select!` or a
    /// timeout, no event is lost.
    ///
    /// # Errors
    /// Returns the same errors as [`EventStream::next`], [`Error::ConnectionGap`] after a gap in
    /// the connection, and [`Error::ApplicationReplaced`] if another client has taken over an
    /// application.
    pub async fn next(&mut self) -> Option<Result<Arc<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event if it has arrived already, without waiting. `None` if none has, and
    /// at the end of the stream. `next` distinguishes the two.
    ///
    /// # Errors
    /// Returns the same errors as `next`.
    pub fn try_next(&mut self) -> Option<Result<Arc<T>, Error>> {
        poll_now(|context| self.poll(context))
    }

    /// Returns the events that have arrived already, without waiting. Events that arrive while the
    /// iterator is used are included.
    ///
    /// # Errors
    /// The items have the same errors as `next`.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<Arc<T>, Error>> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Arc<T>, Error>>> {
        loop {
            let item = ready!(self.queue.poll(context));
            return Poll::Ready(match decode_item(item) {
                Item::Event(event) => match event.downcast_ref().and_then(T::downcast_ref) {
                    Some(event) => Some(Ok(event.clone())),
                    // The queue only gets events of this type.
                    None => continue,
                },
                Item::Connection(ConnectionEvent::Reconnected { gap, .. }) => {
                    Some(Err(Error::ConnectionGap { gap }))
                }
                Item::Connection(ConnectionEvent::Replaced { application }) => {
                    Some(Err(Error::ApplicationReplaced { application }))
                }
                Item::Connection(_) => continue,
                other => into_error(other),
            });
        }
    }
}

impl<T: EventPayload<E>, E: EventType> Stream for TypedStream<T, E> {
    type Item = Result<Arc<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T, E: EventType> TypedStream<T, E> {
    /// Returns the session that the events come from.
    pub fn session(&self) -> &Session<E> {
        &self.session
    }
}

impl<T, E: EventType> Drop for TypedStream<T, E> {
    fn drop(&mut self) {
        self.session.remove_stream(Some(self.kind), &self.queue);
    }
}

impl<T, E: EventType> fmt::Debug for TypedStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedStream").field(&self.session).finish()
    }
}

/// Returns the item that a stream yields without waiting, if any.
fn poll_now<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<Option<T>>) -> Option<T> {
    match poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(item) => item,
        Poll::Pending => None,
    }
}

impl<E: EventType> Session<E> {
    /// Returns a stream of all events that arrive from now on. Events that no stream wants are not
    /// decoded.
    pub fn events(&self) -> EventStream<E> {
        EventStream::new(self.clone(), self.untyped.add_queue(None))
    }

    /// Returns a stream of all events of one type that arrive from now on.
    pub fn events_of<T: EventPayload<E>>(&self) -> TypedStream<T, E> {
        TypedStream::new(self.clone(), self.untyped.add_queue(Some(T::KIND)))
    }
}

/// Decodes the item if it is an undecoded event.
fn decode_item(item: Item) -> Item {
    match item {
        Item::Raw(raw) => match raw.decode() {
            Ok(event) => Item::Event(event),
            Err(error) => Item::DecodeError(error),
        },
        other => other,
    }
}

/// Converts an item for all streams but the typed ones.
fn into_event<E: EventType>(item: Item) -> Option<Result<Arc<E>, Error>> {
    match item {
        // Every event of a session is of the type of its bindings.
        Item::Event(event) => event.downcast().ok().map(Ok),
        Item::Connection(event) => Some(Ok(Arc::new(E::from_connection_event(event)))),
        other => into_error(other),
    }
}

/// Converts an item that is not an event, for every stream.
pub(crate) fn into_error<T>(item: Item) -> Option<Result<T, Error>> {
    match item {
        Item::DecodeError(error) => Some(Err(Error::Decode(Box::new((*error).clone())))),
        Item::Dropped(missed) => Some(Err(Error::Lagged { missed })),
        Item::End(ending) => ending.map(|ending| Err(ending.into())),
        Item::Event(_) | Item::Raw(_) | Item::Connection(_) => None,
    }
}
