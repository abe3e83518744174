//! HTTP/1.1 for ARI and for the handshakes of WebSockets.

use std::io;
use std::sync::Arc;

use bytes::{Buf as _, BytesMut};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::ari::Ari;

/// A request.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    /// The parameters of the query and of the body.
    parameters: Vec<(String, String)>,
    body: Value,
    websocket_key: Option<String>,
}

impl Request {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.as_str())
            .or_else(|| self.body.get(name)?.as_str())
    }
}

pub(super) async fn serve(listener: TcpListener, ari: Arc<Ari>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve_connection(stream, ari.clone()));
    }
}

/// Responds to the requests of a connection, until one opens a WebSocket.
async fn serve_connection(mut stream: TcpStream, ari: Arc<Ari>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = BytesMut::new();
    loop {
        let request = read_request(&mut stream, &mut buffer).await?;
        if let Some(key) = &request.websocket_key {
            let protocol = match request.path.contains("/media/") {
                true => "Sec-WebSocket-Protocol: media\r\n",
                false => "",
            };
            let accept = derive_accept_key(key.as_bytes());
            let response = format!(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 {protocol}Sec-WebSocket-Accept: {accept}\r\n\r\n"
            );
            stream.write_all(response.as_bytes()).await?;
            let socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
            ari.serve_socket(&request.path, socket).await;
            return Ok(());
        }
        let (status, body) = ari.respond(&request).await;
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let response = format!(
            "HTTP/1.1 {status} -\r\nServer: Asterisk/22.10.1\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(response.as_bytes()).await?;
    }
}

async fn read_request(stream: &mut TcpStream, buffer: &mut BytesMut) -> io::Result<Request> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|it| it == b"\r\n\r\n") {
            break at + 4;
        }
        read_more(stream, buffer).await?;
    };
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    buffer.advance(end);
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let length = header("content-length").and_then(|it| it.parse().ok());
    let length = length.unwrap_or(0);
    while buffer.len() < length {
        read_more(stream, buffer).await?;
    }
    let body = buffer.split_to(length);
    let mut words = head.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    Ok(Request {
        method,
        path: decode(path),
        parameters: pairs
            .map(|(key, value)| (decode(key), decode(value)))
            .collect(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        websocket_key: header("sec-websocket-key"),
    })
}

async fn read_more(stream: &mut TcpStream, buffer: &mut BytesMut) -> io::Result<()> {
    match stream.read_buf(buffer).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}
