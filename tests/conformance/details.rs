//! Scenarios for details that are easy to get wrong.

use serde_json::json;

use super::allowed_differences;
use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "reading dialplan functions",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for name in [
                "CHANNEL(nope)",
                "CHANNEL()",
                "CHANNEL(language)",
                "CHANNEL(pjsip,call-id)",
                "CALLERID(nope)",
                "CALLERID()",
                "CALLERID(num)",
                "CONNECTEDLINE(num)",
                "CONNECTEDLINE(nope)",
                "NOSUCH(x)",
                "NOSUCH(x",
                "NO(SUCH",
                "X)",
            ] {
                let target = format!("/ari/channels/a/variable?variable={name}");
                probe.request("GET", &target).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "recordings of other formats",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            for format in [
                "gsm", "ulaw", "alaw", "sln", "g722", "sln16", "wav16", "WAV", "wav49",
            ] {
                let name = format!("f{format}");
                let target = format!("/ari/channels/a/record?name={name}&format={format}");
                if probe.request("POST", &target).await["name"].is_null() {
                    continue;
                }
                probe.wait_for("RecordingStarted", &name).await;
                probe.pause(200).await;
                probe
                    .request("POST", &format!("/ari/recordings/live/{name}/stop"))
                    .await;
                probe.wait_for("RecordingFinished", &name).await;
                probe.pause(100).await;
                let stored = format!("/ari/recordings/stored/{name}");
                probe.request("GET", &stored).await;
                probe.request("GET", &format!("{stored}/file")).await;
                probe.request("DELETE", &stored).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "file extensions of recordings",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            for format in [
                "slin16", "slin", "raw", "sln12", "sln24", "sln32", "sln44", "sln48", "sln96",
                "sln192", "pcm", "ul", "mu", "ulw", "al", "alw", "au", "vox", "ilbc", "g723",
                "g723sf", "g719", "g729", "h263", "h264", "siren7", "siren14", "ogg", "mp3",
                "opus", "g726-40", "g726-32", "g726-24", "g726-16", "g726", "Wav", "GSM",
            ] {
                // The name is checked only after the format.
                let target = format!("/ari/channels/a/record?name=../x&format={format}");
                probe.request("POST", &target).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "copies of recordings",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            probe
                .request("POST", "/ari/channels/a/record?name=orig&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "orig").await;
            probe.pause(200).await;
            probe.request("POST", "/ari/recordings/live/orig/stop").await;
            probe.wait_for("RecordingFinished", "orig").await;
            probe.pause(100).await;
            probe.request("POST", "/ari/recordings/stored/orig/copy").await;
            for copy in [
                "copy1",
                "copy2.wav",
                "dir/copy3",
                "../copy4",
                "copy5.gsm",
                "copy1",
                "copy.6.wav",
                "",
            ] {
                let target =
                    format!("/ari/recordings/stored/orig/copy?destinationRecordingName={copy}");
                probe.request("POST", &target).await;
            }
            for name in [
                "copy1",
                "copy2",
                "copy2.wav",
                "dir%2Fcopy3",
                "copy5",
                "copy5.gsm",
                "copy.6",
                "copy.6.wav",
                "orig.wav",
                "orig",
            ] {
                probe
                    .request("GET", &format!("/ari/recordings/stored/{name}"))
                    .await;
                probe
                    .request("DELETE", &format!("/ari/recordings/stored/{name}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "user events about endpoints with calls",
        scenario!(probe, {
            originate(probe, "a", "PJSIP/1@loop").await;
            let target =
                "/ari/events/user/E?application=hello&source=endpoint:PJSIP/loop,channel:a";
            probe
                .request_json(
                    "POST",
                    target,
                    json!({"variables": {"eventname": "x", "k": [1]}}),
                )
                .await;
            probe.wait_for("ChannelUserevent", "a").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "controlling spoken numbers",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for media in ["digits:123", "number:1234", "characters:abc", "tone:ring"] {
                let id = media.split(':').next().unwrap();
                probe
                    .request("POST", &format!("/ari/channels/a/play/{id}?media={media}"))
                    .await;
                probe.wait_for("PlaybackStarted", id).await;
                probe.pause(400).await;
                for operation in ["pause", "unpause", "forward", "restart"] {
                    let target = format!("/ari/playbacks/{id}/control?operation={operation}");
                    probe.request("POST", &target).await;
                    probe.pause(50).await;
                }
                probe.request("DELETE", &format!("/ari/playbacks/{id}")).await;
                probe.pause(100).await;
                probe.request("DELETE", &format!("/ari/playbacks/{id}")).await;
                if id != "tone" {
                    probe.wait_for("PlaybackFinished", id).await;
                }
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "DTMF keys by SIP",
        scenario!(probe, {
            probe.allow(&allowed_differences::SIP_DTMF_DURATION);
            let target = "/ari/channels?endpoint=PJSIP/dtmf@loop&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            for _ in 0..3 {
                probe.wait_for("ChannelDtmfReceived", "a").await;
            }
            probe.pause(300).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "controlling a sound",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait_for("PlaybackStarted", "p").await;
            probe.pause(400).await;
            for operation in [
                "forward", "reverse", "restart", "pause", "pause", "unpause", "unpause", "restart",
            ] {
                let target = format!("/ari/playbacks/p/control?operation={operation}");
                probe.request("POST", &target).await;
                probe.pause(200).await;
                probe.request("GET", "/ari/playbacks/p").await;
            }
            // Each request skips three of sixteen seconds.
            for _ in 0..6 {
                probe
                    .request("POST", "/ari/playbacks/p/control?operation=forward")
                    .await;
                probe.pause(100).await;
            }
            probe.wait_for("PlaybackFinished", "p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a recording that ends by itself",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            let target = "/ari/channels/a/record?name=m&format=wav&maxDurationSeconds=2";
            probe.request("POST", target).await;
            probe.wait_for("RecordingFinished", "m").await;
            probe.pause(100).await;
            probe.request("GET", "/ari/recordings/live/m").await;
            probe.request("DELETE", "/ari/recordings/stored/m").await;
            hang_up(probe, "a").await;
        }),
    )
    .varying("a real server compares whole seconds of its clock, so a recording that begins at the start of a second gets longer"),
];
