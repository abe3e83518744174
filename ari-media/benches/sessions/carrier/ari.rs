//! The part of ARI that sessions use: calls that are in the application, media channels, bridges.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpStream, UdpSocket};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::http::Request;
use super::recorder::Recording;
use super::session::{Context, run};
use crate::control::{APPLICATION, Mode, call_id};
use crate::wire::Wire;

/// The scripted server.
pub(super) struct Ari {
    state: Mutex<State>,
    mode: watch::Sender<Mode>,
    recordings: mpsc::UnboundedSender<Recording>,
}

#[derive(Default)]
struct State {
    events: Option<mpsc::UnboundedSender<String>>,
    channels: HashMap<String, MediaChannel>,
    /// The number of channels that were created.
    created: usize,
}

/// A channel for the audio of a session.
struct MediaChannel {
    format: String,
    /// The number of its call, once it is in a bridge with it.
    call: Arc<Mutex<Option<usize>>>,
    ended: oneshot::Sender<()>,
    /// The parts that its WebSocket needs when it is opened.
    waiting: Option<(Context, oneshot::Receiver<()>)>,
}

impl Ari {
    pub(super) fn new(recordings: mpsc::UnboundedSender<Recording>) -> Self {
        Ari {
            state: Mutex::default(),
            mode: watch::Sender::new(Mode::Idle),
            recordings,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the mode of all sessions, and returns their number.
    pub(super) fn set_mode(&self, mode: Mode) -> usize {
        self.mode.send_replace(mode);
        self.sessions()
    }

    /// Returns the number of connections that are open.
    pub(super) fn sessions(&self) -> usize {
        // Each has one receiver.
        self.mode.receiver_count()
    }

    /// Makes this many calls enter the application, once its WebSocket is open.
    pub(super) async fn enter_calls(&self, count: usize) {
        while self.state().events.is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for number in 0..count {
            self.send_event("StasisStart", &call_id(number), &json!({"args": []}));
        }
    }

    fn send_event(&self, kind: &str, channel: &str, more: &Value) {
        let mut event = json!({
            "type": kind,
            "application": APPLICATION,
            "timestamp": "2026-01-01T00:00:00.000+0000",
            "asterisk_id": "00:00:00:00:00:00",
            "channel": describe(channel, &json!({})),
        });
        if let (Value::Object(event), Value::Object(more)) = (&mut event, more) {
            event.extend(more.clone());
        }
        if let Some(events) = &self.state().events {
            let _ = events.send(event.to_string());
        }
    }

    /// Serves the WebSocket of events, or that of a channel.
    pub(super) async fn serve_socket(&self, path: &str, socket: WebSocketStream<TcpStream>) {
        match path.rsplit_once("/media/") {
            Some((_, id)) => self.serve_media(id, socket).await,
            None => self.serve_events(socket).await,
        }
    }

    async fn serve_events(&self, mut socket: WebSocketStream<TcpStream>) {
        let (sender, mut events) = mpsc::unbounded_channel::<String>();
        self.state().events = Some(sender);
        loop {
            let sent = tokio::select! {
                event = events.recv() => match event {
                    Some(event) => socket.send(Message::text(event)).await,
                    None => return,
                },
                received = socket.next() => match received {
                    Some(Ok(_)) => socket.flush().await,
                    _ => return,
                },
            };
            if sent.is_err() {
                return;
            }
        }
    }

    async fn serve_media(&self, id: &str, mut socket: WebSocketStream<TcpStream>) {
        let waiting = {
            let mut state = self.state();
            let channel = state.channels.get_mut(id);
            channel.and_then(|it| Some((it.waiting.take()?, it.format.clone())))
        };
        let Some(((context, ended), format)) = waiting else {
            return;
        };
        let start = json!({
            "event": "MEDIA_START",
            "connection_id": id,
            "channel": "WebSocket/INCOMING/x",
            "channel_id": id,
            "format": format,
            "optimal_frame_size": context.frame_bytes,
            "ptime": 20,
            "channel_variables": {},
        });
        if socket.send(Message::text(start.to_string())).await.is_ok() {
            self.send_event("StasisStart", id, &json!({"args": []}));
            run(Wire::WebSocket(Box::new(socket)), context, ended).await;
        }
    }

    pub(super) async fn respond(&self, request: &Request) -> (u16, Value) {
        let path = request.path.trim_start_matches("/ari/");
        let parts: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["asterisk", "info"]) => (200, json!({"system": {"version": "22.10.1"}})),
            ("GET", ["asterisk", "modules"]) => {
                let names = [
                    "chan_websocket.so",
                    "res_http_websocket.so",
                    "chan_audiosocket.so",
                    "res_audiosocket.so",
                    "chan_rtp.so",
                ];
                let module = |name| {
                    json!({"name": name, "description": "", "use_count": 0, "status": "Running",
                        "support_level": "core"})
                };
                (200, names.map(module).to_vec().into())
            }
            ("GET", ["applications", name]) => (
                200,
                json!({"name": name, "channel_ids": [], "bridge_ids": [], "endpoint_ids": [],
                    "device_names": [], "events_allowed": [], "events_disallowed": []}),
            ),
            ("GET", _) => (200, json!([])),
            ("POST", ["channels", "externalMedia"]) => match self.create(request).await {
                Some(channel) => (200, channel),
                None => (500, json!({"message": "Internal Server Error"})),
            },
            ("POST", ["bridges", bridge]) => {
                let bridge = json!({"id": bridge, "technology": "simple_bridge",
                    "bridge_type": "mixing", "bridge_class": "stasis", "creator": "", "name": "",
                    "channels": [], "creationtime": "2026-01-01T00:00:00.000+0000"});
                (200, bridge)
            }
            ("POST", ["bridges", _, "addChannel"]) => {
                self.join(request.parameter("channel").unwrap_or_default());
                (204, Value::Null)
            }
            ("DELETE", ["channels", id]) => {
                let channel = self.state().channels.remove(*id);
                if let Some(channel) = channel {
                    let _ = channel.ended.send(());
                    self.send_event("StasisEnd", id, &json!({}));
                    let cause = json!({"cause": 16, "cause_txt": "Normal Clearing"});
                    self.send_event("ChannelDestroyed", id, &cause);
                }
                (204, Value::Null)
            }
            _ => (204, Value::Null),
        }
    }

