//! One event in one line: when, what, whom it is about, and what matters about it.

use anstyle::{AnsiColor, Style};
use ari_api::runtime::ConnectionEvent;
use serde_json::Value;

use crate::output::at;
use crate::seen::Seen;
use crate::table::{harmless, text};

const DIM: Style = Style::new().dimmed();

/// What every event has, and no line needs.
const BASE: &[&str] = &["type", "timestamp", "application", "asterisk_id"];

pub(crate) fn line(seen: &Seen) -> String {
    let value = seen.json();
    let (time, who, what) = match seen {
        Seen::Connection(event) => (String::new(), String::new(), told(event)),
        Seen::Event { kind, .. } => (time(&value), who(&value), what(kind, &value)),
    };
    let style = style(seen.kind());
    let kind = harmless(seen.kind());
    let space = " ".repeat(24_usize.saturating_sub(kind.len()));
    let parts = [who, what];
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).collect();
    let rest: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
    let line = format!("{DIM}{time:<12}{DIM:#} {style}{kind}{style:#}");
    match rest.is_empty() {
        true => line,
        false => format!("{line}{space} {}", rest.join("  ")),
    }
}

fn told(event: &ConnectionEvent) -> String {
    match event {
        ConnectionEvent::Connected => String::new(),
        other => other.to_string(),
    }
}

fn style(kind: &str) -> Style {
    let color = match kind {
        "Connected" | "Reconnected" | "Reconciled" => AnsiColor::Cyan,
        "Disconnected" | "ApplicationReplaced" => AnsiColor::Red,
        "StasisStart" => AnsiColor::Green,
        "StasisEnd" | "ChannelDestroyed" | "ChannelHangupRequest" => AnsiColor::Yellow,
        _ => return Style::new().bold(),
    };
    color.on_default().bold()
}

/// `2026-11-23T01:08:51.332+0000` without the day.
fn time(value: &Value) -> String {
    let stamp = value["timestamp"].as_str().unwrap_or_default();
    let time = stamp.split_once('T').map_or("", |(_, time)| time);
    harmless(time.get(..12).unwrap_or(time))
}

/// The objects that it is about, by the names that people know.
fn who(value: &Value) -> String {
    let paths = [
        "channel.name",
        "peer.name",
        "bridge.id",
        "playback.target_uri",
        "recording.target_uri",
        "endpoint.resource",
        "device_state.name",
    ];
    let found: Vec<_> = paths
        .iter()
        .map(|path| text(at(value, path)))
        .filter(|name| !name.is_empty())
        .collect();
    found.join(" ")
}

fn what(kind: &str, value: &Value) -> String {
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
            format!(
                "{} <{}>",
                get("channel.caller.name"),
                get("channel.caller.number")
            )
        }
        "Dial" => format!("{} {}", get("dialstring"), get("dialstatus")),
        "PlaybackStarted" | "PlaybackContinuing" | "PlaybackFinished" => {
            format!("{} {}", get("playback.media_uri"), get("playback.state"))
        }
        "RecordingStarted" | "RecordingFinished" | "RecordingFailed" => format!(
            "{}.{} {}",
            get("recording.name"),
            get("recording.format"),
            get("recording.state")
        ),
        "DeviceStateChanged" => get("device_state.state"),
        "BridgeCreated" | "BridgeDestroyed" => {
            format!("{} {}", get("bridge.bridge_type"), get("bridge.name"))
        }
        _ => rest(value),
    }
    .trim()
    .to_owned()
}

/// All single values that are not in every event.
fn rest(value: &Value) -> String {
    let members = value.as_object().into_iter().flatten();
    let members = members.filter(|(key, value)| {
        let is_object_of_asterisk = value.get("id").is_some();
        !BASE.contains(&key.as_str()) && !is_object_of_asterisk
    });
    let members = members.filter(|(_, value)| !value.is_array() && !value.is_null());
    let texts = members.map(|(key, value)| format!("{}={}", harmless(key), text(value)));
    texts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use ari_api::runtime::Message as _;

    use super::*;

    fn plain(raw: &str) -> String {
        let seen = Seen::decode(raw).unwrap();
        anstream::adapter::strip_str(&line(&seen)).to_string()
    }

    #[test]
    fn lines_tell_what_matters() {
        for (raw, expected) in [
            (
                r#"{"type":"ChannelVarset","variable":"A","value":"1\n","channel":{"id":"1","name":"PJSIP/a"},"timestamp":"2026-11-23T01:08:51.332+0000"}"#,
                r"01:08:51.332 ChannelVarset            PJSIP/a  A=1\n",
            ),
            (
                r#"{"type":"StasisStart","args":["world","2"],"channel":{"name":"Local/1"},"timestamp":"x"}"#,
                "             StasisStart              Local/1  args world, 2",
            ),
            (
                r#"{"type":"Newest","application":"hello","count":3,"on":true,"channel":{"id":"1","name":"Local/1"}}"#,
                "             Newest                   Local/1  count=3 on=true",
            ),
            (r#"{"type":"StasisEnd"}"#, "             StasisEnd"),
        ] {
            assert_eq!(plain(raw), expected);
        }
    }
}
