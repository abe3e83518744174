//! A JSON deserializer for Asterisk's output, strict and fast.
//!
//! Half of the time that serde_json needs for an event is spent on generality that a text in memory
//! does not need, and a second deserializer would double the code of every model. So models are
//! read only with this one. It accepts the same texts as serde_json, with the same meaning. Tests
//! compare the two. Rare constructs (escapes, fractions, exponents, integers of more than 18
//! digits) are passed to serde_json.
//!
//! Three features are missing, because no bindings need them and each would be compiled for every
//! model that has it: a struct is an object, never an array of its fields; maps have text keys; and
//! 128-bit integers hold no more than 64 bits.

mod deserializer;
pub(crate) mod error;
pub(crate) mod parse;
mod reader;
mod skip;
#[cfg(test)]
mod tests;
