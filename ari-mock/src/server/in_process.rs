//! A transport that reaches the fake without sockets.

use std::fmt;
use std::sync::Arc;

use ari_api::Error;
use ari_api::transport::{
    BoxFuture, ReadOnlySocket, Request, Response, SocketMessage, Transport, WebSocket,
};
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use super::auth::Permissions;
use super::socket::Registration;
use super::state::Server;
use crate::rest::{Body, IncomingRequest, parse_pairs, read_body, split_list};

/// A [`Transport`] to a fake in the same process: no sockets, no HTTP and no passwords.
///
/// Requests and events pass through memory, so that the fake also works on a runtime whose clock is
/// paused and advances by itself ([`tokio::time::pause`]), which does not wait for sockets. Paths,
/// parameters, events, faults and violations are the same as over HTTP. What belongs to HTTP itself
/// is missing: request lines and bodies have no maximum length, and nothing is written to a
/// WebSocket but events.
#[derive(Clone)]
pub struct InProcessTransport {
    pub(crate) server: Arc<Server>,
}

impl fmt::Debug for InProcessTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcessTransport")
    }
}

impl Transport for InProcessTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let operation = request.operation();
            if !self.server.is_listening() {
                return Err(Error::NotSent {
                    operation,
                    source: "the fake Asterisk is stopped".into(),
                });
            }
            let server = Arc::clone(&self.server);
            let (method, target) = (request.method(), request.path_and_query().into_owned());
            let body = request.body().cloned().unwrap_or_default();
            // A task of its own, which a stop of the server aborts.
            let task = tokio::spawn(async move {
                let (path, query) = target.split_once('?').unwrap_or((&target, ""));
                let incoming = IncomingRequest {
                    method: method.as_str(),
                    path: path.trim_start_matches('/'),
                    host: None,
                    query: parse_pairs(query),
                    body: read_body(Some("application/json"), &body),
                };
                server.respond(incoming).await
            });
            self.server.track_connection(&task);
            let response = task.await.map_err(|_| Error::OutcomeUnknown {
                operation,
                source: "the fake Asterisk has dropped the connection".into(),
            })?;
            let body = match response.body {
                Body::Empty => Bytes::new(),
                Body::Json(json) => json.to_text().into(),
                Body::JsonText(text) | Body::Html(text) => text.into(),
                Body::Audio(_, bytes) => bytes,
            };
            Ok(Response::new(response.status, body).with_version(Some(self.server.version)))
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let operation = request.operation();
            if !self.server.is_listening() {
                return Err(Error::NotSent {
                    operation,
                    source: "the fake Asterisk is stopped".into(),
                });
            }
            let target = request.path_and_query();
            let (path, query) = target.split_once('?').unwrap_or((&target, ""));
            let (path, query) = (path.trim_start_matches('/'), parse_pairs(query));
            let opening = self.server.receive_opening(operation, path, &query);
            let (arrival, fault) = opening.await;
            self.server
                .set_status(arrival, fault.as_ref().map_or(101, |fault| fault.status));
            if let Some(response) = fault {
                return Err(Error::NotSent {
                    operation,
                    source: format!("refused with status {}", response.status).into(),
                });
            }
            let given = |name: &str| {
                let mut values = query.iter().filter(|(given, _)| given == name);
                values.next_back().map(|(_, value)| value.as_str())
            };
            let apps = split_list(given("app").unwrap_or_default());
            let everything = given("subscribeAll") == Some("true");
            let rights = Permissions::ALL;
            let registered = Registration::new(&self.server, &apps, everything, rights);
            let id = registered.id();
            let (messages, mut receiver) = mpsc::unbounded_channel();
            let task = tokio::spawn(registered.forward(messages));
            self.server.track_socket(id, &task);
            // It ends when the fake drops it. The fake unregisters it when the receiver is dropped.
            let messages = stream::poll_fn(move |context| {
                let message = receiver.poll_recv(context);
                message.map(|message| message.map(|message| Ok(convert(message))))
            });
            Ok(Box::new(ReadOnlySocket::new(messages)) as Box<dyn WebSocket>)
        })
    }
}

fn convert(message: Message) -> SocketMessage {
    match message {
        Message::Text(text) => SocketMessage::Text(text.as_str().to_owned()),
        Message::Binary(bytes) => SocketMessage::Binary(bytes),
        Message::Close(_) => SocketMessage::Close,
        Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => SocketMessage::Heartbeat,
    }
}
