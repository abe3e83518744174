//! The state that a session keeps to recover from a gap: the channels and bridges that its
//! applications are subscribed to, the channels that are in its applications, and the requested
//! subscriptions.

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::{HashMap, HashSet};

use crate::event::envelope::{BRIDGE, CHANNEL, RawEvent};
use crate::event::object::ObjectRef;
use crate::protocol::{event_source, event_type, object_kind, parameter};
use crate::request::param_value::ParamValue;
use crate::request::untyped_request::Request;
use crate::state::application_names::ApplicationNames;
use crate::state::sources::sources_covering;
use crate::state::subscriptions::{AppSubscriptions, DesiredState, SubscriptionChange};

/// The maximum number of channels or bridges that are kept. No server has as many.
const MAX_TRACKED: usize = 100_000;

#[derive(Default)]
pub(crate) struct Inventory(Mutex<InventoryState>);

#[derive(Default)]
struct InventoryState {
    known: Observed,
    replaced: HashSet<String>,
    desired: DesiredState,
    /// The number of comparisons with the server in progress, and the objects that have ended or
    /// left since the first of them began. For those objects, older responses of the server are
    /// ignored.
    comparisons: usize,
    ended: HashSet<String>,
    departed: HashSet<String>,
}

/// The existing objects, as far as events have reported them.
#[derive(Clone, Default)]
pub(crate) struct Observed {
    /// The ids of channels that the applications are subscribed to.
    pub(crate) channels: HashSet<String>,
    /// Channels that are in an application, with its name.
    pub(crate) entered: HashMap<String, String>,
    /// Channels that were created to enter an application and have not entered it yet.
    pub(crate) pending: HashMap<String, PendingChannel>,
    /// The ids of bridges that the applications are subscribed to.
    pub(crate) bridges: HashSet<String>,
}

/// A channel that was created or is being created.
#[derive(Clone, Default)]
pub(crate) struct PendingChannel {
    /// The application that it is to enter.
    pub(crate) application: String,
    /// The number of requests that may have created it. If one is refused, the others may still
    /// have created it.
    requests: usize,
}

/// The result of a comparison with the server.
#[derive(Default)]
pub(crate) struct InventoryUpdate {
    /// Channels and bridges that no longer exist, and channels that no application is subscribed to
    /// any more.
    pub(crate) removed: Vec<String>,
    /// Channels that exist but are no longer in an application.
    pub(crate) departed: Vec<String>,
    pub(crate) channels: Vec<String>,
    pub(crate) bridges: Vec<String>,
    /// Channels that are in an application, with its name.
    pub(crate) entered: Vec<(String, String)>,
}

/// A comparison of the known state with the server's state.
pub(crate) struct Comparison<'a>(&'a Inventory);

impl Drop for Comparison<'_> {
    fn drop(&mut self) {
        let mut inner = self.0.lock();
        inner.comparisons -= 1;
        if inner.comparisons == 0 {
            inner.ended.clear();
            inner.departed.clear();
        }
    }
}

impl Comparison<'_> {
    /// Applies the result, except where events that have arrived since the comparison began are
    /// newer. Returns the ids of channels that have entered an application without an event.
    pub(crate) fn apply(&self, found: InventoryUpdate) -> Vec<String> {
        let mut inner = self.0.lock();
        let InventoryState {
            known,
            ended,
            departed: left,
            ..
        } = &mut *inner;
        for id in &found.removed {
            known.channels.remove(id);
            known.bridges.remove(id);
            known.entered.remove(id);
            known.pending.remove(id);
        }
        for id in &found.departed {
            known.entered.remove(id);
        }
        let lives = |id: &String| !ended.contains(id);
        known
            .channels
            .extend(found.channels.into_iter().filter(lives));
        known
            .bridges
            .extend(found.bridges.into_iter().filter(lives));
        let mut entered = Vec::new();
        for (id, application) in found.entered {
            if ended.contains(&id) || left.contains(&id) || known.entered.contains_key(&id) {
                continue;
            }
            known.pending.remove(&id);
            known.channels.insert(id.clone());
            known.entered.insert(id.clone(), application);
            entered.push(id);
        }
        entered.sort();
        entered
    }
}

