//! Sessions of a fake Asterisk: one for each call, in a bridge that others can change, and opened
//! again after the connection is lost.

#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_api::schema::Method;
use ari_media::{
    CloseReason, Error, Format, Media, MediaClient as _, MediaEvent, MediaService, SampleRate,
    ServiceStats,
};
use ari_mock::{Asterisk, FakeChannel};
use ari_test_support::{wait_until, within_limit};

/// Runs a test with a call of a fake.
fn on_call(test: impl AsyncFn(&Arc<Asterisk>, &Client, &FakeChannel)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(within_limit(async {
        let pbx = Arc::new(Asterisk::start().await.unwrap());
        let client: Client = pbx.client().unwrap();
        let mut app = client.application("hello").connect().await.unwrap();
        tokio::spawn(async move { while app.next().await.is_some() {} });
        let alice = pbx.incoming_call("PJSIP/alice").into_application("hello");
        enter(&client, &alice).await;
        test(&pbx, &client, &alice).await;
        pbx.assert_no_violations();
    }));
}

/// Answers a call once its `StasisStart` has arrived.
async fn enter(client: &Client, caller: &FakeChannel) {
    let id = caller.id();
    wait_until("the call is in the application", || {
        client.connection().is_in_application(id)
    })
    .await;
    client.channel(id).answer().await.unwrap();
}

/// Waits until the fake has no channel but that of the call, and no bridge.
async fn wait_until_removed(pbx: &Arc<Asterisk>) {
    let pbx = pbx.clone();
    wait_until("the objects of the session are removed", || {
        pbx.channel_ids().len() == 1 && pbx.bridges().is_empty()
    })
    .await;
}

/// Returns the channel that carries the audio of a session.
fn media_channel(pbx: &Asterisk, alice: &FakeChannel) -> String {
    let mut ids = pbx.channel_ids().into_iter();
    ids.find(|id| id != alice.id()).unwrap()
}

async fn end(media: &mut Media) -> CloseReason {
    loop {
        if let MediaEvent::Closed(reason) = media.next().await.unwrap() {
            return reason;
        }
    }
}

#[test]
fn call_has_one_session_in_its_own_bridge() {
    on_call(async |pbx, client, alice| {
        let service = MediaService::builder(client).bind().await.unwrap();
        let media = service.open(alice.id()).await.unwrap();
        // Also those of other services and clones of the client.
        let before = pbx.requests().len();
        let error = client.clone().media(alice.id()).await.unwrap_err();
        let Error::SessionExists { channel, bridge } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((&**channel, &**bridge), (alice.id(), media.bridge_id()));
        assert_eq!(alice.bridge().unwrap(), media.bridge_id());
        let requests = pbx.requests();
        let mut new = requests.iter().skip(before);
        assert!(new.all(|it| it.operation.method == Method::Get));
        // A second one can join the bridge.
        let second = service.open(alice.id()).bridge(media.bridge_id());
        second.await.unwrap().close().await;
        // A session that was dropped makes way for the next one.
        drop(media);
        let media = service.open(alice.id()).await.unwrap();
        media.close().await;
        wait_until_removed(pbx).await;

        // Two at the same time.
        let (one, two) = tokio::join!(
            service.open(alice.id()).into_future(),
            client.media(alice.id()).into_future()
        );
        let results = [&one, &two].map(|it| match it {
            Ok(_) => "open",
            Err(Error::SessionExists { .. }) => "exists",
            Err(error) => panic!("{error:?}"),
        });
        assert!(results[0] != results[1], "{results:?}");
        drop((one, two));
        wait_until_removed(pbx).await;
    });
}

