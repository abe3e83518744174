//! Events as lines for people: time, type, objects and details.

use std::time::SystemTime;

use anstyle::{AnsiColor, Style};
use ari_api::Timestamp;
use ari_api::stream::{ConnectionEvent, ResyncReport};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::event::CommandEvent;
use crate::event_summary::{details, subject};
use crate::text::{escape_control, format_count};

const DIM: Style = Style::new().dimmed();

/// The width of the column with types, which only rare types exceed.
const TYPE_WIDTH: usize = 24;

/// A formatter of lines, in the server's time zone.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineFormatter {
    /// A time in the server's time zone, which events of the connection use, too.
    zone: Timestamp,
    /// Width of the column with application names; 0 if there is only one application.
    show_applications: usize,
}

impl LineFormatter {
    /// Sets the time zone to that of a time of the server.
    pub(crate) fn set_time_zone(&mut self, stamp: &str) {
        if let Ok(time) = stamp.parse() {
            self.zone = time;
        }
    }

    /// Adds a column with application names if there are several applications.
    pub(crate) fn name(&mut self, applications: &[String]) {
        if let [_, _, ..] = applications {
            let widths = applications.iter().map(|name| escape_control(name).width());
            self.show_applications = widths.max().unwrap_or_default();
        }
    }

    /// Returns the line of an event whose JSON is `value`.
    pub(crate) fn format(&mut self, event: &CommandEvent, value: &Value) -> String {
        let (time, who, what) = match event {
            CommandEvent::Connection(event) => {
                (self.now(), String::new(), describe_connection_event(event))
            }
            CommandEvent::Event { kind, .. } => {
                let stamp = value["timestamp"].as_str().unwrap_or_default();
                self.set_time_zone(stamp);
                (time(stamp), subject(kind, value), details(kind, value))
            }
        };
        let style = style(event.event_type());
        let kind = escape_control(event.event_type());
        let space = " ".repeat(TYPE_WIDTH.saturating_sub(kind.len()));
        let name = match self.show_applications {
            0 => String::new(),
            width => {
                let name = escape_control(value["application"].as_str().unwrap_or_default());
                let space = " ".repeat(width.saturating_sub(name.width()));
                format!("{name}{space} ")
            }
        };
        let line = format!("{DIM}{time:<12}{DIM:#} {name}{style}{kind}{style:#}");
        match [who, what].map(|part| part.trim().to_owned()) {
            [who, what] if who.is_empty() && what.is_empty() => line,
            [who, what] if who.is_empty() => format!("{line}{space} {what}"),
            [who, what] if what.is_empty() => format!("{line}{space} {who}"),
            [who, what] => format!("{line}{space} {who}  {what}"),
        }
    }

    /// Returns the time of day in the server's time zone, by the clock of this machine.
    fn now(&self) -> String {
        time(
            &Timestamp::from(SystemTime::now())
                .in_zone_of(self.zone)
                .to_string(),
        )
    }
}

/// Returns the time of day of a timestamp such as `2026-11-23T01:08:51.332+0000`.
fn time(stamp: &str) -> String {
    let time = stamp.split_once('T').map_or("", |(_, time)| time);
    escape_control(time.get(..12).unwrap_or(time))
}

/// Describes an event of the connection.
pub(crate) fn describe_connection_event(event: &ConnectionEvent) -> String {
    match event {
        ConnectionEvent::Connected => String::new(),
        ConnectionEvent::Disconnected { reason, .. } => {
            format!("{}; reconnecting until Ctrl-C", escape_control(reason))
        }
        ConnectionEvent::Reconnected { gap, attempts, .. } => format!(
            "after {:.1} s, at attempt {attempts}; events in between are lost",
            gap.as_secs_f64()
        ),
        ConnectionEvent::Resynced(found) => describe_resync(found),
        other => escape_control(&other.to_string()),
    }
}

