//! Playbacks, sounds, external media, and statistics of streams.

mod ours {
    use std::time::Duration;

    use ari_api::client::{ToRequest, unique_id};
    use ari_api::outcome::CallOutcome;
    use ari_api::stream::EndReport;
    use ari_api::{Error, Event, channels};

    use crate::live::session::{APP, on_every_release, refusal, retry_until_controllable};

    /// The third item would be split in a query.
    #[test]
    fn media_are_played_one_after_another() {
        on_every_release(async |session| {
            let channel = session.call("1").await;
            let media = ["sound:beep", "sound:digits/1", "sound:no,such"];
            let play = channels::Play::new(channel.channel_id(), media);
            assert!(play.to_request().unwrap().body().is_some());
            session.client.send(play).await.unwrap();
            for expected in media {
                let started = session
                    .wait("PlaybackStarted", |event| match event {
                        Event::PlaybackStarted(started) => Some(started.playback.media_uri.clone()),
                        _ => None,
                    })
                    .await;
                assert_eq!(started, expected);
            }
            let play = channels::Play::new(channel.channel_id(), [media[0], media[1]]);
            assert_eq!(play.to_request().unwrap().body(), None);
            let playback = session.client.send(play).await.unwrap();
            assert_eq!(playback.next_media_uri.as_deref(), Some(media[1]));
        });
    }

    #[test]
    fn finished_waits_for_playbacks_and_recordings() {
        on_every_release(async |session| {
            let client = &session.client;
            let app = client.application("ivr").connect().await.unwrap();
            let call = client.channels().originate("Local/1@testari").app("ivr");
            let CallOutcome::Answered { channel, .. } = call.outcome().await.unwrap() else {
                panic!("not answered");
            };
            for (media, state) in [("sound:beep", "done"), ("sound:missing", "failed")] {
                let playback = channel.play([media]).wait_until_finished().await.unwrap();
                assert_eq!(playback.state.as_str(), state, "{media}");
            }
            // Asterisk skips these, and reports no end.
            for media in ["silence:1", "number:notanumber"] {
                let playback = channel.play([media]).wait_until_finished().await.unwrap();
                assert_eq!(playback.report, EndReport::NoEvent, "{media}");
            }
            let name = format!("outcome-{}", ari_api::client::unique_id());
            let recording = channel
                .record(&name, "wav")
                .max_duration(Duration::from_secs(1));
            let recording = recording.wait_until_finished().await.unwrap();
            assert_eq!(recording.state.as_str(), "done");
            let twice = channel.record(&name, "wav").wait_until_finished().await;
            assert_eq!(twice.unwrap_err().status(), Some(409));

            // Without the folder the server names no cause.
            let folder = session.server.dir().join("spool/recording");
            let away = session.server.dir().join("spool/away");
            std::fs::rename(&folder, &away).unwrap();
            let error = channel.record("nowhere", "wav").await.unwrap_err();
            std::fs::rename(&away, &folder).unwrap();
            assert_eq!(error.status(), Some(500));
            assert!(
                error.to_string().contains("folder of recordings"),
                "{error}"
            );

            // Stopped by another client.
            let (playback, mut events) = channel
                .play(["sound:tt-monkeys"])
                .send_with_events()
                .await
                .unwrap();
            let started = events.next().await.unwrap().unwrap();
            assert_eq!(started.kind(), "PlaybackStarted");
            crate::live::session::retry_until_controllable(async || playback.stop().await).await;
            assert_eq!(
                events.next().await.unwrap().unwrap().kind(),
                "PlaybackFinished"
            );
            assert!(events.next().await.is_none());

            // The channel ends, and the playback with it.
            let playing = tokio::spawn(channel.play(["sound:tt-monkeys"]).wait_until_finished());
            let mut playing_events = app.events_of::<ari_api::models::PlaybackStarted>();
            playing_events.next().await.unwrap().unwrap();
            channel.hangup().await.unwrap();
            let outcome = playing.await.unwrap();
            let release = session.server.release();
            println!("{release}: a playback whose channel goes: {outcome:?}");
            // Invalid media never ends: then the channel's end is the playback's.
            let call = client.channels().originate("Local/1@testari").app("ivr");
            let CallOutcome::Answered { channel, .. } = call.outcome().await.unwrap() else {
                panic!("not answered");
            };
            let playing = tokio::spawn(channel.play(["number:x"]).wait_until_finished());
            channel
                .play(["sound:beep"])
                .wait_until_finished()
                .await
                .unwrap();
            channel.hangup().await.unwrap();
            let error = playing.await.unwrap().unwrap_err();
            assert!(matches!(error, Error::ObjectGone { .. }), "{error:?}");
        });
    }

