//! The objects that belong to one call.
//!
//! Objects are related if a message names them together in a way that makes them one call: a channel
//! that dials another, a channel in a bridge, the two halves of a Local channel, a channel that was
//! originated, transferred or snooped on. Holding bridges, such as those of parking, relate nobody.

use std::collections::{BTreeMap, BTreeSet};

use ari_api::traffic::{Item, TrafficFile};
use serde_json::Value;

/// An object: its kind and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Object {
    Channel(String),
    Bridge(String),
}

impl Object {
    /// Returns the id.
    pub(crate) fn id(&self) -> &str {
        match self {
            Object::Channel(id) | Object::Bridge(id) => id,
        }
    }
}

/// A channel of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) name: String,
    pub(crate) caller: String,
    /// The cause of its end, if it has ended.
    pub(crate) cause: String,
    /// True if the cause is neither a regular end nor an end by the program.
    pub(crate) is_failure: bool,
}

/// All objects that messages have shown, and how they are related.
#[derive(Debug, Default)]
pub(crate) struct CallGraph {
    neighbors: BTreeMap<Object, BTreeSet<Object>>,
    pub(crate) legs: BTreeMap<String, Leg>,
    /// Channels by the common part of the names of Local channels.
    local_names: BTreeMap<String, String>,
}

/// Causes with which calls end regularly: unknown, normal clearing, and answered elsewhere.
const REGULAR_CAUSES: &[i64] = &[0, 16, 26];

impl CallGraph {
    /// Returns the objects of the events in a recording.
    pub(crate) fn of_events(file: &TrafficFile) -> Self {
        let mut graph = CallGraph::default();
        for line in &file.lines {
            if let Item::Event { text, .. } = &line.item {
                graph.apply_event(&serde_json::from_str(text).unwrap_or_default());
            }
        }
        graph
    }

    /// Notes the objects of an event. Returns those that the event is about.
    pub(crate) fn apply_event(&mut self, event: &Value) -> Vec<Object> {
        let kind = event["type"].as_str().unwrap_or_default();
        let objects = self.apply_objects(event);
        if is_relating(kind) {
            self.relate_all(&objects);
        }
        if kind == "ChannelDestroyed"
            && let Some(Object::Channel(id)) = objects.first()
            && let Some(leg) = self.legs.get_mut(id)
        {
            let cause = event["cause"].as_i64().unwrap_or_default();
            let text = event["cause_txt"].as_str().unwrap_or_default();
            leg.cause = format!("{cause} {text}").trim_end().to_owned();
            leg.is_failure = !REGULAR_CAUSES.contains(&cause);
        }
        objects
    }

    /// Notes the objects of a response: one object, or a list.
    pub(crate) fn apply_response(&mut self, body: &Value) -> Vec<Object> {
        let items = match body {
            Value::Array(items) => items.as_slice(),
            item => std::slice::from_ref(item),
        };
        let items = items.iter();
        items.flat_map(|item| self.apply_object(item)).collect()
    }

    /// Notes the objects below the keys of an event.
    fn apply_objects(&mut self, event: &Value) -> Vec<Object> {
        let mut found = Vec::new();
        for (key, value) in event.as_object().into_iter().flatten() {
            let objects = self.apply_object(value);
            // The channel of an event comes first.
            match key == "channel" {
                true => drop(found.splice(0..0, objects)),
                false => found.extend(objects),
            }
        }
        found
    }

