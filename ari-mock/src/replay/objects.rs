//! The channels and bridges that the messages of a server have shown.

use serde_json::Value;

use crate::sorted_map::SortedMap;

/// Channels and bridges by their ids.
#[derive(Default)]
pub(super) struct KnownObjects {
    channels: SortedMap<String, Value>,
    bridges: SortedMap<String, Value>,
}

impl KnownObjects {
    /// Notes the objects of an event.
    pub(super) fn apply_event(&mut self, text: &str) {
        let Ok(event) = serde_json::from_str::<Value>(text) else {
            return;
        };
        let members = event.as_object().into_iter().flatten();
        for (key, value) in members {
            let Some(id) = value["id"].as_str() else {
                continue;
            };
            let objects = match () {
                () if value.get("bridge_type").is_some() => &mut self.bridges,
                () if value.get("state").is_some() && value.get("name").is_some() => {
                    &mut self.channels
                }
                () => continue,
            };
            let ends = matches!(
                (event["type"].as_str(), &**key),
                (Some("ChannelDestroyed"), "channel") | (Some("BridgeDestroyed"), "bridge")
            );
            match ends {
                true => drop(objects.remove(id)),
                false => drop(objects.insert(id.to_owned(), value.clone())),
            }
        }
    }

    /// Returns the body of the response to a read that is not in the recording.
    pub(super) fn read(&self, segments: &[String]) -> Option<String> {
        let objects = match segments.first()?.as_str() {
            "channels" => &self.channels,
            "bridges" => &self.bridges,
            _ => return None,
        };
        match segments {
            [_] => Some(Value::Array(objects.values().cloned().collect()).to_string()),
            [_, id] => objects.get(id).map(Value::to_string),
            _ => None,
        }
    }
}