/// Describes the changes during a gap.
fn describe_resync(found: &ResyncReport) -> String {
    let counts = [
        (found.removed_channels.len(), ("channel", "ended")),
        (found.discovered_channels.len(), ("channel", "new")),
        (
            found.entered_channels.len(),
            ("channel", "entered the application (StasisStart lost)"),
        ),
        (
            found.departed_channels.len(),
            ("channel", "left the application"),
        ),
        (found.removed_bridges.len(), ("bridge", "destroyed")),
        (found.discovered_bridges.len(), ("bridge", "new")),
        (
            found.restored_subscriptions.len(),
            ("subscription", "restored"),
        ),
        (found.failures.len(), ("failure", "")),
    ];
    let changes = counts.iter().filter(|(count, _)| *count > 0);
    let changes: Vec<_> = changes
        .map(|(count, (noun, change))| format!("{} {change}", format_count(*count, noun)))
        .map(|text| text.trim_end().to_owned())
        .collect();
    match changes.is_empty() {
        true => "nothing has changed".to_owned(),
        false => changes.join(", "),
    }
}

fn style(kind: &str) -> Style {
    let color = match kind {
        "Connected" | "Reconnected" | "Resynced" => AnsiColor::Cyan,
        "Disconnected" | "ApplicationReplaced" => AnsiColor::Red,
        "StasisStart" => AnsiColor::Green,
        "StasisEnd" | "ChannelDestroyed" | "ChannelHangupRequest" => AnsiColor::Yellow,
        _ => return Style::new().bold(),
    };
    color.on_default().bold()
}

