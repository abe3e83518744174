//! Summaries of events for people: the objects of an event and its content.

use serde_json::Value;

use crate::json_value::{at, text};
use crate::text::escape_control;

/// Fields that are part of every event and not of its summary.
const COMMON_FIELDS: &[&str] = &["type", "timestamp", "application", "asterisk_id"];

/// Returns the objects of an event. If it has several of a kind, their keys distinguish them.
pub(crate) fn subject(kind: &str, value: &Value) -> String {
    if kind == "Dial" {
        let parties = ["caller", "peer"].map(|key| object(&value[key]).unwrap_or_default());
        return match parties {
            [caller, peer] if caller.is_empty() => peer,
            [caller, peer] => format!("{caller} -> {peer}"),
        };
    }
    let targets = [
        "playback.target_uri",
        "recording.target_uri",
        "device_state.name",
    ];
    let mut found: Vec<String> = targets
        .iter()
        .map(|path| text(at(value, path)))
        .filter(|name| !name.is_empty())
        .collect();
    // The channel is first, because most events are about it.
    let members = value.as_object().into_iter().flatten();
    let is_channel = |key: &str| key == "channel";
    let (first, rest): (Vec<_>, Vec<_>) = members.partition(|(key, _)| is_channel(key));
    for (key, value) in first.into_iter().chain(rest) {
        match (key.as_str(), object(value)) {
            (_, None) => {}
            ("channel" | "endpoint", Some(name)) => found.push(name),
            (key, Some(name)) => found.push(format!("{} {name}", escape_control(key))),
        }
    }
    found.join(" ")
}

/// Returns the name and the id of a channel or bridge, or the name of an endpoint.
fn object(value: &Value) -> Option<String> {
    // Only endpoints have both. A bridge has a technology, too.
    if let (Some(technology), Some(resource)) = (value.get("technology"), value.get("resource")) {
        return Some(format!("{}/{}", text(technology), text(resource)));
    }
    let id = text(
        value
            .get("id")
            .filter(|_| value.get("media_uri").is_none())?,
    );
    Some(match text(&value["name"]) {
        name if name.is_empty() => id,
        name => format!("{name} ({id})"),
    })
}

/// Returns a summary of an event's content.
pub(crate) fn details(kind: &str, value: &Value) -> String {
    let get = |path: &str| text(at(value, path));
    match kind {
        "StasisStart" => match get("args") {
            args if args.is_empty() => String::new(),
            args => format!("args {args}"),
        },
        "StasisEnd" => String::new(),
        "ChannelCreated" | "ChannelStateChange" => get("channel.state"),
        "ChannelDestroyed" => format!("{} ({})", get("cause_txt"), get("cause")),
        "ChannelHangupRequest" if get("cause").is_empty() => String::new(),
        "ChannelHangupRequest" => format!("cause {}", get("cause")),
        "ChannelDtmfReceived" => format!("{} ({} ms)", get("digit"), get("duration_ms")),
        "ChannelVarset" => format!("{}={}", get("variable"), get("value")),
        "ChannelCallerId" | "ChannelConnectedLine" => {
            let party = match kind {
                "ChannelCallerId" => "channel.caller",
                _ => "channel.connected",
            };
            format!(
                "{} <{}>",
                get(&format!("{party}.name")),
                get(&format!("{party}.number"))
            )
        }
        "ChannelUserevent" => {
            let mut rest = value["userevent"].clone();
            if let Value::Object(members) = &mut rest {
                members.shift_remove("eventname");
            }
            format!("{} {}", get("eventname"), leaves("", &rest).join(" "))
        }
        "Dial" => format!("{} {}", get("dialstring"), get("dialstatus")),
        "PlaybackStarted" | "PlaybackContinuing" | "PlaybackFinished" => {
            format!("{} {}", get("playback.media_uri"), get("playback.state"))
        }
        "RecordingStarted" | "RecordingFinished" | "RecordingFailed" => {
            let cause = match get("recording.cause") {
                cause if cause.is_empty() => cause,
                cause => format!(": {cause}"),
            };
            let (name, format) = (get("recording.name"), get("recording.format"));
            format!("{name}.{format} {}{cause}", get("recording.state"))
        }
        "DeviceStateChanged" => get("device_state.state"),
        "BridgeCreated" | "BridgeDestroyed" => get("bridge.bridge_type"),
        "EndpointStateChange" => get("endpoint.state"),
        "PeerStatusChange" => {
            let mut rest = value["peer"].clone();
            if let Value::Object(members) = &mut rest {
                members.shift_remove("peer_status");
            }
            format!(
                "{} {}",
                get("peer.peer_status"),
                leaves("", &rest).join(" ")
            )
        }
        "ContactStatusChange" => {
            format!(
                "{} {}",
                get("contact_info.uri"),
                get("contact_info.contact_status")
            )
        }
        "TextMessageReceived" => format!(
            "{} -> {}: {}",
            get("message.from"),
            get("message.to"),
            get("message.body")
        ),
        _ => {
            let members = value.as_object().into_iter().flatten();
            let members = members.filter(|(key, value)| {
                !COMMON_FIELDS.contains(&key.as_str()) && object(value).is_none()
            });
            let texts = members.flat_map(|(key, value)| leaves(key, value));
            texts.collect::<Vec<_>>().join(" ")
        }
    }
}

/// Returns all leaves, such as `a.b=1`.
fn leaves(path: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) => {
            let below = members.iter().flat_map(|(key, value)| {
                let path = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                leaves(&path, value)
            });
            below.collect()
        }
        Value::Array(items) if items.iter().any(|item| item.is_object()) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(at, item)| leaves(&format!("{path}.{at}"), item))
                .collect()
        }
        Value::Array(items) if items.is_empty() => Vec::new(),
        Value::String(text) if text.is_empty() => Vec::new(),
        value => vec![format!("{}={}", escape_control(path), text(value))],
    }
}
