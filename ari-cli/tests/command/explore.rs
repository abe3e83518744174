//! `ari explore`: the page, its protection, and what it sends to the server.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::{Value, json};

use super::fake::Fake;
use super::support::{ari, run, signal};
use super::watching::{LIMIT, Watching};

/// The password of the fake, and the value of the header that contains it.
const SECRETS: [&str; 2] = ["testme", "YXJpdGVzdDp0ZXN0bWU="];

/// A running `ari explore`.
struct Page {
    child: Child,
    /// Such as `127.0.0.1:40000`.
    host: String,
    token: String,
    /// The lines of the standard error.
    notes: Receiver<String>,
}

struct Response {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Response {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn message(&self) -> String {
        self.json()["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Page {
    fn start(fake: &Fake, options: &[&str]) -> Self {
        let arguments = [&["explore", "--no-open", "--json", "-v"], options].concat();
        Self::of(fake.command(&arguments))
    }

    fn of(mut command: Command) -> Self {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let (sender, notes) = channel();
        let errors = BufReader::new(child.stderr.take().expect("a pipe"));
        thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        out.read_line(&mut line).expect("a line");
        let started: Value = serde_json::from_str(&line).unwrap_or_else(|error| {
            panic!("{line:?}: {error}: {:?}", notes.iter().collect::<Vec<_>>())
        });
        let url = started["url"].as_str().expect("a URL");
        let (address, token) = url.split_once("/#").expect("a token");
        Page {
            child,
            host: address.trim_start_matches("http://").to_owned(),
            token: token.to_owned(),
            notes,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(LIMIT)).expect("a timeout");
        stream
    }

    /// Sends the bytes of a request, and returns the response. Both may end early.
    fn raw(&self, request: &[u8]) -> Response {
        let mut stream = self.connect();
        // The server may refuse the request before it has read all of it.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        assert!(!SECRETS.iter().any(|it| text.contains(it)), "{text}");
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let end = end.map_or(bytes.len(), |end| end + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.get(9..12).and_then(|status| status.parse().ok());
        Response {
            status: status.unwrap_or_default(),
            head,
            body: bytes.split_off(end),
        }
    }

    /// Sends a request of the page. `path` is below `/api`.
    fn send(&self, method: &str, path: &str, body: Option<Value>) -> Response {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let kind = match body.is_empty() {
            true => String::new(),
            false => format!(
                "Content-Type: application/json\r\nContent-Length: {}\r\n",
                body.len()
            ),
        };
        let request = format!(
            "{method} /api{path} HTTP/1.1\r\nHost: {}\r\nX-Ari-Explore-Token: {}\r\n\
             Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n{kind}\r\n{body}",
            self.host, self.token, self.host
        );
        self.raw(request.as_bytes())
    }

    #[track_caller]
    fn good(&self, method: &str, path: &str) -> Value {
        let response = self.send(method, path, None);
        let text = String::from_utf8_lossy(&response.body);
        assert!(
            (200..300).contains(&response.status),
            "{}{text}",
            response.head
        );
        response.json()
    }

    /// Opens the list of events.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        let request = format!(
            "GET /api/events HTTP/1.1\r\nHost: {}\r\nX-Ari-Explore-Token: {}\r\n\r\n",
            self.host, self.token
        );
        stream.write_all(request.as_bytes()).expect("it is sent");
        BufReader::new(stream)
    }

    /// Returns the names of the registered applications, and their states.
    fn states(&self) -> Vec<(String, String)> {
        let list = self.good("GET", "/applications");
        let text = |it: &Value, key: &str| it[key].as_str().expect("text").to_owned();
        let list = list.as_array().expect("a list").iter();
        list.map(|it| (text(it, "name"), text(it, "state")))
            .collect()
    }

    /// Calls `Local/EXTENSION@testari` into an application, and returns the channel's id.
    fn call(&self, extension: &str, application: &str) -> String {
        let path = format!("/ari/channels?endpoint=Local/{extension}@testari&app={application}");
        let channel = self.good("POST", &path);
        channel["id"].as_str().expect("an id").to_owned()
    }

