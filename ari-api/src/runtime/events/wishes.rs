//! Desired subscriptions and event filters per application, as requested through this client. They
//! are requested again if the server has lost them.

use std::collections::BTreeSet;

use foldhash::HashMap;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::hearing::is_topic;
use crate::runtime::{Call, Method};

/// The path for subscribing to event sources.
pub(super) const SUBSCRIPTION: &str = "/applications/{applicationName}/subscription";

/// The path for setting the event filter.
pub(super) const FILTER: &str = "/applications/{applicationName}/eventFilter";

/// The event sources that `subscribeAll` stands for.
const EVERYTHING: &[&str] = &["channel:", "bridge:", "endpoint:", "deviceState:"];

/// Returns true if an event source is one or all device states.
pub(super) fn is_device(source: &str) -> bool {
    source.starts_with("deviceState:")
}

/// Returns true if an event source that does not exist cannot exist later either. A channel or a
/// bridge that has ended does not come back, but an endpoint may.
pub(super) fn does_not_return(source: &str) -> bool {
    source.starts_with("channel:") || source.starts_with("bridge:")
}

/// Each time this number of subscriptions has been added, the server is asked which of them are
/// left.
const MANY: usize = 1024;

/// The desired state of each application, by its name.
#[derive(Default)]
pub(super) struct Wishes(HashMap<String, Wish>);

/// The subscriptions and the filter that an application has requested, in addition to the implicit
/// subscriptions of its channels.
#[derive(Clone, Default)]
pub(super) struct Wish {
    /// Event sources such as `endpoint:PJSIP/100`, in the order in which they are requested again
    /// and reported.
    pub(super) sources: BTreeSet<String>,
    /// The body of its event filter.
    pub(super) filter: Map<String, Value>,
}

/// A change of an application's subscriptions or event filter by a request.
#[derive(Debug, PartialEq)]
pub(in crate::runtime) enum Change {
    Subscribed(Vec<String>),
    Unsubscribed(Vec<String>),
    Filtered(Map<String, Value>),
}

impl Change {
    /// Returns the change that a request makes, if any, and the application.
    pub(in crate::runtime) fn of(call: &Call) -> Option<(String, Self)> {
        let change = match (call.method(), call.operation().path) {
            (Method::Post, SUBSCRIPTION) => Change::Subscribed(sources(call)),
            (Method::Delete, SUBSCRIPTION) => Change::Unsubscribed(sources(call)),
            (Method::Put, FILTER) => Change::Filtered(body(call)),
            _ => return None,
        };
        let segment = call.path().split('/').nth(2).unwrap_or_default();
        let name = percent_decode_str(segment).decode_utf8_lossy();
        Some((name.into_owned(), change))
    }
}

impl Wishes {
    /// Applies a change that was granted to an application.
    pub(super) fn note(&mut self, application: &str, change: &Change) {
        let wish = self.0.entry(application.to_owned()).or_default();
        match change {
            Change::Subscribed(sources) => wish.sources.extend(sources.iter().cloned()),
            Change::Unsubscribed(sources) => {
                for source in sources {
                    wish.sources.remove(source);
                }
            }
            // A filter with neither list clears both. A filter with one list leaves the other
            // unchanged.
            Change::Filtered(filter) => {
                if !LISTS.iter().any(|list| filter.contains_key(*list)) {
                    wish.filter.clear();
                }
                wish.filter.extend(filter.clone());
            }
        }
    }

    /// Records that an application is subscribed to everything.
    pub(super) fn note_everything(&mut self, application: &str) {
        let everything = EVERYTHING.iter().map(|source| (*source).to_owned());
        self.note(application, &Change::Subscribed(everything.collect()));
    }

    /// Removes an event source that no longer exists.
    pub(super) fn forget(&mut self, source: &str) {
        for wish in self.0.values_mut() {
            wish.sources.remove(source);
        }
    }

    /// Removes an object that no longer exists.
    pub(super) fn forget_object(&mut self, scheme: &str, id: &str) {
        if !self.are_none() {
            self.forget(&format!("{scheme}:{id}"));
        }
    }

    /// Returns true if nothing was requested.
    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns true if there are so many subscriptions that they have to be checked. An event
    /// filter can hide the end events of their objects.
    pub(super) fn are_many(&self) -> bool {
        let mut wishes = self.0.values();
        wishes.any(|wish| wish.is_long() && wish.sources.len().is_multiple_of(MANY))
    }

    pub(super) fn of(&self, application: &str) -> Wish {
        self.0.get(application).cloned().unwrap_or_default()
    }

    /// Returns true if any application is subscribed to any of these sources.
    pub(super) fn have_any(&self, sources: &[String]) -> bool {
        let mut wishes = self.0.values();
        wishes.any(|wish| sources.iter().any(|source| wish.sources.contains(source)))
    }
}

const ALLOWED: &str = "allowed";
const DISALLOWED: &str = "disallowed";
const LISTS: [&str; 2] = [ALLOWED, DISALLOWED];

impl Wish {
    /// Returns true if nothing was requested.
    pub(super) fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.filter.is_empty()
    }

    /// Returns true if there are many subscriptions.
    pub(super) fn is_long(&self) -> bool {
        self.sources.len() >= MANY
    }

    /// Returns true if the event filter allows events of a kind.
    pub(super) fn lets_through(&self, kind: &str) -> bool {
        let list = |name| {
            let entries = self.filter.get(name).and_then(Value::as_array);
            entries.map(Vec::as_slice).unwrap_or_default()
        };
        let names = |list: &[Value]| list.iter().any(|entry| entry["type"] == kind);
        let allowed = list(ALLOWED);
        (allowed.is_empty() || names(allowed)) && !names(list(DISALLOWED))
    }
}

/// Returns the event sources of a request. They are in its query, or in its body if a query could
/// not carry them.
fn sources(call: &Call) -> Vec<String> {
    const PARAMETER: &str = "eventSource";
    let query = call.query().iter().find(|(name, _)| *name == PARAMETER);
    if let Some((_, text)) = query {
        return text.split(',').map(source).collect();
    }
    let Some(Value::Array(values)) = body(call).remove(PARAMETER) else {
        return Vec::new();
    };
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(source).collect()
}

/// Converts a source to the form used to subscribe to it.
fn source(text: &str) -> String {
    match text.split_once(':') {
        Some((scheme, id)) if is_topic(id) => format!("{scheme}:"),
        _ => text.to_owned(),
    }
}

fn body(call: &Call) -> Map<String, Value> {
    let body = call.body().map(|body| serde_json::from_slice(body));
    body.and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The filters combine in the same way as on the server.
    #[test]
    fn filters_are_remembered_as_the_server_keeps_them() {
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
            let mut wishes = Wishes::default();
            for filter in &filters {
                let filter = filter.as_object().unwrap().clone();
                wishes.note("a", &Change::Filtered(filter));
            }
            let wish = wishes.of("a");
            let found: String = ["A", "B", "C"]
                .into_iter()
                .filter(|kind| wish.lets_through(kind))
                .collect();
            assert_eq!(found, passing, "{filters:?}");
        }
    }
}
