//! A raw client of one server, fake or real, that records all responses and events.

use std::collections::BTreeMap;
use std::time::Duration;

use ari_test_support::{AUTHORIZATION, connect_websocket, send_request};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use super::allowed_differences::{self, AllowedDifference};
use super::observed::{ObservedEvent, Transcript, event_object_id, reduce};
use super::phones::{PHONES, PhoneSource};
use crate::asterisk::Release;

/// The time after which a request counts as one that the server leaves without a response, and an
/// event as one that it does not send. Real servers do both.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);
/// The time without events after which a scenario is over.
const QUIET_TIMEOUT: Duration = Duration::from_millis(400);

pub(crate) struct Probe {
    port: u16,
    sender: mpsc::UnboundedSender<(String, Value)>,
    arriving: mpsc::UnboundedReceiver<(String, Value)>,
    sockets: BTreeMap<String, mpsc::UnboundedSender<String>>,
    transcript: Transcript,
    /// Differences that are allowed in this scenario only.
    allowed_differences: Vec<&'static AllowedDifference>,
    pub(crate) release: Release,
    pub(crate) phones: PhoneSource,
    /// The ids of channels that the server has chosen, and their names in the transcript.
    names: Vec<(String, String)>,
    /// The last values of the variables that a bridge sets on its channels.
    bridge_variables: BTreeMap<(String, String), String>,
}

impl Probe {
    pub(crate) fn new(port: u16, release: Release, phones: PhoneSource) -> Self {
        let (sender, arriving) = mpsc::unbounded_channel();
        Probe {
            port,
            sender,
            arriving,
            sockets: BTreeMap::new(),
            transcript: Transcript::default(),
            allowed_differences: Vec::new(),
            release,
            phones,
            names: Vec::new(),
            bridge_variables: BTreeMap::new(),
        }
    }

    /// Returns whether the server has the features of newer releases: requests over a WebSocket and
    /// call broadcasts.
    pub(crate) fn is_newer(&self) -> bool {
        self.release != Release::V16
    }

    /// Allows a difference in all later events.
    pub(crate) fn allow(&mut self, known: &'static AllowedDifference) {
        self.allowed_differences.push(known);
    }

    /// Waits until an application of an earlier scenario no longer exists. Otherwise it could
    /// vanish together with its former socket in the instant in which a new one opens.
    pub(crate) async fn wait_until_removed(&self, app: &str) {
        let target = format!("/ari/applications/{app}");
        for _ in 0..50 {
            let (status, _) = self.exchange("GET", &target, None, AUTHORIZATION).await;
            if status == 404 {
                return;
            }
            self.pause(20).await;
        }
    }

    fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Opens a WebSocket for one or more applications.
    pub(crate) async fn connect(&mut self, name: &str, query: &str) {
        self.connect_as(name, AUTHORIZATION, query).await;
    }

