//! The items of a traffic file, and the lines that they are written as.

use std::fmt::Write as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;

use crate::traffic::redact::Redactor;

/// The version of the format.
pub(super) const FORMAT_VERSION: u64 = 1;

/// The maximum length of a line in bytes. Twice the maximum size of a message.
pub(super) const MAX_LINE_LENGTH: usize = 128 << 20;

/// An item of a traffic file. The [module](crate::traffic) describes the items and their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item {
    /// The first line.
    Start {
        /// The version of the format.
        version: u64,
        /// The name of the program.
        program: String,
    },
    /// A request.
    Request {
        /// The number of the request.
        request: u64,
        /// The server's address or name.
        server: String,
        /// The WebSocket over which it was sent. `None` for HTTP.
        socket: Option<u64>,
        /// The HTTP method.
        method: String,
        /// The path below `/ari`, percent-encoded, with a leading slash.
        path: String,
        /// The query, percent-encoded. Empty if there is none.
        query: String,
        /// The body. Empty if there is none.
        body: Bytes,
    },
    /// A response.
    Response {
        /// The number of the request.
        request: u64,
        /// The HTTP status.
        status: u16,
        /// The time since the request.
        took: Duration,
        /// The server's version, if the response has it.
        version: Option<String>,
        /// The target of a redirection.
        location: Option<String>,
        /// The body. Empty for binary ones.
        body: Bytes,
    },
    /// A request failed without a response.
    Failure {
        /// The number of the request.
        request: u64,
        /// The time since the request.
        took: Duration,
        /// The knowledge whether the request reached the server.
        sent: SentState,
        /// The error.
        error: String,
    },
    /// The program no longer waited for a response.
    Abandoned {
        /// The number of the request.
        request: u64,
        /// The time since the request.
        took: Duration,
    },
    /// A binary body has ended.
    Download {
        /// The number of the request.
        request: u64,
        /// The length of the body.
        bytes: u64,
        /// The SHA-1 hash of the body in hexadecimal.
        sha1: String,
        /// False if the body was not read to its end.
        complete: bool,
    },
    /// A WebSocket is open.
    Connected {
        /// The number of the WebSocket.
        socket: u64,
        /// The number of its request. `None` if the server has opened it.
        request: Option<u64>,
        /// The path and the query that the server has requested. `None` if the program has opened
        /// the WebSocket.
        path: Option<String>,
        /// The server's address or name.
        server: String,
        /// The names of the applications. Empty if the server has opened the WebSocket: its first
        /// messages name them.
        applications: Vec<String>,
        /// The time since the loss of the last WebSocket of these applications, if it was lost.
        gap: Option<Duration>,
    },
    /// A WebSocket is closed.
    Disconnected {
        /// The number of the WebSocket.
        socket: u64,
        /// The side that closed it.
        by: DisconnectCause,
        /// The reason, if one is known.
        reason: String,
    },
    /// A text message of the server.
    Event {
        /// The number of the WebSocket.
        socket: u64,
        /// The message.
        text: String,
    },
    /// A text message of the client that is not a request.
    Sent {
        /// The number of the WebSocket.
        socket: u64,
        /// The message.
        text: String,
    },
    /// A remark of the program.
    Note {
        /// The remark.
        text: String,
    },
    /// Lines are missing here.
    Lost {
        /// Their number.
        lines: u64,
    },
}

/// The knowledge whether a failed request reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SentState {
    /// Nothing was sent.
    NotSent,
    /// The server may have executed the request.
    Unknown,
}

impl SentState {
    /// Returns the name in a traffic file.
    pub fn as_str(self) -> &'static str {
        match self {
            SentState::NotSent => "no",
            SentState::Unknown => "unknown",
        }
    }
}

/// The side that closed a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisconnectCause {
    /// The program.
    Client,
    /// The server.
    Server,
    /// Neither: the connection broke.
    Error,
}

impl DisconnectCause {
    /// Returns the name in a traffic file.
    pub fn as_str(self) -> &'static str {
        match self {
            DisconnectCause::Client => "client",
            DisconnectCause::Server => "server",
            DisconnectCause::Error => "error",
        }
    }
}

impl Item {
    /// Returns an estimate of the memory that the item takes.
    pub(super) fn size(&self) -> usize {
        128 + match self {
            Item::Request { body, query, .. } => body.len() + query.len(),
            Item::Response { body, .. } => body.len(),
            Item::Event { text, .. } | Item::Sent { text, .. } => text.len(),
            _ => 0,
        }
    }

