//! Scenarios for unusual requests that real servers accept in some way.

use ari_test_support::AUTHORIZATION;
use serde_json::json;

use super::probe::{Probe, hang_up, originate};
use super::scenario::{Scenario, scenario};

/// Sends one request for each value of a parameter.
async fn request_each(probe: &mut Probe, method: &str, target: &str, values: &[&str]) {
    for value in values {
        probe.request(method, &format!("{target}{value}")).await;
    }
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "unusual device states",
        scenario!(probe, {
            for device in ["Stasis:odd", "Stasis:", "Odd"] {
                let target = format!("/ari/deviceStates/{device}");
                let states = ["inuse", "zork", "Not_Inuse", ""];
                request_each(probe, "PUT", &format!("{target}?deviceState="), &states).await;
                probe.request("GET", &target).await;
                probe.request("DELETE", &target).await;
            }
        }),
    ),
    Scenario::new(
        "unusual bodies",
        scenario!(probe, {
            for variables in [
                json!("x"),
                json!([]),
                json!(null),
                json!(5),
                json!({"a": 1}),
            ] {
                let body = json!({"variables": variables});
                let target = "/ari/events/user/odd?application=hello";
                probe.request_json("POST", target, body).await;
            }
            for filter in [
                json!([{"type": "Dial"}]),
                json!({"allowed": []}),
                json!({"zork": 1}),
                json!([5]),
                json!([{"zork": 1}]),
                json!({"allowed": {}}),
                json!({"disallowed": 5}),
                json!([]),
            ] {
                let target = "/ari/applications/hello/eventFilter";
                probe.request_json("PUT", target, filter).await;
            }
            probe.request("POST", "/ari/bridges/odd").await;
            probe.request("GET", "/ari/bridges/odd%00er").await;
            probe.request("DELETE", "/ari/bridges/odd%00er").await;
            let body = json!({"variable": "ODD", "value": "a\0b"});
            probe
                .request_json("POST", "/ari/asterisk/variable", body)
                .await;
            let target = "/ari/asterisk/variable?variable=ODD%00&value=a%00b";
            probe.request("POST", target).await;
            let parts = ["zork", "BUILD", "", ",", "%20build", "build,"];
            request_each(probe, "GET", "/ari/asterisk/info?only=", &parts).await;
        }),
    ),
    Scenario::new(
        "unusual bridge types",
        scenario!(probe, {
            for kinds in [
                "zork",
                "holding,mixing",
                "mixing,zork",
                "dtmf_events",
                "holding,dtmf_events",
                "",
                "Mixing",
                "proxy_media",
                "video_sfu",
                "video_single",
                "mixing,",
            ] {
                for target in ["?bridgeId=odd&", "/odd?", "?"] {
                    let target = format!("/ari/bridges{target}type={kinds}");
                    let bridge = probe.request("POST", &target).await;
                    if let Some(id) = bridge["id"].as_str() {
                        let answer = probe
                            .exchange("DELETE", &format!("/ari/bridges/{id}"), None, AUTHORIZATION)
                            .await;
                        probe.record_as("the bridge is destroyed", &answer);
                    }
                }
            }
        }),
    ),
    Scenario::new(
        "unusual media",
        scenario!(probe, {
            probe.request("POST", "/ari/bridges/odd").await;
            originate(probe, "a", "Local/1@testari").await;
            for target in ["/ari/bridges/odd/play", "/ari/channels/a/play"] {
                probe.request("POST", target).await;
                for media in [json!([]), json!(""), json!([""]), json!(["sound:beep", ""])] {
                    probe
                        .request_json("POST", target, json!({"media": media}))
                        .await;
                }
            }
            for target in ["/ari/bridges/odd/record", "/ari/channels/a/record"] {
                let target = format!("{target}?format=wav");
                let names = [
                    "",
                    "&name=",
                    "&name=odd&maxSilenceSeconds=-1",
                    "&name=..%2Fodd",
                ];
                request_each(probe, "POST", &target, &names).await;
            }
            for media in [
                json!(["silence:1", "sound:beep"]),
                json!(["recording:none", "number:x", "sound:beep"]),
                json!(["sound:beep", "zork:1", "sound:beep"]),
                json!(["sound:none", "sound:beep"]),
                json!("tone:zork"),
                json!(["tone:", "tone:ring/x", "sound:beep"]),
            ] {
                let body = json!({"media": media, "playbackId": "p"}).to_string();
                // The response is not compared, because it is chance which media is being played by
                // then.
                let body = Some(("application/json", &*body));
                let target = "/ari/channels/a/play";
                probe.exchange("POST", target, body, AUTHORIZATION).await;
                probe.wait_for("PlaybackFinished", "p").await;
            }
            // Tones that continue until they are stopped.
            for tone in [
                "ring",
                "440",
                "!440/100,!0/100",
                "440+x/100",
                "ring;tonezone=us",
            ] {
                let body = json!({"media": format!("tone:{tone}"), "playbackId": "t"});
                probe
                    .request_json("POST", "/ari/channels/a/play", body)
                    .await;
                probe.wait_for("PlaybackStarted", "t").await;
                probe.pause(200).await;
                probe.request("DELETE", "/ari/playbacks/t").await;
                probe.wait_for("PlaybackFinished", "t").await;
            }
            hang_up(probe, "a").await;
            probe.request("DELETE", "/ari/bridges/odd").await;
        }),
    ),
    Scenario::new(
        "unusual callers and endpoints",
        scenario!(probe, {
            for caller in [
                "%22A+%5C%22B%5C%22%22+%3C1%3E",
                "A,+B",
                "%2B49+1",
                "(555)+1-2.3",
                "%3C1",
                "A+%3C1%3E+B",
                "%22A",
                "*1%23",
                "%221%22",
                "a1",
            ] {
                let target = "/ari/channels?endpoint=Local/1@testari&app=hello&channelId=a";
                probe
                    .request("POST", &format!("{target}&callerId={caller}"))
                    .await;
                probe.wait_for("StasisStart", "a").await;
                hang_up(probe, "a").await;
            }
            for endpoint in ["lOCAL/1@testari/n", "pjsip/none", "Local/1@testari/zork"] {
                let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId=a");
                if probe.request("POST", &target).await["id"].is_string() {
                    probe.wait_for("StasisStart", "a").await;
                    hang_up(probe, "a").await;
                }
            }
            // These do not exist, so only their names appear.
            for endpoint in ["Local/none", "local/none@", "Local/none@none/n"] {
                let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId=a");
                probe.request("POST", &target).await;
                probe.pause(300).await;
            }
            let spies = [
                "",
                "&app=hello",
                "&spy=in",
                "&spy=zork",
                "&app=hello&spy=in",
            ];
            request_each(probe, "POST", "/ari/channels/none/snoop?", &spies).await;
        }),
    ),
    Scenario::new(
        "moving a channel to its current place",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe.request("POST", "/ari/bridges/odd").await;
            let target = "/ari/bridges/odd/addChannel?channel=a";
            probe.request("POST", target).await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            probe.request("POST", target).await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            probe.request("DELETE", "/ari/bridges/odd").await;
            probe.wait_for("ChannelLeftBridge", "a").await;
            // The channel is already at this extension, whose first step is not reported again.
            let target = "/ari/channels/a/continue?context=testari&extension=1";
            probe.request("POST", target).await;
            probe.wait_for("ChannelDialplan", "a").await;
            hang_up(probe, "a").await;
        }),
    ),
];
