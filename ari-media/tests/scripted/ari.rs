//! A scripted ARI: the requests that a session sends, and the events that it waits for. It records
//! the objects that exist.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use ari_media::Carrier;
use ari_test_support::frame::{self, opcode};
use ari_test_support::{LIMIT, Peer, ReceivedRequest, Reply, Server};
use serde_json::{Value, json};

use crate::wire::{Kind, Wire};

/// The channel of the call, and its application.
pub(crate) const CALL: &str = "call";
pub(crate) const APPLICATION: &str = "hello";

/// A fault while a session is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpeningFault {
    /// The server refuses requests whose line begins so.
    Refuse(&'static str),
    /// There is no connection: Asterisk does not connect, or refuses the program's WebSocket.
    NoConnection,
    /// The first message of the connection is missing.
    NoFirstMessage,
    /// The first event names a format that does not exist.
    UnknownFormat,
    /// The connection is cut before the channel is in the application.
    Cut,
    /// The channel does not enter the application.
    NoStasisStart,
    MediaChannelEnds,
    CallEnds,
    /// The response lacks the variables of the channel.
    NoVariables,
}

/// The settings of a server.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) kind: Kind,
    pub(crate) opening: Option<OpeningFault>,
    /// The format of a WebSocket's first event, if it is not the requested one.
    pub(crate) format: Option<&'static str>,
    /// True if requests that remove an object have no response.
    pub(crate) ignores_removals: bool,
}

impl Script {
    pub(crate) fn new(kind: Kind) -> Self {
        Script {
            kind,
            opening: None,
            format: None,
            ignores_removals: false,
        }
    }

    fn has(&self, fault: OpeningFault) -> bool {
        self.opening == Some(fault)
    }

    /// Returns the version whose features the carrier needs.
    fn version(&self) -> &'static str {
        match self.kind {
            Kind::PlainText => "22.7.0",
            _ => "22.10.1",
        }
    }
}

struct State {
    script: Script,
    /// The ids of the objects that exist.
    channels: Vec<String>,
    bridges: Vec<String>,
    /// The id of the media channel, and the requested format.
    media: (String, String),
    /// The sender to the WebSocket of events. Dropping it cuts the WebSocket.
    events: Option<mpsc::Sender<Value>>,
    wires: mpsc::Sender<Wire>,
    #[cfg(feature = "server")]
    program: Option<std::net::SocketAddr>,
}

/// A scripted server on a port of its own.
pub(crate) struct Ari {
    server: Server,
    control: Control,
    wires: Mutex<mpsc::Receiver<Wire>>,
}

/// A handle, for other threads.
#[derive(Clone)]
pub(crate) struct Control(Arc<Mutex<State>>);

impl Ari {
    pub(crate) fn start(script: Script) -> Self {
        let (wires, received) = mpsc::channel();
        let control = Control(Arc::new(Mutex::new(State {
            script,
            channels: vec![CALL.to_owned()],
            bridges: Vec::new(),
            media: Default::default(),
            events: None,
            wires,
            #[cfg(feature = "server")]
            program: None,
        })));
        let shared = control.clone();
        Ari {
            server: Server::start(move |request| shared.reply(request)),
            control,
            wires: Mutex::new(received),
        }
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    pub(crate) fn control(&self) -> Control {
        self.control.clone()
    }

    /// Waits for Asterisk's end of the connection of a session.
    pub(crate) fn wire(&self) -> Wire {
        let wires = self.wires.lock().expect("a receiver");
        wires.recv_timeout(LIMIT).expect("a connection")
    }
}

impl Control {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the address at which the program accepts WebSockets.
    #[cfg(feature = "server")]
    pub(crate) fn set_program(&self, address: std::net::SocketAddr) {
        self.lock().program = Some(address);
    }

    /// Returns the ids of the channels and bridges that exist besides the call.
    pub(crate) fn remaining(&self) -> Vec<String> {
        let state = self.lock();
        let objects = state.channels.iter().chain(&state.bridges);
        objects.filter(|id| *id != CALL).cloned().collect()
    }

    /// Returns the first event of the WebSocket of the media channel.
    pub(crate) fn media_start(&self) -> String {
        let state = self.lock();
        let (id, format) = &state.media;
        let format = state.script.format.unwrap_or(format);
        let size = match format {
            "slin" => 320,
            "slin192" => 7680,
            _ => 640,
        };
        match state.script.kind {
            Kind::PlainText => format!(
                "MEDIA_START connection_id:c channel:WebSocket/x channel_id:{id} format:{format} \
                 optimal_frame_size:{size} ptime:20"
            ),
            _ => json!({
                "event": "MEDIA_START", "connection_id": "c", "channel": "WebSocket/x",
                "channel_id": id, "format": format, "optimal_frame_size": size, "ptime": 20,
                "channel_variables": {},
            })
            .to_string(),
        }
    }