    /// Returns the line of the item without secrets. `value_is_secret` is true if the `value` in a
    /// response is a secret.
    pub(super) fn to_line(
        &self,
        at: Duration,
        time: &str,
        redactor: &Redactor,
        value_is_secret: bool,
    ) -> String {
        let mut line = LineBuilder::new(self.kind(), at, time);
        match self {
            Item::Start { version, program } => {
                line.number("version", *version);
                line.text("program", program);
            }
            Item::Request {
                request,
                server,
                socket,
                method,
                path,
                query,
                body,
            } => {
                line.number("request", *request);
                line.text("server", server);
                if let Some(socket) = socket {
                    line.number("socket", *socket);
                }
                line.text("method", method);
                line.text("path", path);
                if !query.is_empty() {
                    let target = redactor.target(&format!("?{query}"));
                    line.redacted("query", query, target.trim_start_matches('?'));
                }
                line.body(body, redactor, false);
            }
            Item::Response {
                request,
                status,
                took,
                version,
                location,
                body,
            } => {
                line.number("request", *request);
                line.number("status", u64::from(*status));
                line.duration("took", *took);
                if let Some(version) = version {
                    line.text("version", version);
                }
                if let Some(location) = location {
                    line.text("location", location);
                }
                line.body(body, redactor, value_is_secret);
            }
            Item::Failure {
                request,
                took,
                sent,
                error,
            } => {
                line.number("request", *request);
                line.duration("took", *took);
                line.text("sent", sent.as_str());
                line.text("error", error);
            }
            Item::Abandoned { request, took } => {
                line.number("request", *request);
                line.duration("took", *took);
            }
            Item::Download {
                request,
                bytes,
                sha1,
                complete,
            } => {
                line.number("request", *request);
                line.number("bytes", *bytes);
                line.text("sha1", sha1);
                line.json("complete", &Value::from(*complete));
            }
            Item::Connected {
                socket,
                request,
                path,
                server,
                applications,
                gap,
            } => {
                line.number("socket", *socket);
                if let Some(request) = request {
                    line.number("request", *request);
                }
                if let Some(path) = path {
                    line.redacted("path", path, &redactor.target(path));
                }
                line.text("server", server);
                line.json("applications", &Value::from(applications.clone()));
                if let Some(gap) = gap {
                    line.duration("gap", *gap);
                }
            }
            Item::Disconnected { socket, by, reason } => {
                line.number("socket", *socket);
                line.text("by", by.as_str());
                line.text("reason", reason);
            }
            Item::Event { socket, text } | Item::Sent { socket, text } => {
                line.number("socket", *socket);
                line.redacted("text", text, &redactor.body(text.as_bytes(), false));
            }
            Item::Note { text } => line.text("text", text),
            Item::Lost { lines } => line.number("lines", *lines),
        }
        line.finish()
    }

