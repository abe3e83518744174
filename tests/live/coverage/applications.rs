//! Applications: their subscriptions, their filters, and calls that are offered to all of them.

use ari_api::Event;
use ari_api::EventFilter;
use serde_json::json;

use super::witness::CoverageRecorder;
use crate::live::session::APP;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let app = client.application(APP);
    witness.prove(client.applications().list()).await;
    witness.prove(app.get()).await;
    let lamp = ["deviceState:Stasis:lamp"];
    witness.prove(app.subscribe(lamp)).await;
    witness.prove(app.unsubscribe(lamp)).await;
    let filter = app.filter().filter(EventFilter::allow_all());
    witness.prove(filter).await;

    let deep = json!({"list": [1, 2.5, null, {"deep": "é"}], "eventname": "x"});
    let event = client.events().user_event("proof", APP);
    let event = event.source(["endpoint:PJSIP/loop"]);
    witness.prove(event.variables([("value", deep)])).await;
    witness.events(&["ChannelUserevent"], "proof").await;

    offer(witness).await;
}

/// The first application to claim the call gets it.
async fn offer(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    if !witness.session.is_at_least(22) {
        let channel = witness.session.call("1").await;
        let claim = client.events().claim_channel(channel.channel_id(), APP);
        witness.prove_if_known(claim).await;
        return;
    }
    let request = client.channels().originate("Local/offer@testari");
    let request = request.extension("1").context("testari");
    witness.prove(request).await;
    let offered = witness.session.wait("CallBroadcast", |event| match event {
        Event::CallBroadcast(event) => Some(event.channel.id.clone()),
        _ => None,
    });
    let offered = offered.await;
    let claim = client.events().claim_channel(&offered, APP);
    witness.prove_if_known(claim).await;
    witness
        .events(&["CallClaimed", "StasisStart"], &offered)
        .await;
    witness.prove(client.channel(&offered).hangup()).await;
}