    /// Ends the call.
    pub(crate) fn end_call(&self) {
        self.end_channel(CALL, 16);
    }

    /// Ends the media channel.
    pub(crate) fn end_media_channel(&self, cause: i64) {
        let id = self.lock().media.0.clone();
        self.end_channel(&id, cause);
    }

    fn end_channel(&self, id: &str, cause: i64) {
        let mut state = self.lock();
        let before = state.channels.len();
        state.channels.retain(|one| one != id);
        if state.channels.len() == before {
            return;
        }
        state.send_event("StasisEnd", id, json!({}));
        let end = json!({"cause": cause, "cause_txt": "So"});
        state.send_event("ChannelDestroyed", id, end);
    }

    /// Never responds to requests that remove an object.
    pub(crate) fn ignore_removals(&self) {
        self.lock().script.ignores_removals = true;
    }

    /// Cuts the WebSocket of events.
    pub(crate) fn cut_events(&self) {
        self.lock().events = None;
    }

    fn reply(&self, request: &ReceivedRequest) -> Reply {
        let line = request.line();
        if line.starts_with("GET /media/") || line.starts_with("GET /events") {
            return self.websocket(&line);
        }
        let mut state = self.lock();
        if state.script.ignores_removals && request.method == "DELETE" {
            return Reply::Stall(Vec::new());
        }
        if let Some(OpeningFault::Refuse(refused)) = state.script.opening
            && line.starts_with(refused)
        {
            return Reply::json(500, &json!({"message": "Not today"}));
        }
        let segments = request.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        match (request.method.as_str(), &path[..]) {
            ("GET", ["asterisk", "info"]) => {
                let version = state.script.version();
                Reply::json(
                    200,
                    &json!({"system": {"version": version, "entity_id": "e"}}),
                )
            }
            ("GET", ["asterisk", "modules"]) => Reply::json(200, &modules()),
            ("GET", ["applications", _]) => Reply::json(
                200,
                &json!({
                    "name": APPLICATION, "channel_ids": state.channels, "bridge_ids": [],
                    "endpoint_ids": [], "device_names": [], "events_allowed": [],
                    "events_disallowed": [],
                }),
            ),
            ("GET", ["channels"]) => {
                let channels: Vec<_> = state.channels.iter().map(|id| channel(id)).collect();
                Reply::json(200, &channels.into())
            }
            ("GET", ["bridges"]) => {
                let bridges: Vec<_> = state.bridges.iter().map(|id| bridge(id)).collect();
                Reply::json(200, &bridges.into())
            }
            ("GET", ["channels", id]) if state.channels.iter().any(|one| one == id) => {
                Reply::json(200, &channel(id))
            }
            ("POST", ["channels", "externalMedia"]) => {
                drop(state);
                self.create_media_channel(request)
            }
            ("DELETE", ["channels", id]) if state.channels.iter().any(|one| one == id) => {
                drop(state);
                self.end_channel(id, 16);
                Reply::empty()
            }
            ("POST", ["bridges", id]) => {
                state.bridges.push((*id).to_owned());
                Reply::json(200, &bridge(id))
            }
            ("POST", ["bridges", _, "addChannel"]) => Reply::empty(),
            ("DELETE", ["bridges", id]) if state.bridges.iter().any(|one| one == id) => {
                state.bridges.retain(|one| one != id);
                Reply::empty()
            }
            _ => Reply::json(404, &json!({"message": "not there"})),
        }
    }

    fn websocket(&self, line: &str) -> Reply {
        let control = self.clone();
        if line.starts_with("GET /events") {
            return Reply::websocket(move |peer| control.serve_events(peer));
        }
        if self.lock().script.has(OpeningFault::NoConnection) {
            return Reply::response(404, "<html>");
        }
        Reply::websocket(move |peer| {
            control.begin(Wire::websocket(peer.into_stream(), true));
        })
    }

    /// Sends events, until the sender is dropped.
    fn serve_events(&self, peer: Peer) {
        let (sender, events) = mpsc::channel();
        self.lock().events = Some(sender);
        let mut stream = peer.into_stream();
        for event in events {
            let text = event.to_string();
            // The client may have gone.
            let _ = stream.write_all(&frame::encode(true, opcode::TEXT, text.as_bytes()));
        }
    }

