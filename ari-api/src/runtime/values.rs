//! Values that bodies carry and that the specs do not describe.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use serde::{Deserialize, Serialize};

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

/// Which types of events an application wants.
///
/// Asterisk keeps one list of allowed and one of disallowed types: where the first is empty all
/// are allowed, and what is disallowed is not sent in any case. A list that is not given stays as
/// it was, an empty one is cleared.
///
/// Asterisk filters `RESTResponse`, too: an application that sends requests over its WebSocket has
/// to allow it.
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

impl EventFilter {
    /// A filter that leaves both lists as they are.
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
    pub fn allow(mut self, kinds: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.allowed = Some(event_types(kinds));
        self
    }

    /// Replaces the list of disallowed types.
    pub fn disallow(mut self, kinds: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.disallowed = Some(event_types(kinds));
        self
    }
}

fn event_types(kinds: impl IntoIterator<Item = impl Into<String>>) -> Vec<EventType> {
    kinds
        .into_iter()
        .map(|kind| EventType { kind: kind.into() })
        .collect()
}

/// An id that no channel, bridge, playback or recording has yet: 128 random bits.
///
/// The bits come from the standard library's keys for hash maps, which are random per process and
/// differ from call to call; they are unguessable enough for ids, not for secrets.
pub fn unique_id() -> String {
    let part = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", part(), part())
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
                r#"{"allowed":[{"type":"StasisStart"}]}"#,
            ),
            (
                EventFilter::new().disallow(["Dial"]),
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
