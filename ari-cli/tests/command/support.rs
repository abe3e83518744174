//! The program, and a server with scripted responses.

use std::net::TcpListener;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};

use ari_test_support::{Reply, Server};

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
pub(crate) fn server(response: Option<&str>) -> (String, Receiver<String>) {
    let response = response.map(str::to_owned);
    answering(move |_| response.clone())
}

/// Starts a server that computes its response from method and path, such as `GET /ari/channels`.
pub(crate) fn answering(
    respond: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> (String, Receiver<String>) {
    let (sender, requests) = channel();
    let server = Server::start(move |request| {
        let response = respond(&format!("{} {}", request.method, request.path()));
        let head = request.head.trim_end_matches("\r\n");
        // A test may have read all that it needs.
        let _ = sender.send(format!("{head}\r\n{}", request.text()));
        Reply::Raw(response.unwrap_or_default().into())
    });
    (server.url(), requests)
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
