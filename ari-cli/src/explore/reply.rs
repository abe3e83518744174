//! Responses to the page: JSON, errors, files.

use ari_api::Error;
use ari_api::error::ConnectionProblem;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use super::body::ReplyBody;
use crate::error::CliError;
use crate::error_message;
use crate::global_options::GlobalOptions;

/// A response to the page.
pub(super) type Reply = Response<ReplyBody>;

pub(super) const JSON: &str = "application/json";

/// Returns a response with a body of a type.
pub(super) fn with_type(status: StatusCode, kind: &'static str, body: ReplyBody) -> Reply {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Returns a value as a successful response.
pub(super) fn json(value: &Value) -> Reply {
    with_type(StatusCode::OK, JSON, ReplyBody::full(value.to_string()))
}

/// A request of the page that is refused or that has failed.
#[derive(Debug)]
pub(super) struct ApiError {
    pub(super) status: StatusCode,
    pub(super) message: String,
    /// The methods that the path has, if another one was used.
    allow: Option<&'static str>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        ApiError {
            status,
            message: message.into(),
            allow: None,
        }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Returns the error for a change, which the switch --read-only forbids.
    pub(super) fn read_only() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "`ari explore` was started with --read-only: start it without to change something",
        )
    }

    pub(super) fn not_found(path: &str) -> Self {
        let message = format!("{path} does not exist: the page uses only paths that it knows");
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(super) fn method_not_allowed(allowed: &'static str) -> Self {
        let message = format!("the path does not have this method: use {allowed}");
        ApiError {
            allow: Some(allowed),
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message)
        }
    }

    /// Returns the error of a request to the server, with the message that the command prints.
    pub(super) fn from_server(error: Error, global: &GlobalOptions) -> Self {
        let status = match (ConnectionProblem::of(&error), &error) {
            (Some(ConnectionProblem::Silent), _) => StatusCode::GATEWAY_TIMEOUT,
            (
                _,
                Error::InvalidArgument { .. }
                | Error::UnknownParameter { .. }
                | Error::UnsupportedByRelease { .. },
            ) => StatusCode::BAD_REQUEST,
            _ => StatusCode::BAD_GATEWAY,
        };
        Self::new(
            status,
            error_message::describe(&CliError::from(error), global),
        )
    }

    pub(super) fn into_reply(self) -> Reply {
        let text = json!({"message": self.message}).to_string();
        let mut response = with_type(self.status, JSON, ReplyBody::full(text));
        if let Some(allow) = self.allow {
            let headers = response.headers_mut();
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}
