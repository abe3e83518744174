//! Transfers: SIP phones request them with REFER. Here the near end of a call to this very server
//! does so, because `redirect` sends a REFER on an answered call.

use std::time::Duration;

use ari_api::channels::ChannelHandle;
use tokio::time::sleep;

use super::session::{Session, on_every_release};
use super::sip_calls::{bridged, entered, replacing, target, third_party};

#[test]
fn transfers_by_applications_are_reported() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        for attended in [false, true] {
            left_to_the_application(session, attended).await;
        }
    });
}

#[test]
fn transfers_by_the_dialplan_are_reported() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        for parties in [2, 3] {
            blind(session, parties).await;
            attended(session, parties).await;
            into_the_application(session, parties).await;
        }
        linked(session).await;
    });
}

/// The phone is in an application, which controls the transfer.
async fn left_to_the_application(session: &mut Session, attended: bool) {
    let (near, far) = entered(session).await;
    let endpoint = if attended {
        let (_, other) = entered(session).await;
        accompany(session, &far).await;
        accompany(session, &other).await;
        replacing(session, "live", &other).await
    } else {
        target(session, "echo")
    };
    if session.is_at_least(22) {
        let handling = far.set_channel_var("PJSIP_TRANSFER_HANDLING()");
        handling.value("ari-only").await.unwrap();
        near.redirect(endpoint).await.unwrap();
        let id = far.channel_id();
        session.wait_for_kinds(&["ChannelTransfer"], id).await;
    }
    // Within milliseconds after the REFER, `transfer_progress` terminated the whole server once.
    sleep(Duration::from_millis(500)).await;
    // Not for an attended transfer: that terminated the whole server once in twenty runs.
    let states = ["channel_progress", "channel_answered"];
    for state in states.into_iter().filter(|_| !attended) {
        let sent = session.send_if_known(far.transfer_progress(state));
        if sent.await.is_some() {
            session.wait_for_kinds(&["ChannelTransfer"], state).await;
        }
    }
    far.hangup().await.unwrap();
}

/// Adds a channel to a bridge, together with other channels.
async fn accompany(session: &mut Session, channel: &ChannelHandle) {
    let client = session.client.clone();
    let company = session.call("1").await;
    let bridge = client.bridges().create().await.unwrap().id;
    let channels = [channel.channel_id(), company.channel_id()];
    let add = client.bridge(bridge).add_channel(channels);
    add.await.unwrap();
    for channel in channels {
        session
            .wait_for_kinds(&["ChannelEnteredBridge"], channel)
            .await;
    }
}

/// The phone is in a call that the dialplan made. Two or more other parties are transferred
/// together, behind a channel that replaces the phone.
async fn blind(session: &mut Session, parties: usize) {
    let (near, far) = bridged(session).await;
    let of = if parties > 2 {
        third_party(session, &far).await;
        "replace_channel"
    } else {
        far.channel_id()
    };
    let endpoint = target(session, "echo");
    near.redirect(endpoint).await.unwrap();
    session.wait_for_kinds(&["BridgeBlindTransfer"], of).await;
}

/// The phone is in two such calls, and joins them. A single other party moves to the other bridge,
/// more parties are merged.
async fn attended(session: &mut Session, parties: usize) {
    let (first, far) = bridged(session).await;
    let (_, other) = bridged(session).await;
    let mut expected = vec!["BridgeAttendedTransfer"];
    if parties > 2 {
        third_party(session, &far).await;
        third_party(session, &other).await;
        expected.push("BridgeMerged");
    }
    let endpoint = replacing(session, "bridge", &other).await;
    first.redirect(endpoint).await.unwrap();
    session.wait_for_kinds(&expected, far.channel_id()).await;
}

/// The second of the calls is in an application, and the other party of the first replaces the
/// phone, or a channel that represents several parties.
async fn into_the_application(session: &mut Session, parties: usize) {
    let (first, far) = bridged(session).await;
    if parties > 2 {
        third_party(session, &far).await;
    }
    let (_, other) = entered(session).await;
    let endpoint = replacing(session, "live", &other).await;
    first.redirect(endpoint).await.unwrap();
    let expected = ["BridgeAttendedTransfer", "StasisStart"];
    session.wait_for_kinds(&expected, other.channel_id()).await;
}

/// The phone is in two bridges of an application. Those are never merged, but linked.
async fn linked(session: &mut Session) {
    let (first, far) = entered(session).await;
    let (_, other) = entered(session).await;
    accompany(session, &far).await;
    accompany(session, &other).await;
    let endpoint = replacing(session, "live", &other).await;
    first.redirect(endpoint).await.unwrap();
    let expected = ["BridgeAttendedTransfer"];
    session.wait_for_kinds(&expected, far.channel_id()).await;
}
