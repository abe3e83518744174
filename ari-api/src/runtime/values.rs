//! Values that bodies carry and that the specs do not describe.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use serde::{Deserialize, Serialize};

use super::OneOrMany;

/// The value of a channel or bridge variable to be set.
///
/// Made from text; [`VariableValue::reported`] also asks Asterisk to carry the variable in events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum VariableValue {
    /// Just the value.
    Text(String),
    /// The value, and whether changes of it are reported in events: Asterisk 20.20, 22.10, 23.4
    /// and later.
    #[non_exhaustive]
    Reported {
        /// The value.
        value: String,
        /// Whether events of the channel or bridge carry the variable from now on.
        report_events: bool,
    },
}

impl VariableValue {
    /// A value that events of the channel or bridge carry from now on, in `channelvars` or
    /// `bridgevars`.
    pub fn reported(value: impl Into<String>) -> Self {
        VariableValue::Reported {
            value: value.into(),
            report_events: true,
        }
    }
}

impl<T: Into<String>> From<T> for VariableValue {
    fn from(value: T) -> Self {
        VariableValue::Text(value.into())
    }
}

/// What an application can subscribe to: `client.application("hello").subscribe([…])`.
///
/// The events of channels in the application, and of bridges that they are in, come without.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventSource(String);

impl EventSource {
    /// A channel.
    pub fn channel(id: impl AsRef<str>) -> Self {
        Self::of("channel", id.as_ref())
    }

    /// All channels of the server.
    pub fn all_channels() -> Self {
        Self::of("channel", "")
    }

    /// A bridge.
    pub fn bridge(id: impl AsRef<str>) -> Self {
        Self::of("bridge", id.as_ref())
    }

    /// All bridges of the server.
    pub fn all_bridges() -> Self {
        Self::of("bridge", "")
    }

    /// An endpoint: its state, contacts and messages. `EventSource::endpoint("PJSIP", "100")`.
    pub fn endpoint(tech: impl AsRef<str>, resource: impl AsRef<str>) -> Self {
        let id = format!("{}/{}", tech.as_ref(), resource.as_ref());
        Self::of("endpoint", &id)
    }

    /// All endpoints of a technology.
    pub fn endpoints(tech: impl AsRef<str>) -> Self {
        Self::of("endpoint", tech.as_ref())
    }

    /// The state of a device: `EventSource::device_state("Stasis:lamp")`.
    pub fn device_state(name: impl AsRef<str>) -> Self {
        Self::of("deviceState", name.as_ref())
    }

    fn of(scheme: &str, id: &str) -> Self {
        EventSource(format!("{scheme}:{id}"))
    }

    /// As on the wire: `channel:1700000000.1`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<EventSource> for String {
    fn from(source: EventSource) -> Self {
        source.0
    }
}

impl fmt::Display for EventSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which types of events an application wants.
///
/// Asterisk keeps one list of allowed and one of disallowed types: where the first is empty all
/// are allowed, and what is disallowed is not sent in any case. Of the two lists one that is not
/// given stays as it was, an empty one is cleared; where neither is given both are cleared.
///
/// `RESTResponse` is always allowed: Asterisk would filter the answers to requests that travel over
/// the WebSocket, too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<Vec<EventType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disallowed: Option<Vec<EventType>>,
}

/// An entry of a filter. Asterisk looks at nothing but the type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct EventType {
    #[serde(rename = "type")]
    kind: String,
}

/// The type of answers to requests over a WebSocket.
const ANSWER: &str = "RESTResponse";

impl EventType {
    fn is_answer(&self) -> bool {
        self.kind == ANSWER
    }
}

impl EventFilter {
    /// A filter to which lists are given: the one that is not stays as it was. Without any,
    /// Asterisk clears both.
    pub fn new() -> Self {
        Self::default()
    }

    /// A filter that clears both lists, so that all events are sent.
    pub fn everything() -> Self {
        EventFilter {
            allowed: Some(Vec::new()),
            disallowed: Some(Vec::new()),
        }
    }

    /// Replaces the list of allowed types, such as `StasisStart`.
    pub fn allow<M>(mut self, kinds: impl OneOrMany<String, M>) -> Self {
        let mut allowed = event_types(kinds);
        // An empty list allows everything.
        if !allowed.is_empty() && !allowed.iter().any(EventType::is_answer) {
            allowed.push(EventType {
                kind: ANSWER.to_owned(),
            });
        }
        self.allowed = Some(allowed);
        self
    }

    /// Replaces the list of disallowed types.
    pub fn disallow<M>(mut self, kinds: impl OneOrMany<String, M>) -> Self {
        let mut disallowed = event_types(kinds);
        disallowed.retain(|kind| !kind.is_answer());
        self.disallowed = Some(disallowed);
        self
    }
}

fn event_types<M>(kinds: impl OneOrMany<String, M>) -> Vec<EventType> {
    let kinds = kinds.into_list().into_iter();
    kinds.map(|kind| EventType { kind }).collect()
}

/// An id that no channel, bridge, playback or recording has yet: 128 random bits.
///
/// The bits come from the standard library's keys for hash maps, which are random per process and
/// differ from call to call; they are unguessable enough for ids, not for secrets.
pub fn unique_id() -> String {
    format!("{:016x}{:016x}", random(), random())
}

/// 64 random bits, unguessable enough for ids and pauses.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_written_as_asterisk_reads_them() {
        for (filter, expected) in [
            (EventFilter::new(), r#"{}"#),
            (
                EventFilter::everything(),
                r#"{"allowed":[],"disallowed":[]}"#,
            ),
            (
                EventFilter::new().allow(["StasisStart"]),
                r#"{"allowed":[{"type":"StasisStart"},{"type":"RESTResponse"}]}"#,
            ),
            (EventFilter::new().allow([""; 0]), r#"{"allowed":[]}"#),
            (
                EventFilter::new().disallow(["Dial", "RESTResponse"]),
                r#"{"disallowed":[{"type":"Dial"}]}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&filter).unwrap(), expected);
        }
    }

    #[test]
    fn ids_differ() {
        let ids: std::collections::HashSet<_> = (0..1000).map(|_| unique_id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 32));
    }
}
