//! Inspection of the fake, and changes to its environment.

#[cfg(test)]
mod raw;

use std::time::Duration;

use ari_api::channels::MuteDirection;
use ari_api::client::ReconnectPolicy;
use ari_api::{Client, Error, Event};
use ari_mock::{Asterisk, Step, ViolationKind};

#[cfg(test)]
mod helpers {
    use std::sync::Arc;

    use ari_api::stream::EventStream;
    use ari_api::{Error, Event};
    use ari_test_support::within_limit;

    pub(crate) async fn next(events: &mut EventStream<Event>) -> Result<Arc<Event>, Error> {
        within_limit(events.next()).await.unwrap()
    }

    pub(crate) async fn wait(events: &mut EventStream<Event>, kind: &str) -> Arc<Event> {
        loop {
            let event = next(events).await.unwrap();
            if event.kind() == kind {
                return event;
            }
        }
    }
}
use helpers::{next, wait};

#[tokio::test]
async fn effects_on_a_channel_are_visible() {
    let pbx = Asterisk::start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .id("a")
        .into_application("app");
    assert_eq!(alice.id(), "a");
    let channel = client.channel("a");
    channel.ring().await.unwrap();
    assert!(alice.is_playing_ringing());
    channel.ring_stop().await.unwrap();
    assert!(!alice.is_playing_ringing());
    channel.answer().await.unwrap();

    channel.hold().await.unwrap();
    assert!(alice.is_held() && !alice.is_holding());
    channel.unhold().await.unwrap();
    assert!(!alice.is_held());
    channel.mute().direction(MuteDirection::In).await.unwrap();
    assert_eq!(alice.muted(), (true, false));
    channel.mute().direction(MuteDirection::Out).await.unwrap();
    channel.unmute().direction(MuteDirection::In).await.unwrap();
    assert_eq!(alice.muted(), (false, true));
    channel.start_moh().moh_class("jazz").await.unwrap();
    assert_eq!(alice.music_class().as_deref(), Some("jazz"));
    channel.stop_moh().await.unwrap();
    assert_eq!(alice.music_class(), None);
    channel.start_silence().await.unwrap();
    assert!(alice.is_playing_silence());
    channel.stop_silence().await.unwrap();
    assert!(!alice.is_playing_silence());

    alice.hold();
    wait(&mut app, "ChannelHold").await;
    assert!(alice.is_holding() && !alice.is_held());
    alice.unhold();
    wait(&mut app, "ChannelUnhold").await;
    assert!(!alice.is_holding());
    channel
        .set_channel_var("NAME")
        .value("value")
        .await
        .unwrap();
    assert_eq!(alice.variable("NAME").as_deref(), Some("value"));
    // An application that a channel is in receives its events until the channel leaves; a
    // subscribed one, until the channel ends.
    let mut other = client.application("other").connect().await.unwrap();
    let subscribe = client.application("other").subscribe(["channel:a"]);
    subscribe.await.unwrap();
    alice.hang_up_with(21);
    let event = wait(&mut other, "ChannelDestroyed").await;
    let Event::ChannelDestroyed(destroyed) = &*event else {
        panic!();
    };
    assert_eq!(destroyed.cause, 21);
    assert!(!alice.is_held() && alice.bridge().is_none());
}

