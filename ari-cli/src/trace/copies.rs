//! Copies of events in a recording.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use ari_api::traffic::{Item, TrafficFile};
use serde_json::Value;

/// Returns the numbers of the lines that repeat an event, with the line of the original.
///
/// Several applications receive the same event, and one that is subscribed to an endpoint and to its
/// channel receives it twice.
pub(crate) fn copied_lines(file: &TrafficFile) -> BTreeMap<usize, usize> {
    let mut known = HashMap::new();
    let mut copies = BTreeMap::new();
    for line in &file.lines {
        let Item::Event { text, .. } = &line.item else {
            continue;
        };
        let Ok(Value::Object(mut event)) = serde_json::from_str(text) else {
            continue;
        };
        event.shift_remove("application");
        match known.entry(Value::Object(event).to_string()) {
            Entry::Occupied(original) => drop(copies.insert(line.number, *original.get())),
            Entry::Vacant(place) => drop(place.insert(line.number)),
        }
    }
    copies
}