    fn kind(&self) -> &'static str {
        match self {
            Item::Start { .. } => "traffic",
            Item::Request { .. } => "request",
            Item::Response { .. } => "response",
            Item::Failure { .. } => "failure",
            Item::Abandoned { .. } => "abandoned",
            Item::Download { .. } => "download",
            Item::Connected { .. } => "connected",
            Item::Disconnected { .. } => "disconnected",
            Item::Event { .. } => "event",
            Item::Sent { .. } => "sent",
            Item::Note { .. } => "note",
            Item::Lost { .. } => "lost",
        }
    }

    /// Reads the item of a line. `None` if its kind is unknown.
    ///
    /// # Errors
    /// Returns the key that is missing or has another type.
    pub(super) fn from_json(line: &Value) -> Result<Option<Item>, &'static str> {
        let text = |key| line[key].as_str().map(str::to_owned).ok_or(key);
        let optional = |key: &str| line[key].as_str().map(str::to_owned);
        let number = |key| line[key].as_u64().ok_or(key);
        let duration = |key| line[key].as_u64().map(Duration::from_micros).ok_or(key);
        Ok(Some(match line["kind"].as_str().ok_or("kind")? {
            "traffic" => Item::Start {
                version: number("version")?,
                program: optional("program").unwrap_or_default(),
            },
            "request" => Item::Request {
                request: number("request")?,
                server: optional("server").unwrap_or_default(),
                socket: line["socket"].as_u64(),
                method: text("method")?,
                path: text("path")?,
                query: optional("query").unwrap_or_default(),
                body: read_body(line)?,
            },
            "response" => Item::Response {
                request: number("request")?,
                status: u16::try_from(number("status")?).map_err(|_| "status")?,
                took: duration("took")?,
                version: optional("version"),
                location: optional("location"),
                body: read_body(line)?,
            },
            "failure" => Item::Failure {
                request: number("request")?,
                took: duration("took")?,
                sent: match &*text("sent")? {
                    "no" => SentState::NotSent,
                    _ => SentState::Unknown,
                },
                error: text("error")?,
            },
            "abandoned" => Item::Abandoned {
                request: number("request")?,
                took: duration("took")?,
            },
            "download" => Item::Download {
                request: number("request")?,
                bytes: number("bytes")?,
                sha1: text("sha1")?,
                complete: line["complete"].as_bool().ok_or("complete")?,
            },
            "connected" => Item::Connected {
                socket: number("socket")?,
                request: line["request"].as_u64(),
                path: optional("path"),
                server: optional("server").unwrap_or_default(),
                applications: line["applications"]
                    .as_array()
                    .ok_or("applications")?
                    .iter()
                    .filter_map(|name| name.as_str().map(str::to_owned))
                    .collect(),
                gap: line["gap"].as_u64().map(Duration::from_micros),
            },
            "disconnected" => Item::Disconnected {
                socket: number("socket")?,
                by: match &*text("by")? {
                    "client" => DisconnectCause::Client,
                    "server" => DisconnectCause::Server,
                    _ => DisconnectCause::Error,
                },
                reason: optional("reason").unwrap_or_default(),
            },
            "event" => Item::Event {
                socket: number("socket")?,
                text: text("text")?,
            },
            "sent" => Item::Sent {
                socket: number("socket")?,
                text: text("text")?,
            },
            "note" => Item::Note {
                text: text("text")?,
            },
            "lost" => Item::Lost {
                lines: number("lines")?,
            },
            _ => return Ok(None),
        }))
    }
}

fn read_body(line: &Value) -> Result<Bytes, &'static str> {
    if let Some(text) = line["body_base64"].as_str() {
        let bytes = STANDARD.decode(text).map_err(|_| "body_base64")?;
        return Ok(bytes.into());
    }
    match &line["body"] {
        Value::Null => Ok(Bytes::new()),
        Value::String(text) => Ok(text.clone().into()),
        _ => Err("body"),
    }
}

/// A line, to which keys are added in the order of the documentation.
struct LineBuilder {
    text: String,
    is_redacted: bool,
}

impl LineBuilder {
    fn new(kind: &str, at: Duration, time: &str) -> Self {
        let mut line = LineBuilder {
            text: format!("{{\"kind\":\"{kind}\""),
            is_redacted: false,
        };
        line.duration("at", at);
        line.text("time", time);
        line
    }

