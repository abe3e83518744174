//! `-v`: requests and responses on the standard error, those of the library's sessions included, and
//! without passwords.

use ari_api::Error;
use ari_api::runtime::{Request, Response, ResponseType, WebSocket};

use crate::failure::{chain, note};
use crate::redact;

/// Shows requests to a server and their responses.
#[derive(Debug)]
pub(crate) struct Verbose {
    /// Address of the server.
    url: String,
}

impl Verbose {
    pub(crate) fn new(url: &str) -> Self {
        Verbose {
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    pub(crate) fn request(&self, call: &Request) {
        let target = redact::target(&call.path_and_query());
        note(format!("> {} {}{target}", call.method(), self.url));
        note("> Authorization: Basic (redacted)");
        if let Some(body) = call.body() {
            note(format!("> {}", redact::body(body, false)));
        }
    }

    /// Shows a response, and returns it.
    pub(crate) async fn response(
        &self,
        call: &Request,
        answer: Result<Response, Error>,
    ) -> Result<Response, Error> {
        let answer = answer.inspect_err(failure)?;
        let status = answer.status;
        if call.operation().response == ResponseType::Binary && (200..300).contains(&status) {
            note(format!("< {status}, bytes that are not shown"));
            return Ok(answer);
        }
        let (version, location) = (answer.version, answer.location);
        let bytes = answer.body.bytes().await.inspect_err(failure)?;
        let text = redact::body(&bytes, redact::asks_for_a_secret(call.query()));
        note(format!("< {status} {}", text.trim_end()));
        let answer = Response::new(status, bytes).with_version(version);
        Ok(answer.with_location(location))
    }

    /// Shows the result of the request for a WebSocket.
    pub(crate) fn socket(&self, socket: &Result<Box<dyn WebSocket>, Error>) {
        match socket {
            Ok(_) => note("< 101, a WebSocket"),
            Err(error) => failure(error),
        }
    }
}

fn failure(error: &Error) {
    match error {
        Error::Response(refusal) => {
            let body = redact::body(&refusal.body, false);
            note(format!("< {} {}", refusal.status, body.trim_end()));
        }
        error => note(format!("< {}", chain(error))),
    }
}
