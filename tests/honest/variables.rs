//! Variables.

use super::probe::{call, hang_up};
use super::scenario::{Scenario, scenario};
use serde_json::json;

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "variables",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            // CONNECTEDLINE would reach the other half at its own pace; the fake keeps it where it
            // is set.
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
    Scenario::new(
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
];
