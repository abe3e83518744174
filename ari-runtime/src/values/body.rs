//! Values in bodies that the specs do not describe.

use std::cell::Cell;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::protocol::{event_source, event_type, key};
use crate::request::one_or_many::OneOrMany;

/// The value of a channel or bridge variable to be set.
///
/// Created from text. [`VariableValue::with_event_reporting`] additionally makes Asterisk include
/// the variable in events.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VariableValue {
    /// The value alone.
    Text(String),
    /// The value, and a flag for reporting its changes in events (Asterisk 20.20, 22.10, 23.4 and
    /// later).
    #[non_exhaustive]
    Reported {
        /// The value.
        value: String,
        /// True if events of the channel or bridge include the variable from now on.
        report_events: bool,
    },
}

impl Serialize for VariableValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            VariableValue::Text(value) => serializer.serialize_str(value),
            VariableValue::Reported {
                value,
                report_events,
            } => {
                let mut fields = serializer.serialize_struct("VariableValue", 2)?;
                fields.serialize_field("value", value)?;
                fields.serialize_field("report_events", report_events)?;
                fields.end()
            }
        }
    }
}

impl VariableValue {
    /// Creates a value that events of the channel or bridge include from now on, in `channelvars`
    /// or `bridgevars`.
    pub fn with_event_reporting(value: impl Into<String>) -> Self {
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

/// An event source that an application can subscribe to:
/// `client.application("hello").subscribe([…])`.
///
/// Events of channels in the application, and of bridges that they are in, arrive without a
/// subscription.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventSource(String);

impl EventSource {
    /// Creates the source for a channel.
    pub fn channel(id: impl AsRef<str>) -> Self {
        Self::with_scheme(event_source::CHANNEL, id.as_ref())
    }

    /// Creates the source for all channels of the server.
    pub fn all_channels() -> Self {
        Self::with_scheme(event_source::CHANNEL, "")
    }

    /// Creates the source for a bridge.
    pub fn bridge(id: impl AsRef<str>) -> Self {
        Self::with_scheme(event_source::BRIDGE, id.as_ref())
    }

    /// Creates the source for all bridges of the server.
    pub fn all_bridges() -> Self {
        Self::with_scheme(event_source::BRIDGE, "")
    }

    /// Creates the source for an endpoint, with its state, contacts and messages:
    /// `EventSource::endpoint("PJSIP", "100")`.
    pub fn endpoint(tech: impl AsRef<str>, resource: impl AsRef<str>) -> Self {
        let id = format!("{}/{}", tech.as_ref(), resource.as_ref());
        Self::with_scheme(event_source::ENDPOINT, &id)
    }

    /// Creates the source for all endpoints of a technology.
    pub fn endpoints(tech: impl AsRef<str>) -> Self {
        Self::with_scheme(event_source::ENDPOINT, tech.as_ref())
    }

    /// Creates the source for the state of a device: `EventSource::device_state("Stasis:lamp")`.
    pub fn device_state(name: impl AsRef<str>) -> Self {
        Self::with_scheme(event_source::DEVICE_STATE, name.as_ref())
    }

    fn with_scheme(scheme: &str, id: &str) -> Self {
        EventSource(format!("{scheme}:{id}"))
    }

    /// Returns the source as on the wire: `channel:1700000000.1`.
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

/// The types of events that an application wants to receive.
///
/// Asterisk keeps a list of allowed types and a list of disallowed types. If the first is empty,
/// all types are allowed. Disallowed types are never sent. If only one of the two lists is given,
/// the other stays unchanged. An empty list clears the one on the server. If neither is given, both
/// are cleared.
///
/// `RESTResponse` is always allowed, because Asterisk would otherwise also filter the responses to
/// requests over the WebSocket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    allowed: Option<Vec<EventTypeName>>,
    disallowed: Option<Vec<EventTypeName>>,
}

/// An entry of a filter. Asterisk compares only the type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct EventTypeName {
    name: String,
}

crate::__model!(
    EventTypeName = named("EventTypeName"),
    name = required("type")
);

impl Serialize for EventFilter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lists = [
            (key::ALLOWED, &self.allowed),
            (key::DISALLOWED, &self.disallowed),
        ];
        let count = lists.iter().filter(|(_, list)| list.is_some()).count();
        let mut fields = serializer.serialize_struct("EventFilter", count)?;
        for (name, list) in lists {
            match list {
                Some(list) => fields.serialize_field(name, list)?,
                None => fields.skip_field(name)?,
            }
        }
        fields.end()
    }
}

impl EventTypeName {
    fn is_rest_response(&self) -> bool {
        self.name == event_type::REST_RESPONSE
    }
}

impl EventFilter {
    /// Creates a filter without lists. A list that is not given stays unchanged on the server. If
    /// neither is given, Asterisk clears both.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a filter that clears both lists, so that all events are sent.
    pub fn allow_all() -> Self {
        EventFilter {
            allowed: Some(Vec::new()),
            disallowed: Some(Vec::new()),
        }
    }

    /// Replaces the list of allowed types, such as `StasisStart`.
    pub fn allow<M>(mut self, kinds: impl OneOrMany<String, M>) -> Self {
        let mut allowed = event_types(kinds);
        // An empty list allows everything.
        if !allowed.is_empty() && !allowed.iter().any(EventTypeName::is_rest_response) {
            allowed.push(EventTypeName {
                name: event_type::REST_RESPONSE.to_owned(),
            });
        }
        self.allowed = Some(allowed);
        self
    }

    /// Replaces the list of disallowed types.
    pub fn disallow<M>(mut self, kinds: impl OneOrMany<String, M>) -> Self {
        let mut disallowed = event_types(kinds);
        disallowed.retain(|kind| !kind.is_rest_response());
        self.disallowed = Some(disallowed);
        self
    }
}

fn event_types<M>(kinds: impl OneOrMany<String, M>) -> Vec<EventTypeName> {
    let kinds = kinds.into_list().into_iter();
    kinds.map(|kind| EventTypeName { name: kind }).collect()
}

/// Returns an id that no channel, bridge, playback or recording has yet: 128 random bits.
///
/// The bits come from the standard library's keys for hash maps, which are random per process and
/// differ between calls. They are unpredictable enough for ids, but not for secrets.
pub fn unique_id() -> String {
    format!("{:016x}{:016x}", random(), random())
}

thread_local! {
    /// The state of the generator that replaces random bits on this thread.
    static SEEDED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Takes all ids and delays of this thread from a seed, so that a simulation can be repeated. `None`
/// makes them random again. Only for tests.
#[doc(hidden)]
pub fn seed_random(seed: Option<u64>) {
    SEEDED.set(seed);
}

/// Returns 64 random bits, unpredictable enough for ids and delays.
pub(crate) fn random() -> u64 {
    match SEEDED.get() {
        None => RandomState::new().build_hasher().finish(),
        Some(state) => {
            // splitmix64
            let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            SEEDED.set(Some(state));
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^ (mixed >> 31)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_filters_encode_for_asterisk() {
        for (filter, expected) in [
            (EventFilter::new(), r#"{}"#),
            (
                EventFilter::allow_all(),
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
