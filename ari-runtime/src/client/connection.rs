//! The connection that a client sends requests through: a transport, shared by all clones, and the
//! event streams.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::client::application_health::{ApplicationHealth, Unhealthy};
use crate::client::health::ServerHealth;
use crate::client::server_version::ServerVersion;
use crate::client::untyped_connection::{ConnectionState, UntypedConnection};
use crate::error::types::Error;
use crate::event::bindings::Bindings;
use crate::event::event_type::EventType;
use crate::event::object::ObjectRef;
use crate::reconcile::create::CreateContext;
use crate::request::trace_context::TraceContext;
use crate::request::typed_request::{TypedRequest, WebSocketRequest};
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::routing::private_channels::PrivateChannel;
use crate::routing::router::Router;
use crate::routing::stream::{EventStream, ObjectStream};
use crate::session::handle::Session;
use crate::session::settings::Settings;
use crate::transport::transport_trait::{BoxFuture, Transport};
use crate::transport::web_socket::WebSocket;

/// A transport that is shared by a client and all its clones, with the known version of the server,
/// and the event streams.
pub struct Connection<E> {
    pub(super) untyped: UntypedConnection,
    events: PhantomData<fn() -> E>,
}

impl<E> Clone for Connection<E> {
    fn clone(&self) -> Self {
        Connection::from_untyped(self.untyped.clone())
    }
}

impl<E> Connection<E> {
    /// Adds the type of the events, which must be that of the connection's bindings.
    fn from_untyped(untyped: UntypedConnection) -> Self {
        Connection {
            untyped,
            events: PhantomData,
        }
    }
}

/// The future of an awaited request.
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    response: BoxFuture<'static, Result<Response, Error>>,
    decode: fn(Response) -> Result<T, Error>,
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(context))?;
        Poll::Ready((self.decode)(response))
    }
}

/// The future of connecting an application.
pub type ConnectFuture<E> = BoxFuture<'static, Result<EventStream<E>, Error>>;

