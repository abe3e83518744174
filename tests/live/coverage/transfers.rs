//! Transfers: SIP phones request them with REFER. Here the near end of a call to this very server
//! does so, because `redirect` sends a REFER on an answered call.

use ari_api::channels::ChannelHandle;

use super::sip_calls::{bridged, entered, replacing, target, third_party};
use super::witness::CoverageRecorder;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    for attended in [false, true] {
        left_to_the_application(witness, attended).await;
    }
    for parties in [2, 3] {
        blind(witness, parties).await;
        attended(witness, parties).await;
        into_the_application(witness, parties).await;
    }
    linked(witness).await;
}

/// The phone is in an application, which controls the transfer.
async fn left_to_the_application(witness: &mut CoverageRecorder<'_>, attended: bool) {
    let (near, far) = entered(witness).await;
    let endpoint = if attended {
        let (_, other) = entered(witness).await;
        accompany(witness, &far).await;
        accompany(witness, &other).await;
        replacing(witness, "live", &other).await
    } else {
        target(witness, "echo")
    };
    if witness.session.is_at_least(22) {
        let handling = far.set_channel_var("PJSIP_TRANSFER_HANDLING()");
        witness.prove(handling.value("ari-only")).await;
        witness.prove(near.redirect(endpoint)).await;
        let id = far.channel_id();
        witness.events(&["ChannelTransfer"], id).await;
    }
    // Not for an attended transfer: that terminated the whole server once in twenty runs.
    let states = ["channel_progress", "channel_answered"];
    for state in states.into_iter().filter(|_| !attended) {
        let told = witness.prove_if_known(far.transfer_progress(state));
        if told.await.is_some() {
            witness.events(&["ChannelTransfer"], state).await;
        }
    }
    witness.prove(far.hangup()).await;
}

/// Adds a channel to a bridge, together with other channels.
async fn accompany(witness: &mut CoverageRecorder<'_>, channel: &ChannelHandle) {
    let client = witness.client.clone();
    let company = witness.session.call("1").await;
    let bridge = witness.prove(client.bridges().create()).await.id;
    let channels = [channel.channel_id(), company.channel_id()];
    let add = client.bridge(bridge).add_channel(channels);
    witness.prove(add).await;
    for channel in channels {
        witness.events(&["ChannelEnteredBridge"], channel).await;
    }
}

/// The phone is in a call that the dialplan made. Two or more other parties are transferred
/// together, behind a channel that replaces the phone.
async fn blind(witness: &mut CoverageRecorder<'_>, parties: usize) {
    let (near, far) = bridged(witness).await;
    let of = if parties > 2 {
        third_party(witness, &far).await;
        "replace_channel"
    } else {
        far.channel_id()
    };
    let endpoint = target(witness, "echo");
    witness.prove(near.redirect(endpoint)).await;
    witness.events(&["BridgeBlindTransfer"], of).await;
}

/// The phone is in two such calls, and joins them. A single other party moves to the other bridge,
/// more parties are merged.
async fn attended(witness: &mut CoverageRecorder<'_>, parties: usize) {
    let (first, far) = bridged(witness).await;
    let (_, other) = bridged(witness).await;
    let mut expected = vec!["BridgeAttendedTransfer"];
    if parties > 2 {
        third_party(witness, &far).await;
        third_party(witness, &other).await;
        expected.push("BridgeMerged");
    }
    let endpoint = replacing(witness, "bridge", &other).await;
    witness.prove(first.redirect(endpoint)).await;
    witness.events(&expected, far.channel_id()).await;
}

/// The second of the calls is in an application, and the other party of the first replaces the
/// phone, or a channel that represents several parties.
async fn into_the_application(witness: &mut CoverageRecorder<'_>, parties: usize) {
    let (first, far) = bridged(witness).await;
    if parties > 2 {
        third_party(witness, &far).await;
    }
    let (_, other) = entered(witness).await;
    let endpoint = replacing(witness, "live", &other).await;
    witness.prove(first.redirect(endpoint)).await;
    let told = ["BridgeAttendedTransfer", "StasisStart"];
    witness.events(&told, other.channel_id()).await;
}

/// The phone is in two bridges of an application. Those are never merged, but linked.
async fn linked(witness: &mut CoverageRecorder<'_>) {
    let (first, far) = entered(witness).await;
    let (_, other) = entered(witness).await;
    accompany(witness, &far).await;
    accompany(witness, &other).await;
    let endpoint = replacing(witness, "live", &other).await;
    witness.prove(first.redirect(endpoint)).await;
    let told = ["BridgeAttendedTransfer"];
    witness.events(&told, far.channel_id()).await;
}
