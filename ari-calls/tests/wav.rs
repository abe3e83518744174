//! Audio of the program, against a fake Asterisk whose clock runs, because audio does: WAV files as
//! media of prompts, and the beeps of machines.

#![cfg(feature = "media")]
#![cfg(test)]

use std::path::Path;
use std::time::Duration;

use ari_api::{Client, Event};
use ari_calls::collect::Collected;
use ari_calls::detect::Beep;
use ari_calls::play::Played;
use ari_calls::{Call, CallError, Key, Keys, Media, Prompt};
use ari_media::{MediaService, SampleRate, WavRecorder};
use ari_mock::{Asterisk, FakeChannel};
use ari_test_support::{wait_until, within_limit};

/// A call of a fake, and files: `short.wav` and `long.wav`, full of the same sample.
struct Fixture {
    pbx: Asterisk,
    client: Client,
    alice: FakeChannel,
    folder: tempfile::TempDir,
}

/// Each sample of the files.
const SAMPLE: i16 = 8000;

impl Fixture {
    fn file(&self, name: &str) -> Media {
        Media::wav(self.folder.path().join(name).to_str().unwrap())
    }

    /// Waits until the caller hears the file.
    async fn hears_file(&self) {
        let alice = &self.alice;
        wait_until("the caller hears the file", || {
            let heard = alice.take_received_audio();
            let mut samples = heard.iter().flat_map(|it| &it.samples);
            samples.any(|sample| sample.abs_diff(SAMPLE) < 500)
        })
        .await;
    }

    /// Returns the media of the requests to play.
    fn played(&self) -> Vec<String> {
        let requests = self.pbx.requests().into_iter();
        let plays = requests.filter(|it| it.operation.nickname == "playWithId");
        let media = plays.flat_map(|it| it.query);
        let media = media.filter(|(name, _)| name == "media");
        media.map(|(_, value)| value).collect()
    }

    /// Waits until the fake has no channels but these, and no bridge.
    async fn wait_until_removed(&self, channels: usize) {
        wait_until("nothing is left behind", || {
            self.pbx.channel_ids().len() == channels && self.pbx.bridges().is_empty()
        })
        .await;
    }
}

async fn write(path: &Path, length: Duration) {
    let rate = SampleRate::Hz8000;
    let mut file = WavRecorder::create(path, rate, 1).await.unwrap();
    let count = length.as_millis() as usize * 8;
    file.write(&vec![SAMPLE; count]).await.unwrap();
    file.finish().await.unwrap();
}

/// Runs a test with an answered call.
fn on_call(test: impl AsyncFn(&Fixture, Call)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(within_limit(async {
        let sound = Duration::from_millis(100);
        let pbx = Asterisk::builder().sound("one", sound).sound("two", sound);
        let pbx = pbx.start().await.unwrap();
        let client: Client = pbx.client().unwrap();
        let mut app = client.application("hello").connect().await.unwrap();
        let alice = pbx.incoming_call("PJSIP/alice").into_application("hello");
        let mut call = loop {
            if let Event::StasisStart(start) = &*app.next().await.unwrap().unwrap() {
                break Call::incoming(&client, start);
            }
        };
        tokio::spawn(async move { while app.next().await.is_some() {} });
        call.answer().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("short.wav"), Duration::from_millis(300)).await;
        write(&folder.path().join("long.wav"), Duration::from_secs(60)).await;
        let fixture = Fixture {
            pbx,
            client,
            alice,
            folder,
        };
        test(&fixture, call).await;
        fixture.pbx.assert_no_violations();
    }));
}

/// Also two files in a row, over a session of a service.
#[test]
fn files_play_among_sounds() {
    on_call(async |fixture, mut call| {
        let service = MediaService::builder(&fixture.client).bind().await.unwrap();
        call.set_media_service(&service);
        let file = fixture.file("short.wav");
        let prompt = Prompt::from("sound:one")
            .then([file.clone(), file])
            .then("sound:two");
        assert_eq!(call.play(prompt).await.unwrap(), Played::Finished);
        fixture.hears_file().await;
        assert_eq!(fixture.played(), ["sound:one", "sound:two"]);
        assert_eq!(service.stats().opened, 1);
        fixture.wait_until_removed(1).await;
    });
}