    /// Ends the process as by Ctrl-C, and returns its notes.
    fn end(mut self) -> String {
        signal(self.child.id(), "INT");
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
        let notes: Vec<String> = self.notes.iter().collect();
        let notes = notes.join("\n");
        assert!(!SECRETS.iter().any(|it| notes.contains(it)), "{notes}");
        assert!(!notes.contains(&self.token), "{notes}");
        notes
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the next line of events that fits.
#[track_caller]
fn next(events: &mut BufReader<TcpStream>, fits: impl Fn(&Value) -> bool) -> Value {
    loop {
        let mut line = String::new();
        let length = events.read_line(&mut line).expect("a line");
        assert!(length > 0, "the events have ended");
        // Other lines are those of the chunks.
        match serde_json::from_str::<Value>(&line) {
            Ok(value) if value.is_object() && fits(&value) => return value,
            _ => {}
        }
    }
}

#[test]
fn requests_of_strangers_are_refused() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &[]);
    let (host, token) = (page.host.as_str(), page.token.as_str());
    let port = host.rsplit(':').next().expect("a port");
    let own = format!("Host: {host}\r\n");
    let key = format!("X-Ari-Explore-Token: {token}\r\n");
    let both = format!("{own}{key}");
    let wrong = format!("{own}X-Ari-Explore-Token: {}\r\n", "0".repeat(32));
    let shorter = format!("{own}X-Ari-Explore-Token: {}\r\n", &token[..31]);
    let server = "GET /api/server";
    let long = format!("X-Long: {}\r\n", "x".repeat(17 << 10));
    for (request, head, status) in [
        (server, both.clone(), 200),
        (server, format!("Host: localhost:{port}\r\n{key}"), 200),
        (server, format!("{both}Origin: http://{host}\r\n"), 200),
        (server, format!("{both}Sec-Fetch-Site: none\r\n"), 200),
        ("GET /", own.clone(), 200),
        ("HEAD /", own.clone(), 200),
        // Without the token.
        (server, own.clone(), 401),
        (server, wrong.clone(), 401),
        (server, shorter, 401),
        ("GET /api/events", own.clone(), 401),
        (
            "POST /api/ari/channels?endpoint=Local/echo@testari&app=x",
            wrong.clone(),
            401,
        ),
        ("GET /api/nothing", wrong, 401),
        // After DNS rebinding.
        (server, format!("Host: evil.example:{port}\r\n{key}"), 421),
        (server, format!("Host: 127.0.0.1\r\n{key}"), 421),
        (server, format!("Host: 127.0.0.1:1\r\n{key}"), 421),
        (server, format!("Host: {host}.evil.example\r\n{key}"), 421),
        (server, format!("{both}Host: evil.example\r\n"), 421),
        (server, key.clone(), 421),
        ("GET http://evil.example/", own.clone(), 421),
        ("GET /", format!("Host: evil.example:{port}\r\n"), 421),
        // From pages of other sites.
        (
            server,
            format!("{both}Origin: http://evil.example\r\n"),
            403,
        ),
        (server, format!("{both}Origin: null\r\n"), 403),
        (server, format!("{both}Origin: https://{host}\r\n"), 403),
        (server, format!("{both}Origin: http://127.0.0.1:1\r\n"), 403),
        (server, format!("{both}Sec-Fetch-Site: cross-site\r\n"), 403),
        (server, format!("{both}Sec-Fetch-Site: same-site\r\n"), 403),
        ("GET /", format!("{own}Sec-Fetch-Site: cross-site\r\n"), 403),
        // CORS.
        ("OPTIONS /api/server", both.clone(), 405),
        ("OPTIONS /api/ari/channels", own.clone(), 405),
        ("OPTIONS /", own.clone(), 405),
        // Files that the page does not have.
        ("GET /../Cargo.toml", own.clone(), 404),
        ("GET /%2e%2e/Cargo.toml", own.clone(), 404),
        ("GET //etc/passwd", own.clone(), 404),
        ("GET /./index.html", own.clone(), 404),
        ("POST /index.html", own.clone(), 405),
        // Paths outside of ARI.
        ("GET /api/ari/../httpstatus", both.clone(), 400),
        ("GET /api/ari/channels/%2E%2e/x", both.clone(), 400),
        ("GET /api/ari//channels", both.clone(), 400),
        ("GET /api/ari", both.clone(), 404),
        ("GET /api/arix", both.clone(), 404),
        ("GET /api/nothing", both.clone(), 404),
        ("POST /api/server", both.clone(), 405),
        ("TRACE /api/ari/channels", both.clone(), 405),
        // Limits.
        (server, format!("{both}{long}"), 431),
        (
            "POST /api/ari/channels",
            format!("{both}Content-Length: 1048577\r\n"),
            413,
        ),
    ] {
        let text = format!("{request} HTTP/1.1\r\n{head}Connection: close\r\n\r\n");
        let response = page.raw(text.as_bytes());
        let shown = head.get(..200).unwrap_or(&head);
        assert_eq!(
            response.status, status,
            "{request}\n{shown}\n{}",
            response.head
        );
        let sent = response.head.to_lowercase();
        assert!(!sent.contains("access-control"), "{request}: {sent}");
        // The library refuses long heads by itself.
        if status == 431 {
            continue;
        }
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self';",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(sent.contains(header), "{request}: {header}: {sent}");
        }
        let has_message = !response.message().is_empty();
        assert_eq!(has_message, status >= 400, "{request}: {status}");
    }
    // A body whose length is not announced.
    let mut endless = format!(
        "POST /api/ari/channels HTTP/1.1\r\n{both}Content-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    for _ in 0..20 {
        endless.push_str(&format!("10000\r\n{}\r\n", "x".repeat(1 << 16)));
    }
    assert_eq!(page.raw(endless.as_bytes()).status, 413);
    let text = format!("POST /api/ari/channels HTTP/1.1\r\n{both}Content-Length: 2\r\n\r\n{{}}");
    assert_eq!(page.raw(text.as_bytes()).status, 415);
    page.end();
}

#[test]
fn slow_clients_are_disconnected() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &[]);
    // One that sends nothing, one that never ends the head, and one that never ends the body.
    let mut silent = page.connect();
    let mut slow = page.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("sent");
    let mut unfinished = page.connect();
    let head = format!(
        "POST /api/ari/channels HTTP/1.1\r\nHost: {}\r\nX-Ari-Explore-Token: {}\r\n\
         Content-Length: 10\r\n\r\n{{",
        page.host, page.token
    );
    unfinished.write_all(head.as_bytes()).expect("sent");
    let mut text = String::new();
    silent.read_to_string(&mut text).expect("an end");
    slow.read_to_string(&mut text).expect("an end");
    let mut response = [0; 12];
    unfinished.read_exact(&mut response).expect("a response");
    assert_eq!(&response, b"HTTP/1.1 408");
    // Others are served at the same time.
    assert_eq!(page.good("GET", "/ari/channels"), json!([]));
}