    /// Remembers the call of a media channel.
    fn join(&self, members: &str) {
        let number = |id: &str| id.strip_prefix("call-")?.parse().ok();
        let call = members.split(',').find_map(number);
        let state = self.state();
        for channel in members.split(',').filter_map(|id| state.channels.get(id)) {
            *channel.call.lock().unwrap_or_else(PoisonError::into_inner) = call;
        }
    }

    /// Creates a media channel, and its connection unless the program opens that.
    async fn create(&self, request: &Request) -> Option<Value> {
        let id = request.parameter("channelId")?.to_owned();
        let format = request.parameter("format")?.to_owned();
        let host = request.parameter("external_host")?;
        let (ended, has_ended) = oneshot::channel();
        let call = Arc::<Mutex<Option<usize>>>::default();
        let number = {
            let mut state = self.state();
            state.created += 1;
            state.created
        };
        let context = Context {
            number,
            frame_bytes: if format == "ulaw" { 160 } else { 640 },
            is_rtp: request.parameter("encapsulation") == Some("rtp"),
            call: call.clone(),
            mode: self.mode.subscribe(),
            recordings: self.recordings.clone(),
        };
        let mut channel = MediaChannel {
            format,
            call,
            ended,
            waiting: None,
        };
        let mut variables = json!({});
        let wire = match request.parameter("encapsulation")? {
            "audiosocket" => {
                let mut stream = TcpStream::connect(host).await.ok()?;
                stream.set_nodelay(true).ok()?;
                let uuid = request.parameter("data")?.replace('-', "");
                let uuid = u128::from_str_radix(&uuid, 16).ok()?.to_be_bytes();
                let first = [&[1, 0, 16][..], &uuid[..]].concat();
                stream.write_all(&first).await.ok()?;
                Some(Wire::AudioSocket(stream, bytes::BytesMut::new()))
            }
            "rtp" => {
                let socket = UdpSocket::bind("127.0.0.1:0").await.ok()?;
                let port = socket.local_addr().ok()?.port().to_string();
                variables = json!({"UNICASTRTP_LOCAL_ADDRESS": "127.0.0.1",
                    "UNICASTRTP_LOCAL_PORT": port});
                Some(Wire::rtp(socket, host.parse().ok()?, &channel.format))
            }
            _ => {
                variables = json!({"MEDIA_WEBSOCKET_CONNECTION_ID": id,
                    "MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE": context.frame_bytes.to_string()});
                None
            }
        };
        let description = describe(&id, &variables);
        match wire {
            Some(wire) => {
                self.state().channels.insert(id.clone(), channel);
                self.send_event("StasisStart", &id, &json!({"args": []}));
                tokio::spawn(run(wire, context, has_ended));
            }
            None => {
                channel.waiting = Some((context, has_ended));
                self.state().channels.insert(id, channel);
            }
        }
        Some(description)
    }
}

fn describe(id: &str, variables: &Value) -> Value {
    json!({
        "id": id, "name": "x", "state": "Up", "protocol_id": "", "accountcode": "",
        "caller": {"name": "", "number": ""}, "connected": {"name": "", "number": ""},
        "dialplan": {"context": "x", "exten": "s", "priority": 1, "app_name": "Stasis",
            "app_data": APPLICATION},
        "creationtime": "2026-01-01T00:00:00.000+0000", "language": "en",
        "channelvars": variables,
    })
}
