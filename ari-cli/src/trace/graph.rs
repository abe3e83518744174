//! The objects that belong to one call.
//!
//! Objects are related if a message names them together in a way that makes them one call: a channel
//! that dials another, channels that are in a bridge at the same time, the two halves of a Local
//! channel, a channel that was originated, transferred or snooped on. Holding bridges, such as those
//! of parking, relate nobody.

use std::collections::{BTreeMap, BTreeSet};

use ari_api::Timestamp;
use ari_api::traffic::{Item, TrafficFile};
use serde_json::Value;

use crate::trace::bridge_members::{BridgeMembers, MemberChange};
use crate::trace::generations::Generations;
use crate::trace::object::{Object, ObjectKind};

/// A channel of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) name: String,
    pub(crate) caller: String,
    /// The cause of its end, if it has ended.
    pub(crate) cause: String,
    /// True if the cause is neither a regular end nor an end by the program.
    pub(crate) is_failure: bool,
    /// The number of channels that appeared before it.
    order: usize,
}

/// All objects that messages have shown, and how they are related.
#[derive(Debug, Default)]
pub(crate) struct CallGraph {
    neighbors: BTreeMap<Object, BTreeSet<Object>>,
    pub(crate) legs: BTreeMap<Object, Leg>,
    generations: Generations,
    members: BridgeMembers,
    holding: BTreeSet<Object>,
    /// The halves of Local channels by their names.
    local_names: BTreeMap<String, Object>,
    /// The first halves of Local channels by the second ones.
    first_halves: BTreeMap<Object, Object>,
}

/// An object that was searched for.
pub(crate) struct Found {
    pub(crate) object: Object,
    /// The number of earlier channels with the same id or name.
    pub(crate) earlier: usize,
}

/// Causes with which calls end regularly: unknown, normal clearing, and answered elsewhere.
const REGULAR_CAUSES: &[i64] = &[0, 16, 26];

