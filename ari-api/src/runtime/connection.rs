//! What a client sends through: a transport, shared by all clones, and the streams of events.

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

/// A transport, shared by a client and all its clones, what is known of the server behind it, and
/// the streams of its events.
pub struct Connection<E> {
    shared: Arc<Shared<E>>,
    time_limit: Option<Duration>,
}

struct Shared<E> {
    transport: Arc<dyn Transport>,
    /// What opens WebSockets, and goes with them, where requests travel over one: that of another
    /// application, without which its session has to go on.
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

/// The future of a request that was awaited.
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

/// The future of an application that connects.
pub type Connecting<E> = BoxFuture<'static, Result<EventStream<E>, Error>>;

impl<E: Message> Connection<E> {
    /// A connection over any transport.
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

    /// A connection to a server of which something is known, and whose events come from elsewhere.
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

    /// The same connection, which refuses to send what the server's release lacks, as soon as an
    /// answer has told which one it is.
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

    /// What carries its calls, and what is known of the server that they reach.
    #[cfg(feature = "server")]
    pub(super) fn way(&self) -> (Arc<dyn Transport>, Release) {
        (self.shared.transport.clone(), self.shared.release.clone())
    }

    /// The same connection, whose answers may take so long.
    pub fn within(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send<R: Request>(&self, request: &R) -> Result<R::Output, Error> {
        R::read(self.answer(request.call()?).await?)
    }

    /// [`Connection::send`] as a future that owns what it needs: what awaiting a request is.
    pub fn sending<R: Request>(&self, request: &R) -> Sending<R::Output> {
        Sending {
            answer: self.answering(request.call()),
            read: R::read,
        }
    }

    /// Sends a call that was made at run time, by [`Call::of_arguments`] for one, and hands out its
    /// answer, which is a success.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Configuration`] for a call that opens a WebSocket, which is up to
    /// [`Connection::connect`].
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

    /// Sends a call, which the connection limits unless it is limited itself. Its answer is a
    /// success, or one that its reader makes an error of.
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
            // A server that does not know an operation answers like one that does not know an
            // object: only its version tells them apart.
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

    /// Opens a WebSocket, and reads it from then on: see [`EventStream`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn connect<R: Connect<Message = E>>(
        &self,
        request: &R,
    ) -> Result<EventStream<E>, Error> {
        self.connecting(request).await
    }

    /// [`Connection::connect`] as a future that owns what it needs.
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
            // Either this is seen here, or the session by who closes the client.
            if closing.has_changed().unwrap_or(true) {
                stream.close(Duration::ZERO).await;
                return Err(Ending::closed().into());
            }
            Ok(stream)
        })
    }

    /// A stream of the events of one object, from here on. Without an application that this client
    /// has connected, nothing can arrive: the stream ends at once, and says so. Where no event has
    /// told of the object the server is asked a second later whether it is there and heard of: if
    /// not, the stream ends in [`Error::Gone`].
    pub fn watch(&self, object: Object<'_>) -> ObjectStream<E> {
        let Shared { hub, settings, .. } = &*self.shared;
        let stream = ObjectStream::open(hub, object, settings.buffer);
        hub.doubt_unknown(object);
        stream
    }

    /// [`Connection::watch`], unless this client has connected no application.
    ///
    /// # Errors
    /// [`Error::Disconnected`] where this client has connected no application.
    pub fn follow(&self, object: Object<'_>) -> Result<ObjectStream<E>, Error> {
        if self.shared.hub.sessions().is_empty() {
            return Err(Ending::unconnected().into());
        }
        Ok(self.watch(object))
    }

    /// [`Connection::follow`] for waiting until an object of a class ends that is made in this one.
    ///
    /// # Errors
    /// Those of [`Connection::follow`]; [`Error::Configuration`] where the event filters that this
    /// client has set hold back the events that tell the end.
    pub fn follow_to_end(&self, class: &str, parent: Object<'_>) -> Result<ObjectStream<E>, Error> {
        let stream = self.follow(parent)?;
        let ends = E::CLASSES.iter().find(|known| known.name == class);
        let ends = ends.map_or(&[][..], |class| class.ends);
        self.shared.hub.lets_through(Hearing::Of(parent), ends)?;
        Ok(stream)
    }

    /// Whether an application is connected by this client, and its event filter, as far as this
    /// client has set it, lets events of these kinds through.
    ///
    /// # Errors
    /// [`Error::Disconnected`] where the application is not connected; [`Error::Configuration`]
    /// where its filter holds one of the events back.
    pub fn check_told(&self, application: &str, kinds: &[&'static str]) -> Result<(), Error> {
        if self.shared.hub.session_of(application).is_none() {
            return Err(Ending::unconnected_as(application).into());
        }
        let hearing = Hearing::Application(application);
        self.shared.hub.lets_through(hearing, kinds)
    }

    /// Whether a channel is in one of the applications that this client has connected, as far as
    /// events have told, and comparisons after gaps.
    pub fn has_entered(&self, channel: &str) -> bool {
        let sessions = self.shared.hub.sessions();
        sessions.iter().any(|session| session.has_entered(channel))
    }

    /// Sends a request that makes an object, of which a stream is open before: what it answers, and
    /// that stream.
    ///
    /// What no application of this client hears of by itself (a bridge, a channel that is to enter
    /// none of them) one of them is subscribed to, once it is made.
    ///
    /// # Errors
    /// Those of the request; [`Error::Disconnected`] where this client has connected no
    /// application.
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

    /// Waits until the answers of all requests have come and downloads have ended, closes every
    /// WebSocket, and every connection; takes no longer than `limit`, and two seconds for each
    /// WebSocket whose server does not play along. Every stream ends, and what is being connected
    /// ends in [`Error::Disconnected`]. Nothing of the client runs any more when this returns, and
    /// it can be used again.
    ///
    /// Subscriptions to device states are cancelled before a WebSocket is closed: Asterisk 22 can
    /// freeze otherwise.
    pub async fn close(&self, limit: Duration) {
        let begin = Instant::now();
        self.shared.hub.note_closing();
        // Those that take longer are told when their connections close.
        let _ = timeout(limit, self.shared.hub.in_flight.none()).await;
        // What was begun meanwhile, too.
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
