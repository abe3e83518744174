//! The span of a call.

use tracing::Span;
use tracing::field::Empty;

use crate::error::CallEnd;

/// The longest id in a span, in bytes. Longer ones are left out.
const MAX_LENGTH: usize = 200;

/// Creates the span of a call. Its parent is the current span.
pub(crate) fn new(channel: &str) -> Span {
    tracing::info_span!(
        "ari.call",
        otel.name = "call",
        otel.kind = "internal",
        asterisk.channel.id = Some(channel).filter(|id| id.len() <= MAX_LENGTH),
        asterisk.application = Empty,
        ari.call.end = Empty,
        asterisk.hangup.cause = Empty,
    )
}

/// Records the application that a call is in.
pub(crate) fn record_application(span: &Span, name: &str) {
    if name.len() <= MAX_LENGTH {
        span.record("asterisk.application", name);
    }
}

/// Records the end of a call.
pub(crate) fn record_end(span: &Span, end: &CallEnd) {
    let name = match end {
        CallEnd::HungUp { cause, .. } => {
            if let Some(cause) = cause {
                span.record("asterisk.hangup.cause", cause);
            }
            "hung_up"
        }
        CallEnd::LeftApplication => "left_application",
        CallEnd::Replaced { .. } => "replaced",
    };
    span.record("ari.call.end", name);
}