/// The maximum time between the creation of the halves of a Local channel, in milliseconds.
const MAX_HALVES_APART: u64 = 10_000;

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
        let begins = match kind {
            "ChannelCreated" | "StasisStart" | "BridgeCreated" => true,
            "Dial" => event["dialstatus"].as_str().unwrap_or_default().is_empty(),
            _ => false,
        };
        let mut objects = Vec::new();
        for (key, value) in event.as_object().into_iter().flatten() {
            if value.get("bridge_type").is_none() {
                let found = self.apply_object(value, begins);
                // The channel of an event comes first.
                match key == "channel" {
                    true => drop(objects.splice(0..0, found)),
                    false => objects.extend(found),
                }
            }
        }
        let channel = objects.first().cloned();
        let change = match (kind, &channel) {
            ("ChannelEnteredBridge", Some(channel)) => MemberChange::Entered(channel),
            ("ChannelLeftBridge", Some(channel)) => MemberChange::Left(channel),
            _ => MemberChange::None,
        };
        for value in event.as_object().into_iter().flat_map(|map| map.values()) {
            if value.get("bridge_type").is_some() {
                objects.extend(self.apply_bridge(value, begins, &change));
            }
        }
        if is_relating(kind) {
            self.relate_all(&objects);
        }
        if matches!(kind, "ChannelDestroyed" | "BridgeDestroyed")
            && let Some(object) = objects.first()
        {
            self.generations.end(object);
            if let Some(leg) = self.legs.get_mut(object) {
                let cause = event["cause"].as_i64().unwrap_or_default();
                let text = event["cause_txt"].as_str().unwrap_or_default();
                leg.cause = format!("{cause} {text}").trim_end().to_owned();
                leg.is_failure = !REGULAR_CAUSES.contains(&cause);
            }
        }
        objects
    }

    /// Notes the objects of a response: one object, or a list.
    pub(crate) fn apply_response(&mut self, body: &Value) -> Vec<Object> {
        let items = match body {
            Value::Array(items) => items.as_slice(),
            item => std::slice::from_ref(item),
        };
        let mut found = Vec::new();
        for item in items {
            found.extend(match item.get("bridge_type") {
                Some(_) => self.apply_bridge(item, false, &MemberChange::None),
                None => self.apply_object(item, false),
            });
        }
        found
    }

    /// Returns the object that a request names. `begins` says whether the request creates it.
    pub(crate) fn apply_request(&mut self, named: &Object, begins: bool) -> Object {
        let object = match begins {
            true => self.generations.begin(named.kind(), named.id()),
            false => self.generations.newest(named.kind(), named.id()),
        };
        self.neighbors.entry(object.clone()).or_default();
        object
    }

    /// Notes that a request that would have created an object failed.
    pub(crate) fn apply_failure(&mut self, object: &Object) {
        if !self.generations.is_known(object) && !self.legs.contains_key(object) {
            self.generations.end(object);
        }
    }

    /// Returns the generation of an object in a message.
    fn resolve(&mut self, kind: ObjectKind, value: &Value, begins: bool) -> Object {
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        match (text("creationtime"), begins) {
            ("", true) => self.generations.begin(kind, text("id")),
            ("", false) => self.generations.newest(kind, text("id")),
            (creation, _) => self.generations.at_creation(kind, text("id"), creation),
        }
    }

    /// Notes a bridge and the channels in it.
    fn apply_bridge(
        &mut self,
        value: &Value,
        begins: bool,
        change: &MemberChange<'_>,
    ) -> Option<Object> {
        value["id"].as_str().filter(|id| !id.is_empty())?;
        let bridge = self.resolve(ObjectKind::Bridge, value, begins);
        let snapshot = value["channels"].as_array().map(|channels| {
            let ids = channels.iter().filter_map(Value::as_str);
            let ids = ids.filter(|id| !id.is_empty());
            ids.map(|id| self.generations.newest(ObjectKind::Channel, id))
                .collect()
        });
        if value["bridge_type"] == "holding" {
            self.neighbors.entry(bridge.clone()).or_default();
            self.holding.insert(bridge.clone());
            for member in snapshot.iter().flatten() {
                self.relate(&bridge, member);
            }
            return Some(bridge);
        }
        let (bridge, members) = self
            .members
            .apply(&mut self.generations, bridge, snapshot, change);
        self.neighbors.entry(bridge.clone()).or_default();
        for member in &members {
            self.relate(&bridge, member);
        }
        Some(bridge)
    }

    /// Notes a channel, a playback or a recording.
    fn apply_object(&mut self, value: &Value, begins: bool) -> Option<Object> {
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        if let Some(target) = target_object(text("target_uri")) {
            return Some(self.generations.newest(target.kind(), target.id()));
        }
        if text("id").is_empty() || value.get("state").is_none() || value.get("name").is_none() {
            return None;
        }
        let channel = self.resolve(ObjectKind::Channel, value, begins);
        self.neighbors.entry(channel.clone()).or_default();
        let order = self.legs.len();
        let leg = self.legs.entry(channel.clone()).or_insert_with(|| Leg {
            order,
            ..Leg::default()
        });
        leg.name = text("name").to_owned();
        let caller = &value["caller"];
        let number = caller["number"].as_str().unwrap_or_default();
        if !number.is_empty() {
            let name = caller["name"].as_str().unwrap_or_default();
            leg.caller = format!("{name} <{number}>").trim_start().to_owned();
        }
        self.apply_local_name(&channel, text("name"));
        Some(channel)
    }

    /// Relates the two halves of a Local channel.
    fn apply_local_name(&mut self, channel: &Object, name: &str) {
        if !name.starts_with("Local/") {
            return;
        }
        let (other_name, is_second) = match (name.strip_suffix(";1"), name.strip_suffix(";2")) {
            (Some(base), _) => (format!("{base};2"), false),
            (_, Some(base)) => (format!("{base};1"), true),
            _ => return,
        };
        let previous = self.local_names.insert(name.to_owned(), channel.clone());
        if previous.is_some_and(|previous| previous != *channel) {
            // The names of a restarted server begin anew.
            self.local_names.remove(&other_name);
        }
        let Some(other) = self.local_names.get(&other_name).cloned() else {
            return;
        };
        if !self.are_created_together(channel, &other) {
            return;
        }
        self.relate(channel, &other);
        match is_second {
            true => self.first_halves.insert(channel.clone(), other),
            false => self.first_halves.insert(other, channel.clone()),
        };
    }

    fn are_created_together(&self, one: &Object, other: &Object) -> bool {
        let time = |object: &Object| {
            let time = self
                .generations
                .creation(object)?
                .parse::<Timestamp>()
                .ok()?;
            Some(time.unix_millis())
        };
        match (time(one), time(other)) {
            (Some(one), Some(other)) => one.abs_diff(other) <= MAX_HALVES_APART,
            _ => true,
        }
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
        if one == other || one.id().is_empty() || other.id().is_empty() {
            return;
        }
        for (from, to) in [(one, other), (other, one)] {
            // A holding bridge belongs to the calls of its channels, and they not to it.
            let known = self.neighbors.entry(from.clone()).or_default();
            if !self.holding.contains(from) {
                known.insert(to.clone());
            }
        }
    }

    /// Returns the objects of the call that an object belongs to, the nearest first. With a bridge,
    /// these are the calls of all channels that were ever in it.
    pub(crate) fn related(&self, start: &Object) -> Vec<Object> {
        let mut found = vec![start.clone()];
        if start.is_bridge() {
            let is_same = |object: &&Object| object.has_same_id(start) && *object != start;
            found.extend(self.neighbors.keys().filter(is_same).cloned());
            let holding: Vec<_> = found.iter().filter(|o| self.holding.contains(o)).collect();
            let members = self.neighbors.iter();
            let members = members.filter(|(_, known)| holding.iter().any(|o| known.contains(o)));
            let members: Vec<_> = members.map(|(object, _)| object.clone()).collect();
            found.extend(members);
        }
        let mut known: BTreeSet<Object> = found.iter().cloned().collect();
        let mut next = 0;
        while let Some(object) = found.get(next).cloned() {
            next += 1;
            for neighbor in self.neighbors.get(&object).into_iter().flatten() {
                if known.insert(neighbor.clone()) {
                    found.push(neighbor.clone());
                }
            }
        }
        found
    }

    /// Returns true if an object is a holding bridge that channels of other calls have been in.
    pub(crate) fn is_shared(&self, bridge: &Object, call: &[Object]) -> bool {
        self.holding.contains(bridge)
            && self
                .neighbors
                .iter()
                .any(|(object, known)| known.contains(bridge) && !call.contains(object))
    }

    /// Returns the first half of the Local channel that a channel is the second half of.
    pub(crate) fn first_half(&self, second: &Object) -> Option<&Object> {
        self.first_halves.get(second)
    }

    /// Finds the newest object with an id, or the newest channel with a name.
    pub(crate) fn find(&self, text: &str) -> Option<Found> {
        for kind in [ObjectKind::Channel, ObjectKind::Bridge] {
            let named = Object::new(kind, text);
            let known = self.neighbors.keys();
            let known: Vec<_> = known.filter(|o| o.has_same_id(&named)).collect();
            if let Some(newest) = known.last() {
                return Some(Found {
                    object: (*newest).clone(),
                    earlier: match kind {
                        ObjectKind::Channel => known.len() - 1,
                        ObjectKind::Bridge => 0,
                    },
                });
            }
        }
        let legs = self.legs.iter().filter(|(_, leg)| leg.name == text);
        let legs: Vec<_> = legs.collect();
        let (newest, _) = legs.iter().max_by_key(|(_, leg)| leg.order)?;
        Some(Found {
            object: (*newest).clone(),
            earlier: legs.len() - 1,
        })
    }
}

/// Returns the objects of a message that belong to a call; none if it is about channels of other calls
/// only. Messages about a bridge of the call belong to it if they name no channel, or if the trace is
/// that of the bridge.
pub(crate) fn select(objects: &[Object], call: &[Object]) -> Vec<Object> {
    let mut found: Vec<Object> = Vec::new();
    let is_of_bridge = call.first().is_some_and(Object::is_bridge);
    let channels = objects.iter().filter(|object| object.is_channel());
    let is_of_channel = channels.clone().any(|object| call.contains(object));
    if !is_of_bridge && !is_of_channel && channels.count() > 0 {
        return found;
    }
    for object in objects {
        let is_of_call = call.contains(object)
            || (is_of_channel && call.iter().any(|known| known.has_same_label(object)));
        if is_of_call && !found.iter().any(|known| known.has_same_label(object)) {
            found.push(object.clone());
        }
    }
    found
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
        "channel" => Some(Object::channel(id)),
        "bridge" => Some(Object::bridge(id)),
        _ => None,
    }
}
