//! The spans of streams of objects, and of outcomes that are awaited.
//!
//! They are created with the feature `client` alone, because that has `tracing`.

use crate::error::types::Error;
use crate::event::object::ObjectRef;
#[cfg(feature = "client")]
use crate::routing::queue::CloseReason;
use crate::routing::queue::Item;
#[cfg(feature = "client")]
use crate::values::capped::cap;

/// A span that is never entered: it only measures. Boxed, because thousands of streams are open at a
/// time, and most subscribers do not want their spans.
#[derive(Default)]
pub(crate) struct ObjectSpan {
    #[cfg(feature = "client")]
    span: Option<Box<tracing::Span>>,
}

#[cfg(not(feature = "client"))]
impl ObjectSpan {
    pub(crate) fn of_stream(_: ObjectRef<'_>) -> Self {
        ObjectSpan {}
    }

    pub(crate) fn of_outcome(_: ObjectRef<'_>) -> Self {
        ObjectSpan {}
    }

    pub(crate) fn record_error(&self, _: &Error) {}

    pub(crate) fn record_item(&self, _: &Item) {}
}

/// Creates a span about an object. A macro, because the level and the name of a span are constants.
#[cfg(feature = "client")]
macro_rules! object_span {
    ($level:ident, $name:literal, $title:literal, $object:ident) => {
        tracing::span!(
            tracing::Level::$level,
            $name,
            otel.name = %format_args!($title, $object.kind),
            otel.kind = "internal",
            otel.status_code = tracing::field::Empty,
            error.type = tracing::field::Empty,
            asterisk.object.kind = $object.kind,
            asterisk.object.id = cap($object.id),
        )
    };
}

#[cfg(feature = "client")]
impl ObjectSpan {
    /// Creates the span of a stream, from its opening until it is dropped.
    pub(crate) fn of_stream(object: ObjectRef<'_>) -> Self {
        ObjectSpan::new(object_span!(DEBUG, "ari.stream", "events of {}", object))
    }

    /// Creates the span of waiting until an object ends.
    pub(crate) fn of_outcome(object: ObjectRef<'_>) -> Self {
        let span = object_span!(INFO, "ari.outcome", "wait for the end of {}", object);
        ObjectSpan::new(span)
    }

    fn new(span: tracing::Span) -> Self {
        let is_wanted = !span.is_disabled();
        ObjectSpan {
            span: is_wanted.then(|| Box::new(span)),
        }
    }

    /// Records the error with which an outcome is not known.
    pub(crate) fn record_error(&self, error: &Error) {
        self.record_class(match error {
            Error::ObjectGone { .. } => "object_gone",
            Error::Disconnected { .. } => "disconnected",
            Error::Lagged { .. } => "lagged",
            Error::Decode(_) => "decode",
            _ => "other",
        });
    }

    /// Records an item of a stream, if it is an error. The last error counts.
    pub(crate) fn record_item(&self, item: &Item) {
        match item {
            Item::DecodeError(_) => self.record_class("decode"),
            Item::Dropped(_) => self.record_class("lagged"),
            Item::End(Some(CloseReason::Disconnected { .. })) => self.record_class("disconnected"),
            Item::End(Some(CloseReason::Gone { .. })) => self.record_class("object_gone"),
            Item::End(None) | Item::Event(_) | Item::Raw(_) | Item::Connection(_) => {}
        }
    }

    fn record_class(&self, class: &'static str) {
        let Some(span) = &self.span else { return };
        span.record("error.type", class);
        span.record("otel.status_code", "ERROR");
    }
}
