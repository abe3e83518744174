//! `-v`: requests and responses on the standard error, including those of the library, without
//! passwords.

use ari_api::Error;
use ari_api::schema::ResponseType;
use ari_api::traffic::redact;
use ari_api::transport::{Request, Response, WebSocket};

use crate::terminal::print_note;

/// A printer of requests to a server and their responses.
#[derive(Debug)]
pub(crate) struct Verbose {
    /// URL of the server.
    url: String,
}

impl Verbose {
    pub(crate) fn new(url: &str) -> Self {
        Verbose {
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    pub(crate) fn request(&self, request: &Request) {
        let target = redact::target(&request.path_and_query());
        print_note(format!("> {} {}{target}", request.method(), self.url));
        print_note("> Authorization: Basic (redacted)");
        if let Some(body) = request.body() {
            print_note(format!("> {}", redact::body(body, false)));
        }
    }

    /// Prints a response, and returns it.
    pub(crate) async fn response(
        &self,
        request: &Request,
        response: Result<Response, Error>,
    ) -> Result<Response, Error> {
        let response = response.inspect_err(print_failure)?;
        let status = response.status;
        if request.operation().response == ResponseType::Binary && (200..300).contains(&status) {
            print_note(format!("< {status} (body not printed)"));
            return Ok(response);
        }
        let (version, location) = (response.version, response.location);
        let bytes = response.body.bytes().await.inspect_err(print_failure)?;
        let text = redact::body(&bytes, redact::has_secret_name(request.query()));
        print_note(format!("< {status} {}", text.trim_end()));
        let response = Response::new(status, bytes).with_version(version);
        Ok(response.with_location(location))
    }

    /// Prints the result of the request for a WebSocket.
    pub(crate) fn socket(&self, socket: &Result<Box<dyn WebSocket>, Error>) {
        match socket {
            Ok(_) => print_note("< 101 (WebSocket)"),
            Err(error) => print_failure(error),
        }
    }
}

fn print_failure(error: &Error) {
    match error {
        Error::Response(response) => {
            let body = redact::body(&response.body, false);
            print_note(format!("< {} {}", response.status, body.trim_end()));
        }
        error => print_note(format!("< {error}")),
    }
}
