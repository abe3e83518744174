//! A client that sends and returns data unchanged, byte by byte.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpStream, ToSocketAddrs};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::frame::{self, opcode};
use crate::within_limit;

/// The `Authorization` header of the user `aritest` with the password `testme`.
pub const AUTHORIZATION: &str = "Basic YXJpdGVzdDp0ZXN0bWU=";

/// The same header as a line, with its end.
pub const CREDENTIALS: &str = "Authorization: Basic YXJpdGVzdDp0ZXN0bWU=\r\n";

/// A response as it arrived.
#[derive(Clone, Debug)]
pub struct RawResponse {
    /// The status.
    pub status: u16,
    /// The text after the status.
    pub reason: String,
    /// All lines before the body.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl RawResponse {
    /// Returns the value of a header. `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    /// Returns the body as text. Invalid UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the body as JSON; null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A connection to the HTTP port of a server.
pub struct RawClient(BufReader<TcpStream>);

impl RawClient {
    /// Connects to a server.
    pub async fn connect(address: impl ToSocketAddrs) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        RawClient(BufReader::new(stream))
    }

    /// Sends a request as the user with all permissions, and returns the response. `line` is the
    /// method and the target; `headers` are lines that end in line breaks.
    pub async fn request(&mut self, line: &str, headers: &str, body: &[u8]) -> RawResponse {
        let length = body.len();
        let headers = format!("{CREDENTIALS}{headers}Content-Length: {length}\r\n");
        self.exchange(line, &headers, body).await
    }

    /// Sends a request that has exactly these headers, and `Host`.
    pub async fn exchange(&mut self, line: &str, headers: &str, body: &[u8]) -> RawResponse {
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        self.write(&[head.as_bytes(), body].concat()).await;
        let response = within_limit(self.read_response()).await;
        response.expect("a response")
    }

    /// Sends these bytes.
    pub async fn write(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.expect("a server that reads");
    }

    /// Returns everything that arrives until the connection ends. Invalid UTF-8 is replaced.
    pub async fn read_to_end(&mut self) -> String {
        let mut bytes = Vec::new();
        let read = within_limit(self.0.read_to_end(&mut bytes)).await;
        read.expect("a connection that ends in order");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads a response; `None` if the connection ends before its head is complete.
    async fn read_response(&mut self) -> Option<RawResponse> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head).await.ok()? == 0 {
                return None;
            }
        }
        let mut words = head.lines().next()?.splitn(3, ' ').skip(1);
        let mut response = RawResponse {
            status: words.next()?.parse().ok()?,
            reason: words.next().unwrap_or_default().to_owned(),
            head,
            body: Vec::new(),
        };
        match response.header("content-length") {
            Some(length) => {
                // Shorter if the connection ends before: responses to HEAD have no body.
                let mut body = (&mut self.0).take(length.parse().ok()?);
                let _ = body.read_to_end(&mut response.body).await;
            }
            // Responses that have no body, although the connection stays open.
            None if matches!(response.status, 100..200 | 204 | 304) => {}
            None => {
                // The body ends with the connection, in whatever way.
                let _ = self.0.read_to_end(&mut response.body).await;
            }
        }
        Some(response)
    }

    /// Requests the WebSocket at `target`, and returns the response.
    pub async fn upgrade(&mut self, target: &str, headers: &str) -> RawResponse {
        let headers = format!(
            "{headers}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ari\r\n"
        );
        self.exchange(&format!("GET {target}"), &headers, b"").await
    }

    /// Sends a message of text, after an upgrade.
    pub async fn send_text(&mut self, text: &str) {
        let frame = frame::encode_masked(true, opcode::TEXT, text.as_bytes());
        self.write(&frame).await;
    }

    /// Returns the next message with `"type": "RESTResponse"`, after an upgrade.
    pub async fn next_rest_response(&mut self) -> Value {
        loop {
            let text = within_limit(self.next_text()).await;
            let message: Value = serde_json::from_slice(&text).expect("JSON");
            if message["type"] == "RESTResponse" {
                return message;
            }
        }
    }

    async fn next_text(&mut self) -> Vec<u8> {
        let end = "a connection that stays open";
        assert_eq!(self.0.read_u8().await.expect(end), 0x81, "a frame of text");
        let length = match self.0.read_u8().await.expect(end) {
            126 => self.0.read_u16().await.expect(end).into(),
            127 => self.0.read_u64().await.expect(end) as usize,
            short => short.into(),
        };
        let mut text = vec![0; length];
        self.0.read_exact(&mut text).await.expect(end);
        text
    }
}

/// Sends a request on a connection of its own, with exactly these headers, `Host`, `Connection` and
/// `Content-Length`. Returns the response; `None` if the server closes the connection without one.
pub async fn send_request(
    address: impl ToSocketAddrs,
    line: &str,
    headers: &str,
    body: &[u8],
) -> Option<RawResponse> {
    let mut client = RawClient::connect(address).await;
    let length = body.len();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\
         Content-Length: {length}\r\n\r\n"
    );
    // A server that refuses a body may close the connection before it has read all of it.
    let _ = client.0.write_all(&[head.as_bytes(), body].concat()).await;
    client.read_response().await
}

/// Opens the WebSocket at `target`, such as `/ari/events?app=a`.
///
/// # Panics
///
/// Panics if the server refuses it.
pub async fn connect_websocket(
    address: &str,
    target: &str,
    authorization: &str,
) -> WebSocketStream<TcpStream> {
    let request = format!("ws://{address}{target}").into_client_request();
    let mut request = request.expect("an address");
    let value = authorization.parse().expect("a header value");
    request.headers_mut().insert("Authorization", value);
    let stream = TcpStream::connect(address).await.expect("a connection");
    let connected = tokio_tungstenite::client_async(request, stream).await;
    connected.expect("a WebSocket").0
}
