//! A scripted server over plain TCP, with hand-made frames, so that it can send anything that a
//! library would prevent.
//!
//! It runs in threads of its own, outside of the runtime whose tasks are counted. A table contains
//! the responses to HTTP requests. WebSockets are passed to the test.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use ari_api::Client;
use ari_api::client::{ClientBuilder, ReconnectPolicy};
use ari_api::stream::EventStream;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::sample;

/// The limit for everything that has to happen. Only tests that fail reach it.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// The reaction to a request for a WebSocket.
#[derive(Clone)]
pub(crate) enum Upgrade {
    /// The WebSocket is passed to the test.
    Accept,
    /// The WebSocket is accepted and closed at once.
    Drop,
    /// The request is refused with this status, with 401 and 403 in Asterisk's words.
    Refuse(u16),
    /// The response has this status and this body, as from a proxy.
    Respond(u16, &'static str),
    /// There is no response.
    Silence,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedRequest {
    /// `POST /channels/c/ring`, without a query.
    pub(crate) line: String,
    /// The `Host` header.
    pub(crate) host: String,
    pub(crate) query: String,
    pub(crate) body: String,
}

#[derive(Default)]
struct Script {
    answers: HashMap<String, (u16, String)>,
    upgrades: VecDeque<Upgrade>,
    otherwise: Option<Upgrade>,
    arrived: Vec<ReceivedRequest>,
    silent: Vec<String>,
    /// The prefix of all paths.
    base: String,
    unfinished: Vec<String>,
    held: Vec<String>,
    /// The `Server` header of the responses.
    name: Option<&'static str>,
    /// The existing objects: `channels`, `bridges`.
    lists: HashMap<String, Vec<Value>>,
}

impl Script {
    /// Returns the response to a request: the one that was set, or one from the lists.
    fn response(&self, line: &str) -> (u16, String) {
        if let Some(answer) = self.answers.get(line) {
            return answer.clone();
        }
        let missing = || (404, json!({"message": "not there"}).to_string());
        let Some(path) = line.strip_prefix("GET /") else {
            return missing();
        };
        let (list, id) = path.split_once('/').unwrap_or((path, ""));
        let Some(list) = self.lists.get(list) else {
            return missing();
        };
        if id.is_empty() {
            return (200, Value::from(list.clone()).to_string());
        }
        let id = percent_decode_str(id).decode_utf8_lossy();
        let found = list.iter().find(|object| object["id"] == *id);
        found.map_or_else(missing, |object| (200, object.to_string()))
    }
}

/// A server on a port of its own.
pub(crate) struct Server {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    peers: mpsc::Receiver<Peer>,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_at("127.0.0.1", "/ari").expect("a free port")
    }

    /// Starts a server at an address of this machine, if the machine has it, below a path.
    pub(crate) fn start_at(address: &str, base: &str) -> io::Result<Self> {
        let address: IpAddr = address.parse().expect("an address");
        let listener = TcpListener::bind((address, 0))?;
        let address = listener.local_addr()?;
        let script = Arc::new(Mutex::new(Script {
            base: base.to_owned(),
            ..Script::default()
        }));
        let (sender, peers) = mpsc::channel();
        let shared = script.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, sender) = (shared.clone(), sender.clone());
                // A client that disconnects is not a failure of the server.
                thread::spawn(move || serve(stream, &script, &sender).ok());
            }
        });
        let server = Server {
            address,
            script,
            peers,
        };
        for name in ["a", "b"] {
            server.set_application(name, &[], &[]);
        }
        server.set_list("channels", &[]);
        server.set_list("bridges", &[]);
        Ok(server)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}{}", self.address, self.script().base)
    }

    /// Returns a builder for a client that reconnects without delay.
    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        builder(&self.url())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// Connects an application; returns the client's and the server's side.
    pub(crate) async fn connect(&self, client: &Client) -> (EventStream<ari_api::Event>, Peer) {
        let before = self.request_count("GET /applications/a");
        let app = client.application("a").connect().await;
        let mut app = app.expect("an application");
        assert_eq!(
            crate::transcript::next_transcript(&mut app).await,
            "Connected"
        );
        // Objects that exist already are known from here on.
        let asked = || self.request_count("GET /applications/a") > before;
        crate::transcript::until("asked what is there", asked).await;
        (app, self.peer())
    }

    /// Returns the next WebSocket that was opened.
    pub(crate) fn peer(&self) -> Peer {
        self.peers.recv_timeout(LIMIT).expect("a WebSocket")
    }

    /// Sets the reactions to the next requests for a WebSocket.
    pub(crate) fn queue_upgrades(&self, upgrades: impl IntoIterator<Item = Upgrade>) {
        self.script().upgrades.extend(upgrades);
    }

    /// Sets the reaction to all further requests for a WebSocket.
    pub(crate) fn set_upgrade(&self, upgrade: Upgrade) {
        self.script().otherwise = Some(upgrade);
    }

    /// Sets the response to requests of this line: `GET /channels`.
    pub(crate) fn set_response(&self, line: &str, status: u16, body: &Value) {
        let body = if status == 204 {
            String::new()
        } else {
            body.to_string()
        };
        self.script()
            .answers
            .insert(line.to_owned(), (status, body));
    }

    /// Sets the `Server` header of its responses.
    pub(crate) fn set_server_header(&self, name: Option<&'static str>) {
        self.script().name = name;
    }

    /// Never responds to requests of this line.
    pub(crate) fn never_respond_to(&self, line: &str) {
        self.script().silent.push(line.to_owned());
    }

    /// Begins to respond to requests of this line with 200 and `"begun"`, and never continues.
    pub(crate) fn stall_response_to(&self, line: &str) {
        self.script().unfinished.push(line.to_owned());
    }

    /// Holds back the responses to requests of this line.
    pub(crate) fn hold_responses_to(&self, line: &str) {
        self.script().held.push(line.to_owned());
    }

    /// Sends the responses that were held back.
    pub(crate) fn release_responses_to(&self, line: &str) {
        self.script().held.retain(|held| held != line);
    }

    /// Adds one channel, which the application `a` is subscribed to.
    pub(crate) fn add_call(&self, id: &str) {
        self.set_list("channels", &[id]);
        self.set_application("a", &[id], &[]);
    }

    /// Responds to everything again, on connections that are yet to come.
    pub(crate) fn resume_responses(&self) {
        self.script().silent.clear();
    }

    /// Sets the server's state of an application.
    pub(crate) fn set_application(&self, name: &str, channels: &[&str], bridges: &[&str]) {
        let body = json!({
            "name": name, "channel_ids": channels, "bridge_ids": bridges,
            "endpoint_ids": [], "device_names": [],
        });
        self.set_response(&format!("GET /applications/{name}"), 200, &body);
    }

    /// Sets the list of `channels` or `bridges` to objects of these ids.
    pub(crate) fn set_list(&self, what: &str, ids: &[&str]) {
        let make = if what == "channels" {
            sample::channel
        } else {
            sample::bridge
        };
        self.set_objects(what, ids.iter().map(|id| make(id)));
    }

    /// Sets a list to these objects.
    pub(crate) fn set_objects(&self, what: &str, objects: impl IntoIterator<Item = Value>) {
        let objects = objects.into_iter().collect();
        self.script().lists.insert(what.to_owned(), objects);
    }

    /// Responds to requests of this line from the lists again.
    pub(crate) fn reset_response(&self, line: &str) {
        self.script().answers.remove(line);
    }

    /// Returns the requests that have arrived so far.
    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.script().arrived.clone()
    }

    /// Returns the number of requests of this line that have arrived.
    pub(crate) fn request_count(&self, line: &str) -> usize {
        let arrived = self.requests();
        arrived.iter().filter(|known| known.line == line).count()
    }
}