    /// `PlaybackFinished` reports a missing file. Invalid media never ends.
    #[test]
    fn playbacks_of_missing_media_fail_or_never_finish() {
        on_every_release(async |session| {
            let channel = session.call("1").await;
            for media in ["nonsense:x", "recording:missing", "number:x"] {
                channel.play([media]).await.unwrap();
            }
            channel.play(["sound:missing"]).await.unwrap();
            channel.play(["sound:missing", "sound:beep"]).await.unwrap();
            let mut finished = Vec::new();
            session
                .wait("the end of all playbacks", |event| match event {
                    Event::PlaybackFinished(event) => {
                        let playback = &event.playback;
                        let state = playback.state.as_str().to_owned();
                        finished.push((playback.media_uri.clone(), state));
                        (playback.media_uri == "sound:beep").then_some(())
                    }
                    _ => None,
                })
                .await;
            let finished: Vec<_> = finished
                .iter()
                .map(|(uri, state)| (&**uri, &**state))
                .collect();
            assert_eq!(
                finished,
                [("sound:missing", "failed"), ("sound:beep", "done")]
            );
        });
    }

    #[test]
    fn sounds_that_match_nothing_are_refused() {
        on_every_release(async |session| {
            let sounds = session.client.sounds();
            let english = sounds.list().lang("en").format("gsm").await.unwrap();
            assert!(english.iter().any(|sound| sound.id == "hello-world"));
            assert_eq!(sounds.list().await.unwrap().len(), english.len());
            for refused in [
                sounds.list().lang("xx").await,
                sounds.list().format("nonsense").await,
            ] {
                let expected = (404, "No sounds found that matched the query".to_owned());
                assert_eq!(refusal(refused), expected);
            }
            assert_eq!(refusal(sounds.get("no-such").await).0, 404);
            assert_eq!(sounds.get("digits/1").await.unwrap().id, "digits/1");
        });
    }

    #[test]
    fn playbacks_and_snoops_are_controlled() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let channel = session.call("1").await;
            let sounds = ["sound:digits/1", "sound:tt-monkeys", "sound:beep"];
            let id = channel.play(sounds).lang("en").await.unwrap().id;
            let begun = ["PlaybackStarted", "PlaybackContinuing"];
            session.wait_for_kinds(&begun, &id).await;
            session.wait_for_kinds(&["PlaybackStarted"], &id).await;
            let playback = client.playback(&id);
            // It cannot be controlled at once.
            retry_until_controllable(async || playback.control("pause").await).await;
            let state = playback.get().await.unwrap().state;
            assert_eq!(state.as_str(), "paused");
            playback.control("unpause").await.unwrap();
            playback.stop().await.unwrap();
            session.wait_for_kinds(&["PlaybackFinished"], &id).await;
            let play = channel.play_with_id("chosen-playback", ["sound:beep"]);
            play.await.unwrap();
            session
                .wait_for_kinds(&["PlaybackFinished"], "chosen-playback")
                .await;

            let snoop = channel.snoop_channel(APP).spy("both");
            let snoop = snoop.app_args(["snoop"]).await.unwrap().id;
            session.wait_for_stasis_start(&snoop).await;
            client.channel(snoop).hangup().await.unwrap();
            let id = unique_id();
            let snoop = channel.snoop_channel_with_id(&id, APP).spy("both");
            snoop.await.unwrap();
            session.wait_for_stasis_start(&id).await;
            client.channel(id).hangup().await.unwrap();
            channel.hangup().await.unwrap();
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::net::UdpSocket;
    use std::time::Duration;

    use ari_api::Event;
    use ari_api::outcome::CallOutcome;
    use ari_test_support::LIMIT;

    use crate::live::session::{APP, on_every_release, refusal, retry_until_controllable};

