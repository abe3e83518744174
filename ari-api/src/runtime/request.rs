//! Requests as data: what they are, and how their answers are read.

use super::call::Encoder;
use super::{Answer, Call, Error, Message, Operation};

/// Something that can be encoded as a call of an operation.
pub trait Encode {
    /// The operation.
    const OPERATION: &'static Operation;

    /// Hands every parameter to the encoder.
    fn encode(&self, encoder: &mut Encoder);

    /// The call: method, path, query and body.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`]: an empty path variable, a number out of range.
    fn call(&self) -> Result<Call, Error> {
        let mut encoder = Encoder::new(Self::OPERATION);
        self.encode(&mut encoder);
        encoder.finish()
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