#[test]
fn keys_and_limits_stop_files() {
    on_call(async |fixture, mut call| {
        let file = || fixture.file("long.wav");
        let limit = Duration::from_millis(300);
        let played = call.play(file()).max_duration(limit).await.unwrap();
        assert_eq!(played, Played::MaxDuration);
        fixture.wait_until_removed(1).await;
        let (collected, ()) = tokio::join!(call.collect(2).prompt(file()), async {
            fixture.hears_file().await;
            fixture.alice.press("42");
        });
        assert!(matches!(collected.unwrap(), Collected::Digits { digits, .. } if digits == "42"));
        fixture.wait_until_removed(1).await;
        // A key that was pressed before: nothing is opened.
        fixture.alice.press("7");
        call.play("sound:one").await.unwrap();
        let requests = || fixture.pbx.requests().len();
        let before = requests();
        let played = call.play(file()).barge_in(Keys::ALL).await.unwrap();
        assert_eq!((played, requests()), (Played::Key(Key::Digit7), before));
        // Dropped while it plays.
        tokio::select! {
            played = call.play(file()) => panic!("{played:?}"),
            () = fixture.hears_file() => {}
        }
        fixture.wait_until_removed(1).await;
        // The caller hangs up.
        let (played, ()) = tokio::join!(call.play(file()), async {
            fixture.hears_file().await;
            fixture.alice.hang_up();
        });
        assert!(matches!(played, Err(CallError::Ended(_))), "{played:?}");
        fixture.wait_until_removed(0).await;
    });
}

/// Returns a tone of this length in milliseconds, at 8 kHz.
fn tone(frequency: f64, length: u32) -> Vec<i16> {
    let step = std::f64::consts::TAU * frequency / 8000.0;
    let sample = |at| (8000.0 * (step * f64::from(at)).sin()) as i16;
    (0..length * 8).map(sample).collect()
}

#[test]
fn beeps_of_machines_are_heard() {
    on_call(async |fixture, mut call| {
        let ms = Duration::from_millis;
        let alice = &fixture.alice;
        // A click, a pause, and the beep. A busy machine loses a part of it.
        let greeting = [tone(500.0, 80), vec![0; 1600], tone(1000.0, 2000)].concat();
        let send = async |samples: &[i16]| {
            wait_until("the call is in the bridge of the session", || {
                let mut bridges = fixture.pbx.bridges().into_iter();
                bridges.any(|it| it.channels.iter().any(|id| id == alice.id()))
            })
            .await;
            alice.send_audio(samples, 8000);
        };
        let (beep, ()) = tokio::join!(call.wait_for_beep().into_future(), send(&greeting));
        match beep.unwrap() {
            Beep::Heard {
                frequency,
                duration,
                ..
            } => {
                assert!((frequency - 1000.0).abs() < 20.0, "{frequency} Hz");
                assert!((ms(160)..=ms(2100)).contains(&duration), "{duration:?}");
            }
            other => panic!("{other:?}"),
        }
        fixture.wait_until_removed(1).await;

        let silence = call.wait_for_beep().max_silence(ms(300)).await.unwrap();
        assert_eq!(silence, Beep::Silence);
        let wait = call.wait_for_beep().max_duration(ms(300));
        assert_eq!(wait.await.unwrap(), Beep::MaxDuration);
        let error = call.wait_for_beep().silence_threshold(0).await.unwrap_err();
        assert!(matches!(error, CallError::InvalidSettings(_)), "{error}");
        // Dropped while it listens.
        tokio::select! {
            beep = call.wait_for_beep() => panic!("{beep:?}"),
            () = send(&[0; 160]) => {}
        }
        fixture.wait_until_removed(1).await;
        // A key is kept, and the caller hangs up.
        let (beep, ()) = tokio::join!(call.wait_for_beep().into_future(), async {
            send(&[0; 160]).await;
            alice.press("7");
            alice.hang_up();
        });
        assert!(matches!(beep, Err(CallError::Ended(_))), "{beep:?}");
        fixture.wait_until_removed(0).await;
    });
}

#[test]
fn unusable_files_are_refused_before_anything_is_played() {
    on_call(async |fixture, mut call| {
        let prompt = Prompt::from("sound:one").then(fixture.file("missing.wav"));
        let error = call.play(prompt.clone()).await.unwrap_err();
        let CallError::Media(ari_media::Error::Wav { .. }) = &error else {
            panic!("{error:?}");
        };
        assert!(error.to_string().contains("missing.wav"), "{error}");
        let queue = call.play_queue();
        let error = queue.push(prompt).unwrap_err().to_string();
        assert!(
            error.contains("missing.wav") && error.contains("`sound:NAME`"),
            "{error}"
        );
        assert_eq!(fixture.played(), [""; 0]);
    });
}