impl Inventory {
    fn lock(&self) -> MutexGuard<'_, InventoryState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Updates the known channels and bridges from an event. If the socket serves only one
    /// application, its name is not searched for in the event.
    pub(crate) fn apply_event(&self, event: &RawEvent<'_>, names: &ApplicationNames) {
        let kind = event.kind();
        let key = match kind {
            event_type::CHANNEL_CREATED
            | event_type::CHANNEL_DESTROYED
            | event_type::STASIS_START
            | event_type::STASIS_END => &CHANNEL,
            event_type::BRIDGE_CREATED
            | event_type::BRIDGE_DESTROYED
            | event_type::BRIDGE_MERGED
            | event_type::CHANNEL_ENTERED_BRIDGE => &BRIDGE,
            _ => return,
        };
        let Some(id) = event.object_id(key) else {
            return;
        };
        let inner = &mut *self.lock();
        let known = &mut inner.known;
        match kind {
            event_type::CHANNEL_CREATED => insert(&mut known.channels, &id),
            event_type::STASIS_START => {
                known.pending.remove(&*id);
                insert(&mut known.channels, &id);
                if known.entered.len() >= MAX_TRACKED {
                    known.entered.clear();
                }
                let application = names
                    .only()
                    .unwrap_or_else(|| event.application().unwrap_or_default().into_owned());
                known.entered.insert(id.into_owned(), application);
            }
            event_type::STASIS_END => inner.on_departed(&id, event, names),
            event_type::CHANNEL_DESTROYED => {
                known.channels.remove(&*id);
                known.entered.remove(&*id);
                known.pending.remove(&*id);
                // A subscription to an object ends with the object.
                inner.desired.remove_object(event_source::CHANNEL, &id);
                inner.on_ended(&id);
            }
            event_type::BRIDGE_DESTROYED => {
                known.bridges.remove(&*id);
                inner.desired.remove_object(event_source::BRIDGE, &id);
                inner.on_ended(&id);
            }
            _ => insert(&mut known.bridges, &id),
        }
    }

    /// Begins a comparison of the known state with the server's state.
    pub(crate) fn begin_comparison(&self) -> (Observed, Comparison<'_>) {
        let mut inner = self.lock();
        inner.comparisons += 1;
        (inner.known.clone(), Comparison(self))
    }

    /// Returns the number of channels that the applications are subscribed to, as far as known.
    pub(crate) fn channel_count(&self) -> usize {
        self.lock().known.channels.len()
    }

    /// Returns true if a channel is in an application, as far as known from events.
    pub(crate) fn is_in_application(&self, channel: &str) -> bool {
        self.lock().known.entered.contains_key(channel)
    }

    /// Returns the application that a channel is in, as far as known from events.
    pub(crate) fn application_of(&self, object: ObjectRef<'_>) -> Option<String> {
        let inner = self.lock();
        let inside = inner.known.entered.get(object.id);
        inside
            .filter(|_| object.kind == object_kind::CHANNEL)
            .cloned()
    }

    /// Returns true if an object exists, as far as known. For classes whose objects do not end,
    /// returns true if it is subscribed to.
    pub(crate) fn contains(&self, object: ObjectRef<'_>) -> bool {
        let inner = self.lock();
        match object.kind {
            object_kind::CHANNEL => inner.known.channels.contains(object.id),
            object_kind::BRIDGE => inner.known.bridges.contains(object.id),
            _ => inner.desired.contains_any(&sources_covering(object, "")),
        }
    }

    /// Returns true if events of an object arrive, as far as known from events and subscriptions.
    pub(crate) fn is_subscribed(&self, object: ObjectRef<'_>) -> bool {
        self.contains(object)
            || self
                .lock()
                .desired
                .contains_any(&sources_covering(object, ""))
    }

    /// Records that a channel is being created that is to enter an application.
    pub(crate) fn add_pending(&self, channel: &str, application: &str) {
        let awaited = &mut self.lock().known.pending;
        if awaited.len() >= MAX_TRACKED {
            awaited.clear();
        }
        let awaited = awaited.entry(channel.to_owned()).or_default();
        application.clone_into(&mut awaited.application);
        awaited.requests += 1;
    }

