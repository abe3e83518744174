//! What a session remembers for the time after a gap: the channels and bridges that it knew, and
//! what its applications had asked to be told.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use memchr::memmem::Finder;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::runtime::{Call, Method};

#[derive(Default)]
pub(super) struct Memory(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    channels: HashSet<String>,
    /// Those of them that are in the application.
    inside: HashSet<String>,
    bridges: HashSet<String>,
    replaced: HashSet<String>,
    wishes: BTreeMap<String, Wishes>,
}

/// What an application has asked for, beyond what its channels bring.
#[derive(Clone, Default)]
pub(super) struct Wishes {
    /// Event sources: `endpoint:PJSIP/100`.
    pub(super) sources: BTreeSet<String>,
    /// The body of its event filter.
    pub(super) filter: Map<String, Value>,
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes which channels and bridges come and go.
    pub(super) fn note(&self, kind: &str, raw: &str) {
        let (bridges, comes) = match kind {
            "ChannelCreated" | "StasisStart" => (false, true),
            "ChannelDestroyed" | "StasisEnd" => (false, false),
            "BridgeCreated" => (true, true),
            "BridgeDestroyed" => (true, false),
            _ => return,
        };
        let key = if bridges { &BRIDGE } else { &CHANNEL };
        let Some(id) = id_in(raw, key) else { return };
        let mut inner = self.lock();
        match kind {
            "StasisStart" => {
                if inner.inside.len() >= MOST_KNOWN {
                    inner.inside.clear();
                }
                inner.inside.insert(id.clone());
            }
            "StasisEnd" | "ChannelDestroyed" => {
                inner.inside.remove(&id);
            }
            _ => {}
        }
        // A subscription to an object ends with it.
        match kind {
            "ChannelDestroyed" => inner.unwish(&format!("channel:{id}")),
            "BridgeDestroyed" => inner.unwish(&format!("bridge:{id}")),
            _ => {}
        }
        let known = if bridges {
            &mut inner.bridges
        } else {
            &mut inner.channels
        };
        if comes {
            // An event filter can hide the ends: better to know nothing than to grow for ever.
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            known.insert(id);
        } else {
            known.remove(&id);
        }
    }

    /// The ids of the channels that were in the application.
    pub(super) fn inside(&self) -> HashSet<String> {
        self.lock().inside.clone()
    }

    /// The ids of the channels and bridges that were known.
    pub(super) fn known(&self) -> (HashSet<String>, HashSet<String>) {
        let inner = self.lock();
        (inner.channels.clone(), inner.bridges.clone())
    }

    /// Forgets what is gone, and takes note of what is there.
    pub(super) fn correct(&self, gone: &[String], there: &[String], bridges: bool) {
        let mut inner = self.lock();
        if !bridges {
            for id in gone {
                inner.inside.remove(id);
            }
            inner.inside.extend(there.iter().cloned());
        }
        let known = if bridges {
            &mut inner.bridges
        } else {
            &mut inner.channels
        };
        for id in gone {
            known.remove(id);
        }
        known.extend(there.iter().cloned());
    }

    /// Notes that an application is another client's now, and returns its name. Asterisk 12 does
    /// not tell it: then it is the only one.
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

    /// Notes what a call that has succeeded changes in what an application is told.
    pub(super) fn note_call(&self, applications: &[String], call: &Call) {
        let wish = match (call.method(), call.operation().path) {
            (Method::Post, SUBSCRIPTION) => Wish::Subscribe,
            (Method::Delete, SUBSCRIPTION) => Wish::Unsubscribe,
            (Method::Put, FILTER) => Wish::Filter,
            _ => return,
        };
        let segment = call.path().split('/').nth(2).unwrap_or_default();
        let name = percent_decode_str(segment).decode_utf8_lossy();
        if !applications.iter().any(|known| *known == name) {
            return;
        }
        let mut inner = self.lock();
        let wishes = inner.wishes.entry(name.into_owned()).or_default();
        match wish {
            Wish::Subscribe => wishes.sources.extend(sources(call)),
            Wish::Unsubscribe => {
                for source in sources(call) {
                    wishes.sources.remove(&source);
                }
            }
            // A list that is not given stays as it was.
            Wish::Filter => wishes.filter.extend(body(call)),
        }
    }

