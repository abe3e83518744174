//! Everything but the server, channels and bridges.

use ari_api::EventFilter;
use ari_api::{device_states, playbacks};
use serde_json::json;

use super::{Row, download, row, socket};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row!(
            "GET /endpoints",
            |client| client.endpoints().list(),
            json!({})
        ),
        row!(
            "PUT /endpoints/sendMessage",
            |client| client
                .endpoints()
                .send_message("pjsip:alice", "sip:bob@example.com")
                .body("Grüß dich; 1 + 1 = 2?")
                .variables([("X-Color", "red & blue"), ("X-Count", "12")]),
            json!({
                "to": "pjsip:alice",
                "from": "sip:bob@example.com",
                "body": "Grüß dich; 1 + 1 = 2?",
                "variables": {"X-Color": "red & blue", "X-Count": "12"},
            })
        ),
        row!(
            "POST /endpoints/refer",
            |client| client
                .endpoints()
                .refer(
                    "pjsip:alice",
                    "sip:bob@example.com",
                    "sip:carol@example.com"
                )
                .to_self(true)
                .variables([("X-Color", "red & blue"), ("X-Count", "12")]),
            json!({
                "to": "pjsip:alice",
                "from": "sip:bob@example.com",
                "refer_to": "sip:carol@example.com",
                "to_self": true,
                "variables": {"X-Color": "red & blue", "X-Count": "12"},
            })
        ),
        row!(
            "GET /endpoints/{tech}",
            |client| client.endpoints().list_by_tech("PJSIP"),
            json!({"tech": "PJSIP"})
        ),
        row!(
            "GET /endpoints/{tech}/{resource}",
            |client| client.endpoint("PJSIP", "alice@home").get(),
            json!({
                "tech": "PJSIP",
                "resource": "alice@home",
            })
        ),
        row!(
            "PUT /endpoints/{tech}/{resource}/sendMessage",
            |client| client
                .endpoint("PJSIP", "alice@home")
                .send_message_to_endpoint("sip:bob@example.com")
                .body("Grüß dich; 1 + 1 = 2?")
                .variables([("X-Color", "red & blue"), ("X-Count", "12")]),
            json!({
                "tech": "PJSIP",
                "resource": "alice@home",
                "from": "sip:bob@example.com",
                "body": "Grüß dich; 1 + 1 = 2?",
                "variables": {"X-Color": "red & blue", "X-Count": "12"},
            })
        ),
        row!(
            "POST /endpoints/{tech}/{resource}/refer",
            |client| client
                .endpoint("PJSIP", "alice@home")
                .refer_to_endpoint("sip:bob@example.com", "sip:carol@example.com")
                .to_self(true)
                .variables([("X-Color", "red & blue"), ("X-Count", "12")]),
            json!({
                "tech": "PJSIP",
                "resource": "alice@home",
                "from": "sip:bob@example.com",
                "refer_to": "sip:carol@example.com",
                "to_self": true,
                "variables": {"X-Color": "red & blue", "X-Count": "12"},
            })
        ),
        row!(
            "GET /recordings/stored",
            |client| client.recordings().list_stored(),
            json!({})
        ),
        row!(
            "GET /recordings/stored/{recordingName}",
            |client| client.stored_recording("2026/monday call").get_stored(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "DELETE /recordings/stored/{recordingName}",
            |client| client.stored_recording("2026/monday call").delete_stored(),
            json!({"recordingName": "2026/monday call"})
        ),
        download!(
            "GET /recordings/stored/{recordingName}/file",
            |client| client
                .stored_recording("2026/monday call")
                .get_stored_file(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "POST /recordings/stored/{recordingName}/copy",
            |client| client
                .stored_recording("2026/monday call")
                .copy_stored("archive/monday"),
            json!({
                "recordingName": "2026/monday call",
                "destinationRecordingName": "archive/monday",
            })
        ),
        row!(
            "GET /recordings/live/{recordingName}",
            |client| client.live_recording("2026/monday call").get_live(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "DELETE /recordings/live/{recordingName}",
            |client| client.live_recording("2026/monday call").cancel(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "POST /recordings/live/{recordingName}/stop",
            |client| client.live_recording("2026/monday call").stop(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "POST /recordings/live/{recordingName}/pause",
            |client| client.live_recording("2026/monday call").pause(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "DELETE /recordings/live/{recordingName}/pause",
            |client| client.live_recording("2026/monday call").unpause(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "POST /recordings/live/{recordingName}/mute",
            |client| client.live_recording("2026/monday call").mute(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "DELETE /recordings/live/{recordingName}/mute",
            |client| client.live_recording("2026/monday call").unmute(),
            json!({"recordingName": "2026/monday call"})
        ),
        row!(
            "GET /sounds",
            |client| client.sounds().list().lang("de_AT").format("gsm"),
            json!({
                "lang": "de_AT",
                "format": "gsm",
            })
        ),
        row!(
            "GET /sounds/{soundId}",
            |client| client.sounds().get("digits/1"),
            json!({"soundId": "digits/1"})
        ),
        row!(
            "GET /playbacks/{playbackId}",
            |client| client.playback("greeting?1").get(),
            json!({"playbackId": "greeting?1"})
        ),
        row!(
            "DELETE /playbacks/{playbackId}",
            |client| client.playback("greeting?1").stop(),
            json!({"playbackId": "greeting?1"})
        ),
        row!(
            "POST /playbacks/{playbackId}/control",
            |client| client
                .playback("greeting?1")
                .control(playbacks::ControlOperation::Forward),
            json!({
                "playbackId": "greeting?1",
                "operation": "forward",
            })
        ),
        row!(
            "GET /deviceStates",
            |client| client.device_states().list(),
            json!({})
        ),
        row!(
            "GET /deviceStates/{deviceName}",
            |client| client.device_state("Stasis:front door").get(),
            json!({"deviceName": "Stasis:front door"})
        ),
        row!(
            "PUT /deviceStates/{deviceName}",
            |client| client
                .device_state("Stasis:front door")
                .update(device_states::UpdateDeviceState::Ringinuse),
            json!({
                "deviceName": "Stasis:front door",
                "deviceState": "RINGINUSE",
            })
        ),
        row!(
            "DELETE /deviceStates/{deviceName}",
            |client| client.device_state("Stasis:front door").delete(),
            json!({"deviceName": "Stasis:front door"})
        ),
        row!(
            "GET /mailboxes",
            |client| client.mailboxes().list(),
            json!({})
        ),
        row!(
            "GET /mailboxes/{mailboxName}",
            |client| client.mailbox("100@default").get(),
            json!({"mailboxName": "100@default"})
        ),
        row!(
            "PUT /mailboxes/{mailboxName}",
            |client| client.mailbox("100@default").update(3, 5),
            json!({
                "mailboxName": "100@default",
                "oldMessages": 3,
                "newMessages": 5,
            })
        ),
        row!(
            "DELETE /mailboxes/{mailboxName}",
            |client| client.mailbox("100@default").delete(),
            json!({"mailboxName": "100@default"})
        ),
        socket!(
            "GET /events",
            |client| client
                .events()
                .event_websocket(["front desk", "back office"])
                .subscribe_all(true),
            json!({
                "app": ["front desk", "back office"],
                "subscribeAll": true,
            })
        ),
        row!(
            "POST /events/user/{eventName}",
            |client| client
                .events()
                .user_event("door opened", "back office")
                .source(["channel:1700000000.1", "bridge:lobby"])
                .variables([("door", json!("front")), ("open", json!({"since": 12}))]),
            json!({
                "eventName": "door opened",
                "application": "back office",
                "source": ["channel:1700000000.1", "bridge:lobby"],
                "variables": {"door": "front", "open": {"since": 12}},
            })
        ),
        row!(
            "POST /events/claim",
            |client| client
                .events()
                .claim_channel("1700000000.1;2", "back office"),
            json!({
                "channelId": "1700000000.1;2",
                "application": "back office",
            })
        ),
        row!(
            "GET /applications",
            |client| client.applications().list(),
            json!({})
        ),
        row!(
            "GET /applications/{applicationName}",
            |client| client.application("hello/wörld").get(),
            json!({"applicationName": "hello/wörld"})
        ),
        row!(
            "POST /applications/{applicationName}/subscription",
            |client| client
                .application("hello/wörld")
                .subscribe(["channel:1700000000.1", "deviceState:Stasis:door"]),
            json!({
                "applicationName": "hello/wörld",
                "eventSource": ["channel:1700000000.1", "deviceState:Stasis:door"],
            })
        ),
        row!(
            "DELETE /applications/{applicationName}/subscription",
            |client| client
                .application("hello/wörld")
                .unsubscribe(["channel:1700000000.1", "deviceState:Stasis:door"]),
            json!({
                "applicationName": "hello/wörld",
                "eventSource": ["channel:1700000000.1", "deviceState:Stasis:door"],
            })
        ),
        row!(
            "PUT /applications/{applicationName}/eventFilter",
            |client| client.application("hello/wörld").filter().filter(
                EventFilter::new()
                    .allow(["StasisStart", "RESTResponse"])
                    .disallow(["Dial"])
            ),
            json!({
                "applicationName": "hello/wörld",
                "filter": {
                    "allowed": [{"type": "StasisStart"}, {"type": "RESTResponse"}],
                    "disallowed": [{"type": "Dial"}],
                },
            })
        ),
    ]
}