    /// Notes a channel, a bridge, a playback or a recording.
    fn apply_object(&mut self, value: &Value) -> Vec<Object> {
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        let id = text("id");
        if let Some(target) = target_object(text("target_uri")) {
            return vec![target];
        }
        if id.is_empty() {
            return Vec::new();
        }
        if value.get("bridge_type").is_some() {
            let bridge = Object::Bridge(id.to_owned());
            self.neighbors.entry(bridge.clone()).or_default();
            if text("bridge_type") != "holding" {
                for member in value["channels"].as_array().into_iter().flatten() {
                    let member = member.as_str().unwrap_or_default();
                    self.relate(&bridge, &Object::Channel(member.to_owned()));
                }
                return vec![bridge];
            }
            return Vec::new();
        }
        if value.get("state").is_none() || value.get("name").is_none() {
            return Vec::new();
        }
        let channel = Object::Channel(id.to_owned());
        self.neighbors.entry(channel.clone()).or_default();
        let leg = self.legs.entry(id.to_owned()).or_default();
        leg.name = text("name").to_owned();
        let caller = &value["caller"];
        let number = caller["number"].as_str().unwrap_or_default();
        if !number.is_empty() {
            let name = caller["name"].as_str().unwrap_or_default();
            leg.caller = format!("{name} <{number}>").trim_start().to_owned();
        }
        let (Some(base), true) = (
            text("name")
                .strip_suffix(";1")
                .or(text("name").strip_suffix(";2")),
            text("name").starts_with("Local/"),
        ) else {
            return vec![channel];
        };
        if let Some(other) = self.local_names.insert(base.to_owned(), id.to_owned()) {
            self.relate(&channel, &Object::Channel(other));
        }
        vec![channel]
    }

    /// Notes that all objects belong to the same call.
    pub(crate) fn relate_all(&mut self, objects: &[Object]) {
        if let Some((first, rest)) = objects.split_first() {
            for other in rest {
                self.relate(first, other);
            }
        }
    }

    fn relate(&mut self, one: &Object, other: &Object) {
        if one != other && !one.id().is_empty() && !other.id().is_empty() {
            let mut add = |from: &Object, to: &Object| {
                let known = self.neighbors.entry(from.clone()).or_default();
                known.insert(to.clone());
            };
            add(one, other);
            add(other, one);
        }
    }

    /// Returns the objects of the call that an object belongs to, the nearest first.
    pub(crate) fn related(&self, start: &Object) -> Vec<Object> {
        let mut found = vec![start.clone()];
        let mut next = 0;
        while let Some(object) = found.get(next).cloned() {
            next += 1;
            for neighbor in self.neighbors.get(&object).into_iter().flatten() {
                if !found.contains(neighbor) {
                    found.push(neighbor.clone());
                }
            }
        }
        found
    }

    /// Returns the first half of the Local channel whose second half has this id.
    pub(crate) fn first_half(&self, second: &str) -> Option<&str> {
        let name = &self.legs.get(second)?.name;
        let base = name
            .strip_suffix(";2")
            .filter(|_| name.starts_with("Local/"))?;
        let mut legs = self.legs.iter();
        let (id, _) = legs.find(|(_, leg)| leg.name.strip_suffix(";1") == Some(base))?;
        Some(id)
    }

    /// Finds an object by its id, or a channel by its name.
    pub(crate) fn find(&self, text: &str) -> Option<Object> {
        let known = [
            Object::Channel(text.to_owned()),
            Object::Bridge(text.to_owned()),
        ];
        let by_id = known
            .into_iter()
            .find(|object| self.neighbors.contains_key(object));
        by_id.or_else(|| {
            let mut legs = self.legs.iter();
            let (id, _) = legs.find(|(_, leg)| leg.name == text)?;
            Some(Object::Channel(id.clone()))
        })
    }
}

/// Returns true if all objects of an event of this type belong to one call.
fn is_relating(kind: &str) -> bool {
    matches!(
        kind,
        "Dial"
            | "ChannelEnteredBridge"
            | "ChannelLeftBridge"
            | "BridgeMerged"
            | "BridgeBlindTransfer"
            | "BridgeAttendedTransfer"
            | "ChannelTransfer"
            | "StasisStart"
    )
}

/// Returns the object of a URI such as `channel:1.2`.
pub(crate) fn target_object(uri: &str) -> Option<Object> {
    let (kind, id) = uri.split_once(':')?;
    match kind {
        "channel" => Some(Object::Channel(id.to_owned())),
        "bridge" => Some(Object::Bridge(id.to_owned())),
        _ => None,
    }
}
