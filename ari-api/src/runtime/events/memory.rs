//! The state that a session keeps to recover from a gap: the channels and bridges that its
//! applications are subscribed to, the channels that are in its applications, and the requested
//! subscriptions.

use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use super::Object;
use super::hearing::sources;
use super::names::Names;
use super::text::{BRIDGE, CHANNEL, application_in, id_in, name_in};
use super::wishes::{Change, Wish, Wishes};
use crate::runtime::Call;

/// The maximum number of channels or bridges that are kept. No server has as many.
const MOST_KNOWN: usize = 100_000;

#[derive(Default)]
pub(super) struct Memory(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    known: Known,
    replaced: HashSet<String>,
    wishes: Wishes,
    /// The number of comparisons with the server in progress, and the objects that have ended or
    /// left since the first of them began. For those objects, older responses of the server are
    /// ignored.
    comparisons: usize,
    ended: HashSet<String>,
    left: HashSet<String>,
}

/// The existing objects, as far as events have reported them.
#[derive(Clone, Default)]
pub(super) struct Known {
    /// The ids of channels that the applications are subscribed to.
    pub(super) channels: HashSet<String>,
    /// Channels that are in an application, with its name.
    pub(super) inside: HashMap<String, String>,
    /// Channels that were created to enter an application and have not entered it yet.
    pub(super) awaited: HashMap<String, Awaited>,
    /// The ids of bridges that the applications are subscribed to.
    pub(super) bridges: HashSet<String>,
}

/// A channel that was created or is being created.
#[derive(Clone, Default)]
pub(super) struct Awaited {
    /// The application that it is to enter.
    pub(super) application: String,
    /// The number of requests that may have created it. If one is refused, the others may still
    /// have created it.
    requests: usize,
}

/// The result of a comparison with the server.
#[derive(Default)]
pub(super) struct Correction {
    /// Channels and bridges that no longer exist, and channels that no application is subscribed to
    /// any more.
    pub(super) gone: Vec<String>,
    /// Channels that exist but are no longer in an application.
    pub(super) outside: Vec<String>,
    pub(super) channels: Vec<String>,
    pub(super) bridges: Vec<String>,
    /// Channels that are in an application, with its name.
    pub(super) inside: Vec<(String, String)>,
}

/// A comparison of the known state with the server's state.
pub(super) struct Comparison<'a>(&'a Memory);

impl Drop for Comparison<'_> {
    fn drop(&mut self) {
        let mut inner = self.0.lock();
        inner.comparisons -= 1;
        if inner.comparisons == 0 {
            inner.ended.clear();
            inner.left.clear();
        }
    }
}