    /// Records that a request has not created the channel.
    pub(crate) fn remove_pending(&self, channel: &str) {
        let awaited = &mut self.lock().known.pending;
        let Some(known) = awaited.get_mut(channel) else {
            return;
        };
        known.requests -= 1;
        if known.requests == 0 {
            awaited.remove(channel);
        }
    }

    /// Records that a bridge has been destroyed, which no event may report.
    pub(crate) fn forget_bridge(&self, id: &str) {
        self.lock().known.bridges.remove(id);
    }

    /// Records that another client has taken over an application, and returns its name. Asterisk 12
    /// does not send the name. In that case the application is the only one.
    pub(crate) fn on_replaced(&self, event: &RawEvent<'_>, only: Option<&str>) -> String {
        let named = event.application().map(Cow::into_owned);
        let application = named.unwrap_or_else(|| only.unwrap_or_default().to_owned());
        self.lock().replaced.insert(application.clone());
        application
    }

    pub(crate) fn is_replaced(&self, application: &str) -> bool {
        self.lock().replaced.contains(application)
    }

    /// Records a change that was granted to an application. Returns true if the application is now
    /// subscribed to more objects than the subscription names, or if there are so many
    /// subscriptions that some may be to objects that no longer exist.
    pub(crate) fn on_change(&self, application: &str, change: &SubscriptionChange) -> bool {
        let inner = &mut *self.lock();
        inner.desired.apply(application, change);
        let SubscriptionChange::Subscribed(sources) = change else {
            return false;
        };
        let mut more = inner.desired.is_large();
        for source in sources {
            match source.split_once(':') {
                Some((event_source::CHANNEL, id)) if !id.is_empty() => {
                    insert(&mut inner.known.channels, id);
                }
                Some((event_source::BRIDGE, id)) if !id.is_empty() => {
                    insert(&mut inner.known.bridges, id);
                }
                Some((event_source::DEVICE_STATE, _)) => {}
                _ => more = true,
            }
        }
        more
    }

    /// Records that the applications are subscribed to everything, if the request that connected
    /// them says so. Asterisk ignores that parameter if the socket takes over an application.
    pub(crate) fn on_connect(&self, applications: &[String], request: &Request) {
        if request.argument(parameter::SUBSCRIBE_ALL) != Some(&ParamValue::Boolean(true)) {
            return;
        }
        let mut inner = self.lock();
        for name in applications {
            inner.desired.subscribe_all(name);
        }
    }

    /// Removes an event source that no longer exists.
    pub(crate) fn drop_source(&self, source: &str) {
        self.lock().desired.remove_source(source);
    }

    /// Returns the requested subscriptions and the event filter of an application.
    pub(crate) fn desired(&self, application: &str) -> AppSubscriptions {
        self.lock().desired.application(application)
    }
}

impl InventoryState {
    fn on_ended(&mut self, id: &str) {
        if self.comparisons > 0 {
            self.ended.insert(id.to_owned());
        }
    }

    /// Handles a channel that has left an application. Its events no longer arrive, unless a
    /// subscription covers it.
    fn on_departed(&mut self, id: &str, event: &RawEvent<'_>, names: &ApplicationNames) {
        // It may have moved to another application, whose event can arrive first.
        let elsewhere = |known: &String| {
            names.only().is_none() && *known != event.application().unwrap_or_default()
        };
        if self.known.entered.get(id).is_some_and(elsewhere) {
            return;
        }
        self.known.entered.remove(id);
        let heard_of = || {
            let name = event.channel_name().unwrap_or_default();
            let sources = sources_covering(ObjectRef::new(object_kind::CHANNEL, id), &name);
            self.desired.contains_any(&sources)
        };
        if self.desired.is_empty() || !heard_of() {
            self.known.channels.remove(id);
        }
        if self.comparisons > 0 {
            self.departed.insert(id.to_owned());
        }
    }
}

