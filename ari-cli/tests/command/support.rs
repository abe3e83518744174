//! The program, and a server with scripted responses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Returns a command with a clean environment.
pub(crate) fn ari(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ari"));
    command
        .args(arguments)
        .env_clear()
        // A home folder that does not exist.
        .env("HOME", "/nonexistent")
        .env("ARI_USER", "tester")
        .env("ARI_PASSWORD", "s3cret")
        .stdin(Stdio::null());
    command
}

/// Runs a command and returns its exit code and output, which must not contain the password.
pub(crate) fn run(mut command: Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let (out, err) = (text(stdout), text(stderr));
    assert!(
        !out.contains("s3cret") && !err.contains("s3cret"),
        "{out}{err}"
    );
    assert!(!err.contains("panicked"), "{err}");
    (status.code().unwrap_or(-1), out, err)
}

/// Starts a server with one response for all requests. `None` closes the connection.
pub(crate) fn server(answer: Option<&str>) -> (String, Receiver<String>) {
    let answer = answer.map(str::to_owned);
    answering(move |_| answer.clone())
}

/// Starts a server that computes its response from method and path, such as `GET /ari/channels`.
pub(crate) fn answering(
    answer: impl Fn(&str) -> Option<String> + Send + 'static,
) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/ari", listener.local_addr().expect("an address"));
    let (sender, requests) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut reader = BufReader::new(stream.try_clone().expect("a clone"));
            let (mut request, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                    break;
                }
                if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
                    length = value.trim().parse().expect("a length");
                }
                request.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            request.push_str(&String::from_utf8_lossy(&body));
            let target = request
                .split([' ', '?'])
                .take(2)
                .collect::<Vec<_>>()
                .join(" ");
            let _ = sender.send(request);
            if let Some(answer) = answer(&target) {
                let _ = stream.write_all(answer.as_bytes());
            }
        }
    });
    (url, requests)
}

/// Starts a server that accepts connections and sends nothing.
pub(crate) fn silent() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/ari", listener.local_addr().expect("an address"));
    (url, listener)
}

/// Returns a response of a server of a version.
pub(crate) fn answer(status: &str, version: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nServer: Asterisk/{version}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a signal to a process, such as `INT`.
#[cfg(unix)]
pub(crate) fn signal(process: u32, name: &str) {
    let mut command = Command::new("kill");
    let status = command
        .args([&format!("-{name}"), &process.to_string()])
        .status();
    assert!(status.expect("kill runs").success());
}