impl Comparison<'_> {
    /// Applies the result, except where events that have arrived since the comparison began are
    /// newer. Returns the ids of channels that have entered an application without an event.
    pub(super) fn correct(&self, found: Correction) -> Vec<String> {
        let mut inner = self.0.lock();
        let Inner {
            known, ended, left, ..
        } = &mut *inner;
        for id in &found.gone {
            known.channels.remove(id);
            known.bridges.remove(id);
            known.inside.remove(id);
            known.awaited.remove(id);
        }
        for id in &found.outside {
            known.inside.remove(id);
        }
        let lives = |id: &String| !ended.contains(id);
        known
            .channels
            .extend(found.channels.into_iter().filter(lives));
        known
            .bridges
            .extend(found.bridges.into_iter().filter(lives));
        let mut entered = Vec::new();
        for (id, application) in found.inside {
            if ended.contains(&id) || left.contains(&id) || known.inside.contains_key(&id) {
                continue;
            }
            known.awaited.remove(&id);
            known.channels.insert(id.clone());
            known.inside.insert(id.clone(), application);
            entered.push(id);
        }
        entered.sort();
        entered
    }
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Updates the known channels and bridges from an event. If the socket serves only one
    /// application, its name is not searched for in the event.
    pub(super) fn note(&self, kind: &str, raw: &str, names: &Names) {
        let key = match kind {
            "ChannelCreated" | "ChannelDestroyed" | "StasisStart" | "StasisEnd" => &CHANNEL,
            "BridgeCreated" | "BridgeDestroyed" | "BridgeMerged" | "ChannelEnteredBridge" => {
                &BRIDGE
            }
            _ => return,
        };
        let Some(id) = id_in(raw, key) else { return };
        let inner = &mut *self.lock();
        let known = &mut inner.known;
        match kind {
            "ChannelCreated" => insert(&mut known.channels, &id),
            "StasisStart" => {
                known.awaited.remove(&*id);
                insert(&mut known.channels, &id);
                if known.inside.len() >= MOST_KNOWN {
                    known.inside.clear();
                }
                let application = names
                    .only()
                    .unwrap_or_else(|| application_in(raw).into_owned());
                known.inside.insert(id.into_owned(), application);
            }
            "StasisEnd" => inner.leave(&id, raw, names),
            "ChannelDestroyed" => {
                known.channels.remove(&*id);
                known.inside.remove(&*id);
                known.awaited.remove(&*id);
                // A subscription to an object ends with the object.
                inner.wishes.forget_object("channel", &id);
                inner.end(&id);
            }
            "BridgeDestroyed" => {
                known.bridges.remove(&*id);
                inner.wishes.forget_object("bridge", &id);
                inner.end(&id);
            }
            _ => insert(&mut known.bridges, &id),
        }
    }

    /// Begins a comparison of the known state with the server's state.
    pub(super) fn compare(&self) -> (Known, Comparison<'_>) {
        let mut inner = self.lock();
        inner.comparisons += 1;
        (inner.known.clone(), Comparison(self))
    }

    /// Returns true if a channel is in an application, as far as known from events.
    pub(super) fn is_inside(&self, channel: &str) -> bool {
        self.lock().known.inside.contains_key(channel)
    }

    /// Returns the application that a channel is in, as far as known from events.
    pub(super) fn application_of(&self, object: Object<'_>) -> Option<String> {
        let inner = self.lock();
        let inside = inner.known.inside.get(object.id);
        inside.filter(|_| object.class == "channel").cloned()
    }

    /// Returns true if an object exists, as far as known. For classes whose objects do not end,
    /// returns true if it is subscribed to.
    pub(super) fn knows(&self, object: Object<'_>) -> bool {
        let inner = self.lock();
        match object.class {
            "channel" => inner.known.channels.contains(object.id),
            "bridge" => inner.known.bridges.contains(object.id),
            _ => inner.wishes.have_any(&sources(object, "")),
        }
    }

    /// Returns true if events of an object arrive, as far as known from events and subscriptions.
    pub(super) fn hears(&self, object: Object<'_>) -> bool {
        self.knows(object) || self.lock().wishes.have_any(&sources(object, ""))
    }

    /// Records that a channel is being created that is to enter an application.
    pub(super) fn expect(&self, channel: &str, application: &str) {
        let awaited = &mut self.lock().known.awaited;
        if awaited.len() >= MOST_KNOWN {
            awaited.clear();
        }
        let awaited = awaited.entry(channel.to_owned()).or_default();
        application.clone_into(&mut awaited.application);
        awaited.requests += 1;
    }

    /// Records that a request has not created the channel.
    pub(super) fn expect_no_more(&self, channel: &str) {
        let awaited = &mut self.lock().known.awaited;
        let Some(known) = awaited.get_mut(channel) else {
            return;
        };
        known.requests -= 1;
        if known.requests == 0 {
            awaited.remove(channel);
        }
    }

    /// Records that a bridge has been destroyed, which no event may report.
    pub(super) fn forget_bridge(&self, id: &str) {
        self.lock().known.bridges.remove(id);
    }

    /// Records that another client has taken over an application, and returns its name. Asterisk 12
    /// does not send the name. In that case the application is the only one.
    pub(super) fn note_replaced(&self, raw: &str, only: Option<&str>) -> String {
        #[derive(Deserialize)]
        struct Replaced {
            application: Option<String>,
        }
        let told = serde_json::from_str::<Replaced>(raw).ok();
        let application = told
            .and_then(|told| told.application)
            .unwrap_or_else(|| only.unwrap_or_default().to_owned());
        self.lock().replaced.insert(application.clone());
        application
    }

    pub(super) fn is_replaced(&self, application: &str) -> bool {
        self.lock().replaced.contains(application)
    }

    /// Records a change that was granted to an application. Returns true if the application is now
    /// subscribed to more objects than the subscription names, or if there are so many
    /// subscriptions that some may be to objects that no longer exist.
    pub(super) fn note_change(&self, application: &str, change: &Change) -> bool {
        let inner = &mut *self.lock();
        inner.wishes.note(application, change);
        let Change::Subscribed(sources) = change else {
            return false;
        };
        let mut more = inner.wishes.are_many();
        for source in sources {
            match source.split_once(':') {
                Some(("channel", id)) if !id.is_empty() => {
                    insert(&mut inner.known.channels, id);
                }
                Some(("bridge", id)) if !id.is_empty() => {
                    insert(&mut inner.known.bridges, id);
                }
                Some(("deviceState", _)) => {}
                _ => more = true,
            }
        }
        more
    }

    /// Records that the applications are subscribed to everything, if the request that connected
    /// them says so. Asterisk ignores that parameter if the socket takes over an application.
    pub(super) fn note_connect(&self, applications: &[String], call: &Call) {
        let all = ("subscribeAll", "true".to_owned());
        if !call.query().contains(&all) {
            return;
        }
        let mut inner = self.lock();
        for name in applications {
            inner.wishes.note_everything(name);
        }
    }

    /// Removes an event source that no longer exists.
    pub(super) fn unwish(&self, source: &str) {
        self.lock().wishes.forget(source);
    }

    /// Returns the requested subscriptions and the event filter of an application.
    pub(super) fn wish(&self, application: &str) -> Wish {
        self.lock().wishes.of(application)
    }
}

