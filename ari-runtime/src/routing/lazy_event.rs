//! An event that streams want. The stream that takes it first decodes its text.
//!
//! The task that reads the socket therefore does little work for each event, and the memory for
//! decoding is freed soon, by the thread that has allocated it. Events that report the end of
//! objects are decoded earlier, because their contents decide which streams end.

use std::sync::{Arc, OnceLock};

use bytes::{Bytes, BytesMut};

use crate::error::types::{DecodeError, Error};
use crate::event::bindings::AnyEvent;
use crate::json::JsonError;
use crate::session::core::SessionCore;
use crate::session::counters::add;
use crate::session::log;

/// An undecoded event.
#[derive(Clone)]
pub(crate) struct LazyEvent {
    text: SharedText,
    /// The session that it arrived on.
    session: Arc<SessionCore>,
    /// The decoded event, for events that more than one stream wants.
    decoded: Option<Arc<OnceLock<Decoded>>>,
}

type Decoded = Result<Arc<AnyEvent>, Arc<DecodeError>>;

impl LazyEvent {
    /// Creates an event. With `is_shared`, its clones decode it once altogether.
    pub(crate) fn new(text: SharedText, session: &Arc<SessionCore>, is_shared: bool) -> Self {
        LazyEvent {
            text,
            session: session.clone(),
            decoded: is_shared.then(Arc::default),
        }
    }

    /// Returns the decoded event.
    pub(crate) fn decode(&self) -> Decoded {
        match &self.decoded {
            Some(decoded) => decoded.get_or_init(|| self.decode_text()).clone(),
            None => self.decode_text(),
        }
    }

    fn decode_text(&self) -> Decoded {
        let session = &self.session;
        let text = self.text.as_str();
        match (session.bindings.decode)(text) {
            Ok(event) => {
                add(&session.counters.decoded, 1);
                Ok(event)
            }
            Err(error) => {
                add(&session.counters.decode_errors, 1);
                log::warn(session, format_args!("{error}"));
                Err(Arc::new(decode_error(error, text)))
            }
        }
    }
}

/// The text of an event, in a buffer with those of other events.
#[derive(Clone)]
pub(crate) struct SharedText(Bytes);

impl SharedText {
    fn as_str(&self) -> &str {
        // It was a `str` when it was copied, so the alternative is never used.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Copies the texts of events into buffers, several into each if many events arrive at once.
///
/// The thread that takes an event also frees its text, and the allocator makes threads that free
/// each other's memory wait for each other. With a text in each allocation, that took as long as
/// decoding. An event that is not taken keeps the whole buffer that it is in, so buffers are large
/// only in a burst.
#[derive(Default)]
pub(crate) struct TextBuffer {
    buffer: BytesMut,
    /// The size of the next buffer, in bytes.
    size: usize,
    /// The bytes copied since the batch began.
    copied: usize,
}

impl TextBuffer {
    /// The largest size of a buffer in bytes, except for a longer text.
    const MAX_SIZE: usize = 16 * 1024;

    /// Copies a text.
    pub(crate) fn copy(&mut self, text: &str) -> SharedText {
        if self.buffer.capacity() < text.len() {
            self.buffer = BytesMut::with_capacity(text.len().max(self.size));
        }
        self.buffer.extend_from_slice(text.as_bytes());
        self.copied += text.len();
        SharedText(self.buffer.split().freeze())
    }

    /// Ends a batch of events. The buffers of the next one are of its length.
    pub(crate) fn end_batch(&mut self) {
        self.size = std::mem::take(&mut self.copied).min(Self::MAX_SIZE);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_copied_into_shared_buffers() {
        let mut texts = TextBuffer::default();
        let mut copied = Vec::new();
        for batch in [1, 1, 300, 300, 2, 1, 1] {
            for index in 0..batch {
                let text = "ä".repeat(index * 31 % 700) + &index.to_string();
                copied.push((texts.copy(&text), text));
            }
            texts.end_batch();
        }
        let long = "x".repeat(3 * TextBuffer::MAX_SIZE);
        copied.push((texts.copy(&long), long));
        for (copy, text) in &copied {
            assert_eq!(copy.as_str(), text);
        }
    }

    #[test]
    fn buffers_are_as_long_as_the_last_batch() {
        let mut texts = TextBuffer::default();
        let text = "x".repeat(500);
        // The number of events in each batch, and the size of the next buffer.
        for (batch, size) in [(1, 500), (4, 2000), (1000, TextBuffer::MAX_SIZE), (1, 500)] {
            for _ in 0..batch {
                texts.copy(&text);
            }
            texts.end_batch();
            while texts.buffer.capacity() >= text.len() {
                texts.copy(&text);
            }
            texts.copy(&text);
            texts.copied = 0;
            assert_eq!(texts.buffer.capacity() + text.len(), size, "{batch}");
        }
    }
}
