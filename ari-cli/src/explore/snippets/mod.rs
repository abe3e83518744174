//! `POST snippets`: a request as text to copy, for curl, for `ari`, and for Rust.
//!
//! Each text sends the request as it was given: the same method, path, parameters and body. What
//! options or typed requests would send differently is sent by `ari request`, or as a
//! [`Request`](ari_api::transport::Request) of the given path and body.

mod arguments;
mod command_line;
mod curl;
mod given;
mod json_text;
mod rust_code;
#[cfg(test)]
#[cfg(feature = "mock")]
#[rustfmt::skip]
mod samples;
mod shell;
mod target;
#[cfg(test)]
#[cfg(feature = "mock")]
mod tests;

use hyper::StatusCode;
use hyper::body::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::reply::{self, ApiError, Reply};
use given::GivenRequest;
pub(super) use target::Target;

/// The request of the page.
#[derive(Debug, Deserialize)]
struct Given {
    method: String,
    path: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    body: Option<Value>,
}

/// Responds with the texts of the request in `body`.
pub(super) async fn respond(target: &Target, body: &Bytes) -> Result<Reply, ApiError> {
    let given: Given = serde_json::from_slice(body).map_err(|error| {
        ApiError::bad_request(format!(
            "the body is not a request with method, path, query and body: {error}"
        ))
    })?;
    let target = target.clone();
    // The first one reads the names of the bindings, which takes a moment.
    let creating = tokio::task::spawn_blocking(move || {
        let Given {
            method,
            path,
            query,
            body,
        } = given;
        create(&target, &method, &path, &query, body)
    });
    let created = creating.await.map_err(|error| {
        let message = format!("cannot create the snippets: {error}");
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    })?;
    let Snippets { curl, ari, rust } =
        created.map_err(|message| ApiError::new(StatusCode::NOT_FOUND, message))?;
    Ok(reply::json(
        &json!({"curl": curl, "ari": ari, "rust": rust}),
    ))
}

/// The texts of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Snippets {
    /// A command for a POSIX shell, which reads the credentials from the environment.
    curl: String,
    /// A command for a POSIX shell, which reads the credentials as `ari` always does.
    ari: String,
    /// A Rust expression. Its variable `client` is an [`ari_api::Client`]. A comment before it says
    /// how the client is built if the server needs a certificate authority.
    rust: String,
}

/// Returns the texts of a request.
///
/// `path` is below the URL of the server, percent-encoded, and so is `query`.
///
/// # Errors
/// Returns a message if no operation has this method and path.
fn create(
    target: &Target,
    method: &str,
    path: &str,
    query: &str,
    body: Option<Value>,
) -> Result<Snippets, String> {
    let given = GivenRequest::parse(method, path, query, body)?;
    Ok(Snippets {
        curl: curl::command(target, &given),
        ari: command_line::command(target, &given),
        rust: rust_code::expression(target, &given),
    })
}
