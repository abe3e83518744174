//! Nothing of any event is lost: what a session sends is decoded, written again, and compared.

use std::borrow::Borrow;
use std::net::UdpSocket;
use std::time::Duration;

use ari_api::Event;
use ari_api::runtime::EventStream;
use serde_json::Value;
use tokio::time::timeout;

use super::checked::{Checked, connect};
use super::session::{APP, Session, on_every_release, steer};

/// The application that sees everything.
const WATCHER: &str = "watcher";

/// Types that the session brings about on every release.
const MINIMUM: &[&str] = &[
    "ApplicationMoveFailed",
    "ApplicationReplaced",
    "BridgeCreated",
    "BridgeDestroyed",
    "BridgeVideoSourceChanged",
    "ChannelCallerId",
    "ChannelConnectedLine",
    "ChannelCreated",
    "ChannelDestroyed",
    "ChannelDialplan",
    "ChannelDtmfReceived",
    "ChannelEnteredBridge",
    "ChannelHangupRequest",
    "ChannelHold",
    "ChannelLeftBridge",
    "ChannelStateChange",
    "ChannelTalkingFinished",
    "ChannelTalkingStarted",
    "ChannelUnhold",
    "ChannelUserevent",
    "ChannelVarset",
    "ContactStatusChange",
    "DeviceStateChanged",
    "Dial",
    "EndpointStateChange",
    "PeerStatusChange",
    "PlaybackContinuing",
    "PlaybackFinished",
    "PlaybackStarted",
    "RecordingFinished",
    "RecordingStarted",
    "StasisEnd",
    "StasisStart",
    "TextMessageReceived",
];

/// Further ones of newer releases.
const NEWER: &[&str] = &["CallBroadcast", "CallClaimed", "ChannelToneDetected"];

#[test]
fn every_event_is_decoded_with_all_its_fields() {
    on_every_release(async |session| {
        let watched = connect(&session.client, WATCHER, true).await;
        let watched = tokio::spawn(kinds_until(watched, "ChannelUserevent"));
        media(session).await;
        bridges(session).await;
        legs(session).await;
        others(session).await;
        for app in [APP, WATCHER] {
            session
                .client
                .events()
                .user_event("end", app)
                .await
                .unwrap();
        }
        session.kind("ChannelUserevent").await;
        let first = connect(&session.client, "replaced", false).await;
        let _second = connect(&session.client, "replaced", false).await;

        let mut seen = session.seen.clone();
        let replaced = kinds_until(first, "ApplicationReplaced").await;
        for kind in watched.await.unwrap().into_iter().chain(replaced) {
            *seen.entry(kind).or_default() += 1;
        }
        let (release, count) = (session.server.release(), seen.values().sum::<usize>());
        println!(
            "Asterisk {release}: {count} events of {} types: {seen:?}",
            seen.len()
        );
        let newer = if session.is_at_least(22) { NEWER } else { &[] };
        let minimum = MINIMUM.iter().chain(newer);
        let missing: Vec<_> = minimum.filter(|kind| !seen.contains_key(**kind)).collect();
        assert_eq!(missing, Vec::<&&str>::new(), "Asterisk {release}");
    });
}

/// The types of the events until one of this type has come.
async fn kinds_until(mut events: EventStream<Checked>, last: &str) -> Vec<String> {
    let mut kinds = Vec::new();
    let all = timeout(Duration::from_secs(120), async {
        while kinds.last().is_none_or(|kind| kind != last) {
            let event = events.next().await.unwrap().unwrap();
            let event: &Event = (*event).borrow();
            kinds.push(event.kind().to_owned());
        }
    });
    assert!(all.await.is_ok(), "{last} did not come");
    kinds
}

