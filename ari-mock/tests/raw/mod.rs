//! Requests that are sent to the fake byte by byte.

use ari_test_support::{AUTHORIZATION, CREDENTIALS, connect_websocket, send_request};
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

/// Returns the address, and the path of ARI.
fn address(pbx: &ari_mock::Asterisk) -> (String, String) {
    let url = pbx.url();
    let address = url.trim_start_matches("http://");
    let (address, path) = address.split_once('/').expect("a path");
    (address.to_owned(), format!("/{path}"))
}

/// Sends a request, with a JSON body if `body` is not empty. Returns the status, and the body if it
/// is JSON.
pub(crate) async fn request(
    pbx: &ari_mock::Asterisk,
    method: &str,
    path: &str,
    body: &str,
) -> (u16, Value) {
    let (address, ari) = address(pbx);
    let line = format!("{method} {ari}/{path}");
    let headers = format!("{CREDENTIALS}Content-Type: application/json\r\n");
    let response = send_request(address, &line, &headers, body.as_bytes()).await;
    let response = response.expect("a response");
    (response.status, response.json())
}

/// Connects an application and returns its events.
pub(crate) async fn connect_events(
    pbx: &ari_mock::Asterisk,
    query: &str,
) -> mpsc::UnboundedReceiver<Value> {
    let (address, ari) = address(pbx);
    let target = format!("{ari}/events?{query}");
    let mut socket = connect_websocket(&address, &target, AUTHORIZATION).await;
    let (sender, arriving) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Text(text) = message {
                let _ = sender.send(serde_json::from_str(&text).unwrap());
            }
        }
    });
    arriving
}
