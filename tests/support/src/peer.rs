//! The server's end of a WebSocket.

use std::io::{BufReader, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

use crate::frame::{self, opcode};
use crate::wait::LIMIT;

/// The server's end of a WebSocket. It is closed when this is dropped.
pub struct Peer {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Peer {
    pub(crate) fn new(stream: TcpStream, reader: BufReader<TcpStream>) -> Self {
        Peer { stream, reader }
    }

    /// Returns the socket, for a test that writes and reads all frames itself.
    pub fn into_stream(self) -> TcpStream {
        assert!(
            self.reader.buffer().is_empty(),
            "frames of the client are lost"
        );
        self.stream
    }

    /// Sends these bytes without a frame.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("a client that reads");
    }

    /// Sends a message of text.
    pub fn send_text(&mut self, text: &str) {
        self.send_raw(&frame::encode(true, opcode::TEXT, text.as_bytes()));
    }

    /// Sends a message of bytes.
    pub fn send_binary(&mut self, bytes: &[u8]) {
        self.send_raw(&frame::encode(true, opcode::BINARY, bytes));
    }

    /// Sends an event.
    pub fn send_event(&mut self, event: &Value) {
        self.send_text(&event.to_string());
    }

    /// Sends a ping.
    pub fn send_ping(&mut self, payload: &[u8]) {
        self.send_raw(&frame::encode(true, opcode::PING, payload));
    }

    /// Returns the next frame from the client; `None` at the end of the connection, or if nothing
    /// arrives within this time.
    pub fn next_frame_within(&mut self, limit: Duration) -> Option<(u8, Vec<u8>)> {
        self.stream.set_read_timeout(Some(limit)).ok()?;
        frame::read_masked(&mut self.reader).ok()
    }

    /// Returns the next frame from the client; `None` at the end of the connection.
    pub fn next_frame(&mut self) -> Option<(u8, Vec<u8>)> {
        self.next_frame_within(LIMIT)
    }

    /// Returns the next request over the WebSocket. Responds to pings before it.
    pub fn next_request(&mut self) -> Value {
        loop {
            match self.next_frame().expect("a request") {
                (opcode::TEXT, text) => {
                    return serde_json::from_slice(&text).expect("JSON");
                }
                (opcode::PING, payload) => {
                    self.send_raw(&frame::encode(true, opcode::PONG, &payload));
                }
                (opcode, _) => panic!("a frame with opcode {opcode}"),
            }
        }
    }

    /// Sends the response to a request. It has no body if `body` is null.
    pub fn respond(&mut self, request: &Value, status: u16, body: &Value) {
        let mut response = json!({
            "type": "RESTResponse", "application": "a",
            "timestamp": "2026-11-23T01:08:51.332+0000",
            "transaction_id": "", "request_id": request["request_id"], "status_code": status,
            "reason_phrase": "So", "uri": "",
        });
        if !body.is_null() {
            response["content_type"] = "application/json".into();
            response["message_body"] = body.to_string().into();
        }
        self.send_event(&response);
    }

    /// Makes the system buffer little of the data that arrives and is not read.
    pub fn shrink_receive_buffer(&self) {
        let stream = self.stream.try_clone().expect("a socket");
        let socket = tokio::net::TcpSocket::from_std_stream(stream);
        socket.set_recv_buffer_size(16 * 1024).expect("a size");
    }

    /// Closes the WebSocket properly.
    pub fn close(mut self) {
        self.send_close();
        while self.next_frame().is_some() {}
    }

    /// Reads until the client closes, and completes the close.
    pub fn close_with_client(mut self) {
        while let Some((opcode, _)) = self.next_frame() {
            if opcode == opcode::CLOSE {
                return self.send_close();
            }
        }
    }

    /// Sends a close frame.
    pub fn send_close(&mut self) {
        self.send_raw(&frame::encode(true, opcode::CLOSE, &[]));
    }

    /// Closes the connection without a closing handshake.
    pub fn cut(self) {
        // Both halves are clones of one socket, whose end the client must receive.
        self.stream.shutdown(Shutdown::Both).ok();
    }

    /// Resets the connection, which notifies the client.
    pub fn reset(self) {
        let Peer { stream, reader } = self;
        drop(reader);
        let stream = tokio::net::TcpSocket::from_std_stream(stream);
        stream.set_zero_linger().expect("a socket");
    }
}
