//! What the server answers.

use ari_api::runtime::AnswerType;
use bytes::Bytes;
use tokio::sync::oneshot;

use crate::json::{Json, Object};
use crate::shape::Shapes;

/// An answer to a request, over HTTP or a WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The words beside the status, where they are not the usual ones.
    pub(crate) words: Option<&'static str>,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Nothing,
    Json(Json),
    /// JSON that is there as text.
    Text(String),
    /// What the HTTP server says itself, instead of ARI.
    Html(String),
    /// Its type, and the bytes.
    Sound(String, Bytes),
}

/// An answer, or one that comes when what the request waits for has happened.
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

    /// 204.
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

    /// JSON that is there as text.
    pub(crate) fn text(text: String) -> Self {
        Answer::new(200, Body::Text(text))
    }

    /// A recording, whose type is named after its format.
    pub(crate) fn sound(format: &str, bytes: Bytes) -> Self {
        Answer::new(200, Body::Sound(format!("audio/{format}"), bytes))
    }

    /// 201, which tells where the new object is.
    pub(crate) fn created(object: &Object, location: String) -> Self {
        let mut answer = Answer::object(object);
        answer.status = 201;
        answer.headers.push(("Location", location));
        answer
    }

    /// A failure as ARI tells it.
    pub(crate) fn refused(status: u16, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Answer::new(
            status,
            Body::Json(Object::new().with("message", message).into()),
        )
    }

    /// The other form of a failure.
    pub(crate) fn allocation_failed() -> Self {
        let object = Object::new().with("error", "Allocation failed");
        Answer::new(500, Body::Json(object.into()))
    }

    /// A failure as the HTTP server tells it.
    pub(crate) fn html(status: u16, text: &str, server: &str) -> Self {
        let phrase = phrase(status);
        let html = format!(
            "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\r\n<html><head>\r\n\
             <title>{status} {phrase}</title>\r\n</head><body>\r\n<h1>{phrase}</h1>\r\n\
             <p>{text}</p>\r\n<hr />\r\n<address>{server}</address>\r\n</body></html>\r\n"
        );
        Answer::new(status, Body::Html(html))
    }

    /// What this fake does not do.
    pub(crate) fn missing(what: &str) -> Self {
        let message = format!("ari-mock does not have {what} yet; a real Asterisk does");
        Answer::refused(501, message)
    }

    /// A success as the release sends it whose shapes these are.
    pub(crate) fn trimmed(mut self, shapes: &Shapes, kind: AnswerType) -> Self {
        if let (200..300, AnswerType::Json(model)) = (self.status, kind) {
            self.body = match self.body {
                Body::Json(json) => Body::Json(shapes.trim(model, json)),
                other => other,
            };
        }
        self
    }

    /// With other words beside the status.
    pub(crate) fn saying(mut self, words: &'static str) -> Self {
        self.words = Some(words);
        self
    }

    /// The words beside the status.
    pub(crate) fn phrase(&self) -> &'static str {
        self.words.unwrap_or_else(|| phrase(self.status))
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The words beside a status.
fn phrase(status: u16) -> &'static str {
    if status == 413 {
        return "Request Entity Too Large";
    }
    hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown")
}
