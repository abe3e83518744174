//! The far end: Asterisk, and other clients.

use std::net::SocketAddr;

use ari_test_support::{RawClient, within_limit};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::BASIC;

/// Sends bytes and returns everything that is received until the connection ends.
pub(crate) async fn exchange_raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut client = RawClient::connect(address).await;
    client.write(bytes).await;
    client.read_to_end().await
}

/// An Asterisk that has connected.
pub(crate) struct Asterisk<S = TcpStream> {
    pub(crate) socket: WebSocketStream<S>,
    application: String,
}

impl Asterisk {
    /// Connects as Asterisk does; returns the status of a refusal.
    pub(crate) async fn connect(
        address: SocketAddr,
        path: &str,
        application: &str,
    ) -> Result<Self, u16> {
        let stream = TcpStream::connect(address).await.expect("a connection");
        Self::over(stream, "ws", path, application).await
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Asterisk<S> {
    pub(crate) async fn over(
        stream: S,
        scheme: &str,
        path: &str,
        application: &str,
    ) -> Result<Self, u16> {
        let url = format!("{scheme}://localhost{path}");
        let mut request = url.into_client_request().expect("a request");
        let headers = request.headers_mut();
        headers.insert("Authorization", BASIC.parse().expect("a value"));
        headers.insert("Sec-WebSocket-Protocol", "ari".parse().expect("a value"));
        match tokio_tungstenite::client_async(request, stream).await {
            Ok((socket, response)) => {
                assert_eq!(response.headers()["Sec-WebSocket-Protocol"], "ari");
                assert!(!response.headers().contains_key("Sec-WebSocket-Extensions"));
                Ok(Asterisk {
                    socket,
                    application: application.to_owned(),
                })
            }
            Err(WsError::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("neither a WebSocket nor a response: {error}"),
        }
    }

    /// Sends an event with the base fields and these.
    pub(crate) async fn event(&mut self, kind: &str, fields: Value) {
        let mut event = json!({
            "type": kind,
            "application": self.application,
            "timestamp": "2026-11-23T01:08:51.332+0000",
            "asterisk_id": "02:00:00:00:00:01",
        });
        for (name, value) in fields.as_object().into_iter().flatten() {
            event[name] = value.clone();
        }
        let text = Message::text(event.to_string());
        self.socket.send(text).await.expect("sent");
    }

    pub(crate) async fn send_registered(&mut self) {
        self.event("ApplicationRegistered", json!({})).await;
        if self.application.contains(':') {
            self.list_objects(&[], &[]).await;
        }
    }

    /// Responds to the question which objects the application of a single call has already.
    pub(crate) async fn list_objects(&mut self, channels: &[&str], bridges: &[&str]) {
        let application = json!({
            "name": self.application,
            "channel_ids": channels,
            "bridge_ids": bridges,
            "endpoint_ids": [],
            "device_names": [],
        });
        let request = self.respond(200, &application.to_string()).await;
        let uri = request["uri"].as_str().unwrap_or_default();
        assert!(uri.starts_with("applications/"), "{uri}");
    }

    /// Returns the next request, after responding with this status and body.
    pub(crate) async fn respond(&mut self, status: u16, body: &str) -> Value {
        let request: Value = match self.next_message().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("no request but {other:?}"),
        };
        let response = json!({
            "request_id": request["request_id"],
            "transaction_id": request["transaction_id"],
            "status_code": status,
            "reason_phrase": "",
            "uri": request["uri"],
            "content_type": "application/json",
            "message_body": body,
        });
        self.event("RESTResponse", response).await;
        request
    }

    /// Returns the next message; `None` at the end.
    pub(crate) async fn next_message(&mut self) -> Option<Message> {
        let next = within_limit(self.socket.next()).await;
        next?.ok()
    }

    /// Returns the code with which the server closes; `None` if the connection just ends.
    pub(crate) async fn close_code(&mut self) -> Option<u16> {
        while let Some(message) = self.next_message().await {
            if let Message::Close(frame) = message {
                // Completes the handshake.
                let _ = self.socket.flush().await;
                return frame.map(|frame| frame.code.into());
            }
        }
        None
    }
}
