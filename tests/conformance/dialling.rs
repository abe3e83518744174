//! Scenarios for channels that are created and dialled, external media, and the return to the
//! dialplan.

use serde_json::json;

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "creating a channel, and rejected attempts",
        scenario!(probe, {
            originate(probe, "o", "Local/1@testari").await;
            for query in [
                "endpoint=Local/1@testari&app=hello&formats=nope",
                "endpoint=Local/1@testari&app=hello&formats=ulaw&originator=o",
                "endpoint=PJSIP/1@loop&app=hello&formats=nope",
                "endpoint=x&app=hello&formats=nope",
            ] {
                let target = format!("/ari/channels/create?{query}");
                probe.request("POST", &target).await;
            }
            for (id, query) in [("c", "originator=nope"), ("d", "formats=ulaw,alaw")] {
                let target = format!(
                    "/ari/channels/create?endpoint=Local/1@testari&app=hello&channelId={id}&{query}"
                );
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", id).await;
                hang_up(probe, id).await;
            }
            hang_up(probe, "o").await;
        }),
    ),
    Scenario::new(
        "dialling on behalf of another channel",
        scenario!(probe, {
            let body = json!({"endpoint": "Local/1@testari", "app": "hello", "channelId": "o",
                "callerId": "Bob <200>", "variables": {"_GIVEN": "2"}});
            probe.request_json("POST", "/ari/channels", body).await;
            probe.wait_for("StasisStart", "o").await;
            probe.pause(650).await;
            for (id, query) in [("c", "caller=o"), ("d", "caller=nope")] {
                let target = format!(
                    "/ari/channels/create?endpoint=Local/1@testari&app=hello&channelId={id}"
                );
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", id).await;
                let target = format!("/ari/channels/{id}/dial?{query}");
                probe.request("POST", &target).await;
                probe.pause(700).await;
                probe.request("GET", &format!("/ari/channels/{id}")).await;
                for name in ["GIVEN", "_GIVEN"] {
                    let target = format!("/ari/channels/{id}/variable?variable={name}");
                    probe.request("GET", &target).await;
                }
                hang_up(probe, id).await;
            }
            probe.request("POST", "/ari/channels/o/dial").await;
            let target = "/ari/channels?endpoint=Local/1@testari&extension=1&context=testari";
            probe
                .request("POST", &format!("{target}&channelId=p"))
                .await;
            probe.pause(300).await;
            probe.request("POST", "/ari/channels/p/dial").await;
            probe
                .request("POST", "/ari/channels/nope/dial?timeout=-1")
                .await;
            probe.request("DELETE", "/ari/channels/p").await;
            hang_up(probe, "o").await;
        }),
    ),
    Scenario::new(
        "a phone that forwards a call",
        scenario!(probe, {
            let target = "/ari/channels/create?endpoint=PJSIP/away@loop&app=hello&channelId=c";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "c").await;
            probe.pause(300).await;
            probe.request("POST", "/ari/channels/c/dial").await;
            probe.wait_for("ChannelDestroyed", "c").await;
        }),
    )
    .varying("22 may hang the channel up before it has the cause of the forwarding"),
    Scenario::new(
        "continuing in the dialplan",
        scenario!(probe, {
            for (id, query) in [
                ("a", "context=testari&extension=echo"),
                ("b", "extension=echo&priority=2"),
                ("c", "context=testari&extension=echo&label=2"),
                ("d", "label=2"),
                ("e", ""),
            ] {
                originate(probe, id, "Local/1@testari").await;
                let target = format!("/ari/channels/{id}/continue?{query}");
                probe.request("POST", &target).await;
                probe.pause(700).await;
                probe.request("GET", &format!("/ari/channels/{id}")).await;
                hang_up(probe, id).await;
            }
            let target = "/ari/channels?endpoint=Local/1@testari&extension=echo&context=testari";
            probe
                .request("POST", &format!("{target}&label=2&channelId=f"))
                .await;
            probe.pause(900).await;
            probe.request("GET", "/ari/channels/f").await;
            hang_up(probe, "f").await;
        }),
    ),
    Scenario::new(
        "kinds of external media",
        scenario!(probe, {
            let host = "external_host=127.0.0.1:19999&format";
            let audio = "slin&transport=tcp&encapsulation=audiosocket";
            let socket = "format=slin&transport=websocket&encapsulation=none";
            for query in [
                format!("{host}={audio}"),
                format!("{host}={audio}&data=zz"),
                format!("{host}=slin&encapsulation=audiosocket&data=x"),
                format!("external_host=127.0.0.1:19999&{socket}"),
                format!("external_host=nope&{socket}"),
                format!("{host}=ulaw&transport=x"),
                format!("{host}=ulaw&encapsulation=x"),
                format!("{host}=slin&transport=websocket&encapsulation=rtp"),
                format!("{host}=slin&transport=tcp"),
            ] {
                let target = format!("/ari/channels/externalMedia?app=hello&{query}");
                probe.request("POST", &target).await;
            }
            if probe.is_newer() {
                for query in ["direction=x", "connection_type=server"] {
                    let target = format!("/ari/channels/externalMedia?app=hello&{host}=ulaw");
                    probe.request("POST", &format!("{target}&{query}")).await;
                }
                let target = format!("/ari/channels/externalMedia?app=hello&{socket}");
                let target = format!("{target}&connection_type=server&channelId=w");
                probe.request("POST", &target).await;
                probe.pause(200).await;
                hang_up(probe, "w").await;
            }
            let target = format!("/ari/channels/externalMedia?app=hello&{host}=ulaw&channelId=m");
            probe.request("POST", &format!("{target}&data=x")).await;
            probe.wait_for("StasisStart", "m").await;
            hang_up(probe, "m").await;
        }),
    ),
    Scenario::new(
        "WebSocket channels that no program connects to",
        scenario!(probe, {
            if !probe.is_newer() {
                return;
            }
            let media = "transport=websocket&encapsulation=none&connection_type=server&format=slin";
            let target = format!("/ari/channels/externalMedia?app=hello&{media}");
            let variables = json!({"variables": {"A": "1", "_B": "2"}});
            probe
                .request_json("POST", &format!("{target}&channelId=v"), variables)
                .await;
            probe.pause(200).await;
            hang_up(probe, "v").await;
            for options in ["c(nope)", "d(nope)", "v(a=b)", "c(slin16)d(in)z"] {
                let target = format!("{target}&channelId=x&transport_data={options}");
                probe.request("POST", &target).await;
                probe.pause(200).await;
                probe.request("DELETE", "/ari/channels/x").await;
                probe.pause(200).await;
            }
            for endpoint in ["INCOMING/c(slin16)f(json)", "INCOMING/c(nope)", "nope"] {
                let target = "/ari/channels/create?app=hello&channelId=w";
                let target = format!("{target}&endpoint=WebSocket/{endpoint}");
                probe.request("POST", &target).await;
                probe.pause(200).await;
            }
            hang_up(probe, "w").await;
            probe.request("GET", "/media/nope").await;
        }),
    ),
];
