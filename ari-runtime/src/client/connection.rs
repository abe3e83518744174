//! The connection that a client sends requests through: a transport, shared by all clones, and the
//! event streams.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::client::server_version::ServerVersion;
use crate::client::{refusal_cause, refused_object};
use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::event::object::ObjectRef;
use crate::race::race;
use crate::reconcile::create::{CreateContext, create};
use crate::reconcile::subscription_changes;
use crate::request::encoded::Request;
use crate::request::typed_request::{TypedRequest, WebSocketRequest};
use crate::response::body::Response;
use crate::routing::queue::CloseReason;
use crate::routing::router::{EventScope, Router};
use crate::routing::stream::{EventStream, ObjectStream};
use crate::schema::operation::Method;
use crate::session::settings::Settings;
use crate::session::start::start;
use crate::transport::transport_trait::{BoxFuture, Transport};

/// The start of the paths of operations that change subscriptions and event filters.
const APPLICATIONS: &str = "/applications/";

/// A transport that is shared by a client and all its clones, with the known version of the server,
/// and the event streams.
pub struct Connection<E> {
    pub(super) shared: Arc<ConnectionState<E>>,
    timeout: Option<Duration>,
}

pub(super) struct ConnectionState<E> {
    transport: Arc<dyn Transport>,
    /// The transport that opens WebSockets, if requests are sent over a WebSocket. It must keep
    /// working after the session of that WebSocket has ended.
    session_transport: Option<Arc<dyn Transport>>,
    pub(super) release: ServerVersion,
    router: Arc<Router<E>>,
    pub(super) settings: Settings,
}

impl<E> Clone for Connection<E> {
    fn clone(&self) -> Self {
        Connection {
            shared: self.shared.clone(),
            timeout: self.timeout,
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
            Router::new(),
            Settings::default(),
        )
    }

    /// Creates a connection with existing state: the server's version, and the router of events.
    pub(crate) fn over_session(
        transport: Arc<dyn Transport>,
        beneath: Option<Arc<dyn Transport>>,
        release: ServerVersion,
        router: Arc<Router<E>>,
        settings: Settings,
    ) -> Self {
        Connection {
            shared: Arc::new(ConnectionState {
                transport,
                session_transport: beneath,
                release,
                router,
                settings,
            }),
            timeout: None,
        }
    }

    /// Returns the same connection with the availability check turned on or off. If it is on,
    /// operations that the server's release lacks are refused as soon as a response has shown the
    /// release.
    pub fn enforcing_availability(self, checks: bool) -> Self {
        let shared = &self.shared;
        let other = Self::over_session(
            shared.transport.clone(),
            shared.session_transport.clone(),
            shared.release.clone().enforcing(checks),
            shared.router.clone(),
            shared.settings.clone(),
        );
        Connection {
            timeout: self.timeout,
            ..other
        }
    }

    /// Returns the transport, and the known version of the server that it reaches.
    #[cfg(feature = "server")]
    pub(crate) fn transport(&self) -> (Arc<dyn Transport>, ServerVersion) {
        (self.shared.transport.clone(), self.shared.release.clone())
    }

