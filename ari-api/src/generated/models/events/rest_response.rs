// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RESTResponse`.

use crate::runtime;

/// The answer to a `RESTRequest`.
///
/// Responses come in the order of the requests. Two ways to wait for one in vain: the application's
/// event filter applies to this type as well, so an `allowed` list must name `RESTResponse`; and
/// responses are dropped silently when the first application of the socket is no longer registered.
/// So give every request a timeout.
///
/// A request that was no valid JSON is answered by 400 with empty ids, which cannot be matched to
/// it. Recording files cannot be fetched this way (406).
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestResponse {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
    /// The one of the request; empty when it had none.
    pub transaction_id: String,
    /// The one of the request; empty when it had none.
    pub request_id: String,
    /// HTTP status code, the same as over HTTP.
    pub status_code: i64,
    /// Text that goes with the code, such as `OK`.
    pub reason_phrase: String,
    /// The `uri` of the request.
    pub uri: String,
    /// Type of the body; absent when there is none, as with 204.
    pub content_type: Option<String>,
    /// The body as one string, JSON to be decoded once more; absent when there is none, as
    /// with 204.
    pub message_body: Option<String>,
}

runtime::model!(
    RestResponse = tagged("type", "RESTResponse"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    transaction_id = required("transaction_id"),
    request_id = required("request_id"),
    status_code = required("status_code"),
    reason_phrase = required("reason_phrase"),
    uri = required("uri"),
    content_type = optional("content_type"),
    message_body = optional("message_body"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RESTResponse",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("transaction_id", "string"),
        ("request_id", "string"),
        ("status_code", "int"),
        ("reason_phrase", "string"),
        ("uri", "string"),
        ("content_type", "string"),
        ("message_body", "string"),
    ],
};
