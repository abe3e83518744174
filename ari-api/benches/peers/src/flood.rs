//! A server that sends prepared events as fast as they are accepted.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// The events of an inbound call with a menu, a recording and a bridge.
const EVENTS: &str = include_str!("../../events.jsonl");

/// Bytes per write.
const WRITE_SIZE: usize = 256 * 1024;

/// The timeout of a round, and of each write.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// The interval at which a waiting server checks if the round has started or ended.
const POLL_INTERVAL: Duration = Duration::from_millis(1);

/// The server of one round. Each round has a listener of its own: a client that reconnects while
/// its round ends cannot take the place of the next round's client.
pub struct Flood {
    pub port: u16,
    round: Arc<Round>,
    thread: Option<JoinHandle<()>>,
}

struct Round {
    deadline: Instant,
    started: AtomicBool,
    ended: AtomicBool,
}

impl Round {
    fn is_over(&self) -> bool {
        self.ended.load(Ordering::Acquire) || Instant::now() > self.deadline
    }
}

impl Flood {
    /// Listens; connections are served one after the other.
    pub fn listen(frames: Arc<[u8]>) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let round = Arc::new(Round {
            deadline: Instant::now() + TIMEOUT,
            started: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        });
        let thread = thread::spawn({
            let round = round.clone();
            move || {
                while !round.is_over() {
                    match listener.accept() {
                        // A client that has received enough may close before the end.
                        Ok((stream, _)) => drop(serve(stream, &frames, &round)),
                        Err(_) => thread::sleep(POLL_INTERVAL),
                    }
                }
            }
        });
        Ok(Flood {
            port,
            round,
            thread: Some(thread),
        })
    }

    /// Starts sending to the client that is connected.
    pub fn start(&self) {
        self.round.started.store(true, Ordering::Release);
    }
}

impl Drop for Flood {
    /// Ends the round, and waits until the thread no longer competes for the processor.
    fn drop(&mut self) {
        self.round.ended.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Returns the texts of this many events. The timestamp of each is its number, in milliseconds of
/// 2026.
pub fn events(count: u64) -> impl Iterator<Item = String> {
    let templates: Vec<&str> = EVENTS.lines().collect();
    (0..count).map(move |number| {
        let template = templates[number as usize % templates.len()];
        let key = "\"timestamp\":\"";
        let start = template.find(key).expect("every event has one") + key.len();
        let end = start + template[start..].find('"').expect("a string ends");
        let (seconds, millis) = (number / 1000, number % 1000);
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let (hours, minutes) = (minutes / 60, minutes % 60);
        format!(
            "{}2026-01-01T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}+0000{}",
            &template[..start],
            &template[end..]
        )
    })
}

/// The Unix time of event 0, in milliseconds.
pub const FIRST_TIMESTAMP: i64 = 1_767_225_600_000;

/// Returns text frames as a server sends them.
pub fn frames(texts: impl Iterator<Item = String>) -> Arc<[u8]> {
    let mut frames = Vec::new();
    for text in texts {
        let length = u16::try_from(text.len()).expect("events are short");
        frames.push(0x81);
        if length < 126 {
            frames.push(length as u8);
        } else {
            frames.push(126);
            frames.extend_from_slice(&length.to_be_bytes());
        }
        frames.extend_from_slice(text.as_bytes());
    }
    frames.into()
}

/// Answers the handshake, sends the frames when the round starts, and returns when the client closes
/// or the round is over.
fn serve(mut stream: TcpStream, frames: &[u8], round: &Round) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(POLL_INTERVAL))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !request.ends_with(b"\r\n\r\n") {
        match poll_read(&mut stream, &mut piece)? {
            Some(0) => return Ok(()),
            Some(length) => request.extend_from_slice(&piece[..length]),
            None if round.is_over() => return Ok(()),
            None => {}
        }
    }
    let request = String::from_utf8_lossy(&request);
    let header = |wanted: &str| {
        let headers = request.lines().filter_map(|line| line.split_once(':'));
        let mut found = headers.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.next().map(|(_, value)| value.trim())
    };
    let accept = derive_accept_key(header("Sec-WebSocket-Key").unwrap_or_default().as_bytes());
    let protocol = header("Sec-WebSocket-Protocol")
        .map(|name| format!("Sec-WebSocket-Protocol: {name}\r\n"))
        .unwrap_or_default();
    write!(
        stream,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n{protocol}\r\n"
    )?;
    let mut sent = false;
    while !round.is_over() {
        if !sent && round.started.load(Ordering::Acquire) {
            sent = true;
            for piece in frames.chunks(WRITE_SIZE) {
                stream.write_all(piece)?;
            }
        }
        if let Some(0) = poll_read(&mut stream, &mut piece)? {
            break;
        }
    }
    Ok(())
}

/// Reads, and returns `None` if nothing arrived within [`POLL_INTERVAL`].
fn poll_read(stream: &mut TcpStream, piece: &mut [u8]) -> io::Result<Option<usize>> {
    match stream.read(piece) {
        Ok(length) => Ok(Some(length)),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
