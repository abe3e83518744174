//! Scenarios for transfers that phones request.

use super::allowed_differences;
use super::probe::{Probe, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "transfers that the application carries out",
        scenario!(probe, {
            if !probe.is_newer() {
                return;
            }
            probe.call_from_phone("far").await;
            report(probe, "channel_answered").await;
            let handling = "/ari/channels/far/variable?variable=PJSIP_TRANSFER_HANDLING()";
            probe
                .request("POST", &format!("{handling}&value=ari-only"))
                .await;
            probe.transfer("far", "echo").await;
            requested(probe).await;
            report(probe, "channel_progress").await;
            report(probe, "nope").await;
            report(probe, "channel_answered").await;
            // There is no transfer any more.
            report(probe, "channel_declined").await;
            for state in ["channel_declined", "channel_unavailable"] {
                probe.transfer("far", "no-such").await;
                requested(probe).await;
                report(probe, state).await;
            }
            // In a bridge, alone and with another party.
            bridge(probe, "b", &["far"]).await;
            probe.transfer("far", "echo").await;
            requested(probe).await;
            report(probe, "channel_declined").await;
            originate(probe, "c", "Local/1@testari").await;
            bridge(probe, "b", &["c"]).await;
            probe.transfer("far", "echo").await;
            requested(probe).await;
            report(probe, "channel_declined").await;
            end(probe, &["far"], &["c"], &["b"]).await;
        }),
    ),
    Scenario::new(
        "attended transfers that the application carries out",
        scenario!(probe, {
            if !probe.is_newer() {
                return;
            }
            probe.call_from_phone("one").await;
            probe.call_from_phone("two").await;
            let handling = "/ari/channels/one/variable?variable=PJSIP_TRANSFER_HANDLING()";
            probe
                .request("POST", &format!("{handling}&value=ari-only"))
                .await;
            originate(probe, "c", "Local/1@testari").await;
            originate(probe, "d", "Local/1@testari").await;
            bridge(probe, "b", &["one", "c"]).await;
            bridge(probe, "e", &["two", "d"]).await;
            probe.attended_transfer("one", "two").await;
            requested(probe).await;
            end(probe, &["one", "two"], &["c", "d"], &["b", "e"]).await;
        }),
    ),
    Scenario::new(
        "transfers without another party",
        scenario!(probe, {
            probe.call_from_phone("one").await;
            probe.call_from_phone("two").await;
            probe.transfer("one", "echo").await;
            probe.wait_for("BridgeBlindTransfer", "one").await;
            probe.transfer("one", "no-such").await;
            probe.pause(200).await;
            bridge(probe, "b", &["two"]).await;
            probe.transfer("two", "echo").await;
            probe.wait_for("BridgeBlindTransfer", "two").await;
            probe
                .request("POST", "/ari/bridges/b/removeChannel?channel=two")
                .await;
            probe.wait_for("ChannelLeftBridge", "two").await;
            probe.attended_transfer("one", "two").await;
            probe.wait_for("BridgeAttendedTransfer", "").await;
            end(probe, &["one", "two"], &[], &["b"]).await;
        }),
    ),
    Scenario::new(
        "redirecting phones",
        scenario!(probe, {
            // The phone calls the target itself if it was not answered.
            let target = "redirect?endpoint=PJSIP/sip:busy@127.0.0.1:9";
            for (name, before) in [("one", ""), ("two", "ring")] {
                probe.ring_from_phone(name).await;
                if !before.is_empty() {
                    let target = format!("/ari/channels/{name}/{before}");
                    probe.request("POST", &target).await;
                }
                probe
                    .request("POST", &format!("/ari/channels/{name}/{target}"))
                    .await;
                probe.wait_for("StasisEnd", name).await;
                probe.pause(300).await;
                probe.request("GET", &format!("/ari/channels/{name}")).await;
            }
            probe.call_from_phone("three").await;
            probe
                .request("POST", &format!("/ari/channels/three/{target}"))
                .await;
            probe.pause(300).await;
            end(probe, &["three"], &[], &[]).await;
        }),
    ),
    Scenario::new(
        "blind transfers in a bridge",
        scenario!(probe, {
            for (extension, others) in [("echo", &["c"][..]), ("busy", &["c", "d"])] {
                let phone = format!("to-{extension}");
                probe.call_from_phone(&phone).await;
                bridge(probe, "b", &[&phone]).await;
                for id in others {
                    originate(probe, id, "Local/1@testari").await;
                    bridge(probe, "b", &[id]).await;
                }
                probe.transfer(&phone, "no-such").await;
                probe.pause(200).await;
                probe.transfer(&phone, extension).await;
                let replacement = format!("instead-of-{phone}");
                if extension == "echo" {
                    probe.wait_for("Dial", &replacement).await;
                } else {
                    probe.wait_for("StasisEnd", &replacement).await;
                }
                for target in [
                    format!("channels/{phone}"),
                    format!("channels/{replacement}"),
                    "channels/c".to_owned(),
                    "bridges/b".to_owned(),
                    "applications/hello".to_owned(),
                ] {
                    probe.request("GET", &format!("/ari/{target}")).await;
                }
                if extension == "echo" {
                    // It has left the bridge, and is still in the application.
                    bridge(probe, "e", &[&phone]).await;
                }
                end(probe, &[&phone], others, &["b", "e"]).await;
                let target = format!("/ari/channels/{replacement}");
                probe.request("DELETE", &target).await;
                probe.pause(300).await;
            }
        }),
    ),
    Scenario::new(
        "attended transfers in bridges",
        scenario!(probe, {
            probe.allow(&allowed_differences::TRANSFERRED_BRIDGE);
            for (id, name) in [("c", "C%20%3C1%3E"), ("d", "")] {
                let target = "/ari/channels?endpoint=Local/1@testari&app=hello";
                let target = format!("{target}&channelId={id}&callerId={name}");
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", id).await;
                probe.pause(650).await;
            }
            for (number, (with_first, with_second)) in [(true, true), (true, false), (false, true)]
                .into_iter()
                .enumerate()
            {
                let phones = [format!("first-{number}"), format!("second-{number}")];
                let bridges = [format!("b-{number}"), format!("e-{number}")];
                let parties = [with_first.then_some("c"), with_second.then_some("d")];
                for (leg, party) in parties.into_iter().enumerate() {
                    probe.call_from_phone(&phones[leg]).await;
                    if let Some(party) = party {
                        bridge(probe, &bridges[leg], &[&phones[leg], party]).await;
                    }
                }
                probe.attended_transfer(&phones[0], &phones[1]).await;
                probe.wait_for("StasisEnd", &phones[1]).await;
                probe.pause(300).await;
                let replacements = phones.each_ref().map(|phone| format!("instead-of-{phone}"));
                for id in ["c", "d"]
                    .into_iter()
                    .chain(replacements.iter().map(String::as_str))
                {
                    probe.request("GET", &format!("/ari/channels/{id}")).await;
                }
                if with_first {
                    probe.hang_up_phone(&phones[0]).await;
                    probe.wait_for("StasisEnd", &phones[0]).await;
                }
                for ((bridge, party), replacement) in bridges.iter().zip(parties).zip(&replacements)
                {
                    if let Some(party) = party {
                        empty(probe, bridge, &[replacement, party]).await;
                    }
                }
                let target = format!("/ari/channels/{}", replacements[0]);
                probe.request("DELETE", &target).await;
                // The phone of a call that was replaced may still be there.
                for phone in &phones {
                    probe.hang_up_phone(phone).await;
                }
                probe.pause(300).await;
            }
            end(probe, &[], &["c", "d"], &[]).await;
        }),
    ),
    Scenario::new(
        "attended transfers of phones that are alone in bridges",
        scenario!(probe, {
            probe.allow(&allowed_differences::TRANSFERRED_BRIDGE);
            for second in [None, Some("e")] {
                probe.call_from_phone("one").await;
                probe.call_from_phone("two").await;
                bridge(probe, "b", &["one"]).await;
                if let Some(second) = second {
                    bridge(probe, second, &["two"]).await;
                }
                probe.attended_transfer("one", "two").await;
                if let Some(second) = second {
                    probe.wait_for("StasisEnd", "two").await;
                    probe.pause(300).await;
                    end(probe, &["one"], &[], &[]).await;
                    empty(probe, "b", &["instead-of-one"]).await;
                    empty(probe, second, &["instead-of-two"]).await;
                    probe
                        .request("DELETE", "/ari/channels/instead-of-one")
                        .await;
                    probe.hang_up_phone("two").await;
                    probe.pause(300).await;
                } else {
                    probe.wait_for("BridgeAttendedTransfer", "").await;
                    end(probe, &["one", "two"], &[], &["b"]).await;
                }
            }
        }),
    ),
];