/// Playing, recording, keys, and what else concerns one channel.
async fn media(session: &mut Session) {
    let request = session.client.channels().originate("Local/dtmf@testari");
    let request = request
        .app(APP)
        .app_args(["one", "two"])
        .caller_id("Alice <100>");
    let id = request.variables([("NAME", "value")]).await.unwrap().id;
    session.started(&id).await;
    let channel = session.client.channel(&id);
    channel.answer().await.unwrap();
    session.kind("ChannelDtmfReceived").await;
    channel
        .send_dtmf()
        .dtmf("1#")
        .between(50)
        .duration(60)
        .await
        .unwrap();
    channel.ring().await.unwrap();
    channel.ring_stop().await.unwrap();
    channel.mute().direction("both").await.unwrap();
    channel.unmute().direction("both").await.unwrap();
    channel.hold().await.unwrap();
    channel.unhold().await.unwrap();
    channel.start_moh().await.unwrap();
    channel.stop_moh().await.unwrap();
    channel.start_silence().await.unwrap();
    channel.stop_silence().await.unwrap();
    channel
        .set_channel_var("CALLERID(name)")
        .value("Bob")
        .await
        .unwrap();
    session.kind("ChannelCallerId").await;
    let number = channel.set_channel_var("CONNECTEDLINE(num)");
    number.value("200").await.unwrap();
    session.kind("ChannelConnectedLine").await;

    let media = ["sound:digits/1", "sound:tt-monkeys", "sound:beep"];
    let playback = channel.play(media).lang("en").await.unwrap().id;
    session.kind("PlaybackContinuing").await;
    session.kind("PlaybackStarted").await;
    let playback = session.client.playback(playback);
    steer(async || playback.control("pause").await).await;
    assert_eq!(playback.get().await.unwrap().state.as_str(), "paused");
    playback.control("unpause").await.unwrap();
    playback.stop().await.unwrap();
    session.kind("PlaybackFinished").await;

    let recording = channel.record("one", "wav").max_duration_seconds(60);
    recording.max_silence_seconds(50).await.unwrap();
    session.kind("RecordingStarted").await;
    let live = session.client.live_recording("one");
    live.pause().await.unwrap();
    live.unpause().await.unwrap();
    live.get_live().await.unwrap();
    live.stop().await.unwrap();
    session.kind("RecordingFinished").await;

    let snoop = channel.snoop_channel(APP).spy("both").app_args(["snoop"]);
    let snoop = snoop.await.unwrap().id;
    session.started(&snoop).await;
    session.client.channel(snoop).hangup().await.unwrap();

    channel.r#move("nobody").app_args(["x"]).await.unwrap();
    session.kind("ApplicationMoveFailed").await;
    channel.r#move(WATCHER).app_args(["moved"]).await.unwrap();
    session.kind("StasisEnd").await;
    let request = channel.continue_in_dialplan().context("testari");
    request.extension("brief").priority(1).await.unwrap();
}

/// Two channels in a bridge, and the media of the bridge itself.
async fn bridges(session: &mut Session) {
    let (near, far) = (session.call("1").await, session.call("echo").await);
    let (one, two) = (near.channel_id(), far.channel_id());
    let request = session
        .client
        .bridges()
        .create()
        .kind("mixing,video_single");
    let bridge = request.name("both").await.unwrap().id;
    session
        .client
        .application(APP)
        .subscribe([format!("bridge:{bridge}")])
        .await
        .unwrap();
    let source = [
        format!("bridge:{bridge}"),
        format!("channel:{one}"),
        "endpoint:PJSIP/loop".into(),
    ];
    let event = session
        .client
        .events()
        .user_event("sources", APP)
        .source(source);
    let deep: Value = serde_json::json!({"list": [1, 2.5, null, {"deep": "é"}], "eventname": "x"});
    event.variables([("value", deep)]).await.unwrap();
    session.kind("ChannelUserevent").await;

    let bridge = session.client.bridge(bridge);
    bridge.add_channel([one, two]).mute(false).await.unwrap();
    session.kind("ChannelEnteredBridge").await;
    session.kind("ChannelEnteredBridge").await;
    bridge.set_video_source(one).await.unwrap();
    bridge.clear_video_source().await.unwrap();
    bridge.start_moh().await.unwrap();
    bridge.stop_moh().await.unwrap();
    bridge.play(["sound:beep"]).await.unwrap();
    session.kind("PlaybackFinished").await;
    bridge.record("both", "wav").await.unwrap();
    session.kind("RecordingStarted").await;
    session.client.live_recording("both").stop().await.unwrap();
    session.kind("RecordingFinished").await;
    if session.is_at_least(22) {
        bridge
            .set_bridge_var("name")
            .value("value")
            .report_events(true)
            .await
            .unwrap();
    }
    bridge.remove_channel([one]).await.unwrap();
    session.kind("ChannelLeftBridge").await;
    bridge.destroy().await.unwrap();
    session.kind("BridgeDestroyed").await;

    // What the far side sends back is talking, and then silence.
    let detect = far.set_channel_var("TALK_DETECT(set)");
    detect.value("300,200").await.unwrap();
    far.play(["sound:hello-world"]).await.unwrap();
    session.kind("ChannelTalkingStarted").await;
    session.kind("PlaybackFinished").await;
    far.start_silence().await.unwrap();
    session.kind("ChannelTalkingFinished").await;
    far.hangup().reason("busy").await.unwrap();
    near.hangup().await.unwrap();
}

