//! Calls by SIP from this very server to itself: its own end of a call can do everything that
//! phones do.

use std::collections::BTreeSet;

use ari_api::Event;
use ari_api::channels::ChannelHandle;

use super::session::{APP, Session};

/// Returns a redirection target: an extension of this server.
pub(crate) fn target(session: &Session, extension: &str) -> String {
    let port = session.server.sip_port();
    format!("PJSIP/sip:{extension}@127.0.0.1:{port}")
}

/// Returns a redirection target that replaces another call: that of this arrived channel.
pub(crate) async fn replacing(
    session: &mut Session,
    extension: &str,
    far: &ChannelHandle,
) -> String {
    let mut dialog = Vec::new();
    for part in ["call-id", "local_tag", "remote_tag"] {
        let part = far.get_channel_var(format!("CHANNEL(pjsip,{part})"));
        dialog.push(part.await.unwrap().value);
    }
    let [call, to, from] = &dialog[..] else {
        unreachable!()
    };
    let port = session.server.sip_port();
    format!(
        "PJSIP/<sip:{extension}@127.0.0.1:{port}\
         ?Replaces={call}%3Bto-tag%3D{to}%3Bfrom-tag%3D{from}>"
    )
}

/// Makes a SIP call of which both ends are in the application.
pub(crate) async fn entered(session: &mut Session) -> (ChannelHandle, ChannelHandle) {
    let client = session.client.clone();
    let call = client.channels().originate("PJSIP/live@loop").app(APP);
    let near = call.await.unwrap().id;
    let far = arriving(session).await;
    far.ring().await.unwrap();
    session.send_if_known(far.progress()).await;
    far.answer().await.unwrap();
    session.wait_for_stasis_start(&near).await;
    (client.channel(near), far)
}

/// Returns the far end of a call to the extension `live`, which is not answered yet.
pub(crate) async fn arriving(session: &mut Session) -> ChannelHandle {
    let arrived = session.wait("the arriving call", |event| match event {
        Event::StasisStart(start) if start.args == ["far"] => Some(start.channel.id.clone()),
        _ => None,
    });
    let arrived = arrived.await;
    session.client.channel(arrived)
}

/// Makes a SIP call that the dialplan bridges with another: returns its near end, which is in the
/// application, and its far end, which is in the bridge.
pub(crate) async fn bridged(session: &mut Session) -> (ChannelHandle, ChannelHandle) {
    let client = session.client.clone();
    let call = client.channels().originate("PJSIP/bridge@loop").app(APP);
    let near = call.await.unwrap().id;
    let (mut started, mut far, mut full) = (false, None, BTreeSet::new());
    let bridged = session.wait("the bridge", |event| {
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
pub(crate) async fn third_party(session: &mut Session, channel: &ChannelHandle) {
    let client = session.client.clone();
    let name = channel.get().await.unwrap().name;
    let call = client.channels().originate("Local/1@testari");
    let call = call.extension("join").context("testari");
    let third = call.variables([("TARGET", name)]).await.unwrap().id;
    session
        .wait_for_kinds(&["ChannelEnteredBridge"], &third)
        .await;
}
