//! The observed responses and events, reduced to the parts that are compared.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::allowed_differences;

/// The responses and events of a server, in the order of their arrival.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    pub(crate) responses: Vec<String>,
    pub(crate) events: Vec<ObservedEvent>,
}

impl std::fmt::Display for Transcript {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for answer in &self.responses {
            writeln!(f, "  {answer}")?;
        }
        for event in &self.events {
            writeln!(f, "  {} {} {}", event.app, event.object, event.reduced)?;
        }
        Ok(())
    }
}

/// An observed event.
#[derive(Debug)]
pub(crate) struct ObservedEvent {
    /// The application, and the socket if that has another name.
    pub(crate) app: String,
    pub(crate) kind: String,
    /// The id of the object that the event is about: a channel, a playback or a bridge.
    pub(crate) object: String,
    /// The whole event.
    pub(crate) event: Value,
    /// The parts of the event that are compared.
    pub(crate) reduced: String,
}

impl ObservedEvent {
    pub(crate) fn new(socket: &str, event: &Value) -> Self {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        ObservedEvent {
            app: match text("application") {
                app if app == socket => app,
                app => format!("{app}, on the socket {socket}"),
            },
            kind: text("type"),
            object: event_object_id(event).to_owned(),
            event: event.clone(),
            reduced: reduce(event).to_string(),
        }
    }

    /// Returns the channel of the event, even if the event is primarily about another object.
    pub(crate) fn channel_id(&self) -> Option<&str> {
        let paths = ["/channel/id", "/peer/id"];
        let id = paths.iter().find_map(|path| self.event.pointer(path));
        let uri = ["/playback/target_uri", "/recording/target_uri"];
        let target = uri.iter().find_map(|path| self.event.pointer(path));
        id.and_then(Value::as_str)
            .or_else(|| target?.as_str()?.strip_prefix("channel:"))
    }

    /// Returns a key that is the same for two events that are equal in all compared parts.
    pub(crate) fn key(&self) -> [&str; 3] {
        [&self.app, &self.object, &self.reduced]
    }
}

/// Returns the id of the object that an event is about.
pub(crate) fn event_object_id(event: &Value) -> &str {
    let paths = [
        "/channel/id",
        "/peer/id",
        "/playback/id",
        "/recording/name",
        "/bridge/id",
        "/device_state/name",
    ];
    let id = paths.iter().find_map(|path| event.pointer(path)?.as_str());
    id.unwrap_or_default()
}

/// Keeps all keys, but only those values that are compared.
pub(crate) fn reduce(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let reduced = object.iter().map(|(key, value)| {
                let kept = allowed_differences::COMPARED_FIELDS.contains(&key.as_str());
                let value = match value {
                    Value::Object(_) => reduce(value),
                    Value::Array(_) if !kept => reduce(value),
                    value if kept => value.clone(),
                    Value::String(_) => "text".into(),
                    Value::Number(_) => "number".into(),
                    Value::Bool(_) => "flag".into(),
                    value => value.clone(),
                };
                (key.clone(), value)
            });
            // Sorted, so that the original order does not matter.
            let sorted: BTreeMap<_, _> = reduced.collect();
            Value::Object(sorted.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(reduce).collect()),
        _ => "item".into(),
    }
}