#[test]
fn idle_connections_of_others_keep_nobody_out() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &[]);
    let mut events = page.events();
    next(&mut events, |line| line["kind"] == "connection");
    let idle: Vec<TcpStream> = (0..200).map(|_| page.connect()).collect();
    assert_eq!(page.good("GET", "/ari/channels"), json!([]));
    // The oldest is closed for the newest, which waits for its request.
    let mut text = String::new();
    (&idle[0]).read_to_string(&mut text).expect("an end");
    assert_eq!(text, "");
    // What has sent the token stays.
    page.send("GET", "/ari/channels/nothing", None);
    next(&mut events, |line| line["status"] == 404);
}

#[test]
fn requests_are_sent_with_the_credentials_of_the_command() {
    let fake = Fake::start(&["--release", "22"], &[]);
    let page = Page::start(&fake, &["--app", "hello"]);
    let server = page.good("GET", "/server");
    assert_eq!(server["url"], fake.url());
    assert_eq!(server["user"], "aritest");
    assert_eq!(server["release"], "22");
    assert_eq!(server["version"], fake.told["version"]);
    assert_eq!(server["readOnly"], false);
    let mut events = page.events();
    let first = next(&mut events, |_| true);
    assert_eq!(first["kind"], "connection");
    let id = page.call("echo", "hello");
    let started = next(&mut events, |line| line["event"]["type"] == "StasisStart");
    assert_eq!(started["kind"], "event");
    assert_eq!(started["application"], "hello");
    assert_eq!(started["event"]["channel"]["id"], id.as_str());
    let state = page.good("GET", "/state");
    let channels = state["channels"].as_array().expect("channels");
    assert!(
        channels.iter().any(|channel| channel["id"] == id.as_str()),
        "{state}"
    );
    assert_eq!(state["bridges"], json!([]));

    // A body, a failure, and a download.
    let path = format!("/ari/channels/{id}/variable");
    let body = json!({"variable": "LANGUAGE", "value": "ü \"x\""});
    assert_eq!(page.send("POST", &path, Some(body)).status, 204);
    let value = page.good("GET", &format!("{path}?variable=LANGUAGE"));
    assert_eq!(value["value"], "ü \"x\"");
    let response = page.send("GET", "/ari/channels/nothing", None);
    assert_eq!(
        (response.status, response.message().as_str()),
        (404, "Channel not found")
    );
    let request = next(&mut events, |line| line["status"] == 404);
    assert_eq!(request["kind"], "request");
    assert_eq!(request["path"], "/channels/nothing");
    assert_eq!(page.send("PUT", "/ari/channels", None).status, 405);
    page.good(
        "POST",
        &format!("/ari/channels/{id}/record?name=r&format=wav"),
    );
    next(&mut events, |line| {
        line["event"]["type"] == "RecordingStarted"
    });
    page.good("POST", "/ari/recordings/live/r/stop");
    next(&mut events, |line| {
        line["event"]["type"] == "RecordingFinished"
    });
    let file = page.send("GET", "/ari/recordings/stored/r/file", None);
    assert_eq!(file.status, 200);
    assert!(
        file.head.contains("content-type: audio/wav"),
        "{}",
        file.head
    );
    assert!(file.body.windows(4).any(|part| part == b"RIFF"));
    let response = page.send("GET", "/ari/events?app=x", None);
    assert_eq!(response.status, 400);
    assert!(response.message().contains("tab Events"));

    // The call, once, although two applications have received its events.
    page.good("DELETE", &format!("/ari/channels/{id}"));
    next(&mut events, |line| {
        line["application"] == "hello" && line["event"]["type"] == "ChannelDestroyed"
    });
    let call = page.good("GET", &format!("/timeline/{id}"));
    assert_eq!(call["call"], id.as_str());
    let entries = call["entries"].as_array().expect("entries");
    let count = |kind: &str| {
        let of_channel =
            |entry: &&Value| entry["event"] == kind && entry["objects"][0] == id.as_str();
        entries.iter().filter(of_channel).count()
    };
    assert_eq!(count("StasisStart"), 1, "{call:#}");
    assert_eq!(count("ChannelDestroyed"), 1, "{call:#}");
    let is_request = |entry: &&Value| entry["request"].is_string();
    assert!(entries.iter().any(|entry| is_request(&entry)), "{call:#}");
    let text = call["text"].as_array().expect("text");
    assert!(
        text[0]
            .as_str()
            .expect("text")
            .starts_with(&format!("Call {id}: "))
    );
    // A request that failed is shown too.
    let refused = page.good("GET", "/timeline/nothing");
    assert_eq!(refused["problems"], 1, "{refused:#}");
    assert_eq!(page.send("GET", "/timeline/unknown", None).status, 404);

    let document = page.good("GET", "/openapi.json");
    assert_eq!(document["servers"], json!([{"url": "/api/ari"}]));
    assert_eq!(document["info"]["version"], fake.told["version"]);
    assert!(document["security"].is_null());
    assert!(document["components"]["securitySchemes"].is_null());
    assert!(document["paths"]["/channels"]["post"].is_object());

    // Without the server.
    fake.hang();
    drop(fake);
    let response = page.send("GET", "/ari/channels", None);
    assert_eq!(response.status, 502);
    assert!(
        response.message().contains("channels.list"),
        "{}",
        response.message()
    );
    next(&mut events, |line| {
        line["kind"] == "connection" && line["state"] == "lost"
    });
}

