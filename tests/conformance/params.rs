//! Scenarios for reading parameters: limits, precedence and lists.

use serde_json::json;

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "JSON overrides the query, and the query a form",
        scenario!(probe, {
            let target = "/ari/asterisk/variable?variable=P&value=query";
            let form = "application/x-www-form-urlencoded";
            for (target, kind, body) in [
                (target, "application/json", "{\"value\":\"json\"}"),
                (target, form, "value=form"),
                ("/ari/asterisk/variable?variable=P", form, "value=form"),
                (
                    "/ari/asterisk/variable?variable=P&value=1&value=2",
                    form,
                    "",
                ),
                (target, form, "value=1&value=2"),
                (target, "application/json", "{\"value\":null}"),
                (target, "application/json", "{\"value\":7}"),
                (target, "application/json", "{\"value\":\"\"}"),
                (target, "application/json", "{\"value\":[\"x\"]}"),
                (
                    target,
                    "application/json ; charset=utf-8",
                    "{\"value\":\"x\"}",
                ),
                (
                    target,
                    "application/json;charset=utf-8",
                    "{\"value\":\"y\"}",
                ),
                (target, "Application/JSON", "{\"value\":\"z\"}"),
                (target, "", "{\"value\":\"n\"}"),
            ] {
                probe.request_with("POST", target, Some((kind, body))).await;
                probe
                    .request("GET", "/ari/asterisk/variable?variable=P")
                    .await;
            }
            let body = json!({"variable": "P"});
            probe
                .request_json("GET", "/ari/asterisk/variable", body)
                .await;
        }),
    ),
    Scenario::new(
        "invalid numbers and flags",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for body in [
                json!({"playbackId": "p1", "media": ["sound:beep"], "offsetms": "x"}),
                json!({"playbackId": "p2", "media": "sound:beep,sound:beep"}),
                json!({"media": [1]}),
                json!({"media": 1}),
                json!({"media": null}),
                json!({"media": []}),
                json!({"media": ["sound:beep"], "skipms": -1}),
                json!({"playbackId": "p3", "media": ["sound:beep"], "skipms": "-1"}),
                json!({"playbackId": "p4", "media": ["sound:beep"], "skipms": -1.5}),
            ] {
                probe
                    .request_json("POST", "/ari/channels/a/play", body)
                    .await;
            }
            for query in [
                "media=sound:beep&offsetms=-5x",
                "playbackId=p5&media=sound:beep&offsetms=x-5",
                "media=sound:beep&offsetms=%20-5",
                "playbackId=p6&media=sound:beep&offsetms=%2B5",
                "media=",
                "media=,",
            ] {
                probe
                    .request("POST", &format!("/ari/channels/a/play?{query}"))
                    .await;
            }
            probe.allow(&super::allowed_differences::PLAYBACK_EVENTS);
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "long lists",
        scenario!(probe, {
            let many = |count: usize| vec!["build"; count];
            for count in [127, 128, 129] {
                let target = format!("/ari/asterisk/info?only={}", many(count).join(","));
                probe.request("GET", &target).await;
                let body = json!({"only": many(count)});
                probe.request_json("GET", "/ari/asterisk/info", body).await;
            }
            let names = vec!["x"; 128].join(",");
            for (method, target) in [
                ("POST", format!("/ari/channels/nope/play?media={names}")),
                (
                    "POST",
                    format!("/ari/bridges/nope/addChannel?channel={names}"),
                ),
                (
                    "POST",
                    format!("/ari/applications/nope/subscription?eventSource={names}"),
                ),
                (
                    "POST",
                    format!("/ari/events/user/E?application=nope&source={names}"),
                ),
                (
                    "GET",
                    format!("/ari/channels/nope/variables?variables={names}"),
                ),
            ] {
                probe.request(method, &target).await;
            }
            for only in [
                "a%5C,b",
                "%22build,system%22",
                "(build,system)",
                "build,%20system",
                "build,,system",
            ] {
                probe
                    .request("GET", &format!("/ari/asterisk/info?only={only}"))
                    .await;
            }
        }),
    ),
    Scenario::new(
        "bodies that are too large",
        scenario!(probe, {
            let body = |size: usize| {
                let frame = json!({"variable": "B", "value": ""}).to_string().len();
                json!({"variable": "B", "value": "x".repeat(size - frame)}).to_string()
            };
            for size in [40_959, 40_960, 40_961, 50_000] {
                let body = body(size);
                let given = Some(("application/json", &*body));
                let answer = probe
                    .exchange(
                        "POST",
                        "/ari/asterisk/variable",
                        given,
                        ari_test_support::AUTHORIZATION,
                    )
                    .await;
                probe.record_as(&format!("{size} bytes"), &answer);
            }
        }),
    ),
    Scenario::new(
        "a body for a new bridge",
        scenario!(probe, {
            for body in [
                json!({"variables": {"a": "1"}}),
                json!({"type": "holding"}),
                json!({"bridgeId": "v", "name": "n"}),
                json!({"a": 1}),
                json!({}),
            ] {
                probe
                    .request_json("POST", "/ari/bridges?bridgeId=v", body)
                    .await;
                // The change becomes visible after a moment.
                probe.pause(100).await;
                probe.request("GET", "/ari/bridges/v").await;
                probe
                    .request("GET", "/ari/bridges/v/variable?variable=type")
                    .await;
                probe.request("DELETE", "/ari/bridges/v").await;
                probe.pause(100).await;
            }
            for body in [
                json!({"variables": {"a": "1"}}),
                json!({"variables": {"a": 1}}),
                json!({"type": "holding", "variables": {"a": {"value": "2", "report_events": true}}}),
            ] {
                probe.request_json("POST", "/ari/bridges/v", body).await;
                // The change becomes visible after a moment.
                probe.pause(100).await;
                probe.request("GET", "/ari/bridges/v").await;
                probe
                    .request("GET", "/ari/bridges/v/variable?variable=a")
                    .await;
                probe.request("DELETE", "/ari/bridges/v").await;
                probe.pause(100).await;
            }
        }),
    ),
];