    /// Returns the same connection with another timeout for responses.
    pub fn with_timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sends a request and decodes its response.
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`].
    pub async fn send<R: TypedRequest>(&self, request: &R) -> Result<R::Output, Error> {
        R::decode(self.respond(request.to_request()?).await?)
    }

    /// Does the same as [`Connection::send`], as an owned future. Awaiting a request uses it.
    pub fn send_owned<R: TypedRequest>(&self, request: &R) -> ResponseFuture<R::Output> {
        ResponseFuture {
            response: self.respond_owned(request.to_request()),
            decode: R::decode,
        }
    }

    /// Sends a request that was created at run time, for example by [`Request::from_arguments`],
    /// and returns its successful response.
    ///
    /// # Errors
    /// Returns the errors listed at [`Error`], and [`Error::InvalidConfig`] if the request opens a
    /// WebSocket. Use [`Connection::connect`] for that.
    pub async fn execute(&self, request: &Request) -> Result<Response, Error> {
        let operation = request.operation();
        if operation.websocket_protocol.is_some() {
            return Err(Error::InvalidConfig(format!(
                "{operation} opens a WebSocket and has no response: connect instead"
            )));
        }
        let response = self.respond(request.clone()).await?;
        match response.status {
            200..300 => Ok(response),
            _ => Err(Error::Response(Box::new(response.into_refusal(operation)))),
        }
    }

    fn respond_owned(
        &self,
        request: Result<Request, Error>,
    ) -> BoxFuture<'static, Result<Response, Error>> {
        let connection = self.clone();
        Box::pin(async move { connection.respond(request?).await })
    }

    /// Sends a request. Uses the connection's timeout unless the request has its own. The response
    /// is successful, or one for which decoding returns an error.
    pub(crate) async fn respond(&self, request: Request) -> Result<Response, Error> {
        let shared = &self.shared;
        let limit = request.timeout().or(self.timeout);
        let request = &request.with_timeout(limit);
        let operation = request.operation();
        if let Some(server) = shared.release.blocks(operation) {
            return Err(Error::UnsupportedByRelease {
                operation,
                server,
                instead: None,
                refusal: None,
            });
        }
        let under_way = shared.router.in_flight.track();
        if !operation.overlaps.is_empty() {
            let transport = &*shared.transport;
            Box::pin(self.check_overlaps(request, transport)).await?;
        }
        let gaps = shared.router.reconnect_epoch();
        let mut response = shared.transport.send(request).await?;
        shared.release.update(response.version);
        match (response.status, shared.release.unsupported_by(operation)) {
            (200..300, _) => {
                if operation.path.starts_with(APPLICATIONS) {
                    subscription_changes::on_request(&shared.router, request, gaps);
                } else if operation.method == Method::Delete {
                    shared.router.on_deleted(request);
                }
                response.body.hold(under_way);
                Ok(response)
            }
            // A server responds to an unknown operation as it does to an unknown object. Only its
            // version distinguishes the two.
            (404 | 405, Some(server)) => Err(Error::UnsupportedByRelease {
                operation,
                server,
                instead: None,
                refusal: Some(Box::new(response.into_refusal(operation))),
            }),
            _ => {
                if matches!(response.status, 404 | 422) && operation.path.starts_with(APPLICATIONS)
                {
                    subscription_changes::on_refused(&shared.router, request, gaps).await;
                }
                let (status, text) = (response.status, refused_object::message_text(&response));
                let transport = &*shared.transport;
                response.finding =
                    refusal_cause::find_cause::<E>(transport, request, status, &text).await;
                response.refused_object =
                    refused_object::find::<E>(transport, request, status, text).await;
                Ok(response)
            }
        }
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
        let request = request.to_request();
        let connection = self.clone();
        Box::pin(async move {
            let request = request?;
            let shared = &connection.shared;
            let mut closing = shared.router.subscribe_closing();
            let limited = request.clone().with_timeout(connection.timeout);
            let transport = shared
                .session_transport
                .as_ref()
                .unwrap_or(&shared.transport);
            if !request.operation().overlaps.is_empty() {
                connection.check_overlaps(&limited, &**transport).await?;
            }
            let connecting = transport.connect(&limited);
            let Ok(socket) = race(connecting, closing.changed()).await else {
                return Err(CloseReason::client_closed().into());
            };
            let socket = socket?;
            let names = request.query().iter().find(|(name, _)| *name == "app");
            let names = names.map(|(_, names)| names.as_str()).unwrap_or_default();
            let applications = names.split(',').map(str::to_owned).collect();
            let transport = Some(transport.clone());
            let (release, settings) = (shared.release.clone(), shared.settings.clone());
            let router = &shared.router;
            let again = Some(request);
            let stream = start(
                router,
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
                return Err(CloseReason::client_closed().into());
            }
            Ok(stream)
        })
    }

    /// Returns a stream of the events of one object, from now on. If this client has not connected
    /// an application, nothing can arrive, and the stream ends immediately with an error. If no
    /// event has reported the object yet, the server is asked one second later if the object exists
    /// and if an application is subscribed to it. If not, the stream ends with
    /// [`Error::ObjectGone`].
    pub fn watch(&self, object: ObjectRef<'_>) -> ObjectStream<E> {
        let ConnectionState {
            router, settings, ..
        } = &*self.shared;
        let stream = ObjectStream::open(router, object, settings.buffer);
        router.enqueue_check_if_unknown(object);
        stream
    }

    /// Returns the same stream as [`Connection::watch`], but fails if this client has not connected
    /// an application.
    ///
    /// # Errors
    /// Returns [`Error::Disconnected`] if this client has not connected an application.
    pub fn try_watch(&self, object: ObjectRef<'_>) -> Result<ObjectStream<E>, Error> {
        if self.shared.router.sessions().is_empty() {
            return Err(CloseReason::not_connected().into());
        }
        Ok(self.watch(object))
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
        let stream = self.try_watch(parent)?;
        let ends = E::OBJECT_KINDS.iter().find(|known| known.name == class);
        let ends = ends.map_or(&[][..], |class| class.terminal_events);
        self.shared
            .router
            .ensure_allowed(EventScope::Object(parent), ends)?;
        Ok(stream)
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
        if self.shared.router.session_of(application).is_none() {
            return Err(CloseReason::application_not_connected(application).into());
        }
        let scope = EventScope::Application(application);
        self.shared.router.ensure_allowed(scope, kinds)
    }

    /// Returns true if a channel is in one of the applications that this client has connected, as
    /// far as known from events and from comparisons after gaps.
    pub fn is_in_application(&self, channel: &str) -> bool {
        let sessions = self.shared.router.sessions();
        sessions
            .iter()
            .any(|session| session.is_in_application(channel))
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
        let Settings {
            buffer, timeout, ..
        } = self.shared.settings;
        let limit = self.timeout.unwrap_or(timeout);
        create(&self.shared.router, buffer, limit, new, request).await
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
        self.shared.router.on_closing();
        // Requests that take longer fail when their connections close.
        let _ = timeout(limit, self.shared.router.in_flight.none()).await;
        // Also aborts connection attempts that have begun in the meantime.
        self.shared.router.on_closing();
        for session in self.shared.router.sessions() {
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
