//! `-v`: requests and responses on the standard error, those of the library's sessions included, and
//! without passwords.

use ari_api::Error;
use ari_api::schema::ResponseType;
use ari_api::transport::{Request, Response, WebSocket};

use crate::redact;
use crate::terminal::print_note;

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

    pub(crate) fn request(&self, request: &Request) {
        let target = redact::target(&request.path_and_query());
        print_note(format!("> {} {}{target}", request.method(), self.url));
        print_note("> Authorization: Basic (redacted)");
        if let Some(body) = request.body() {
            print_note(format!("> {}", redact::body(body, false)));
        }
    }

    /// Shows a response, and returns it.
    pub(crate) async fn response(
        &self,
        request: &Request,
        response: Result<Response, Error>,
    ) -> Result<Response, Error> {
        let response = response.inspect_err(print_failure)?;
        let status = response.status;
        if request.operation().response == ResponseType::Binary && (200..300).contains(&status) {
            print_note(format!("< {status}, bytes that are not shown"));
            return Ok(response);
        }
        let (version, location) = (response.version, response.location);
        let bytes = response.body.bytes().await.inspect_err(print_failure)?;
        let text = redact::body(&bytes, redact::has_secret_name(request.query()));
        print_note(format!("< {status} {}", text.trim_end()));
        let response = Response::new(status, bytes).with_version(version);
        Ok(response.with_location(location))
    }

    /// Shows the result of the request for a WebSocket.
    pub(crate) fn socket(&self, socket: &Result<Box<dyn WebSocket>, Error>) {
        match socket {
            Ok(_) => print_note("< 101, a WebSocket"),
            Err(error) => print_failure(error),
        }
    }
}

fn print_failure(error: &Error) {
    match error {
        Error::Response(refusal) => {
            let body = redact::body(&refusal.body, false);
            print_note(format!("< {} {}", refusal.status, body.trim_end()));
        }
        error => print_note(format!("< {error}")),
    }
}