/// Returns the time in a response to `GET /asterisk/info`.
pub(crate) fn server_time(info: &Value) -> &str {
    info["status"]["startup_time"].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ari_api::Event;
    use ari_api::stream::EventType as _;
    use serde_json::json;

    use super::*;

    fn plain(raw: &str) -> String {
        let event = CommandEvent::decode(raw).unwrap();
        let line = LineFormatter::default().format(&event, &event.json());
        anstream::adapter::strip_str(&line).to_string()
    }

    /// Each case has a type, the other fields of the event, and the part of the line after the type.
    #[test]
    fn lines_contain_objects_and_details() {
        let channel = r#""channel":{"id":"1.2","name":"PJSIP/a","state":"Up","caller":{"name":"A","number":"100"}}"#;
        let peer = r#""peer":{"id":"3","name":"PJSIP/b","state":"Ring"}"#;
        let caller = r#""caller":{"id":"1.2","name":"PJSIP/a","state":"Up"}"#;
        let bridge = r#""bridge":{"id":"b1","technology":"simple_bridge","name":"lobby","bridge_type":"mixing"}"#;
        let from = r#""bridge_from":{"id":"b2","name":"","bridge_type":"mixing"}"#;
        let endpoint =
            r#""endpoint":{"technology":"PJSIP","resource":"a","state":"online","channel_ids":[]}"#;
        let playback = r#""playback":{"id":"p","media_uri":"sound:a","target_uri":"channel:1.2","state":"done"}"#;
        for (kind, members, expected) in [
            (
                "ChannelVarset",
                &[r#""variable":"A","value":"1\n""#, channel][..],
                r"PJSIP/a (1.2)  A=1\n",
            ),
            ("ChannelVarset", &[r#""variable":"G","value":"1""#], "G=1"),
            (
                "StasisStart",
                &[r#""args":["world","2"]"#, channel],
                "PJSIP/a (1.2)  args world, 2",
            ),
            ("StasisStart", &[r#""args":[]"#, channel], "PJSIP/a (1.2)"),
            ("StasisEnd", &[channel], "PJSIP/a (1.2)"),
            (
                "Newest",
                &[r#""count":3,"on":true,"deep":{"a":{"b":1}}"#, channel],
                "PJSIP/a (1.2)  count=3 on=true deep.a.b=1",
            ),
            ("ChannelStateChange", &[channel], "PJSIP/a (1.2)  Up"),
            (
                "ChannelDestroyed",
                &[r#""cause":17,"cause_txt":"User busy""#, channel],
                "PJSIP/a (1.2)  User busy (17)",
            ),
            ("ChannelHangupRequest", &[channel], "PJSIP/a (1.2)"),
            (
                "ChannelHangupRequest",
                &[r#""cause":16"#, channel],
                "PJSIP/a (1.2)  cause 16",
            ),
            (
                "ChannelDtmfReceived",
                &[r##""digit":"#","duration_ms":90"##, channel],
                "PJSIP/a (1.2)  # (90 ms)",
            ),
            ("ChannelCallerId", &[channel], "PJSIP/a (1.2)  A <100>"),
            (
                "ChannelEnteredBridge",
                &[bridge, channel],
                "PJSIP/a (1.2) bridge lobby (b1)",
            ),
            (
                "ChannelTalkingFinished",
                &[r#""duration":800"#, channel],
                "PJSIP/a (1.2)  duration=800",
            ),
            (
                "Dial",
                &[caller, peer, r#""dialstring":"b","dialstatus":"BUSY""#],
                "PJSIP/a (1.2) -> PJSIP/b (3)  b BUSY",
            ),
            (
                "Dial",
                &[peer, r#""dialstring":"b","dialstatus":"""#],
                "PJSIP/b (3)  b",
            ),
            ("BridgeCreated", &[bridge], "bridge lobby (b1)  mixing"),
            (
                "BridgeMerged",
                &[bridge, from],
                "bridge lobby (b1) bridge_from b2",
            ),
            (
                "BridgeAttendedTransfer",
                &[
                    r#""transferer_first_leg":{"id":"1.2","name":"PJSIP/a"},"transferee":{"id":"3","name":"PJSIP/b"},"result":"Success","destination_type":"bridge","is_external":true"#,
                ],
                "transferer_first_leg PJSIP/a (1.2) transferee PJSIP/b (3)  result=Success destination_type=bridge is_external=true",
            ),
            ("PlaybackFinished", &[playback], "channel:1.2  sound:a done"),
            (
                "RecordingFailed",
                &[
                    r#""recording":{"name":"r","format":"wav","state":"failed","target_uri":"channel:1.2","cause":"no file"}"#,
                ],
                "channel:1.2  r.wav failed: no file",
            ),
            (
                "DeviceStateChanged",
                &[r#""device_state":{"name":"Stasis:lamp","state":"INUSE"}"#],
                "Stasis:lamp  INUSE",
            ),
            ("EndpointStateChange", &[endpoint], "PJSIP/a  online"),
            (
                "PeerStatusChange",
                &[
                    endpoint,
                    r#""peer":{"peer_status":"Registered","address":"10.0.0.1","port":"5060"}"#,
                ],
                "PJSIP/a  Registered address=10.0.0.1 port=5060",
            ),
            (
                "ContactStatusChange",
                &[
                    endpoint,
                    r#""contact_info":{"uri":"sip:a@b","contact_status":"Reachable","aor":"a","roundtrip_usec":"9"}"#,
                ],
                "PJSIP/a  sip:a@b Reachable",
            ),
            (
                "TextMessageReceived",
                &[
                    endpoint,
                    r#""message":{"from":"\"A\" <sip:a>","to":"b","body":"hi\nyou","variables":{}}"#,
                ],
                r#"PJSIP/a  "A" <sip:a> -> b: hi\nyou"#,
            ),
            (
                "ChannelUserevent",
                &[
                    r#""eventname":"E","userevent":{"eventname":"E","n":1}"#,
                    channel,
                ],
                "PJSIP/a (1.2)  E n=1",
            ),
            (
                "ApplicationMoveFailed",
                &[r#""destination":"x","args":["1"]"#, channel],
                "PJSIP/a (1.2)  destination=x args=1",
            ),
        ] {
            let raw = format!(
                r#"{{"type":"{kind}","application":"hello",{},"timestamp":"2026-11-23T01:08:51.332+0000"}}"#,
                members.join(",")
            );
            let expected = format!("01:08:51.332 {kind:<24} {expected}");
            assert_eq!(plain(&raw), expected);
        }
        let bare = r#"{"type":"StasisEnd","timestamp":"x"}"#;
        assert_eq!(plain(bare), "             StasisEnd");
    }

    /// The line of every event is free of JSON.
    #[test]
    fn every_event_has_a_readable_line() {
        let channel = |id: &str| json!({"id": id, "name": "PJSIP/a", "state": "Up"});
        let bridge = json!({"id": "b1", "name": "lobby", "bridge_type": "mixing", "channels": []});
        for kind in Event::KINDS {
            let value = json!({
                "type": kind, "application": "hello", "timestamp": "2026-11-23T01:08:51.332+0000",
                "channel": channel("1"), "caller": channel("2"), "peer": channel("3"),
                "forwarded": channel("4"), "replace_channel": channel("5"),
                "bridge": bridge, "bridge_from": bridge,
                "endpoint": {"technology": "PJSIP", "resource": "a", "channel_ids": []},
                "contact_info": {"uri": "u", "contact_status": "s", "aor": "a"},
                "message": {"from": "a", "to": "b", "body": "c", "variables": {}},
                "playback": {"id": "p", "media_uri": "sound:a", "target_uri": "channel:1", "state": "s"},
                "recording": {"name": "r", "format": "wav", "target_uri": "channel:1", "state": "s"},
                "device_state": {"name": "Stasis:lamp", "state": "INUSE"},
                "refer_to": {"requested_destination": {"destination": "d", "additional_protocol_params": []}},
                "userevent": {"eventname": "E", "x": {"y": 1}}, "args": ["1"],
            });
            let line = plain(&value.to_string());
            assert!(
                line.starts_with("01:08:51.332 ") && line.contains(kind),
                "{line}"
            );
            assert!(!line.contains('{') && !line.contains('"'), "{line}");
            assert!(line.len() > 40, "{line}");
        }
    }

    #[test]
    fn lines_name_the_application_if_there_are_several() {
        let of = |app: &str| {
            let raw = format!(
                r#"{{"type":"StasisEnd","application":"{app}","timestamp":"2026-11-23T01:08:51.332+0000"}}"#
            );
            CommandEvent::decode(&raw).unwrap()
        };
        for (names, expected) in [
            (&["sales"][..], ["01:08:51.332 StasisEnd"; 2]),
            (
                &["sales", "ivr"],
                [
                    "01:08:51.332 sales StasisEnd",
                    "01:08:51.332 ivr   StasisEnd",
                ],
            ),
        ] {
            let mut lines = LineFormatter::default();
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            lines.name(&names);
            let shown = ["sales", "ivr"].map(|app| {
                let event = of(app);
                lines.format(&event, &event.json())
            });
            let shown = shown.map(|line| anstream::adapter::strip_str(&line).to_string());
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn connection_events_use_the_servers_time_zone() {
        let mut lines = LineFormatter::default();
        let at = |lines: &LineFormatter| lines.now()[..2].parse::<i64>().unwrap();
        let before = at(&lines);
        lines.set_time_zone("2026-11-23T01:08:51.332+0600");
        // An invalid time changes nothing.
        lines.set_time_zone("");
        let later = (at(&lines) - before).rem_euclid(24);
        // The hour may just have ended.
        assert!((6..=7).contains(&later), "{later}");
    }

    #[test]
    fn resyncs_are_described() {
        let mut found = ResyncReport::default();
        assert_eq!(describe_resync(&found), "nothing has changed");
        found.entered_channels = vec!["a".to_owned(), "b".to_owned()];
        found.removed_bridges = vec!["c".to_owned()];
        assert_eq!(
            describe_resync(&found),
            "2 channels entered the application (StasisStart lost), 1 bridge destroyed"
        );
        // Every list is included.
        let lists: [fn(&mut ResyncReport) -> &mut Vec<String>; 8] = [
            |found| &mut found.removed_channels,
            |found| &mut found.entered_channels,
            |found| &mut found.departed_channels,
            |found| &mut found.discovered_channels,
            |found| &mut found.removed_bridges,
            |found| &mut found.discovered_bridges,
            |found| &mut found.restored_subscriptions,
            |found| &mut found.failures,
        ];
        for list in lists {
            let mut found = ResyncReport::default();
            list(&mut found).push("x".to_owned());
            assert!(describe_resync(&found).starts_with("1 "), "{found:?}");
        }
    }
}
