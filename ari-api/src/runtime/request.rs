//! Requests as data: encoding them, and decoding their responses.

use super::call::Encoder;
use super::{Answer, Call, Error, Message, Method, Operation};

/// A value that can be encoded as a request of an operation.
pub trait Encode {
    /// The operation.
    const OPERATION: &'static Operation;

    /// Passes every parameter to the encoder.
    fn encode(&self, encoder: &mut Encoder);

    /// Returns the encoded request: method, path, query and body.
    ///
    /// # Errors
    /// Returns [`Error::InvalidArgument`] if a path variable is empty or the name of an operation,
    /// if a value contains a NUL, or if a number is out of range.
    fn call(&self) -> Result<Call, Error> {
        // By reference, so that little code is compiled for each operation.
        Encoder::call(Self::OPERATION, &|encoder| self.encode(encoder))
    }
}

/// A request with a typed response.
pub trait Request: Encode {
    /// The decoded successful response.
    type Output;

    /// Decodes a response.
    ///
    /// # Errors
    /// Returns [`Error::Refused`] if the status is not a success, and [`Error::Decode`] if the body
    /// does not have the form of the operation's response.
    fn read(answer: Answer) -> Result<Self::Output, Error>;
}

/// A request that upgrades its connection to a WebSocket.
pub trait Connect: Encode {
    /// The type of the events on the WebSocket.
    type Message: Message;
}

/// Returns an operation of the bindings, which may be for a release that lacks it.
pub(super) fn operation<E: Message>(
    method: Method,
    path: &str,
) -> Result<&'static Operation, Error> {
    let mut operations = E::operations().iter().copied();
    operations
        .find(|operation| operation.method == method && operation.path == path)
        .ok_or_else(|| Error::Configuration(format!("the bindings lack {method} {path}")))
}
