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

/// A request that the server has received, for an operation or not.
pub(crate) struct ReceivedRequest {
    /// The requested operation, if the user may request it and the release has it. That of the opening
    /// of a WebSocket is `events.eventWebsocket`.
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) method: String,
    /// The path below `/ari/`, or the whole path with its slash.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// The body, if it is JSON.
    pub(crate) body: Option<serde_json::Value>,
    /// The status of the response; `None` until there is one.
    pub(crate) status: Option<u16>,
}

impl ReceivedRequest {
    /// Returns whether this is a request for an operation, such as `channels.answer`.
    pub(crate) fn is_for(&self, operation: &str) -> bool {
        self.operation.is_some_and(|known| {
            operation.split_once('.') == Some((known.resource, known.nickname))
        })
    }

    /// Returns the request, if it is for an operation that clients send as a request.
    pub(crate) fn to_request(&self) -> Option<Request> {
        let operation = self
            .operation
            .filter(|known| known.websocket_protocol.is_none())?;
        Some(Request {
            operation,
            path: self.path.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            status: self.status,
        })
    }
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
