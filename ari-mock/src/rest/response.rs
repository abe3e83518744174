//! Responses of the server.

use ari_api::schema::ResponseType;
use bytes::Bytes;
use tokio::sync::oneshot;

use crate::json::{Json, Object};
use crate::release_schema::ReleaseSchema;

/// A response to a request, over HTTP or a WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The reason phrase, if it is not the standard one.
    pub(crate) custom_phrase: Option<&'static str>,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Empty,
    Json(Json),
    /// Serialised JSON.
    JsonText(String),
    /// A page of Asterisk's HTTP server, outside of ARI.
    Html(String),
    /// Its type, and the bytes.
    Audio(String, Bytes),
}

/// A response, or a channel on which it arrives once the event that the request waits for has
/// happened.
pub(crate) enum DeferredResponse {
    Ready(Response),
    Pending(oneshot::Receiver<Response>),
}

impl From<Response> for DeferredResponse {
    fn from(response: Response) -> Self {
        DeferredResponse::Ready(response)
    }
}

impl Response {
    fn new(status: u16, body: Body) -> Self {
        Response {
            status,
            custom_phrase: None,
            body,
            headers: Vec::new(),
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Response::new(status, Body::Empty)
    }

    /// Returns an empty response with the status 204.
    pub(crate) fn no_content() -> Self {
        Response::empty(204)
    }

    pub(crate) fn object(object: &Object) -> Self {
        Response::new(200, Body::Json(object.clone().into()))
    }

    pub(crate) fn json(json: Json) -> Self {
        Response::new(200, Body::Json(json))
    }

    pub(crate) fn list<T: Into<Json>>(items: impl IntoIterator<Item = T>) -> Self {
        Response::json(items.into_iter().collect())
    }

    /// Returns the response to a request that a reset of the fake, or a restart, has overtaken.
    pub(crate) fn overtaken() -> Self {
        let message = "the fake was reset or restarted while this request was delayed";
        Response::error(503, message)
    }

    /// Returns serialised JSON.
    pub(crate) fn json_text(text: String) -> Self {
        Response::new(200, Body::JsonText(text))
    }

    /// Returns a recording, whose media type is named after its format.
    pub(crate) fn audio(format: &str, bytes: Bytes) -> Self {
        Response::new(200, Body::Audio(format!("audio/{format}"), bytes))
    }

    /// Returns a response with the status 201 and the location of the new object.
    pub(crate) fn created(object: &Object, location: String) -> Self {
        let mut response = Response::object(object);
        response.status = 201;
        response.headers.push(("Location", location));
        response
    }

    /// Returns an error in ARI's format.
    pub(crate) fn error(status: u16, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Response::new(
            status,
            Body::Json(Object::new().with("message", message).into()),
        )
    }

    /// Returns an error in ARI's other format.
    pub(crate) fn allocation_failed() -> Self {
        let object = Object::new().with("error", "Allocation failed");
        Response::new(500, Body::Json(object.into()))
    }

    /// Returns an error in the format of Asterisk's HTTP server.
    pub(crate) fn html(status: u16, text: &str, server: &str) -> Self {
        let phrase = standard_phrase(status);
        let html = format!(
            "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\r\n<html><head>\r\n\
             <title>{status} {phrase}</title>\r\n</head><body>\r\n<h1>{phrase}</h1>\r\n\
             <p>{text}</p>\r\n<hr />\r\n<address>{server}</address>\r\n</body></html>\r\n"
        );
        Response::new(status, Body::Html(html))
    }

    /// Returns the error for an operation that the fake does not implement.
    pub(crate) fn not_implemented(what: &str) -> Self {
        let message = format!("ari-mock does not implement {what}, unlike a real Asterisk");
        Response::error(501, message)
    }

    /// Removes the properties that the release does not send from a successful response.
    pub(crate) fn trimmed(mut self, shapes: &ReleaseSchema, kind: ResponseType) -> Self {
        if let (200..300, ResponseType::Json(model)) = (self.status, kind) {
            self.body = match self.body {
                Body::Json(json) => Body::Json(shapes.trim(model, json)),
                other => other,
            };
        }
        self
    }

    /// Replaces the reason phrase.
    pub(crate) fn with_phrase(mut self, words: &'static str) -> Self {
        self.custom_phrase = Some(words);
        self
    }

    /// Returns the reason phrase.
    pub(crate) fn reason_phrase(&self) -> &'static str {
        self.custom_phrase
            .unwrap_or_else(|| standard_phrase(self.status))
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Returns the standard reason phrase of a status.
fn standard_phrase(status: u16) -> &'static str {
    if status == 413 {
        return "Request Entity Too Large";
    }
    hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown")
}
