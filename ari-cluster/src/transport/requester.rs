//! Sending requests to a gateway: once, whatever the bus loses.

use std::time::Duration;

use ari_api::Error;
use ari_api::client::unique_id;
use ari_api::schema::{Operation, Version};
use ari_api::transport::{Request, Response};
use bytes::Bytes;
use tokio::time::{Instant, sleep, timeout_at};

use super::created::{Creation, creation};
use crate::bus::parts::{self, SendError};
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

/// The number of times that a large request is sent whose parts the gateway lacks, most likely because
/// another gateway has taken over.
const PART_ATTEMPTS: u32 = 3;

/// The limit of a request's size, in words.
const MAX_REQUEST: &str = "a request has 16 MiB at most";

/// The longest time for the parts of a request without a timeout.
const MAX_WAIT: Duration = Duration::from_secs(60);

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
        for _ in 0..PART_ATTEMPTS {
            let id = unique_id();
            if let Some(call) = call {
                let (target, generation) = (&creation.target, (&*call.call, call.generation));
                hooks::request_begun(&id, &self.server, target, &call.worker, generation);
            }
            let attempted = self.attempt(&id, request, &creation, right, epoch, call);
            let outcome = attempted.await.transpose();
            // The gateway refuses all copies of it, so that it is sent as a new one.
            let Some(outcome) = outcome else {
                hooks::request_ended(&id, &Err(self.parts_missing(request.operation())));
                continue;
            };
            hooks::request_ended(&id, &outcome);
            return outcome;
        }
        Err(self.parts_missing(request.operation()))
    }

    fn parts_missing(&self, operation: &'static Operation) -> Error {
        self.not_sent(operation, "parts of the request were lost")
    }

    /// Returns the error of a request whose parts were not sent. It was not executed.
    fn parts_not_sent(&self, operation: &'static Operation, error: &SendError) -> Error {
        match error {
            SendError::Bus(error @ (BusError::NotPermitted { .. } | BusError::TooLarge(_))) => {
                self.not_permitted(operation, error)
            }
            SendError::Refused(reason) if reason == refusal::TOO_LARGE => {
                self.not_permitted(operation, &BusError::TooLarge(MAX_REQUEST.to_owned()))
            }
            SendError::Refused(reason) if reason == refusal::BUSY => {
                self.not_sent(operation, "too many large requests arrive there")
            }
            error => self.not_sent(operation, error.to_string()),
        }
    }

    /// Sends a request until it has a response. `None` if the gateway lacks parts of it, and so has not
    /// executed it.
    async fn attempt(
        &self,
        id: &str,
        request: &Request,
        creation: &Creation,
        right: Right,
        epoch: &str,
        call: Option<&ForCall>,
    ) -> Result<Option<Response>, Error> {
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
        let (header, body) = match parts::fits(&*self.bus, &header, &body) {
            true => (header, body),
            false => {
                let packed = parts::pack(&header, &body);
                let sending = parts::send(&*self.bus, &subject, id, &packed);
                let far = || Instant::now() + MAX_WAIT;
                let sent = timeout_at(deadline.unwrap_or_else(far), sending).await;
                let sent =
                    sent.map_err(|_| self.not_sent(operation, "no time is left for its parts"))?;
                let header = sent.map_err(|error| self.parts_not_sent(operation, &error))?;
                (header, Bytes::new())
            }
        };
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
                        .response(operation, epoch, response, may_be_there)
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
        epoch: &str,
        message: Message,
        may_be_there: bool,
    ) -> Result<Option<Response>, Error> {
        let Some(header) = Header::parse(&message.header) else {
            return Err(self.unknown(operation, "it speaks another version of the protocol"));
        };
        if let Some(reason) = header.text(field::ERROR) {
            if reason == refusal::NO_PART {
                return Ok(None);
            }
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
        let place = (&*self.server, &*self.application, epoch);
        let part_subject = subject::control(verb::PART, place);
        let fetched = parts::fetch_body(&*self.bus, &part_subject, &message).await;
        let body = match fetched.transpose() {
            Ok(body) => body.unwrap_or(message.body),
            Err(problem) => return Err(self.unknown(operation, problem)),
        };
        Ok(Some(Response::new(status, body).with_version(version)))
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
}

/// Reads a version such as `22.10.1`.
pub(crate) fn parse_version(text: &str) -> Option<Version> {
    Version::from_server_header(&format!("Asterisk/{text}"))
}