/// The events of talk detection, in milliseconds, as a real server sends them.
#[tokio::test]
async fn talking_is_reported_after_the_silence_that_is_set() {
    let talk = |milliseconds| Step::Talk(Duration::from_millis(milliseconds));
    let wait = |milliseconds| Step::Wait(Duration::from_millis(milliseconds));
    let steps = [
        Step::Answer,
        wait(500),
        talk(1200),
        wait(300),
        talk(1500),
        wait(1000),
        talk(400),
        wait(60_000),
    ];
    // An event, its time since the answer, and the reported duration.
    type Reported = (&'static str, i64, u128);
    let cases: [(&str, &[Reported]); 4] = [
        (
            "100,256",
            &[
                ("Started", 1000, 0),
                ("Finished", 2300, 1200),
                ("Started", 2500, 0),
                ("Finished", 4100, 1500),
                ("Started", 5000, 0),
                ("Finished", 5500, 400),
            ],
        ),
        (
            "400",
            &[
                ("Started", 1000, 0),
                ("Finished", 4400, 3000),
                ("Started", 5000, 0),
                ("Finished", 5800, 400),
            ],
        ),
        ("", &[("Started", 1000, 0), ("Finished", 7900, 4400)]),
        ("0", &[]),
    ];
    for endpoint in ["PJSIP/machine", "Local/machine@testari"] {
        for (value, expected) in cases {
            let pbx = Asterisk::builder()
                .paused()
                .endpoint("PJSIP/machine", steps.clone())
                .extension("testari", "machine", steps.clone());
            let pbx = pbx.start().await.unwrap();
            let client = pbx.client().unwrap();
            let mut app = client.application("app").connect().await.unwrap();
            let originate = client.channels().originate(endpoint).app("app");
            let channel = originate.await.unwrap();
            let channel = client.channel(&channel.id);
            let set = channel.set_channel_var("TALK_DETECT(set)").value(value);
            set.await.unwrap();
            pbx.advance(Duration::from_secs(20));
            channel.hangup().await.unwrap();
            let (mut begin, mut found) = (0, Vec::new());
            while let Some(event) = app.next().await {
                let event = event.unwrap();
                let time = event.timestamp().map_or(0, |time| time.unix_millis());
                match &*event {
                    Event::StasisStart(_) => begin = time,
                    Event::ChannelTalkingStarted(_) => found.push(("Started", time - begin, 0)),
                    Event::ChannelTalkingFinished(finished) => {
                        let duration = finished.duration.as_millis();
                        found.push(("Finished", time - begin, duration));
                    }
                    Event::StasisEnd(_) => break,
                    _ => {}
                }
            }
            assert_eq!(found, expected, "{endpoint}, {value}");
        }
    }
}

#[tokio::test]
async fn talk_and_tones_are_detected() {
    let pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    let alice = pbx.incoming_call("PJSIP/alice").into_application("app");
    let channel = client.channel(alice.id());
    channel.answer().await.unwrap();
    // No detector is enabled yet.
    alice.talk(Duration::from_secs(1));
    alice.send_tone();
    pbx.advance(Duration::from_secs(5));
    for name in ["TALK_DETECT(set)", "TONE_DETECT(1100,500)"] {
        channel.set_channel_var(name).value("").await.unwrap();
    }
    alice.send_tone();
    wait(&mut app, "ChannelToneDetected").await;
    alice.talk(Duration::from_millis(1234));
    wait(&mut app, "ChannelTalkingStarted").await;
    pbx.advance(Duration::from_secs(10));
    let event = wait(&mut app, "ChannelTalkingFinished").await;
    let Event::ChannelTalkingFinished(finished) = &*event else {
        panic!();
    };
    assert_eq!(finished.duration, Duration::from_millis(1234));

    // A channel can be muted for the duration of its stay in a bridge.
    let bridge = client.bridges().create().await.unwrap();
    let bridge = client.bridge(&bridge.id);
    bridge.add_channel([alice.id()]).mute(true).await.unwrap();
    assert_eq!(alice.muted(), (true, false));
    bridge.remove_channel([alice.id()]).await.unwrap();
    assert_eq!(alice.muted(), (false, false));
}

#[tokio::test]
async fn phones_answer_and_ring_on_demand() {
    let hour = Step::Wait(Duration::from_secs(3600));
    let builder = Asterisk::builder().endpoint("PJSIP/bob", [hour]);
    let pbx = builder.paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    let call = client.channels().originate("PJSIP/bob").app("app");
    let bob = pbx.channel(call.timeout(None).await.unwrap().id);
    assert_eq!(pbx.device_state("PJSIP/bob"), "NOT_INUSE");
    bob.ring();
    assert_eq!(bob.state().as_deref(), Some("Ringing"));
    assert_eq!(pbx.device_state("PJSIP/bob"), "RINGING");
    bob.answer();
    wait(&mut app, "StasisStart").await;
    assert_eq!(pbx.device_state("PJSIP/bob"), "INUSE");
    client.channel(bob.id()).hold().await.unwrap();
    assert_eq!(pbx.device_state("PJSIP/bob"), "ONHOLD");
    bob.hang_up();
    assert_eq!(pbx.device_state("PJSIP/bob"), "NOT_INUSE");
}

#[tokio::test]
async fn bridges_media_and_applications_are_visible() {
    let builder = Asterisk::builder().sound("my/greeting", Duration::from_secs(3));
    let pbx = builder.paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let _app = client.application("app").connect().await.unwrap();
    let alice = pbx.incoming_call("PJSIP/alice").into_application("app");
    let channel = client.channel(alice.id());
    channel.answer().await.unwrap();
    let bridge = client.bridges().create().name("both").await.unwrap();
    let handle = client.bridge(&bridge.id);
    handle.add_channel([alice.id()]).await.unwrap();
    assert_eq!(alice.bridge().as_ref(), Some(&bridge.id));
    assert_eq!(pbx.bridge(&bridge.id).unwrap().channels, [alice.id()]);
    assert!(!pbx.bridge_has_music(&bridge.id));
    handle.start_moh().await.unwrap();
    assert!(pbx.bridge_has_music(&bridge.id));
    let app = pbx.application("app").unwrap();
    assert_eq!(
        (app.channel_ids, app.bridge_ids),
        (vec![alice.id().to_owned()], vec![bridge.id.clone()])
    );
    handle.destroy().await.unwrap();
    assert!(pbx.bridges().is_empty());

    channel.play(["sound:my/greeting"]).await.unwrap();
    channel.play(["sound:beep"]).await.unwrap();
    let states = || {
        let mut playbacks = pbx.playbacks();
        playbacks.sort_by_key(|playback| playback.media_uri.clone());
        let states = playbacks
            .into_iter()
            .map(|playback| playback.state.to_string());
        states.collect::<Vec<_>>()
    };
    assert_eq!(states(), ["queued", "playing"]);
    pbx.advance(Duration::from_millis(2999));
    assert_eq!(states(), ["queued", "playing"]);
    pbx.advance(Duration::from_millis(1));
    assert_eq!(states(), ["playing"]);
    pbx.advance(Duration::from_secs(1));
    assert!(pbx.playbacks().is_empty());

    channel.record("greeting", "wav").await.unwrap();
    assert_eq!(pbx.live_recordings()[0].state.to_string(), "recording");
    pbx.advance(Duration::from_secs(2));
    client.live_recording("greeting").stop().await.unwrap();
    assert!(pbx.live_recordings().is_empty());
    assert_eq!(pbx.stored_recordings(), ["greeting"]);
    assert_eq!(pbx.stored_file("greeting").unwrap().len(), 44 + 2 * 16_000);
    client
        .asterisk()
        .set_global_var("G")
        .value("v")
        .await
        .unwrap();
    assert_eq!(pbx.global_variable("G").as_deref(), Some("v"));
    pbx.assert_no_violations();
}

#[tokio::test]
async fn environment_changes_are_reported() {
    let pbx = Asterisk::start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    let sources = [
        "endpoint:PJSIP/alice",
        "deviceState:PJSIP/alice",
        "deviceState:Custom:lamp",
    ];
    pbx.register_endpoint("PJSIP/alice");
    client.application("app").subscribe(sources).await.unwrap();
    pbx.unregister_endpoint("PJSIP/alice");
    let mut seen = Vec::new();
    while seen.len() < 4 {
        match next(&mut app).await.unwrap().kind() {
            "Connected" => {}
            kind => seen.push(kind.to_owned()),
        }
    }
    let kinds = [
        "EndpointStateChange",
        "PeerStatusChange",
        "DeviceStateChanged",
        "ContactStatusChange",
    ];
    assert_eq!(seen, kinds);
    assert_eq!(pbx.device_state("PJSIP/alice"), "UNAVAILABLE");
    let call = client.channels().originate("PJSIP/alice").app("app").await;
    assert_eq!(call.unwrap_err().status(), Some(500));
    let message = client
        .endpoint("PJSIP", "alice")
        .send_message_to_endpoint("app");
    assert_eq!(message.await.unwrap_err().status(), Some(404));
    pbx.register_endpoint("PJSIP/alice");
    wait(&mut app, "ContactStatusChange").await;

    let message = client
        .endpoint("PJSIP", "alice")
        .send_message_to_endpoint("app");
    message
        .body("Hello")
        .variables([("X-Ticket", "42")])
        .await
        .unwrap();
    let refer = client
        .endpoint("PJSIP", "alice")
        .refer_to_endpoint("app", "sip:echo@pbx");
    refer.await.unwrap();
    let sent = pbx.sent_messages();
    assert_eq!(
        (&*sent[0].endpoint, &*sent[0].from, &*sent[0].body),
        ("PJSIP/alice", "app", "Hello")
    );
    assert_eq!(
        sent[0].variables,
        [("X-Ticket".to_owned(), "42".to_owned())]
    );
    assert_eq!(sent[1].refer_to.as_deref(), Some("sip:echo@pbx"));
    pbx.receive_message("PJSIP/alice", "support", "Help!");
    let event = wait(&mut app, "TextMessageReceived").await;
    let Event::TextMessageReceived(received) = &*event else {
        panic!();
    };
    assert_eq!(received.message.body, "Help!");
    assert_eq!(received.endpoint.as_ref().unwrap().resource, "alice");

    pbx.set_device_state("Custom:lamp", "INUSE");
    let event = wait(&mut app, "DeviceStateChanged").await;
    let Event::DeviceStateChanged(changed) = &*event else {
        panic!();
    };
    assert_eq!(changed.device_state.state.to_string(), "INUSE");
    let read = client.device_state("Custom:lamp").get().await.unwrap();
    assert_eq!(read.state.to_string(), "INUSE");
}

#[tokio::test]
async fn mailboxes() {
    let pbx = Asterisk::start().await.unwrap();
    let client = pbx.client().unwrap();
    pbx.set_mailbox("100@default", 2, 1);
    let mailbox = client.mailbox("100@default");
    let read = mailbox.get().await.unwrap();
    assert_eq!((read.old_messages, read.new_messages), (2, 1));
    mailbox.update(3, 0).await.unwrap();
    assert_eq!(pbx.mailbox("100@default"), Some((3, 0)));
    client.mailbox("200").update(0, 7).await.unwrap();
    let names = client.mailboxes().list().await.unwrap().into_iter();
    assert_eq!(
        names.map(|mailbox| mailbox.name).collect::<Vec<_>>(),
        ["100@default", "200"]
    );
    mailbox.delete().await.unwrap();
    assert_eq!(pbx.mailbox("100@default"), None);
    for refused in [
        mailbox.get().await.unwrap_err(),
        mailbox.delete().await.unwrap_err(),
    ] {
        assert_eq!(refused.status(), Some(404));
    }
    pbx.assert_no_violations();
}

#[tokio::test]
async fn faults_of_single_operations_and_sockets() {
    let pbx = Asterisk::start().await.unwrap();
    let client = Client::builder(pbx.url())
        .credentials("aritest", "testme")
        .reconnect(ReconnectPolicy::disabled())
        .build()
        .unwrap();
    pbx.fail_times("*", 500, "no", 2);
    for expected in [Some(500), Some(500), None] {
        let answer = client.asterisk().ping().await;
        assert_eq!(answer.err().and_then(|error| error.status()), expected);
    }
    // Only the delayed request is late.
    let late = Duration::from_millis(300);
    pbx.delay("asterisk.ping", late);
    let begin = std::time::Instant::now();
    client.asterisk().ping().await.unwrap();
    assert!(begin.elapsed() >= late);
    pbx.delay_responses(late);
    let begin = std::time::Instant::now();
    client.channels().list().await.unwrap();
    assert!(begin.elapsed() >= late);
    pbx.delay_responses(Duration::ZERO);

    let mut one = client.application("one").connect().await.unwrap();
    let mut two = client.application("two").connect().await.unwrap();
    wait(&mut one, "Connected").await;
    wait(&mut two, "Connected").await;
    pbx.send_binary(&[0, 255]);
    assert!(pbx.drop_socket("one"));
    assert!(!pbx.drop_socket("nobody"));
    loop {
        match next(&mut one).await {
            Err(Error::Disconnected { .. }) => break,
            other => println!("{other:?}"),
        }
    }
    client.events().user_event("E", "two").await.unwrap();
    wait(&mut two, "ChannelUserevent").await;
}

#[tokio::test]
async fn users_ports_and_time() {
    let probe = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = probe.local_addr().unwrap().port();
    drop(probe);
    let builder = Asterisk::builder()
        .user("joe", "secret")
        .read_only_user("eve", "hidden");
    let pbx = builder.port(port).start().await.unwrap();
    assert_eq!(pbx.url(), format!("http://127.0.0.1:{port}/ari"));
    for (user, password, write, status) in [
        ("joe", "secret", true, None),
        ("eve", "hidden", false, None),
        ("eve", "hidden", true, Some(403)),
        ("eve", "wrong", false, Some(401)),
    ] {
        let client = Client::builder(pbx.url()).credentials(user, password);
        let client = client.build().unwrap();
        let error = match write {
            true => client.bridges().create().await.err(),
            false => client.bridges().list().await.err(),
        };
        assert_eq!(error.and_then(|error| error.status()), status, "{user}");
    }
    // The clock can be paused and resumed.
    let client = pbx.client().unwrap();
    let time = || async {
        client
            .asterisk()
            .ping()
            .await
            .unwrap()
            .timestamp
            .to_string()
    };
    pbx.pause();
    let before = time().await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(time().await, before);
    pbx.resume();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_ne!(time().await, before);
}

#[tokio::test]
async fn repeated_parameters_and_crashes_are_violations() {
    let pbx = Asterisk::start().await.unwrap();
    let _events = raw::connect_events(&pbx, "app=app").await;
    let alice = pbx.incoming_call("PJSIP/alice").into_application("app");
    let id = alice.id();
    for (method, path, body, kind) in [
        (
            "GET",
            "asterisk/info?only=build&only=system",
            "",
            ViolationKind::Repeated,
        ),
        (
            "POST",
            &*format!("channels/{id}/move"),
            "",
            ViolationKind::Crash,
        ),
        (
            "DELETE",
            "asterisk/modules/res_ari_asterisk.so",
            "",
            ViolationKind::Crash,
        ),
        (
            "PUT",
            "asterisk/config/dynamic/res_pjsip/auth/a",
            r#"{"fields":[{"attribute":"username"}]}"#,
            ViolationKind::Crash,
        ),
    ] {
        let before = pbx.violations().len();
        raw::request(&pbx, method, path, body).await;
        let kinds = pbx
            .violations()
            .into_iter()
            .skip(before)
            .map(|found| found.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [kind], "{method} {path}");
    }
}
