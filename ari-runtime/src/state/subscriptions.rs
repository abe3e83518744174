//! Desired subscriptions and event filters per application, as requested through this client. They
//! are requested again if the server has lost them.

use std::collections::BTreeMap;

use foldhash::HashMap;
use serde_json::{Map, Value};

use crate::protocol::{event_source, key, parameter, path};
use crate::request::param_value::ParamValue;
use crate::request::untyped_request::Request;
use crate::schema::operation::Method;
use crate::state::sources::is_all_topic;

/// Returns true if an event source is one or all device states.
pub(crate) fn is_device(source: &str) -> bool {
    scheme(source) == Some(event_source::DEVICE_STATE)
}

/// Returns true if an event source that does not exist cannot exist later either. A channel or a
/// bridge that has ended does not come back, but an endpoint may.
pub(crate) fn is_ephemeral(source: &str) -> bool {
    matches!(
        scheme(source),
        Some(event_source::CHANNEL | event_source::BRIDGE)
    )
}

fn scheme(source: &str) -> Option<&str> {
    source.split_once(':').map(|(scheme, _)| scheme)
}

/// Each time this number of subscriptions has been added, the server is asked which of them are
/// left.
const LARGE: usize = 1024;

/// The desired state of each application, by its name.
#[derive(Default)]
pub(crate) struct DesiredState(HashMap<String, AppSubscriptions>);

/// The subscriptions and the filter that an application has requested, in addition to the implicit
/// subscriptions of its channels.
#[derive(Clone, Default)]
pub(crate) struct AppSubscriptions {
    /// Event sources such as `endpoint:PJSIP/100`, each with the number of subscriptions to it, in
    /// the order in which they are requested again and reported. Asterisk counts subscriptions, too:
    /// each needs its own cancellation.
    pub(crate) sources: BTreeMap<String, usize>,
    /// The body of its event filter.
    pub(crate) filter: Map<String, Value>,
}

/// A change of an application's subscriptions or event filter by a request.
#[derive(Debug, PartialEq)]
pub(crate) enum SubscriptionChange {
    Subscribed(Vec<String>),
    /// One subscription to each source was cancelled.
    Unsubscribed(Vec<String>),
    /// No subscription to these sources is left.
    Lost(Vec<String>),
    Filtered(Map<String, Value>),
}

impl SubscriptionChange {
    /// Returns the change that a request makes, if any, and the application.
    pub(crate) fn from_request(request: &Request) -> Option<(String, Self)> {
        let change = match (request.method(), request.operation().path) {
            (Method::Post, path::SUBSCRIPTION) => SubscriptionChange::Subscribed(sources(request)),
            (Method::Delete, path::SUBSCRIPTION) => {
                SubscriptionChange::Unsubscribed(sources(request))
            }
            (Method::Put, path::EVENT_FILTER) => SubscriptionChange::Filtered(filter(request)),
            _ => return None,
        };
        let name = request.path_values().next().unwrap_or_default();
        Some((name.to_owned(), change))
    }
}

impl DesiredState {
    /// Applies a change that was granted to an application.
    pub(crate) fn apply(&mut self, application: &str, change: &SubscriptionChange) {
        let wish = self.0.entry(application.to_owned()).or_default();
        match change {
            SubscriptionChange::Subscribed(sources) => {
                for source in sources {
                    let count = wish.sources.entry(source.clone()).or_default();
                    // Subscriptions to devices are not counted.
                    *count = if is_device(source) { 1 } else { *count + 1 };
                }
            }
            SubscriptionChange::Unsubscribed(sources) => {
                for source in sources {
                    match wish.sources.get_mut(source) {
                        Some(count) if *count > 1 => *count -= 1,
                        _ => drop(wish.sources.remove(source)),
                    }
                }
            }
            SubscriptionChange::Lost(sources) => {
                for source in sources {
                    wish.sources.remove(source);
                }
            }
            // A filter with neither list clears both. A filter with one list leaves the other
            // unchanged.
            SubscriptionChange::Filtered(filter) => {
                if !filter.contains_key(key::ALLOWED) && !filter.contains_key(key::DISALLOWED) {
                    wish.filter.clear();
                }
                wish.filter.extend(filter.clone());
            }
        }
    }