    /// Notes that the applications want the events of everything, as the call that connected them
    /// says. Asterisk does not heed it where a socket takes an application over.
    pub(super) fn note_connect(&self, applications: &[String], call: &Call) {
        let all = ("subscribeAll", "true".to_owned());
        if !call.query().contains(&all) {
            return;
        }
        let mut inner = self.lock();
        for name in applications {
            let wishes = inner.wishes.entry(name.clone()).or_default();
            let sources = EVERYTHING.iter().map(|source| (*source).to_owned());
            wishes.sources.extend(sources);
        }
    }

    /// Forgets an event source that is no more.
    pub(super) fn unwish(&self, source: &str) {
        self.lock().unwish(source);
    }

    /// What an application has asked for.
    pub(super) fn wishes(&self, application: &str) -> Wishes {
        let inner = self.lock();
        inner.wishes.get(application).cloned().unwrap_or_default()
    }
}

/// How many channels or bridges are remembered: more than any server carries.
const MOST_KNOWN: usize = 100_000;

impl Inner {
    fn unwish(&mut self, source: &str) {
        for wishes in self.wishes.values_mut() {
            wishes.sources.remove(source);
        }
    }
}

/// Whether this, in a list of subscriptions, stands for all objects of a kind: `channel:` is listed
/// as `__AST_CHANNEL_ALL_TOPIC`, and is cancelled by that name.
pub(super) fn is_topic(id: &str) -> bool {
    id.starts_with("__AST_") && id.ends_with("_ALL_TOPIC")
}

/// Where applications subscribe to event sources.
pub(super) const SUBSCRIPTION: &str = "/applications/{applicationName}/subscription";

/// Where applications set their event filter.
pub(super) const FILTER: &str = "/applications/{applicationName}/eventFilter";

/// The event sources that `subscribeAll` stands for.
const EVERYTHING: &[&str] = &["channel:", "bridge:", "endpoint:", "deviceState:"];

enum Wish {
    Subscribe,
    Unsubscribe,
    Filter,
}

/// The event sources of a call, which stand in its query, or in its body where a query could not
/// carry them.
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

/// A source as one subscribes to it.
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

/// The key of an event's channel.
pub(super) static CHANNEL: LazyLock<Finder<'static>> =
    LazyLock::new(|| Finder::new("\"channel\":"));

/// The key of an event's bridge.
static BRIDGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"bridge\":"));

/// The id of the object under a key. Asterisk writes it first; if it does not, the parser looks.
pub(super) fn id_in(raw: &str, key: &Finder<'_>) -> Option<String> {
    let at = key.find(raw.as_bytes())? + key.needle().len();
    let object = raw.get(at..)?.trim_ascii_start();
    if let Some(rest) = object.strip_prefix("{\"id\":\"") {
        let end = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        if rest.as_bytes()[end] == b'"' {
            return Some(rest[..end].to_owned());
        }
    }
    #[derive(Deserialize)]
    struct Identified {
        id: String,
    }
    let mut objects = serde_json::Deserializer::from_str(object).into_iter::<Identified>();
    Some(objects.next()?.ok()?.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_and_bridges_are_known_while_they_last() {
        let memory = Memory::default();
        for (kind, raw) in [
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
            ("Dial", r#"{"channel":{"id":"e"}}"#),
            ("StasisEnd", r#"{"channel":{"id":"b"}}"#),
        ] {
            memory.note(kind, raw);
        }
        let (channels, bridges) = memory.known();
        assert_eq!(channels, ["a", "cA"].map(String::from).into());
        assert_eq!(bridges, ["d"].map(String::from).into());
    }
}
