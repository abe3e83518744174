//! Requests as data: what they are, and how their answers are read.

use super::call::Encoder;
use super::{Answer, Call, Error, Message, Method, Operation};

/// Something that can be encoded as a call of an operation.
pub trait Encode {
    /// The operation.
    const OPERATION: &'static Operation;

    /// Hands every parameter to the encoder.
    fn encode(&self, encoder: &mut Encoder);

    /// The call: method, path, query and body.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`]: a path variable that is empty or the name of an operation, a
    /// NUL, a number out of range.
    fn call(&self) -> Result<Call, Error> {
        // By reference, so that this is next to nothing for each of the operations.
        Encoder::call(Self::OPERATION, &|encoder| self.encode(encoder))
    }
}

/// A request with an answer.
pub trait Request: Encode {
    /// What a success becomes.
    type Output;

    /// Reads an answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for any status but success, [`Error::Decode`] for a body that is not
    /// what the operation answers.
    fn read(answer: Answer) -> Result<Self::Output, Error>;
}

/// A request that upgrades its connection to a WebSocket.
pub trait Connect: Encode {
    /// What arrives on it.
    type Message: Message;
}

/// An operation of the bindings, which may be for a release that lacks it.
pub(super) fn operation<E: Message>(
    method: Method,
    path: &str,
) -> Result<&'static Operation, Error> {
    let mut operations = E::operations().iter().copied();
    operations
        .find(|operation| operation.method == method && operation.path == path)
        .ok_or_else(|| Error::Configuration(format!("the bindings lack {method} {path}")))
}
