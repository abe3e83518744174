//! Traits of generated requests: their arguments, and the decoding of their responses.

use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::request::builder::RequestBuilder;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::schema::operation::Operation;

/// A value that holds the arguments of a request of an operation.
pub trait ToRequest {
    /// The operation.
    const OPERATION: &'static Operation;

    /// Passes every argument to the builder.
    fn add_arguments(&self, request: &mut RequestBuilder);

    /// Returns the request as data, ready for any transport.
    ///
    /// # Errors
    /// Returns [`Error::InvalidArgument`] if a path variable is empty or the name of an operation,
    /// if a value contains a NUL, or if a number is out of range.
    fn to_request(&self) -> Result<Request, Error> {
        // By reference, so that little code is compiled for each operation.
        RequestBuilder::build(Self::OPERATION, &|request| self.add_arguments(request))
    }
}

impl RequestBuilder {
    /// Replaces the request by that of another operation.
    pub fn rewrite_as<R: ToRequest>(&mut self, request: &R) {
        *self = RequestBuilder::new(R::OPERATION);
        request.add_arguments(self);
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
