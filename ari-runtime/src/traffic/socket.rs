//! A WebSocket whose messages are recorded.

use std::collections::HashMap;
use std::task::{Context, Poll};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tokio::time::Instant;

use crate::error::types::TransportError;
use crate::protocol::event_type;
use crate::traffic::item::{DisconnectCause, Item};
use crate::traffic::log::TrafficLog;
use crate::transport::web_socket::{IncomingFrame, OutgoingFrame, WebSocket};

/// The characters that are encoded in queries: all but those that RFC 3986 does not reserve.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(crate) struct RecordingSocket {
    socket: Box<dyn WebSocket>,
    messages: MessageLog,
}

/// The recording of the messages of a socket.
struct MessageLog {
    log: TrafficLog,
    server: String,
    /// The names of the applications, which identify the socket when it is opened again. `None` if
    /// the server has opened it.
    key: Option<String>,
    number: u64,
    is_open: bool,
    /// Requests over this socket: their numbers and times by their ids.
    requests: HashMap<String, (u64, Instant)>,
}

impl RecordingSocket {
    /// Wraps a WebSocket that the request with the number `request` has opened.
    pub(super) fn new(
        socket: Box<dyn WebSocket>,
        log: &TrafficLog,
        server: String,
        applications: Vec<String>,
        request: u64,
    ) -> Self {
        let number = log.next_number();
        let key = format!("{server}\n{}", applications.join("\n"));
        log.write(Item::Connected {
            socket: number,
            request: Some(request),
            path: None,
            server: server.clone(),
            applications,
            gap: log.take_gap(&key),
        });
        Self::with_number(socket, log, server, number, Some(key))
    }

    /// Wraps a WebSocket that the server has opened with this path and query.
    #[cfg(feature = "server")]
    pub(crate) fn accepted(
        socket: Box<dyn WebSocket>,
        log: &TrafficLog,
        server: String,
        path: String,
    ) -> Self {
        let number = log.next_number();
        log.write(Item::Connected {
            socket: number,
            request: None,
            path: Some(path),
            server: server.clone(),
            applications: Vec::new(),
            gap: None,
        });
        Self::with_number(socket, log, server, number, None)
    }

    fn with_number(
        socket: Box<dyn WebSocket>,
        log: &TrafficLog,
        server: String,
        number: u64,
        key: Option<String>,
    ) -> Self {
        RecordingSocket {
            socket,
            messages: MessageLog {
                log: log.clone(),
                server,
                key,
                number,
                is_open: true,
                requests: HashMap::new(),
            },
        }
    }
}

impl WebSocket for RecordingSocket {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        let frame = self.socket.poll_receive(context);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => self.messages.receive(frame),
            Poll::Ready(Some(Err(error))) => self.messages.lose(&error.to_string()),
            Poll::Ready(None) => self.messages.close(""),
            Poll::Pending => {}
        }
        frame
    }

    fn send(&mut self, frame: OutgoingFrame) -> Result<(), TransportError> {
        self.messages.send(&frame);
        self.socket.send(frame)
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        let flushed = self.socket.poll_flush(context);
        if let Poll::Ready(Err(error)) = &flushed {
            self.messages.lose(&error.to_string());
        }
        flushed
    }
}

impl MessageLog {
    fn receive(&mut self, frame: &IncomingFrame<'_>) {
        match frame {
            IncomingFrame::Text(text) => {
                let item = self.read_response(text).unwrap_or_else(|| Item::Event {
                    socket: self.number,
                    text: (*text).to_owned(),
                });
                self.log.write(item);
            }
            IncomingFrame::Close(Some((code, reason))) => {
                self.close(format!("{code} {reason}").trim_end());
            }
            IncomingFrame::Close(None) => self.close(""),
            IncomingFrame::End => self.end(DisconnectCause::Server, "end of the session"),
            IncomingFrame::Heartbeat | IncomingFrame::Binary(_) => {}
        }
    }

    fn send(&mut self, frame: &OutgoingFrame) {
        match frame {
            OutgoingFrame::Text(text) => {
                let item = self.read_request(text).unwrap_or_else(|| Item::Sent {
                    socket: self.number,
                    text: text.clone(),
                });
                self.log.write(item);
            }
            OutgoingFrame::Close => self.end(DisconnectCause::Client, ""),
            OutgoingFrame::Binary(_) | OutgoingFrame::Ping => {}
        }
    }

    /// Returns the request that a message is.
    fn read_request(&mut self, text: &str) -> Option<Item> {
        let message: Value = serde_json::from_str(text).ok()?;
        if message["type"] != event_type::REST_REQUEST {
            return None;
        }
        let field = |key: &str| message[key].as_str().unwrap_or_default();
        let uri = field("uri");
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let mut query = query.to_owned();
        for pair in message["query_strings"].as_array().into_iter().flatten() {
            let text = |key: &str| pair[key].as_str().unwrap_or_default();
            if !query.is_empty() {
                query.push('&');
            }
            query.extend(utf8_percent_encode(text("name"), ENCODED));
            query.push('=');
            query.extend(utf8_percent_encode(text("value"), ENCODED));
        }
        let request = self.log.next_number();
        let id = field("request_id").to_owned();
        self.requests.insert(id, (request, Instant::now()));
        Some(Item::Request {
            request,
            server: self.server.clone(),
            socket: Some(self.number),
            method: field("method").to_owned(),
            path: format!("/{}", path.trim_start_matches('/')),
            query,
            body: field("message_body").to_owned().into(),
        })
    }

    /// Returns the response that a message is.
    fn read_response(&mut self, text: &str) -> Option<Item> {
        if self.requests.is_empty() || !text.contains(event_type::REST_RESPONSE) {
            return None;
        }
        let message: Value = serde_json::from_str(text).ok()?;
        if message["type"] != event_type::REST_RESPONSE {
            return None;
        }
        let status = u16::try_from(message["status_code"].as_u64()?).ok()?;
        let (request, began) = self.requests.remove(message["request_id"].as_str()?)?;
        let body = message["message_body"].as_str().unwrap_or_default();
        Some(Item::Response {
            request,
            status,
            took: began.elapsed(),
            version: None,
            location: None,
            body: body.to_owned().into(),
        })
    }

    fn close(&mut self, reason: &str) {
        self.note_loss();
        self.end(DisconnectCause::Server, reason);
    }

    fn lose(&mut self, reason: &str) {
        self.note_loss();
        self.end(DisconnectCause::Error, reason);
    }

    fn note_loss(&self) {
        if let (true, Some(key)) = (self.is_open, &self.key) {
            self.log.note_loss(key.clone());
        }
    }

    /// Notes the end, once.
    fn end(&mut self, by: DisconnectCause, reason: &str) {
        if std::mem::take(&mut self.is_open) {
            self.log.write(Item::Disconnected {
                socket: self.number,
                by,
                reason: reason.to_owned(),
            });
        }
    }
}

impl Drop for MessageLog {
    fn drop(&mut self) {
        self.end(DisconnectCause::Client, "");
    }
}
