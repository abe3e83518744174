//! The messages of AudioSocket: a kind in one byte, a length in two, and a payload.
//!
//! Asterisk hangs up if more than 5 ms pass within a payload, so [`encode_audio`] returns head and
//! payload in one buffer, which has to be written in one piece.

mod message;
mod parser;
mod uuid;

pub use message::{InvalidPayload, Message, encode_audio, encode_hangup};
pub use parser::{ParseError, Parser};
pub use uuid::CallId;
