//! A scripted Asterisk with the applications `a` and `b`, and a client of it.
//!
//! Tables contain the responses to HTTP requests. WebSockets are passed to the test.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use ari_api::Client;
use ari_api::client::{ClientBuilder, ReconnectPolicy};
use ari_api::stream::EventStream;
use ari_test_support::{LIMIT, Peer, ReceivedRequest, Reply, wait_until};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::sample;

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

#[derive(Default)]
struct Script {
    responses: HashMap<String, (u16, String)>,
    upgrades: VecDeque<Upgrade>,
    otherwise: Option<Upgrade>,
    silent: Vec<String>,
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
        if let Some(response) = self.responses.get(line) {
            return response.clone();
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

    /// Returns a reply with this body, and with the `Server` header.
    fn reply(&self, status: u16, body: impl Into<Vec<u8>>) -> Reply {
        let name = self.name.map(|name| format!("Server: {name}\r\n"));
        Reply::Response(status, name.unwrap_or_default(), body.into())
    }
}

/// A server on a port of its own.
pub(crate) struct Server {
    http: ari_test_support::Server,
    /// The prefix of all paths.
    base: String,
    script: Arc<Mutex<Script>>,
    peers: mpsc::Receiver<Peer>,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_at("127.0.0.1", "/ari").expect("a free port")
    }

    /// Starts a server at an address of this machine, if the machine has it, below a path.
    pub(crate) fn start_at(address: &str, base: &str) -> io::Result<Self> {
        let script = Arc::new(Mutex::new(Script::default()));
        let (sender, peers) = mpsc::channel();
        let shared = Arc::clone(&script);
        let reply = move |request: &ReceivedRequest| reply(request, &shared, &sender);
        let server = Server {
            http: ari_test_support::Server::start_at(address, reply)?,
            base: base.to_owned(),
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
        lock(&self.script)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}{}", self.http.address(), self.base)
    }

    /// Returns a builder for a client that reconnects without delay.
    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        builder(&self.url())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// Connects an application; returns the client's and the server's end.
    pub(crate) async fn connect(&self, client: &Client) -> (EventStream<ari_api::Event>, Peer) {
        let before = self.request_count("GET /applications/a");
        let app = client.application("a").connect().await;
        let mut app = app.expect("an application");
        assert_eq!(
            crate::transcript::next_transcript(&mut app).await,
            "Connected"
        );
        // Objects that exist already are known from here on.
        let fetched = || self.request_count("GET /applications/a") > before;
        wait_until("the client has fetched the application", fetched).await;
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
            .responses
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
        self.script().responses.remove(line);
    }

    /// Returns the requests that have arrived so far.
    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.http.requests()
    }

    /// Returns the number of requests of this line that have arrived.
    pub(crate) fn request_count(&self, line: &str) -> usize {
        let requests = self.requests();
        let requests = requests.iter();
        requests.filter(|request| request.line() == line).count()
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

fn lock(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reply(request: &ReceivedRequest, script: &Mutex<Script>, peers: &mpsc::Sender<Peer>) -> Reply {
    if request.header("sec-websocket-key").is_some() {
        return upgrade(&mut lock(script), peers.clone());
    }
    let line = request.line();
    while lock(script).held.contains(&line) {
        thread::sleep(Duration::from_millis(1));
    }
    let script = lock(script);
    if script.unfinished.contains(&line) {
        let begin = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nbegun";
        return Reply::Stall(begin.to_vec());
    }
    if script.silent.contains(&line) {
        return Reply::Stall(Vec::new());
    }
    let (status, body) = script.response(&line);
    script.reply(status, body)
}

fn upgrade(script: &mut Script, peers: mpsc::Sender<Peer>) -> Reply {
    let upgrade = script.upgrades.pop_front().or(script.otherwise.clone());
    match upgrade.unwrap_or(Upgrade::Accept) {
        // The test may have ended.
        Upgrade::Accept => Reply::websocket(move |peer| drop(peers.send(peer))),
        Upgrade::Drop => Reply::websocket(drop),
        Upgrade::Refuse(status) => {
            let message = match status {
                401 => "Authentication required",
                403 => "Access denied by ACL",
                _ => "no",
            };
            script.reply(status, json!({"message": message}).to_string())
        }
        Upgrade::Respond(status, body) => script.reply(status, body),
        Upgrade::Silence => Reply::Stall(Vec::new()),
    }
}
