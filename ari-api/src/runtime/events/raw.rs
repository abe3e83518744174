//! An event that nobody but the streams of an application wants: its text, decoded by the first of
//! them that takes it.
//!
//! So the task that reads the socket has little to do for each event, whatever is in it, and what
//! decoding allocates is freed by the thread that has allocated it. Streams of objects are found by
//! what an event holds, so that it is decoded before they get it.

use std::sync::{Arc, OnceLock};

use super::counters::add;
use super::log;
use super::shared::Core;
use crate::runtime::{DecodeError, Error, JsonError, Message};

/// One that all streams which want it share.
pub(super) struct Raw<E> {
    text: Box<str>,
    decoded: OnceLock<Result<Arc<E>, Arc<DecodeError>>>,
}

impl<E: Message> Raw<E> {
    pub(super) fn new(text: &str) -> Arc<Self> {
        Arc::new(Raw {
            text: text.into(),
            decoded: OnceLock::new(),
        })
    }

    /// The event, for the session that it arrived on.
    pub(super) fn decode(&self, session: &Core<E>) -> Result<Arc<E>, Arc<DecodeError>> {
        let decode = || match E::decode(&self.text) {
            Ok(event) => {
                add(&session.counters.decoded, 1);
                Ok(Arc::new(event))
            }
            Err(error) => {
                add(&session.counters.undecodable, 1);
                log::warn(session, format_args!("{error}"));
                Err(Arc::new(decode_error(error, &self.text)))
            }
        };
        self.decoded.get_or_init(decode).clone()
    }
}

/// What decoding has to say.
pub(super) fn decode_error(error: Error, text: &str) -> DecodeError {
    match error {
        Error::Decode(error) => *error,
        // Bindings that were written by hand may fail as they like.
        other => {
            let source = JsonError::new(other.to_string());
            DecodeError::new("a message".into(), text.into(), source)
        }
    }
}
