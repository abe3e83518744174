//! A scripted HTTP/1.1 server.
//!
//! It works on plain TCP, with hand-made frames, so that it can send anything that a library would
//! prevent, and in threads of its own, so that it adds no tasks to the runtime of a test.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::Value;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::wait::LIMIT;
use crate::{Peer, ReceivedRequest};

/// The reply to a request.
pub enum Reply {
    /// A response with this status, these header lines, each of which ends in a line break, and
    /// this body.
    Response(u16, String, Vec<u8>),
    /// 200, and a body whose chunks are sent when the test provides them.
    Chunks(Receiver<Vec<u8>>),
    /// These bytes, and the end of the connection.
    Raw(Vec<u8>),
    /// These bytes, and nothing more until the client disconnects.
    Stall(Vec<u8>),
    /// 101, and a WebSocket, whose end of the server is passed to the function.
    WebSocket(Box<dyn FnOnce(Peer) + Send>),
}

impl Reply {
    /// Returns a response with a body, if it is not empty.
    pub fn response(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Reply::Response(status, String::new(), body.into())
    }

    /// Returns a response with a body of JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Reply::response(status, body.to_string())
    }

    /// Returns 204, which has no body.
    pub fn empty() -> Self {
        Reply::response(204, "")
    }

    /// Accepts a WebSocket.
    pub fn websocket(then: impl FnOnce(Peer) + Send + 'static) -> Self {
        Reply::WebSocket(Box::new(then))
    }
}

/// The requests that have arrived.
#[derive(Default)]
struct Log {
    requests: Mutex<(Vec<ReceivedRequest>, usize)>,
    arrived: Condvar,
}

impl Log {
    /// Returns the requests, and the number of those that `next_request` has returned.
    fn lock(&self) -> MutexGuard<'_, (Vec<ReceivedRequest>, usize)> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A scripted server on a port of its own. It runs until the test process ends.
pub struct Server {
    address: SocketAddr,
    log: Arc<Log>,
}

impl Server {
    /// Starts a server on 127.0.0.1, and passes each request to `reply`, which may block.
    pub fn start(reply: impl Fn(&ReceivedRequest) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1", reply).expect("a free port")
    }

    /// Starts a server at an address of this machine.
    ///
    /// # Errors
    ///
    /// Returns an error if the machine does not have this address.
    pub fn start_at(
        address: &str,
        reply: impl Fn(&ReceivedRequest) -> Reply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let address: IpAddr = address.parse().expect("an address");
        let listener = TcpListener::bind((address, 0))?;
        let address = listener.local_addr()?;
        let log = Arc::new(Log::default());
        let shared = (Arc::clone(&log), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, reply) = shared.clone();
                // A client that disconnects is not a failure of the server.
                thread::spawn(move || serve(stream, &log, &*reply).ok());
            }
        });
        Ok(Server { address, log })
    }

    /// Returns its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the URL of its ARI.
    pub fn url(&self) -> String {
        format!("http://{}/ari", self.address)
    }

    /// Returns the requests that have arrived so far.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.log.lock().0.clone()
    }

    /// Waits for the oldest request that this has not returned yet.
    ///
    /// # Panics
    ///
    /// Panics if none arrives within the [`LIMIT`].
    pub fn next_request(&self) -> ReceivedRequest {
        let log = self.log.lock();
        let missing = |(requests, returned): &mut (Vec<_>, usize)| requests.len() <= *returned;
        let waited = self.log.arrived.wait_timeout_while(log, LIMIT, missing);
        let (mut log, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "no request after {LIMIT:?}");
        log.1 += 1;
        log.0[log.1 - 1].clone()
    }
}

fn serve(
    stream: TcpStream,
    log: &Log,
    reply: &dyn Fn(&ReceivedRequest) -> Reply,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = &stream;
    loop {
        // A handshake of TLS begins with this byte.
        if reader.fill_buf()?.first() == Some(&0x16) {
            return writer.write_all(&response(400, "", b""));
        }
        let Some(request) = ReceivedRequest::read(&mut reader)? else {
            return Ok(());
        };
        log.lock().0.push(request.clone());
        log.arrived.notify_all();
        match reply(&request) {
            Reply::Response(status, headers, body) => {
                writer.write_all(&response(status, &headers, &body))?;
            }
            Reply::Chunks(chunks) => {
                writer.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
                for chunk in chunks {
                    writer.write_all(format!("{:x}\r\n", chunk.len()).as_bytes())?;
                    writer.write_all(&chunk)?;
                    writer.write_all(b"\r\n")?;
                }
                writer.write_all(b"0\r\n\r\n")?;
            }
            Reply::Raw(bytes) => return writer.write_all(&bytes),
            Reply::Stall(bytes) => {
                writer.write_all(&bytes)?;
                return reader.read_to_end(&mut Vec::new()).map(drop);
            }
            Reply::WebSocket(then) => {
                let key = request.header("sec-websocket-key").unwrap_or_default();
                let protocol = request.header("sec-websocket-protocol").unwrap_or("ari");
                writer.write_all(&switching_protocols(key, protocol))?;
                then(Peer::new(stream, reader));
                return Ok(());
            }
        }
    }
}

fn response(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    // 204 has neither a body nor a length.
    let length = match status {
        204 => String::new(),
        _ => format!("Content-Length: {}\r\n", body.len()),
    };
    let mut bytes = format!("HTTP/1.1 {status} So\r\n{headers}{length}\r\n").into_bytes();
    bytes.extend(body);
    bytes
}

/// Accepts the subprotocol that the client offers.
fn switching_protocols(key: &str, protocol: &str) -> Vec<u8> {
    let accept = derive_accept_key(key.as_bytes());
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Protocol: {protocol}\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    )
    .into_bytes()
}
