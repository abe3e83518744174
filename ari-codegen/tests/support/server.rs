//! A small HTTP server that serves api-docs as Asterisk does, or misbehaves.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::{fs, thread};

/// `aritest:testme`.
pub(crate) const AUTHORIZATION: &str = "Basic YXJpdGVzdDp0ZXN0bWU=";

/// The server's behaviour.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    /// Serves the files of this folder to clients that send the password.
    Serve(PathBuf),
    /// Sends a page of HTML with status 200.
    Html,
    /// Sends a status, with an error body like Asterisk's.
    Status(u16),
    /// Sends half of the announced body, and closes the connection.
    BreakOff,
    /// Sends more than any client should read.
    Flood,
    /// Redirects to another server.
    Redirect(String),
}

/// A running server, which ends with the test.
pub(crate) struct Server {
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server on a free port.
    pub(crate) fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}/ari", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Clients may disconnect early.
                let _ = answer(stream, &manner, &seen);
            }
        });
        Server { address, requests }
    }

    /// Returns the heads of all requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }
}

fn answer(
    mut stream: TcpStream,
    manner: &Manner,
    seen: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    while reader.read_line(&mut head)? > 2 {}
    seen.lock().expect("no panic").push(head.clone());
    let path = head.split(' ').nth(1).unwrap_or_default();
    let json = "application/json";
    let mut send = |status: u16, kind: &str, more: &str, length: usize, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             {more}Connection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)
    };
    match manner {
        Manner::Serve(_) if !head.contains(&format!("{AUTHORIZATION}\r\n")) => {
            let body = br#"{"message":"Authentication required"}"#;
            send(401, json, "", body.len(), body)
        }
        Manner::Serve(folder) => {
            let name = path.strip_prefix("/ari/api-docs/").unwrap_or_default();
            match fs::read_to_string(folder.join(name)) {
                Ok(text) => {
                    // A server's specs contain its own address.
                    let body = text.replace("http://localhost:8088/", "http://pbx.example:80/");
                    send(200, json, "", body.len(), body.as_bytes())
                }
                Err(_) => send(404, json, "", 2, b"{}"),
            }
        }
        Manner::Html => {
            let body = b"\n<html><body>A proxy's own page</body></html>";
            send(200, "text/html", "", body.len(), body)
        }
        Manner::Status(status) => send(*status, json, "", 16, br#"{"message":"no"}"#),
        Manner::BreakOff => send(200, json, "", 1000, b"{\"apiVersion\": \"10.0"),
        Manner::Flood => {
            let body = vec![b' '; 11 << 20];
            send(200, json, "", body.len(), &body)
        }
        Manner::Redirect(to) => {
            let location = format!("Location: {to}/api-docs/resources.json\r\n");
            send(302, json, &location, 2, b"{}")
        }
    }
}
