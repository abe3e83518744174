//! The part of a connection that does not depend on the type of its events, so that it is compiled
//! once, and not again for each event type and in each application.

use std::sync::Arc;
use std::time::Duration;

use futures_lite::future;
use tokio::time::{Instant, timeout};

use crate::client::extensions::Extensions;
use crate::client::health::ServerHealth;
use crate::client::server_version::ServerVersion;
use crate::client::{refusal_cause, refused_object, retry};
use crate::error::types::Error;
use crate::event::object::ObjectRef;
use crate::protocol::{object_kind, parameter, path};
use crate::reconcile::create::{CreateContext, Creation};
use crate::reconcile::subscription_changes;
use crate::request::builder::RequestBuilder;
use crate::request::trace_context::TraceContext;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::routing::health::HealthState;
use crate::routing::queue::{CloseReason, Queue};
use crate::routing::router::{EventScope, Router};
use crate::routing::stream::UntypedObjectStream;
use crate::schema::operation::Method;
use crate::session::handle::UntypedSession;
use crate::session::settings::Settings;
use crate::session::start::start;
use crate::transport::media::CONNECT_MEDIA;
use crate::transport::request_span;
use crate::transport::transport_trait::{BoxFuture, Transport};
use crate::transport::web_socket::WebSocket;

/// A connection without the type of its events.
#[derive(Clone)]
pub(crate) struct UntypedConnection {
    pub(super) shared: Arc<ConnectionState>,
    pub(super) timeout: Option<Duration>,
    /// Shared, so that handles stay small.
    pub(super) trace_context: Option<Arc<TraceContext>>,
}

pub(super) struct ConnectionState {
    pub(super) transport: Arc<dyn Transport>,
    /// The transport that opens WebSockets, if requests are sent over a WebSocket. It must keep
    /// working after the session of that WebSocket has ended.
    pub(super) session_transport: Option<Arc<dyn Transport>>,
    pub(super) release: ServerVersion,
    pub(super) router: Arc<Router>,
    pub(super) settings: Settings,
    pub(super) extensions: Arc<Extensions>,
}

impl ConnectionState {
    fn note_error(&self, error: &Error) {
        self.router.health.on_error(error.to_string());
    }
}

impl UntypedConnection {
    /// Returns the state of the connection, as far as known without asking the server.
    pub(super) fn health(&self) -> ServerHealth {
        let router = &self.shared.router;
        let HealthState {
            sockets,
            since,
            last_error,
        } = router.health.snapshot();
        let sessions = router.sessions();
        let channels = sessions.iter();
        ServerHealth {
            is_connected: sockets > 0,
            since,
            last_error,
            version: self.shared.release.version(),
            channels: channels.map(|it| it.inventory.channel_count()).sum(),
            requests: router.in_flight.count(),
        }
    }

    /// Returns the same connection with the availability check turned on or off.
    pub(super) fn enforcing_availability(self, checks: bool) -> Self {
        let shared = &self.shared;
        UntypedConnection {
            shared: Arc::new(ConnectionState {
                transport: shared.transport.clone(),
                session_transport: shared.session_transport.clone(),
                release: shared.release.clone().enforcing(checks),
                router: shared.router.clone(),
                settings: shared.settings.clone(),
                extensions: shared.extensions.clone(),
            }),
            timeout: self.timeout,
            trace_context: self.trace_context.clone(),
        }
    }

