//! Scenarios for the order of checks if a request has several errors.

use serde_json::json;

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "order of checks for a new channel",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for target in ["/ari/channels", "/ari/channels/create", "/ari/channels/a"] {
                for query in [
                    "endpoint=&originator=x&formats=y",
                    "endpoint=x&originator=x&formats=y",
                    "endpoint=Local/1@testari&originator=x&formats=y",
                    "endpoint=PJSIP/nope&app=hello&channelId=a",
                    "endpoint=Nope/x&app=hello&channelId=a",
                    "endpoint=Local/1@testari&app=hello&channelId=a&originator=x",
                ] {
                    probe.request("POST", &format!("{target}?{query}")).await;
                }
                for query in ["", "?endpoint=x", "?endpoint=x&originator=x&formats=y"] {
                    let body = json!({"variables": {"A": 1}});
                    probe
                        .request_json("POST", &format!("{target}{query}"), body)
                        .await;
                }
            }
            for endpoint in ["Nope/x", "PJSIP/nope", "PJSIP/loop"] {
                let target = format!("/ari/endpoints/{endpoint}/sendMessage");
                let body = json!({"variables": {"A": 1}});
                probe.request_json("PUT", &target, body).await;
            }
            let target = "/ari/endpoints/sendMessage?to=nope:x";
            let body = json!({"variables": {"A": 1}});
            probe.request_json("PUT", target, body).await;
            for query in [
                "spy=both&app=hello&snoopId=a",
                "spy=both&app=&snoopId=a",
                "spy=nope&app=",
            ] {
                let target = format!("/ari/channels/a/snoop?{query}");
                probe.request("POST", &target).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "order of checks for external media",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            let target = "/ari/channels/externalMedia";
            let variables = json!({"variables": {"A": 1}});
            probe.request_json("POST", target, variables).await;
            for query in [
                "direction=nope",
                "transport=nope",
                "encapsulation=audiosocket",
                "encapsulation=nope&transport=nope",
                "connection_type=server",
                "transport=websocket",
                "transport=websocket&encapsulation=none",
                "transport=websocket&encapsulation=none&external_host=x",
                "transport=websocket&encapsulation=none&connection_type=server&direction=nope",
                "external_host=x&direction=nope",
                "external_host=127.0.0.1:9&connection_type=server",
                "external_host=127.0.0.1:9&direction=nope",
                "external_host=127.0.0.1:9&encapsulation=nope",
                "external_host=127.0.0.1:9&encapsulation=audiosocket&transport=tcp",
                "external_host=127.0.0.1:9&format=nope&direction=nope&transport=udp",
                "external_host=127.0.0.1:9&format=ulaw&transport=nope&direction=nope",
                "external_host=127.0.0.1:9&format=ulaw&channelId=a",
            ] {
                let target = format!("{target}?app=hello&{query}");
                probe.request("POST", &target).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "order of checks for playbacks and recordings",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/bridges?type=mixing&bridgeId=b")
                .await;
            for target in ["/ari/channels/a", "/ari/bridges/b"] {
                for query in [
                    "play?media=&offsetms=-1",
                    "play?offsetms=-1",
                    "play?media=sound:x&skipms=-1&offsetms=-1",
                    "record?name=r&format=nope&maxSilenceSeconds=-1",
                    "record?name=r&format=wav&maxDurationSeconds=-1&ifExists=nope",
                    "record?name=r&format=nope&ifExists=nope&terminateOn=z",
                    "record?name=&format=nope&ifExists=nope",
                    "record?name=&format=wav&terminateOn=z",
                    "record?name=&format=nope",
                ] {
                    probe.request("POST", &format!("{target}/{query}")).await;
                }
            }
            let query = "name=r&format=nope&ifExists=nope&recorder_format=nope";
            let target = format!("/ari/bridges/b/record?{query}");
            probe.request("POST", &target).await;
            probe
                .request("POST", "/ari/channels/a/mute?direction=")
                .await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=tone:ring")
                .await;
            probe.wait_for("PlaybackStarted", "p").await;
            probe.pause(300).await;
            for operation in ["", "nope"] {
                let target = format!("/ari/playbacks/p/control?operation={operation}");
                probe.request("POST", &target).await;
            }
            probe.request("DELETE", "/ari/playbacks/p").await;
            // The channel's thread ends the playback, in its own time.
            probe.wait_for("PlaybackFinished", "p").await;
            probe.request("DELETE", "/ari/bridges/b").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "order of checks for variables and participants",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/bridges?type=mixing&bridgeId=b")
                .await;
            let channel = "endpoint=Local/1@testari&extension=1&context=testari";
            let target = format!("/ari/channels?channelId=out&{channel}");
            probe.request("POST", &target).await;
            probe.pause(300).await;
            for object in [
                "channels/a",
                "channels/out",
                "channels/nope",
                "bridges/b",
                "bridges/nope",
            ] {
                let target = format!("/ari/{object}/variables");
                for body in [
                    json!({}),
                    json!([]),
                    json!({"variables": 1}),
                    json!({"variables": {"A": 1}}),
                    json!({"variables": {"A": {"value": "x", "report_events": "yes"}}}),
                ] {
                    probe.request_json("POST", &target, body).await;
                }
                for body in ["a=b", "variables=x", ""] {
                    probe
                        .request_with("POST", &target, Some((FORM, body)))
                        .await;
                }
                for query in ["", "?variables=", "?variables=,", "?variables=,X"] {
                    probe.request("GET", &format!("{target}{query}")).await;
                }
                for body in [json!({"variables": []}), json!({"variables": [""]})] {
                    probe.request_json("GET", &target, body).await;
                }
            }
            for body in [
                json!({"variables": {"A": "1"}}),
                json!({"variables": {"A": ""}}),
            ] {
                probe
                    .request_json("POST", "/ari/bridges/b/variables", body)
                    .await;
                probe
                    .request("GET", "/ari/bridges/b/variable?variable=A")
                    .await;
            }
            for channels in ["a,nope", "a,out", "out,nope", "a"] {
                let target = format!("/ari/bridges/b/removeChannel?channel={channels}");
                probe.request("POST", &target).await;
            }
            let filter = "/ari/applications/hello/eventFilter";
            probe.request_with("PUT", filter, Some((FORM, "a=b"))).await;
            probe.request("DELETE", "/ari/channels/out").await;
            probe.request("DELETE", "/ari/bridges/b").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "music and recordings of a bridge",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/bridges?type=mixing&bridgeId=b")
                .await;
            for query in ["?bridgeId=b&type=nope", "/b?type=nope", "/b?name=other"] {
                let target = format!("/ari/bridges{query}");
                probe.request("POST", &target).await;
            }
            probe.request("POST", "/ari/bridges/b/moh").await;
            probe
                .request("POST", "/ari/bridges/b/addChannel?channel=a")
                .await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            probe
                .request("POST", "/ari/bridges/b/removeChannel?channel=a")
                .await;
            probe.wait_for("ChannelLeftBridge", "a").await;
            probe.pause(300).await;
            // The music ended when the last channel left.
            probe.request("DELETE", "/ari/bridges/b/moh").await;
            let subscribe = "/ari/applications/hello/subscription?eventSource=bridge:b";
            probe.request("POST", subscribe).await;
            probe
                .request("POST", "/ari/bridges/b/record?name=r&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "r").await;
            probe.pause(300).await;
            // The file exists from the beginning of the recording, and is not written again after
            // it was deleted.
            probe.request("GET", "/ari/recordings/stored/r").await;
            let copy = "/ari/recordings/stored/r/copy?destinationRecordingName=copy";
            probe.request("POST", copy).await;
            probe.request("DELETE", "/ari/recordings/stored/copy").await;
            probe.request("DELETE", "/ari/recordings/stored/r").await;
            probe.request("POST", "/ari/recordings/live/r/stop").await;
            probe.wait_for("RecordingFinished", "r").await;
            probe.pause(300).await;
            probe.request("GET", "/ari/recordings/stored/r").await;
            probe
                .request("POST", "/ari/bridges/b/record?name=s&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "s").await;
            // The first recording can no longer be found after this.
            probe
                .request("POST", "/ari/bridges/b/record?name=s&format=wav")
                .await;
            probe.pause(300).await;
            probe.request("GET", "/ari/recordings/live/s").await;
            probe.request("DELETE", "/ari/bridges/b").await;
            probe.wait_for("RecordingFinished", "s").await;
            probe.pause(300).await;
            probe.request("DELETE", "/ari/recordings/stored/s").await;
            hang_up(probe, "a").await;
        }),
    ),
];