    fn json(&mut self, key: &str, value: &Value) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, ",\"{key}\":{value}");
    }

    fn text(&mut self, key: &str, text: &str) {
        self.json(key, &Value::from(text));
    }

    fn number(&mut self, key: &str, number: u64) {
        self.json(key, &Value::from(number));
    }

    fn duration(&mut self, key: &str, duration: Duration) {
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.number(key, micros);
    }

    /// Adds a text, and notes whether it differs from the original.
    fn redacted(&mut self, key: &str, original: &str, text: &str) {
        self.is_redacted |= original != text;
        self.text(key, text);
    }

    fn body(&mut self, body: &Bytes, redactor: &Redactor, value_is_secret: bool) {
        if body.is_empty() {
            return;
        }
        let redacted = redactor.body(body, value_is_secret);
        match std::str::from_utf8(body) {
            Ok(original) => self.redacted("body", original, &redacted),
            Err(_) if redacted == String::from_utf8_lossy(body) => {
                self.text("body_base64", &STANDARD.encode(body));
            }
            Err(_) => self.redacted("body", "", &redacted),
        }
    }

    fn finish(mut self) -> String {
        if self.is_redacted {
            self.json("redacted", &Value::from(true));
        }
        self.text.push_str("}\n");
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_survive_their_lines() {
        let took = Duration::from_micros(1500);
        for item in [
            Item::Start {
                version: 1,
                program: "ari".to_owned(),
            },
            Item::Request {
                request: 1,
                server: "http://pbx".to_owned(),
                socket: Some(2),
                method: "POST".to_owned(),
                path: "/channels/a%2Fb/play".to_owned(),
                query: "media=sound%3Ax".to_owned(),
                body: Bytes::from_static(b"{\"a\":  1.0e5, \"a\": 2}"),
            },
            Item::Response {
                request: 1,
                status: 200,
                took,
                version: Some("22.5.0".to_owned()),
                location: Some("/x".to_owned()),
                body: Bytes::from_static(b"{\"name\": \"\xff\"}"),
            },
            Item::Failure {
                request: 1,
                took,
                sent: SentState::NotSent,
                error: "refused \u{1}".to_owned(),
            },
            Item::Abandoned { request: 1, took },
            Item::Download {
                request: 1,
                bytes: 3,
                sha1: "00".to_owned(),
                complete: true,
            },
            Item::Connected {
                socket: 1,
                request: Some(2),
                path: None,
                server: String::new(),
                applications: vec!["a".to_owned(), "b".to_owned()],
                gap: Some(took),
            },
            Item::Connected {
                socket: 1,
                request: None,
                path: Some("/calls?site=1".to_owned()),
                server: "pbx@10.0.0.1".to_owned(),
                applications: Vec::new(),
                gap: None,
            },
            Item::Disconnected {
                socket: 1,
                by: DisconnectCause::Server,
                reason: "x".to_owned(),
            },
            // Neither is JSON that a strict reader accepts.
            Item::Event {
                socket: 1,
                text: "{\"type\": \"X\", \"name\": \"\\ud800\"\u{2028} }\n".to_owned(),
            },
            Item::Sent {
                socket: 1,
                text: "{".to_owned(),
            },
            Item::Note {
                text: "n".to_owned(),
            },
            Item::Lost { lines: 3 },
        ] {
            let line = item.to_line(took, "now", &Redactor::default(), false);
            assert!(!line.contains("redacted"), "{line}");
            assert_eq!(line.matches('\n').count(), 1, "{line}");
            let value: Value = serde_json::from_str(&line).unwrap();
            assert_eq!(
                (&value["at"], &value["time"]),
                (&1500.into(), &"now".into())
            );
            assert_eq!(Item::from_json(&value), Ok(Some(item)));
        }
    }

    #[test]
    fn lines_contain_no_secrets() {
        let event = |text: &str| Item::Event {
            socket: 1,
            text: text.to_owned(),
        };
        let request = |query: &str, body: &'static str| Item::Request {
            request: 1,
            server: String::new(),
            socket: None,
            method: "POST".to_owned(),
            path: "/x".to_owned(),
            query: query.to_owned(),
            body: Bytes::from_static(body.as_bytes()),
        };
        let response = Item::Response {
            request: 1,
            status: 200,
            took: Duration::ZERO,
            version: None,
            location: None,
            body: Bytes::from_static(b"{\"value\":\"hunter2\"}"),
        };
        for item in [
            event(r#"{"type":"ChannelVarset","variable":"SIP_PASSWORD","value":"hunter2"}"#),
            event(r#"{"channel":{"channelvars":{"USER_PIN":"hunter2"}}}"#),
            event(r#"{"type":"ChannelVarset","variable":"MYPASS","value":"hunter2"}"#),
            event(r#"{"dialplan_app":"Set","dialplan_app_data":"AWS_KEY=hunter2"}"#),
            request("variable=AWS_KEY&value=hunter2", ""),
            request("", r#"{"variables":{"MYPASS":"hunter2"}}"#),
            event(r#"{"api_key":"hunter2""#),
            request("api_key=hunter2&app=x", ""),
            request("variable=PIN&value=hunter2", ""),
            request(
                "",
                r#"{"fields":[{"attribute":"password","value":"hunter2"}]}"#,
            ),
            response,
        ] {
            let line = item.to_line(Duration::ZERO, "", &Redactor::default(), true);
            assert!(!line.contains("hunter2"), "{line}");
            assert!(line.contains(",\"redacted\":true}"), "{line}");
        }
    }

    #[test]
    fn broken_lines_name_the_key() {
        for (line, expected) in [
            (r#"{"kind":"event","socket":1}"#, Err("text")),
            (
                r#"{"kind":"response","request":1,"status":70000,"took":1}"#,
                Err("status"),
            ),
            (
                r#"{"kind":"request","request":1,"method":"GET","path":"/","body":1}"#,
                Err("body"),
            ),
            (r#"{"kind":"later"}"#, Ok(None)),
            ("[]", Err("kind")),
        ] {
            let value: Value = serde_json::from_str(line).unwrap();
            assert_eq!(Item::from_json(&value), expected, "{line}");
        }
    }
}
