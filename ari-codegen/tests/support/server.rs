//! A server that serves api-docs as Asterisk does, or misbehaves.

use std::fs;
use std::path::{Path, PathBuf};

use ari_test_support::{AUTHORIZATION, ReceivedRequest, Reply, Server};

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

const JSON: &str = "Content-Type: application/json\r\n";

/// Starts a server.
pub(crate) fn start(manner: Manner) -> Server {
    Server::start(move |request| match &manner {
        Manner::Serve(_) if request.header("authorization") != Some(AUTHORIZATION) => {
            json(401, r#"{"message":"Authentication required"}"#)
        }
        Manner::Serve(folder) => serve_file(folder, request),
        Manner::Html => {
            let page = "\n<html><body>A proxy's own page</body></html>";
            Reply::Response(200, "Content-Type: text/html\r\n".to_owned(), page.into())
        }
        Manner::Status(status) => json(*status, r#"{"message":"no"}"#),
        Manner::BreakOff => {
            let begin = format!(
                "HTTP/1.1 200 OK\r\n{JSON}Content-Length: 1000\r\n\r\n{{\"apiVersion\": \"10.0"
            );
            Reply::Raw(begin.into())
        }
        Manner::Flood => json(200, vec![b' '; 11 << 20]),
        Manner::Redirect(to) => {
            let location = format!("{JSON}Location: {to}/api-docs/resources.json\r\n");
            Reply::Response(302, location, b"{}".into())
        }
    })
}

/// Serves a file of a folder below `/ari/api-docs`.
pub(crate) fn serve_file(folder: &Path, request: &ReceivedRequest) -> Reply {
    let name = request.path().strip_prefix("/ari/api-docs/");
    match fs::read_to_string(folder.join(name.unwrap_or_default())) {
        // A server's specs contain its own address.
        Ok(text) => json(
            200,
            text.replace("http://localhost:8088/", "http://pbx.example:80/"),
        ),
        Err(_) => json(404, "{}"),
    }
}

fn json(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply::Response(status, JSON.to_owned(), body.into())
}
