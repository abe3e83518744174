//! A scripted HTTP/1.1 server: it records requests and sends the responses of the test.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ari_api::Client;
use ari_api::operations::RELEASES;
use ari_api::schema::Version;
use serde_json::Value;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

pub(crate) const USER: &str = "front-desk";
pub(crate) const PASSWORD: &str = "hünter2:+/ %41";
/// User, colon and password in base64.
pub(crate) const ENCODED: &str = "ZnJvbnQtZGVzazpow7xudGVyMjorLyAlNDE=";

/// The server's reaction to a request.
pub(crate) enum Reply {
    /// A status and a body.
    Respond(u16, Vec<u8>),
    /// 200, and a body whose chunks are sent when the test provides them.
    Pieces(Receiver<Vec<u8>>),
    /// 101, text messages, and the end of the WebSocket.
    Socket(Vec<String>),
    /// Closes the connection without a response.
    HangUp,
    /// Sends half a response, and closes the connection.
    BreakOff,
    /// Sends nothing until the client disconnects.
    Silence,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Reply::Respond(status, body.to_string().into_bytes())
    }

    pub(crate) fn empty() -> Self {
        Reply::Respond(204, Vec::new())
    }
}

/// A request as it arrived.
pub(crate) struct ReceivedRequest {
    pub(crate) method: String,
    /// As on the request line, encoded.
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl ReceivedRequest {
    /// Returns the value of a header that must not occur twice.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice in {:?}", self.headers);
        value
    }

    /// Returns the segments below `/ari`, decoded.
    pub(crate) fn path(&self) -> Vec<String> {
        let path = self.target.split('?').next().unwrap_or_default();
        let below = path.strip_prefix("/ari/").expect("a path below /ari");
        below.split('/').map(decode).collect()
    }

    /// Returns names and values of the query, decoded, in order of the names.
    pub(crate) fn query(&self) -> Vec<(String, String)> {
        let Some((_, query)) = self.target.split_once('?') else {
            return Vec::new();
        };
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').expect("a name and a value");
            (decode(name), decode(value))
        };
        let mut pairs: Vec<_> = query.split('&').map(pair).collect();
        pairs.sort();
        pairs
    }

    /// Returns the body; null if there is none.
    pub(crate) fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }
}

/// Decodes percent signs. Asterisk would decode a plain `+` to a space: it must not occur anywhere.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                let digits = std::str::from_utf8(&digits).expect("two digits");
                u8::from_str_radix(digits, 16).expect("two hexadecimal digits")
            }
            b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => byte,
            _ => panic!("{:?} is not encoded in {text}", char::from(byte)),
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// A server on a port of its own.
pub(crate) struct Server {
    port: u16,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    next_request: Receiver<ReceivedRequest>,
}

impl Server {
    pub(crate) fn start() -> Self {
        Server::start_ignoring(&[])
    }

    /// Starts a server for which requests for some targets are not part of the script at any time:
    /// they get a 500, and are not recorded.
    pub(crate) fn start_ignoring(ignored: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        let replies = Arc::new(Mutex::new(VecDeque::new()));
        let (sender, next_request) = mpsc::channel();
        let script = replies.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, sender) = (script.clone(), sender.clone());
                // A client that disconnects is not a failure of the server.
                thread::spawn(move || serve(stream, ignored, &script, &sender).ok());
            }
        });
        Server {
            port,
            replies,
            next_request,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ari", self.port)
    }

    /// Returns a client of this server, which knows that the server has all operations.
    pub(crate) fn client(&self) -> Client {
        let newest = Version::new(*RELEASES.last().expect("releases"), 0, 0);
        let builder = Client::builder(self.url()).credentials(USER, PASSWORD);
        builder.server_version(newest).build().expect("a client")
    }

    /// Sets the reply to the next request.
    pub(crate) fn set_reply(&self, reply: Reply) {
        self.replies.lock().expect("the script").push_back(reply);
    }

    /// Returns the oldest request that was not returned yet.
    pub(crate) fn arrived(&self) -> ReceivedRequest {
        let arrived = self.next_request.recv_timeout(Duration::from_secs(30));
        arrived.expect("a request that arrived")
    }
}

fn serve(
    stream: TcpStream,
    ignored: &[&str],
    script: &Mutex<VecDeque<Reply>>,
    arrived: &Sender<ReceivedRequest>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(request) = read(&mut reader)? {
        if ignored.contains(&request.target.as_str()) {
            answer(&stream, 500, b"")?;
            continue;
        }
        let key = request.header("sec-websocket-key").map(str::to_owned);
        let reply = script.lock().expect("the script").pop_front();
        // The test may have ended.
        arrived.send(request).ok();
        match reply.unwrap_or(Reply::Respond(500, b"not in the script".to_vec())) {
            Reply::Respond(status, body) => answer(&stream, status, &body)?,
            Reply::Pieces(pieces) => send_pieces(&stream, pieces)?,
            Reply::Socket(messages) => {
                return send_messages(&stream, key.as_deref().unwrap_or_default(), &messages);
            }
            Reply::HangUp => return Ok(()),
            Reply::BreakOff => {
                return (&stream).write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"");
            }
            Reply::Silence => {
                reader.read_to_end(&mut Vec::new())?;
            }
        }
    }
    Ok(())
}

/// Returns the next request; `None` when the client has closed the connection.
fn read(reader: &mut BufReader<TcpStream>) -> io::Result<Option<ReceivedRequest>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end_matches("\r\n");
        if line.is_empty() {
            break;
        }
        lines.push(line.to_owned());
    }
    let mut lines = lines.into_iter();
    let start = lines.next().expect("a request line");
    let mut words = start.split(' ');
    let mut word = || words.next().expect("method, target and version").to_owned();
    let (method, target, version) = (word(), word(), word());
    assert_eq!((version.as_str(), words.next()), ("HTTP/1.1", None));
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").expect("a header");
        (name.to_lowercase(), value.to_owned())
    });
    let mut request = ReceivedRequest {
        method,
        target,
        headers: headers.collect(),
        body: Vec::new(),
    };
    if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().expect("a number")];
        reader.read_exact(&mut request.body)?;
    }
    Ok(Some(request))
}

fn answer(mut stream: &TcpStream, status: u16, body: &[u8]) -> io::Result<()> {
    let mut bytes = format!("HTTP/1.1 {status} So\r\n").into_bytes();
    // 204 has neither a body nor a length.
    if status != 204 {
        let length = body.len();
        bytes.extend(format!("Content-Length: {length}\r\n").as_bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    stream.write_all(&bytes)
}

fn send_pieces(mut stream: &TcpStream, pieces: Receiver<Vec<u8>>) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
    for piece in pieces {
        stream.write_all(format!("{:x}\r\n", piece.len()).as_bytes())?;
        stream.write_all(&piece)?;
        stream.write_all(b"\r\n")?;
    }
    stream.write_all(b"0\r\n\r\n")
}

fn send_messages(mut stream: &TcpStream, key: &str, messages: &[String]) -> io::Result<()> {
    let accept = derive_accept_key(key.as_bytes());
    let mut bytes = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Protocol: ari\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    )
    .into_bytes();
    for message in messages {
        let length = u16::try_from(message.len()).expect("short messages");
        // A whole text message, its length in 16 bits.
        bytes.extend([0x81, 126]);
        bytes.extend(length.to_be_bytes());
        bytes.extend(message.as_bytes());
    }
    // Close.
    bytes.extend([0x88, 0]);
    stream.write_all(&bytes)
}
