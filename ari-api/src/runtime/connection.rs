//! The connection that a client sends requests through: a transport, shared by all clones, and the
//! event streams.

mod version;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::events::{Ending, Hearing, Hub, Making, Object, ObjectStream, Session, Settings, make};
use super::race::race;
use super::release::Release;
use super::{
    Answer, BoxFuture, Call, Connect, Error, EventStream, Message, Method, Refusal, Request,
    Transport,
};
use super::{finding, refused_object};

/// A transport that is shared by a client and all its clones, with the known version of the server,
/// and the event streams.
pub struct Connection<E> {
    shared: Arc<Shared<E>>,
    time_limit: Option<Duration>,
}

struct Shared<E> {
    transport: Arc<dyn Transport>,
    /// The transport that opens WebSockets, if requests are sent over a WebSocket. It must keep
    /// working after the session of that WebSocket has ended.
    beneath: Option<Arc<dyn Transport>>,
    release: Release,
    hub: Arc<Hub<E>>,
    settings: Settings,
}

impl<E> Clone for Connection<E> {
    fn clone(&self) -> Self {
        Connection {
            shared: self.shared.clone(),
            time_limit: self.time_limit,
        }
    }
}

/// The future of an awaited request.
#[must_use = "a request does nothing until it is awaited"]
pub struct Sending<T> {
    answer: BoxFuture<'static, Result<Answer, Error>>,
    read: fn(Answer) -> Result<T, Error>,
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.answer.as_mut().poll(context))?;
        Poll::Ready((self.read)(answer))
    }
}

/// The future of connecting an application.
pub type Connecting<E> = BoxFuture<'static, Result<EventStream<E>, Error>>;

