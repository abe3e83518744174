//! A server that sends the replies of the test, and a client of it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use ari_api::Client;
use ari_api::operations::RELEASES;
use ari_api::schema::Version;
pub(crate) use ari_test_support::{ReceivedRequest, Reply};

pub(crate) const USER: &str = "front-desk";
pub(crate) const PASSWORD: &str = "hünter2:+/ %41";
/// User, colon and password in base64.
pub(crate) const ENCODED: &str = "ZnJvbnQtZGVzazpow7xudGVyMjorLyAlNDE=";

/// Half a response.
pub(crate) const HALF: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"";

/// Accepts a WebSocket, sends messages of text, and closes it.
pub(crate) fn messages(messages: Vec<String>) -> Reply {
    Reply::websocket(move |mut peer| {
        for message in messages {
            peer.send_text(&message);
        }
        peer.send_close();
    })
}

/// A server on a port of its own.
pub(crate) struct Server {
    http: ari_test_support::Server,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    ignored: &'static [&'static str],
}

impl Server {
    pub(crate) fn start() -> Self {
        Server::start_ignoring(&[])
    }

    /// Starts a server for which requests for some targets are not part of the script at any time:
    /// they get a 500, and are not returned.
    pub(crate) fn start_ignoring(ignored: &'static [&'static str]) -> Self {
        let replies = Arc::new(Mutex::new(VecDeque::new()));
        let script = Arc::clone(&replies);
        let http = ari_test_support::Server::start(move |request| {
            if ignored.contains(&request.target.as_str()) {
                return Reply::response(500, "");
            }
            let reply = script.lock().expect("the script").pop_front();
            reply.unwrap_or_else(|| Reply::response(500, "not in the script"))
        });
        Server {
            http,
            replies,
            ignored,
        }
    }

    pub(crate) fn url(&self) -> String {
        self.http.url()
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
    pub(crate) fn next_request(&self) -> ReceivedRequest {
        loop {
            let request = self.http.next_request();
            if !self.ignored.contains(&request.target.as_str()) {
                return request;
            }
        }
    }
}
