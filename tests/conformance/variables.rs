//! Scenarios for variables.

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};
use serde_json::json;

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "variables",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            // `CONNECTEDLINE` is not tested, because it would reach the other half with a delay,
            // while the fake only sets it on this channel.
            for (name, value) in [("X", "1"), ("CALLERID(name)", "Bob")] {
                probe
                    .request(
                        "POST",
                        &format!("/ari/channels/a/variable?variable={name}&value={value}"),
                    )
                    .await;
                // 16 responds before the variable is set.
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
                    .request("GET", &format!("/ari/channels/a/variable?variable={name}"))
                    .await;
            }
            probe.request("GET", "/ari/channels/a/variable").await;
            probe.request("POST", "/ari/channels/a/variable").await;
            probe
                .request(
                    "POST",
                    "/ari/channels/a/variable?variable=Y&value=2&report_events=true",
                )
                .await;
            probe
                .request_json(
                    "POST",
                    "/ari/channels/a/variables",
                    json!({"variables": {"Z": {"value": "3"}}}),
                )
                .await;
            probe
                .request_json(
                    "POST",
                    "/ari/channels/a/variables",
                    json!({"variables": {"Z": 3}}),
                )
                .await;
            probe
                .request_json("POST", "/ari/channels/a/variables", json!({"Z": "3"}))
                .await;
            probe
                .request("GET", "/ari/channels/a/variables?variables=X,Z")
                .await;
            probe
                .request("GET", "/ari/channels/a/variables?variables=X,NOPE")
                .await;
            probe.pause(100).await;
            probe.request("GET", "/ari/channels/a").await;
            for value in ["", "&value=v"] {
                probe
                    .request("POST", &format!("/ari/asterisk/variable?variable=G{value}"))
                    .await;
                probe
                    .request("GET", "/ari/asterisk/variable?variable=G")
                    .await;
            }
            probe.pause(700).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "variables of an originated call",
        scenario!(probe, {
            let body = json!({"endpoint": "Local/1@testari", "app": "hello", "channelId": "a",
            "variables": {"NAME": "value"}});
            probe.request_json("POST", "/ari/channels", body).await;
            probe.wait_for("StasisStart", "a").await;
            probe
                .request("GET", "/ari/channels/a/variable?variable=NAME")
                .await;
            probe
                .request("POST", "/ari/channels/a/variable?variable=NAME")
                .await;
            probe.pause(1200).await;
            probe
                .request("GET", "/ari/channels/a/variable?variable=NAME")
                .await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "invalid UTF-8",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for target in [
                "channels/a/variable?variable=BAD&value=x%FFy",
                "channels/a/variable?variable=PARTS&value=%C3(%E2%82z%C3%A9",
                "channels/a/variable?variable=N%FF&value=1",
                "asterisk/variable?variable=GBAD&value=x%FFy",
                "bridges/b",
                "bridges/b/variable?variable=BAD&value=x%FFy",
                "events/user/x%FF?application=hello",
                "channels/a/play?media=sound:x%FF",
            ] {
                probe.request("POST", &format!("/ari/{target}")).await;
                // 16 responds before the operation is executed.
                probe.pause(100).await;
            }
            for target in [
                "channels/a/variable?variable=BAD",
                "channels/a/variable?variable=N%FF",
                "channels/a/variables?variables=BAD",
                "asterisk/variable?variable=GBAD",
                "bridges/b/variable?variable=BAD",
                "bridges/b/variables?variables=BAD",
                "bridges/b",
            ] {
                probe.request("GET", &format!("/ari/{target}")).await;
            }
            let query = "endpoint=Local/1@testari&app=hello&channelId=c&appArgs=x%FF";
            probe
                .request("POST", &format!("/ari/channels?{query}"))
                .await;
            probe.pause(1000).await;
            probe.request("GET", "/ari/channels/c").await;
            probe.request("DELETE", "/ari/bridges/b").await;
            hang_up(probe, "a").await;
        }),
    ),
];