    /// Records that an application is subscribed to everything.
    pub(crate) fn subscribe_all(&mut self, application: &str) {
        let everything = event_source::ALL.iter().map(|scheme| format!("{scheme}:"));
        self.apply(
            application,
            &SubscriptionChange::Subscribed(everything.collect()),
        );
    }

    /// Removes an event source that no longer exists.
    pub(crate) fn remove_source(&mut self, source: &str) {
        for wish in self.0.values_mut() {
            wish.sources.remove(source);
        }
    }

    /// Removes an object that no longer exists.
    pub(crate) fn remove_object(&mut self, scheme: &str, id: &str) {
        if !self.is_empty() {
            self.remove_source(&format!("{scheme}:{id}"));
        }
    }

    /// Returns true if nothing was requested.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns true if there are so many subscriptions that they have to be checked. An event
    /// filter can hide the end events of their objects.
    pub(crate) fn is_large(&self) -> bool {
        let mut wishes = self.0.values();
        wishes.any(|wish| wish.is_large() && wish.sources.len().is_multiple_of(LARGE))
    }

    pub(crate) fn application(&self, application: &str) -> AppSubscriptions {
        self.0.get(application).cloned().unwrap_or_default()
    }

    /// Returns true if any application is subscribed to any of these sources.
    pub(crate) fn contains_any(&self, sources: &[String]) -> bool {
        let mut wishes = self.0.values();
        wishes.any(|wish| {
            sources
                .iter()
                .any(|source| wish.sources.contains_key(source))
        })
    }
}

impl AppSubscriptions {
    /// Returns true if nothing was requested.
    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.filter.is_empty()
    }

    /// Returns true if there are many subscriptions.
    pub(crate) fn is_large(&self) -> bool {
        self.sources.len() >= LARGE
    }

    /// Returns true if the event filter allows events of a kind.
    pub(crate) fn allows(&self, kind: &str) -> bool {
        let list = |name| {
            let entries = self.filter.get(name).and_then(Value::as_array);
            entries.map(Vec::as_slice).unwrap_or_default()
        };
        let names = |list: &[Value]| list.iter().any(|entry| entry[key::TYPE] == kind);
        let allowed = list(key::ALLOWED);
        (allowed.is_empty() || names(allowed)) && !names(list(key::DISALLOWED))
    }
}

fn sources(request: &Request) -> Vec<String> {
    let sources = request.texts(parameter::EVENT_SOURCE).into_iter();
    sources.map(normalize_source).collect()
}

fn filter(request: &Request) -> Map<String, Value> {
    match request.argument(parameter::FILTER) {
        Some(ParamValue::Json(Value::Object(filter))) => filter.clone(),
        _ => Map::new(),
    }
}

/// Converts a source to the form used to subscribe to it.
fn normalize_source(text: &str) -> String {
    match text.split_once(':') {
        Some((scheme, id)) if is_all_topic(id) => format!("{scheme}:"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The filters combine in the same way as on the server.
    #[test]
    fn filters_match_those_of_the_server() {
        let kinds = |kinds: &[&str]| {
            json!(
                kinds
                    .iter()
                    .map(|kind| json!({"type": kind}))
                    .collect::<Vec<_>>()
            )
        };
        let allow = json!({"allowed": kinds(&["A", "B"])});
        let disallow = json!({"disallowed": kinds(&["B"])});
        let cleared = json!({"allowed": []});
        for (filters, passing) in [
            (vec![], "ABC"),
            (vec![&allow], "AB"),
            (vec![&disallow], "AC"),
            (vec![&allow, &disallow], "A"),
            (vec![&allow, &disallow, &cleared], "AC"),
            (vec![&allow, &disallow, &json!({})], "ABC"),
        ] {
            let mut wishes = DesiredState::default();
            for filter in &filters {
                let filter = filter.as_object().unwrap().clone();
                wishes.apply("a", &SubscriptionChange::Filtered(filter));
            }
            let wish = wishes.application("a");
            let found: String = ["A", "B", "C"]
                .into_iter()
                .filter(|kind| wish.allows(kind))
                .collect();
            assert_eq!(found, passing, "{filters:?}");
        }
    }
}
