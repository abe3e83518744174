//! The scenarios, and the comparison.

use ari_api::runtime::Version;
use serde_json::json;

use super::errors;
use super::probe::{Probe, Transcript};
use crate::asterisk::{Asterisk, Release};

/// A scenario for whatever server the probe is at.
macro_rules! scenario {
    ($probe:ident, $body:block) => {{
        async fn run($probe: &mut Probe) $body
        |probe| Box::pin(run(probe))
    }};
}

pub(crate) type Scenario =
    for<'a> fn(&'a mut Probe) -> std::pin::Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Calls an extension into the application `hello`.
async fn call(probe: &mut Probe, id: &str, endpoint: &str) {
    let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}");
    probe.call("POST", &target).await;
    probe.wait("StasisStart", id).await;
    // The far side says what it does next once it has waited for media.
    probe.pause(650).await;
}

async fn hang_up(probe: &mut Probe, id: &str) {
    probe.call("DELETE", &format!("/ari/channels/{id}")).await;
    probe.wait("ChannelDestroyed", id).await;
}

/// How often a scenario may be tried.
const ATTEMPTS: usize = 4;

/// The scenarios, by name. Each has an application `hello`.
const SCENARIOS: &[(&str, Scenario)] = &[
    (
        "tutorial",
        scenario!(probe, {
            let target =
                "/ari/channels?endpoint=Local/1@testari&app=hello&appArgs=world&channelId=a";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a").await;
            probe.call("POST", "/ari/channels/a/answer").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/play/p?media=sound:hello-world&lang=en",
                )
                .await;
            probe.wait("PlaybackFinished", "p").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "originate, answered by SIP",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=PJSIP/1@loop&app=hello&channelId=a&callerId=Bob%20%3C200%3E";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a").await;
            probe.call("DELETE", "/ari/channels/a?reason=busy").await;
            probe.wait("ChannelDestroyed", "a").await;
        }),
    ),
    (
        "originate, busy",
        scenario!(probe, {
            for (id, endpoint) in [("a", "Local/busy@testari"), ("b", "PJSIP/busy@loop")] {
                let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}");
                probe.call("POST", &target).await;
                probe.wait("ChannelDestroyed", id).await;
            }
            // The other half takes its tone to the end.
            probe.pause(1200).await;
        }),
    ),
    (
        "originate, no answer",
        scenario!(probe, {
            for (id, endpoint) in [("a", "Local/ring@testari"), ("b", "PJSIP/ring@loop")] {
                let target =
                    format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}&timeout=1");
                probe.call("POST", &target).await;
                probe.wait("ChannelDestroyed", id).await;
            }
        }),
    ),
    (
        "originate, no such extension",
        scenario!(probe, {
            for (id, endpoint) in [("a", "Local/no-such@testari"), ("b", "PJSIP/no-such@loop")] {
                let target =
                    format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}&timeout=5");
                probe.call("POST", &target).await;
                probe.pause(700).await;
            }
        }),
    ),
    (
        "the far side hangs up",
        scenario!(probe, {
            // Local channels end with 0 or 16, whichever half is quicker.
            probe.causes_vary = true;
            for (id, endpoint) in [("a", "Local/brief@testari"), ("b", "PJSIP/brief@loop")] {
                let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}");
                probe.call("POST", &target).await;
                probe.wait("ChannelDestroyed", id).await;
            }
        }),
    ),
    (
        "create and dial",
        scenario!(probe, {
            for (id, extension) in [("a", "1"), ("b", "busy"), ("c", "ring")] {
                let target = format!(
                    "/ari/channels/create?endpoint=Local/{extension}@testari&app=hello&appArgs=x,y&channelId={id}"
                );
                probe.call("POST", &target).await;
                probe.wait("StasisStart", id).await;
                let limit = if extension == "ring" { 1 } else { 9 };
                probe
                    .call("POST", &format!("/ari/channels/{id}/dial?timeout={limit}"))
                    .await;
                match extension {
                    "1" => {
                        probe.pause(650).await;
                        hang_up(probe, id).await;
                    }
                    _ => {
                        probe.wait("ChannelDestroyed", id).await;
                    }
                }
            }
        }),
    ),
    (
        "a created channel is not up",
        scenario!(probe, {
            probe
                .call(
                    "POST",
                    "/ari/channels/create?endpoint=Local/1@testari&app=hello&channelId=a",
                )
                .await;
            probe.wait("StasisStart", "a").await;
            probe.call("POST", "/ari/channels/a/answer").await;
            probe
                .call("POST", "/ari/channels/a/play?media=sound:beep")
                .await;
            probe.call("GET", "/ari/applications/hello").await;
            probe.call("DELETE", "/ari/channels/a?reason=busy").await;
            probe.wait("ChannelDestroyed", "a").await;
        }),
    ),
    (
        "a bridge of two",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            call(probe, "b", "Local/echo@testari").await;
            probe
                .call("POST", "/ari/bridges/x?type=mixing&name=both")
                .await;
            probe
                .call("POST", "/ari/bridges/x/addChannel?channel=a,b")
                .await;
            probe.wait("ChannelEnteredBridge", "b").await;
            probe.pause(300).await;
            probe.call("GET", "/ari/bridges/x").await;
            probe.call("GET", "/ari/applications/hello").await;
            probe
                .call("POST", "/ari/bridges/x/removeChannel?channel=a")
                .await;
            probe.wait("ChannelLeftBridge", "a").await;
            probe
                .call("POST", "/ari/bridges/x/removeChannel?channel=a")
                .await;
            probe.call("DELETE", "/ari/bridges/x").await;
            probe.wait("ChannelLeftBridge", "b").await;
            hang_up(probe, "a").await;
            hang_up(probe, "b").await;
        }),
    ),
    (
        "the media of a bridge",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            call(probe, "b", "Local/echo@testari").await;
            probe.call("POST", "/ari/bridges/y?type=mixing").await;
            probe
                .call(
                    "POST",
                    "/ari/applications/hello/subscription?eventSource=bridge:y",
                )
                .await;
            probe
                .call("POST", "/ari/bridges/y/addChannel?channel=a,b")
                .await;
            probe.pause(300).await;
            probe.call("DELETE", "/ari/bridges/y/moh").await;
            probe.call("POST", "/ari/bridges/y/moh").await;
            probe.pause(200).await;
            probe.call("DELETE", "/ari/bridges/y/moh").await;
            probe.pause(200).await;
            probe
                .call("POST", "/ari/bridges/y/play/p?media=sound:beep")
                .await;
            probe.wait("PlaybackFinished", "p").await;
            probe.pause(200).await;
            probe.call("DELETE", "/ari/bridges/y").await;
            probe.pause(300).await;
            hang_up(probe, "a").await;
            hang_up(probe, "b").await;
        }),
    ),
    (
        "a holding bridge, and a hang-up in it",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe.call("POST", "/ari/bridges/h?type=holding").await;
            probe
                .call("POST", "/ari/bridges/h/addChannel?channel=a&role=announcer")
                .await;
            probe.wait("ChannelEnteredBridge", "a").await;
            hang_up(probe, "a").await;
            probe.call("DELETE", "/ari/bridges/h").await;
        }),
    ),
    (
        "a list of media, stopped midway",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/play/p?media=sound:beep,sound:tt-monkeys,sound:beep",
                )
                .await;
            probe.wait("PlaybackContinuing", "p").await;
            probe.pause(500).await;
            probe.call("GET", "/ari/playbacks/p").await;
            probe
                .call("POST", "/ari/playbacks/p/control?operation=pause")
                .await;
            probe
                .call("POST", "/ari/playbacks/p/control?operation=unpause")
                .await;
            probe.call("DELETE", "/ari/playbacks/p").await;
            probe.wait("PlaybackFinished", "p").await;
            // It is told of a little before it is gone.
            probe.pause(200).await;
            probe.call("GET", "/ari/playbacks/p").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "playbacks wait for each other",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait("PlaybackStarted", "p").await;
            probe.pause(300).await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe
                .call("POST", "/ari/playbacks/q/control?operation=pause")
                .await;
            probe.call("DELETE", "/ari/playbacks/q").await;
            probe.call("DELETE", "/ari/playbacks/p").await;
            probe.wait("PlaybackFinished", "q").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "missing and senseless media",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/play/p?media=sound:missing")
                .await;
            probe.wait("PlaybackFinished", "p").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/play/q?media=sound:missing,sound:beep",
                )
                .await;
            probe.wait("PlaybackFinished", "q").await;
            for (id, media) in [
                ("r", "nonsense:x"),
                ("s", "recording:missing"),
                ("t", "number:x"),
                ("u", "x"),
            ] {
                probe
                    .call("POST", &format!("/ari/channels/a/play/{id}?media={media}"))
                    .await;
                probe.wait("PlaybackStarted", id).await;
            }
            probe.call("POST", "/ari/channels/a/play").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "a hang-up ends what plays and what waits",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait("PlaybackStarted", "p").await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.pause(200).await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "a recording and its file",
        scenario!(probe, {
            call(probe, "a", "Local/tone@testari").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/record?name=dir/r&format=wav&maxDurationSeconds=30",
                )
                .await;
            probe.wait("RecordingStarted", "dir/r").await;
            probe
                .call("POST", "/ari/recordings/live/dir%2Fr/pause")
                .await;
            probe.call("GET", "/ari/recordings/live/dir%2Fr").await;
            probe
                .call("DELETE", "/ari/recordings/live/dir%2Fr/pause")
                .await;
            probe
                .call("POST", "/ari/channels/a/record?name=dir/r&format=wav")
                .await;
            probe.pause(300).await;
            probe
                .call("POST", "/ari/recordings/live/dir%2Fr/stop")
                .await;
            probe.wait("RecordingFinished", "dir/r").await;
            probe.call("GET", "/ari/recordings/stored").await;
            probe.call("GET", "/ari/recordings/stored/dir%2Fr").await;
            probe
                .call("GET", "/ari/recordings/stored/dir%2Fr/file")
                .await;
            for _ in 0..2 {
                probe
                    .call(
                        "POST",
                        "/ari/recordings/stored/dir%2Fr/copy?destinationRecordingName=c",
                    )
                    .await;
            }
            for name in ["c", "c", "dir%2Fr"] {
                probe
                    .call("DELETE", &format!("/ari/recordings/stored/{name}"))
                    .await;
            }
            probe
                .call(
                    "POST",
                    "/ari/channels/a/record?name=s&format=wav&maxSilenceSeconds=20",
                )
                .await;
            probe.wait("RecordingStarted", "s").await;
            probe.pause(200).await;
            probe.call("DELETE", "/ari/recordings/live/s").await;
            probe.wait("RecordingFinished", "s").await;
            probe.pause(100).await;
            probe.call("GET", "/ari/recordings/stored").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "keys",
        scenario!(probe, {
            call(probe, "a", "Local/echo@testari").await;
            probe.call("POST", "/ari/channels/a/dtmf?dtmf=12").await;
            probe.pause(900).await;
            probe.call("POST", "/ari/channels/a/dtmf").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "small things a channel is told",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            for (method, what) in [
                ("POST", "ring"),
                ("DELETE", "ring"),
                ("POST", "mute?direction=both"),
                ("DELETE", "mute?direction=both"),
                ("POST", "mute"),
                ("POST", "mute?direction=x"),
                ("POST", "hold"),
                ("DELETE", "hold"),
                ("POST", "moh"),
                ("DELETE", "moh"),
                ("POST", "silence"),
                ("DELETE", "silence"),
                ("POST", "answer"),
                ("GET", "rtp_statistics"),
                ("POST", "progress"),
                ("POST", "dial"),
                ("POST", "redirect"),
                ("POST", "redirect?endpoint=x"),
                ("POST", "redirect?endpoint=No/x"),
                ("POST", "continue?label=x"),
            ] {
                probe.call(method, &format!("/ari/channels/a/{what}")).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    (
        "from one application to another",
        scenario!(probe, {
            probe.connect("other", "app=other").await;
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/move?app=nobody&appArgs=x,y")
                .await;
            probe.wait("ApplicationMoveFailed", "a").await;
            probe
                .call("POST", "/ari/channels/a/move?app=other&appArgs=x")
                .await;
            probe.wait("StasisStart", "a").await;
            probe.call("GET", "/ari/applications").await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "from the dialplan and back",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=Local/stasis@testari&extension=1&context=testari&channelId=a";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a;2").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a;2/continue?context=testari&extension=brief&priority=1",
                )
                .await;
            probe.wait("StasisEnd", "a;2").await;
            probe.pause(1500).await;
            probe.call("GET", "/ari/channels/a").await;
        }),
    ),
    (
        "variables",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            // CONNECTEDLINE would reach the other half at its own pace; the fake keeps it where it is set.
            for (name, value) in [("X", "1"), ("CALLERID(name)", "Bob")] {
                probe
                    .call(
                        "POST",
                        &format!("/ari/channels/a/variable?variable={name}&value={value}"),
                    )
                    .await;
                // 16 answers before it is done.
                probe.pause(100).await;
            }
            for name in [
                "X",
                "NOPE",
                "CALLERID(name)",
                "CALLERID(all)",
                "CHANNEL(state)",
                "EXTEN",
                "UNIQUEID",
                "NOSUCH(x)",
            ] {
                probe
                    .call("GET", &format!("/ari/channels/a/variable?variable={name}"))
                    .await;
            }
            probe.call("GET", "/ari/channels/a/variable").await;
            probe.call("POST", "/ari/channels/a/variable").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/variable?variable=Y&value=2&report_events=true",
                )
                .await;
            probe
                .json(
                    "POST",
                    "/ari/channels/a/variables",
                    json!({"variables": {"Z": {"value": "3"}}}),
                )
                .await;
            probe
                .json(
                    "POST",
                    "/ari/channels/a/variables",
                    json!({"variables": {"Z": 3}}),
                )
                .await;
            probe
                .json("POST", "/ari/channels/a/variables", json!({"Z": "3"}))
                .await;
            probe
                .call("GET", "/ari/channels/a/variables?variables=X,Z")
                .await;
            probe
                .call("GET", "/ari/channels/a/variables?variables=X,NOPE")
                .await;
            probe.pause(100).await;
            probe.call("GET", "/ari/channels/a").await;
            for value in ["", "&value=v"] {
                probe
                    .call("POST", &format!("/ari/asterisk/variable?variable=G{value}"))
                    .await;
                probe.call("GET", "/ari/asterisk/variable?variable=G").await;
            }
            probe.pause(700).await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "variables of a call",
        scenario!(probe, {
            let body = json!({"endpoint": "Local/1@testari", "app": "hello", "channelId": "a",
            "variables": {"NAME": "value"}});
            probe.json("POST", "/ari/channels", body).await;
            probe.wait("StasisStart", "a").await;
            probe
                .call("GET", "/ari/channels/a/variable?variable=NAME")
                .await;
            probe
                .call("POST", "/ari/channels/a/variable?variable=NAME")
                .await;
            probe.pause(1200).await;
            probe
                .call("GET", "/ari/channels/a/variable?variable=NAME")
                .await;
            hang_up(probe, "a").await;
        }),
    ),
    (
        "filters",
        scenario!(probe, {
            let target = "/ari/applications/hello/eventFilter";
            for body in [
                json!({"allowed": [{"type": "StasisEnd"}]}),
                json!({"filter": {"allowed": []}}),
                json!({"allowed": "x"}),
                json!({"allowed": [{"x": 1}]}),
                json!([1]),
                json!({}),
                json!({"disallowed": [{"type": "Dial"}]}),
            ] {
                probe.json("PUT", target, body).await;
            }
            call(probe, "a", "Local/1@testari").await;
            hang_up(probe, "a").await;
            probe
                .json("PUT", target, json!({"allowed": [], "disallowed": []}))
                .await;
        }),
    ),
    (
        "subscriptions",
        scenario!(probe, {
            // Of its own: 16 keeps what it is subscribed to beyond the scenario.
            probe.connect("subs", "app=subs").await;
            for source in [
                "x",
                "bridge:nope",
                "channel:nope",
                "endpoint:nope",
                "endpoint:PJSIP/loop",
                "endpoint:PJSIP",
                "deviceState:Stasis:l",
                "",
            ] {
                for method in ["POST", "DELETE"] {
                    probe
                        .call(
                            method,
                            &format!("/ari/applications/subs/subscription?eventSource={source}"),
                        )
                        .await;
                }
            }
            probe
                .call("POST", "/ari/applications/subs/subscription")
                .await;
            probe
                .call(
                    "POST",
                    "/ari/applications/nobody/subscription?eventSource=bridge:",
                )
                .await;
            probe.call("POST", "/ari/applications/subs/subscription?eventSource=channel:,bridge:,deviceState:Stasis:l").await;
            probe
                .call("PUT", "/ari/deviceStates/Stasis:l?deviceState=BUSY")
                .await;
            probe.call("GET", "/ari/deviceStates/Stasis:l").await;
            probe.call("DELETE", "/ari/deviceStates/Stasis:l").await;
            probe.call("POST", "/ari/bridges/s?type=mixing").await;
            probe.call("DELETE", "/ari/bridges/s").await;
            // The other half is answering while it is hung up.
            probe.racing = "a;2";
            probe
                .call(
                    "POST",
                    "/ari/channels?endpoint=Local/1@testari&app=nobody&channelId=a",
                )
                .await;
            probe.wait("ChannelDestroyed", "a").await;
        }),
    ),
    (
        "an application is replaced",
        scenario!(probe, {
            probe.connect("again", "app=hello").await;
            probe.wait("ApplicationReplaced", "").await;
            probe
                .call("POST", "/ari/events/user/E?application=hello")
                .await;
            probe.pause(200).await;
        }),
    ),
    (
        "an application that goes",
        scenario!(probe, {
            probe.connect("brief", "app=brief").await;
            probe.call("GET", "/ari/applications/brief").await;
            probe.close("brief");
            probe.pause(300).await;
            probe.call("GET", "/ari/applications/brief").await;
        }),
    ),
    (
        "own events",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .json(
                    "POST",
                    "/ari/events/user/E?application=hello",
                    json!({"variables": {"k": 1}}),
                )
                .await;
            for query in [
                "application=hello&source=channel:a",
                "application=nope",
                "",
                "application=hello&source=x:a",
                "application=hello&source=endpoint:PJSIP/nope",
            ] {
                probe
                    .call("POST", &format!("/ari/events/user/E?{query}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    (
        "listening in",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/snoop/s?app=hello&spy=both&appArgs=x",
                )
                .await;
            probe.wait("StasisStart", "s").await;
            hang_up(probe, "s").await;
            for query in ["", "app=hello", "app=hello&spy=none", "spy=both"] {
                probe
                    .call("POST", &format!("/ari/channels/a/snoop?{query}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    (
        "media to a program",
        scenario!(probe, {
            let target = "/ari/channels/externalMedia?app=hello&external_host=127.0.0.1:19999&format=ulaw&channelId=m";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "m").await;
            hang_up(probe, "m").await;
            for query in ["app=hello", "app=hello&external_host=x"] {
                probe
                    .call("POST", &format!("/ari/channels/externalMedia?{query}"))
                    .await;
            }
        }),
    ),
    (
        "a call on offer",
        scenario!(probe, {
            // The extension is not there in 16, which has no such application.
            if probe.newer {
                let target = "/ari/channels?endpoint=Local/offer@testari&extension=1&context=testari&channelId=a";
                probe.call("POST", target).await;
                probe.wait("CallBroadcast", "a;2").await;
                for _ in 0..2 {
                    probe
                        .call("POST", "/ari/events/claim?channelId=a;2&application=hello")
                        .await;
                }
                probe.wait("StasisStart", "a;2").await;
                probe.call("DELETE", "/ari/channels/a;2").await;
                probe.wait("StasisEnd", "a;2").await;
            }
        }),
    ),
    ("requests over the WebSocket", errors::OVER_THE_SOCKET),
    ("refusals of every kind", errors::REFUSALS),
    ("HTTP", errors::HTTP),
];

#[test]
fn the_fake_does_what_the_real_one_does() {
    let only = std::env::var("HONEST").unwrap_or_default();
    for (release, version) in [
        (Release::V22, Version::new(22, 10, 1)),
        (Release::V16, Version::new(16, 28, 0)),
    ] {
        let Some(real) = Asterisk::start(release) else {
            continue;
        };
        let newer = release == Release::V22;
        if newer {
            real.cli("dialplan add extension offer,1,StasisBroadcast(3000,,,yes) into testari");
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let mut differences = Vec::new();
        for (name, scenario) in SCENARIOS.iter().filter(|(name, _)| name.contains(&only)) {
            // The real one's threads race: what is told of the two halves of a call, and when, can
            // differ from one time to the next. What is wrong differs every time.
            let mut found = Vec::new();
            for _ in 0..ATTEMPTS {
                let fake = runtime.block_on(on_fake(version, newer, scenario));
                let real = runtime.block_on(transcript(real.http_port(), newer, scenario));
                found = compare(name, &fake, &real);
                if found.is_empty() {
                    break;
                }
            }
            differences.extend(found);
        }
        assert!(
            differences.is_empty(),
            "Asterisk {release}: {} differences:\n{}",
            differences.len(),
            differences.join("\n")
        );
    }
}

/// The same on a fake server of its own.
async fn on_fake(version: Version, newer: bool, scenario: &Scenario) -> Transcript {
    let offer = ari_mock::Step::StasisBroadcast(std::time::Duration::from_secs(3));
    let fake =
        ari_mock::Asterisk::builder()
            .version(version)
            .extension("testari", "offer", [offer]);
    let fake = fake.start().await.unwrap();
    let url = fake.url();
    let port = url.rsplit(':').next().unwrap().trim_end_matches("/ari");
    transcript(port.parse().unwrap(), newer, scenario).await
}

async fn transcript(port: u16, newer: bool, scenario: &Scenario) -> Transcript {
    let mut probe = Probe::new(port, newer);
    probe.connect("hello", "app=hello").await;
    scenario(&mut probe).await;
    probe.finish().await
}

fn compare(name: &str, fake: &Transcript, real: &Transcript) -> Vec<String> {
    let mut differences = Vec::new();
    if fake.answers.len() != real.answers.len() {
        let ends = (fake.answers.last(), real.answers.last());
        differences.push(format!("{name}: not as many answers, {ends:?}"));
    }
    for (fake, real) in fake.answers.iter().zip(&real.answers) {
        if fake != real {
            differences.push(format!("{name}:\n  fake {fake}\n  real {real}"));
        }
    }
    let keys: std::collections::BTreeSet<_> =
        fake.events.keys().chain(real.events.keys()).collect();
    for key in keys {
        let none = Vec::new();
        let fake = fake.events.get(key).unwrap_or(&none);
        let real = real.events.get(key).unwrap_or(&none);
        if fake != real {
            let (fake, real) = (fake.join("\n    "), real.join("\n    "));
            differences.push(format!(
                "{name}, {key}:\n  fake\n    {fake}\n  real\n    {real}"
            ));
        }
    }
    differences
}
