//! Desired subscriptions and event filters per application, as requested through this client. They
//! are requested again if the server has lost them.

use std::collections::BTreeSet;

use foldhash::HashMap;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::request::encoded::Request;
use crate::schema::operation::Method;
use crate::state::sources::is_all_topic;

/// The path for subscribing to event sources.
pub(crate) const SUBSCRIPTION: &str = "/applications/{applicationName}/subscription";

/// The path for setting the event filter.
pub(crate) const FILTER: &str = "/applications/{applicationName}/eventFilter";

/// The event sources that `subscribeAll` stands for.
const ALL_SOURCES: &[&str] = &["channel:", "bridge:", "endpoint:", "deviceState:"];

/// Returns true if an event source is one or all device states.
pub(crate) fn is_device(source: &str) -> bool {
    source.starts_with("deviceState:")
}

/// Returns true if an event source that does not exist cannot exist later either. A channel or a
/// bridge that has ended does not come back, but an endpoint may.
pub(crate) fn is_ephemeral(source: &str) -> bool {
    source.starts_with("channel:") || source.starts_with("bridge:")
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
    /// Event sources such as `endpoint:PJSIP/100`, in the order in which they are requested again
    /// and reported.
    pub(crate) sources: BTreeSet<String>,
    /// The body of its event filter.
    pub(crate) filter: Map<String, Value>,
}

/// A change of an application's subscriptions or event filter by a request.
#[derive(Debug, PartialEq)]
pub(crate) enum SubscriptionChange {
    Subscribed(Vec<String>),
    Unsubscribed(Vec<String>),
    Filtered(Map<String, Value>),
}

impl SubscriptionChange {
    /// Returns the change that a request makes, if any, and the application.
    pub(crate) fn from_request(request: &Request) -> Option<(String, Self)> {
        let change = match (request.method(), request.operation().path) {
            (Method::Post, SUBSCRIPTION) => {
                SubscriptionChange::Subscribed(requested_sources(request))
            }
            (Method::Delete, SUBSCRIPTION) => {
                SubscriptionChange::Unsubscribed(requested_sources(request))
            }
            (Method::Put, FILTER) => SubscriptionChange::Filtered(body(request)),
            _ => return None,
        };
        let segment = request.path().split('/').nth(2).unwrap_or_default();
        let name = percent_decode_str(segment).decode_utf8_lossy();
        Some((name.into_owned(), change))
    }

    /// Returns the change with only those event sources that the predicate accepts. It also takes
    /// true for a subscription, and false for its cancellation.
    pub(crate) fn retain(mut self, accepts: impl Fn(&str, bool) -> bool) -> Self {
        match &mut self {
            SubscriptionChange::Subscribed(sources) => {
                sources.retain(|source| accepts(source, true));
            }
            SubscriptionChange::Unsubscribed(sources) => {
                sources.retain(|source| accepts(source, false));
            }
            SubscriptionChange::Filtered(_) => {}
        }
        self
    }
}

impl DesiredState {
    /// Applies a change that was granted to an application.
    pub(crate) fn apply(&mut self, application: &str, change: &SubscriptionChange) {
        let wish = self.0.entry(application.to_owned()).or_default();
        match change {
            SubscriptionChange::Subscribed(sources) => wish.sources.extend(sources.iter().cloned()),
            SubscriptionChange::Unsubscribed(sources) => {
                for source in sources {
                    wish.sources.remove(source);
                }
            }
            // A filter with neither list clears both. A filter with one list leaves the other
            // unchanged.
            SubscriptionChange::Filtered(filter) => {
                if !LISTS.iter().any(|list| filter.contains_key(*list)) {
                    wish.filter.clear();
                }
                wish.filter.extend(filter.clone());
            }
        }
    }

    /// Records that an application is subscribed to everything.
    pub(crate) fn subscribe_all(&mut self, application: &str) {
        let everything = ALL_SOURCES.iter().map(|source| (*source).to_owned());
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
        wishes.any(|wish| sources.iter().any(|source| wish.sources.contains(source)))
    }
}

const ALLOWED: &str = "allowed";
const DISALLOWED: &str = "disallowed";
const LISTS: [&str; 2] = [ALLOWED, DISALLOWED];

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
        let names = |list: &[Value]| list.iter().any(|entry| entry["type"] == kind);
        let allowed = list(ALLOWED);
        (allowed.is_empty() || names(allowed)) && !names(list(DISALLOWED))
    }
}

/// Returns the event sources of a request. They are in its query, or in its body if a query could
/// not carry them.
fn requested_sources(request: &Request) -> Vec<String> {
    const PARAMETER: &str = "eventSource";
    let query = request.query().iter().find(|(name, _)| *name == PARAMETER);
    if let Some((_, text)) = query {
        return text.split(',').map(normalize_source).collect();
    }
    let Some(Value::Array(values)) = body(request).remove(PARAMETER) else {
        return Vec::new();
    };
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(normalize_source).collect()
}

/// Converts a source to the form used to subscribe to it.
fn normalize_source(text: &str) -> String {
    match text.split_once(':') {
        Some((scheme, id)) if is_all_topic(id) => format!("{scheme}:"),
        _ => text.to_owned(),
    }
}

fn body(request: &Request) -> Map<String, Value> {
    let body = request.body().map(|body| serde_json::from_slice(body));
    body.and_then(Result::ok).unwrap_or_default()
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