    fn create_media_channel(&self, request: &ReceivedRequest) -> Reply {
        let query: HashMap<_, _> = request.query_pairs().into_iter().collect();
        let id = query["channelId"].clone();
        let mut state = self.lock();
        let script = state.script.clone();
        state.channels.push(id.clone());
        state.media = (id.clone(), query["format"].clone());
        drop(state);
        let host = &query["external_host"];
        let mut variables = json!({});
        let carrier = script.kind.carrier();
        let mut wire = None;
        match carrier {
            Carrier::WebSocket => variables["MEDIA_WEBSOCKET_CONNECTION_ID"] = "c".into(),
            #[cfg(feature = "server")]
            Carrier::WebSocketServer if !script.has(OpeningFault::NoConnection) => {
                let program = self.lock().program.expect("an address of the program");
                wire = Some(Wire::open_websocket(program));
            }
            Carrier::AudioSocket if !script.has(OpeningFault::NoConnection) => {
                let call = parse_uuid(&query["data"]);
                wire = Some(Wire::open_audiosocket(host, &call));
            }
            Carrier::Rtp => {
                let socket = Wire::rtp(host.parse().expect("an address"));
                variables["UNICASTRTP_LOCAL_ADDRESS"] = "127.0.0.1".into();
                variables["UNICASTRTP_LOCAL_PORT"] = socket.port().to_string().into();
                wire = Some(socket);
            }
            _ => {}
        }
        if script.has(OpeningFault::NoVariables) {
            variables = json!({});
        }
        if let Some(wire) = wire {
            self.begin(wire);
        }
        let mut channel = channel(&id);
        channel["channelvars"] = variables;
        Reply::json(200, &channel)
    }

    /// Begins the media of a channel: sends the first event, and reports the channel's start.
    fn begin(&self, mut wire: Wire) {
        let script = self.lock().script.clone();
        let start = match script.opening {
            Some(OpeningFault::UnknownFormat) => {
                let start = self.media_start();
                Some(start.replace("slin16", "siren7"))
            }
            Some(OpeningFault::NoFirstMessage) => None,
            _ => Some(self.media_start()),
        };
        if let Some(start) = start.filter(|_| script.kind.is_websocket()) {
            wire.send_frame(opcode::TEXT, start.as_bytes());
        }
        match script.opening {
            Some(OpeningFault::Cut) => wire.cut(),
            Some(OpeningFault::NoStasisStart | OpeningFault::NoFirstMessage) => {}
            Some(OpeningFault::MediaChannelEnds) => self.end_media_channel(19),
            Some(OpeningFault::CallEnds) => self.end_call(),
            _ => {
                let state = self.lock();
                state.send_event("StasisStart", &state.media.0, json!({"args": []}));
            }
        }
        // The test may not need it.
        let _ = self.lock().wires.send(wire);
    }
}

impl State {
    fn send_event(&self, kind: &str, id: &str, more: Value) {
        let mut event = json!({
            "type": kind, "application": APPLICATION, "timestamp": "2026-11-23T01:08:51.332+0000",
            "asterisk_id": "e", "channel": channel(id),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            event[name] = value.clone();
        }
        if let Some(events) = &self.events {
            let _ = events.send(event);
        }
    }
}

fn channel(id: &str) -> Value {
    json!({
        "id": id, "name": format!("Test/{id}"), "state": "Up", "protocol_id": "",
        "caller": {"name": "", "number": ""}, "connected": {"name": "", "number": ""},
        "accountcode": "", "language": "en", "creationtime": "2026-11-23T01:08:51.332+0000",
        "dialplan": {"context": "c", "exten": "s", "priority": 1, "app_name": "Stasis",
            "app_data": APPLICATION},
    })
}

fn bridge(id: &str) -> Value {
    json!({
        "id": id, "technology": "simple_bridge", "bridge_type": "mixing", "bridge_class": "stasis",
        "creator": "Stasis", "name": "", "channels": [], "video_mode": "none",
        "creationtime": "2026-11-23T01:08:51.332+0000",
    })
}

fn modules() -> Value {
    let names = [
        "chan_websocket.so",
        "res_http_websocket.so",
        "res_websocket_client.so",
        "chan_audiosocket.so",
        "res_audiosocket.so",
        "chan_rtp.so",
    ];
    let module = |name: &&str| {
        json!({
            "name": name, "description": "", "use_count": 0, "status": "Running",
            "support_level": "core",
        })
    };
    names.iter().map(module).collect::<Vec<_>>().into()
}

/// Returns the bytes of a UUID.
fn parse_uuid(text: &str) -> [u8; 16] {
    let digits: String = text.chars().filter(|one| *one != '-').collect();
    std::array::from_fn(|index| {
        u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).expect("a UUID")
    })
}
