//! Calls that leave the server: dialed channels, and the events of their far ends.

use std::time::Duration;

use ari_api::Event;
use ari_api::channels::ChannelHandle;
use ari_test_support::LIMIT;
use tokio::time::{sleep, timeout};

use super::session::{APP, Session, on_every_release};
use super::sip_calls::{arriving, target};

#[test]
fn dialed_phones_report_their_events() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        let channel = dial(session, "Local/ring@testari").await;
        channel.hangup().await.unwrap();

        let channel = dial(session, "PJSIP/busy@loop").await;
        let id = channel.channel_id();
        session.wait_for_kinds(&["ChannelDestroyed"], id).await;

        forwarding_phone(session).await;

        pass_through_endpoint(session).await;
        let channel = dial(session, "PJSIP/tone@passing").await;
        let id = channel.channel_id();
        let answered = session.wait("the answer", |event| match event {
            Event::ChannelStateChange(change) if change.channel.id == id => {
                (change.channel.state.as_str() == "Up").then_some(())
            }
            _ => None,
        });
        answered.await;
        channel.start_silence().await.unwrap();
        let received = timeout(LIMIT, async {
            while channel.rtp_statistics().await.unwrap().rxcount == 0 {
                sleep(Duration::from_millis(50)).await;
            }
        });
        received.await.expect("the far side sends a tone");
        // The far end is notified.
        channel.hold().await.unwrap();
        session.wait_for_kind("ChannelHold").await;
        channel.unhold().await.unwrap();
        session.wait_for_kind("ChannelUnhold").await;
        if session.is_at_least(22) {
            let detect = channel.set_channel_var("TONE_DETECT(1004,200)").value("");
            detect.await.unwrap();
            session.wait_for_kinds(&["ChannelToneDetected"], id).await;
        }
        channel.hangup().await.unwrap();
    });
}

/// Creates a channel in the application and dials.
async fn dial(session: &mut Session, endpoint: &str) -> ChannelHandle {
    let client = session.client.clone();
    let create = client.channels().create(endpoint, APP);
    let id = create.await.unwrap().id;
    session.wait_for_stasis_start(&id).await;
    let channel = client.channel(&id);
    channel
        .dial()
        .timeout(Duration::from_secs(30))
        .await
        .unwrap();
    session.wait_for_kinds(&["Dial"], &id).await;
    channel
}

/// The dialed phone forwards the call.
async fn forwarding_phone(session: &mut Session) {
    let client = session.client.clone();
    let call = client.channels().originate("Local/forwarded@testari");
    let call = call.extension("1").context("testari");
    call.await.unwrap();
    let phone = arriving(session).await;
    let elsewhere = target(session, "echo");
    phone.redirect(elsewhere).await.unwrap();
    session.wait_for_kinds(&["Dial"], "\"forwarded\"").await;
}

/// Creates an endpoint like "loop" that passes hold requests on.
async fn pass_through_endpoint(session: &mut Session) {
    let client = session.client.clone();
    let object = |kind: &str| client.config_dynamic("res_pjsip", kind, "passing");
    let contact = format!("sip:127.0.0.1:{}", session.server.sip_port());
    let aor = object("aor").update_object().fields([("contact", contact)]);
    aor.await.unwrap();
    let mut fields = vec![
        ("aors", "passing"),
        ("from_user", "loop"),
        ("allow", "!all,ulaw"),
        ("moh_passthrough", "yes"),
        ("direct_media", "no"),
        ("media_address", "127.0.0.1"),
    ];
    if session.is_at_least(22) {
        fields.push(("tenantid", "acme"));
    }
    let endpoint = object("endpoint").update_object().fields(fields);
    endpoint.await.unwrap();
}
