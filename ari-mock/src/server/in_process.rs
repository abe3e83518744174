//! A transport that reaches the fake without sockets.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use ari_api::Error;
use ari_api::error::TransportError;
use ari_api::transport::{
    BoxFuture, IncomingFrame, OutgoingFrame, Request, Response, Transport, WebSocket,
};
use bytes::Bytes;
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
            if let Some(response) = self.server.apply_faults(operation).await {
                return Err(Error::NotSent {
                    operation,
                    source: format!("refused with status {}", response.status).into(),
                });
            }
            let target = request.path_and_query();
            let query = parse_pairs(target.split_once('?').map_or("", |(_, query)| query));
            let given = |name: &str| {
                let mut values = query.iter().filter(|(given, _)| given == name);
                values.next_back().map(|(_, value)| value.as_str())
            };
            let apps = split_list(given("app").unwrap_or_default());
            let everything = given("subscribeAll") == Some("true");
            let rights = Permissions::ALL;
            let registered = Registration::new(&self.server, &apps, everything, rights);
            let id = registered.id();
            let (messages, receiver) = mpsc::unbounded_channel();
            let task = tokio::spawn(registered.forward(messages));
            self.server.track_socket(id, &task);
            let socket = InProcessSocket {
                receiver,
                current: Message::text(""),
                pong_due: false,
            };
            Ok(Box::new(socket) as Box<dyn WebSocket>)
        })
    }
}

/// A WebSocket in memory. It ends when the fake drops it.
struct InProcessSocket {
    receiver: mpsc::UnboundedReceiver<Message>,
    current: Message,
    pong_due: bool,
}

impl WebSocket for InProcessSocket {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        if std::mem::take(&mut self.pong_due) {
            return Poll::Ready(Some(Ok(IncomingFrame::Heartbeat)));
        }
        let Some(message) = ready!(self.receiver.poll_recv(context)) else {
            return Poll::Ready(None);
        };
        self.current = message;
        Poll::Ready(Some(Ok(match &self.current {
            Message::Text(text) => IncomingFrame::Text(text.as_str()),
            Message::Binary(bytes) => IncomingFrame::Binary(bytes.clone()),
            Message::Close(_) => IncomingFrame::Close(None),
            _ => IncomingFrame::Heartbeat,
        })))
    }

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        match frame {
            OutgoingFrame::Ping => self.pong_due = true,
            // The fake unregisters the socket when it finds the channel closed.
            OutgoingFrame::Close => self.receiver.close(),
            _ => {}
        }
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }
}
