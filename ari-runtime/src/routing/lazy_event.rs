//! An event that only streams of an application want: its text, decoded by the first stream that
//! takes it.
//!
//! The task that reads the socket therefore does little work for each event, and the memory for
//! decoding is freed by the thread that has allocated it. Events for object streams are decoded
//! earlier, because their contents decide which streams get them.

use std::sync::{Arc, OnceLock};

use crate::error::types::{DecodeError, Error};
use crate::event::event_type::EventType;
use crate::json::error::JsonError;
use crate::session::core::SessionCore;
use crate::session::counters::add;
use crate::session::log;

/// An undecoded event that all streams which want it share.
pub(crate) struct LazyEvent<E> {
    text: Box<str>,
    decoded: OnceLock<Result<Arc<E>, Arc<DecodeError>>>,
}

impl<E: EventType> LazyEvent<E> {
    pub(crate) fn new(text: &str) -> Arc<Self> {
        Arc::new(LazyEvent {
            text: text.into(),
            decoded: OnceLock::new(),
        })
    }

    /// Returns the event, decoded once. `session` is the session that it arrived on.
    pub(crate) fn decode(&self, session: &SessionCore) -> Result<Arc<E>, Arc<DecodeError>> {
        let decode = || match E::decode(&self.text) {
            Ok(event) => {
                add(&session.counters.decoded, 1);
                Ok(Arc::new(event))
            }
            Err(error) => {
                add(&session.counters.decode_errors, 1);
                log::warn(session, format_args!("{error}"));
                Err(Arc::new(decode_error(error, &self.text)))
            }
        };
        self.decoded.get_or_init(decode).clone()
    }
}

/// Converts a decoding failure to a [`DecodeError`].
pub(crate) fn decode_error(error: Error, text: &str) -> DecodeError {
    match error {
        Error::Decode(error) => *error,
        // Hand-written bindings may return any error.
        other => {
            let source = JsonError::new(other.to_string());
            DecodeError::new("a message".into(), text.into(), source)
        }
    }
}