/// Adds an id. An event filter can hide end events, so the set is cleared instead of growing
/// without bound.
fn insert(known: &mut HashSet<String>, id: &str) {
    if known.contains(id) {
        return;
    }
    if known.len() >= MAX_TRACKED {
        known.clear();
    }
    known.insert(id.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(memory: &Inventory, kind: &str, raw: &str) {
        let names = ApplicationNames::new(Vec::new());
        memory.apply_event(&RawEvent::with_kind(kind, raw), &names);
    }

    fn memory(events: &[(&str, &str)]) -> Inventory {
        let memory = Inventory::default();
        for (kind, raw) in events {
            apply(&memory, kind, raw);
        }
        memory
    }

    fn sorted<'a>(ids: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
        let mut ids: Vec<_> = ids.into_iter().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }

    const STARTS: &str = r#"{"application":"a","channel":{"id":"c","name":"PJSIP/100-1"}}"#;

    #[test]
    fn inventory_follows_channels_and_bridges() {
        let memory = memory(&[
            ("ChannelCreated", r#"{"type":"x","channel":{"id":"a"}}"#),
            (
                "StasisStart",
                r#"{"args":["\"channel\":{\"id\":\"no\"}"],"channel":{"id":"b"}}"#,
            ),
            (
                "StasisStart",
                r#"{"channel": { "name": "n", "id" : "c\u0041" }}"#,
            ),
            ("BridgeCreated", r#"{"bridge":{"id":"d"}}"#),
            (
                "ChannelEnteredBridge",
                r#"{"bridge":{"id":"f"},"channel":{"id":"a"}}"#,
            ),
            ("Dial", r#"{"channel":{"id":"e"}}"#),
            ("StasisEnd", r#"{"channel":{"id":"b"}}"#),
        ]);
        let (known, _comparison) = memory.begin_comparison();
        assert_eq!(sorted(&known.channels), ["a", "cA"]);
        assert_eq!(sorted(known.entered.keys()), ["cA"]);
        assert_eq!(sorted(&known.bridges), ["d", "f"]);
    }

    /// A channel that has left stays known as long as a subscription covers it.
    #[test]
    fn departed_channel_stays_known_if_subscribed() {
        for (source, known) in [
            ("channel:", true),
            ("channel:c", true),
            ("endpoint:PJSIP/100", true),
            ("endpoint:PJSIP/200", false),
            ("bridge:", false),
        ] {
            let memory = memory(&[("StasisStart", STARTS)]);
            memory.on_change(
                "a",
                &SubscriptionChange::Subscribed(vec![source.to_owned()]),
            );
            apply(&memory, "StasisEnd", STARTS);
            let (now, _comparison) = memory.begin_comparison();
            assert_eq!(now.channels.contains("c"), known, "{source}");
            assert!(now.entered.is_empty());
        }
    }

    /// The event that a channel has left one application can arrive after the event that it has
    /// entered another.
    #[test]
    fn moved_channel_stays_in_application() {
        let start = STARTS.replace("\"a\"", "\"b\"");
        let memory = memory(&[
            ("StasisStart", STARTS),
            ("StasisStart", &start),
            ("StasisEnd", STARTS),
        ]);
        assert!(memory.is_in_application("c"));
        apply(&memory, "StasisEnd", &start);
        assert!(!memory.is_in_application("c"));
    }

    /// Objects that end or leave while the request is in flight are not taken for existing.
    #[test]
    fn events_override_older_responses() {
        let memory = memory(&[("ChannelCreated", STARTS)]);
        let (_, comparison) = memory.begin_comparison();
        for (kind, id) in [
            ("ChannelDestroyed", "ends"),
            ("StasisEnd", "leaves"),
            ("StasisStart", "told"),
        ] {
            let raw = STARTS.replace("\"c\"", &format!("\"{id}\""));
            apply(&memory, kind, &raw);
        }
        let raw = r#"{"bridge":{"id":"bridge ends"}}"#;
        apply(&memory, "BridgeDestroyed", raw);
        let names = ["ends", "leaves", "told", "found"].map(str::to_owned);
        let entered = comparison.apply(InventoryUpdate {
            channels: names.to_vec(),
            bridges: vec!["bridge ends".to_owned(), "bridge".to_owned()],
            entered: names.map(|id| (id, "a".to_owned())).to_vec(),
            ..InventoryUpdate::default()
        });
        drop(comparison);
        assert_eq!(entered, ["found"]);
        let (known, _comparison) = memory.begin_comparison();
        assert_eq!(sorted(&known.channels), ["c", "found", "leaves", "told"]);
        assert_eq!(sorted(known.entered.keys()), ["found", "told"]);
        assert_eq!(sorted(&known.bridges), ["bridge"]);
    }
}
