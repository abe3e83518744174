//! The transport of requests over an application's WebSocket.

use std::fmt;
use std::future::ready;

use crate::error::types::Error;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::schema::operation::{Availability, Operation, ResponseType, Version};
use crate::session::handle::UntypedSession;
use crate::session::ws_requests::cannot_send;
use crate::transport::transport_trait::{BoxFuture, Transport};
use crate::transport::web_socket::WebSocket;

/// Sends requests over the WebSocket of a session, and keeps it open.
pub(crate) struct WsTransport {
    session: UntypedSession,
}

impl WsTransport {
    pub(crate) fn new(session: UntypedSession) -> Self {
        WsTransport { session }
    }
}

/// Releases that accept requests over a WebSocket. Others drop them silently.
const AVAILABILITY: Availability = Availability {
    releases: &[20, 21, 22],
    since: &[
        Version::new(20, 14, 0),
        Version::new(21, 9, 0),
        Version::new(22, 4, 0),
    ],
    until: &[],
};

/// The route of an operation if there is a WebSocket.
enum Route {
    Socket,
    /// The socket can carry it, but it would block all other requests.
    PreferHttp,
    /// The socket cannot carry it.
    Http,
}

fn route(operation: &Operation, server: Option<Version>) -> Route {
    if operation.response == ResponseType::Binary
        || operation.websocket_protocol.is_some()
        || server.is_some_and(|server| !AVAILABILITY.includes(server))
    {
        Route::Http
    } else if operation.blocks_channel_queue {
        Route::PreferHttp
    } else {
        Route::Socket
    }
}

impl Transport for WsTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        let core = &self.session.state.core;
        match (
            &core.transport,
            route(request.operation(), core.release.version()),
        ) {
            (Some(http), Route::Http | Route::PreferHttp) => http.send(request),
            (None, Route::Http) => Box::pin(ready(Err(cannot_send(request, ONLY_HTTP)))),
            (Some(http), Route::Socket) => match core.pending.encode(request) {
                Ok(encoded) => Box::pin(core.send_request(request, encoded)),
                Err(_) => http.send(request),
            },
            (None, _) => Box::pin(core.send_over_socket(request)),
        }
    }

    /// Fails, because a WebSocket cannot open another one. If there is an HTTP transport,
    /// connections use that to connect.
    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(ready(Err(cannot_send(request, ONLY_HTTP))))
    }

    fn close(&self) {
        let core = &self.session.state.core;
        // If Asterisk has opened the socket, the HTTP transport belongs to a client of its own,
        // which may serve other sessions.
        if let Some(http) = &core.transport
            && !core.names.is_discovered()
        {
            http.close();
        }
    }

    fn server_address(&self) -> Option<(&str, u16)> {
        self.session.state.core.transport.as_ref()?.server_address()
    }
}

/// The reason why the socket cannot carry operations that need HTTP.
const ONLY_HTTP: &str = "Asterisk does not do this over a WebSocket";

impl fmt::Debug for WsTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WsTransport").field(&self.session).finish()
    }
}
