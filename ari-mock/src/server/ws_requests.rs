//! REST requests over a WebSocket.

use ari_api::schema::Version;
use serde_json::Value;

use super::auth::Permissions;
use super::state::Server;
use crate::json::Object;
use crate::model::SocketId;
use crate::rest::{Body, IncomingRequest, RequestBody, Response, parse_pairs, read_body};

/// Returns whether a version supports REST requests over WebSockets.
pub(crate) fn is_supported(version: Version) -> bool {
    let since = match version.major {
        20 => Version::new(20, 14, 0),
        21 => Version::new(21, 9, 0),
        22 => Version::new(22, 4, 0),
        _ => Version::new(23, 0, 0),
    };
    version >= since
}

/// Responds to a request on behalf of the socket's first application.
pub(crate) async fn respond(
    server: &Server,
    socket: SocketId,
    rights: Permissions,
    app: &str,
    text: &str,
) {
    let request = serde_json::from_str::<Value>(text);
    let text = |name: &str| {
        let request = request.as_ref().ok();
        let value = request.and_then(|request| request.get(name));
        value.and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let uri = text("uri");
    let (path, _) = uri.split_once('?').unwrap_or((&uri, ""));
    let (reason, response) = match &request {
        Err(_) => {
            let response = Response::empty(400);
            (Some("Failed to parse request message JSON"), response)
        }
        Ok(request) => match parse_request(request) {
            Err(message) => (Some("Bad request"), Response::error(400, message)),
            Ok(incoming) => match rights.ensure_allowed(incoming.method) {
                Err(response) => (None, response),
                Ok(()) => (None, server.respond(incoming).await),
            },
        },
    };
    // Files cannot be sent over a WebSocket.
    let (reason, response) = match response.body {
        Body::Audio(..) => (Some("Not Acceptable.  Use HTTP GET"), Response::empty(406)),
        _ => (reason, response),
    };
    let phrase = reason.unwrap_or(response.reason_phrase());
    let body = match response.body {
        Body::Empty => None,
        Body::Json(json) => Some(("application/json", json.to_text())),
        Body::JsonText(text) | Body::Html(text) => Some(("application/json", text)),
        Body::Audio(..) => None,
    };
    let status = i64::from(response.status);
    let response = Object::new()
        .with("transaction_id", text("transaction_id"))
        .with("request_id", text("request_id"))
        .with("status_code", status)
        .with("reason_phrase", phrase)
        .with("uri", path)
        .with_some("content_type", body.as_ref().map(|(kind, _)| *kind))
        .with_some("message_body", body.map(|(_, text)| text));
    server.update(|pbx| pbx.send_response(app, socket, response));
}

fn parse_request(request: &Value) -> Result<IncomingRequest<'_>, &'static str> {
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    match text("type") {
        None => return Err("No 'type' property."),
        Some("RESTRequest") => {}
        Some(_) => return Err("Unknown request type."),
    }
    let uri = text("uri").filter(|uri| !uri.is_empty());
    let uri = uri.ok_or("Empty or missing 'uri' property.")?;
    let method = text("method");
    let method = method
        .filter(|name| matches!(*name, "GET" | "POST" | "PUT" | "DELETE" | "OPTIONS"))
        .ok_or("Unknown or missing 'method' property.")?;
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if path == "events" {
        return Err("Can't upgrade to websocket from a websocket");
    }
    let mut query = parse_pairs(query);
    if let Some(Value::Array(given)) = request.get("query_strings") {
        for pair in given {
            let text = |name: &str| pair.get(name).and_then(Value::as_str);
            let (Some(name), Some(value)) = (text("name"), text("value")) else {
                return Err("Unable to parse 'query_strings' array.");
            };
            query.push((name.to_owned(), value.to_owned()));
        }
    }
    let body = match text("message_body") {
        None => RequestBody::Empty,
        Some(body) => {
            let kind = text("content_type").ok_or("No 'content_type' for 'message_body'.")?;
            if !matches!(
                kind,
                "application/json" | "application/x-www-form-urlencoded"
            ) {
                return Err("Unknown 'content_type' for 'message_body'.");
            }
            match read_body(Some(kind), body.as_bytes()) {
                RequestBody::Invalid => {
                    return Err("Unable to parse 'message_body' as 'application/json'.");
                }
                given => given,
            }
        }
    };
    Ok(IncomingRequest {
        method,
        // A leading slash makes the first path segment empty.
        path,
        host: None,
        query,
        body,
    })
}
