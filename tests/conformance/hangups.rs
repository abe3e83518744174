//! Scenarios for hanging up and its reasons.

use super::probe::{Probe, originate};
use super::scenario::{Scenario, scenario};

/// Hangs up one call for each reason.
async fn hang_up_for_each_reason(probe: &mut Probe, endpoint: &str, reasons: &[&str]) {
    for (number, reason) in reasons.iter().enumerate() {
        let id = format!("c{number}");
        originate(probe, &id, endpoint).await;
        let target = format!("/ari/channels/{id}?{reason}");
        if probe.request("DELETE", &target).await.is_null() {
            probe.wait_for("ChannelDestroyed", &id).await;
        } else {
            probe
                .request("DELETE", &format!("/ari/channels/{id}"))
                .await;
            probe.wait_for("ChannelDestroyed", &id).await;
        }
    }
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "hangup reasons",
        scenario!(probe, {
            let reasons = [
                "reason=normal",
                "reason=busy",
                "reason=congestion",
                "reason=no_answer",
                "reason=timeout",
                "reason=rejected",
                "reason=unallocated",
                "reason=normal_unspecified",
                "reason=number_incomplete",
                "reason=codec_mismatch",
                "reason=interworking",
                "reason=failure",
                "reason=answered_elsewhere",
                "reason=nonsense",
                "reason=",
            ];
            hang_up_for_each_reason(probe, "Local/1@testari", &reasons).await;
        }),
    ),
    Scenario::new(
        "hangup reason codes",
        scenario!(probe, {
            let reasons = [
                "reason_code=0",
                "reason_code=1",
                "reason_code=21",
                "reason_code=42",
                "reason_code=58",
                "reason_code=127",
                "reason_code=128",
                "reason_code=200",
                "reason_code=-1",
                "reason_code=x",
                "reason_code=17x",
                "reason_code=",
                "reason=busy&reason_code=21",
                "reason=&reason_code=21",
            ];
            hang_up_for_each_reason(probe, "PJSIP/1@loop", &reasons).await;
        }),
    ),
    Scenario::new(
        "texts and SIP statuses of all reason codes",
        scenario!(probe, {
            for endpoint in ["Local/1@testari", "PJSIP/1@loop"] {
                for code in 0..=130 {
                    let id = format!("{endpoint:.1}{code}");
                    let target = format!(
                        "/ari/channels/create?endpoint={endpoint}&app=hello&channelId={id}"
                    );
                    probe.request("POST", &target).await;
                    probe.wait_for("StasisStart", &id).await;
                    let target = format!("/ari/channels/{id}?reason_code={code}");
                    probe.request("DELETE", &target).await;
                    probe.wait_for("ChannelDestroyed", &id).await;
                }
            }
        }),
    ),
];
