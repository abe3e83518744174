//! One channel: its operations and its events.

use std::time::Duration;

use ari_api::client::unique_id;

use super::witness::CoverageRecorder;
use crate::live::session::{APP, retry_until_controllable};

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    controls(witness).await;
    variables(witness).await;
    media(witness).await;
    talk_detection(witness).await;
    move_and_continue(witness).await;
}

async fn controls(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let id = unique_id();
    let request = client.channels().originate("Local/dtmf@testari");
    let request = request.app(APP).app_args(["one", "two"]).channel_id(&id);
    let request = request.caller_id("Alice <100>");
    witness.prove(request.variables([("NAME", "value")])).await;
    witness
        .events(&["ChannelCreated", "StasisStart"], &id)
        .await;
    let channel = client.channel(&id);
    witness.prove(client.channels().list()).await;
    witness.prove(channel.get()).await;
    witness.prove(channel.answer()).await;
    witness.events(&["ChannelDtmfReceived"], &id).await;
    let dtmf = channel
        .send_dtmf("1#")
        .between(Duration::from_millis(50))
        .duration(Duration::from_millis(60));
    witness.prove(dtmf).await;
    witness.prove(channel.ring()).await;
    witness.prove(channel.ring_stop()).await;
    witness.prove_if_known(channel.progress()).await;
    witness.prove(channel.mute().direction("both")).await;
    witness.prove(channel.unmute().direction("both")).await;
    witness.prove(channel.hold()).await;
    witness.prove(channel.unhold()).await;
    witness.prove(channel.start_moh()).await;
    witness.prove(channel.stop_moh()).await;
    witness.prove(channel.start_silence()).await;
    witness.prove(channel.stop_silence()).await;
    witness.prove(channel.hangup().reason("busy")).await;
    let ended = ["ChannelHangupRequest", "StasisEnd", "ChannelDestroyed"];
    witness.events(&ended, &id).await;
}

async fn variables(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let id = unique_id();
    let channel = client.channel(&id);
    let request = channel.originate_with_id("Local/1@testari").app(APP);
    witness.prove(request).await;
    witness.session.wait_for_stasis_start(&id).await;
    let diverted = channel.set_channel_var("CALLERID(rdnis)").value("300");
    witness.prove(diverted).await;
    let name = channel.set_channel_var("CALLERID(name)").value("Bob");
    witness.prove(name).await;
    witness.events(&["ChannelCallerId"], &id).await;
    let number = channel.set_channel_var("CONNECTEDLINE(num)").value("200");
    witness.prove(number).await;
    witness.events(&["ChannelConnectedLine"], &id).await;
    witness
        .prove(channel.set_channel_var("PROOF_X").value("1"))
        .await;
    witness.events(&["ChannelVarset"], "PROOF_X").await;
    witness.prove(channel.get_channel_var("PROOF_X")).await;
    let request = channel.set_channel_vars([("PROOF_Y", "2")]);
    witness.prove_if_known(request).await;
    let request = channel.get_channel_vars(["PROOF_X"]);
    witness.prove_if_known(request).await;
    witness.prove(channel.hangup()).await;
}

async fn media(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let channel = witness.session.call("1").await;
    let sounds = ["sound:digits/1", "sound:tt-monkeys", "sound:beep"];
    let id = witness.prove(channel.play(sounds).lang("en")).await.id;
    let begun = ["PlaybackStarted", "PlaybackContinuing"];
    witness.events(&begun, &id).await;
    witness.events(&["PlaybackStarted"], &id).await;
    let playback = client.playback(&id);
    // It cannot be controlled at once.
    retry_until_controllable(async || playback.control("pause").await).await;
    let state = witness.prove(playback.get()).await.state;
    assert_eq!(state.as_str(), "paused");
    witness.prove(playback.control("unpause")).await;
    witness.prove(playback.stop()).await;
    witness.events(&["PlaybackFinished"], &id).await;
    let play = channel.play_with_id("chosen-playback", ["sound:beep"]);
    witness.prove(play).await;
    witness
        .events(&["PlaybackFinished"], "chosen-playback")
        .await;

    let snoop = channel.snoop_channel(APP).spy("both");
    let snoop = witness.prove(snoop.app_args(["snoop"])).await.id;
    witness.session.wait_for_stasis_start(&snoop).await;
    witness.prove(client.channel(snoop).hangup()).await;
    let id = unique_id();
    let snoop = channel.snoop_channel_with_id(&id, APP).spy("both");
    witness.prove(snoop).await;
    witness.session.wait_for_stasis_start(&id).await;
    witness.prove(client.channel(id).hangup()).await;
    witness.prove(channel.hangup()).await;
}

/// Audio from the far end is talking, followed by silence.
async fn talk_detection(witness: &mut CoverageRecorder<'_>) {
    let channel = witness.session.call("echo").await;
    let id = channel.channel_id();
    let detect = channel.set_channel_var("TALK_DETECT(set)").value("300,200");
    witness.prove(detect).await;
    let play = channel.play(["sound:hello-world"]);
    witness.prove(play).await;
    witness
        .events(&["ChannelTalkingStarted", "PlaybackFinished"], id)
        .await;
    witness.prove(channel.start_silence()).await;
    witness.events(&["ChannelTalkingFinished"], id).await;
    witness.prove(channel.hangup()).await;
}

/// To another application, and back into the dialplan.
async fn move_and_continue(witness: &mut CoverageRecorder<'_>) {
    let mut other = witness.connect("other").await;
    let channel = witness.session.call("1").await;
    let id = channel.channel_id();
    witness
        .prove(channel.r#move("nobody").app_args(["x"]))
        .await;
    witness.events(&["ApplicationMoveFailed"], id).await;
    witness.prove(channel.r#move("other")).await;
    witness.events(&["StasisEnd"], id).await;
    let server = &witness.session.server;
    crate::live::session::wait(&mut other, server, "StasisStart", |event| {
        (event.kind() == "StasisStart").then_some(())
    })
    .await;
    let dialplan = channel.continue_in_dialplan().context("testari");
    let dialplan = dialplan.extension("brief").priority(1);
    witness.prove(dialplan).await;
    witness
        .events(&["ChannelDialplan", "ChannelDestroyed"], id)
        .await;
}
