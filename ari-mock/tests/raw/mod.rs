//! A raw client that sends and returns data unchanged.

use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

/// The credentials `aritest:testme`.
const AUTHORIZATION: &str = "Basic YXJpdGVzdDp0ZXN0bWU=";

fn address(pbx: &ari_mock::Asterisk) -> String {
    let url = pbx.url();
    let address = url.trim_start_matches("http://");
    address.trim_end_matches("/ari").to_owned()
}

/// Sends a request, with a JSON body if `body` is not empty. Returns the status, and the body if it
/// is JSON.
pub(crate) async fn request(
    pbx: &ari_mock::Asterisk,
    method: &str,
    path: &str,
    body: &str,
) -> (u16, Value) {
    let mut stream = TcpStream::connect(address(pbx)).await.unwrap();
    let request = format!(
        "{method} /ari/{path} HTTP/1.1\r\nHost: pbx:8088\r\nConnection: close\r\n\
         Authorization: {AUTHORIZATION}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

/// Connects an application and returns its events.
pub(crate) async fn connect_events(
    pbx: &ari_mock::Asterisk,
    query: &str,
) -> mpsc::UnboundedReceiver<Value> {
    let url = format!("ws://{}/ari/events?{query}", address(pbx));
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("Authorization", AUTHORIZATION.parse().unwrap());
    let stream = TcpStream::connect(address(pbx)).await.unwrap();
    let connected = tokio_tungstenite::client_async(request, stream).await;
    let (mut socket, _) = connected.unwrap();
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
