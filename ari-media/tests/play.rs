//! Playback of WAV files until they end, the caller presses a key, or the call ends.

#![cfg(test)]

use std::future::IntoFuture as _;
use std::io::Cursor;
use std::time::Duration;

use ari_api::Client;
use ari_media::pcm::wav::{WavSpec, WavWriter};
use ari_media::{Media, MediaClient as _, PlayOutcome, PromptOutcome, WavSource};
use ari_mock::{Asterisk, FakeChannel};
use ari_test_support::{wait_until, within_limit};
use tokio::io::AsyncWriteExt as _;

const LOUD: i16 = 8000;

/// A WAV file of a rate that Asterisk does not have.
async fn file(length: Duration) -> WavSource {
    let spec = WavSpec {
        rate: 11_025,
        channels: 2,
    };
    let samples = length.as_millis() as usize * 11_025 / 1000 * 2;
    let mut writer = WavWriter::new(spec);
    let mut data = Vec::new();
    writer.write(&vec![LOUD; samples], &mut data);
    let bytes = [&writer.header()[..], &data].concat();
    WavSource::from_reader("file", Cursor::new(bytes))
        .await
        .unwrap()
}

/// Returns the length of the heard audio, without silence.
fn heard(caller: &FakeChannel) -> Duration {
    let received = caller.take_received_audio();
    let loud = received
        .iter()
        .filter(|it| it.samples.iter().any(|one| one.abs() > LOUD / 2));
    Duration::from_millis(20) * loud.count() as u32
}

/// Runs a test with a session for a call of the fake.
fn on_call(test: impl AsyncFn(&FakeChannel, Media)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(within_limit(async {
        let pbx = Asterisk::start().await.unwrap();
        let client: Client = pbx.client().unwrap();
        let mut app = client.application("hello").connect().await.unwrap();
        let alice = pbx.incoming_call("PJSIP/alice").into_application("hello");
        while app.next().await.unwrap().unwrap().kind() != "StasisStart" {}
        client.channel(alice.id()).answer().await.unwrap();
        let media = client.media(alice.id()).await.unwrap();
        test(&alice, media).await;
        pbx.assert_no_violations();
    }));
}

#[test]
fn file_is_heard_to_its_end() {
    on_call(async |alice, media| {
        let length = Duration::from_millis(700);
        let outcome = media.sender().play(file(length).await).await;
        assert_eq!(outcome.unwrap(), PlayOutcome::Played);
        let heard = heard(alice);
        assert!(
            heard >= length && heard <= length + Duration::from_millis(20),
            "{heard:?}"
        );
    });
}

#[test]
fn keys_stop_a_file() {
    on_call(async |alice, mut media| {
        let length = Duration::from_secs(60);
        let press = async {
            wait_until("the file is heard", || !heard(alice).is_zero()).await;
            alice.press("9");
            alice.press("2");
        };
        let source = file(length).await;
        let (outcome, ()) = tokio::join!(media.play_until_key(source, ['1', '2']), press);
        assert_eq!(outcome.unwrap(), PromptOutcome::Key('2'));
        assert_eq!(media.stats().queued, Duration::ZERO);
        assert!(media.stats().played < length);
        // Later audio and the next file are heard. A key that was pressed before a file stops it.
        heard(alice);
        let again = Duration::from_millis(100);
        media.sender().send(&[LOUD; 1600]).await.unwrap();
        media.sender().wait_until_played().await.unwrap();
        assert!(heard(alice) >= again);
        media.sender().play(file(again).await).await.unwrap();
        assert!(heard(alice) >= again);
        alice.press("1");
        let outcome = media.play_until_key(file(length).await, ['1']).await;
        assert_eq!(outcome.unwrap(), PromptOutcome::Key('1'));
    });
}

#[test]
fn hangup_and_clear_interrupt_a_file() {
    on_call(async |alice, mut media| {
        let length = Duration::from_secs(60);
        let sender = media.sender().clone();
        let clear = async {
            wait_until("the file is heard", || !heard(alice).is_zero()).await;
            sender.clear().await;
        };
        let source = file(length).await;
        let (outcome, ()) = tokio::join!(media.play_until_key(source, ['1']), clear);
        assert_eq!(outcome.unwrap(), PromptOutcome::Interrupted);
        let hang_up = async {
            wait_until("the file is heard", || !heard(alice).is_zero()).await;
            alice.hang_up();
        };
        let source = file(length).await;
        let (outcome, ()) = tokio::join!(media.play_until_key(source, ['1']), hang_up);
        assert_eq!(outcome.unwrap(), PromptOutcome::Interrupted);
    });
}

/// A file that arrives slowly is cleared, and another utterance begins before its rest arrives.
#[test]
fn rest_of_a_cleared_file_is_not_heard() {
    on_call(async |alice, media| {
        let sender = media.sender();
        for begins_another in [false, true] {
            let (mut speech, reader) = tokio::io::duplex(1 << 20);
            let writer = WavWriter::new(WavSpec {
                rate: 16_000,
                channels: 1,
            });
            let part = LOUD.to_le_bytes().repeat(8000);
            speech.write_all(&writer.header()).await.unwrap();
            speech.write_all(&part).await.unwrap();
            let source = WavSource::from_reader("speech", reader).await.unwrap();
            let barge_in = async {
                wait_until("the file is heard", || !heard(alice).is_zero()).await;
                sender.clear().await;
                heard(alice);
                if begins_another {
                    sender.start_utterance();
                    speech.write_all(&part).await.unwrap();
                }
                drop(speech);
            };
            let (outcome, ()) = tokio::join!(sender.play(source).into_future(), barge_in);
            assert_eq!(outcome.unwrap(), PlayOutcome::Interrupted);
            // Only the audio of another utterance can still be played.
            let expected = match begins_another {
                true => PlayOutcome::Played,
                false => PlayOutcome::Interrupted,
            };
            assert_eq!(sender.wait_until_played().await.unwrap(), expected);
            assert_eq!(heard(alice), Duration::ZERO);
        }
    });
}