    pub(crate) async fn connect_as(&mut self, name: &str, authorization: &str, query: &str) {
        let target = format!("/ari/events?{query}");
        let mut socket = connect_websocket(&self.address(), &target, authorization).await;
        let (outgoing, mut texts) = mpsc::unbounded_channel::<String>();
        self.sockets.insert(name.to_owned(), outgoing);
        let sender = self.sender.clone();
        let name = name.to_owned();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    text = texts.recv() => match text {
                        Some(text) => {
                            use futures_util::SinkExt as _;
                            socket.send(Message::text(text)).await.unwrap();
                        }
                        None => return,
                    },
                    message = socket.next() => match message {
                        Some(Ok(Message::Text(text))) => {
                            let event = serde_json::from_str(&text).unwrap();
                            let _ = sender.send((name.clone(), event));
                        }
                        Some(Ok(_)) => {}
                        _ => return,
                    },
                }
            }
        });
    }

    pub(crate) fn send(&self, socket: &str, text: &str) {
        self.sockets[socket].send(text.to_owned()).unwrap();
    }

    pub(crate) fn is_connected(&self, socket: &str) -> bool {
        self.sockets.contains_key(socket)
    }

    pub(crate) fn close(&mut self, socket: &str) {
        self.sockets.remove(socket);
    }

    /// Sends a request and records the response.
    pub(crate) async fn request(&mut self, method: &str, target: &str) -> Value {
        self.request_with(method, target, None).await
    }

    pub(crate) async fn request_json(&mut self, method: &str, target: &str, body: Value) -> Value {
        let body = body.to_string();
        self.request_with(method, target, Some(("application/json", &body)))
            .await
    }

    pub(crate) async fn request_with(
        &mut self,
        method: &str,
        target: &str,
        body: Option<(&str, &str)>,
    ) -> Value {
        let sent = self.with_ids(target);
        let (status, mut value) = self.exchange(method, &sent, body, AUTHORIZATION).await;
        self.replace_ids(&mut value);
        self.record(method, target, body, status, &value);
        value
    }

    pub(crate) async fn request_as(&mut self, authorization: &str, method: &str, target: &str) {
        let (status, value) = self.exchange(method, target, None, authorization).await;
        self.record(method, target, None, status, &value);
    }

    fn record(
        &mut self,
        method: &str,
        target: &str,
        body: Option<(&str, &str)>,
        status: u16,
        value: &Value,
    ) {
        let mut shape = reduce(value);
        allowed_differences::reduce_response(&mut shape);
        let body = body.map(|(_, body)| body).unwrap_or_default();
        self.transcript
            .responses
            .push(format!("{method} {target} {body} → {status} {shape}"));
    }

    /// Returns the status of the response, and its body as JSON. For a body of another type, it
    /// returns the type.
    pub(crate) async fn exchange(
        &self,
        method: &str,
        target: &str,
        body: Option<(&str, &str)>,
        authorization: &str,
    ) -> (u16, Value) {
        let (kind, body) = body.unwrap_or_default();
        let kind = match kind {
            "" => String::new(),
            kind => format!("Content-Type: {kind}\r\n"),
        };
        let line = format!("{method} {target}");
        let headers = format!("Authorization: {authorization}\r\n{kind}");
        let sent = send_request(self.address(), &line, &headers, body.as_bytes());
        let response = match timeout(RESPONSE_TIMEOUT, sent).await {
            Ok(Some(response)) => response,
            Ok(None) => return (0, Value::Null),
            Err(_) => return (0, json!({"message": "no response in time"})),
        };
        let status = response.status;
        let mut value = serde_json::from_slice(&response.body).unwrap_or_else(|_| {
            match response.body.is_empty() {
                true => Value::Null,
                false => json!({"content_type": response.header("content-type")}),
            }
        });
        if let (400.., Some(value)) = (status, value.as_object_mut()) {
            value.insert("reason_phrase".into(), response.reason.as_str().into());
        }
        for name in ["allow", "location"] {
            if let (Some(found), Some(value)) = (response.header(name), value.as_object_mut()) {
                value.insert("uri".into(), found.into());
            }
        }
        (status, value)
    }

    /// Requests a WebSocket that is rejected or closed at once, and records the status.
    pub(crate) async fn open_websocket(&mut self, query: &str, headers: &[&str]) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let version = match headers.iter().any(|header| header.contains("-Version")) {
            true => "",
            false => "Sec-WebSocket-Version: 13\r\n",
        };
        let more: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let request = format!(
            "GET /ari/events?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{version}\
             Authorization: {AUTHORIZATION}\r\n{more}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = [0; 12];
        let status = match timeout(RESPONSE_TIMEOUT, stream.read_exact(&mut head))
            .await
            .unwrap()
        {
            Ok(_) => String::from_utf8_lossy(&head[9..]).into_owned(),
            Err(_) => "nothing".to_owned(),
        };
        self.transcript
            .responses
            .push(format!("WebSocket {query} {headers:?} → {status}"));
    }

    /// Records a response under a name other than that of the request.
    pub(crate) fn record_as(&mut self, name: &str, (status, value): &(u16, Value)) {
        self.record(name, "", None, *status, value);
    }

    /// Waits for an event.
    pub(crate) async fn wait_for(&mut self, kind: &str, object: &str) -> Value {
        let found = timeout(RESPONSE_TIMEOUT, async {
            loop {
                let (socket, event) = self.next_event().await;
                self.record_event(&socket, &event);
                if event["type"] == kind && event_object_id(&event) == object {
                    return event;
                }
            }
        });
        match found.await {
            Ok(event) => event,
            Err(_) => {
                self.transcript
                    .responses
                    .push(format!("{kind} of {object} did not arrive"));
                Value::Null
            }
        }
    }

    /// Waits for a call from a phone, and names its channel.
    pub(crate) async fn wait_for_call(&mut self, name: &str) {
        let found = timeout(RESPONSE_TIMEOUT, async {
            loop {
                let (socket, mut event) = self.next_event().await;
                let id = event["channel"]["id"].as_str().unwrap_or_default();
                let is_new = id.contains('.') && event["args"] == json!(["far"]);
                if event["type"] == "StasisStart" && is_new {
                    self.names.push((id.to_owned(), name.to_owned()));
                    self.replace_ids(&mut event);
                    self.record_event(&socket, &event);
                    return;
                }
                self.record_event(&socket, &event);
            }
        });
        if found.await.is_err() {
            let text = format!("the call of {name} did not arrive");
            self.transcript.responses.push(text);
        }
    }

    /// Returns the id of a channel with a name.
    pub(crate) fn id_of(&self, name: &str) -> String {
        let found = self.names.iter().rfind(|(_, known)| known == name);
        found.map_or(name, |(id, _)| id).to_owned()
    }

    /// Replaces the names of channels by their ids.
    fn with_ids(&self, target: &str) -> String {
        let is_separator = |c| matches!(c, '/' | '?' | '=' | '&' | ',');
        let parts = target.split_inclusive(is_separator).map(|part| {
            let name = part.trim_end_matches(is_separator);
            self.id_of(name) + &part[name.len()..]
        });
        parts.collect()
    }

    /// Replaces the ids of channels by their names.
    fn replace_ids(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some((_, name)) = self.names.iter().find(|(id, _)| id == text) {
                    text.clone_from(name);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace_ids(item)),
            Value::Object(members) => {
                for member in members.values_mut() {
                    self.replace_ids(member);
                }
            }
            _ => {}
        }
    }

    /// Returns the next event, with the names of the channels. A channel that takes the place of
    /// another one gets a name that says so.
    async fn next_event(&mut self) -> (String, Value) {
        let (socket, mut event) = self.arriving.recv().await.unwrap();
        self.replace_ids(&mut event);
        let replaced = event["replace_channel"]["id"].as_str();
        let id = event["channel"]["id"].as_str();
        if let (Some(replaced), Some(id)) = (replaced, id)
            && event["type"] == "StasisStart"
        {
            let name = format!("instead-of-{replaced}");
            self.names.push((id.to_owned(), name));
            self.replace_ids(&mut event);
        }
        (socket, event)
    }

    /// Returns whether the event repeats the value of a variable that bridges set.
    fn is_repeated(&mut self, event: &Value) -> bool {
        let Some(variable @ ("BRIDGEPEER" | "BRIDGEPVTCALLID")) = event["variable"].as_str() else {
            return false;
        };
        let key = (event_object_id(event).to_owned(), variable.to_owned());
        let value = event["value"].as_str().unwrap_or_default().to_owned();
        self.bridge_variables.insert(key, value.clone()) == Some(value)
    }

    pub(crate) async fn pause(&self, millis: u64) {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    fn record_event(&mut self, socket: &str, event: &Value) {
        if socket == PHONES || self.is_repeated(event) {
            return;
        }
        let mut event = event.clone();
        if allowed_differences::reduce_event(&mut event, self.release, &self.allowed_differences) {
            self.transcript
                .events
                .push(ObservedEvent::new(socket, &event));
        }
    }

    /// Receives the remaining events and returns the transcript.
    pub(crate) async fn finish(mut self) -> Transcript {
        while let Ok((socket, event)) = timeout(QUIET_TIMEOUT, self.next_event()).await {
            self.record_event(&socket, &event);
        }
        self.transcript
    }
}

/// Originates a call to an extension, with the application `hello`.
pub(crate) async fn originate(probe: &mut Probe, id: &str, endpoint: &str) {
    let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}");
    probe.request("POST", &target).await;
    probe.wait_for("StasisStart", id).await;
    // The far end takes its next step after it has waited for media.
    probe.pause(650).await;
}

pub(crate) async fn hang_up(probe: &mut Probe, id: &str) {
    probe
        .request("DELETE", &format!("/ari/channels/{id}"))
        .await;
    probe.wait_for("ChannelDestroyed", id).await;
    // A real server removes the channel and its subscriptions shortly after it has reported the
    // end.
    probe.pause(100).await;
}