#[test]
fn server_that_hangs_is_a_timeout() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &["--within", "2"]);
    fake.hang();
    let response = page.send("GET", "/ari/channels", None);
    assert_eq!(response.status, 504);
    assert!(
        response.message().contains("no response within 2 s"),
        "{}",
        response.message()
    );
}

#[test]
fn slow_page_misses_events_and_knows_how_many() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &["--app", "hello"]);
    let mut events = page.events();
    next(&mut events, |line| line["kind"] == "connection");
    let body = json!({"variables": {"x": "y".repeat(35_000)}});
    let send = |name: &str| {
        let path = format!("/ari/events/user/{name}?application=hello");
        assert_eq!(page.send("POST", &path, Some(body.clone())).status, 204);
    };
    // More than the sockets and the queue hold.
    const COUNT: u64 = 900;
    for _ in 0..COUNT {
        send("many");
    }
    let mut received = 0;
    let dropped = loop {
        let line = next(&mut events, |line| {
            line["kind"] == "dropped" || line["event"]["type"] == "ChannelUserevent"
        });
        match line["count"].as_u64() {
            Some(count) => break count,
            None => received += 1,
        }
    };
    assert!(
        dropped > 0 && received > 0,
        "{received} received, {dropped} dropped"
    );
    // Lines about the requests are dropped as well.
    assert!(
        received + dropped >= COUNT,
        "{received} received, {dropped} dropped"
    );
    assert!(
        received + dropped <= 2 * COUNT + 100,
        "{received} received, {dropped} dropped"
    );
    send("last");
    next(&mut events, |line| line["event"]["eventname"] == "last");
}