/// Returns a builder for a client that reconnects without delay.
pub(crate) fn builder(url: &str) -> ClientBuilder<Client> {
    Client::builder(url)
        .credentials("user", "password")
        .connect_timeout(LIMIT)
        .timeout(LIMIT)
        .reconnect(fast_reconnect())
}

/// Returns a policy with short delays.
pub(crate) fn fast_reconnect() -> ReconnectPolicy {
    ReconnectPolicy::new()
        .initial_delay(Duration::from_millis(10))
        .max_delay(Duration::from_millis(50))
}

fn serve(stream: TcpStream, script: &Mutex<Script>, peers: &mpsc::Sender<Peer>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let known = script.lock().unwrap_or_else(PoisonError::into_inner);
    let base = known.base.clone();
    drop(known);
    while let Some((arrived, key)) = read(&mut reader, &base)? {
        let line = arrived.line.clone();
        let mut known = script.lock().unwrap_or_else(PoisonError::into_inner);
        known.arrived.push(arrived);
        let Some(key) = key else {
            while known.held.contains(&line) {
                drop(known);
                thread::sleep(Duration::from_millis(1));
                known = script.lock().unwrap_or_else(PoisonError::into_inner);
            }
            let (status, body) = known.response(&line);
            let silent = known.silent.contains(&line);
            let unfinished = known.unfinished.contains(&line);
            let name = known.name;
            drop(known);
            if unfinished {
                write!(
                    &stream,
                    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nbegun"
                )?;
            }
            if silent || unfinished {
                return reader.read_to_end(&mut Vec::new()).map(drop);
            }
            respond(&stream, status, name, &body)?;
            continue;
        };
        let upgrade = known.upgrades.pop_front().or(known.otherwise.clone());
        let name = known.name;
        drop(known);
        match upgrade.unwrap_or(Upgrade::Accept) {
            Upgrade::Accept => {
                accept(&stream, &key)?;
                // The test may have ended.
                peers.send(Peer { stream, reader }).ok();
                return Ok(());
            }
            Upgrade::Drop => return accept(&stream, &key),
            Upgrade::Refuse(status) => {
                let message = match status {
                    401 => "Authentication required",
                    403 => "Access denied by ACL",
                    _ => "no",
                };
                let body = json!({"message": message}).to_string();
                respond(&stream, status, name, &body)?;
            }
            Upgrade::Respond(status, body) => respond(&stream, status, name, body)?,
            Upgrade::Silence => {
                reader.read_to_end(&mut Vec::new())?;
            }
        }
    }
    Ok(())
}

