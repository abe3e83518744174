//! Requests of the page to the server, which this process sends with its credentials.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use ari_api::Error;
use ari_api::operations::applications;
use ari_api::schema::{Method, Operation, ResponseType};
use ari_api::transport::{Request, Response};
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::http::request::Parts;
use serde::de::IgnoredAny;
use serde_json::json;

use super::body::ReplyBody;
use super::explorer::Explorer;
use super::reply::{ApiError, JSON, Reply, with_type};
use crate::{api_request, request};

/// The path below which the paths of ARI are.
const PREFIX: &str = "/api/ari";

/// Sends a request to the server, and returns the response.
pub(super) async fn respond(
    explorer: &Explorer,
    head: &Parts,
    body: Bytes,
) -> Result<Reply, ApiError> {
    let request = build(explorer, head, body)?;
    let began = Instant::now();
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    let sent_at = since_1970.unwrap_or_default().as_millis() as u64;
    let result = match explorer.connection.execute(&request).await {
        Ok(response) => pass_on(explorer, request.operation(), response).await,
        Err(error) => Err(error),
    };
    let result = match result {
        Ok(reply) => Ok(reply),
        Err(Error::Response(response)) if !(300..400).contains(&response.status) => {
            Ok(whole(response.status, response.body))
        }
        Err(Error::UnsupportedByRelease {
            refusal: Some(response),
            ..
        }) => Ok(whole(response.status, response.body)),
        Err(error) => Err(ApiError::from_server(error, &explorer.global)),
    };
    let status = match &result {
        Ok(reply) => reply.status(),
        Err(error) => error.status,
    };
    let target = request.path_and_query();
    explorer.hub.publish(&json!({
        "kind": "request",
        "method": request.method().as_str(),
        "path": target.split('?').next(),
        "status": status.as_u16(),
        "sentAt": sent_at,
        "milliseconds": began.elapsed().as_millis() as u64,
    }));
    result
}

/// Checks a request, and returns the one for the server.
fn build(explorer: &Explorer, head: &Parts, body: Bytes) -> Result<Request, ApiError> {
    let method = match head.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => return Err(ApiError::method_not_allowed("GET, POST, PUT, DELETE")),
    };
    if explorer.is_read_only && method != Method::Get {
        return Err(ApiError::read_only());
    }
    let target = head.uri.path_and_query().map_or("", |it| it.as_str());
    let target = target.strip_prefix(PREFIX).unwrap_or_default();
    if !target.starts_with('/') {
        return Err(ApiError::not_found(head.uri.path()));
    }
    request::check_path(target).map_err(|error| ApiError::bad_request(error.text))?;
    check_body(&head.headers, &body)?;
    let operation = api_request::find_operation(method, target);
    if operation.websocket_protocol.is_some() {
        return Err(ApiError::bad_request(
            "this operation opens a WebSocket, which the page has already: the tab Events shows the \
             events, and registers applications",
        ));
    }
    let body = (!body.is_empty()).then_some(body);
    Ok(Request::from_wire(operation, target, body))
}

/// Refuses bodies that are not JSON. Asterisk ignores them.
fn check_body(headers: &HeaderMap, body: &Bytes) -> Result<(), ApiError> {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let essence = kind.and_then(|kind| kind.split(|byte| *byte == b';').next());
    let is_json = essence.is_some_and(|it| it.trim_ascii().eq_ignore_ascii_case(JSON.as_bytes()));
    match body.is_empty() || is_json {
        true => Ok(()),
        false => Err(ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body must be JSON: send Content-Type: application/json",
        )),
    }
}

/// Returns a successful response. A download is passed on as it arrives.
async fn pass_on(
    explorer: &Explorer,
    operation: &Operation,
    mut response: Response,
) -> Result<Reply, Error> {
    if operation.response != ResponseType::Binary {
        let status = response.status;
        let body = response.body.bytes().await?;
        if *operation == applications::SUBSCRIBE {
            let description = serde_json::from_slice(&body).unwrap_or_default();
            explorer.own_objects.note_application(&description);
        }
        return Ok(whole(status, body));
    }
    let first = response.body.next().await.transpose()?;
    // Asterisk sends other formats as types that no browser plays.
    let kind = match first.as_ref().is_some_and(|it| it.starts_with(b"RIFF")) {
        true => "audio/wav",
        false => "application/octet-stream",
    };
    let body = ReplyBody::Download(first, response.body);
    Ok(with_type(status_code(response.status), kind, body))
}

/// Returns a response whose body has arrived.
fn whole(status: u16, body: Bytes) -> Reply {
    let kind = content_type(&body);
    with_type(status_code(status), kind, ReplyBody::full(body))
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY)
}

/// Returns the type of a body: JSON, or text that no browser takes for a page.
fn content_type(body: &[u8]) -> &'static str {
    match serde_json::from_slice::<IgnoredAny>(body) {
        Ok(_) => JSON,
        Err(_) => "text/plain; charset=utf-8",
    }
}
