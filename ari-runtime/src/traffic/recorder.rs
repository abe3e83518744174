//! The transport that records what passes through it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use sha1_smol::Sha1;
use tokio::time::Instant;

use crate::error::types::Error;
use crate::protocol::subprotocol;
use crate::request::untyped_request::Request;
use crate::response::body::{Response, ResponseBody};
use crate::schema::operation::ResponseType;
use crate::traffic::item::{Item, SentState};
use crate::traffic::log::TrafficLog;
use crate::traffic::socket::RecordingSocket;
use crate::transport::transport_trait::{BoxFuture, Transport};
use crate::transport::web_socket::WebSocket;

/// A [`Transport`] that passes everything on to another one, and writes requests, responses and
/// WebSocket messages to a [`TrafficLog`].
///
/// Several recorders can write to the same log, such as those of the servers of a fleet; `server`
/// distinguishes their lines.
#[derive(Debug)]
pub struct Recorder<T> {
    transport: T,
    server: String,
    log: TrafficLog,
}

impl<T: Transport> Recorder<T> {
    /// Wraps a transport. `server` is the address or name of its server. A user, a password and a
    /// query in an address are left out.
    pub fn new(transport: T, server: impl Into<String>, log: &TrafficLog) -> Self {
        Self::with_name(transport, without_secrets(&server.into()), log)
    }

    /// Wraps a transport to a server whose name contains no secrets.
    pub(crate) fn with_name(transport: T, server: String, log: &TrafficLog) -> Self {
        Recorder {
            transport,
            server,
            log: log.clone(),
        }
    }
}

/// Returns an address without user, password and query.
fn without_secrets(server: &str) -> String {
    let server = server.split(['?', '#']).next().unwrap_or_default();
    match server.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{host}{path}")
        }
        None => server.rsplit('@').next().unwrap_or_default().to_owned(),
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let exchange = Exchange::begin(&self.log, &self.server, request);
            match self.transport.send(request).await {
                Ok(response) => Ok(exchange.respond(request, response)),
                Err(error) => Err(exchange.fail(error)),
            }
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let exchange = Exchange::begin(&self.log, &self.server, request);
            let socket = match self.transport.connect(request).await {
                Ok(socket) => socket,
                Err(error) => return Err(exchange.fail(error)),
            };
            if request.operation().websocket_protocol == Some(subprotocol::MEDIA) {
                exchange.switch_protocols();
                return Ok(socket);
            }
            let applications = request.texts("app").into_iter().map(str::to_owned);
            let applications: Vec<String> = applications.collect();
            let server = self.server.clone();
            let id = exchange.switch_protocols();
            let socket = RecordingSocket::new(socket, &self.log, server, applications, id);
            Ok(Box::new(socket) as Box<dyn WebSocket>)
        })
    }

    fn close(&self) {
        self.transport.close();
    }

    fn server_address(&self) -> Option<(&str, u16)> {
        self.transport.server_address()
    }
}

/// A request whose response is awaited. Notes it as abandoned when dropped.
struct Exchange {
    log: TrafficLog,
    request: u64,
    began: Instant,
    is_done: bool,
}

impl Exchange {
    fn begin(log: &TrafficLog, server: &str, request: &Request) -> Self {
        let number = log.next_number();
        let target = request.path_and_query();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        log.write(Item::Request {
            request: number,
            server: server.to_owned(),
            socket: None,
            method: request.method().as_str().to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            body: request.body().cloned().unwrap_or_default(),
        });
        Exchange {
            log: log.clone(),
            request: number,
            began: Instant::now(),
            is_done: false,
        }
    }

    fn end(&mut self, item: Item) {
        self.is_done = true;
        self.log.write(item);
    }

    fn write_response(
        &mut self,
        status: u16,
        version: Option<String>,
        location: Option<String>,
        body: Bytes,
    ) {
        let (request, took) = (self.request, self.began.elapsed());
        self.end(Item::Response {
            request,
            status,
            took,
            version,
            location,
            body,
        });
    }

    /// Notes a response, and returns it.
    fn respond(mut self, request: &Request, response: Response) -> Response {
        let status = response.status;
        let is_binary =
            request.operation().response == ResponseType::Binary && (200..300).contains(&status);
        let body = match is_binary {
            true => Bytes::new(),
            false => Bytes::copy_from_slice(response.body.as_bytes()),
        };
        let version = response.version.map(|version| version.to_string());
        self.write_response(status, version, response.location.clone(), body);
        if !is_binary {
            return response;
        }
        let (version, location) = (response.version, response.location);
        let body = MeasuredBody {
            body: response.body,
            log: self.log.clone(),
            request: self.request,
            bytes: 0,
            sha1: Some(Sha1::new()),
        };
        Response::streaming(status, Box::pin(body))
            .with_version(version)
            .with_location(location)
    }

    /// Notes that a WebSocket is open, and returns the number of its request.
    fn switch_protocols(mut self) -> u64 {
        self.write_response(101, None, None, Bytes::new());
        self.request
    }

    /// Notes an error, and returns it.
    fn fail(mut self, error: Error) -> Error {
        match &error {
            Error::Response(refusal) => {
                let location = refusal.location.clone();
                self.write_response(refusal.status, None, location, refusal.body.clone());
            }
            other => {
                let (request, took) = (self.request, self.began.elapsed());
                let sent = match other {
                    Error::OutcomeUnknown { .. } => SentState::Unknown,
                    _ => SentState::NotSent,
                };
                self.end(Item::Failure {
                    request,
                    took,
                    sent,
                    error: other.to_string(),
                });
            }
        }
        error
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if !self.is_done {
            let (request, took) = (self.request, self.began.elapsed());
            self.end(Item::Abandoned { request, took });
        }
    }
}

/// A binary body whose length and hash are noted at its end.
struct MeasuredBody {
    body: ResponseBody,
    log: TrafficLog,
    request: u64,
    bytes: u64,
    /// `None` after the end.
    sha1: Option<Sha1>,
}

impl MeasuredBody {
    fn end(&mut self, complete: bool) {
        if let Some(sha1) = self.sha1.take() {
            self.log.write(Item::Download {
                request: self.request,
                bytes: self.bytes,
                sha1: sha1.digest().to_string(),
                complete,
            });
        }
    }
}

impl Stream for MeasuredBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(Pin::new(&mut self.body).poll_next(context));
        match &piece {
            Some(Ok(bytes)) => {
                self.bytes += bytes.len() as u64;
                if let Some(sha1) = &mut self.sha1 {
                    sha1.update(bytes);
                }
            }
            Some(Err(_)) => self.end(false),
            None => self.end(true),
        }
        Poll::Ready(piece)
    }
}

impl Drop for MeasuredBody {
    fn drop(&mut self) {
        self.end(false);
    }
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn addresses_are_recorded_without_credentials() {
        for (given, expected) in [
            ("http://pbx:8088/ari", "http://pbx:8088/ari"),
            ("http://u:p@pbx/ari/?api_key=u:p", "http://pbx/ari/"),
            ("https://u@pbx", "https://pbx"),
            ("pbx1", "pbx1"),
        ] {
            assert_eq!(without_secrets(given), expected);
        }
    }
}
