//! A transport that records what passes through it.

use std::task::{Context, Poll, ready};

use ari_api::Error;
use ari_api::error::TransportError;
use ari_api::schema::{Operation, ResponseType};
use ari_api::transport::{
    BoxFuture, HttpTransport, IncomingFrame, OutgoingFrame, Request, Response, Transport, WebSocket,
};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::json::check_response;
use super::{record, record_event};
use crate::asterisk::Release;
use crate::observations::Observation;

#[derive(Debug)]
pub(super) struct RecordingTransport {
    http: HttpTransport,
    release: Release,
}

impl RecordingTransport {
    pub(super) fn new(http: HttpTransport, release: Release) -> Self {
        RecordingTransport { http, release }
    }

    /// Records a response, and returns it unchanged.
    async fn record(
        &self,
        operation: &'static Operation,
        response: Response,
    ) -> Result<Response, Error> {
        let Response {
            status, version, ..
        } = response;
        let location = response.location.clone();
        if let Some(version) = version {
            record(self.release, Observation::Version, &version.to_string());
        }
        let is_success = (200..300).contains(&status);
        if is_success && operation.response == ResponseType::Binary {
            let (release, name) = (self.release, name(operation));
            let body = response.body.inspect(move |piece| {
                if piece.as_ref().is_ok_and(|bytes| !bytes.is_empty()) {
                    record(release, Observation::Proven, &name);
                }
            });
            return Ok(Response::streaming(status, Box::pin(body)).with_version(version));
        }
        let body = response.body.bytes().await?;
        let observation = if is_success {
            let is_complete = match operation.response {
                ResponseType::Json(kind) => check_response(kind, &body),
                _ => body.is_empty(),
            };
            is_complete.then_some(Observation::Proven)
        } else {
            let refusal: Value = serde_json::from_slice(&body).unwrap_or_default();
            // If an object were missing, the message would name its kind.
            let is_unknown = matches!(
                (status, refusal["message"].as_str()),
                (404, Some("Resource not found")) | (405, Some("Invalid method"))
            );
            let lacks = version.is_some_and(|version| !operation.availability.includes(version));
            (is_unknown && lacks).then_some(Observation::Lacking)
        };
        if let Some(observation) = observation {
            record(self.release, observation, &name(operation));
        }
        let response = Response::new(status, body).with_version(version);
        Ok(response.with_location(location))
    }
}

/// Returns the name of an operation in the table.
pub(crate) fn name(operation: &Operation) -> String {
    format!("{}.{}", operation.resource, operation.nickname)
}

impl Transport for RecordingTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let response = self.http.send(request).await?;
            self.record(request.operation(), response).await
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let socket = self.http.connect(request).await?;
            let release = self.release;
            record(release, Observation::Proven, &name(request.operation()));
            Ok(Box::new(RecordingSocket { socket, release }) as Box<dyn WebSocket>)
        })
    }

    fn close(&self) {
        self.http.close();
    }
}

/// A WebSocket whose events are recorded.
struct RecordingSocket {
    socket: Box<dyn WebSocket>,
    release: Release,
}

impl WebSocket for RecordingSocket {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        let frame = ready!(self.socket.poll_receive(context));
        if let Some(Ok(IncomingFrame::Text(text))) = &frame {
            record_event(self.release, text);
        }
        Poll::Ready(frame)
    }

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        self.socket.send(frame)
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        self.socket.poll_flush(context)
    }
}