#[test]
fn applications_are_registered_and_left() {
    // Releases before 22 keep applications whose subscriptions are not cancelled.
    let fake = Fake::start(&["--release", "16"], &[]);
    let page = Page::start(&fake, &[]);
    let mut events = page.events();
    assert_eq!(page.good("GET", "/applications"), json!([]));
    page.good("POST", "/applications/my%20app");
    assert_eq!(
        page.states(),
        [("my app".to_owned(), "connected".to_owned())]
    );
    assert_eq!(
        page.send("POST", "/applications/my%20app", None).status,
        409
    );
    for name in ["a%2Cb", "ari-command-0123456789ab", "%FF"] {
        let path = format!("/applications/{name}");
        assert_eq!(page.send("POST", &path, None).status, 400, "{name}");
    }
    assert_eq!(page.send("DELETE", "/applications/other", None).status, 404);
    page.good(
        "POST",
        "/ari/applications/my%20app/subscription?eventSource=endpoint:PJSIP",
    );
    assert_eq!(
        page.good("DELETE", "/applications/my%20app")["kept"],
        Value::Null
    );
    assert_eq!(page.good("GET", "/applications"), json!([]));
    let left = next(&mut events, |line| line["state"] == "left");
    assert_eq!(left["application"], "my app");

    // Another program is not disconnected, and can take over.
    let mut other = Watching::start(fake.command(&["events", "hello", "--json"]));
    other.until("Connected");
    let response = page.send("POST", "/applications/hello", None);
    assert_eq!(response.status, 409);
    assert!(
        response.message().contains("already registered"),
        "{}",
        response.message()
    );
    signal(other.child.id(), "INT");
    let _ = other.child.wait();
    page.good("POST", "/applications/hello");
    let mut other = Watching::start(fake.command(&["events", "hello", "--take-over", "--json"]));
    other.until("Connected");
    let ended = next(&mut events, |line| line["state"] == "ended");
    let reason = "another client took over the application \"hello\"";
    assert_eq!(ended["text"], reason);
    let listed = json!([{"name": "hello", "state": "ended", "text": reason, "replaced": true}]);
    assert_eq!(page.good("GET", "/applications"), listed);
    // It is that of the other program now.
    assert_eq!(page.send("POST", "/applications/hello", None).status, 409);
    assert_eq!(page.good("GET", "/applications"), listed);
    page.good("DELETE", "/applications/hello");
    assert_eq!(page.good("GET", "/applications"), json!([]));
    signal(other.child.id(), "INT");
    let _ = other.child.wait();

    // At the end nothing stays behind but what has a channel.
    page.good("POST", "/applications/empty");
    page.good("POST", "/applications/full");
    page.good(
        "POST",
        "/ari/applications/empty/subscription?eventSource=endpoint:PJSIP",
    );
    let id = page.call("echo", "full");
    next(&mut events, |line| line["event"]["type"] == "StasisStart");
    let notes = page.end();
    let list: Value =
        serde_json::from_str(&fake.good(&["applications", "list", "--json"])).expect("JSON");
    let names: Vec<_> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["full"], "{list:#}");
    assert!(
        notes.contains("the server keeps the application \"full\", with 1 channel"),
        "{notes}"
    );
    assert!(
        notes.contains("> Authorization: Basic (redacted)"),
        "{notes}"
    );
    fake.good(&["channels", "hangup", &id]);
}

