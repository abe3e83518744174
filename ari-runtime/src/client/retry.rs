//! Sends requests again after failures, as [`RetryPolicy`](crate::client::RetryPolicy) describes.

use std::time::Duration;

use futures_lite::future;
use tokio::time::{Instant, sleep};

use crate::client::refused_object::object_to_create;
use crate::error::types::{Error, parse_message};
use crate::event::bindings::Bindings;
use crate::protocol::path;
use crate::request::builder::RequestBuilder;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::routing::router::Router;
use crate::schema::operation::Method;
use crate::session::retry_policy::Retries;
use crate::session::settings::Settings;
use crate::transport::request_span;
use crate::transport::transport_trait::Transport;

/// The timeout of the request for an object that an earlier attempt may have created.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

/// The certainty about an attempt that has failed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Failure {
    /// The server has not executed the request.
    NotExecuted,
    /// The server may have executed it.
    Unknown,
}

/// Sends a request, and sends it again as often as the policy and the budget of the client allow.
pub(super) async fn send(
    transport: &dyn Transport,
    router: &Router,
    settings: &Settings,
    request: &Request,
) -> Result<Response, Error> {
    match &settings.retries {
        None => request_span::send(transport, request).await,
        // Boxed, because its future is large and most clients do not need it.
        Some(retries) => {
            let limit = request.timeout().unwrap_or(settings.timeout);
            Box::pin(send_again(transport, router, retries, limit, request)).await
        }
    }
}

async fn send_again(
    transport: &dyn Transport,
    router: &Router,
    retries: &Retries,
    limit: Duration,
    request: &Request,
) -> Result<Response, Error> {
    let bindings = router.bindings;
    let begin = Instant::now();
    let left = || limit.saturating_sub(begin.elapsed());
    let mut closing = router.subscribe_closing();
    let (mut may_be_executed, mut is_repeated) = (false, false);
    retries.on_request();
    let mut result = request_span::send(transport, request).await;
    for attempt in 1.. {
        let Some(failure) = failure(&result) else {
            break;
        };
        may_be_executed |= failure == Failure::Unknown;
        let Some(delay) = retries.policy.delay_after(attempt) else {
            break;
        };
        let is_harmless = !may_be_executed || may_be_repeated(bindings, request);
        let is_closing = closing.has_changed().unwrap_or(true);
        if !is_harmless || is_closing || delay >= left() || !retries.take() {
            break;
        }
        #[cfg(feature = "client")]
        tracing::debug!(operation = %request.operation(), attempt, ?delay, "the request is sent again");
        let slept = async {
            sleep(delay).await;
            true
        };
        let closed = async {
            let _ = closing.changed().await;
            false
        };
        if !future::or(slept, closed).await {
            break;
        }
        let again = request.clone().with_timeout(left());
        let next = request_span::send_again(transport, &again, attempt).await;
        is_repeated = may_be_executed;
        // An earlier attempt may have been executed, which only its own error says.
        if !(may_be_executed && matches!(next, Err(Error::NotSent { .. }))) {
            result = next;
        }
    }
    if is_repeated && let Ok(response) = &result {
        let is_done = (200..300).contains(&response.status) && !response.body.as_bytes().is_empty();
        if !is_done && let Some(created) = find_created(transport, bindings, request).await {
            return Ok(created);
        }
    }
    result
}

/// Returns the kind of a failure after which a request may be sent again. `None` for a success, and
/// for failures that would be the same again.
fn failure(result: &Result<Response, Error>) -> Option<Failure> {
    match result {
        Err(Error::NotSent { .. }) => Some(Failure::NotExecuted),
        Err(Error::OutcomeUnknown { .. }) => Some(Failure::Unknown),
        Ok(response) => match response.status {
            // Asterisk has not finished starting. Proxies send the same status without its message,
            // some of them after they have passed the request on.
            503 if parse_message(response.body.as_bytes()).is_some() => Some(Failure::NotExecuted),
            502..=504 => Some(Failure::Unknown),
            _ => None,
        },
        Err(_) => None,
    }
}

/// Returns true if a second execution of a request changes nothing.
fn may_be_repeated(bindings: &Bindings, request: &Request) -> bool {
    let operation = request.operation();
    match (operation.method, operation.path) {
        (Method::Get, path) => {
            // Reading a function of the dialplan can change something, as `INC(x)` does.
            let is_variable = path.ends_with("/variable") || path.ends_with("/variables");
            let target = request.path_and_query();
            let is_function = target.contains('(') || target.contains("%28");
            operation.websocket_protocol.is_none() && !(is_variable && is_function)
        }
        // Asterisk counts how often an application has subscribed.
        (Method::Delete, path) => path != path::SUBSCRIPTION,
        (Method::Put, path) => path::ASSIGNMENTS.contains(&path),
        (Method::Post, path) => {
            path::CREATIONS.contains(&path) && object_to_create(bindings, request).is_some()
        }
        (Method::Patch, _) => false,
    }
}

/// Returns the object that an earlier attempt of a request has created, as the response to it.
async fn find_created(
    transport: &dyn Transport,
    bindings: &Bindings,
    request: &Request,
) -> Option<Response> {
    if request.operation().method != Method::Post {
        return None;
    }
    let object = object_to_create(bindings, request)?;
    let get = bindings.object_kind(&object.kind)?.get_operation?;
    let lookup = RequestBuilder::build_from_path(get, &[&object.id]).ok()?;
    let lookup = lookup
        .with_timeout(LOOKUP_TIMEOUT)
        .with_trace_context(request.trace_context());
    let found = request_span::send(transport, &lookup).await.ok()?;
    (found.status == 200).then_some(found)
}
