//! Scenarios for endpoints: their states, operations on their calls, and messages.

use ari_test_support::AUTHORIZATION;
use serde_json::json;

use super::probe::{Probe, hang_up};
use super::scenario::{Scenario, scenario};

/// Creates an endpoint that is the server itself. It has only the calls to it; the calls that it
/// makes belong to `PJSIP/loop`.
async fn create_endpoint(probe: &Probe) {
    let fields = [
        ("aors", "loop"),
        ("from_user", "loop"),
        ("context", "testari"),
        ("allow", "ulaw"),
        ("direct_media", "false"),
    ];
    let fields = fields.map(|(name, value)| json!({"attribute": name, "value": value}));
    let target = "/ari/asterisk/config/dynamic/res_pjsip/endpoint/new";
    let body = json!({"fields": fields}).to_string();
    // The response is not compared, because it normalises some of the values.
    let body = Some(("application/json", &*body));
    let (status, _) = probe.exchange("PUT", target, body, AUTHORIZATION).await;
    assert_eq!(status, 200);
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "states of an endpoint",
        scenario!(probe, {
            create_endpoint(probe).await;
            // The creation is reported after a moment.
            probe.pause(300).await;
            let target = "/ari/applications/hello/subscription?eventSource=";
            for source in ["deviceState:PJSIP%2Fnew", "endpoint:PJSIP/new"] {
                probe.request("POST", &format!("{target}{source}")).await;
            }
            for device in [
                "PJSIP%2Fnew",
                "PJSIP%2Fphone",
                "PJSIP%2Fnope",
                "nope",
                "Custom:x",
            ] {
                probe
                    .request("GET", &format!("/ari/deviceStates/{device}"))
                    .await;
            }
            for (id, extension) in [("a", "1"), ("b", "ring")] {
                let target = "/ari/channels?app=hello";
                let endpoint = format!("endpoint=PJSIP/{extension}@new&channelId={id}");
                probe.request("POST", &format!("{target}&{endpoint}")).await;
                probe.pause(700).await;
                if extension == "1" {
                    for method in ["POST", "DELETE"] {
                        probe
                            .request(method, &format!("/ari/channels/{id}/hold"))
                            .await;
                        probe.pause(200).await;
                    }
                }
                probe.request("GET", "/ari/deviceStates/PJSIP%2Fnew").await;
                let statistics = format!("/ari/channels/{id}/rtp_statistics");
                probe.request("GET", &statistics).await;
                probe.request("GET", "/ari/endpoints/PJSIP/new").await;
                hang_up(probe, id).await;
                probe.pause(200).await;
            }
            for source in ["deviceState:PJSIP%2Fnew", "endpoint:PJSIP/new"] {
                probe.request("DELETE", &format!("{target}{source}")).await;
            }
            probe
                .request(
                    "DELETE",
                    "/ari/asterisk/config/dynamic/res_pjsip/endpoint/new",
                )
                .await;
        }),
    ),
    Scenario::new(
        "text messages",
        scenario!(probe, {
            let target = "/ari/applications/hello/subscription?eventSource=endpoint:PJSIP/loop";
            probe.request("POST", target).await;
            let headers = json!({"variables": {"X-Ticket": "42"}});
            let target = "/ari/endpoints/PJSIP/loop/sendMessage?from=pjsip:loop&body=hi";
            probe.request_json("PUT", target, headers).await;
            probe.wait_for("TextMessageReceived", "").await;
            let wrong = json!({"variables": {"X-Ticket": 42}});
            for query in [
                "to=pjsip:loop&from=loop&body=again",
                "to=pjsip:loop&from=loop",
                "to=pjsip:phone&from=loop",
                "to=pjsip:nope&from=loop",
                "to=PJSIP/loop&from=loop",
                "from=loop",
            ] {
                probe
                    .request("PUT", &format!("/ari/endpoints/sendMessage?{query}"))
                    .await;
                probe.pause(200).await;
            }
            probe
                .request_json("PUT", "/ari/endpoints/sendMessage?to=pjsip:loop", wrong)
                .await;
            for target in [
                "refer?to=pjsip:loop&from=loop&refer_to=sip:echo@127.0.0.1",
                "refer?to=pjsip:nope&from=loop&refer_to=sip:echo@127.0.0.1",
                "refer?from=loop&refer_to=sip:echo@127.0.0.1",
                "PJSIP/loop/refer?from=loop&refer_to=sip:echo@127.0.0.1",
                "PJSIP/phone/refer?from=loop&refer_to=sip:echo@127.0.0.1",
            ] {
                if probe.is_newer() {
                    probe
                        .request("POST", &format!("/ari/endpoints/{target}"))
                        .await;
                }
            }
            let target = "/ari/applications/hello/subscription?eventSource=endpoint:PJSIP/loop";
            probe.request("DELETE", target).await;
        }),
    ),
    Scenario::new(
        "ringing and progress reach the caller",
        scenario!(probe, {
            probe.connect("live", "app=live").await;
            let target = "/ari/channels?endpoint=Local/live@testari&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a;2").await;
            for (method, what) in [
                ("POST", "ring"),
                ("POST", "ring"),
                ("DELETE", "ring"),
                ("POST", "progress"),
                ("POST", "answer"),
            ] {
                if what != "progress" || probe.is_newer() {
                    probe
                        .request(method, &format!("/ari/channels/a;2/{what}"))
                        .await;
                    probe.pause(200).await;
                }
            }
            probe.wait_for("StasisStart", "a").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "video source of a bridge",
        scenario!(probe, {
            for target in [
                "channels?endpoint=Local/1@testari&app=hello&channelId=a",
                "channels?endpoint=Local/1@testari&extension=1&context=testari&channelId=o",
            ] {
                probe.request("POST", &format!("/ari/{target}")).await;
            }
            probe.wait_for("StasisStart", "a").await;
            probe.pause(650).await;
            probe
                .request("POST", "/ari/bridges/nope/videoSource/a")
                .await;
            probe
                .request("DELETE", "/ari/bridges/nope/videoSource")
                .await;
            for (bridge, kind) in [("v", "mixing,video_sfu"), ("w", "mixing")] {
                let target = format!("/ari/bridges?bridgeId={bridge}&type={kind}");
                probe.request("POST", &target).await;
                let bridge = format!("/ari/bridges/{bridge}");
                for (method, what) in [
                    ("POST", "/videoSource/nope"),
                    ("POST", "/videoSource/a"),
                    ("POST", "/videoSource/o"),
                    ("POST", "/addChannel?channel=a"),
                    ("POST", "/videoSource/a"),
                    ("POST", "/videoSource/a"),
                    ("GET", ""),
                    ("DELETE", "/videoSource"),
                    ("GET", ""),
                    ("POST", "/removeChannel?channel=a"),
                    ("GET", ""),
                ] {
                    probe.request(method, &format!("{bridge}{what}")).await;
                    probe.pause(150).await;
                }
                probe.request("DELETE", &bridge).await;
            }
            hang_up(probe, "a").await;
            probe.request("DELETE", "/ari/channels/o").await;
        }),
    ),
];
