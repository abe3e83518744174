//! Events of applications, passed on to the browsers.

use std::borrow::Cow;

use ari_api::Error;
use ari_api::stream::EventStream;
use hyper::StatusCode;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::body::ReplyBody;
use super::hub::Hub;
use super::registered::Ended;
use super::reply::{ApiError, Reply, with_type};
use crate::error::reconnect_failure;
use crate::event::CommandEvent;
use crate::event_line::describe_connection_event;
use crate::own_objects::OwnObjects;

/// Returns the endless list of events.
pub(super) fn respond(hub: &Hub) -> Result<Reply, ApiError> {
    let lines = hub.subscribe().ok_or_else(|| {
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too many pages receive events: close some of them",
        )
    })?;
    let body = ReplyBody::Events(lines);
    Ok(with_type(StatusCode::OK, "application/x-ndjson", body))
}

/// Passes on the events of an application until its connection ends permanently. `publish` gets each
/// state of the connection and a description, and `own_objects` the objects of the events.
pub(super) async fn follow(
    stream: &mut EventStream<CommandEvent>,
    application: &str,
    hub: &Hub,
    own_objects: Option<&OwnObjects>,
    publish: impl Fn(&str, &str),
) -> Ended {
    let mut is_replaced = false;
    while let Some(event) = stream.next().await {
        match event.as_deref() {
            Ok(CommandEvent::Event { kind, raw, .. }) => {
                is_replaced |= kind == "ApplicationReplaced";
                if let Some(own) = own_objects {
                    own.note_event(application, raw);
                }
                hub.publish_event(application, &one_line(raw));
            }
            Ok(CommandEvent::Connection(event)) => {
                let state = match event.name() {
                    "Connected" => "connected",
                    "Disconnected" => "lost",
                    "Reconnected" => "reconnected",
                    other => &other.to_lowercase(),
                };
                publish(state, &describe_connection_event(event));
            }
            Err(Error::Decode(error)) => {
                hub.publish_event(application, &one_line(&error.raw));
            }
            Err(error) if !is_replaced => {
                // The command refuses to connect as the application of another program.
                let refusal = reconnect_failure(error);
                return Ended {
                    reason: refusal.map_or_else(|| error.to_string(), str::to_owned),
                    is_replaced: refusal.is_some(),
                };
            }
            Err(_) => break,
        }
    }
    let reason = match is_replaced {
        true => format!("another client took over the application {application:?}"),
        false => "the connection has ended".to_owned(),
    };
    Ended {
        reason,
        is_replaced,
    }
}

/// Returns an event as JSON in one line, byte for byte if possible. A message that is not JSON
/// becomes a string.
fn one_line(raw: &str) -> Cow<'_, str> {
    // Unlike for a value, numbers, depth and surrogates do not matter.
    if serde_json::from_str::<IgnoredAny>(raw).is_err() {
        return Value::from(raw).to_string().into();
    }
    // Strings contain no line breaks that are not escaped.
    match raw.contains(['\n', '\r']) {
        true => raw.replace(['\n', '\r'], " ").into(),
        false => raw.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn events_are_one_line_of_json() {
        for (raw, expected) in [
            ("{\"a\": 1.50}", "{\"a\": 1.50}"),
            ("{\r\n\"a\":\n1}", "{  \"a\": 1}"),
            (r#"{"a":"\ud800"}"#, r#"{"a":"\ud800"}"#),
            ("{\"a\":", r#""{\"a\":""#),
            ("x\ny", r#""x\ny""#),
        ] {
            assert_eq!(one_line(raw), expected);
        }
    }
}