/// A reset of the fake ends subscriptions, and so the connections whose programs have made them.
#[test]
fn calls_are_shown_after_a_reset() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &["--app", "hello"]);
    let mut events = page.events();
    let mut watch = Watching::start(fake.command(&["watch", "--json"]));
    watch.until("Connected");
    next(&mut events, |line| line["kind"] == "connection");
    for name in ["first", "second"] {
        fake.good(&["mock", "reset"]);
        let own = page.good("GET", "/server")["application"].clone();
        next(&mut events, |line| {
            line["application"] == own && line["state"] == "reconnected"
        });
        watch.until("Reconnected");
        let options = ["--extension", "ring", "--id", name];
        fake.good(&[&["mock", "call", "PJSIP/alice"], &options[..]].concat());
        next(&mut events, |line| {
            line["application"] == own && line["event"]["channel"]["id"] == name
        });
        watch.until(name);
    }
    signal(watch.child.id(), "INT");
    let _ = watch.child.wait();
}

#[test]
fn lost_applications_are_connected_again() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &["--app", "hello"]);
    let mut events = page.events();
    next(&mut events, |line| line["kind"] == "connection");
    let id = page.call("echo", "hello");
    next(&mut events, |line| line["event"]["type"] == "StasisStart");
    // The server keeps the application because of its channel.
    for _ in 0..2 {
        fake.good(&["mock", "disconnect", "--application", "hello"]);
        let of_application = |state: &'static str| {
            move |line: &Value| line["application"] == "hello" && line["state"] == state
        };
        next(&mut events, of_application("lost"));
        next(&mut events, of_application("reconnected"));
        let expected = [("hello".to_owned(), "connected".to_owned())];
        assert_eq!(page.states(), expected);
    }
    page.good("DELETE", &format!("/ari/channels/{id}"));
    let ended = next(&mut events, |line| {
        line["application"] == "hello" && line["event"]["type"] == "ChannelDestroyed"
    });
    assert_eq!(ended["event"]["channel"]["id"], id.as_str());
    assert_eq!(
        page.good("DELETE", "/applications/hello")["kept"],
        Value::Null
    );
}

