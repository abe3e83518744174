//! Channels.

use std::time::Duration;

use ari_api::VariableValue;
use ari_api::channels;
use serde_json::json;

use super::{Row, row};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row!(
            "GET /channels",
            |client| client.channels().list(),
            json!({})
        ),
        row!(
            "POST /channels",
            |client| client
                .channels()
                .originate("PJSIP/100")
                .extension("7000")
                .context("from-internal")
                .priority(5_000_000_000)
                .label("after-dial")
                .app("front desk")
                .app_args(["one", "two, or \"three\""])
                .caller_id("\"Zoë\" <+4312345>")
                .timeout(Duration::from_secs(45))
                .variables([
                    ("COLOR", "red, or \"blue\"".into()),
                    ("SEEN", VariableValue::with_event_reporting("1"))
                ])
                .channel_id("1700000000.1;2")
                .other_channel_id("1700000000.3")
                .originator("1700000000.4")
                .formats(["ulaw", "slin16"]),
            json!({
                "endpoint": "PJSIP/100",
                "extension": "7000",
                "context": "from-internal",
                "priority": 5_000_000_000_i64,
                "label": "after-dial",
                "app": "front desk",
                "appArgs": ["one", "two, or \"three\""],
                "callerId": "\"Zoë\" <+4312345>",
                "timeout": 45,
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
                "channelId": "1700000000.1;2",
                "otherChannelId": "1700000000.3",
                "originator": "1700000000.4",
                "formats": ["ulaw", "slin16"],
            })
        ),
        row!(
            "POST /channels/create",
            |client| client
                .channels()
                .create("PJSIP/alice/sip:a@192.0.2.1", "front desk")
                .app_args(["one", "two, or \"three\""])
                .channel_id("1700000000.1;2")
                .other_channel_id("1700000000.3")
                .originator("1700000000.4")
                .formats(["ulaw", "slin16"])
                .variables([
                    ("COLOR", "red, or \"blue\"".into()),
                    ("SEEN", VariableValue::with_event_reporting("1"))
                ]),
            json!({
                "endpoint": "PJSIP/alice/sip:a@192.0.2.1",
                "app": "front desk",
                "appArgs": ["one", "two, or \"three\""],
                "channelId": "1700000000.1;2",
                "otherChannelId": "1700000000.3",
                "originator": "1700000000.4",
                "formats": ["ulaw", "slin16"],
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
            })
        ),
        row!(
            "GET /channels/{channelId}",
            |client| client.channel("1700000000.1;2").get(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}",
            |client| client
                .channel("1700000000.1;2")
                .originate_with_id("Local/1@testari")
                .extension("7000")
                .context("from-internal")
                .priority(5_000_000_000)
                .label("after-dial")
                .app("front desk")
                .app_args(["one", "two, or \"three\""])
                .caller_id("\"Zoë\" <+4312345>")
                .timeout(Duration::from_secs(45))
                .variables([
                    ("COLOR", "red, or \"blue\"".into()),
                    ("SEEN", VariableValue::with_event_reporting("1"))
                ])
                .other_channel_id("1700000000.3")
                .originator("1700000000.4")
                .formats(["ulaw", "slin16"]),
            json!({
                "channelId": "1700000000.1;2",
                "endpoint": "Local/1@testari",
                "extension": "7000",
                "context": "from-internal",
                "priority": 5_000_000_000_i64,
                "label": "after-dial",
                "app": "front desk",
                "appArgs": ["one", "two, or \"three\""],
                "callerId": "\"Zoë\" <+4312345>",
                "timeout": 45,
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
                "otherChannelId": "1700000000.3",
                "originator": "1700000000.4",
                "formats": ["ulaw", "slin16"],
            })
        ),
        row!(
            "DELETE /channels/{channelId}",
            |client| client
                .channel("1700000000.1;2")
                .hangup()
                .reason_code("21")
                .reason(channels::HangupReason::NormalUnspecified),
            json!({
                "channelId": "1700000000.1;2",
                "reason_code": "21",
                "reason": "normal_unspecified",
            })
        ),
        row!(
            "POST /channels/{channelId}/continue",
            |client| client
                .channel("1700000000.1;2")
                .continue_in_dialplan()
                .context("from-internal")
                .extension("7000")
                .priority(3)
                .label("after-dial"),
            json!({
                "channelId": "1700000000.1;2",
                "context": "from-internal",
                "extension": "7000",
                "priority": 3,
                "label": "after-dial",
            })
        ),
        row!(
            "POST /channels/{channelId}/move",
            |client| client
                .channel("1700000000.1;2")
                .r#move("front desk")
                .app_args(["one", "two (or \"three\")"]),
            json!({
                "channelId": "1700000000.1;2",
                "app": "front desk",
                "appArgs": ["one", "two (or \"three\")"],
            })
        ),
        row!(
            "POST /channels/{channelId}/redirect",
            |client| client.channel("1700000000.1;2").redirect("PJSIP/200"),
            json!({
                "channelId": "1700000000.1;2",
                "endpoint": "PJSIP/200",
            })
        ),
        row!(
            "POST /channels/{channelId}/answer",
            |client| client.channel("1700000000.1;2").answer(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}/ring",
            |client| client.channel("1700000000.1;2").ring(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "DELETE /channels/{channelId}/ring",
            |client| client.channel("1700000000.1;2").ring_stop(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}/progress",
            |client| client.channel("1700000000.1;2").progress(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}/dtmf",
            |client| client
                .channel("1700000000.1;2")
                .send_dtmf("12#*")
                .before(Duration::from_millis(11))
                .between(Duration::from_millis(22))
                .duration(Duration::from_millis(33))
                .after(Duration::from_millis(44)),
            json!({
                "channelId": "1700000000.1;2",
                "dtmf": "12#*",
                "before": 11,
                "between": 22,
                "duration": 33,
                "after": 44,
            })
        ),
        row!(
            "POST /channels/{channelId}/mute",
            |client| client
                .channel("1700000000.1;2")
                .mute()
                .direction(channels::MuteDirection::Out),
            json!({
                "channelId": "1700000000.1;2",
                "direction": "out",
            })
        ),
        row!(
            "DELETE /channels/{channelId}/mute",
            |client| client
                .channel("1700000000.1;2")
                .unmute()
                .direction(channels::MuteDirection::In),
            json!({
                "channelId": "1700000000.1;2",
                "direction": "in",
            })
        ),
        row!(
            "POST /channels/{channelId}/hold",
            |client| client.channel("1700000000.1;2").hold(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "DELETE /channels/{channelId}/hold",
            |client| client.channel("1700000000.1;2").unhold(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}/moh",
            |client| client
                .channel("1700000000.1;2")
                .start_moh()
                .moh_class("jazz & blues"),
            json!({
                "channelId": "1700000000.1;2",
                "mohClass": "jazz & blues",
            })
        ),
        row!(
            "DELETE /channels/{channelId}/moh",
            |client| client.channel("1700000000.1;2").stop_moh(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}/silence",
            |client| client.channel("1700000000.1;2").start_silence(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "DELETE /channels/{channelId}/silence",
            |client| client.channel("1700000000.1;2").stop_silence(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/{channelId}/play",
            |client| client
                .channel("1700000000.1;2")
                .play(["sound:a,b", "tone:ring(1)"])
                .lang("de_AT")
                .offset(Duration::from_millis(1500))
                .skip(Duration::from_millis(2500))
                .playback_id("greeting?1"),
            json!({
                "channelId": "1700000000.1;2",
                "media": ["sound:a,b", "tone:ring(1)"],
                "lang": "de_AT",
                "offsetms": 1500,
                "skipms": 2500,
                "playbackId": "greeting?1",
            })
        ),
        row!(
            "POST /channels/{channelId}/play/{playbackId}",
            |client| client
                .channel("1700000000.1;2")
                .play_with_id("greeting?1", ["sound:hello-world", "number:42"])
                .lang("de_AT")
                .offset(Duration::from_millis(1500))
                .skip(Duration::from_millis(2500)),
            json!({
                "channelId": "1700000000.1;2",
                "playbackId": "greeting?1",
                "media": ["sound:hello-world", "number:42"],
                "lang": "de_AT",
                "offsetms": 1500,
                "skipms": 2500,
            })
        ),
        row!(
            "POST /channels/{channelId}/record",
            |client| client
                .channel("1700000000.1;2")
                .record("2026/tuesday call", "wav16")
                .max_duration(Duration::from_secs(61))
                .max_silence(Duration::from_secs(7))
                .if_exists(channels::RecordIfExists::Append)
                .beep(true)
                .terminate_on(channels::RecordTerminateOn::Pound),
            json!({
                "channelId": "1700000000.1;2",
                "name": "2026/tuesday call",
                "format": "wav16",
                "maxDurationSeconds": 61,
                "maxSilenceSeconds": 7,
                "ifExists": "append",
                "beep": true,
                "terminateOn": "#",
            })
        ),
        row!(
            "GET /channels/{channelId}/variable",
            |client| client
                .channel("1700000000.1;2")
                .get_channel_var("CHANNEL(audio read/format)"),
            json!({
                "channelId": "1700000000.1;2",
                "variable": "CHANNEL(audio read/format)",
            })
        ),
        row!(
            "POST /channels/{channelId}/variable",
            |client| client
                .channel("1700000000.1;2")
                .set_channel_var("CHANNEL(audio read/format)")
                .value("50% of \"a+b\" = é")
                .report_events(true),
            json!({
                "channelId": "1700000000.1;2",
                "variable": "CHANNEL(audio read/format)",
                "value": "50% of \"a+b\" = é",
                "report_events": true,
            })
        ),
        row!(
            "GET /channels/{channelId}/variables",
            |client| client
                .channel("1700000000.1;2")
                .get_channel_vars(["CALLERID(name)", "EXTEN"]),
            json!({
                "channelId": "1700000000.1;2",
                "variables": ["CALLERID(name)", "EXTEN"],
            })
        ),
        row!(
            "POST /channels/{channelId}/variables",
            |client| client.channel("1700000000.1;2").set_channel_vars([
                ("COLOR", "red, or \"blue\"".into()),
                ("SEEN", VariableValue::with_event_reporting("1"))
            ]),
            json!({
                "channelId": "1700000000.1;2",
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
            })
        ),
        row!(
            "POST /channels/{channelId}/snoop",
            |client| client
                .channel("1700000000.1;2")
                .snoop_channel("front desk")
                .spy(channels::SnoopChannelSpy::In)
                .whisper(channels::SnoopChannelWhisper::Out)
                .app_args(["one", "two, or \"three\""])
                .snoop_id("snoop/1"),
            json!({
                "channelId": "1700000000.1;2",
                "spy": "in",
                "whisper": "out",
                "app": "front desk",
                "appArgs": ["one", "two, or \"three\""],
                "snoopId": "snoop/1",
            })
        ),
        row!(
            "POST /channels/{channelId}/snoop/{snoopId}",
            |client| client
                .channel("1700000000.1;2")
                .snoop_channel_with_id("snoop/1", "front desk")
                .spy(channels::SnoopChannelSpy::In)
                .whisper(channels::SnoopChannelWhisper::Out)
                .app_args(["one", "two, or \"three\""]),
            json!({
                "channelId": "1700000000.1;2",
                "snoopId": "snoop/1",
                "spy": "in",
                "whisper": "out",
                "app": "front desk",
                "appArgs": ["one", "two, or \"three\""],
            })
        ),
        row!(
            "POST /channels/{channelId}/dial",
            |client| client
                .channel("1700000000.1;2")
                .dial()
                .caller("1700000000.5")
                .timeout(Duration::from_secs(33)),
            json!({
                "channelId": "1700000000.1;2",
                "caller": "1700000000.5",
                "timeout": 33,
            })
        ),
        row!(
            "GET /channels/{channelId}/rtp_statistics",
            |client| client.channel("1700000000.1;2").rtp_statistics(),
            json!({"channelId": "1700000000.1;2"})
        ),
        row!(
            "POST /channels/externalMedia",
            |client| client
                .channels()
                .external_media("front desk", "wav16")
                .channel_id("1700000000.1;2")
                .variables([
                    ("COLOR", "red, or \"blue\"".into()),
                    ("SEEN", VariableValue::with_event_reporting("1"))
                ])
                .external_host("192.0.2.1:4000")
                .encapsulation(channels::ExternalMediaEncapsulation::Audiosocket)
                .transport(channels::ExternalMediaTransport::Tcp)
                .connection_type(channels::ExternalMediaConnectionType::Server)
                .direction(channels::ExternalMediaDirection::Both)
                .data("40325ec2-5efd-4bd3-805f-53576e581d13")
                .transport_data("f(json)v(a=b)"),
            json!({
                "channelId": "1700000000.1;2",
                "app": "front desk",
                "variables": {
                    "COLOR": "red, or \"blue\"",
                    "SEEN": {"value": "1", "report_events": true},
                },
                "external_host": "192.0.2.1:4000",
                "encapsulation": "audiosocket",
                "transport": "tcp",
                "connection_type": "server",
                "format": "wav16",
                "direction": "both",
                "data": "40325ec2-5efd-4bd3-805f-53576e581d13",
                "transport_data": "f(json)v(a=b)",
            })
        ),
        row!(
            "POST /channels/{channelId}/transfer_progress",
            |client| client
                .channel("1700000000.1;2")
                .transfer_progress("channel_unavailable"),
            json!({
                "channelId": "1700000000.1;2",
                "states": "channel_unavailable",
            })
        ),
    ]
}
