//! One server, fake or real, seen by a client that has no opinions; and what it has seen.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

/// `aritest:testme`
pub(crate) const AUTHORIZATION: &str = "Basic YXJpdGVzdDp0ZXN0bWU=";

/// How long an event may take.
const LIMIT: Duration = Duration::from_secs(6);
/// For how long nothing has to come for a scenario to be over.
const QUIET: Duration = Duration::from_millis(400);

/// Values that are compared; of all others the type is.
const COMPARED: &[&str] = &[
    "type",
    "application",
    "dialstatus",
    "dialstring",
    "cause",
    "cause_txt",
    "tech_cause",
    "soft",
    "variable",
    "value",
    "digit",
    "duration_ms",
    "args",
    "state",
    "media_uri",
    "next_media_uri",
    "target_uri",
    "eventname",
    "destination",
    "winner_app",
    "called",
    "message",
    "error",
    "ping",
    "technology",
    "bridge_type",
    "video_mode",
    "context",
    "exten",
    "number",
    "format",
    "duration",
    "events_allowed",
    "events_disallowed",
    "status_code",
    "reason_phrase",
    "request_id",
    "transaction_id",
    "uri",
    "content_type",
    "channels",
    "deviceState",
];

pub(crate) struct Probe {
    port: u16,
    sender: mpsc::UnboundedSender<Value>,
    arriving: mpsc::UnboundedReceiver<Value>,
    sockets: BTreeMap<String, mpsc::UnboundedSender<String>>,
    answers: Vec<String>,
    events: BTreeMap<String, Vec<String>>,
    pub(crate) newer: bool,
    /// What is not compared, because its events race with each other.
    pub(crate) racing: &'static str,
    /// Whether the cause of an end is a matter of chance.
    pub(crate) causes_vary: bool,
}

/// What was answered, and what was told of each object.
#[derive(Debug, PartialEq)]
pub(crate) struct Transcript {
    pub(crate) answers: Vec<String>,
    pub(crate) events: BTreeMap<String, Vec<String>>,
}

impl Probe {
    pub(crate) fn new(port: u16, newer: bool) -> Self {
        let (sender, arriving) = mpsc::unbounded_channel();
        Probe {
            port,
            sender,
            arriving,
            sockets: BTreeMap::new(),
            answers: Vec::new(),
            events: BTreeMap::new(),
            newer,
            racing: "nothing",
            causes_vary: false,
        }
    }