#[test]
fn call_is_not_taken_out_of_another_bridge() {
    on_call(async |pbx, client, alice| {
        let bridge = client.bridges().create().kind("mixing").await.unwrap();
        let bridge = client.bridge(bridge.id);
        bridge.add_channel([alice.id()]).await.unwrap();
        let error = client.media(alice.id()).await.unwrap_err();
        let Error::InBridge { bridge: named, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(named, bridge.bridge_id());
        assert_eq!(alice.bridge().as_deref(), Some(bridge.bridge_id()));
        assert_eq!(pbx.channel_ids().len(), 1);
        let mut media = client
            .media(alice.id())
            .bridge(bridge.bridge_id())
            .await
            .unwrap();
        // The call leaves the conference.
        bridge.remove_channel([alice.id()]).await.unwrap();
        let reason = end(&mut media).await;
        assert!(matches!(reason, CloseReason::LeftBridge { .. }), "{reason}");
        let media = client.media(alice.id()).await.unwrap();
        media.close().await;
        bridge.destroy().await.unwrap();
        wait_until_removed(pbx).await;
    });
}

/// The ways in which others separate the call and its audio.
#[test]
fn separated_sessions_end() {
    on_call(async |pbx, client, alice| {
        for way in [
            "destroy",
            "remove the call",
            "remove the audio",
            "move the call",
        ] {
            let mut media = client.media(alice.id()).await.unwrap();
            let own = client.bridge(media.bridge_id());
            let other = client.bridges().create().kind("mixing").await.unwrap();
            let other = client.bridge(other.id);
            match way {
                "destroy" => own.destroy().await.unwrap(),
                "remove the call" => own.remove_channel([alice.id()]).await.unwrap(),
                "remove the audio" => {
                    let audio = media_channel(pbx, alice);
                    own.remove_channel([audio]).await.unwrap();
                }
                _ => other.add_channel([alice.id()]).await.unwrap(),
            }
            let reason = end(&mut media).await;
            let CloseReason::LeftBridge { bridge } = &reason else {
                panic!("{way}: {reason}")
            };
            assert_eq!(&**bridge, own.bridge_id());
            assert!(alice.exists());
            other.destroy().await.unwrap();
            wait_until_removed(pbx).await;
        }
        // Both in another bridge can still hear each other, and a short absence has no effect.
        let mut media = client.media(alice.id()).await.unwrap();
        let audio = media_channel(pbx, alice);
        let own = client.bridge(media.bridge_id());
        let other = client.bridges().create().kind("mixing").await.unwrap();
        let other = client.bridge(other.id);
        other.add_channel([alice.id(), &audio]).await.unwrap();
        own.add_channel([alice.id()]).await.unwrap();
        other.add_channel([alice.id()]).await.unwrap();
        tokio::time::sleep(Duration::from_millis(700)).await;
        while media.receiver().try_next().is_some() {}
        assert_eq!(media.receiver().close_reason(), None);
        media.close().await;
        other.destroy().await.unwrap();
        wait_until_removed(pbx).await;
    });
}

/// Someone hangs up the snoop channel of a tap.
#[test]
fn tap_without_its_snoop_channel_ends() {
    on_call(async |pbx, client, alice| {
        let mut tap = client.tap(alice.id()).await.unwrap();
        let channels = client.channels().list().await.unwrap();
        for channel in channels {
            if channel.name.starts_with("Snoop/") {
                client.channel(channel.id).hangup().await.unwrap();
            }
        }
        while tap.next_stereo().await.is_some() {}
        let reason = tap.close_reason().unwrap();
        assert!(
            matches!(reason, CloseReason::MediaChannelEnded(_)),
            "{reason}"
        );
        wait_until_removed(pbx).await;
    });
}

/// After a loss, the call waits in the bridge for the next session, which has another channel.
#[test]
fn lost_sessions_are_opened_again_in_the_same_bridge() {
    on_call(async |pbx, client, alice| {
        let service = MediaService::builder(client).max_sessions(1);
        let service = service.bind().await.unwrap();
        let mut media = service.open(alice.id()).await.unwrap();
        let bridge = media.bridge_id().to_owned();
        let error = media.reopen().await.unwrap_err();
        assert!(matches!(error, Error::SessionExists { .. }), "{error:?}");
        let mut channels = vec![media_channel(pbx, alice)];
        for _ in 0..2 {
            client
                .channel(channels.last().unwrap())
                .hangup()
                .await
                .unwrap();
            let reason = end(&mut media).await;
            assert!(
                matches!(reason, CloseReason::MediaChannelEnded(_)),
                "{reason}"
            );
            // The first attempt fails, and the call stays.
            pbx.fail("channels.externalMedia", 500, "no channel");
            media.reopen().await.unwrap_err();
            assert_eq!(alice.bridge().as_ref(), Some(&bridge));
            // Another one is dropped.
            pbx.delay("channels.externalMedia", Duration::from_millis(200));
            let open = media.reopen().into_future();
            let dropped = tokio::time::timeout(Duration::from_millis(50), open).await;
            assert!(dropped.is_err());
            let next = media.reopen().await.unwrap();
            assert_eq!(next.bridge_id(), bridge);
            // The end of the former one does not end the new one.
            std::mem::replace(&mut media, next).close().await;
            assert_eq!(alice.bridge().as_ref(), Some(&bridge));
            wait_until("the abandoned channel is gone", || {
                pbx.channel_ids().len() == 2
            })
            .await;
            let channel = media_channel(pbx, alice);
            assert!(!channels.contains(&channel));
            channels.push(channel);
        }
        let requests = pbx.requests();
        let created = requests
            .iter()
            .filter(|it| it.operation.nickname == "createWithId" && it.path.starts_with("bridges"));
        assert_eq!(created.count(), 1);
        media.sender().try_send(&[8000; 1600]).unwrap();
        media.sender().wait_until_played().await.unwrap();
        let heard = alice.take_received_audio();
        assert!(heard.iter().any(|it| it.samples.contains(&8000)));
        media.close().await;
        wait_until_removed(pbx).await;
    });
}

/// The bridge of a lost session is removed when the session is closed or dropped, when the call
/// leaves it, and when the call ends. An ordinary request takes it over, too.
#[test]
fn bridges_of_lost_sessions_do_not_stay() {
    on_call(async |pbx, client, alice| {
        for way in ["close", "drop", "leave", "open", "all", "hang up"] {
            let mut media = client.media(alice.id()).await.unwrap();
            let bridge = media.bridge_id().to_owned();
            client
                .channel(media_channel(pbx, alice))
                .hangup()
                .await
                .unwrap();
            end(&mut media).await;
            match way {
                "close" => media.close().await,
                "drop" => drop(media),
                "leave" => {
                    let bridge = client.bridge(&bridge);
                    bridge.remove_channel([alice.id()]).await.unwrap();
                    wait_until_removed(pbx).await;
                }
                "open" => {
                    let next = client.media(alice.id()).await.unwrap();
                    assert_eq!(next.bridge_id(), bridge);
                    drop(media);
                    next.close().await;
                }
                "all" => client.close_media().await,
                _ => {
                    alice.hang_up();
                    wait_until("the bridge is removed", || pbx.bridges().is_empty()).await;
                    let error = media.reopen().await.unwrap_err();
                    assert!(matches!(error, Error::NotInApplication { .. }), "{error:?}");
                    continue;
                }
            }
            wait_until_removed(pbx).await;
        }
    });
}

/// All sessions of a client end together, and nothing stays.
#[test]
fn client_ends_all_sessions() {
    on_call(async |pbx, client, alice| {
        let bob = pbx.incoming_call("PJSIP/bob").into_application("hello");
        enter(client, &bob).await;
        let mut media = client.media(alice.id()).await.unwrap();
        let opening = client.media(bob.id());
        let (opened, tap) =
            tokio::join!(opening.into_future(), client.tap(alice.id()).into_future());
        let (_opened, mut tap) = (opened.unwrap(), tap.unwrap());
        client.close_media().await;
        assert_eq!(pbx.bridges().len(), 0);
        assert_eq!(pbx.channel_ids().len(), 2);
        assert_eq!(end(&mut media).await, CloseReason::ClosedByProgram);
        while tap.next_stereo().await.is_some() {}
        client.close_media().await;
    });
}

/// Each half of a session leads to all of it.
#[test]
fn halves_close_the_session() {
    on_call(async |pbx, client, alice| {
        for by_receiver in [false, true] {
            let media = client.media(alice.id()).await.unwrap();
            let bridge = media.bridge_id().to_owned();
            let (sender, mut receiver) = media.split();
            assert_eq!(sender.bridge_id(), bridge);
            assert_eq!(sender.carrier().carrier, receiver.carrier().carrier);
            sender.try_send(&[0; 1600]).unwrap();
            within_limit(sender.wait_until_played()).await.unwrap();
            for stats in [sender.stats(), receiver.stats()] {
                assert!(stats.played >= Duration::from_millis(100), "{stats:?}");
            }
            match by_receiver {
                true => receiver.close().await,
                false => sender.close().await,
            }
            assert!(pbx.bridges().is_empty());
            while receiver.next().await.is_some() {}
            let by_program = Some(CloseReason::ClosedByProgram);
            assert_eq!(
                (sender.close_reason(), receiver.close_reason()),
                (by_program.clone(), by_program)
            );
        }
        // Raw packets have the rate of their format.
        let raw = client.media(alice.id()).raw(Format::Ulaw).await.unwrap();
        let (sender, receiver) = raw.split();
        assert_eq!([sender.rate(), receiver.rate()], [SampleRate::Hz8000; 2]);
        sender.close().await;
        let (says, hears) = client.tap(alice.id()).await.unwrap().split();
        tokio::join!(says.close(), hears.close());
        wait_until_removed(pbx).await;
    });
}

/// A place is free after the end of its session, even if the program keeps a handle.
#[test]
fn places_are_free_after_the_end() {
    on_call(async |pbx, client, alice| {
        let service = MediaService::builder(client).max_sessions(1);
        let service = service.bind().await.unwrap();
        for way in ["close", "tap", "hang up"] {
            if way == "tap" {
                let tap = service.tap(alice.id()).await.unwrap();
                let (kept, _) = tap.split();
                assert_eq!(service.free_sessions(), Some(0));
                client.close_media().await;
                assert_eq!(service.free_sessions(), Some(1), "{way}");
                drop(kept);
                continue;
            }
            let media = service.open(alice.id()).await.unwrap();
            let kept = media.sender().clone();
            assert_eq!(service.free_sessions(), Some(0));
            match way {
                "close" => media.close().await,
                _ => {
                    alice.hang_up();
                    wait_until("the place is free", || service.free_sessions() == Some(1)).await;
                }
            }
            assert_eq!(service.free_sessions(), Some(1), "{way}");
            drop(kept);
        }
        wait_until("no bridge is left", || pbx.bridges().is_empty()).await;
    });
}

/// A service counts its sessions, and their audio beyond their ends.
#[test]
fn services_count_their_sessions() {
    on_call(async |pbx, client, alice| {
        let service = MediaService::builder(client).max_sessions(1);
        let service = service.bind().await.unwrap();
        let counts = || {
            let stats = service.stats();
            (stats.open, stats.opened, stats.failed, stats.rejected)
        };
        assert_eq!(service.stats(), ServiceStats::default());
        pbx.fail("channels.externalMedia", 500, "no channel");
        service.open(alice.id()).await.unwrap_err();
        assert_eq!(counts(), (0, 0, 1, 0));
        let mut played = Duration::ZERO;
        for round in 1..=2 {
            let media = service.open(alice.id()).await.unwrap();
            assert_eq!(counts(), (1, round, 1, round - 1));
            let error = service.open(alice.id()).await.unwrap_err();
            assert!(matches!(error, Error::LimitReached { .. }), "{error:?}");
            media.sender().try_send(&[1000; 3200]).unwrap();
            media.sender().wait_until_played().await.unwrap();
            played += Duration::from_millis(200);
            assert_eq!(service.stats().audio.played, played, "while it is open");
            media.close().await;
            let audio = service.stats().audio;
            assert_eq!(counts(), (0, round, 1, round));
            assert_eq!(audio.played, played, "after its end");
        }
    });
}

/// Mistakes of the program are named before anything is created.
#[test]
fn unusable_bridges_and_applications_are_named() {
    on_call(async |pbx, client, alice| {
        let bridge = client.bridges().create().kind("mixing").await.unwrap();
        let open = client.media(alice.id()).bridge(&bridge.id);
        let error = open.await.unwrap_err();
        assert!(matches!(error, Error::NotInBridge { .. }), "{error:?}");
        let open = client.media(alice.id()).application("other");
        let error = open.await.unwrap_err().to_string();
        let expected = "no audio session: checking the application of the media channel: ";
        assert!(
            error.starts_with(expected) && error.contains("other"),
            "{error}"
        );
        assert_eq!(pbx.channel_ids(), [alice.id()]);
        client.bridge(&bridge.id).destroy().await.unwrap();
    });
}
