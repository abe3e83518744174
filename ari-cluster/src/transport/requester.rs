//! Sending requests to a gateway: once, whatever the bus loses.

use std::time::Duration;

use ari_api::Error;
use ari_api::client::unique_id;
use ari_api::schema::{Operation, Version};
use ari_api::transport::{Request, Response};
use bytes::{Bytes, BytesMut};
use tokio::time::{Instant, sleep};

use super::created::{Creation, creation};
use crate::bus::{BusError, Message, SharedBus};
use crate::hooks;
use crate::reader::who::who;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::refusal;
use crate::wire::subject::{self, Right};
use crate::wire::verb;

/// The time after which a request is sent again with the same id, in case that it or its response was
/// lost. The response may rightly take longer: the gateway then waits for it on.
const REPEAT: Duration = Duration::from_secs(2);

/// The time limit of asking a gateway if it lives, and the number of times that it may be silent.
pub(crate) const WHO_LIMIT: Duration = Duration::from_secs(1);
const MAX_SILENT: u32 = 3;

/// The reason of requests that count on an epoch that has ended.
const ENDED_EPOCH: &str = "it has lost its connection to Asterisk in the meantime";

/// The pause while the bus cannot be reached.
const DISCONNECTED_PAUSE: Duration = Duration::from_millis(250);

/// The call that a request is sent for.
#[derive(Clone, Debug)]
pub(crate) struct ForCall {
    pub(crate) call: String,
    pub(crate) generation: u64,
    pub(crate) worker: String,
}

/// A way to the gateway of one application of one server.
#[derive(Clone)]
pub(crate) struct Requester {
    pub(crate) bus: SharedBus,
    pub(crate) server: String,
    pub(crate) application: String,
}

/// The cause of a failure, with the server.
#[derive(Debug, thiserror::Error)]
#[error("the gateway of server {server:?}: {problem}")]
pub(crate) struct GatewayError {
    server: String,
    problem: String,
}

impl Requester {
    fn cause(&self, problem: impl Into<String>) -> Box<GatewayError> {
        Box::new(GatewayError {
            server: self.server.clone(),
            problem: problem.into(),
        })
    }

    pub(crate) fn not_sent(
        &self,
        operation: &'static Operation,
        problem: impl Into<String>,
    ) -> Error {
        Error::NotSent {
            operation,
            source: self.cause(problem),
        }
    }

    /// Returns the error of a request that NATS does not permit or take. Nothing was sent, and repeating
    /// it is of no use.
    pub(crate) fn not_permitted(&self, operation: &'static Operation, error: &BusError) -> Error {
        Error::InvalidConfig(format!(
            "{operation}: the gateway of server {:?}: {error}; nothing was sent",
            self.server
        ))
    }

    /// Returns the error of a request for which the gateway cannot be found.
    pub(crate) fn not_found(&self, operation: &'static Operation, error: &BusError) -> Error {
        match error {
            BusError::NoResponders(_) => {
                self.not_sent(operation, "there is none that is connected to Asterisk")
            }
            BusError::NotPermitted { .. } => self.not_permitted(operation, error),
            error => self.not_sent(operation, error.to_string()),
        }
    }

    fn unknown(&self, operation: &'static Operation, problem: impl Into<String>) -> Error {
        Error::OutcomeUnknown {
            operation,
            source: self.cause(problem),
        }
    }

    /// Sends a request that counts on an epoch, and waits for its response.
    pub(crate) async fn send(
        &self,
        request: &Request,
        right: Right,
        epoch: &str,
        call: Option<&ForCall>,
    ) -> Result<Response, Error> {
        self.send_creation(request, creation(request), right, epoch, call)
            .await
    }

    /// Sends a request for which the ids of new objects have been chosen.
    pub(crate) async fn send_creation(
        &self,
        request: &Request,
        creation: Creation,
        right: Right,
        epoch: &str,
        call: Option<&ForCall>,
    ) -> Result<Response, Error> {
        let id = unique_id();
        if let Some(call) = call {
            let (target, generation) = (&creation.target, (&*call.call, call.generation));
            hooks::request_begun(&id, &self.server, target, &call.worker, generation);
        }
        let outcome = self
            .attempt(&id, request, creation, right, epoch, call)
            .await;
        hooks::request_ended(&id, &outcome);
        outcome
    }

