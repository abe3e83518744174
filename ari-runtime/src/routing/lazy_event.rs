//! An event that streams want. The first stream that takes it decodes its text.
//!
//! The task that reads the socket therefore does little work for each event, and the memory for
//! decoding is freed soon, by the thread that has allocated it. Events that report the end of
//! objects are decoded earlier, because their contents decide which streams end.

use std::sync::{Arc, OnceLock};

use crate::error::types::{DecodeError, Error};
use crate::event::bindings::AnyEvent;
use crate::json::JsonError;
use crate::session::core::SessionCore;
use crate::session::counters::add;
use crate::session::log;

/// An undecoded event that all streams which want it share.
pub(crate) struct LazyEvent {
    text: Box<str>,
    /// The session that it arrived on.
    session: Arc<SessionCore>,
    decoded: OnceLock<Result<Arc<AnyEvent>, Arc<DecodeError>>>,
}

impl LazyEvent {
    pub(crate) fn new(text: &str, session: &Arc<SessionCore>) -> Arc<Self> {
        Arc::new(LazyEvent {
            text: text.into(),
            session: session.clone(),
            decoded: OnceLock::new(),
        })
    }

    /// Returns the event, decoded once.
    pub(crate) fn decode(&self) -> Result<Arc<AnyEvent>, Arc<DecodeError>> {
        let session = &self.session;
        let decode = || match (session.bindings.decode)(&self.text) {
            Ok(event) => {
                add(&session.counters.decoded, 1);
                Ok(event)
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
            let source = JsonError::new(other.to_string(), text, 0);
            DecodeError::new("a message".into(), text.into(), source)
        }
    }
}
