//! HTTP and WebSocket byte by byte, for requests that a client would never send.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::asterisk::Asterisk;

/// The limit for a response.
const LIMIT: Duration = Duration::from_secs(30);

/// `aritest:testme` in base64.
pub(crate) const BASIC: &str = "Authorization: Basic YXJpdGVzdDp0ZXN0bWU=\r\n";

/// The response of a server.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl RawResponse {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A connection to a server's HTTP port.
pub(crate) struct RawConnection(BufReader<TcpStream>);

impl RawConnection {
    pub(crate) fn connect(server: &Asterisk) -> RawConnection {
        let stream = TcpStream::connect(("127.0.0.1", server.http_port())).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        RawConnection(BufReader::new(stream))
    }

    /// Sends a request as the user with all permissions; `headers` end in line breaks.
    pub(crate) fn request(&mut self, line: &str, headers: &str, body: &[u8]) -> RawResponse {
        let length = body.len();
        let headers = format!("{BASIC}{headers}Content-Length: {length}\r\n");
        self.exchange(line, &headers, body)
    }

    /// Sends a request that has exactly these headers, and `Host`.
    pub(crate) fn exchange(&mut self, line: &str, headers: &str, body: &[u8]) -> RawResponse {
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        self.write(&[head.as_bytes(), body].concat());
        self.read_response()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// Reads a response, whose length is in a header.
    fn read_response(&mut self) -> RawResponse {
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(rest) = line.strip_prefix("content-length:") {
                length = rest.trim().parse().unwrap();
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        let body = String::from_utf8(body).unwrap();
        RawResponse { status, body }
    }

    /// Requests the WebSocket of events at `target`, and returns the status.
    pub(crate) fn upgrade(&mut self, target: &str, headers: &str) -> u16 {
        let headers = format!(
            "{headers}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ari\r\n"
        );
        self.exchange(&format!("GET {target}"), &headers, b"")
            .status
    }

    /// Sends a text frame, after an upgrade.
    pub(crate) fn send(&mut self, text: &str) {
        // Final, text; masked, as a client's frames must be, with zeros, which change nothing.
        let mut frame = vec![0x81];
        match u16::try_from(text.len()).unwrap() {
            short @ 0..126 => frame.push(0x80 | u8::try_from(short).unwrap()),
            long => {
                frame.push(0x80 | 126);
                frame.extend(long.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.write(&frame);
    }

    /// Returns the next message with `"type": "RESTResponse"`.
    pub(crate) fn rest_response(&mut self) -> Value {
        loop {
            let text = self.frame().unwrap();
            let message: Value = serde_json::from_slice(&text).unwrap();
            if message["type"] == "RESTResponse" {
                return message;
            }
        }
    }

    fn frame(&mut self) -> io::Result<Vec<u8>> {
        let mut head = [0; 2];
        self.0.read_exact(&mut head)?;
        assert_eq!(head[0], 0x81, "a whole frame of text");
        let length = match head[1] {
            126 => {
                let mut length = [0; 2];
                self.0.read_exact(&mut length)?;
                u16::from_be_bytes(length).into()
            }
            127 => {
                let mut length = [0; 8];
                self.0.read_exact(&mut length)?;
                usize::try_from(u64::from_be_bytes(length)).unwrap()
            }
            short => short.into(),
        };
        let mut text = vec![0; length];
        self.0.read_exact(&mut text)?;
        Ok(text)
    }
}
