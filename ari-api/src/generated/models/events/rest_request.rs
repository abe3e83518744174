// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RESTRequest`.

use crate::{models, runtime};

/// A request of this interface sent as a text message over the event WebSocket, answered by
/// `RESTResponse`.
///
/// It spares HTTP connections, at the price that a socket handles one request after another: an
/// operation that waits, such as `answer` during a playback, holds up all later requests, and the
/// answer to a ping too, for as long. Send such operations over HTTP. Requests and responses are
/// text messages; binary ones are ignored.
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestRequest {
    /// Always `RESTRequest`.
    pub kind: String,
    /// Any string; comes back in the response. A number is answered with an empty string.
    pub transaction_id: Option<String>,
    /// Any string; comes back in the response, and is what to match it by. A number is answered
    /// with an empty string.
    pub request_id: Option<String>,
    /// HTTP method in capital letters: `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Path of the resource without leading slash and without `ari/`, such as
    /// `channels/123/answer`; otherwise it answers 405 or 404. A query string may follow `?`; there
    /// values are percent-decoded and `+` is a space.
    pub uri: String,
    /// Type of the body, exactly `application/json`: with a charset, or missing while there is a
    /// body, the answer is 400.
    pub content_type: Option<String>,
    /// Query parameters as a list, an alternative to writing them into `uri`. Values here are not
    /// decoded.
    pub query_strings: Option<Vec<models::RestQueryStringParameter>>,
    /// The body as one string, so JSON is encoded twice. It must be a string, not an object.
    pub message_body: Option<String>,
}

runtime::model!(
    RestRequest = named("RESTRequest"),
    kind = required("type"),
    transaction_id = optional("transaction_id"),
    request_id = optional("request_id"),
    method = required("method"),
    uri = required("uri"),
    content_type = optional("content_type"),
    query_strings = optional("query_strings"),
    message_body = optional("message_body"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RESTRequest",
    fields: &[
        ("type", "string"),
        ("transaction_id", "string"),
        ("request_id", "string"),
        ("method", "string"),
        ("uri", "string"),
        ("content_type", "string"),
        ("query_strings", "List[RESTQueryStringParameter]"),
        ("message_body", "string"),
    ],
};
