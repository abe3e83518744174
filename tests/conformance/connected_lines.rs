//, caller Scenarios for connected lines: the parties that channels in bridges are connected to.

use super::probe::{Probe, hang_up};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "connected lines in a bridge",
        scenario!(probe, {
            for (id, caller) in [("x", "X <1>"), ("y", "Y <2>"), ("z", "Z <3>"), ("w", "")] {
                originate_as(probe, id, caller).await;
            }
            probe
                .request("POST", "/ari/bridges?type=mixing&bridgeId=b")
                .await;
            for (change, id) in [
                ("addChannel", "x"),
                ("addChannel", "y"),
                // The third one changes nothing.
                ("addChannel", "z"),
                ("removeChannel", "x"),
                ("removeChannel", "z"),
                // No caller id is a caller id, too.
                ("addChannel", "w"),
                ("removeChannel", "w"),
                ("addChannel", "z&inhibitConnectedLineUpdates=true"),
                ("removeChannel", "z"),
                ("addChannel", "x"),
            ] {
                let target = format!("/ari/bridges/b/{change}?channel={id}");
                probe.request("POST", &target).await;
                probe.pause(100).await;
            }
            for id in ["w", "x", "y", "z"] {
                probe.request("GET", &format!("/ari/channels/{id}")).await;
            }
            let target = "/ari/bridges/b/removeChannel?channel=x";
            probe.request("POST", target).await;
            probe.wait_for("ChannelLeftBridge", "x").await;
            // The server's own channel takes part, too.
            probe.request("POST", "/ari/bridges/b/moh").await;
            probe.wait_for("ChannelConnectedLine", "y").await;
            probe.request("DELETE", "/ari/bridges/b/moh").await;
            // The other halves have the last connected lines as their caller ids.
            for id in ["w", "x", "y", "z"] {
                hang_up(probe, id).await;
            }
            probe.request("DELETE", "/ari/bridges/b").await;
        }),
    ),
    Scenario::new(
        "connected lines in a holding bridge, and then in a mixing one",
        scenario!(probe, {
            originate_as(probe, "x", "X <1>").await;
            originate_as(probe, "y", "Y <2>").await;
            for (id, kind) in [("h", "holding"), ("b", "mixing")] {
                let target = format!("/ari/bridges?type={kind}&bridgeId={id}");
                probe.request("POST", &target).await;
                let target = format!("/ari/bridges/{id}/addChannel?channel=x,y");
                probe.request("POST", &target).await;
                probe.wait_for("ChannelEnteredBridge", "y").await;
            }
            probe.wait_for("ChannelConnectedLine", "y").await;
            hang_up(probe, "y").await;
            hang_up(probe, "x").await;
            for id in ["h", "b"] {
                probe.request("DELETE", &format!("/ari/bridges/{id}")).await;
            }
        }),
    ),
];

/// Originates a call with a caller id, to the application `hello`.
async fn originate_as(probe: &mut Probe, id: &str, caller: &str) {
    let caller = caller.replace(' ', "%20").replace('<', "%3C");
    let target = format!("/ari/channels?endpoint=Local/1@testari&app=hello&channelId={id}");
    let target = format!("{target}&callerId={}", caller.replace('>', "%3E"));
    probe.request("POST", &target).await;
    probe.wait_for("StasisStart", id).await;
    // The other half takes its next step after it has waited for media.
    probe.pause(650).await;
}