    async fn attempt(
        &self,
        id: &str,
        request: &Request,
        creation: Creation,
        right: Right,
        epoch: &str,
        call: Option<&ForCall>,
    ) -> Result<Response, Error> {
        let operation = request.operation();
        let mut header = HeaderWriter::new()
            .text(field::ID, id)
            .text(
                field::OPERATION,
                &format!("{}.{}", operation.resource, operation.nickname),
            )
            .text(field::TARGET, &creation.target)
            .text(field::EPOCH, epoch)
            .list(field::BINDS, &creation.objects);
        if let Some(context) = request.trace_context() {
            header = header.plain(field::TRACE_CONTEXT, context);
        }
        if let Some(call) = call {
            header = header
                .list(field::CALLS, &[&call.call])
                .plain(field::GENERATION, call.generation)
                .text(field::WORKER, &call.worker);
        }
        let header = header.finish();
        let path = creation.target.split('?').next().unwrap_or_default();
        let resource = path.split('/').nth(1).unwrap_or_default();
        let method = operation.method.as_str();
        let place = (&*self.server, &*self.application, epoch);
        let subject = subject::request(place, right, resource, method);
        let body = request.body().cloned().unwrap_or_default();
        let deadline = request.timeout().map(|limit| Instant::now() + limit);
        // The first attempt after which the gateway may have the request.
        let mut may_be_there = false;
        let mut silent = 0;
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let limit = left.unwrap_or(REPEAT).min(REPEAT);
            if limit.is_zero() {
                return Err(self.unknown(operation, "no response in time"));
            }
            let sending = self
                .bus
                .request(subject.clone(), header.clone(), body.clone(), limit);
            match sending.await {
                Ok(response) => {
                    return self
                        .response(operation, id, epoch, response, may_be_there)
                        .await;
                }
                Err(error @ BusError::NoResponders(_)) => {
                    return Err(match may_be_there {
                        false => self.not_sent(operation, error.to_string()),
                        true => self.unknown(operation, error.to_string()),
                    });
                }
                Err(BusError::TimedOut(_)) => {
                    may_be_there = true;
                    // A response may rightly take long, so ask if the gateway lives.
                    match who(&*self.bus, &self.server, Some(&self.application), WHO_LIMIT).await {
                        // The gateway of the request's epoch does not read any more, so that nobody
                        // responds, although NATS may not know yet that it is gone.
                        Ok(Some((_, current))) if current != epoch => {
                            return Err(self.unknown(operation, ENDED_EPOCH));
                        }
                        Ok(_) => silent = 0,
                        Err(error @ BusError::NotPermitted { .. }) => {
                            return Err(self.unknown(operation, error.to_string()));
                        }
                        Err(_) => silent += 1,
                    }
                    if silent >= MAX_SILENT {
                        return Err(self.unknown(operation, "it does not respond"));
                    }
                }
                Err(error @ (BusError::NotPermitted { .. } | BusError::TooLarge(_))) => {
                    return Err(self.not_permitted(operation, &error));
                }
                Err(BusError::Disconnected(reason)) => {
                    may_be_there = true;
                    silent += 1;
                    if silent >= MAX_SILENT {
                        return Err(self.unknown(operation, reason));
                    }
                    sleep(DISCONNECTED_PAUSE).await;
                }
            }
        }
    }

    async fn response(
        &self,
        operation: &'static Operation,
        id: &str,
        epoch: &str,
        message: Message,
        may_be_there: bool,
    ) -> Result<Response, Error> {
        let Some(header) = Header::parse(&message.header) else {
            return Err(self.unknown(operation, "it speaks another version of the protocol"));
        };
        if let Some(reason) = header.text(field::ERROR) {
            let text = String::from_utf8_lossy(&message.body);
            return Err(self.refused(operation, &reason, &text, may_be_there));
        }
        let status = header
            .number(field::STATUS)
            .and_then(|status| u16::try_from(status).ok());
        let Some(status) = status else {
            return Err(self.unknown(operation, "its response has no status"));
        };
        let version = header
            .text(field::VERSION)
            .and_then(|text| parse_version(&text));
        let body = match header.number(field::PARTS) {
            None => message.body,
            Some(parts) => self.fetch_parts(operation, id, epoch, parts).await?,
        };
        Ok(Response::new(status, body).with_version(version))
    }

    fn refused(
        &self,
        operation: &'static Operation,
        reason: &str,
        text: &str,
        may_be_there: bool,
    ) -> Error {
        let problem = match reason {
            refusal::NOT_OWNER => return Error::NotOwner { operation },
            refusal::STALE_EPOCH => ENDED_EPOCH,
            refusal::NO_READER => "it is not connected to Asterisk, or another gateway is",
            refusal::BUSY => "too many requests wait for Asterisk",
            refusal::DRAINING => "the server takes no new calls",
            refusal::NOT_PERMITTED => {
                return Error::InvalidConfig(format!(
                    "{operation}: the gateway of server {:?} does not permit this request with \
                     this right: nothing was sent",
                    self.server
                ));
            }
            refusal::TOO_LARGE => {
                return self.unknown(operation, "the body of the response is too large for it");
            }
            refusal::OUTCOME_UNKNOWN => return self.unknown(operation, text),
            refusal::NOT_SENT => text,
            other => other,
        };
        // A repeated request was perhaps executed in the epoch that has ended.
        let is_certain =
            !may_be_there || !matches!(reason, refusal::STALE_EPOCH | refusal::NO_READER);
        match is_certain {
            true => self.not_sent(operation, problem),
            false => self.unknown(operation, problem),
        }
    }

    /// Fetches the parts of a large body.
    async fn fetch_parts(
        &self,
        operation: &'static Operation,
        id: &str,
        epoch: &str,
        parts: u64,
    ) -> Result<Bytes, Error> {
        let place = (&*self.server, &*self.application, epoch);
        let subject = subject::control(verb::PART, place);
        let mut body = BytesMut::new();
        for part in 0..parts {
            let header = HeaderWriter::new()
                .text(field::ID, id)
                .plain(field::FROM, part)
                .finish();
            let mut attempts = 0;
            let message = loop {
                attempts += 1;
                let fetching =
                    self.bus
                        .request(subject.clone(), header.clone(), Bytes::new(), REPEAT);
                match fetching.await {
                    Ok(message) => break message,
                    Err(error) if attempts >= MAX_SILENT => {
                        return Err(self.unknown(operation, error.to_string()));
                    }
                    Err(_) => {}
                }
            };
            let header = Header::parse(&message.header);
            if header.is_none_or(|header| header.number(field::STATUS).is_none()) {
                return Err(self.unknown(operation, "a part of the response is missing"));
            }
            body.extend_from_slice(&message.body);
        }
        Ok(body.freeze())
    }
}

/// Reads a version such as `22.10.1`.
pub(crate) fn parse_version(text: &str) -> Option<Version> {
    Version::from_server_header(&format!("Asterisk/{text}"))
}