impl<E: EventType> Connection<E> {
    /// Creates a connection over any transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        let transport = Arc::new(transport);
        Self::over_session(
            transport,
            None,
            ServerVersion::default(),
            Router::new(Bindings::for_events::<E>()),
            Settings::default(),
        )
    }

    /// Creates a connection with existing state: the server's version, and the router of events.
    pub(crate) fn over_session(
        transport: Arc<dyn Transport>,
        beneath: Option<Arc<dyn Transport>>,
        release: ServerVersion,
        router: Arc<Router>,
        settings: Settings,
    ) -> Self {
        Connection::from_untyped(UntypedConnection {
            shared: Arc::new(ConnectionState {
                transport,
                session_transport: beneath,
                release,
                router,
                settings,
                extensions: Arc::default(),
            }),
            timeout: None,
            trace_context: None,
        })
    }

    /// Returns the same connection with the availability check turned on or off. If it is on,
    /// operations that the server's release lacks are refused as soon as a response has shown the
    /// release.
    pub fn enforcing_availability(self, checks: bool) -> Self {
        Connection::from_untyped(self.untyped.enforcing_availability(checks))
    }

    /// Returns the state of the connection, as far as known without asking the server.
    pub fn health(&self) -> ServerHealth {
        self.untyped.health()
    }

    /// Returns the state of the applications that this client has connected, as far as known without
    /// asking the server.
    pub fn application_health(&self) -> Vec<ApplicationHealth> {
        self.untyped.application_health()
    }

    /// Checks that applications can take calls: they are registered at the server, and no changes of
    /// a gap are unknown. Probes of readiness call this.
    ///
    /// # Errors
    /// Returns [`Unhealthy`] if an application is not connected, was taken over by another client, or
    /// is reconnecting or being compared with the server.
    pub fn check_ready(&self, applications: &[&str]) -> Result<(), Unhealthy> {
        self.untyped.check_ready(applications)
    }

    /// Checks that the process does not need to be started anew. Probes of liveness call this. A lost
    /// WebSocket is no failure, because the client reconnects, and neither is a client that has not
    /// connected yet.
    ///
    /// `max_silence` is the longest time without an event, ping or pong on an open WebSocket. It has
    /// to be longer than the longest timeout of a request over the WebSocket, and than the interval
    /// and the timeout of the keepalive together.
    ///
    /// # Errors
    /// Returns [`Unhealthy::NotConnected`] if the session of an application has ended for good, and
    /// [`Unhealthy::Silent`] if nothing was received for too long.
    pub fn check_live(
        &self,
        applications: &[&str],
        max_silence: Duration,
    ) -> Result<(), Unhealthy> {
        self.untyped.check_live(applications, max_silence)
    }

    /// Returns the transport, and the known version of the server that it reaches.
    #[cfg(feature = "server")]
    pub(crate) fn transport(&self) -> (Arc<dyn Transport>, ServerVersion) {
        let shared = &self.untyped.shared;
        (shared.transport.clone(), shared.release.clone())
    }

    /// Returns the same connection with another timeout for responses.
    pub fn with_timeout(mut self, limit: Duration) -> Self {
        self.untyped.timeout = Some(limit);
        self
    }

    /// Returns the same connection whose requests have a trace context, unless they have their own.
    /// See [`Request::with_trace_context`]. The requests that a session sends itself, such as those
    /// after a gap, have none.
    pub fn with_trace_context(mut self, context: impl Into<Option<TraceContext>>) -> Self {
        self.untyped.trace_context = context.into().map(Arc::new);
        self
    }

    /// Sends a request and decodes its response.
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`].
    pub async fn send<R: TypedRequest>(&self, request: &R) -> Result<R::Output, Error> {
        R::decode(self.untyped.respond(request.to_request()).await?)
    }

    /// Does the same as [`Connection::send`], as an owned future. Awaiting a request uses it.
    pub fn send_owned<R: TypedRequest>(&self, request: &R) -> ResponseFuture<R::Output> {
        ResponseFuture {
            response: self.untyped.respond(request.to_request()),
            decode: R::decode,
        }
    }

    /// Sends a request whose response is not decoded yet.
    pub(crate) fn respond(&self, request: Request) -> BoxFuture<'static, Result<Response, Error>> {
        self.untyped.respond(Ok(request))
    }

    /// Sends a request that was created at run time, for example by [`Request::from_arguments`],
    /// and returns its successful response.
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`], and [`Error::InvalidConfig`] if the request opens a
    /// WebSocket. Use [`Connection::connect`] for that.
    pub async fn execute(&self, request: &Request) -> Result<Response, Error> {
        self.untyped.execute(request).await
    }

    /// Opens a WebSocket and starts to read it: see [`EventStream`].
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`].
    pub async fn connect<R: WebSocketRequest<Event = E>>(
        &self,
        request: &R,
    ) -> Result<EventStream<E>, Error> {
        self.connect_owned(request).await
    }

    /// Does the same as [`Connection::connect`], as an owned future.
    pub fn connect_owned<R: WebSocketRequest<Event = E>>(&self, request: &R) -> ConnectFuture<E> {
        let opening = self.untyped.connect(request.to_request());
        Box::pin(async {
            let (session, events) = opening.await?;
            Ok(EventStream::new(Session::new(session), events))
        })
    }

    /// Opens the WebSocket that carries the audio of a channel of `chan_websocket`. Asterisk 20.16,
    /// 21.11, 22.6 and later. `connection_id` is the channel variable
    /// `MEDIA_WEBSOCKET_CONNECTION_ID`. Any program that knows it can connect, because Asterisk
    /// requires no credentials.
    ///
    /// The WebSocket has the subprotocol `media`. Its path is below the prefix of `http.conf`, and
    /// its TLS settings and timeouts are those of the client. A message is limited to 64 KiB.
    /// Closing the client does not close the WebSocket.
    ///
    /// # Errors
    /// Returns [`Error::NotSent`] and [`Error::OutcomeUnknown`] if there is no connection, and
    /// [`Error::Response`] if Asterisk refuses it. The status is 404 if no channel waits for the
    /// connection, and 409 if the channel already has one. A channel accepts only one connection.
    pub async fn connect_media(&self, connection_id: &str) -> Result<Box<dyn WebSocket>, Error> {
        self.untyped.connect_media(connection_id).await
    }

    /// Returns a stream of the events of one object, from now on. If this client has not connected
    /// an application, nothing can arrive, and the stream ends immediately with an error. If no
    /// event has reported the object yet, the server is asked one second later if the object exists
    /// and if an application is subscribed to it. If not, the stream ends with
    /// [`Error::ObjectGone`].
    pub fn watch(&self, object: ObjectRef<'_>) -> ObjectStream<E> {
        ObjectStream::new(self.untyped.watch(object))
    }

    /// Returns the same stream as [`Connection::watch`], but fails if this client has not connected
    /// an application.
    ///
    /// # Errors
    /// Returns [`Error::Disconnected`] if this client has not connected an application.
    pub fn try_watch(&self, object: ObjectRef<'_>) -> Result<ObjectStream<E>, Error> {
        self.untyped.try_watch(object).map(ObjectStream::new)
    }

    /// Returns a stream like [`Connection::try_watch`], for waiting until an object of a class ends
    /// that was created in this object.
    ///
    /// # Errors
    /// Returns the errors of [`Connection::try_watch`], and [`Error::InvalidConfig`] if the event
    /// filters that this client has set suppress the events that report the end.
    pub fn try_watch_until_end(
        &self,
        class: &str,
        parent: ObjectRef<'_>,
    ) -> Result<ObjectStream<E>, Error> {
        let stream = self.untyped.try_watch_until_end(class, parent);
        stream.map(ObjectStream::new)
    }

    /// Checks that this client has connected an application, and that the event filter that this
    /// client has set for it allows events of these kinds.
    ///
    /// # Errors
    /// Returns [`Error::Disconnected`] if the application is not connected, and
    /// [`Error::InvalidConfig`] if its filter suppresses one of the events.
    pub fn ensure_events_enabled(
        &self,
        application: &str,
        kinds: &[&'static str],
    ) -> Result<(), Error> {
        self.untyped.ensure_events_enabled(application, kinds)
    }

    /// Returns the application of this client that a channel is in, as far as known from events and
    /// from comparisons after gaps. `None` if it is in none of them.
    pub fn application_of(&self, channel: &str) -> Option<String> {
        self.untyped.application_of(channel)
    }

    /// Keeps the events of a channel away from the streams of applications, until the returned
    /// value is dropped. Libraries that create channels of their own call this before they send the
    /// request that creates one.
    pub fn make_private(&self, channel: &str) -> PrivateChannel {
        let router = &self.untyped.shared.router;
        PrivateChannel::new(router.private_channels.clone(), channel)
    }

    /// Returns the value of a type that belongs to the client and all its clones. It is created when
    /// it is first asked for. Libraries keep their state for each client in it.
    pub fn extension<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.untyped.shared.extensions.get()
    }

    /// Returns true if a channel is in one of the applications that this client has connected, as
    /// far as known from events and from comparisons after gaps.
    pub fn is_in_application(&self, channel: &str) -> bool {
        self.untyped.is_in_application(channel)
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
    pub async fn create_and_watch<T>(
        &self,
        new: CreateContext<'_>,
        request: impl Future<Output = Result<T, Error>>,
    ) -> Result<(T, ObjectStream<E>), Error> {
        let creation = self.untyped.begin_creation(new)?;
        match request.await {
            Ok(response) => {
                let stream = self.untyped.finish_creation(creation).await;
                Ok((response, ObjectStream::new(stream)))
            }
            Err(error) => Err(creation.fail(error)),
        }
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
        self.untyped.close(limit).await;
    }
}

impl<E> fmt::Debug for Connection<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.untyped.shared.transport.fmt(f)
    }
}