    /// Connects applications.
    pub(crate) async fn connect(&mut self, name: &str, query: &str) {
        let url = format!("ws://127.0.0.1:{}/ari/events?{query}", self.port);
        let mut request = url.into_client_request().unwrap();
        request
            .headers_mut()
            .insert("Authorization", AUTHORIZATION.parse().unwrap());
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let connected = tokio_tungstenite::client_async(request, stream).await;
        let (mut socket, _) = connected.unwrap();
        let (outgoing, mut texts) = mpsc::unbounded_channel::<String>();
        self.sockets.insert(name.to_owned(), outgoing);
        let sender = self.sender.clone();
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
                            let _ = sender.send(serde_json::from_str(&text).unwrap());
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

    pub(crate) fn close(&mut self, socket: &str) {
        self.sockets.remove(socket);
    }

    /// Sends a request, and notes what is answered.
    pub(crate) async fn call(&mut self, method: &str, target: &str) -> Value {
        self.call_with(method, target, None).await
    }

    pub(crate) async fn json(&mut self, method: &str, target: &str, body: Value) -> Value {
        let body = body.to_string();
        self.call_with(method, target, Some(("application/json", &body)))
            .await
    }

    pub(crate) async fn call_with(
        &mut self,
        method: &str,
        target: &str,
        body: Option<(&str, &str)>,
    ) -> Value {
        let (status, value) = self.exchange(method, target, body, AUTHORIZATION).await;
        self.note(method, target, body, status, &value);
        value
    }

    pub(crate) async fn call_as(&mut self, authorization: &str, method: &str, target: &str) {
        let (status, value) = self.exchange(method, target, None, authorization).await;
        self.note(method, target, None, status, &value);
    }

    fn note(
        &mut self,
        method: &str,
        target: &str,
        body: Option<(&str, &str)>,
        status: u16,
        value: &Value,
    ) {
        let mut shape = reduce(value);
        // Whether it has begun yet is chance.
        if let Some(shape) = shape.as_object_mut()
            && shape.contains_key("target_uri")
        {
            shape.retain(|name, _| name != "state");
        }
        // So is whether it has entered its application yet.
        if let Some(vars) = shape
            .pointer_mut("/channelvars")
            .and_then(Value::as_object_mut)
        {
            vars.retain(|name, _| name != "STASISSTATUS");
        }
        let body = body.map(|(_, body)| body).unwrap_or_default();
        self.answers
            .push(format!("{method} {target} {body} → {status} {shape}"));
    }

    /// The answer's status, and its body as JSON; of anything else the type and the size.
    pub(crate) async fn exchange(
        &self,
        method: &str,
        target: &str,
        body: Option<(&str, &str)>,
        authorization: &str,
    ) -> (u16, Value) {
        let (kind, body) = body.unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let kind = match kind {
            "" => String::new(),
            kind => format!("Content-Type: {kind}\r\n"),
        };
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Authorization: {authorization}\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        timeout(LIMIT, stream.read_to_end(&mut answer))
            .await
            .unwrap_or_else(|_| panic!("{method} {target} is not answered"))
            .unwrap();
        let text = String::from_utf8_lossy(&answer);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(": ")?;
                key.eq_ignore_ascii_case(name).then(|| value.to_owned())
            })
        };
        let mut value = serde_json::from_str(body).unwrap_or_else(|_| match body {
            "" => Value::Null,
            _ => json!({"content_type": header("content-type")}),
        });
        if let (Some(allow), Some(value)) = (header("allow"), value.as_object_mut()) {
            value.insert("uri".into(), allow.into());
        }
        if let (Some(location), Some(value)) = (header("location"), value.as_object_mut()) {
            value.insert("uri".into(), location.into());
        }
        (status, value)
    }

    /// Waits for an event.
    pub(crate) async fn wait(&mut self, kind: &str, object: &str) -> Value {
        let found = timeout(LIMIT, async {
            loop {
                let event = self.arriving.recv().await.unwrap();
                self.keep(&event);
                if event["type"] == kind && object_of(&event) == object {
                    return event;
                }
            }
        });
        match found.await {
            Ok(event) => event,
            Err(_) => {
                self.answers
                    .push(format!("{kind} of {object} did not come"));
                Value::Null
            }
        }
    }

    pub(crate) async fn pause(&mut self, millis: u64) {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    fn keep(&mut self, event: &Value) {
        // The states of devices that stand for channels are not part of the model.
        let device = event["device_state"]["name"].as_str().unwrap_or_default();
        if event["type"] == "DeviceStateChanged" && !device.starts_with("Stasis:") {
            return;
        }
        if object_of(event) == self.racing {
            return;
        }
        let mut event = event.clone();
        let variable = event["variable"].as_str().unwrap_or_default().to_owned();
        if variable.starts_with("RTPAUDIO") || variable.starts_with("UNICASTRTP") {
            event["value"] = Value::Null;
        }
        if variable == "BRIDGEPEER" {
            event["value"] = without_numbers(event["value"].as_str().unwrap_or_default()).into();
        }
        // That it rings is told by two events, in whatever order.
        let mut object = object_of(&event).to_owned();
        if event["type"] == "Dial" {
            object += ", dialled";
            if event["dialstatus"] != "ANSWER" {
                event["peer"]["state"] = Value::Null;
            }
        }
        // Who leaves first when a bridge is destroyed is chance.
        if event["type"] == "ChannelLeftBridge" {
            event["bridge"]["channels"] = Value::Null;
        }
        if self.causes_vary && event["type"] == "ChannelDestroyed" {
            event["cause"] = Value::Null;
            event["cause_txt"] = Value::Null;
        }
        let key = format!("{} {object}", event["application"].as_str().unwrap());
        let text = reduce(&event).to_string();
        self.events.entry(key).or_default().push(text);
    }

    /// Takes what is still coming, and tells all.
    pub(crate) async fn finish(mut self) -> Transcript {
        while let Ok(Some(event)) = timeout(QUIET, self.arriving.recv()).await {
            self.keep(&event);
        }
        // Whoever is busy at once can be so before it is told that it is called.
        for (key, events) in &mut self.events {
            if key.ends_with(", dialled") {
                events.sort_unstable();
            }
        }
        Transcript {
            answers: self.answers,
            events: self.events,
        }
    }
}

/// What an event is about.
fn object_of(event: &Value) -> &str {
    let paths = [
        "/channel/id",
        "/peer/id",
        "/playback/id",
        "/recording/name",
        "/bridge/id",
        "/device_state/name",
    ];
    let id = paths.iter().find_map(|path| event.pointer(path)?.as_str());
    id.unwrap_or_default()
}

/// Names of channels without the number of the call.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("-0000") {
        out.push_str(&rest[..at]);
        rest = &rest[at + 9..];
    }
    out + rest
}

/// All keys, but only those values that are compared.
fn reduce(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let reduced = object.iter().map(|(key, value)| {
                let kept = COMPARED.contains(&key.as_str());
                let value = match value {
                    Value::Object(_) => reduce(value),
                    Value::Array(_) if !kept => reduce(value),
                    value if kept => value.clone(),
                    Value::String(_) => "text".into(),
                    Value::Number(_) => "number".into(),
                    Value::Bool(_) => "flag".into(),
                    value => value.clone(),
                };
                (key.clone(), value)
            });
            // Sorted, in whatever order they came.
            let sorted: BTreeMap<_, _> = reduced.collect();
            Value::Object(sorted.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(reduce).collect()),
        _ => "item".into(),
    }
}
