//! One channel: its operations and its events.

use std::time::Duration;

use ari_api::client::unique_id;

use super::session::{APP, Session, connect, on_every_release, wait};

#[test]
fn channel_operations_send_their_events() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        controls(session).await;
        variables(session).await;
        talk_detection(session).await;
        move_and_continue(session).await;
    });
}

async fn controls(session: &mut Session) {
    let client = session.client.clone();
    let id = unique_id();
    let request = client.channels().originate("Local/dtmf@testari");
    let request = request.app(APP).app_args(["one", "two"]).channel_id(&id);
    let request = request.caller_id("Alice <100>");
    request.variables([("NAME", "value")]).await.unwrap();
    session
        .wait_for_kinds(&["ChannelCreated", "StasisStart"], &id)
        .await;
    let channel = client.channel(&id);
    client.channels().list().await.unwrap();
    channel.get().await.unwrap();
    channel.answer().await.unwrap();
    session.wait_for_kinds(&["ChannelDtmfReceived"], &id).await;
    let dtmf = channel
        .send_dtmf("1#")
        .between(Duration::from_millis(50))
        .duration(Duration::from_millis(60));
    dtmf.await.unwrap();
    channel.ring().await.unwrap();
    channel.ring_stop().await.unwrap();
    session.send_if_known(channel.progress()).await;
    channel.mute().direction("both").await.unwrap();
    channel.unmute().direction("both").await.unwrap();
    channel.hold().await.unwrap();
    channel.unhold().await.unwrap();
    channel.start_moh().await.unwrap();
    channel.stop_moh().await.unwrap();
    channel.start_silence().await.unwrap();
    channel.stop_silence().await.unwrap();
    channel.hangup().reason("busy").await.unwrap();
    let ended = ["ChannelHangupRequest", "StasisEnd", "ChannelDestroyed"];
    session.wait_for_kinds(&ended, &id).await;
}

async fn variables(session: &mut Session) {
    let client = session.client.clone();
    let id = unique_id();
    let channel = client.channel(&id);
    let request = channel.originate_with_id("Local/1@testari").app(APP);
    request.await.unwrap();
    session.wait_for_stasis_start(&id).await;
    let diverted = channel.set_channel_var("CALLERID(rdnis)").value("300");
    diverted.await.unwrap();
    let name = channel.set_channel_var("CALLERID(name)").value("Bob");
    name.await.unwrap();
    session.wait_for_kinds(&["ChannelCallerId"], &id).await;
    let number = channel.set_channel_var("CONNECTEDLINE(num)").value("200");
    number.await.unwrap();
    session.wait_for_kinds(&["ChannelConnectedLine"], &id).await;
    channel.set_channel_var("PROOF_X").value("1").await.unwrap();
    session.wait_for_kinds(&["ChannelVarset"], "PROOF_X").await;
    channel.get_channel_var("PROOF_X").await.unwrap();
    let request = channel.set_channel_vars([("PROOF_Y", "2")]);
    session.send_if_known(request).await;
    let request = channel.get_channel_vars(["PROOF_X"]);
    session.send_if_known(request).await;
    channel.hangup().await.unwrap();
}

/// Audio from the far end is talking, followed by silence.
async fn talk_detection(session: &mut Session) {
    let channel = session.call("echo").await;
    let id = channel.channel_id();
    let detect = channel.set_channel_var("TALK_DETECT(set)").value("300,200");
    detect.await.unwrap();
    let play = channel.play(["sound:hello-world"]);
    play.await.unwrap();
    session
        .wait_for_kinds(&["ChannelTalkingStarted", "PlaybackFinished"], id)
        .await;
    channel.start_silence().await.unwrap();
    session
        .wait_for_kinds(&["ChannelTalkingFinished"], id)
        .await;
    channel.hangup().await.unwrap();
}

/// To another application, and back into the dialplan.
async fn move_and_continue(session: &mut Session) {
    let mut other = connect(&session.server, "other").await;
    let channel = session.call("1").await;
    let id = channel.channel_id();
    channel.r#move("nobody").app_args(["x"]).await.unwrap();
    session.wait_for_kinds(&["ApplicationMoveFailed"], id).await;
    channel.r#move("other").await.unwrap();
    session.wait_for_kinds(&["StasisEnd"], id).await;
    let server = &session.server;
    wait(&mut other, server, "StasisStart", |event| {
        (event.kind() == "StasisStart").then_some(())
    })
    .await;
    let dialplan = channel.continue_in_dialplan().context("testari");
    let dialplan = dialplan.extension("brief").priority(1);
    dialplan.await.unwrap();
    session
        .wait_for_kinds(&["ChannelDialplan", "ChannelDestroyed"], id)
        .await;
}