/// A program that has connected as the application in a gap keeps it, until the user decides otherwise.
#[test]
fn applications_of_other_programs_are_not_taken_over() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &["--app", "hello"]);
    let mut events = page.events();
    next(&mut events, |line| line["kind"] == "connection");
    // The page cannot connect again before the other program has.
    signal(page.child.id(), "STOP");
    fake.good(&["mock", "disconnect", "--application", "hello"]);
    let mut other = Watching::start(fake.command(&["events", "hello", "--json"]));
    other.until("Connected");
    signal(page.child.id(), "CONT");
    let ended = next(&mut events, |line| line["state"] == "ended");
    assert_eq!(ended["application"], "hello");
    let text = ended["text"].as_str().unwrap_or_default();
    assert!(text.contains("another program has connected"), "{ended}");
    assert_eq!(page.good("GET", "/applications")[0]["replaced"], true);
    let response = page.send("POST", "/applications/hello", None);
    assert_eq!(response.status, 409);
    assert!(response.message().contains("take it over"));

    page.good("POST", "/applications/hello?take-over");
    other.until("ApplicationReplaced");
    let id = page.call("echo", "hello");
    next(&mut events, |line| {
        line["application"] == "hello" && line["event"]["channel"]["id"] == id.as_str()
    });
    signal(other.child.id(), "INT");
    let _ = other.child.wait();
}

#[test]
fn read_only_page_changes_nothing() {
    let fake = Fake::start(&[], &[]);
    let page = Page::start(&fake, &["--read-only"]);
    assert_eq!(page.good("GET", "/server")["readOnly"], true);
    assert_eq!(page.good("GET", "/ari/channels"), json!([]));
    for (method, path) in [
        (
            "POST",
            "/ari/channels?endpoint=Local/echo@testari&app=hello",
        ),
        ("PUT", "/ari/asterisk/config/dynamic/a/b/c"),
        ("DELETE", "/ari/channels/x"),
        ("PATCH", "/ari/channels/x"),
        ("POST", "/applications/hello"),
        ("DELETE", "/applications/hello"),
    ] {
        let response = page.send(method, path, None);
        assert_eq!(response.status, 403, "{method} {path}");
        assert!(
            response.message().contains("--read-only"),
            "{}",
            response.message()
        );
    }
    // Only the temporary application was connected and subscribed.
    let notes = page.end();
    let is_request = |line: &&str| line.starts_with("> POST") || line.starts_with("> DELETE");
    for line in notes.lines().filter(is_request) {
        assert!(line.contains("/applications/ari-command-"), "{line}");
    }
    let (code, _, error) =
        run(fake.command(&["explore", "--no-open", "--read-only", "--app", "x"]));
    assert_eq!(code, 2, "{error}");
}

#[test]
fn user_who_may_only_read_sees_no_events() {
    let fake = Fake::start(&[], &[]);
    let mut command = ari(&["explore", "--no-open", "--json"]);
    command.env("ARI_URL", fake.url());
    command
        .env("ARI_USER", "reader")
        .env("ARI_PASSWORD", "readme");
    let page = Page::of(command);
    assert_eq!(page.good("GET", "/ari/channels"), json!([]));
    let mut events = page.events();
    let state = next(&mut events, |line| line["kind"] == "connection");
    assert_eq!(state["state"], "lost", "{state}");
    assert!(page.end().contains("read_only in ari.conf"));
}

#[test]
fn problems_at_the_start_are_reported() {
    let fake = Fake::start(&[], &[]);
    let mut command = fake.command(&["explore", "--no-open"]);
    command.env("ARI_URL", "http://127.0.0.1:1/ari");
    let (code, _, error) = run(command);
    assert_eq!(code, 4, "{error}");
    let page = Page::start(&fake, &["--app", "hello"]);
    let port = page.host.rsplit(':').next().expect("a port");
    let (code, _, error) = run(fake.command(&["explore", "--no-open", "--port", port]));
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("--port"), "{error}");
    let (code, _, error) = run(fake.command(&["explore", "--no-open", "--app", "hello"]));
    assert_eq!(code, 3, "{error}");
    assert!(error.contains("already registered"), "{error}");
    page.end();
    // The failed attempts have removed what they had registered.
    assert_eq!(fake.good(&["applications", "list", "--json"]).trim(), "[]");
}