/// Returns the next request and the key of its WebSocket; `None` when the client has closed the
/// connection.
fn read(
    reader: &mut BufReader<TcpStream>,
    base: &str,
) -> io::Result<Option<(ReceivedRequest, Option<String>)>> {
    let mut start = String::new();
    if reader.read_line(&mut start)? == 0 {
        return Ok(None);
    }
    let (mut key, mut length, mut host) = (None, 0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "sec-websocket-key" => key = Some(value.to_owned()),
            "host" => host = value.to_owned(),
            "content-length" => length = value.parse().expect("a number"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = start.split(' ');
    let method = words.next().expect("a method");
    let target = words.next().expect("a target");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.strip_prefix(base).expect("a path below the base");
    let arrived = ReceivedRequest {
        line: format!("{method} {path}"),
        host,
        query: query.to_owned(),
        body: String::from_utf8(body).expect("UTF-8"),
    };
    Ok(Some((arrived, key)))
}

fn respond(mut stream: &TcpStream, status: u16, name: Option<&str>, body: &str) -> io::Result<()> {
    let name = name.map_or(String::new(), |name| format!("Server: {name}\r\n"));
    let length = if status == 204 {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    stream.write_all(format!("HTTP/1.1 {status} So\r\n{name}{length}\r\n{body}").as_bytes())
}

fn accept(mut stream: &TcpStream, key: &str) -> io::Result<()> {
    let accept = derive_accept_key(key.as_bytes());
    stream.write_all(
        format!(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Protocol: ari\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
        )
        .as_bytes(),
    )
}

/// Frame opcodes.
pub(crate) mod opcode {
    pub(crate) const CONTINUATION: u8 = 0;
    pub(crate) const TEXT: u8 = 1;
    pub(crate) const BINARY: u8 = 2;
    pub(crate) const CLOSE: u8 = 8;
    pub(crate) const PING: u8 = 9;
    pub(crate) const PONG: u8 = 10;
}

/// Returns a frame as a server sends it.
pub(crate) fn frame(last: bool, opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![u8::from(last) << 7 | opcode];
    match payload.len() {
        length @ 0..126 => bytes.push(length as u8),
        length @ 126..0x1_0000 => {
            bytes.push(126);
            bytes.extend((length as u16).to_be_bytes());
        }
        length => {
            bytes.push(127);
            bytes.extend((length as u64).to_be_bytes());
        }
    }
    bytes.extend(payload);
    bytes
}

/// The server's side of a WebSocket. It is closed when this is dropped.
pub(crate) struct Peer {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Peer {
    /// Sends these bytes without a frame.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("a client that reads");
    }

    pub(crate) fn send_text(&mut self, text: &str) {
        self.send_raw(&frame(true, opcode::TEXT, text.as_bytes()));
    }

    pub(crate) fn send_event(&mut self, event: &Value) {
        self.send_text(&event.to_string());
    }

    pub(crate) fn send_ping(&mut self, payload: &[u8]) {
        self.send_raw(&frame(true, opcode::PING, payload));
    }

    /// Returns the next frame from the client; `None` at the end of the connection, or if nothing
    /// arrives within this time.
    pub(crate) fn next_frame_within(&mut self, limit: Duration) -> Option<(u8, Vec<u8>)> {
        self.stream.set_read_timeout(Some(limit)).ok()?;
        let mut head = [0; 2];
        self.reader.read_exact(&mut head).ok()?;
        let length = match head[1] & 0x7f {
            126 => {
                let mut length = [0; 2];
                self.reader.read_exact(&mut length).ok()?;
                u16::from_be_bytes(length).into()
            }
            127 => {
                let mut length = [0; 8];
                self.reader.read_exact(&mut length).ok()?;
                u64::from_be_bytes(length) as usize
            }
            length => length.into(),
        };
        assert_ne!(head[1] & 0x80, 0, "clients mask their frames");
        let mut mask = [0; 4];
        self.reader.read_exact(&mut mask).ok()?;
        let mut payload = vec![0; length];
        self.reader.read_exact(&mut payload).ok()?;
        for (index, byte) in payload.iter_mut().enumerate() {
            *byte ^= mask[index % 4];
        }
        Some((head[0] & 0x0f, payload))
    }

    pub(crate) fn next_frame(&mut self) -> Option<(u8, Vec<u8>)> {
        self.next_frame_within(LIMIT)
    }

    /// Returns the next request over the socket. Responds to pings before it.
    pub(crate) fn next_request(&mut self) -> Value {
        loop {
            match self.next_frame().expect("a request") {
                (opcode::TEXT, text) => {
                    return serde_json::from_slice(&text).expect("JSON");
                }
                (opcode::PING, payload) => self.send_raw(&frame(true, opcode::PONG, &payload)),
                (opcode, _) => panic!("a frame of kind {opcode}"),
            }
        }
    }

    /// Sends the response to a request.
    pub(crate) fn respond(&mut self, request: &Value, status: u16, body: &Value) {
        self.send_event(&sample::websocket_response(
            &request["request_id"],
            status,
            body,
        ));
    }

    /// Makes the system buffer little of what arrives and is not read.
    pub(crate) fn shrink_receive_buffer(&self) {
        let stream = self.stream.try_clone().expect("a socket");
        let socket = tokio::net::TcpSocket::from_std_stream(stream);
        socket.set_recv_buffer_size(16 * 1024).expect("a size");
    }

    /// Closes the WebSocket properly.
    pub(crate) fn close(mut self) {
        self.send_raw(&frame(true, opcode::CLOSE, &[]));
        while self.next_frame().is_some() {}
    }

    /// Reads until the client closes, and completes the close.
    pub(crate) fn close_with_client(mut self) {
        while let Some((opcode, _)) = self.next_frame() {
            if opcode == opcode::CLOSE {
                return self.send_raw(&frame(true, opcode::CLOSE, &[]));
            }
        }
    }

    /// Closes the connection without a closing handshake.
    pub(crate) fn cut(self) {
        // Both halves are clones of one socket, whose end the client must receive.
        self.stream.shutdown(Shutdown::Both).ok();
    }

    /// Resets the connection, which notifies the client.
    pub(crate) fn reset(self) {
        let Peer { stream, reader } = self;
        drop(reader);
        let stream = tokio::net::TcpSocket::from_std_stream(stream);
        stream.set_zero_linger().expect("a socket");
    }
}
