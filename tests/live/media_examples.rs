//! The programs of `ari-media/examples`, as users run them, with callers who speak and listen.

use std::f64::consts::TAU;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use ari_api::Event;
use ari_media::pcm::wav::{WavReader, WavSpec, WavWriter};
use ari_media::{Level, Media, MediaClient as _, MediaEvent, SampleRate};
use ari_test_support::within_limit;

use super::session::{Session, builder, on_release};
use crate::asterisk::{Asterisk, Release};
use crate::example::Example;

const RATE: SampleRate = SampleRate::Hz16000;
const SECOND: Duration = Duration::from_secs(1);

fn start(name: &'static str, server: &Asterisk, arguments: &[&str]) -> Example {
    let mut example = Example::start(name, Some(&server.url()), arguments);
    example.wait_for_line("connected");
    example
}

/// A caller who speaks and listens.
struct Caller {
    id: String,
    media: Media,
}

impl Caller {
    /// Calls an example. Its application must answer.
    async fn dial(session: &Session, application: &str) -> Caller {
        static CALLERS: AtomicUsize = AtomicUsize::new(0);
        // The caller has an application of its own, whose events no other caller takes.
        let name = format!("caller-{}", CALLERS.fetch_add(1, Relaxed));
        let client = builder(&session.server).build().unwrap();
        let mut events = client.application(&name).connect().await.unwrap();
        let endpoint = format!("Local/app-{application}@testari");
        let call = client.channels().originate(endpoint).app(&name);
        // Without `formats` the channel has slin192, to which Asterisk converts 8 kHz at half the
        // level.
        let id = call.formats("slin16").await.unwrap().id;
        loop {
            let event = events.next().await.unwrap().unwrap();
            if matches!(&*event, Event::StasisStart(start) if start.channel.id == id) {
                break;
            }
        }
        tokio::spawn(async move { while events.next().await.is_some() {} });
        let media = client.media(&id).rate(RATE).await.unwrap();
        Caller { id, media }
    }

    fn say(&self, frequency: f64, length: Duration) {
        let sender = self.media.sender();
        sender.try_send(&tone(frequency, RATE, length)).unwrap();
    }

    /// Returns the audio that is heard in this time.
    async fn hear(&mut self, length: Duration) -> Heard {
        let mut heard = Heard::default();
        let frames = length.as_millis() / 20;
        for _ in 0..frames {
            match next_frame(&mut self.media).await {
                Some(samples) => heard.push(&samples),
                None => break,
            }
        }
        heard
    }

    async fn hang_up(self, session: &Session) {
        session.client.channel(&self.id).hangup().await.unwrap();
    }
}

async fn next_frame(media: &mut Media) -> Option<Vec<i16>> {
    loop {
        match media.next().await? {
            MediaEvent::Audio(frame) => return Some(frame.into_samples()),
            MediaEvent::Closed(_) => return None,
            _ => {}
        }
    }
}

/// The parts of some audio that are not silent.
#[derive(Debug, Default)]
struct Heard {
    loud: Vec<i16>,
}

impl Heard {
    fn push(&mut self, frame: &[i16]) {
        if Level::from_samples(frame).rms > -40.0 {
            self.loud.extend_from_slice(frame);
        }
    }

    /// Checks the length in milliseconds and the pitch in Hz.
    #[track_caller]
    fn assert(&self, length: std::ops::RangeInclusive<u128>, frequency: usize) {
        let millis = RATE.duration(self.loud.len() as u64).as_millis();
        assert!(length.contains(&millis), "{millis} ms were heard");
        let pairs = self.loud.windows(2);
        let rises = pairs.filter(|it| it[0] < 0 && it[1] >= 0).count();
        let pitch = rises * 1000 / usize::try_from(millis).unwrap();
        let error = pitch.abs_diff(frequency);
        assert!(error <= frequency / 20, "{pitch} instead of {frequency} Hz");
    }
}

fn tone(frequency: f64, rate: SampleRate, length: Duration) -> Vec<i16> {
    let step = TAU * frequency / f64::from(rate.hz());
    let sample = |n: u64| (8192.0 * (step * n as f64).sin()) as i16;
    (0..rate.samples(length)).map(sample).collect()
}

fn write_wav(path: &Path, spec: WavSpec, samples: &[i16]) {
    let mut writer = WavWriter::new(spec);
    let mut data = Vec::new();
    writer.write(samples, &mut data);
    std::fs::write(path, [&writer.header()[..], &data].concat()).unwrap();
}

#[test]
fn echo_repeats_what_is_said() {
    on_release(Release::V22, async |session| {
        let mut echo = start("echo", &session.server, &[]);
        let mut alice = Caller::dial(session, "echo").await;
        echo.wait_for_line("audio over WebSocket");
        alice.say(440.0, SECOND);
        alice.hear(2 * SECOND).await.assert(960..=1060, 440);
        let call = session.client.channel(&alice.id);
        call.send_dtmf("#").await.unwrap();
        echo.wait_for_line("presses #");
        echo.wait_for_line("were repeated");
        echo.interrupt();
        echo.end(true);
    });
}

