//! Media that channels play and send: lists of media, and external programs.

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
        let mut told = Vec::new();
        while let Some(event) = events.next().await {
            let event = event.unwrap();
            let state = match &*event {
                Event::PlaybackStarted(event) => &event.playback,
                Event::PlaybackContinuing(event) => &event.playback,
                Event::PlaybackFinished(event) => &event.playback,
                other => panic!("{other:?}"),
            };
            told.push((event.kind().to_owned(), state.media_uri.clone()));
            if state.media_uri == media[1] && event.kind() != "PlaybackFinished" {
                retry_until_controllable(async || match playback.stop().await {
                    // Stopped by the previous round.
                    Err(error) if error.status() == Some(404) => Ok(()),
                    result => result,
                })
                .await;
            }
        }
        let last = told.last().unwrap();
        assert_eq!(
            (last.0.as_str(), last.1.as_str()),
            ("PlaybackFinished", media[1])
        );
        assert_eq!(told[0], ("PlaybackStarted".to_owned(), media[0].to_owned()));
        assert!(
            told.iter().any(|(kind, _)| kind == "PlaybackContinuing"),
            "{told:?}"
        );
        assert!(told.iter().all(|(_, uri)| uri != media[2]), "{told:?}");
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
