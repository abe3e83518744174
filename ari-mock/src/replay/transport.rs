//! The transport that reaches a replay without sockets.

use std::fmt;
use std::sync::Arc;

use ari_api::Error;
use ari_api::transport::{
    BoxFuture, ReadOnlySocket, Request, Response, SocketMessage, Transport, WebSocket,
};
use futures_util::stream;

use super::message::Message;
use super::state::Shared;

/// A [`Transport`] to a [`Replay`](crate::Replay) in the same process.
#[derive(Clone)]
pub struct ReplayTransport {
    pub(super) shared: Arc<Shared>,
}

impl fmt::Debug for ReplayTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplayTransport")
    }
}

impl Transport for ReplayTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        let target = request.path_and_query();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let body = request.body().cloned().unwrap_or_default();
        let message = Message::new(request.method().as_str(), path, query, &body);
        Box::pin(async move {
            match self.shared.respond(message).await {
                Some((status, body)) => {
                    Ok(Response::new(status, body).with_version(self.shared.version))
                }
                None => Err(Error::OutcomeUnknown {
                    operation: request.operation(),
                    source: "the recording has no response".into(),
                }),
            }
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let target = request.path_and_query();
            let query = target.split_once('?').map_or("", |(_, query)| query);
            let applications = super::socket::applications(query);
            let mut texts = self.shared.connect(&applications);
            let messages = stream::poll_fn(move |context| {
                let text = texts.poll_recv(context);
                text.map(|text| text.map(|text| Ok(SocketMessage::Text(text))))
            });
            Ok(Box::new(ReadOnlySocket::new(messages)) as Box<dyn WebSocket>)
        })
    }
}