async fn report(probe: &mut Probe, state: &str) {
    let target = format!("/ari/channels/far/transfer_progress?states={state}");
    probe.request("POST", &target).await;
    probe.pause(200).await;
}

/// Waits for the event, and until the phone can receive reports.
async fn requested(probe: &mut Probe) {
    probe.wait_for("ChannelTransfer", "").await;
    probe.pause(300).await;
}

/// Adds channels to a bridge, which is created if necessary.
async fn bridge(probe: &mut Probe, id: &str, channels: &[&str]) {
    let known = probe.request("GET", &format!("/ari/bridges/{id}")).await;
    if known["id"].is_null() {
        let target = format!("/ari/bridges?type=mixing&bridgeId={id}");
        probe.request("POST", &target).await;
    }
    for channel in channels {
        let target = format!("/ari/bridges/{id}/addChannel?channel={channel}");
        probe.request("POST", &target).await;
        probe.wait_for("ChannelEnteredBridge", channel).await;
    }
    probe.pause(100).await;
}

/// Lets phones hang up, hangs up other channels and destroys bridges.
async fn end(probe: &mut Probe, phones: &[&str], channels: &[&str], bridges: &[&str]) {
    for phone in phones {
        probe.hang_up_phone(phone).await;
        probe.wait_for("StasisEnd", phone).await;
    }
    for channel in channels {
        probe
            .request("DELETE", &format!("/ari/channels/{channel}"))
            .await;
        probe.wait_for("ChannelDestroyed", channel).await;
    }
    for bridge in bridges {
        probe
            .request("DELETE", &format!("/ari/bridges/{bridge}"))
            .await;
        // Another thread destroys it.
        probe.pause(200).await;
    }
}

/// Removes the channels of a bridge, and destroys it.
async fn empty(probe: &mut Probe, bridge: &str, channels: &[&str]) {
    probe
        .request("GET", &format!("/ari/bridges/{bridge}"))
        .await;
    for channel in channels {
        let target = format!("/ari/bridges/{bridge}/removeChannel?channel={channel}");
        probe.request("POST", &target).await;
        probe.wait_for("ChannelLeftBridge", channel).await;
    }
    probe
        .request("DELETE", &format!("/ari/bridges/{bridge}"))
        .await;
}