impl<E: Message> Connection<E> {
    /// Creates a connection over any transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        let transport = Arc::new(transport);
        Self::over(
            transport,
            None,
            Release::default(),
            Hub::new(),
            Settings::default(),
        )
    }

    /// Creates a connection with existing state: the server's version, and the router of events.
    pub(super) fn over(
        transport: Arc<dyn Transport>,
        beneath: Option<Arc<dyn Transport>>,
        release: Release,
        hub: Arc<Hub<E>>,
        settings: Settings,
    ) -> Self {
        Connection {
            shared: Arc::new(Shared {
                transport,
                beneath,
                release,
                hub,
                settings,
            }),
            time_limit: None,
        }
    }

    /// Returns the same connection with the availability check turned on or off. If it is on,
    /// operations that the server's release lacks are refused as soon as a response has shown the
    /// release.
    pub fn checking_availability(self, checks: bool) -> Self {
        let shared = &self.shared;
        let other = Self::over(
            shared.transport.clone(),
            shared.beneath.clone(),
            shared.release.clone().checking(checks),
            shared.hub.clone(),
            shared.settings.clone(),
        );
        Connection {
            time_limit: self.time_limit,
            ..other
        }
    }

    /// Returns the transport, and the known version of the server that it reaches.
    #[cfg(feature = "server")]
    pub(super) fn way(&self) -> (Arc<dyn Transport>, Release) {
        (self.shared.transport.clone(), self.shared.release.clone())
    }

    /// Returns the same connection with another timeout for responses.
    pub fn within(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// Sends a request and decodes its response.
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`].
    pub async fn send<R: Request>(&self, request: &R) -> Result<R::Output, Error> {
        R::read(self.answer(request.call()?).await?)
    }

    /// Does the same as [`Connection::send`], as an owned future. Awaiting a request uses it.
    pub fn sending<R: Request>(&self, request: &R) -> Sending<R::Output> {
        Sending {
            answer: self.answering(request.call()),
            read: R::read,
        }
    }

    /// Sends a request that was created at run time, for example by [`Call::of_arguments`], and
    /// returns its successful response.
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`], and [`Error::Configuration`] if the request opens a
    /// WebSocket. Use [`Connection::connect`] for that.
    pub async fn call(&self, call: &Call) -> Result<Answer, Error> {
        let operation = call.operation();
        if operation.upgrade.is_some() {
            return Err(Error::Configuration(format!(
                "{operation} opens a WebSocket, and has no answer: connect instead"
            )));
        }
        let answer = self.answer(call.clone()).await?;
        match answer.status {
            200..300 => Ok(answer),
            _ => Err(Error::Refused(Box::new(Refusal::of(operation, answer)))),
        }
    }

    fn answering(&self, call: Result<Call, Error>) -> BoxFuture<'static, Result<Answer, Error>> {
        let connection = self.clone();
        Box::pin(async move { connection.answer(call?).await })
    }

    /// Sends a request. Uses the connection's timeout unless the request has its own. The response
    /// is successful, or one for which decoding returns an error.
    pub(super) async fn answer(&self, call: Call) -> Result<Answer, Error> {
        let shared = &self.shared;
        let limit = call.time_limit().or(self.time_limit);
        let call = &call.within(limit);
        let operation = call.operation();
        if let Some(server) = shared.release.forbids(operation) {
            return Err(Error::NotAvailable {
                operation,
                server,
                instead: None,
                refusal: None,
            });
        }
        let under_way = shared.hub.in_flight.enter();
        if !operation.overlaps.is_empty() {
            let transport = &*shared.transport;
            Box::pin(self.check_overlaps(call, transport)).await?;
        }
        let gaps = shared.hub.gaps();
        let mut answer = shared.transport.send(call).await?;
        shared.release.note(answer.version);
        match (answer.status, shared.release.lacking(operation)) {
            (200..300, _) => {
                if operation.path.starts_with("/applications/") {
                    for session in shared.hub.sessions() {
                        session.note_call(call, gaps);
                    }
                } else if operation.method == Method::Delete {
                    shared.hub.note_deleted(call);
                }
                answer.body.keep(under_way);
                Ok(answer)
            }
            (422, _) if operation.path.starts_with("/applications/") => {
                for session in shared.hub.sessions() {
                    session.note_refused(call, gaps).await;
                }
                Ok(answer)
            }
            // A server responds to an unknown operation as it does to an unknown object. Only its
            // version distinguishes the two.
            (404 | 405, Some(server)) => Err(Error::NotAvailable {
                operation,
                server,
                instead: None,
                refusal: Some(Box::new(Refusal::of(operation, answer))),
            }),
            _ => {
                let (status, text) = (answer.status, refused_object::text(&answer));
                let transport = &*shared.transport;
                answer.finding = finding::find::<E>(transport, call, status, &text).await;
                answer.refused = refused_object::find::<E>(transport, call, status, text).await;
                Ok(answer)
            }
        }
    }

    /// Opens a WebSocket and starts to read it: see [`EventStream`].
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`].
    pub async fn connect<R: Connect<Message = E>>(
        &self,
        request: &R,
    ) -> Result<EventStream<E>, Error> {
        self.connecting(request).await
    }

    /// Does the same as [`Connection::connect`], as an owned future.
    pub fn connecting<R: Connect<Message = E>>(&self, request: &R) -> Connecting<E> {
        let call = request.call();
        let connection = self.clone();
        Box::pin(async move {
            let call = call?;
            let shared = &connection.shared;
            let mut closing = shared.hub.closing();
            let limited = call.clone().within(connection.time_limit);
            let transport = shared.beneath.as_ref().unwrap_or(&shared.transport);
            if !call.operation().overlaps.is_empty() {
                connection.check_overlaps(&limited, &**transport).await?;
            }
            let connecting = transport.connect(&limited);
            let Ok(socket) = race(connecting, closing.changed()).await else {
                return Err(Ending::closed().into());
            };
            let socket = socket?;
            let names = call.query().iter().find(|(name, _)| *name == "app");
            let names = names.map(|(_, names)| names.as_str()).unwrap_or_default();
            let applications = names.split(',').map(str::to_owned).collect();
            let transport = Some(transport.clone());
            let (release, settings) = (shared.release.clone(), shared.settings.clone());
            let hub = &shared.hub;
            let again = Some(call);
            let stream = Session::start(
                hub,
                applications,
                release,
                settings,
                socket,
                transport,
                again,
            );
            // Closing the client is detected either here or, if the session was already listed, by
            // closing that.
            if closing.has_changed().unwrap_or(true) {
                stream.close(Duration::ZERO).await;
                return Err(Ending::closed().into());
            }
            Ok(stream)
        })
    }

    /// Returns a stream of the events of one object, from now on. If this client has not connected
    /// an application, nothing can arrive, and the stream ends immediately with an error. If no
    /// event has reported the object yet, the server is asked one second later if the object exists
    /// and if an application is subscribed to it. If not, the stream ends with [`Error::Gone`].
    pub fn watch(&self, object: Object<'_>) -> ObjectStream<E> {
        let Shared { hub, settings, .. } = &*self.shared;
        let stream = ObjectStream::open(hub, object, settings.buffer);
        hub.doubt_unknown(object);
        stream
    }

    /// Returns the same stream as [`Connection::watch`], but fails if this client has not connected
    /// an application.
    ///
    /// # Errors
    /// Returns [`Error::Disconnected`] if this client has not connected an application.
    pub fn follow(&self, object: Object<'_>) -> Result<ObjectStream<E>, Error> {
        if self.shared.hub.sessions().is_empty() {
            return Err(Ending::unconnected().into());
        }
        Ok(self.watch(object))
    }

    /// Returns a stream like [`Connection::follow`], for waiting until an object of a class ends
    /// that was created in this object.
    ///
    /// # Errors
    /// Returns the errors of [`Connection::follow`], and [`Error::Configuration`] if the event
    /// filters that this client has set suppress the events that report the end.
    pub fn follow_to_end(&self, class: &str, parent: Object<'_>) -> Result<ObjectStream<E>, Error> {
        let stream = self.follow(parent)?;
        let ends = E::CLASSES.iter().find(|known| known.name == class);
        let ends = ends.map_or(&[][..], |class| class.ends);
        self.shared.hub.lets_through(Hearing::Of(parent), ends)?;
        Ok(stream)
    }

    /// Checks that this client has connected an application, and that the event filter that this
    /// client has set for it allows events of these kinds.
    ///
    /// # Errors
    /// Returns [`Error::Disconnected`] if the application is not connected, and
    /// [`Error::Configuration`] if its filter suppresses one of the events.
    pub fn check_told(&self, application: &str, kinds: &[&'static str]) -> Result<(), Error> {
        if self.shared.hub.session_of(application).is_none() {
            return Err(Ending::unconnected_as(application).into());
        }
        let hearing = Hearing::Application(application);
        self.shared.hub.lets_through(hearing, kinds)
    }

    /// Returns true if a channel is in one of the applications that this client has connected, as
    /// far as known from events and from comparisons after gaps.
    pub fn has_entered(&self, channel: &str) -> bool {
        let sessions = self.shared.hub.sessions();
        sessions.iter().any(|session| session.has_entered(channel))
    }

    /// Sends a request that creates an object, after opening the object's stream. Returns the
    /// request's result and the stream.
    ///
    /// If no application of this client is subscribed to the object implicitly (a bridge, a channel
    /// that is to enter none of them), one of them is subscribed to it after its creation.
    ///
    /// # Errors
    /// Returns the errors of the request, and [`Error::Disconnected`] if this client has not
    /// connected an application.
    pub async fn making<T>(
        &self,
        new: Making<'_>,
        request: impl Future<Output = Result<T, Error>>,
    ) -> Result<(T, ObjectStream<E>), Error> {
        let Settings {
            buffer, timeout, ..
        } = self.shared.settings;
        let limit = self.time_limit.unwrap_or(timeout);
        make(&self.shared.hub, buffer, limit, new, request).await
    }

    /// Waits until all requests have their responses and downloads have ended, and closes every
    /// WebSocket and every connection. Takes no longer than `limit`, plus two seconds for each
    /// WebSocket whose server does not respond. Every stream ends, and connection attempts end in
    /// [`Error::Disconnected`]. No task of the client is running when this returns. The client can
    /// be used again.
    ///
    /// Subscriptions to device states are cancelled before a WebSocket is closed, because Asterisk
    /// 22 can deadlock otherwise.
    pub async fn close(&self, limit: Duration) {
        let begin = Instant::now();
        self.shared.hub.note_closing();
        // Requests that take longer fail when their connections close.
        let _ = timeout(limit, self.shared.hub.in_flight.none()).await;
        // Also aborts connection attempts that have begun in the meantime.
        self.shared.hub.note_closing();
        for session in self.shared.hub.sessions() {
            let left = limit.saturating_sub(begin.elapsed());
            session.close(left).await;
        }
        self.shared.transport.close();
    }
}

impl<E> fmt::Debug for Connection<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.transport.fmt(f)
    }
}
