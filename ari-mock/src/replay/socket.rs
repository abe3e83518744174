//! The WebSockets of a replay: events, and requests over them.

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::message::Message;
use super::state::{Shared, SocketTexts};
use crate::rest::{parse_pairs, split_list};
use crate::server::websocket;

/// Returns the applications of a query for a WebSocket.
pub(super) fn applications(query: &str) -> Vec<String> {
    let pairs = parse_pairs(query);
    let mut given = pairs.iter().filter(|(name, _)| name == "app");
    split_list(given.next_back().map_or("", |(_, value)| value))
}

/// Serves a WebSocket until the recording loses it or the program closes it.
pub(super) async fn serve<S>(shared: &Shared, mut texts: SocketTexts, stream: WebSocketStream<S>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let respond = |text: Utf8Bytes| async move { respond(shared, &text).await };
    websocket::serve(stream, &mut texts, respond).await;
    drop(texts);
    // The program may have ended.
    shared.update(|_| ());
}

/// Responds to a request over the WebSocket.
async fn respond(shared: &Shared, text: &str) -> Option<String> {
    let request: Value = serde_json::from_str(text).ok()?;
    let field = |key: &str| request[key].as_str().unwrap_or_default();
    if field("type") != "RESTRequest" {
        return None;
    }
    let uri = field("uri");
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let body = field("message_body");
    let mut message = Message::new(field("method"), path, query, body.as_bytes());
    for pair in request["query_strings"].as_array().into_iter().flatten() {
        let name = pair["name"].as_str().unwrap_or_default();
        message.add_parameter(name, pair["value"].clone());
    }
    let (status, body) = shared.respond(message).await?;
    let mut response = json!({
        "type": "RESTResponse",
        "transaction_id": request["transaction_id"],
        "request_id": request["request_id"],
        "status_code": status,
        "reason_phrase": "",
        "uri": path,
    });
    if !body.is_empty() {
        response["content_type"] = "application/json".into();
        response["message_body"] = String::from_utf8_lossy(&body).into();
    }
    Some(response.to_string())
}
