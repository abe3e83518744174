//! Requests: those on their way to an operation, and the record of those received.

use ari_api::schema::Operation;

use super::RequestBody;

/// A request that the server has received.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// The requested operation.
    pub operation: &'static Operation,
    /// The path below `/ari/`, as received, without the query.
    pub path: String,
    /// The decoded query parameters.
    pub query: Vec<(String, String)>,
    /// The body, if it is JSON.
    pub body: Option<serde_json::Value>,
    /// The status of the response; `None` until there is one.
    pub status: Option<u16>,
}

/// A request on its way to an operation.
pub(crate) struct IncomingRequest<'a> {
    pub(crate) method: &'a str,
    /// The path below `/ari/`.
    pub(crate) path: &'a str,
    /// The host by which the client reached the server.
    pub(crate) host: Option<&'a str>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: RequestBody,
}
