//! The rows of the table of channels, their filter and their order.

use std::time::{Duration, SystemTime};

use ari_api::Timestamp;
use serde_json::Value;

use crate::json_value::{at, text};

/// A channel as shown in a row.
pub(super) struct Channel<'a> {
    pub(super) value: &'a Value,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) state: String,
    pub(super) caller: String,
    pub(super) connected: String,
    /// Name or id of its bridge, if it is in one.
    pub(super) bridge: String,
    pub(super) place: String,
    pub(super) age: Duration,
}

/// The order of the channels.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Sort {
    #[default]
    Duration,
    Name,
    State,
    Caller,
    Bridge,
}

impl Sort {
    pub(super) fn next(self) -> Self {
        match self {
            Sort::Duration => Sort::Name,
            Sort::Name => Sort::State,
            Sort::State => Sort::Caller,
            Sort::Caller => Sort::Bridge,
            Sort::Bridge => Sort::Duration,
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Sort::Duration => "duration",
            Sort::Name => "name",
            Sort::State => "state",
            Sort::Caller => "caller",
            Sort::Bridge => "bridge",
        }
    }
}

/// Returns the channels that contain the text of the filter, in an order. The longest one is first if
/// the order is by duration.
pub(super) fn channels<'a>(
    all: &'a [Value],
    bridges: &[Value],
    filter: &str,
    sort: Sort,
    now: SystemTime,
) -> Vec<Channel<'a>> {
    let filter = filter.to_lowercase();
    let channels = all.iter().map(|value| Channel::new(value, bridges, now));
    let mut channels: Vec<_> = channels
        .filter(|channel| channel.matches(&filter))
        .collect();
    match sort {
        Sort::Duration => channels.sort_by_key(|channel| std::cmp::Reverse(channel.age)),
        Sort::Name => channels.sort_by(|a, b| a.name.cmp(&b.name)),
        Sort::State => channels.sort_by(|a, b| a.state.cmp(&b.state)),
        Sort::Caller => channels.sort_by(|a, b| a.caller.cmp(&b.caller)),
        // Channels in a bridge come first.
        Sort::Bridge => channels.sort_by(|a, b| {
            let key = |channel: &Channel<'_>| (channel.bridge.is_empty(), channel.bridge.clone());
            key(a).cmp(&key(b))
        }),
    }
    channels
}

impl<'a> Channel<'a> {
    fn new(value: &'a Value, bridges: &[Value], now: SystemTime) -> Self {
        let get = |path: &str| text(at(value, path));
        let bridge = bridges.iter().find(|bridge| {
            let members = bridge["channels"].as_array().into_iter().flatten();
            members.into_iter().any(|member| *member == value["id"])
        });
        let place = match get("dialplan.app_name").as_str() {
            "Stasis" => format!("Stasis {}", get("dialplan.app_data")),
            _ => format!("{}@{}", get("dialplan.exten"), get("dialplan.context")),
        };
        let created = serde_json::from_value::<Timestamp>(value["creationtime"].clone());
        let age = created.ok().map(SystemTime::from);
        let age = age.and_then(|created| now.duration_since(created).ok());
        Channel {
            value,
            id: get("id"),
            name: get("name"),
            state: get("state"),
            caller: party(&value["caller"]),
            connected: party(&value["connected"]),
            bridge: bridge.map(bridge_name).unwrap_or_default(),
            place,
            age: age.unwrap_or_default(),
        }
    }

    fn matches(&self, filter: &str) -> bool {
        let texts = [
            &self.id,
            &self.name,
            &self.state,
            &self.caller,
            &self.connected,
            &self.bridge,
            &self.place,
        ];
        texts
            .iter()
            .any(|text| text.to_lowercase().contains(filter))
    }
}

/// Returns name and number as `Alice <100>`, or the one that is not empty.
fn party(value: &Value) -> String {
    match [text(&value["name"]), text(&value["number"])] {
        [name, number] if name.is_empty() => number,
        [name, number] if number.is_empty() => name,
        [name, number] => format!("{name} <{number}>"),
    }
}

/// Returns the name of a bridge, or its id if it has no name.
pub(super) fn bridge_name(bridge: &Value) -> String {
    match text(&bridge["name"]) {
        name if name.is_empty() => text(&bridge["id"]),
        name => name,
    }
}

/// Formats a duration as `1:02:03`.
pub(super) fn clock(age: Duration) -> String {
    let seconds = age.as_secs();
    format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}