    /// The first of the list ends by itself, the second is stopped, and the third is never played.
    #[test]
    fn playback_of_lists_stopped_midway() {
        on_every_release(async |session| {
            let client = &session.client;
            let _app = client.application("player").connect().await.unwrap();
            let call = client.channels().originate("Local/1@testari").app("player");
            let CallOutcome::Answered { channel, .. } = call.outcome().await.unwrap() else {
                panic!("not answered");
            };
            let media = ["sound:beep", "sound:tt-monkeys", "sound:digits/1"];
            let (playback, mut events) = channel.play(media).send_with_events().await.unwrap();
            let mut received = Vec::new();
            while let Some(event) = events.next().await {
                let event = event.unwrap();
                let state = match &*event {
                    Event::PlaybackStarted(event) => &event.playback,
                    Event::PlaybackContinuing(event) => &event.playback,
                    Event::PlaybackFinished(event) => &event.playback,
                    other => panic!("{other:?}"),
                };
                received.push((event.kind().to_owned(), state.media_uri.clone()));
                if state.media_uri == media[1] && event.kind() != "PlaybackFinished" {
                    retry_until_controllable(async || match playback.stop().await {
                        // Stopped by the previous round.
                        Err(error) if error.status() == Some(404) => Ok(()),
                        result => result,
                    })
                    .await;
                }
            }
            let last = received.last().unwrap();
            assert_eq!(
                (last.0.as_str(), last.1.as_str()),
                ("PlaybackFinished", media[1])
            );
            assert_eq!(
                received[0],
                ("PlaybackStarted".to_owned(), media[0].to_owned())
            );
            assert!(
                received
                    .iter()
                    .any(|(kind, _)| kind == "PlaybackContinuing"),
                "{received:?}"
            );
            assert!(
                received.iter().all(|(_, uri)| uri != media[2]),
                "{received:?}"
            );
        });
    }

    /// An external program receives the channel's audio, as RTP.
    #[test]
    fn external_media() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let program = UdpSocket::bind("127.0.0.1:0").unwrap();
            program.set_read_timeout(Some(LIMIT)).unwrap();
            let host = program.local_addr().unwrap().to_string();
            let request = client.channels().external_media(APP, "ulaw");
            let external = request
                .external_host(&host)
                .variables([("PROGRAM", "é, x")])
                .await
                .unwrap();
            session.wait_for_stasis_start(&external.id).await;
            let outside = client.channel(&external.id);
            let value = outside.get_channel_var("PROGRAM").await.unwrap().value;
            assert_eq!(value, "é, x");
            let port = outside.get_channel_var("UNICASTRTP_LOCAL_PORT").await;
            assert!(port.unwrap().value.parse::<u16>().unwrap() > 0);

            let tone = session.call("tone").await;
            let bridge = client.bridges().create().kind("mixing").await.unwrap().id;
            let bridge = client.bridge(bridge);
            bridge
                .add_channel([tone.channel_id(), outside.channel_id()])
                .await
                .unwrap();
            let mut packet = [0; 2000];
            let length = program.recv(&mut packet).unwrap();
            // Version 2 of RTP, payload type 0: ulaw.
            assert_eq!((packet[0] >> 6, packet[1] & 0x7f), (2, 0));
            assert_eq!(length, 12 + 160);
            bridge.destroy().await.unwrap();

            let unknown = client.channels().external_media(APP, "nonsense");
            assert!(unknown.external_host(&host).await.is_err());
        });
    }

    /// For a channel that uses RTP. A channel that does not has no statistics.
    #[test]
    fn rtp_statistics() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let call = client.channels().originate("PJSIP/tone@loop").app(APP);
            let id = call.await.unwrap().id;
            session.wait_for_stasis_start(&id).await;
            let channel = client.channel(&id);
            channel.start_silence().await.unwrap();
            let counted = tokio::time::timeout(LIMIT, async {
                loop {
                    let statistics = channel.rtp_statistics().await.unwrap();
                    if statistics.rxcount > 0 && statistics.txcount > 0 {
                        return statistics;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            });
            let counted = counted.await.unwrap();
            assert_eq!(counted.channel_uniqueid, id);
            assert!(counted.rxoctetcount >= counted.rxcount, "{counted:?}");
            assert_ne!(counted.local_ssrc, counted.remote_ssrc);

            let local = session.call("1").await;
            let expected = (403, "Unsupported channel type".to_owned());
            assert_eq!(refusal(local.rtp_statistics().await), expected);
            let nobody = client.channel("no-such").rtp_statistics().await;
            assert_eq!(refusal(nobody).0, 404);
        });
    }
}
