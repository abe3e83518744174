//! Calls by SIP from this very server to itself: its own end of a call can do everything that
//! phones do.

use std::collections::BTreeSet;

use ari_api::Event;
use ari_api::channels::ChannelHandle;

use super::witness::CoverageRecorder;
use crate::live::session::APP;

/// Returns a redirection target: an extension of this server.
pub(super) fn target(witness: &CoverageRecorder<'_>, extension: &str) -> String {
    let port = witness.session.server.sip_port();
    format!("PJSIP/sip:{extension}@127.0.0.1:{port}")
}

/// Returns a redirection target that replaces another call: that of this arrived channel.
pub(super) async fn replacing(
    witness: &mut CoverageRecorder<'_>,
    extension: &str,
    far: &ChannelHandle,
) -> String {
    let mut dialog = Vec::new();
    for part in ["call-id", "local_tag", "remote_tag"] {
        let part = far.get_channel_var(format!("CHANNEL(pjsip,{part})"));
        dialog.push(witness.prove(part).await.value);
    }
    let [call, to, from] = &dialog[..] else {
        unreachable!()
    };
    let port = witness.session.server.sip_port();
    format!(
        "PJSIP/<sip:{extension}@127.0.0.1:{port}\
         ?Replaces={call}%3Bto-tag%3D{to}%3Bfrom-tag%3D{from}>"
    )
}

/// Makes a SIP call of which both ends are in the application.
pub(super) async fn entered(witness: &mut CoverageRecorder<'_>) -> (ChannelHandle, ChannelHandle) {
    let client = witness.client.clone();
    let call = client.channels().originate("PJSIP/live@loop").app(APP);
    let near = witness.prove(call).await.id;
    let far = arriving(witness).await;
    witness.prove(far.ring()).await;
    witness.prove_if_known(far.progress()).await;
    witness.prove(far.answer()).await;
    witness.session.wait_for_stasis_start(&near).await;
    (client.channel(near), far)
}

/// Returns the far end of a call to the extension `live`, which is not answered yet.
pub(super) async fn arriving(witness: &mut CoverageRecorder<'_>) -> ChannelHandle {
    let arrived = witness
        .session
        .wait("the arriving call", |event| match event {
            Event::StasisStart(start) if start.args == ["far"] => Some(start.channel.id.clone()),
            _ => None,
        });
    witness.client.channel(arrived.await)
}

/// Makes a SIP call that the dialplan bridges with another: returns its near end, which is in the
/// application, and its far end, which is in the bridge.
pub(super) async fn bridged(witness: &mut CoverageRecorder<'_>) -> (ChannelHandle, ChannelHandle) {
    let client = witness.client.clone();
    let call = client.channels().originate("PJSIP/bridge@loop").app(APP);
    let near = witness.prove(call).await.id;
    let (mut started, mut far, mut full) = (false, None, BTreeSet::new());
    let bridged = witness.session.wait("the bridge", |event| {
        match event {
            Event::StasisStart(start) => started |= start.channel.id == near,
            Event::ChannelEnteredBridge(entered) => {
                let bridge = entered.bridge.id.clone();
                let channel = entered.channel.as_ref().unwrap();
                if channel.name.starts_with("PJSIP/") {
                    far = Some((bridge.clone(), channel.id.clone()));
                }
                if entered.bridge.channels.len() == 2 {
                    full.insert(bridge);
                }
            }
            _ => {}
        }
        far.clone()
            .filter(|(bridge, _)| started && full.contains(bridge))
    });
    let (_, far) = bridged.await;
    (client.channel(near), client.channel(far))
}

/// Adds a third party to the bridge that a channel is in.
pub(super) async fn third_party(witness: &mut CoverageRecorder<'_>, channel: &ChannelHandle) {
    let client = witness.client.clone();
    let name = witness.prove(channel.get()).await.name;
    let call = client.channels().originate("Local/1@testari");
    let call = call.extension("join").context("testari");
    let third = witness.prove(call.variables([("TARGET", name)])).await.id;
    witness.events(&["ChannelEnteredBridge"], &third).await;
}
