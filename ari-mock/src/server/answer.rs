//! Responses of the server.

use ari_api::runtime::ResponseType;
use bytes::Bytes;
use tokio::sync::oneshot;

use crate::json::{Json, Object};
use crate::shape::Shapes;

/// A response to a request, over HTTP or a WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The reason phrase, if it is not the standard one.
    pub(crate) words: Option<&'static str>,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Nothing,
    Json(Json),
    /// Serialised JSON.
    Text(String),
    /// A page of Asterisk's HTTP server, outside of ARI.
    Html(String),
    /// Its type, and the bytes.
    Sound(String, Bytes),
}

/// A response, or a channel on which it arrives once the event that the request waits for has
/// happened.
pub(crate) enum Reply {
    Now(Answer),
    Later(oneshot::Receiver<Answer>),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Reply::Now(answer)
    }
}

impl Answer {
    fn new(status: u16, body: Body) -> Self {
        Answer {
            status,
            words: None,
            body,
            headers: Vec::new(),
        }
    }

    pub(crate) fn nothing(status: u16) -> Self {
        Answer::new(status, Body::Nothing)
    }

    /// Returns an empty response with the status 204.
    pub(crate) fn done() -> Self {
        Answer::nothing(204)
    }

    pub(crate) fn object(object: &Object) -> Self {
        Answer::new(200, Body::Json(object.clone().into()))
    }

    pub(crate) fn json(json: Json) -> Self {
        Answer::new(200, Body::Json(json))
    }

    pub(crate) fn list<T: Into<Json>>(items: impl IntoIterator<Item = T>) -> Self {
        Answer::json(items.into_iter().collect())
    }

    /// Returns serialised JSON.
    pub(crate) fn text(text: String) -> Self {
        Answer::new(200, Body::Text(text))
    }

    /// Returns a recording, whose media type is named after its format.
    pub(crate) fn sound(format: &str, bytes: Bytes) -> Self {
        Answer::new(200, Body::Sound(format!("audio/{format}"), bytes))
    }

    /// Returns a response with the status 201 and the location of the new object.
    pub(crate) fn created(object: &Object, location: String) -> Self {
        let mut answer = Answer::object(object);
        answer.status = 201;
        answer.headers.push(("Location", location));
        answer
    }

    /// Returns an error in ARI's format.
    pub(crate) fn refused(status: u16, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Answer::new(
            status,
            Body::Json(Object::new().with("message", message).into()),
        )
    }

    /// Returns an error in ARI's other format.
    pub(crate) fn allocation_failed() -> Self {
        let object = Object::new().with("error", "Allocation failed");
        Answer::new(500, Body::Json(object.into()))
    }

    /// Returns an error in the format of Asterisk's HTTP server.
    pub(crate) fn html(status: u16, text: &str, server: &str) -> Self {
        let phrase = phrase(status);
        let html = format!(
            "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\r\n<html><head>\r\n\
             <title>{status} {phrase}</title>\r\n</head><body>\r\n<h1>{phrase}</h1>\r\n\
             <p>{text}</p>\r\n<hr />\r\n<address>{server}</address>\r\n</body></html>\r\n"
        );
        Answer::new(status, Body::Html(html))
    }

    /// Returns the error for an operation that the fake does not implement.
    pub(crate) fn missing(what: &str) -> Self {
        let message = format!("ari-mock does not implement {what}, unlike a real Asterisk");
        Answer::refused(501, message)
    }

    /// Removes the properties that the release does not send from a successful response.
    pub(crate) fn trimmed(mut self, shapes: &Shapes, kind: ResponseType) -> Self {
        if let (200..300, ResponseType::Json(model)) = (self.status, kind) {
            self.body = match self.body {
                Body::Json(json) => Body::Json(shapes.trim(model, json)),
                other => other,
            };
        }
        self
    }

    /// Replaces the reason phrase.
    pub(crate) fn saying(mut self, words: &'static str) -> Self {
        self.words = Some(words);
        self
    }

    /// Returns the reason phrase.
    pub(crate) fn phrase(&self) -> &'static str {
        self.words.unwrap_or_else(|| phrase(self.status))
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Returns the standard reason phrase of a status.
fn phrase(status: u16) -> &'static str {
    if status == 413 {
        return "Request Entity Too Large";
    }
    hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown")
}