impl Inner {
    fn end(&mut self, id: &str) {
        if self.comparisons > 0 {
            self.ended.insert(id.to_owned());
        }
    }

    /// Handles a channel that has left an application. Its events no longer arrive, unless a
    /// subscription covers it.
    fn leave(&mut self, id: &str, raw: &str, names: &Names) {
        // It may have moved to another application, whose event can arrive first.
        let elsewhere = |known: &String| names.only().is_none() && *known != application_in(raw);
        if self.known.inside.get(id).is_some_and(elsewhere) {
            return;
        }
        self.known.inside.remove(id);
        let heard_of = || {
            let sources = sources(Object::new("channel", id), &name_in(raw));
            self.wishes.have_any(&sources)
        };
        if self.wishes.are_none() || !heard_of() {
            self.known.channels.remove(id);
        }
        if self.comparisons > 0 {
            self.left.insert(id.to_owned());
        }
    }
}

/// Adds an id. An event filter can hide end events, so the set is cleared instead of growing
/// without bound.
fn insert(known: &mut HashSet<String>, id: &str) {
    if known.contains(id) {
        return;
    }
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(id.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(events: &[(&str, &str)]) -> Memory {
        let memory = Memory::default();
        for (kind, raw) in events {
            memory.note(kind, raw, &Names::new(Vec::new()));
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
    fn channels_and_bridges_are_known_while_they_last() {
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
        let (known, _comparison) = memory.compare();
        assert_eq!(sorted(&known.channels), ["a", "cA"]);
        assert_eq!(sorted(known.inside.keys()), ["cA"]);
        assert_eq!(sorted(&known.bridges), ["d", "f"]);
    }

    /// A channel that has left stays known as long as a subscription covers it.
    #[test]
    fn who_leaves_is_known_where_it_is_heard_of() {
        for (source, known) in [
            ("channel:", true),
            ("channel:c", true),
            ("endpoint:PJSIP/100", true),
            ("endpoint:PJSIP/200", false),
            ("bridge:", false),
        ] {
            let memory = memory(&[("StasisStart", STARTS)]);
            memory.note_change("a", &Change::Subscribed(vec![source.to_owned()]));
            memory.note("StasisEnd", STARTS, &Names::new(Vec::new()));
            let (now, _comparison) = memory.compare();
            assert_eq!(now.channels.contains("c"), known, "{source}");
            assert!(now.inside.is_empty());
        }
    }

    /// The event that a channel has left one application can arrive after the event that it has
    /// entered another.
    #[test]
    fn who_moves_is_inside() {
        let start = STARTS.replace("\"a\"", "\"b\"");
        let memory = memory(&[
            ("StasisStart", STARTS),
            ("StasisStart", &start),
            ("StasisEnd", STARTS),
        ]);
        assert!(memory.is_inside("c"));
        memory.note("StasisEnd", &start, &Names::new(Vec::new()));
        assert!(!memory.is_inside("c"));
    }

    /// Objects that end or leave while the request is in flight are not taken for existing.
    #[test]
    fn events_know_better_than_an_older_answer() {
        let memory = memory(&[("ChannelCreated", STARTS)]);
        let (_, comparison) = memory.compare();
        for (kind, id) in [
            ("ChannelDestroyed", "ends"),
            ("StasisEnd", "leaves"),
            ("StasisStart", "told"),
        ] {
            memory.note(
                kind,
                &STARTS.replace("\"c\"", &format!("\"{id}\"")),
                &Names::new(Vec::new()),
            );
        }
        memory.note(
            "BridgeDestroyed",
            r#"{"bridge":{"id":"bridge ends"}}"#,
            &Names::new(Vec::new()),
        );
        let names = ["ends", "leaves", "told", "found"].map(str::to_owned);
        let entered = comparison.correct(Correction {
            channels: names.to_vec(),
            bridges: vec!["bridge ends".to_owned(), "bridge".to_owned()],
            inside: names.map(|id| (id, "a".to_owned())).to_vec(),
            ..Correction::default()
        });
        drop(comparison);
        assert_eq!(entered, ["found"]);
        let (known, _comparison) = memory.compare();
        assert_eq!(sorted(&known.channels), ["c", "found", "leaves", "told"]);
        assert_eq!(sorted(known.inside.keys()), ["found", "told"]);
        assert_eq!(sorted(&known.bridges), ["bridge"]);
    }
}
