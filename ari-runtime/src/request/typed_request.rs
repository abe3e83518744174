//! Requests as data: encoding them, and decoding their responses.

use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::request::encoded::{Request, RequestEncoder};
use crate::response::body::Response;
use crate::schema::operation::{Method, Operation};

/// A value that can be encoded as a request of an operation.
pub trait ToRequest {
    /// The operation.
    const OPERATION: &'static Operation;

    /// Passes every parameter to the encoder.
    fn encode(&self, encoder: &mut RequestEncoder);

    /// Returns the encoded request: method, path, query and body.
    ///
    /// # Errors
    /// Returns [`Error::InvalidArgument`] if a path variable is empty or the name of an operation,
    /// if a value contains a NUL, or if a number is out of range.
    fn to_request(&self) -> Result<Request, Error> {
        // By reference, so that little code is compiled for each operation.
        RequestEncoder::request(Self::OPERATION, &|encoder| self.encode(encoder))
    }
}

impl RequestEncoder {
    /// Replaces the request by that of another operation.
    pub fn rewrite_as<R: ToRequest>(&mut self, request: &R) {
        *self = RequestEncoder::new(R::OPERATION);
        request.encode(self);
    }
}

/// A request with a typed response.
pub trait TypedRequest: ToRequest {
    /// The decoded successful response.
    type Output;

    /// Decodes a response.
    ///
    /// # Errors
    /// Returns [`Error::Response`] if the status is not a success, and [`Error::Decode`] if the
    /// body does not have the form of the operation's response.
    fn decode(response: Response) -> Result<Self::Output, Error>;
}

/// A request that upgrades its connection to a WebSocket.
pub trait WebSocketRequest: ToRequest {
    /// The type of the events on the WebSocket.
    type Event: EventType;
}

/// Returns an operation of the bindings, which may be for a release that lacks it.
pub(crate) fn operation<E: EventType>(
    method: Method,
    path: &str,
) -> Result<&'static Operation, Error> {
    let mut operations = E::operations().iter().copied();
    operations
        .find(|operation| operation.method == method && operation.path == path)
        .ok_or_else(|| Error::InvalidConfig(format!("the bindings lack {method} {path}")))
}
