//! Bridges.

use std::time::Duration;

use ari_api::VariableValue;
use ari_api::bridges;
use serde_json::json;

use super::{Row, row};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row!("GET /bridges", |client| client.bridges().list(), json!({})),
        row!(
            "POST /bridges",
            |client| client
                .bridges()
                .create()
                .kind("mixing,dtmf_events")
                .bridge_id("lobby #1")
                .name("The lobby: room 1")
                .variables([
                    ("COLOR", "red, or \"blue\"".into()),
                    ("SEEN", VariableValue::with_event_reporting("1"))
                ]),
            json!({
                "type": "mixing,dtmf_events",
                "bridgeId": "lobby #1",
                "name": "The lobby: room 1",
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
            })
        ),
        row!(
            "POST /bridges/{bridgeId}",
            |client| client
                .bridge("lobby #1")
                .create_with_id()
                .kind("mixing,dtmf_events")
                .name("The lobby: room 1")
                .variables([
                    ("COLOR", "red, or \"blue\"".into()),
                    ("SEEN", VariableValue::with_event_reporting("1"))
                ]),
            json!({
                "type": "mixing,dtmf_events",
                "bridgeId": "lobby #1",
                "name": "The lobby: room 1",
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
            })
        ),
        row!(
            "GET /bridges/{bridgeId}",
            |client| client.bridge("lobby #1").get(),
            json!({"bridgeId": "lobby #1"})
        ),
        row!(
            "DELETE /bridges/{bridgeId}",
            |client| client.bridge("lobby #1").destroy(),
            json!({"bridgeId": "lobby #1"})
        ),
        row!(
            "GET /bridges/{bridgeId}/variable",
            |client| client
                .bridge("lobby #1")
                .get_bridge_var("CHANNEL(audio read/format)"),
            json!({
                "bridgeId": "lobby #1",
                "variable": "CHANNEL(audio read/format)",
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/variable",
            |client| client
                .bridge("lobby #1")
                .set_bridge_var("CHANNEL(audio read/format)")
                .value("50% of \"a+b\" = é")
                .report_events(true),
            json!({
                "bridgeId": "lobby #1",
                "variable": "CHANNEL(audio read/format)",
                "value": "50% of \"a+b\" = é",
                "report_events": true,
            })
        ),
        row!(
            "GET /bridges/{bridgeId}/variables",
            |client| client
                .bridge("lobby #1")
                .get_bridge_vars(["TOPIC", "HASH(a,b)"]),
            json!({
                "bridgeId": "lobby #1",
                "variables": ["TOPIC", "HASH(a,b)"],
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/variables",
            |client| client.bridge("lobby #1").set_bridge_vars([
                ("COLOR", "red, or \"blue\"".into()),
                ("SEEN", VariableValue::with_event_reporting("1"))
            ]),
            json!({
                "bridgeId": "lobby #1",
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/addChannel",
            |client| client
                .bridge("lobby #1")
                .add_channel(["1700000000.1", "PJSIP/bob-00000002"])
                .role("announcer")
                .absorb_dtmf(true)
                .mute(true)
                .inhibit_connected_line_updates(true),
            json!({
                "bridgeId": "lobby #1",
                "channel": ["1700000000.1", "PJSIP/bob-00000002"],
                "role": "announcer",
                "absorbDTMF": true,
                "mute": true,
                "inhibitConnectedLineUpdates": true,
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/removeChannel",
            |client| client
                .bridge("lobby #1")
                .remove_channel(["1700000000.1", "PJSIP/bob-00000002"]),
            json!({
                "bridgeId": "lobby #1",
                "channel": ["1700000000.1", "PJSIP/bob-00000002"],
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/videoSource/{channelId}",
            |client| client.bridge("lobby #1").set_video_source("1700000000.6"),
            json!({
                "bridgeId": "lobby #1",
                "channelId": "1700000000.6",
            })
        ),
        row!(
            "DELETE /bridges/{bridgeId}/videoSource",
            |client| client.bridge("lobby #1").clear_video_source(),
            json!({"bridgeId": "lobby #1"})
        ),
        row!(
            "POST /bridges/{bridgeId}/moh",
            |client| client
                .bridge("lobby #1")
                .start_moh()
                .moh_class("jazz & blues"),
            json!({
                "bridgeId": "lobby #1",
                "mohClass": "jazz & blues",
            })
        ),
        row!(
            "DELETE /bridges/{bridgeId}/moh",
            |client| client.bridge("lobby #1").stop_moh(),
            json!({"bridgeId": "lobby #1"})
        ),
        row!(
            "POST /bridges/{bridgeId}/play",
            |client| client
                .bridge("lobby #1")
                .play(["sound:hello-world", "number:42"])
                .announcer_format("slin48")
                .lang("de_AT")
                .offset(Duration::from_millis(1500))
                .skip(Duration::from_millis(2500))
                .playback_id("greeting?1"),
            json!({
                "bridgeId": "lobby #1",
                "media": ["sound:hello-world", "number:42"],
                "announcer_format": "slin48",
                "lang": "de_AT",
                "offsetms": 1500,
                "skipms": 2500,
                "playbackId": "greeting?1",
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/play/{playbackId}",
            |client| client
                .bridge("lobby #1")
                .play_with_id("greeting?1", ["sound:hello-world", "number:42"])
                .announcer_format("slin48")
                .lang("de_AT")
                .offset(Duration::from_millis(1500))
                .skip(Duration::from_millis(2500)),
            json!({
                "bridgeId": "lobby #1",
                "playbackId": "greeting?1",
                "media": ["sound:hello-world", "number:42"],
                "announcer_format": "slin48",
                "lang": "de_AT",
                "offsetms": 1500,
                "skipms": 2500,
            })
        ),
        row!(
            "POST /bridges/{bridgeId}/record",
            |client| client
                .bridge("lobby #1")
                .record("2026/sunday call", "wav16")
                .recorder_format("slin192")
                .max_duration(Duration::from_secs(61))
                .max_silence(Duration::from_secs(7))
                .if_exists(bridges::RecordIfExists::Append)
                .beep(true)
                .terminate_on(bridges::RecordTerminateOn::Pound),
            json!({
                "bridgeId": "lobby #1",
                "name": "2026/sunday call",
                "format": "wav16",
                "recorder_format": "slin192",
                "maxDurationSeconds": 61,
                "maxSilenceSeconds": 7,
                "ifExists": "append",
                "beep": true,
                "terminateOn": "#",
            })
        ),
    ]
}