/// Ctrl-C during a call removes the channel and the bridge of its session.
#[test]
fn interrupted_examples_leave_nothing() {
    on_release(Release::V22, async |session| {
        let mut echo = start("echo", &session.server, &[]);
        let mut alice = Caller::dial(session, "echo").await;
        echo.wait_for_line("audio over WebSocket");
        alice.say(440.0, SECOND);
        alice.hear(SECOND).await;
        echo.interrupt();
        echo.end(true);
        // The example hangs up, which ends the call at the other end of the Local channel, too.
        let removed = async {
            loop {
                let bridges = session.client.bridges().list().await.unwrap();
                let channels = session.client.channels().list().await.unwrap();
                if bridges.is_empty() && channels.is_empty() {
                    return;
                }
                tokio::time::sleep(SECOND / 20).await;
            }
        };
        within_limit(removed).await;
    });
}

#[test]
fn announcer_plays_file_to_all_callers() {
    on_release(Release::V22, async |session| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("announcement.wav");
        // Stereo, at a rate that Asterisk does not have.
        let spec = WavSpec {
            rate: 22_050,
            channels: 2,
        };
        let step = TAU * 440.0 / 22_050.0;
        let stereo: Vec<i16> = (0..88_200)
            .map(|n| (8192.0 * (step * f64::from(n / 2)).sin()) as i16)
            .collect();
        write_wav(&path, spec, &stereo);
        let arguments = [path.to_str().unwrap()];
        let mut announcer = start("announcer", &session.server, &arguments);
        let mut alice = Caller::dial(session, "announcer").await;
        let mut bob = Caller::dial(session, "announcer").await;
        let (alice, bob) = tokio::join!(alice.hear(4 * SECOND), bob.hear(4 * SECOND));
        // The announcement begins before a caller's own audio is open.
        alice.assert(1000..=2060, 440);
        bob.assert(1000..=2060, 440);
        for _ in 0..2 {
            announcer.wait_for_line("has heard 2s");
        }
        announcer.interrupt();
        announcer.end(true);
    });
}

#[test]
fn transcribe_records_both_directions() {
    on_release(Release::V22, async |session| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let mut transcribe = start("transcribe", &session.server, &[path]);
        let mut alice = Caller::dial(session, "transcribe").await;
        transcribe.wait_for_line("waits for another caller");
        let mut bob = Caller::dial(session, "transcribe").await;
        transcribe.wait_for_line("are connected");
        alice.say(440.0, SECOND);
        bob.hear(2 * SECOND).await.assert(960..=1060, 440);
        bob.say(1000.0, SECOND);
        alice.hear(4 * SECOND).await.assert(960..=1060, 1000);
        transcribe.wait_for_line("speech from");
        transcribe.wait_for_line("speech from");
        bob.hang_up(session).await;
        let line = transcribe.wait_for_line(".wav");
        let mut reader = WavReader::new();
        let mut samples = Vec::new();
        let file = line.rsplit_once(" in ").unwrap().1;
        let bytes = std::fs::read(file).unwrap();
        reader.read(&bytes, &mut samples).unwrap();
        assert_eq!(
            reader.finish().unwrap(),
            WavSpec {
                rate: 16_000,
                channels: 2
            }
        );
        for (side, frequency) in [(0, 440), (1, 1000)] {
            let side: Vec<i16> = samples.iter().skip(side).step_by(2).copied().collect();
            let mut heard = Heard::default();
            side.chunks(RATE.frame_samples())
                .for_each(|it| heard.push(it));
            heard.assert(960..=1060, frequency);
        }
        // Neither the program nor the sessions leave a bridge.
        let cleanup = async {
            while !session.client.bridges().list().await.unwrap().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        within_limit(cleanup).await;
        transcribe.interrupt();
        transcribe.end(true);
    });
}

#[test]
fn voice_agent_can_be_interrupted() {
    on_release(Release::V22, async |session| {
        let mut agent = start("voice_agent", &session.server, &[]);
        let mut alice = Caller::dial(session, "agent").await;
        agent.wait_for_line("talks to the agent");
        alice.say(300.0, SECOND);
        // The answer begins half a second after the sentence.
        alice.hear(3 * SECOND).await.assert(800..=1560, 500);
        alice.say(300.0, SECOND);
        agent.wait_for_line("interrupts after");
        // After silence between the two answers, the whole second answer is heard.
        alice.hear(SECOND).await;
        alice.hear(6 * SECOND).await.assert(3700..=4060, 600);
        agent.wait_for_line("has heard answer 2");
        alice.hang_up(session).await;
        agent.wait_for_line("the call has ended");
        agent.interrupt();
        assert_eq!(agent.count("interrupts after"), 1);
        agent.end(true);
    });
}

#[test]
fn realtime_bridge_repeats_and_can_be_interrupted() {
    on_release(Release::V22, async |session| {
        let mut bridge = start("realtime_bridge", &session.server, &[]);
        let mut alice = Caller::dial(session, "realtime").await;
        bridge.wait_for_line("talks to the model");
        alice.say(440.0, 3 * SECOND);
        alice.hear(5 * SECOND).await.assert(800..=1560, 440);
        alice.say(440.0, SECOND);
        bridge.wait_for_line("interrupts after");
        bridge.wait_for_line("ms of \"item_1\" were heard");
        alice.hang_up(session).await;
        bridge.wait_for_line("the call has ended");
        bridge.interrupt();
        bridge.end(true);
    });
}