/// Calls that leave the server: created and dialled, by SIP, and to an external program.
async fn legs(session: &mut Session) {
    let client = session.client.clone();
    // Like the endpoint "loop", but it passes on that a call is held.
    let object = |kind: &str| client.config_dynamic("res_pjsip", kind, "passing");
    let contact = format!("sip:127.0.0.1:{}", session.server.sip_port());
    let fields = object("aor").update_object().fields([("contact", contact)]);
    fields.await.unwrap();
    let fields = [
        ("aors", "passing"),
        ("from_user", "loop"),
        ("allow", "!all,ulaw"),
        ("moh_passthrough", "yes"),
        ("direct_media", "no"),
        ("media_address", "127.0.0.1"),
    ];
    let fields = object("endpoint").update_object().fields(fields);
    fields.await.unwrap();
    for endpoint in ["Local/ring@testari", "PJSIP/tone@passing"] {
        let id = client.channels().create(endpoint, APP).await.unwrap().id;
        session.started(&id).await;
        client.channel(&id).dial().timeout(30).await.unwrap();
        session.kind("Dial").await;
        if endpoint.starts_with("PJSIP") {
            session
                .wait("the answer", |event| match event {
                    Event::ChannelStateChange(change) => (change.channel.id == id
                        && change.channel.state.as_str() == "Up")
                        .then_some(()),
                    _ => None,
                })
                .await;
            let channel = client.channel(&id);
            channel.start_silence().await.unwrap();
            let mut statistics = channel.rtp_statistics().await.unwrap();
            for _ in 0..100 {
                if statistics.rxcount > 0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
                statistics = channel.rtp_statistics().await.unwrap();
            }
            assert!(statistics.rxcount > 0, "{statistics:?}");
            // It is the far side that is told.
            let app = client.application(APP);
            app.subscribe(["channel:"]).await.unwrap();
            channel.hold().await.unwrap();
            session.kind("ChannelHold").await;
            channel.unhold().await.unwrap();
            session.kind("ChannelUnhold").await;
            assert_eq!(statistics.channel_uniqueid, id);
            if session.is_at_least(22) {
                let detect = channel.set_channel_var("TONE_DETECT(1004,200)");
                detect.value("").await.unwrap();
                session.kind("ChannelToneDetected").await;
            }
        }
        client.channel(&id).hangup().await.unwrap();
        session.kind("StasisEnd").await;
    }
    let program = UdpSocket::bind("127.0.0.1:0").unwrap();
    let host = program.local_addr().unwrap().to_string();
    let request = client.channels().external_media(APP, "ulaw");
    let id = request.external_host(host).await.unwrap().id;
    session.started(&id).await;
    client.channel(&id).hangup().await.unwrap();
    session.kind("StasisEnd").await;
}

/// Devices, endpoints, messages, and calls on offer.
async fn others(session: &mut Session) {
    let client = session.client.clone();
    let lamp = client.device_state("Stasis:lamp");
    let app = client.application(APP);
    app.subscribe(["deviceState:Stasis:lamp", "endpoint:PJSIP/loop"])
        .await
        .unwrap();
    lamp.update("RINGING").await.unwrap();
    session.kind("DeviceStateChanged").await;
    lamp.delete().await.unwrap();

    let message = client.endpoints().send_message("pjsip:loop", "loop");
    let message = message.body("Hello, é").variables([("X-Ticket", "42")]);
    message.await.unwrap();
    session.kind("TextMessageReceived").await;

    register(session).await;

    if session.is_at_least(22) {
        session
            .server
            .cli("dialplan add extension offer,1,StasisBroadcast(5000,,,yes) into testari");
        let request = client.channels().originate("Local/offer@testari");
        request.extension("1").context("testari").await.unwrap();
        let offered = session
            .wait("CallBroadcast", |event| match event {
                Event::CallBroadcast(event) => Some(event.channel.id.clone()),
                _ => None,
            })
            .await;
        client.events().claim_channel(&offered, APP).await.unwrap();
        session.started(&offered).await;
        client.channel(&offered).hangup().await.unwrap();
        session.kind("StasisEnd").await;
    }
}

/// A phone without a password registers.
async fn register(session: &mut Session) {
    let client = session.client.clone();
    let object = |kind: &str| client.config_dynamic("res_pjsip", kind, "guest");
    let fields = [("max_contacts", "1")];
    object("aor").update_object().fields(fields).await.unwrap();
    let fields = [("aors", "guest"), ("context", "testari")];
    object("endpoint")
        .update_object()
        .fields(fields)
        .await
        .unwrap();

    let app = client.application(APP);
    app.subscribe(["endpoint:PJSIP/guest"]).await.unwrap();
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    let (port, sip) = (
        phone.local_addr().unwrap().port(),
        session.server.sip_port(),
    );
    let request = format!(
        "REGISTER sip:127.0.0.1:{sip} SIP/2.0\r\n\
         Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK1\r\n\
         From: <sip:guest@127.0.0.1>;tag=1\r\nTo: <sip:guest@127.0.0.1>\r\n\
         Call-ID: register\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\n\
         Contact: <sip:guest@127.0.0.1:{port}>\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n"
    );
    phone
        .send_to(request.as_bytes(), ("127.0.0.1", sip))
        .unwrap();
    phone
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut answer = [0; 2000];
    let length = phone.recv(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(answer.starts_with("SIP/2.0 200"), "{answer}");
    for _ in 0..100 {
        let state = client.endpoint("PJSIP", "guest").get().await.unwrap().state;
        if state.is_some_and(|state| state.as_str() == "online") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the phone did not become reachable");
}
