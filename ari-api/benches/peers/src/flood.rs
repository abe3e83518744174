//! A server that sends prepared events as fast as they are accepted.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// The events of an inbound call with a menu, a recording and a bridge.
const EVENTS: &str = include_str!("../../events.jsonl");

/// Bytes per write.
const WRITE_SIZE: usize = 256 * 1024;

pub struct Flood {
    pub port: u16,
    /// Starts sending on the connection that was opened last.
    go: Sender<()>,
}

impl Flood {
    /// Listens; connections are served one after the other.
    pub fn start(frames: Arc<[u8]>) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let port = listener.local_addr()?.port();
        let (go, told) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that has received enough may close before the end.
                let _ = serve(stream, &frames, &told);
            }
        });
        Ok(Flood { port, go })
    }

    pub fn go(&self) {
        // The thread lives as long as the process.
        let _ = self.go.send(());
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

fn serve(mut stream: TcpStream, frames: &[u8], told: &Receiver<()>) -> io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !request.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut piece)?;
        if length == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..length]);
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
    told.recv().map_err(io::Error::other)?;
    for piece in frames.chunks(WRITE_SIZE) {
        stream.write_all(piece)?;
    }
    // Until the client closes.
    while stream.read(&mut piece)? > 0 {}
    Ok(())
}