    /// Sends a request, if it is valid.
    pub(super) fn respond(
        &self,
        request: Result<Request, Error>,
    ) -> BoxFuture<'static, Result<Response, Error>> {
        let connection = self.clone();
        Box::pin(async move { connection.respond_to(request?).await })
    }

    /// Sends a request that does not open a WebSocket, and returns its successful response.
    pub(super) fn execute(&self, request: &Request) -> BoxFuture<'_, Result<Response, Error>> {
        let request = request.clone();
        Box::pin(async move {
            let operation = request.operation();
            if operation.websocket_protocol.is_some() {
                return Err(Error::InvalidConfig(format!(
                    "{operation} opens a WebSocket and has no response: connect instead"
                )));
            }
            let response = self.respond_to(request).await?;
            match response.status {
                200..300 => Ok(response),
                _ => Err(Error::Response(Box::new(response.into_refusal(operation)))),
            }
        })
    }

    /// Adds the connection's timeout and trace context, unless the request has its own.
    fn with_settings(&self, request: Request) -> Request {
        let limit = request.timeout().or(self.timeout);
        let context = request
            .trace_context()
            .or(self.trace_context.as_deref().copied());
        request.with_timeout(limit).with_trace_context(context)
    }

    /// Sends a request with the connection's settings. The response is successful, or one for which
    /// decoding returns an error.
    async fn respond_to(&self, request: Request) -> Result<Response, Error> {
        let shared = &self.shared;
        let request = &self.with_settings(request);
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
        let (transport, router) = (&*shared.transport, &shared.router);
        let sent = retry::send(transport, router, &shared.settings, request).await;
        let mut response = sent.inspect_err(|error| shared.note_error(error))?;
        shared.release.update(response.version);
        match (response.status, shared.release.unsupported_by(operation)) {
            (200..300, _) => {
                if operation.path.starts_with(path::BELOW_APPLICATIONS) {
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
                if matches!(response.status, 404 | 422)
                    && operation.path.starts_with(path::BELOW_APPLICATIONS)
                {
                    subscription_changes::on_refused(&shared.router, request, gaps).await;
                }
                let (status, text) = (response.status, refused_object::message_text(&response));
                let (transport, bindings) = (&*shared.transport, shared.router.bindings);
                response.finding =
                    refusal_cause::find_cause(bindings, transport, request, status, &text).await;
                response.refused_object =
                    refused_object::find(bindings, transport, request, status, text).await;
                Ok(response)
            }
        }
    }

    /// Returns the transport that opens WebSockets.
    fn socket_transport(&self) -> &Arc<dyn Transport> {
        let shared = &self.shared;
        shared
            .session_transport
            .as_ref()
            .unwrap_or(&shared.transport)
    }

    /// Opens the WebSocket that carries the audio of a channel.
    pub(super) async fn connect_media(
        &self,
        connection_id: &str,
    ) -> Result<Box<dyn WebSocket>, Error> {
        let request = RequestBuilder::build_from_path(&CONNECT_MEDIA, &[connection_id])?;
        let request = self.with_settings(request);
        let mut closing = self.shared.router.subscribe_closing();
        let closed = async {
            let _ = closing.changed().await;
            Err(CloseReason::client_closed().into())
        };
        let opening = request_span::connect(&**self.socket_transport(), &request, 0);
        future::or(opening, closed).await
    }

    /// Opens a WebSocket and starts to read it. Returns its session, and the queue of all events.
    pub(super) fn connect(
        &self,
        request: Result<Request, Error>,
    ) -> BoxFuture<'static, Result<(UntypedSession, Arc<Queue>), Error>> {
        let connection = self.clone();
        Box::pin(async move {
            let request = request?;
            let shared = &connection.shared;
            let mut closing = shared.router.subscribe_closing();
            let first = connection.with_settings(request.clone());
            let transport = connection.socket_transport();
            if !request.operation().overlaps.is_empty() {
                connection.check_overlaps(&first, &**transport).await?;
            }
            let closed = async {
                let _ = closing.changed().await;
                Err(CloseReason::client_closed().into())
            };
            let connecting = async {
                let opened = request_span::connect(&**transport, &first, 0).await;
                opened.inspect_err(|error| shared.note_error(error))
            };
            let socket = future::or(connecting, closed).await?;
            let names = request.texts(parameter::APP).into_iter();
            let applications = names.map(str::to_owned).collect();
            let transport = Some(transport.clone());
            let (release, settings) = (shared.release.clone(), shared.settings.clone());
            let router = &shared.router;
            let again = Some(request);
            let (session, events) = start(
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
                session.state.core.close(Duration::ZERO).await;
                return Err(CloseReason::client_closed().into());
            }
            Ok((session, events))
        })
    }

    /// See [`Connection::watch`](crate::client::connection::Connection::watch).
    pub(super) fn watch(&self, object: ObjectRef<'_>) -> UntypedObjectStream {
        let ConnectionState {
            router, settings, ..
        } = &*self.shared;
        let stream = UntypedObjectStream::open(router, object, settings.buffer);
        router.enqueue_check_if_unknown(object);
        stream
    }

    /// See [`Connection::try_watch`](crate::client::connection::Connection::try_watch).
    pub(super) fn try_watch(&self, object: ObjectRef<'_>) -> Result<UntypedObjectStream, Error> {
        if self.shared.router.sessions().is_empty() {
            return Err(CloseReason::not_connected().into());
        }
        Ok(self.watch(object))
    }

    /// See
    /// [`Connection::try_watch_until_end`](crate::client::connection::Connection::try_watch_until_end).
    pub(super) fn try_watch_until_end(
        &self,
        class: &str,
        parent: ObjectRef<'_>,
    ) -> Result<UntypedObjectStream, Error> {
        let stream = self.try_watch(parent)?;
        let router = &self.shared.router;
        let ends = router.bindings.object_kind(class);
        let ends = ends.map_or(&[][..], |class| class.terminal_events);
        router.ensure_allowed(EventScope::Object(parent), ends)?;
        Ok(stream)
    }

    /// See
    /// [`Connection::ensure_events_enabled`](crate::client::connection::Connection::ensure_events_enabled).
    pub(super) fn ensure_events_enabled(
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

    /// Returns the application of this client that a channel is in.
    pub(super) fn application_of(&self, channel: &str) -> Option<String> {
        let channel = ObjectRef::new(object_kind::CHANNEL, channel);
        let sessions = self.shared.router.sessions();
        let mut sessions = sessions.iter();
        sessions.find_map(|session| session.inventory.application_of(channel))
    }

    /// Returns true if a channel is in one of the applications that this client has connected.
    pub(super) fn is_in_application(&self, channel: &str) -> bool {
        let sessions = self.shared.router.sessions();
        let mut sessions = sessions.iter();
        sessions.any(|session| session.is_in_application(channel))
    }

    /// Opens the stream of an object, before the request that creates it is sent.
    pub(super) fn begin_creation<'a>(
        &'a self,
        new: CreateContext<'a>,
    ) -> Result<Creation<'a>, Error> {
        Creation::begin(&self.shared.router, self.shared.settings.buffer, new)
    }

    /// Returns the stream of an object that was created, once the client gets its events.
    pub(super) fn finish_creation<'a>(
        &self,
        creation: Creation<'a>,
    ) -> BoxFuture<'a, UntypedObjectStream> {
        creation.finish(self.timeout.unwrap_or(self.shared.settings.timeout))
    }

    /// See [`Connection::close`](crate::client::connection::Connection::close).
    pub(super) fn close(&self, limit: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
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
        })
    }
}
