//! The requests that arrive on the bus.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use ari_api::Error;
use ari_api::operations::OPERATIONS;
use ari_api::schema::{Method, Operation};
use ari_api::transport::{Request, Response};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::answered::Reply;
use super::fence::{Admission, Admitted, refuse, trace_context};
use super::large_messages::Arrival;

use super::shared::Shared;
use crate::bus::{Message, Subscription, respond};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::refusal;

/// The maximum number of requests that wait for Asterisk.
const MAX_WAITING: usize = 1000;

/// The requests that have to be executed in their order.
#[derive(Default)]
pub(super) struct Turns {
    /// The end of the last request of each call that others must not overtake.
    last: HashMap<String, oneshot::Receiver<()>>,
    /// The number of calls at which those that have ended are removed.
    limit: usize,
}

impl Turns {
    /// Returns the end of the request that is to be waited for, and the end of this one.
    fn take(&mut self, call: &str) -> (Option<oneshot::Receiver<()>>, oneshot::Sender<()>) {
        if self.last.len() > self.limit {
            let is_open = |error| error == oneshot::error::TryRecvError::Empty;
            self.last
                .retain(|_, ended| ended.try_recv().is_err_and(is_open));
            self.limit = (2 * self.last.len()).max(64);
        }
        let (end, ended) = oneshot::channel();
        (self.last.insert(call.to_owned(), ended), end)
    }
}

/// Executes the requests of an epoch.
pub(super) async fn serve(shared: Arc<Shared>, mut messages: Subscription) {
    let mut turns = Turns::default();
    while let Some(message) = messages.next().await {
        let (admission, message) = match shared.receive(message) {
            Arrival::Whole(message) => {
                let admission = shared.update(|state, now| state.admit(&message, now));
                (admission, message)
            }
            Arrival::Part => continue,
            Arrival::Incomplete(message) => {
                let admission = shared.update(|state, now| state.refuse_incomplete(&message, now));
                (admission, message)
            }
        };
        let admitted = match admission {
            Admission::Execute(admitted) => admitted,
            Admission::Pending | Admission::Ignore => continue,
            Admission::Refuse(reply) => {
                log_refusal(&shared, &message, &reply);
                respond(&*shared.bus, &message, reply.header, reply.body);
                continue;
            }
            Admission::Repeat(reply) => {
                respond(&*shared.bus, &message, reply.header, reply.body);
                continue;
            }
        };
        if shared.under_way.load(Ordering::Relaxed) >= MAX_WAITING + shared.settings.max_requests {
            let reply = refuse(refusal::BUSY, None);
            finish(&shared, &admitted, Ended::NotSent, reply);
            continue;
        }
        let operation = find_operation(&admitted);
        let in_order = operation.method != Method::Get && !operation.blocks_channel_queue;
        let turn = admitted.call.as_deref().filter(|_| in_order);
        let turn = turn.map(|call| turns.take(call)).unzip();
        let executing = shared.clone();
        shared.execute(Box::pin(async move {
            let _under_way = executing.count_request();
            if let Some(earlier) = turn.0.flatten() {
                // An error means that it has ended, too.
                let _ = earlier.await;
            }
            execute(&executing, operation, &admitted).await;
            drop(turn.1);
        }));
    }
}

/// Returns the operation of a request. A request that is not in the table, such as one for a resource
/// of one's own, is known by its method alone.
fn find_operation(request: &Admitted) -> &'static Operation {
    let name = request.operation.split_once('.').unwrap_or_default();
    let mut known = OPERATIONS.iter().copied();
    let found = known.find(|operation| {
        (operation.resource, operation.nickname) == name
            && operation.method.as_str() == request.method
    });
    found.unwrap_or_else(|| other_operation(&request.method))
}

fn other_operation(method: &str) -> &'static Operation {
    let mut known = OPERATIONS.iter().copied();
    // The gateway uses the method alone.
    known
        .find(|operation| operation.method.as_str() == method)
        .unwrap_or(OPERATIONS[0])
}

async fn execute(shared: &Shared, operation: &'static Operation, admitted: &Admitted) {
    // Never closed.
    let _permit = shared.permits.acquire().await;
    let request = Request::from_wire(operation, admitted.target.clone(), admitted.body.clone())
        .with_trace_context(admitted.trace_context);
    let sent = Instant::now();
    let outcome = shared.asterisk.send(&request).await;
    log_outcome(shared, admitted, &outcome);
    shared.update(|state, now| state.tally.counted.request_time += now - sent);
    let (status, reply) = match outcome {
        Ok(response) => {
            shared.learn_version(response.version);
            let (status, version) = (response.status, response.version);
            match response.body.bytes().await {
                Ok(body) => {
                    let mut header = HeaderWriter::new().plain(field::STATUS, status);
                    if let Some(version) = version {
                        header = header.text(field::VERSION, &version.to_string());
                    }
                    (Some(status), shared.fit(&admitted.id, header, body))
                }
                Err(error) => (None, failure(refusal::OUTCOME_UNKNOWN, &error)),
            }
        }
        // Nothing has happened, so that nothing is bound.
        Err(error @ Error::NotSent { .. }) => {
            let reply = failure(refusal::NOT_SENT, &error);
            finish(shared, admitted, Ended::NotSent, reply);
            return;
        }
        Err(error) => (None, failure(refusal::OUTCOME_UNKNOWN, &error)),
    };
    finish(shared, admitted, Ended::Sent(status), reply);
}

/// Logs a request that was sent to Asterisk, or was to be.
fn log_outcome(shared: &Shared, admitted: &Admitted, outcome: &Result<Response, Error>) {
    tracing::debug!(
        server = shared.settings.server,
        application = shared.application,
        operation = admitted.operation,
        call = admitted.call,
        traceparent = admitted.trace_context.map(tracing::field::display),
        status = outcome.as_ref().ok().map(|response| response.status),
        error = outcome.as_ref().err().map(tracing::field::display),
        "executed a request"
    );
}

/// Logs a request that was refused.
fn log_refusal(shared: &Shared, message: &Message, reply: &Reply) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let request = Header::parse(&message.header);
    let text = |name| request.and_then(|header| header.text(name));
    let reason = Header::parse(&reply.header).and_then(|header| header.text(field::ERROR));
    tracing::debug!(
        server = shared.settings.server,
        application = shared.application,
        operation = text(field::OPERATION).as_deref(),
        worker = text(field::WORKER).as_deref(),
        traceparent = trace_context(&message.header).map(tracing::field::display),
        reason = reason.as_deref(),
        "refused a request"
    );
}

/// The end of a request that was to be executed.
enum Ended {
    /// It was sent to Asterisk. The status is that of the response, if one came.
    Sent(Option<u16>),
    /// Nothing was sent to Asterisk.
    NotSent,
}

/// Records a response and sends it.
fn finish(shared: &Shared, admitted: &Admitted, ended: Ended, reply: Reply) {
    let mut to = None;
    shared.step(|state, now| {
        let (subject, actions) = match ended {
            Ended::Sent(status) => state.finish(admitted, status, &reply, now),
            Ended::NotSent => state.finish_unsent(admitted, &reply, now),
        };
        to = subject;
        actions
    });
    if let Some(to) = to {
        shared.bus.publish(&to, reply.header, reply.body);
    }
}

fn failure(reason: &str, error: &Error) -> Reply {
    Reply {
        header: HeaderWriter::new().plain(field::ERROR, reason).finish(),
        body: Bytes::from(error.to_string()),
    }
}
