//! Calls that leave the server: dialed, by SIP, and to an external program.

use std::net::UdpSocket;
use std::time::Duration;

use ari_api::Event;
use ari_api::channels::ChannelHandle;
use ari_test_support::LIMIT;
use tokio::time::{sleep, timeout};

use super::sip_calls::{arriving, target};
use super::witness::CoverageRecorder;
use crate::live::session::APP;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let channel = dial(witness, "Local/ring@testari").await;
    witness.prove(channel.hangup()).await;

    let channel = dial(witness, "PJSIP/busy@loop").await;
    let id = channel.channel_id();
    witness.events(&["ChannelDestroyed"], id).await;

    forwarding_phone(witness).await;

    pass_through_endpoint(witness).await;
    let channel = dial(witness, "PJSIP/tone@passing").await;
    let id = channel.channel_id();
    let answered = witness.session.wait("the answer", |event| match event {
        Event::ChannelStateChange(change) if change.channel.id == id => {
            (change.channel.state.as_str() == "Up").then_some(())
        }
        _ => None,
    });
    answered.await;
    witness.prove(channel.start_silence()).await;
    let received = timeout(LIMIT, async {
        while witness.prove(channel.rtp_statistics()).await.rxcount == 0 {
            sleep(Duration::from_millis(50)).await;
        }
    });
    received.await.expect("the far side sends a tone");
    // The far end is notified.
    witness.prove(channel.hold()).await;
    witness.session.wait_for_kind("ChannelHold").await;
    witness.prove(channel.unhold()).await;
    witness.session.wait_for_kind("ChannelUnhold").await;
    if witness.session.is_at_least(22) {
        let detect = channel.set_channel_var("TONE_DETECT(1004,200)").value("");
        witness.prove(detect).await;
        witness.events(&["ChannelToneDetected"], id).await;
    }
    witness.prove(channel.hangup()).await;

    let program = UdpSocket::bind("127.0.0.1:0").unwrap();
    let host = program.local_addr().unwrap().to_string();
    let client = witness.client.clone();
    let media = client.channels().external_media(APP, "ulaw");
    let id = witness.prove(media.external_host(host)).await.id;
    witness.session.wait_for_stasis_start(&id).await;
    witness.prove(client.channel(id).hangup()).await;
}

/// Creates a channel in the application and dials.
async fn dial(witness: &mut CoverageRecorder<'_>, endpoint: &str) -> ChannelHandle {
    let client = witness.client.clone();
    let create = client.channels().create(endpoint, APP);
    let id = witness.prove(create).await.id;
    witness.session.wait_for_stasis_start(&id).await;
    let channel = client.channel(&id);
    witness
        .prove(channel.dial().timeout(Duration::from_secs(30)))
        .await;
    witness.events(&["Dial"], &id).await;
    channel
}

/// The dialed phone forwards the call.
async fn forwarding_phone(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let call = client.channels().originate("Local/forwarded@testari");
    let call = call.extension("1").context("testari");
    witness.prove(call).await;
    let phone = arriving(witness).await;
    let elsewhere = target(witness, "echo");
    witness.prove(phone.redirect(elsewhere)).await;
    witness.events(&["Dial"], "\"forwarded\"").await;
}

/// Creates an endpoint like "loop" that passes hold requests on.
async fn pass_through_endpoint(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let object = |kind: &str| client.config_dynamic("res_pjsip", kind, "passing");
    let contact = format!("sip:127.0.0.1:{}", witness.session.server.sip_port());
    let aor = object("aor").update_object().fields([("contact", contact)]);
    witness.prove(aor).await;
    let mut fields = vec![
        ("aors", "passing"),
        ("from_user", "loop"),
        ("allow", "!all,ulaw"),
        ("moh_passthrough", "yes"),
        ("direct_media", "no"),
        ("media_address", "127.0.0.1"),
    ];
    if witness.session.is_at_least(22) {
        fields.push(("tenantid", "acme"));
    }
    let endpoint = object("endpoint").update_object().fields(fields);
    witness.prove(endpoint).await;
}
