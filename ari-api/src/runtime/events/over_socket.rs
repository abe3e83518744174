//! The transport of requests over an application's WebSocket.

use std::fmt;
use std::future::ready;

use super::Session;
use crate::runtime::{
    Answer, AnswerType, Availability, BoxFuture, Call, Error, Message, Operation, Transport,
    Version, WebSocket,
};

/// Sends requests over the WebSocket of a session, and keeps it open.
pub(super) struct OverSocket<E> {
    session: Session<E>,
}

impl<E> OverSocket<E> {
    pub(super) fn new(session: Session<E>) -> Self {
        OverSocket { session }
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
enum Way {
    Socket,
    /// The socket can carry it, but it would block all other requests.
    RatherHttp,
    /// The socket cannot carry it.
    Http,
}

fn way(operation: &Operation, server: Option<Version>) -> Way {
    if operation.answer == AnswerType::Binary
        || operation.upgrade.is_some()
        || server.is_some_and(|server| !AVAILABILITY.includes(server))
    {
        Way::Http
    } else if operation.waits {
        Way::RatherHttp
    } else {
        Way::Socket
    }
}

impl<E: Message> Transport for OverSocket<E> {
    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Answer, Error>> {
        let core = &self.session.core;
        match (
            &core.transport,
            way(call.operation(), core.release.version()),
        ) {
            (Some(http), Way::Http | Way::RatherHttp) => http.send(call),
            (None, Way::Http) => Box::pin(ready(Err(cannot_carry(call, ONLY_HTTP)))),
            (Some(http), Way::Socket) => match core.pending.request(call) {
                Ok(request) => Box::pin(core.send_request(call, request)),
                Err(_) => http.send(call),
            },
            (None, _) => Box::pin(core.send_over_socket(call)),
        }
    }

    /// Fails, because a WebSocket cannot open another one. If there is an HTTP transport,
    /// connections use that to connect.
    fn connect<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(ready(Err(cannot_carry(call, ONLY_HTTP))))
    }

    fn close(&self) {
        let core = &self.session.core;
        // If Asterisk has opened the socket, the HTTP transport belongs to a client of its own,
        // which may serve other sessions.
        if let Some(http) = &core.transport
            && !core.names.are_learnt()
        {
            http.close();
        }
    }
}

/// The reason why the socket cannot carry operations that need HTTP.
const ONLY_HTTP: &str = "Asterisk does not do this over a WebSocket";

pub(super) fn cannot_carry(call: &Call, problem: &str) -> Error {
    Error::Configuration(format!(
        "{}: {problem}, and this session knows no HTTP address: nothing was sent; send it by a \
         client that `Client::builder` has made, or give the server one by `ServerBuilder::http`",
        call.operation()
    ))
}

impl<E> fmt::Debug for OverSocket<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OverSocket").field(&self.session).finish()
    }
}
